# Playbooks and crisis plans: what is recorded
response-nav = Réponse
kind-response-playbook-imported = Une version d’une fiche d’action a été importée ou faite
kind-response-playbook-adopted = Une organisation a mis une fiche d’action en vigueur
kind-response-playbook-withdrawn = Une organisation a retiré une fiche d’action
kind-response-plan-drafted = Un plan de crise a été rédigé
kind-response-plan-adopted = Une organisation a mis son plan de crise en vigueur
kind-response-key-pinned = Une organisation a retenu une clé qui signe des fiches d’action
kind-response-key-unpinned = Une organisation ne se fie plus à une clé qui signe des fiches d’action

# Pages
library-playbooks = Fiches d’action
library-playbook = Fiche d’action
library-plan = Plan de crise
library-recorded = Enregistré
library-cancel = Annuler
library-consequence = Ce que cela signifie
library-reason = Pourquoi
library-reason-hint = En une ou deux phrases. Le motif est public : ni noms, ni adresses, ni numéros de personnes.
library-reason-import-hint = Seulement si elle remplace une version antérieure. Le motif est public.
library-reason-details = Elle remplace une version antérieure
library-history = Ce qu’elle est devenue
library-version-number = Version { $number }
library-compare = Comparer avec :
library-look-at = Autres versions :
library-no = Aucune
library-steps-count = { $count ->
    [one] Une étape
   *[other] { $count } étapes
 }
library-home-answer = { $count ->
    [0] Aucune fiche d’action n’est en vigueur pour votre organisation.
    [one] Une fiche d’action est en vigueur pour votre organisation.
   *[other] { $count } fiches d’action sont en vigueur pour votre organisation.
 }
library-home-none-answer = Il n’y a pas encore de fiche d’action. Commencez par une de celles fournies avec le programme.
library-import = Importer une fiche d’action
library-tasks = Ce qui attend quelqu’un
library-own = Les fiches d’action de votre organisation
library-in-force = En vigueur
library-newest = Version la plus récente
library-changed = Modifiée
library-foreign = Fiches d’action publiées par d’autres
library-foreign-text = Votre organisation peut les mettre en vigueur pour elle-même, telles quelles.
library-to-public = Ce que tout le monde peut lire
library-none-title = Pas encore de fiche d’action
library-none-text = Une fiche d’action dit, pour une situation, qui fait quoi, jusqu’à quand, et qui signe. Cinq sont fournies avec le programme, pour ce que toute élection prévoit.
library-none-ask = Un gestionnaire de votre organisation peut commencer.
library-task-mend = Corriger « { $name } », version { $version }
library-task-mend-hint = Elle contient des erreurs : personne ne peut l’adopter.
library-task-adopt = Examiner « { $name } », version { $version }, et l’adopter
library-task-adopt-hint = Une autre personne a fait cette version.
library-task-wait = « { $name } », version { $version }, attend
library-task-wait-hint = Une autre personne, gestionnaire ou superviseur, doit l’examiner et l’adopter.
library-task-overdue = Réexaminer le plan de crise
library-task-overdue-hint = Sa date de révision est passée : les personnes et les tâches ont pu changer.
library-task-plan = Un projet de plan de crise attend
library-task-plan-hint = Une deuxième personne doit l’examiner et l’adopter.
library-overdue = Date de révision dépassée
library-state-in-force = En vigueur
library-state-not-in-force = Pas en vigueur
library-state-draft = Projet
library-state-gone = Texte effacé
library-state-errors = { $count ->
    [one] Une erreur
   *[other] { $count } erreurs
 }
