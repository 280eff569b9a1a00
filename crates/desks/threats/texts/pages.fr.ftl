# The exchange: communities, their rules, what is shared
# Not reviewed by a native speaker.
threats-nav = Menaces
threats-cancel = Annuler
threats-yes = oui
threats-no = non
threats-you = (vous)
threats-recorded = Enregistré
threats-consequence = Ce qui s’ensuit
threats-state = État
threats-changed = Dernier changement
threats-organisation = Organisation
threats-sector = Secteur
threats-since = Membre depuis
threats-member = Membre
threats-members = Membres
threats-community = Communauté
threats-collection = Collection
threats-collections = Collections
threats-object = Quoi
threats-objects = Ce qui est partagé
threats-label = Étiquette
threats-by = Partagé par
threats-shared-at = Partagé
threats-rights = Vos droits
threats-for-whom = Pour qui
threats-pseudonym = (sous un pseudonyme)
threats-search = Chercher dans les titres
threats-home-title = Vos communautés
threats-home-tasks = Ce qui vous attend
threats-home-answer = { $count ->
    [one] Une chose vous attend.
   *[other] { $count } choses vous attendent.
 }
threats-home-nothing = Rien ne vous attend pour l’instant.
threats-home-none-answer = Votre organisation ne partage encore d’informations sur les menaces avec personne.
threats-home-line = { $members ->
    [one] Un membre
   *[other] { $members } membres
 }, { $collections ->
    [one] une collection
   *[other] { $collections } collections
 }, { $open ->
    [0] rien à décider
    [one] une proposition ouverte
   *[other] { $open } propositions ouvertes
 }
threats-none-title = Commencez par une communauté
threats-none-text = Organes électoraux, équipes de sécurité, partis, médias, observateurs, plateformes et fournisseurs partagent ici ce qui menace les élections. Ils le font dans des communautés dont aucun membre ne tient seul les règles.
threats-none-manager = Fondez une communauté avec au moins une autre organisation, ou demandez aux membres d’une communauté de proposer la vôtre.
threats-none-ask = Fonder et rejoindre revient à un responsable de votre organisation.
threats-none-others = { $count ->
    [one] Voir l’autre communauté d’ici
   *[other] Voir les { $count } autres communautés d’ici
 }
threats-task-join = Rejoindre { $name }
threats-task-join-hint = Votre organisation est nommée parmi les fondateurs. La communauté commence quand tous l’ont rejointe.
threats-task-waits = vous attend
threats-task-stand = Dire votre position : { $what }
threats-task-no-stand = pas encore de position
threats-task-news = { $count ->
    [one] Un nouvel objet dans { $name }
   *[other] { $count } nouveaux objets dans { $name }
 }
