# Playbooks and crisis plans: what is recorded
kind-response-playbook-imported = Une version d’une fiche d’action a été importée ou faite
kind-response-playbook-adopted = Une organisation a mis une fiche d’action en vigueur
kind-response-playbook-withdrawn = Une organisation a retiré une fiche d’action
kind-response-plan-drafted = Un plan de crise a été rédigé
kind-response-plan-adopted = Une organisation a mis son plan de crise en vigueur
kind-response-key-pinned = Une organisation a retenu une clé qui signe des fiches d’action
kind-response-key-unpinned = Une organisation ne se fie plus à une clé qui signe des fiches d’action