library-import-answer = Une fiche d’action arrive comme projet. Rien n’en est exécuté, et personne hors de votre organisation ne la voit avant qu’une autre personne l’adopte.
library-import-starters = Commencer par l’une de celles-ci
library-import-starters-text = Elles sont écrites pour un bureau avec deux personnes pour ses machines, en quatre langues, et n’ont que des étapes pour des personnes.
library-import-situation = Situation
library-act-import-starter = La prendre comme projet
library-import-file = D’un fichier
library-file = Fichier
library-file-hint = JSON au format CACAO 2.0, { $max } Mio au plus.
library-record-import = L’empreinte de la version, sa longueur, le nombre d’étapes et de constats, et son identifiant. Le texte reste privé jusqu’à l’adoption.
library-act-import = Importer comme projet
library-import-text = D’un texte
library-text = La fiche d’action
library-text-hint = Collez tout le JSON.
library-code-field = Nom court
library-code-hint = Lettres minuscules, chiffres, traits d’union ; il est public et figure dans les adresses. Laissez vide pour le tirer de la fiche.
library-act-check-only = Vérifier seulement
library-check-title = Ce que contient cette fiche d’action
library-check-errors = { $errors ->
    [one] Elle contient une erreur : elle peut être gardée comme projet, pas adoptée.
   *[other] Elle contient { $errors } erreurs : elle peut être gardée comme projet, pas adoptée.
 }
library-check-warnings = { $warnings ->
    [one] Elle peut être suivie. Un point mérite un regard.
   *[other] Elle peut être suivie. { $warnings } points méritent un regard.
 }
library-check-sound = Rien n’y est faux.
library-check-kept-nothing = Rien n’a été gardé ni enregistré.
library-steps = Étapes
library-step = Étape
library-number = N°
library-who = Qui, jusqu’à quand
library-next = Ce qui suit
library-ends = Fin ici.
library-asks = Question :
library-missing = Absente
library-unreachable = Jamais atteinte
library-never-executed = Jamais exécutée ici
library-request = Requête, à un serveur autorisé seulement
library-more-commands = { $count ->
    [one] Une autre commande figure dans le fichier.
   *[other] { $count } autres commandes figurent dans le fichier.
 }
library-more-steps = { $count ->
    [one] Une autre étape figure dans le fichier.
   *[other] { $count } autres étapes figurent dans le fichier.
 }
library-second = Deuxième signature : { $name }
library-second-any = n’importe quelle autre personne
library-late-after = En retard après { $time }
library-failed-after = Échouée après { $time }
library-at-most-turns = { $count ->
    [one] Une fois au plus
   *[other] { $count } fois au plus
 }
library-days = { $count ->
    [one] un jour
   *[other] { $count } jours
 }
library-hours = { $count ->
    [one] une heure
   *[other] { $count } heures
 }
library-minutes = { $count ->
    [one] une minute
   *[other] { $count } minutes
 }
library-seconds = { $count ->
    [one] une seconde
   *[other] { $count } secondes
 }