threats-task-news-many = { $count } nouveaux objets ou plus dans { $name }
threats-task-news-hint = Partagés par d’autres dans les 7 derniers jours
threats-task-new = nouveau
threats-state-active = active
threats-state-waiting = { $joined } fondateurs sur { $total } l’ont rejointe
threats-found-title = Fonder une communauté
threats-found-answer = Une communauté demande au moins deux organisations. Elle commence quand toutes l’ont rejointe.
threats-founders = Fondateurs
threats-field-name = Nom de la communauté
threats-field-name-hint = Tout le monde le verra.
threats-field-code = Code dans les adresses
threats-field-code-hint = Minuscules, chiffres et traits d’union, 40 au plus. Il ne change jamais.
threats-field-sector-own = Ce qu’est votre organisation
threats-field-founders = Qui fonde avec vous
threats-field-founders-hint = Des organisations qui travaillent sur cette installation. Chacune doit rejoindre.
threats-no-candidates = Aucune autre organisation ne travaille sur cette installation. Demandez à votre administrateur de la créer.
threats-rules = Règles
threats-rules-example = Les membres partagent ce qui menace les élections, quelle que soit la cible. Personne n’utilise ce qui est partagé contre un autre membre. Ce qui ne porte pas d’étiquette est GREEN : pour les membres, et non pour publication.
threats-field-text = Les règles en toutes lettres
threats-field-text-hint = Ce qui est partagé, avec qui, et ce que les membres promettent. Tout le monde pourra le lire.
threats-field-unmarked = L’étiquette de ce qui arrive sans étiquette
threats-field-unmarked-hint = Certains programmes n’en envoient pas. Celle-ci vaut alors.
threats-field-percent = Un changement demande plus de tant de pour cent des membres
threats-field-percent-hint = De 50 à 99. Il faut toujours au moins deux membres.
threats-first-collection = Première collection
threats-first-collection-text = Une collection est un lieu où l’on partage. Tous les membres peuvent lire et écrire dans celle-ci ; vous pourrez en proposer d’autres plus tard.
threats-field-title = Titre
threats-field-description = Ce qui y a sa place
threats-field-description-hint = Une phrase.
threats-field-alias = Nom court pour les programmes
threats-field-alias-hint = Minuscules, chiffres et traits d’union. Peut rester vide.
threats-field-public = Publique
threats-field-public-label = Tout le monde peut y lire ce qui est TLP:CLEAR
threats-field-closed = Fermée
threats-field-closed-label = Elle ne reçoit plus rien
threats-field-readers = Qui la lit
threats-field-writers = Qui y ajoute
threats-field-circle = À qui va TLP:AMBER quand personne n’est nommé
threats-field-reason = Raison
threats-field-reason-hint = Elle figurera dans le registre public.
threats-act-check = Vérifier vos réponses
threats-act-change = Changer quelque chose
threats-check-title = Vérifiez vos réponses
threats-found-check-answer = Vous fondez { $name } avec { $others }.
threats-found-consequence = Le nom, les fondateurs, les règles et les collections deviennent publics et restent au registre. Les autres sont invités à rejoindre.
threats-record-found = que votre organisation fonde cette communauté, avec ces règles et ces fondateurs.
threats-act-found = Fonder la communauté
threats-community-answer = { $members ->
    [one] Un membre partage ici
   *[other] { $members } membres partagent ici
 } ; vous pouvez lire { $readable ->
    [one] une collection.
   *[other] { $readable } collections.
 }
