# Playbooks and crisis plans: what is recorded
kind-response-playbook-imported = A version of a playbook was imported or made
kind-response-playbook-adopted = An organisation put a playbook in force
kind-response-playbook-withdrawn = An organisation withdrew a playbook
kind-response-plan-drafted = A crisis plan was drafted
kind-response-plan-adopted = An organisation put its crisis plan in force
kind-response-key-pinned = An organisation pinned a key that signs playbooks
kind-response-key-unpinned = An organisation no longer trusts a key that signs playbooks