library-evidence-none = Rien à remettre
library-evidence-note = Une note est à remettre
library-evidence-file = Un fichier est à remettre
library-step-start = Début
library-step-end = Fin
library-step-action = Action
library-step-playbook-action = Autre fiche d’action
library-step-parallel = En même temps
library-step-if-condition = Question
library-step-while-condition = En boucle
library-step-switch-condition = Choix
library-way-then = puis
library-way-success = si c’est fait
library-way-failure = en cas d’échec
library-way-yes = si oui
library-way-no = si non
library-way-again = tant que c’est le cas
library-way-parallel = branche { $number }
library-way-case = si { $case }
library-findings = Ce qui a été constaté
library-findings-none = Rien à signaler : chaque étape est atteinte, chaque chemin finit, chaque boucle a une limite.
library-where = Où
library-what = Quoi, et que faire
library-code = Code
library-whole = Toute la fiche
library-stands = On y lit :
library-wanted = Attendu :
library-severity-error = Erreur
library-severity-warning = À regarder
library-severity-note = Note
library-roles = Rôles
library-role = Rôle
library-roles-none = Elle ne nomme aucun rôle.
library-role-short = Nom court du rôle
library-role-above = Rend compte à
library-role-top = personne au-dessus
library-facts = Données
library-fact-org = À qui elle est
library-fact-made = Origine de cette version
library-fact-signed = Signée par une clé de confiance
library-fact-force = En vigueur pour
library-fact-readers = Qui peut la lire
library-fact-id = Identifiant
library-fact-created-by = Créée par
library-fact-created = Créée
library-fact-modified = Modifiée
library-fact-types = Pour
library-fact-derived = Tirée de
library-readers-all = Tout le monde, dès qu’une version est en vigueur
library-readers-own = Les membres de son organisation seulement
library-signed-by = Signée par { $name }
library-signed-nobody = Non
library-force-nobody = Personne
library-how-file = importée d’un fichier
library-how-starter = tirée du programme
library-how-edit = modifiée ici
library-moment-adopted = Version { $number } mise en vigueur par { $org }
library-moment-withdrawn = Version { $number } retirée par { $org }
library-download = Télécharger le fichier
library-act-adopt = Adopter
library-act-withdraw = Retirer
library-act-change = Modifier
library-act-link = Ce qui suit
library-act-move = Déplacer
library-act-remove = Supprimer
library-older-title = Ceci est une version plus ancienne.
library-older-text = Aller à la plus récente
library-errors-title = { $errors ->
    [one] Une erreur empêche de l’adopter.
   *[other] { $errors } erreurs empêchent de l’adopter.
 }
library-errors-text = Voir quoi et où
library-maker-title = Vous avez fait cette version.
library-maker-text = Un autre gestionnaire ou superviseur doit l’examiner et l’adopter.
library-carried-title = { $count ->
    [one] Une étape contient des commandes pour machines.
   *[other] { $count } étapes contiennent des commandes pour machines.
 }
library-carried-text = Elles sont montrées comme texte. Ce programme ne les exécute jamais ; une personne les lit et décide.
library-picture-title = Le chemin à travers « { $name } »
library-picture-description = { $steps ->
    [one] Une étape, de haut en bas ; le tableau ci-dessous dit la même chose en mots.
   *[other] { $steps } étapes, de haut en bas ; le tableau ci-dessous dit la même chose en mots.
 }
library-picture-read = Le chemin à suivre
library-picture-how = De haut en bas. Un trait interrompu : ce qui arrive si une étape échoue ; un pointillé : le retour d’une branche.
library-picture-region = Image des étapes
library-picture-none = Pas d’image : aucune étape, ou plus qu’une image n’en peut montrer. Le tableau les contient.
library-difference-whole = Toute la fiche
library-difference-step = Étape : { $name }
library-difference-role = Rôle : { $name }
library-difference-new = Nouveau
library-difference-gone = Supprimé
library-difference-changed = Modifié
library-difference-none = Rien ne diffère.
library-difference-more = { $count ->
    [one] Une autre ligne diffère.
   *[other] { $count } autres lignes diffèrent.
 }