threats-community-waiting = Rien ne peut être partagé ni décidé avant que tous les fondateurs aient rejoint.
threats-missing-title = Tous les fondateurs n’ont pas rejoint
threats-missing-text = Il manque encore : { $orgs }.
threats-objects-none = Rien ici
threats-objects-none-filtered = Rien ne répond à ces filtres.
threats-objects-none-text = Personne n’a encore rien partagé avec vous.
threats-filter-clear = Tout montrer
threats-filter-any = tout
threats-filter-what = Quoi
threats-filter-label = Étiquette
threats-filter-by = Partagé par
threats-filter-collection = Collection
threats-filter-what-signs = signes à chercher
threats-filter-what-reports = rapports
threats-filter-what-campaigns = campagnes
threats-filter-what-actors = qui est derrière
threats-filter-what-means = moyens
threats-filter-what-answers = réponses
threats-filter-what-all = tout, liens compris
threats-rights-both = Vous lisez et écrivez
threats-rights-read = Vous lisez seulement
threats-rights-write = Vous écrivez seulement
threats-rights-none = Ni l’un ni l’autre
threats-collection-closed = fermée
threats-collection-public = TLP:CLEAR est public
threats-collection-members = membres seulement
threats-machines = Pour les programmes (TAXII 2.1)
threats-machines-text = Les programmes lisent et écrivent les mêmes objets à ces adresses, avec un jeton de la page de votre compte comme mot de passe.
threats-not-joined = n’a pas rejoint
threats-members-all = tous les membres
threats-members-none = personne
threats-about = { $kind } : { $title }
threats-revoked = retiré
threats-rules-title = Règles et décisions
threats-rules-answer = Aucun membre ne change seul les règles : il en faut plus d’un, et tout le monde voit qui a consenti.
threats-rules-now = Les règles
threats-needed = { $needed } membres sur { $members }
threats-needed-label = Un changement demande
threats-more-than = plus de { $percent } %
threats-custodians = Qui lève les pseudonymes
threats-custodians-none = Personne n’est nommé.
threats-custodians-text = Deux d’entre eux ensemble peuvent révéler qui est derrière un pseudonyme.
threats-proposals-open = À décider
threats-proposals-none = Rien n’est ouvert.
threats-proposals-decided = Décidé
threats-proposal-count = { $given } consentent sur { $needed } nécessaires
threats-proposed-by = proposé par { $org }
threats-propose-title = Proposer un changement
threats-propose-rules = Changer les règles
threats-propose-collection = Ajouter ou changer une collection
threats-propose-admit = Admettre une organisation
threats-propose-exclude = Exclure un membre
threats-propose-custodians = Nommer qui lève les pseudonymes
threats-propose-answer-rules = Les autres membres voient la différence, et décident.
threats-propose-answer-collection = Une collection dit qui la lit et qui y ajoute. Les autres membres décident.
threats-propose-answer-admit = Le nouveau membre verra ce qui est TLP:GREEN, y compris l’ancien. Les autres membres décident.
threats-propose-answer-exclude = Le membre lui-même n’a pas voix. Votre raison devient publique.
threats-propose-answer-custodians = Nommez au moins deux membres qui ne dépendent pas l’un de l’autre.
threats-propose-collection-change = En changer une qui existe :
threats-choose-all = tous les membres
threats-choose-these = ceux cochés ci-dessous
threats-choose-table-hint = Les deux premières colonnes comptent là où « ceux cochés ci-dessous » est choisi.
threats-choose-reads = lit
threats-choose-writes = ajoute
threats-choose-circle = reçoit AMBER
threats-choose-circle-hint = « Reçoit AMBER » : c’est à eux que va ce qui est TLP:AMBER quand celui qui partage ne nomme personne.
threats-propose-check-answer = Cela vaudra quand { $needed } membres consentiront. En le proposant, vous consentez.
threats-propose-voters = Qui a voix : { $orgs }.
threats-record-propose = que votre organisation propose ce changement et y consent.
threats-act-propose = Proposer
threats-proposal-difference = Ce qui changerait
threats-now = Maintenant
threats-after = Proposé
threats-changes = change
threats-proposal-answer = { $org } propose ceci. { $given } membres consentent sur { $needed } nécessaires.
threats-proposal-ended = C’est décidé.
threats-proposal-number = Proposition { $number }
threats-proposal-what = Ce qui était proposé
threats-stands = Position des membres
threats-stands-need = { $given } sur { $needed } nécessaires.
threats-stand-for = consent
threats-stand-against = est contre
threats-stand-none = ne s’est pas prononcé
threats-stand-concerned = Il s’agit de votre organisation : elle n’a pas voix.
threats-stand-question = Quelle est la position de votre organisation ?
threats-stand-choose-for = Nous consentons
threats-stand-choose-against = Nous sommes contre
threats-record-stand = la position de votre organisation, en public.
threats-act-stand = Le dire
threats-outcome-open = ouvert
threats-outcome-adopted = adopté
threats-outcome-rejected = non adopté
threats-outcome-overtaken = dépassé par un autre changement
threats-history = Ce qui s’est passé
threats-change-admit = Admettre { $org }
threats-change-exclude = Exclure { $org }
threats-change-rules = Changer les règles
threats-change-collection = Changer la collection { $title }
threats-change-collection-new = Ajouter la collection { $title }
threats-change-custodians = Nommer qui lève les pseudonymes
threats-no-member = pas membre
threats-member-as = membre ({ $sector })
threats-consequence-admit = Si assez de membres consentent, l’organisation est membre aussitôt. Elle voit alors ce qui est TLP:GREEN, y compris ce qui fut partagé avant.
threats-consequence-exclude = Si assez de membres consentent, l’organisation ne voit plus rien de nouveau. Ce qu’elle a partagé reste. La raison est publique.
threats-consequence-rules = Si assez de membres consentent, les nouvelles règles valent aussitôt pour tous. Ce qui fut partagé avant garde son étiquette.
threats-consequence-collection = Si assez de membres consentent, ceci vaut aussitôt. Qui ne peut plus lire la collection n’en voit plus rien.
threats-consequence-custodians = Si assez de membres consentent, ces membres pourront dès lors lever des pseudonymes, deux ensemble.
threats-join-title = Rejoindre { $name }
threats-join-answer = Lisez les règles. Elles valent pour votre organisation dès qu’elle rejoint.
threats-join-looked = J’ai lu les règles, et je rejoins pour mon organisation.
threats-join-consequence = Tout le monde voit que votre organisation est membre. La communauté commence quand tous les fondateurs ont rejoint.
threats-join-record = que votre organisation rejoint, en public.
threats-join-act = Rejoindre
threats-leave-title = Quitter { $name }
threats-leave-link = Quitter cette communauté
threats-leave-answer = Votre organisation ne serait plus membre.
threats-leave-looked = Je comprends, et je quitte pour mon organisation.
threats-leave-consequence = Vous ne voyez plus de la communauté que ce qui est public. Ce que votre organisation a partagé y reste, sous son nom. Pour revenir, les membres doivent l’admettre.
threats-leave-record = que votre organisation quitte, en public.
threats-leave-act = Quitter la communauté
threats-seen-title = Nous l’avons vu aussi
threats-seen-text = Cela aide les autres à savoir jusqu’où c’est allé.
threats-seen-open = Dire que vous l’avez vu
threats-seen-act = Le dire aux autres
threats-field-count = Combien de fois
threats-field-count-hint = Un nombre ; une estimation suffit.
threats-field-first = Vu la première fois
threats-field-last = Vu la dernière fois
threats-field-note = Ce que vous avez vu
threats-field-note-hint = Peut rester vide. Pas de noms de personnes.
threats-record-answer = une réponse de votre organisation, avec l’étiquette de ce à quoi elle répond. Ce qui n’est pas pour toute la communauté va à qui l’a partagé, en { $seconds } secondes au plus.
threats-doubt-title = C’est une fausse alerte
threats-doubt-text = Qui l’a partagé l’apprend, et les autres voient que quelqu’un en doute.
threats-doubt-open = Dire que c’est une fausse alerte
threats-doubt-act = Signaler la fausse alerte
threats-field-why = Pourquoi
threats-field-why-hint = Par exemple : « C’est l’adresse de notre propre lettre d’information. »
threats-doubted-title = Quelqu’un en doute
threats-doubted-text = { $count ->
    [one] Un membre dit que c’est une fausse alerte, ou n’est pas d’accord.
   *[other] { $count } membres disent que c’est une fausse alerte, ou ne sont pas d’accord.
 }
