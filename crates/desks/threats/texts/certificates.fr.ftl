# Journaux de certificats que le serveur suit
certs-title = Journaux de certificats
certs-none = Aucun journal de certificats n’est encore suivi.
certs-answer = { $count ->
    [one] Un journal de certificats est suivi.
   *[other] { $count } journaux de certificats sont suivis.
 } Aucun d’eux ne s’est contredit.
certs-answer-stopped = { $count ->
    [one] Un journal de certificats a été arrêté : ce qu’il montre ne peut pas être vrai.
   *[other] { $count } journaux de certificats ont été arrêtés : ce qu’ils montrent ne peut pas être vrai.
 }
certs-new = Suivre un journal
certs-log = Journal
certs-state = État
certs-read = Entrées examinées
certs-checked = Dernier examen complet
certs-read-of = { $read } sur { $size }
certs-read-of-long = { $read } entrées sur { $size } sont examinées ou passées.
certs-nothing-yet = rien encore
certs-nothing-yet-long = Rien n’a encore été examiné.
certs-never = pas encore
certs-state-stopped = Arrêté
certs-state-off = Éteint
certs-state-trouble = Ne répond pas
certs-state-new = Commence bientôt
certs-state-reading = Rattrape son retard
certs-state-read = À jour
certs-what = À quoi cela sert
certs-what-text = Qui veut que les visiteurs se fient à un site a besoin d’un certificat, et les certificats sont inscrits dans des journaux publics. Une copie de votre site sous un nom semblable y apparaît souvent d’abord, avant que quiconque reçoive un message qui y mène. Le serveur lit ces journaux et dit à chaque organisation quels noms nouveaux ressemblent aux siens.
certs-what-checked = Rien n’est cru sans vérification : la signature du journal, le fait qu’il ne fait que grandir, et l’appartenance de chaque entrée à ce qui est signé. Un journal qui se contredit est arrêté, et ses deux déclarations sont gardées.
certs-who = Un administrateur dit quels journaux sont suivis.
# Un nouveau journal
certs-new-answer = L’exploitant d’un journal publie son adresse et sa clé publique. Il faut les deux.
certs-field-name = Nom
certs-field-name-hint = Comme on l’appelle ici, avec les années qu’il couvre
certs-field-kind = Forme
certs-field-kind-hint = L’exploitant du journal dit laquelle.
certs-kind-rfc6962 = Classique (RFC 6962)
certs-kind-static = Fichiers statiques (static-ct-api)
certs-field-url = Adresse où il est lu
certs-field-url-hint = Commence par https://. Pour les fichiers statiques, le préfixe de surveillance.
certs-field-origin = Nom dans ses points de contrôle
certs-field-origin-hint = Seulement pour les fichiers statiques : le préfixe de dépôt sans https:// ni barre finale. Vide : l’adresse.
certs-field-key = Clé publique
certs-field-key-hint = En base64, comme dans les listes de journaux. Ce que cette clé n’a pas signé n’est pas cru.
certs-field-begin = Début
certs-field-begin-hint = Un grand journal a des milliards d’entrées ; les lire toutes prend des semaines.
certs-begin-now = Par ce qui est inscrit à partir de maintenant
certs-begin-entry = Par l’entrée de ce numéro
certs-field-entry = Numéro de l’entrée
certs-follow = Le suivre
# Un journal
certs-about = À propos de ce journal
certs-id = Empreinte de sa clé
certs-head-newest = Sa dernière déclaration signée
certs-unreadable = Certificats qui n’ont pas pu être lus
certs-added = Suivi depuis
certs-turn-off = Ne plus suivre
certs-turn-on = Suivre à nouveau
certs-trouble = Le dernier examen n’a rien donné
certs-trouble-text = Examens sans résultat, l’un après l’autre : { $count }. Le serveur réessaie de lui-même, après des pauses de plus en plus longues.
certs-old = Le journal se tait
certs-old-text = Sa dernière déclaration signée a plus de deux jours. Les journaux promettent d’inscrire les certificats en un jour.
certs-stopped-since = Plus rien n’est lu depuis
certs-heads = Ce que le journal a dit
certs-head = Déclaration
certs-head-size = Entrées
certs-head-at = Signée le
certs-head-root = Empreinte de l’ensemble
certs-head-first = Avant
certs-head-second = Après
certs-evidence = Preuve à transmettre (les deux déclarations avec leurs signatures, JSON)
certs-words = Détails pour spécialistes
certs-alarm-split-view = Le journal a signé deux contenus différents de même taille
certs-alarm-split-view-text = Il montre des choses différentes à des personnes différentes. Les deux déclarations portent sa signature : c’est une preuve, et chacun peut la vérifier. Prévenez l’exploitant du journal et ceux qui s’y fient.
certs-alarm-rollback = Le journal a repris des entrées
certs-alarm-rollback-text = Une déclaration plus récente couvre moins d’entrées qu’une plus ancienne. Les deux portent sa signature : c’est une preuve. Un journal ne doit jamais rien oublier.
certs-alarm-inconsistent = Le journal ne peut pas montrer qu’il n’a fait que grandir
certs-alarm-inconsistent-text = Interrogé plusieurs fois, il n’a donné aucune preuve valable que son nouveau contenu comprend l’ancien. Quelqu’un entre le journal et ce serveur pourrait aussi en être la cause : interrogez-le d’un autre lieu avant de l’accuser.
certs-alarm-entries = Les entrées ne sont pas celles que le journal a signées
certs-alarm-entries-text = Interrogé plusieurs fois, il a donné des entrées qui n’appartiennent pas à ce qu’il a signé. Aucune n’a été crue. Quelqu’un entre le journal et ce serveur pourrait aussi en être la cause.
certs-alarm-signature = La signature du journal n’est pas valable
certs-alarm-signature-text = Interrogé plusieurs fois, il a montré une déclaration que sa clé n’a pas signée. Quelqu’un d’autre répond peut-être à sa place, ou sa clé a été mal notée.
certs-field-decision = Que doit-il en advenir ?
certs-field-decision-hint = Écrivez d’abord à l’exploitant du journal. La preuve reste, quoi que vous décidiez.
certs-decide-go-on = Continuer où la lecture s’est arrêtée ; le journal doit concorder avec ce qu’il a dit avant
certs-decide-anew = Recommencer, par ce que le journal montre à partir de maintenant
certs-decide-off = Ne plus le suivre
certs-field-reason = Raison
certs-field-reason-hint = Tous ceux qui travaillent ici peuvent la lire.
certs-decide = Décider
certs-ask-administrator = Un administrateur décide de la suite.
certs-decided = Décidé
certs-decision-go-on = La lecture a continué où elle s’était arrêtée.
certs-decision-anew = La lecture a recommencé.
certs-decision-off = Le journal n’a plus été suivi.
# Noms trouvés
certs-found = Trouvés dans les journaux de certificats
certs-found-none = Rien dans { $count ->
    [one] le journal de certificats suivi
   *[other] les { $count } journaux de certificats suivis
 } ne ressemble à vos noms.
