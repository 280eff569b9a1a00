kind-alerts-network-imported = Areas and polling stations for alerts imported
kind-alerts-alert-issued = Alert released
kind-alerts-drill-begun = Drill begun
kind-alerts-drill-ended = Drill ended
kind-alerts-contacts-imported = Contacts for alerts imported
kind-alerts-contacts-changed = Contacts for alerts changed