threats-withdraw-title = Retirer ceci
threats-alert-link = Rédiger une alerte à ce sujet
threats-withdraw-link = Retirer ceci de la collection
threats-withdraw-answer = { $count ->
    [one] « { $title } » serait retiré de la collection.
   *[other] « { $title } » serait retiré de la collection, avec ses { $count } versions.
 }
threats-withdraw-looked = Je comprends, et je le retire.
threats-withdraw-consequence = Personne ne le trouve plus ici. Qui l’a lu l’a encore, et le registre garde qu’il était là.
threats-record-withdraw = que votre organisation a agi dans cette communauté ; non ce qu’elle a retiré.
threats-record-withdraw-public = que votre organisation a retiré cet objet public.
threats-withdraw-act = Retirer
threats-share-title = Partager quelque chose
threats-share-answer = Qu’avez-vous vu ? À l’étape suivante, vous choisissez qui le reçoit.
threats-step-what = Quoi
threats-step-whom = Pour qui
threats-step-check = Vérifier
threats-share-form = J’ai vu quelque chose
threats-field-sort = Qu’est-ce que c’est ?
threats-seen-sort-domain = Le nom d’un site ou d’un serveur, comme resultats.example
threats-seen-sort-url = L’adresse d’une page, comme https://resultats.example/login
threats-seen-sort-address = Une adresse internet, comme 203.0.113.7, ou un bloc d’adresses
threats-seen-sort-email = Une adresse électronique
threats-seen-sort-hash = L’empreinte (hash) d’un fichier
threats-seen-sort-text = Autre chose, en mots
threats-field-value = Le nom, l’adresse ou l’empreinte
threats-field-value-hint = Un par ligne. « resultats[.]example » convient. Pour autre chose : un titre.
threats-field-seen = Ce qui s’est passé
threats-field-seen-hint = Ce que vous avez vu, où, et pourquoi cela vous inquiète. Pas de noms de personnes.
threats-field-since = Depuis quand
threats-field-until = Quel jour
threats-field-until-hint = Pour « jusqu’à un jour » : le jour où les autres cessent d’agir.
threats-field-sure = En êtes-vous sûr ?
threats-sure-choice-unsaid = Je préfère ne pas le dire
threats-sure-choice-low = Pas très : quelqu’un devrait regarder
threats-sure-choice-medium = Assez
threats-sure-choice-high = Très : nous avons regardé de près
threats-share-file = J’ai le fichier d’un programme
threats-share-file-text = STIX 2.1, un événement de MISP, ou un tableau (CSV) avec une colonne de noms ou d’adresses.
threats-field-file = Fichier
threats-field-file-hint = { $max } Mio au plus.
threats-act-read-file = Lire le fichier
threats-share-text = J’ai un texte ou une liste
threats-field-paste = Texte
threats-field-paste-hint = Une liste, un tableau, un avertissement reçu : les noms, adresses et empreintes y sont trouvés. STIX et MISP en JSON sont lus aussi.
threats-act-read-text = Lire le texte
threats-act-next = Continuer
threats-nothing-yet = Rien n’est encore partagé
threats-nothing-yet-text = Vous verrez exactement ce qui va à qui avant que rien ne soit partagé.
threats-whom-title = Qui le reçoit ?
threats-whom-answer = { $count ->
    [one] Un objet a été lu.
   *[other] { $count } objets ont été lus.
 }