certs-found-no-logs = Aucun journal de certificats n’est suivi : les noms nouveaux n’y sont pas cherchés.
certs-found-stopped = Tous les journaux ne sont pas lus
certs-found-left-out = { $count } autres noms ont été trouvés et ne sont pas gardés, car il y en avait trop ; ceux qui ressemblent le moins aux vôtres sont partis.
certs-found-logs = Quels journaux sont suivis, et jusqu’où
certs-assets-answer = { $count ->
    [one] Un nom dans les journaux de certificats ressemble au vôtre.
   *[other] { $count } noms dans les journaux de certificats ressemblent aux vôtres.
 } Nouveaux des sept derniers jours : { $fresh }.
certs-assets-like = ressemble à { $like }
certs-hit-answer = Il ressemble à { $like } : { $score } sur 100.
certs-hit-evidence = Où il a été trouvé
certs-hit-found = Trouvé
certs-hit-entry = entrée { $entry }
certs-hit-logged = Inscrit
certs-hit-issuer = Délivré par
certs-hit-valid = Valable
certs-hit-fingerprint = SHA-256
certs-hit-certificates = Entrées avec ce nom
certs-hit-share = Le partager avec { $name }
certs-hit-share-words = Ce que les autres doivent savoir
certs-hit-share-go = Partager comme indicateur
certs-hit-fine = Il est en ordre
certs-hit-fine-text = { $name } est alors dans votre liste des noms en ordre, et n’est plus signalé.
certs-hit-dismiss = Le mettre sur la liste
certs-share-words = Ce nom ressemble au nôtre. Un certificat pour lui, délivré par { $issuer }, est l’entrée { $entry } du journal de certificats { $log } (SHA-256 { $fingerprint }).