library-property = Quoi
library-before = Avant
library-after = Après
library-changes-title = De la version { $old } à la version { $new }
library-property-name = Nom
library-property-description = Description
library-property-agent = Qui le fait
library-property-timeout = Échouée après
library-property-deadline = En retard après
library-property-evidence = Ce qui est remis
library-property-sign-off = Combien de personnes signent
library-property-second = Qui signe en second
library-property-turns = Combien de fois au plus
library-property-next = Ce qui suit
library-property-failure = Ce qui suit en cas d’échec
library-property-true = Si oui
library-property-false = Si non
library-property-id = Identifiant
library-property-created-by = Créée par
library-property-role = Nom court du rôle
library-property-command = Ce qui est à faire ({ $number })
library-edit-about = Nom et description
library-edit-step = Modifier une étape
library-edit-add = Ajouter une étape
library-edit-remove = Supprimer une étape
library-edit-move = Déplacer une étape
library-edit-link = Modifier ce qui suit une étape
library-edit-role = Ajouter un rôle
library-edit-form = Ce qui change
library-edit-check = Vérifier
library-edit-language = Textes en :
library-language-own = la langue de la fiche
library-language-first = { $language } (la sienne)
library-choose-step = Quelle étape ?
library-choose-nowhere = Nulle part
library-choose-new = Personne
library-choose-any = N’importe quelle autre personne
library-choose-playbook = Choisir une fiche en vigueur
library-act-next = Continuer
library-act-check = Vérifier ce qui change
library-act-record = Enregistrer la version suivante
library-act-back = Modifier
library-command-hint = En mots simples, pour que quelqu’un qui ne l’a jamais fait puisse le faire.
library-deadline-hint = Passé ce temps, le tableau la montre en retard. Laissez vide pour aucun délai.
library-timeout-hint = Passé ce temps, elle compte comme échouée. Laissez vide pour jamais.
library-turns-hint = Une boucle sans limite est une erreur.
library-unit = Unité
library-unit-seconds = secondes
library-unit-minutes = minutes
library-unit-hours = heures
library-unit-days = jours
library-double-hint = Là où une erreur serait grave, une deuxième personne regarde et signe.
library-double-no = Une personne
library-double-yes = Deux personnes
library-step-name-hint = Quelques mots qui disent ce qui est fait.
library-instruction = Ce qui est à faire
library-place = Où elle se place
library-place-hint = Ce qui suivait là la suivra.
library-place-after = Après { $step }
library-place-branch = { $step } : première de la branche « { $branch } »
library-remove-text = Ce qui menait à cette étape mènera à ce qui la suivait.
library-link-text = Pour réparer une fiche où un chemin ne mène nulle part. Pour placer une étape ailleurs, déplacez-la.
library-exit = Quelle sortie
library-exit-to = Mène à
library-role-name-hint = Une fonction, pas une personne.
library-role-short-hint = Lettres minuscules, chiffres, traits d’union, comme dans les contacts.
library-edit-answer = Rien n’est encore enregistré. Ce serait la version { $version }, un projet jusqu’à ce qu’une autre personne l’adopte.
library-taken-over-title = Elle devient celle de votre organisation.
library-taken-over-text = Quelqu’un d’autre l’a créée. La fiche modifiée reçoit son propre identifiant, qui nomme l’ancien, et les signatures tombent : elles valaient pour d’autres octets.
library-edit-errors = La fiche les avait déjà, ou davantage. Elle reste un projet jusqu’à leur correction.
library-edit-differs = Ce qui différerait
library-record-edit = La version suivante : son empreinte, le nombre d’étapes et de constats, et le motif. Le texte reste privé jusqu’à l’adoption.
library-adopt-title = Adopter une fiche d’action
library-adopt-answer = « { $name } », version { $version } : dès lors, les personnes de votre organisation agissent d’après elle.
library-adopt-before = Elle remplace la version { $before }.
library-adopt-compare = Voir ce qui diffère
library-adopt-first = Aucune version n’est en vigueur actuellement.
library-adopt-looked = J’ai lu chaque étape, et une autre personne l’a écrite.
library-adopt-public = Le texte devient public, définitivement : chacun peut le lire et s’en prévaloir auprès de votre organisation.
library-adopt-private = Le texte reste dans votre organisation. Qu’une version soit en vigueur, et son empreinte, sont publics.
library-record-adopt = Que votre organisation met cette version en vigueur, et son empreinte. Qui l’a adoptée reste privé.
library-withdraw-title = Retirer une fiche d’action
library-withdraw-answer = « { $name } », version { $version }, ne sera plus en vigueur pour votre organisation.
library-withdraw-consequence = Personne ne peut plus la commencer. Ce qui est en cours continue ; ce qui a été publié reste lisible.
library-record-withdraw = Qu’aucune version n’est plus en vigueur, et pourquoi.
library-keys = Clés qui signent des fiches
library-keys-answer = Une fiche compte comme signée si une clé de cette liste l’a signée. Une clé venue avec la fiche ne prouve rien.
library-keys-none = Aucune clé n’est retenue : aucune fiche ne compte comme signée.
library-key = Clé publique
library-key-hint = Un fichier PEM Ed25519 ou P-256.
library-key-name = À qui elle est
library-key-name-hint = Une organisation, avec vos mots.
library-key-print = SHA-256
library-key-since = Retenue
library-key-remove = Retirer
library-key-pin = Retenir une clé
library-key-pin-text = Obtenez la clé par une autre voie que ses fiches : de la main à la main, ou lue au téléphone.
library-record-key = La clé et le nom, publiquement.
library-public-title = Ce qui est fait quand quelque chose arrive
library-public-answer = Plans et fiches d’action que les bureaux électoraux ont mis en vigueur. On peut s’en prévaloir.
library-public-plans = Plans de crise
library-public-none = Aucune fiche d’action n’est encore publiée.
library-public-for = En vigueur pour { $orgs }
library-public-in-force-for = En vigueur pour
library-public-why-title = Pourquoi c’est public
library-public-why-text = Qui sait à l’avance ce qu’un bureau doit faire peut voir ensuite s’il l’a fait. Ce qui aiderait un attaquant est réservé à moins de lecteurs et ne figure pas ici.
library-public-plan-answer = { $org } agit d’après ce plan en cas de crise.
library-plan-answer = Qui dirige quand, quelle fiche commence sur quoi, et qui dit quoi en public.
library-plan-none-answer = Votre organisation n’a pas encore de plan de crise.
library-plan-none-title = Pas encore de plan de crise
library-plan-none-text = Il dit qui dirige à chaque niveau, quelle fiche commence sur quoi, et qui parle en public. Adoptez d’abord une fiche : le plan les nomme.
library-act-plan-write = Rédiger le plan de crise
library-act-plan-edit = Modifier le plan
library-act-print = Sur papier
library-plan-differs = Ce qui diffère de la version précédente
library-to-public-plan = Comme tout le monde le lit
library-act-adopt-plan = Adopter le plan de crise
library-plan-draft-title = Un projet plus récent attend une deuxième personne.
library-plan-public = Tout le monde peut le lire.
library-plan-private = Seuls les membres de l’organisation le lisent.
library-moment-plan-adopted = Version { $number } mise en vigueur
library-moment-plan-drafted = Version { $number } rédigée
library-plan-title = Titre
library-plan-title-first = Plan de crise pour les élections
library-plan-leads = Qui dirige quand
library-plan-leads-text = National, régional, local ; et comment les alliés sont consultés. Des rôles, pas des personnes.
library-plan-level = Niveau
library-plan-role = Rôle
library-plan-deputy = Si ce rôle est injoignable
library-plan-when = Quand il dirige, et ce qu’il décide
library-plan-triggers = Quelle fiche commence sur quoi
library-plan-triggers-text = Seules les fiches en vigueur pour votre organisation peuvent être choisies.
library-plan-playbook = Fiche d’action
library-plan-trigger = Ce qui est arrivé
library-plan-severity = À partir de quelle gravité
library-plan-begins = Qui la commence
library-plan-contacts = Qui doit être joignable
library-plan-contacts-text = Des rôles seulement. Les personnes et leurs numéros figurent parmi les contacts, où ils expirent.
library-plan-purpose = Pourquoi on l’appelle
library-plan-statements = Ce qui est dit en public
library-plan-subject = À quel sujet
library-plan-speaks = Qui le dit
library-plan-how = Sous quel délai, et ce qui n’est jamais dit
library-plan-review = À réviser avant le
library-plan-review-hint = Le dernier jour avant qu’il soit montré comme en retard ; dans les deux ans.
library-plan-readers = Qui peut le lire
library-plan-readers-all = Tout le monde
library-plan-readers-own = Les membres de notre organisation seulement
library-plan-validity = Jusqu’à quand, et pour qui
library-plan-form-answer = Remplissez ce que vous avez ; les lignes vides sont omises. Une deuxième personne l’adopte.
library-plan-lead-number = Niveau d’autorité { $number }
library-plan-trigger-number = Déclenchement { $number }
library-plan-contact-number = Contact { $number }
library-plan-statement-number = Déclaration { $number }
library-act-rows = Plus de lignes
library-plan-check-title = Vérifier le plan
library-plan-check-answer = Rien n’est encore enregistré. Lisez-le comme on le ferait le pire jour.
library-record-plan-draft = L’empreinte et la version du projet, et le motif. Le texte reste privé jusqu’à l’adoption.
library-act-plan-draft = Garder comme projet
library-plan-adopt-answer = Version { $version } : dès lors, votre organisation agit d’après elle.
library-record-plan-adopt = Que cette version est en vigueur, son empreinte, sa date de révision ; et le texte, si tout le monde peut le lire.
library-print-receipt = Reçu { $number } du registre.
library-level-national = National
library-level-regional = Régional
library-level-local = Local
library-level-allies = Alliés
library-plan-when-national = Quand plus d’une région est touchée, ou que le résultat d’un scrutin national est en jeu.
library-plan-when-regional = Quand plus d’une commune est touchée.
library-plan-when-local = Quand cela reste dans une commune ou un bureau de vote.
library-plan-when-allies = Ils sont consultés quand des traces mènent à l’étranger. Ils conseillent ; ils ne décident pas.
library-nciss-emergency = Urgence
library-nciss-severe = Grave
library-nciss-high = Élevée
library-nciss-medium = Moyenne
library-nciss-low = Faible
library-nciss-baseline-minor = De base, mineure
library-nciss-baseline-negligible = De base, négligeable
library-wrong-choice = Choisissez l’un de ceux qui sont proposés.
library-wrong-looked = Dites que vous l’avez lue. C’est ce que vous signez.
library-wrong-nothing = Il n’y a rien à lire. Choisissez un fichier, ou collez le texte.
library-wrong-number = Écrivez un nombre entier.
library-wrong-same = Rien ne changerait.
library-wrong-starter = Choisissez une situation.
library-wrong-text = Ceci est vide ou trop long.
library-wrong-time = Écrivez un nombre entier supérieur à 0, ou laissez vide.
library-finding-missing = Une propriété obligatoire manque. Ajoutez-la.
library-finding-wrong-type = La valeur n’est pas du type prévu par la norme. Écrivez-en une du type nommé.
library-finding-not-allowed = La valeur n’est pas de celles permises. Prenez-en une.
library-finding-bad-identifier = Ce n’est pas un identifiant : il faut un type, deux traits d’union et un UUID de version 1 à 5.
library-finding-bad-time = Ce n’est pas une heure en UTC. Écrivez 2026-11-03T20:00:00.000Z.
library-finding-out-of-bounds = Le nombre est hors limites. Écrivez-en un qui y soit.
library-finding-too-few = Il y a trop peu d’éléments. Ajoutez-en, ou omettez la propriété.
library-finding-forbidden = Cette propriété ne doit pas être là. Omettez-la.
library-finding-one-of = Il faut exactement une de plusieurs propriétés. Gardez-en une.
library-finding-bad-address = Ceci n’est pas écrit comme une adresse de ce genre. Rien n’en est fait ici ; écrivez-la dans sa forme.
library-finding-bad-key = L’élément n’est pas nommé comme la norme le demande. Renommez-le.
library-finding-unknown-type = CACAO 2.0 n’a pas ce type. Il est gardé sans être examiné ; demandez à l’expéditeur si c’est voulu.
library-finding-unknown-property = CACAO 2.0 n’a pas cette propriété. Elle est gardée ; les extensions sont faites pour les siennes.
library-finding-unknown-term = Le terme n’est pas dans la liste de la norme. Prenez-en un de la liste s’il convient.
library-finding-no-such-day = Ce jour n’existe pas. Écrivez un jour du calendrier.
library-finding-times-reversed = Deux heures sont dans le mauvais ordre. Mettez la plus tardive après.
library-finding-both-continuations = Elle dit deux fois ce qui suit. Gardez on_completion, ou on_success avec on_failure.
library-finding-no-command = La commande n’a pas de texte. Ajoutez-le.
library-finding-type-and-id = Le type n’est pas celui de l’identifiant. Accordez-les.
library-finding-start-not-start = Le déroulement ne commence pas par une étape de début. Ajoutez-en une et nommez-la dans workflow_start.
library-finding-step-kind-missing = Un déroulement a besoin d’un début, d’une action et d’une fin ; il en manque. Ajoutez-le.
library-finding-activities-missing = Elle dit son genre mais pas ce que font ses étapes. Dites-le dans playbook_activities.
library-finding-constant-changed = Une étape change une valeur marquée constante. Retirez l’un des deux.
library-finding-bad-value = La valeur n’est pas du type de sa variable. Écrivez-la sous cette forme.
library-finding-secret-inside = Un secret figure dans la fiche. Retirez-le et changez-le : quiconque reçoit la fiche l’a.
library-finding-step-missing = Elle mène à une étape absente. Ajoutez l’étape, ou nommez-en une autre.
library-finding-unreachable = Aucun chemin ne mène à cette étape. Menez-y-en un, ou supprimez-la.
library-finding-next-missing = Rien ne suit cette étape. Dites ce qui la suit.
library-finding-end-implied = Rien ne suit une fois les branches parcourues : le chemin s’y arrête. Dites-le avec une étape de fin.
library-finding-no-end = D’ici, aucune fin n’est atteinte. Menez-la à une étape de fin.
library-finding-endless-loop = Les étapes tournent en rond sans fin. Écrivez une boucle avec une limite.
library-finding-unbounded-loop = La boucle n’a pas de limite. Donnez un délai, ou dites combien de fois au plus.
library-finding-loop-changes-nothing = Rien dans la boucle ne change ce qu’elle demande. Qu’une de ses étapes renvoie la variable.
library-finding-end-shared = Deux branches finissent dans la même étape. Donnez à chacune sa fin.
library-finding-step-shared = L’étape est dans deux branches. Donnez à chacune ses étapes.
library-finding-too-nested = Les branches sont trop imbriquées. Faites de la partie intérieure une fiche à part.
library-finding-too-many-steps = Il y a plus d’étapes qu’on n’en accepte. Faites de parties des fiches à part.
library-finding-variable-missing = Elle utilise une variable définie nulle part. Définissez-la.
library-finding-variable-race = Des branches simultanées écrivent la même variable. Que chacune écrive la sienne.
library-finding-agent-missing = Elle nomme un rôle non défini. Définissez-le, ou nommez-en un autre.
library-finding-target-missing = Elle nomme une cible non définie. Définissez-la.
library-finding-definition-missing = Elle nomme quelque chose de non défini. Définissez-le.
library-finding-bad-condition = La condition est illisible. Écrivez des comparaisons comme __name__:value = 'text'.
library-finding-playbook-loop = Des fiches se lancent en rond. Qu’aucune ne ramène à une précédente.
library-finding-playbook-missing = Elle lance une fiche qui n’est pas ici. Importez-la aussi.
library-finding-bad-extension = Ce qui figure dans l’extension de ce programme n’y a pas sa place. Voyez le guide.
library-finding-role-missing = La deuxième signature est demandée à un rôle absent. Nommez un des rôles.
library-finding-not-executed = Ce programme n’exécute jamais cette commande. Une personne la lit, décide, et l’effectue à la main.
library-finding-bad-request = La requête ne peut pas être envoyée telle quelle. Écrivez MÉTHODE /chemin HTTP/1.1, et l’hôte dans la cible.
library-finding-more = Il y en a d’autres. Corrigez d’abord ce qui est listé.