threats-field-where = Où
threats-field-label = Étiquette
threats-field-label-hint = L’étiquette dit qui peut l’avoir. Choisissez la plus large qui ne nuise pas : ce que personne ne sait ne protège personne.
threats-field-to = Organisations pour AMBER et RED
threats-field-to-hint = Seulement pour ces étiquettes. Si vous ne nommez personne : AMBER va à ceux que la collection nomme, RED à personne d’autre que vous.
threats-marked-title = Certains ont leur propre étiquette
threats-marked-text = { $marked } sur { $count } portent une étiquette, qui reste. Celle que vous choisissez est pour les autres.
threats-act-look = Voir qui le recevrait
threats-act-again = Recommencer
threats-last-look = Un dernier regard
threats-last-look-answer = { $count ->
    [0] Rien ne serait partagé.
    [one] Un objet serait partagé dans { $collection }.
   *[other] { $count } objets seraient partagés dans { $collection }.
 }
threats-public-title-warn = Tout le monde le verra
threats-public-text = { $count ->
    [one] Un objet est TLP:CLEAR : il est publié aussitôt.
   *[other] { $count } objets sont TLP:CLEAR : ils sont publiés aussitôt.
 }
threats-failures = { $count ->
    [one] Un ne serait pas pris
   *[other] { $count } ne seraient pas pris
 }
threats-fail-other = Un autre objet a cet identifiant et cette version. Faites-en une nouvelle version, ou un nouvel objet.
threats-fail-foreign = Il est d’un autre membre : seul son auteur en fait de nouvelles versions. Répondez-y plutôt.
threats-there = { $count ->
    [one] Un est déjà là.
   *[other] { $count } sont déjà là.
 }
threats-unknown-marking = { $count ->
    [one] Un porte une marque inconnue ici. Il compte comme TLP:RED.
   *[other] { $count } portent une marque inconnue ici. Ils comptent comme TLP:RED.
 }
threats-planned = Ce qui va à qui
threats-planned-more = { $count ->
    [one] Un autre n’est pas montré.
   *[other] { $count } autres ne sont pas montrés.
 }
