kind-alerts-network-imported = Areas and polling stations for alerts imported
kind-alerts-alert-issued = Alert released
kind-alerts-drill-begun = Drill begun
kind-alerts-drill-ended = Drill ended
kind-alerts-wording-approved = Words of an alert approved
kind-alerts-release-agreed = Release of an alert agreed to
kind-alerts-cap-signed = CAP message of an alert signed
kind-alerts-signer-named = Key for CAP messages named
