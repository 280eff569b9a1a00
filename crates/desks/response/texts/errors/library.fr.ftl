# What refusals of playbooks and crisis plans say.
error-scr-rsp-001 = Ceci n’est pas prévu pour votre rôle. Les gestionnaires importent et modifient les fiches d’action et les plans ; gestionnaires et superviseurs les adoptent.
error-scr-rsp-002 = Cette fiche d’action n’existe pas, ou ne vous est pas accessible.
error-scr-rsp-003 = Ceci ne peut pas être lu comme une fiche d’action : { $why }. Une fiche d’action est un fichier JSON au format CACAO 2.0. Demandez une nouvelle copie à l’expéditeur.
error-scr-rsp-004 = La version la plus récente dit exactement la même chose. Rien n’a été enregistré.
error-scr-rsp-005 = Dites pourquoi, en 1 000 caractères au plus, sans adresse électronique ni numéro de téléphone. Le motif est public.
error-scr-rsp-006 = Ceci n’est pas plus récent que la dernière version, qui se dit du { $modified }. Deux textes d’une même date ne pourraient pas être distingués : le fichier doit avoir un « modified » ultérieur.
error-scr-rsp-007 = Ce nom court ne peut pas être utilisé. Il compte 2 à 48 lettres minuscules, chiffres et traits d’union.
error-scr-rsp-008 = Cette fiche d’action appartient à une autre organisation, qui seule en fait les versions. Importez-la d’un fichier pour en faire la vôtre.
error-scr-rsp-009 = Elle contient { $errors ->
    [one] une erreur
   *[other] { $errors } erreurs
 } et ne peut être gardée que comme projet. Corrigez ce qui est indiqué, puis adoptez la version suivante.
error-scr-rsp-010 = Vous avez fait cette version. Une autre personne doit l’examiner et l’adopter.
error-scr-rsp-011 = Quelqu’un l’a modifiée depuis que vous l’avez examinée. Regardez de nouveau.
error-scr-rsp-012 = Cette version est déjà en vigueur.
error-scr-rsp-013 = Aucune version n’est en vigueur pour votre organisation.
error-scr-rsp-014 = Cette modification est impossible : { $why }.
error-scr-rsp-015 = Après cette modification, la fiche d’action aurait une erreur qu’elle n’a pas maintenant ({ $finding }, à { $where }). Rien n’a été modifié.
error-scr-rsp-016 = Il y en a trop : { $most } au plus.
error-scr-rsp-017 = Le texte de cette version a été effacé, ou n’est pas sur ce serveur.
error-scr-rsp-018 = Ceci manque, est trop long ou trop nombreux : { $most } au plus.
error-scr-rsp-019 = Un plan ne nomme que des rôles. Omettez adresses électroniques, numéros de téléphone et adresses de machines : leur place est parmi les contacts, où ils expirent.
error-scr-rsp-020 = La date de révision est un jour à partir d’aujourd’hui, dans les deux ans, par exemple 2027-03-01.
error-scr-rsp-021 = Aucune fiche d’action « { $playbook } » n’est en vigueur pour votre organisation. Adoptez-la d’abord, ou choisissez-en une autre.
error-scr-rsp-022 = Cette version du plan n’existe pas, ou une plus récente a été rédigée.
error-scr-rsp-023 = Ce n’est pas une clé acceptée. Il faut un nom et le texte d’un fichier de clé publique (PEM) Ed25519 ou P-256.
error-scr-rsp-024 = Cette clé est déjà retenue, ou ne l’est plus.
error-scr-rsp-025 = Cette fiche en lance une autre qui n’est pas en vigueur pour votre organisation : { $playbook }. Adoptez d’abord celle-là.
error-scr-rsp-026 = Cette fiche en lance une autre qui ramène à elle, ou elles se lancent trop profondément : { $playbook }. Modifiez l’une d’elles.