threats-with-whom = Qui le reçoit
threats-whom-everybody = tout le monde, en public
threats-whom-members = tous les membres : { $orgs }
threats-whom-nobody = personne d’autre que votre organisation
threats-share-consequence = Ce que d’autres ont lu ne peut être repris.
threats-record-share = que votre organisation partage dans cette communauté ; en public ni quoi ni avec qui, sauf si c’est TLP:CLEAR.
threats-record-share-waits = { $count ->
    [one] Un objet part avec le prochain lot, en { $seconds } secondes au plus.
   *[other] { $count } objets partent avec le prochain lot, en { $seconds } secondes au plus.
 }
threats-act-share = Partager
threats-problems = Ce qui ne va pas dans le contenu
threats-problems-count = { $count ->
    [one] Une remarque sur le contenu
   *[other] { $count } remarques sur le contenu
 }
threats-problem-place = objet { $number }
threats-problem-left-out = laissé de côté
threats-problem-look = à regarder
threats-problem-id = Il n’a pas d’identifiant ou de type utilisable. Corrigez : un identifiant est le type, deux traits d’union et un UUID.
threats-problem-time = Ce temps ne peut servir. Écrivez-le comme 2026-11-03T20:00:00.000Z.
threats-problem-large = Il est trop grand ou trop profond. Divisez-le.
threats-problem-reference = Ici devrait figurer l’identifiant d’un autre objet. Corrigez.
threats-problem-json = Ce n’est pas du JSON correct. Exportez à nouveau, ou corrigez à cet endroit.
threats-problem-required = Il manque quelque chose dont ce type a besoin. Ajoutez-le, pour que d’autres programmes le comprennent.
threats-problem-value = Ceci n’a pas la forme voulue. Corrigez l’adresse, le nom ou l’empreinte.
threats-problem-standard = Ceci s’écarte de STIX 2.1. D’autres programmes pourraient l’omettre.
threats-problem-pattern = Le motif ne peut être lu, et aucun programme ne trouvera rien avec lui : { $why }
threats-problem-more = { $count ->
    [one] Une autre remarque n’est pas montrée.
   *[other] { $count } autres remarques ne sont pas montrées.
 }
threats-status-title = Ce qu’il en est advenu
threats-status-pending = { $count ->
    [one] Un objet part avec le prochain lot, en { $seconds } secondes au plus.
   *[other] { $count } objets partent avec le prochain lot, en { $seconds } secondes au plus.
 }
threats-status-done = { $count ->
    [one] C’est partagé.
   *[other] Les { $count } sont partagés.
 }
