kind-alerts-network-imported = Zones et bureaux de vote pour les alertes importés
kind-alerts-alert-issued = Alerte diffusée
kind-alerts-drill-begun = Exercice commencé
kind-alerts-drill-ended = Exercice terminé
kind-alerts-contacts-imported = Contacts pour les alertes importés
kind-alerts-contacts-changed = Contacts pour les alertes modifiés
kind-alerts-gateway-set = Passerelle pour les alertes configurée ou modifiée
kind-alerts-gateway-removed = Passerelle pour les alertes supprimée
