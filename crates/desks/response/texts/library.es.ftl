# Playbooks and crisis plans: what is recorded
kind-response-playbook-imported = Se importó o se hizo una versión de una guía de actuación
kind-response-playbook-adopted = Una organización puso en vigor una guía de actuación
kind-response-playbook-withdrawn = Una organización retiró una guía de actuación
kind-response-plan-drafted = Se redactó un plan de crisis
kind-response-plan-adopted = Una organización puso en vigor su plan de crisis
kind-response-key-pinned = Una organización fijó una clave que firma guías de actuación
kind-response-key-unpinned = Una organización ya no confía en una clave que firma guías de actuación