threats-status-none = Rien n’a été partagé.
threats-status-shared = partagé
threats-status-waits = attend le lot
threats-status-failed = non pris
threats-status-there = C’était déjà là.
threats-status-again = Regarder à nouveau
threats-status-back = Vers la communauté
threats-status-kept = Cette page reste deux jours.
threats-wrong-founders = Choisissez au moins une autre organisation.
threats-wrong-label = Choisissez une étiquette.
threats-wrong-percent = Entrez un nombre entier de 50 à 99.
threats-wrong-title = Entrez un titre.
threats-wrong-stand = Choisissez si vous consentez ou êtes contre.
threats-wrong-looked = Cochez d’abord la case.
threats-wrong-org = Choisissez une organisation.
threats-wrong-count = Entrez un nombre au-dessus de zéro, en chiffres.
threats-wrong-day = Entrez un jour comme 2026-11-03.
threats-wrong-order = La fin précède le début. Corrigez l’un des deux.
threats-wrong-reason = Dites pourquoi. Qui l’a partagé doit le savoir.
threats-wrong-text = Entrez un texte de { $max } caractères au plus.
threats-wrong-sort = Choisissez ce que c’est.
threats-wrong-headline = Entrez une ligne, comme titre.
threats-wrong-values = Entrez-en au moins un et au plus { $max }, chacun sur sa ligne.
threats-wrong-value-domain = Ce n’est pas le nom d’un site. Il ressemble à resultats.example, sans https:// et sans espaces.
threats-wrong-value-url = Ce n’est pas l’adresse d’une page. Elle commence par https:// ou http://.
threats-wrong-value-address = Ce n’est pas une adresse internet. Elle ressemble à 203.0.113.7, ou 203.0.113.0/24 pour un bloc.
threats-wrong-value-email = Ce n’est pas une adresse électronique.
threats-wrong-value-hash = Ce n’est pas une empreinte : 32, 40, 64 ou 128 des caractères 0-9 et a-f.
threats-wrong-nothing = Il n’y a rien. Choisissez un fichier, ou collez le texte.
threats-wrong-large = C’est plus de { $max } Mio. Envoyez-le par un programme (TAXII).
threats-wrong-envelope = Ceci ne peut être lu comme STIX : { $why }
threats-wrong-many = Ce sont plus de { $max } objets. Envoyez-les par un programme (TAXII).
threats-wrong-empty = Il n’y a pas d’objets dedans.
threats-wrong-collection = Choisissez où le partager.
threats-wrong-waited = Vous avez attendu plus d’une heure. Rien n’a été partagé ; recommencez.
threats-wrong-changed = Quelque chose a changé depuis que vous avez regardé. Rien n’a été partagé ; regardez à nouveau.
threats-public-home = Accueil
threats-public-title = Menaces contre les élections
threats-public-list-answer = Des organisations partagent ce qui menace les élections. Voici qui participe, selon quelles règles, et ce qu’elles ont publié.
threats-public-none = Il n’y a pas encore de communauté.
threats-public-how-title = Pourquoi tout n’est pas ici
threats-public-how-text = La plupart de ce qui est partagé est pour les membres, afin que les attaquants n’apprennent pas ce qu’on sait d’eux. Qui sont les membres, quelles règles ils ont et comment chacun s’est prononcé est public et ne peut être changé après coup.
threats-public-line = { $members ->
    [one] Un membre
   *[other] { $members } membres
 }, { $public ->
    [0] rien de publié
    [one] une collection publique
   *[other] { $public } collections publiques
 }
threats-public-answer = { $members ->
    [one] Une organisation partage ici ce qui menace les élections.
   *[other] { $members } organisations partagent ici ce qui menace les élections.
 }
threats-public-objects = Ce qui est publié
threats-public-objects-none = Rien n’est encore publié.
threats-public-no-collection = Cette communauté n’a pas de collection publique.
threats-public-decisions = Ce qui fut proposé et décidé
threats-public-machines = Les programmes lisent ce qui est public par TAXII 2.1, sous /taxii2/ et ce code :
threats-sector-election-body = organe électoral
threats-sector-cert = équipe de sécurité
threats-sector-party = parti ou campagne
threats-sector-media = média
threats-sector-civil-society = société civile
threats-sector-platform = plateforme
threats-sector-vendor = fournisseur
threats-sector-other = autre
threats-wrong-text-form = Ce n’est ni du texte (UTF-8) ni du JSON.
threats-wrong-no-signs = Aucun nom, adresse ou empreinte n’y a été trouvé.
threats-problem-line = ligne { $line }
threats-paste-time = Ce n’est pas un temps. Écrivez-le comme 2026-11-27.
threats-paste-label = Ce n’est pas une étiquette. Écrivez-la comme TLP:GREEN.
threats-paste-type = La valeur n’est pas de ce type. Corrigez l’un des deux.
threats-paste-none = Il n’y a ici ni nom, ni adresse, ni empreinte.
threats-paste-broken = Le tableau ne peut être lu à partir d’ici. Regardez les guillemets.
threats-paste-left-out = Ceci ressemble à un nom, une adresse ou une empreinte, et n’en est pas. Corrigez si cela importe.
threats-doubt-wide = Bloquer ceci en bloquerait beaucoup d’autres.
threats-doubt-nothing = Ceci ne dit rien : il n’appartient à personne en particulier.
threats-doubt-source = On peut cliquer dessus : peut-être une source, et aucun danger.
threats-doubt-scheme = Il manquait https:// devant ; http:// fut ajouté.
threats-doubt-scripts = Il mêle des alphabets, comme les imitations. Regardez de près.
threats-doubt-other = C’est peut-être autre chose, comme un nom de fichier ou une version.
threats-wrong-custodians = Choisissez au moins deux membres.
