kind-alerts-network-imported = Areas and polling stations for alerts imported
kind-alerts-alert-issued = Alert released
kind-alerts-drill-begun = Drill begun
kind-alerts-drill-ended = Drill ended
kind-alerts-contacts-imported = Contacts for alerts imported
kind-alerts-contacts-changed = Contacts for alerts changed
kind-alerts-gateway-set = Gateway for alerts set up or changed
kind-alerts-gateway-removed = Gateway for alerts removed
