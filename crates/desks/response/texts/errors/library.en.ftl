# What refusals of playbooks and crisis plans say.
error-scr-rsp-001 = This is not for your role. Managers import and change playbooks and plans; managers and supervisors adopt them.
error-scr-rsp-002 = There is no such playbook, or none for you.
error-scr-rsp-003 = This cannot be read as a playbook: { $why }. A playbook is a JSON file in the format CACAO 2.0. Ask whoever sent it for a new copy.
error-scr-rsp-004 = The newest version says exactly the same. Nothing was recorded.
error-scr-rsp-005 = Say why, in at most 1,000 characters, without e-mail addresses and telephone numbers. The reason is public.
error-scr-rsp-006 = This is not newer than the newest version, which says that it is of { $modified }. Two texts of one time could not be told apart: the file needs a later “modified”.
error-scr-rsp-007 = This short name cannot be used. It has 2 to 48 small letters, digits and hyphens.
error-scr-rsp-008 = This playbook belongs to another organisation, which alone makes its versions. Import it from a file to make one of your own.
error-scr-rsp-009 = It has { $errors ->
    [one] one error
   *[other] { $errors } errors
 } and can only be kept as a draft. Mend what is listed, then adopt the next version.
error-scr-rsp-010 = You made this version. Somebody else has to look at it and adopt it.
error-scr-rsp-011 = Somebody changed it since you looked. Look again.
error-scr-rsp-012 = This version is in force already.
error-scr-rsp-013 = No version of it is in force for your organisation.
error-scr-rsp-014 = This change cannot be made: { $why }.
error-scr-rsp-015 = After this change the playbook would have an error that it does not have now ({ $finding }, at { $where }). Nothing was changed.
error-scr-rsp-016 = There are too many: { $most } at most.
error-scr-rsp-017 = The text of this version was erased, or is not on this server.
error-scr-rsp-018 = This is missing, too long or too much: at most { $most }.
error-scr-rsp-019 = A plan names roles only. Leave out e-mail addresses, telephone numbers and addresses of computers: they belong to the contacts, where they expire.
error-scr-rsp-020 = The review date is a day from today on, within two years, for instance 2027-03-01.
error-scr-rsp-021 = No playbook “{ $playbook }” is in force for your organisation. Adopt it first, or choose another.
error-scr-rsp-022 = There is no such version of the plan, or a newer one was drafted.
error-scr-rsp-023 = This is no key that is taken. A key needs a name and the text of a public key file (PEM) of Ed25519 or P-256.
error-scr-rsp-024 = This key is pinned already, or no longer.
error-scr-rsp-025 = This playbook begins another one that is not in force for your organisation: { $playbook }. Adopt that one first.
error-scr-rsp-026 = This playbook begins another one that leads back to it, or they begin each other too deep: { $playbook }. Change one of them.
