kind-alerts-network-imported = Zones et bureaux de vote pour les alertes importés
kind-alerts-alert-issued = Alerte diffusée
kind-alerts-drill-begun = Exercice commencé
kind-alerts-drill-ended = Exercice terminé
kind-alerts-wording-approved = Texte d’une alerte approuvé
kind-alerts-release-agreed = Diffusion d’une alerte acceptée
kind-alerts-cap-signed = Message CAP d’une alerte signé
kind-alerts-signer-named = Clé des messages CAP désignée
