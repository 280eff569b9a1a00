# Une image de ce qui va ensemble
understand-home = Partage des menaces
understand-graph-title = Ce qui se rattache à { $name }
understand-graph-description = { $objects } objets et { $connections } liens, en colonnes, de qui est derrière à ce qui s’en voit.
understand-graph-answer = { $count ->
    [one] Un objet y est relié, pour autant que votre organisation puisse le voir.
   *[other] { $count } objets y sont reliés, pour autant que votre organisation puisse les voir.
 }
understand-graph-alone = Rien de ce que votre organisation peut voir n’y est encore relié.
understand-graph-read = À lire d’un côté à l’autre : qui, ce qu’ils font, avec quoi, et ce qui s’en voit
understand-graph-how = Chaque case est un objet partagé ici et mène à sa page. Les flèches disent comment deux d’entre eux sont reliés.
understand-graph-region = L’image ; elle se déplace de côté
understand-graph-table = Les liens sous forme de tableau
understand-how-far = Jusqu’où
understand-steps = { $count ->
    [one] Un pas
   *[other] { $count } pas
 }
understand-left-out = { $count ->
    [one] Un autre objet est à portée et ne figure pas dans l’image.
   *[other] { $count } autres objets sont à portée et ne figurent pas dans l’image.
 }
understand-left-out-hint = Réduisez le nombre de pas, ou ouvrez une des cases et regardez l’image à partir de là.
understand-missing = { $count ->
    [one] Un objet nommé ici ne fait pas partie de ceux que votre organisation possède.
   *[other] { $count } objets nommés ici ne font pas partie de ceux que votre organisation possède.
 }
understand-unsaid = { $count ->
    [one] Une flèche n’a pas de place pour son mot ; le tableau l’indique.
   *[other] { $count } flèches n’ont pas de place pour leurs mots ; le tableau les indique.
 }
understand-connections = Liens
understand-from = De
understand-connection = Lien
understand-to = À
understand-says = Qui le dit
understand-sure = Certitude (0 à 100)
understand-not-said = non précisé
understand-objects = Objets
understand-what = Ce que c’est
understand-name = Nom
understand-state = État
understand-label = Étiquette
understand-by = Partagé par
understand-shared = Partagé le
understand-to-timeline = Voir dans le temps
understand-to-graph = Voir ce qui s’y rattache
understand-column-who = Qui
understand-column-what = Ce qu’ils font
understand-column-how = Avec quoi
understand-column-signs = Ce qui s’en voit
understand-kind-attack-pattern = Mode d’attaque
understand-kind-campaign = Campagne
understand-kind-course-of-action = Remède
understand-kind-grouping = Regroupement
understand-kind-identity = Organisation
understand-kind-incident = Incident
understand-kind-indicator = Signe d’alerte
understand-kind-infrastructure = Infrastructure
understand-kind-intrusion-set = Groupe
understand-kind-location = Lieu
understand-kind-malware = Logiciel malveillant
understand-kind-malware-analysis = Analyse de logiciel
understand-kind-note = Note
understand-kind-observed-data = Observation
understand-kind-opinion = Avis
understand-kind-relationship = Lien
understand-kind-report = Rapport
understand-kind-sighting = Constat
understand-kind-threat-actor = Acteur
understand-kind-tool = Outil
understand-kind-vulnerability = Faiblesse
understand-kind-autonomous-system = Réseau
understand-kind-domain-name = Nom de domaine
understand-kind-email-addr = Adresse électronique
understand-kind-email-message = Courriel
understand-kind-file = Fichier
understand-kind-ipv4-addr = Adresse IP
understand-kind-ipv6-addr = Adresse IP
understand-kind-url = Adresse web
understand-link-attributed-to = attribué à
understand-link-based-on = fondé sur
understand-link-beacons-to = rend compte à
understand-link-belongs-to-ref = appartient à
understand-link-compromises = s’introduit dans
understand-link-communicates-with = communique avec
understand-link-consists-of = se compose de
understand-link-controls = contrôle
understand-link-delivers = livre
understand-link-derived-from = tiré de
understand-link-drops = dépose
understand-link-duplicate-of = identique à
understand-link-exploits = exploite
understand-link-hosts = héberge
understand-link-impersonates = se fait passer pour
understand-link-indicates = signale
understand-link-located-at = situé à
understand-link-mitigates = aide contre
understand-link-object-refs = porte sur
understand-link-observed-data-refs = montré par
understand-link-originates-from = vient de
understand-link-owns = possède
understand-link-related-to = lié à
understand-link-resolves-to-refs = mène à
understand-link-sample-refs = échantillon
understand-link-sighting-of-ref = constat de
understand-link-targets = vise
understand-link-uses = utilise
understand-link-variant-of = variante de
understand-link-where-sighted-refs = vu par
# Ce que vaut maintenant un signe d’alerte
understand-state-not-yet = Pas encore valable
understand-state-valid = Valable
understand-state-doubted = Mis en doute
understand-state-expired = Terminé
understand-state-revoked = Retiré
understand-state-ended = Il valait jusqu’au { $date }.
understand-state-until = Il vaut jusqu’au { $date }.
understand-state-no-end = Aucune fin n’est indiquée.
understand-state-seen = { $count ->
    [one] Vu une fois, le { $date }.
   *[other] Vu { $count } fois, la dernière le { $date }.
 }
understand-state-opinions = { $agree } d’accord, { $disagree } pas d’accord.
# Ce qui s’est passé et quand, et à qui on l’attribue
understand-timeline-title = { $name } dans le temps
understand-timeline-description = { $count } lignes du { $from } au { $to }.
understand-timeline-answer = { $count } objets disent quand ils ont eu lieu.
understand-timeline-read = Ce qui s’est passé et quand, et quand cela a été partagé ici
understand-timeline-how = Une barre va du premier au dernier moment indiqué ; sans fin, elle continue. L’anneau est le moment du partage ici.
understand-timeline-table = La même chose en tableau
understand-timeline-left-out = Ils n’ont pas de ligne ici.
understand-time = Ce que sont ces dates
understand-time-from = De
understand-time-until = À
understand-time-seen = Vu la première et la dernière fois
understand-time-valid = Vaut
understand-time-published = Publié
understand-behind = À qui on l’attribue
understand-behind-actor = Qui serait derrière eux
understand-behind-nobody = Personne n’a dit ici qui est derrière.
understand-behind-one = Une seule réponse est donnée à la question de qui est derrière, et personne n’a exprimé de désaccord ici. Cela ne la prouve pas.
understand-behind-disputed = Il n’est pas établi qui est derrière : une réponse est donnée, et quelqu’un n’est pas d’accord.
understand-behind-several = Il n’est pas établi qui est derrière : { $count } réponses sont données.
understand-behind-hint = Chaque réponse figure avec celui qui la donne. Rien ici ne tranche entre elles.
understand-sure-of = Certitude : { $sure } sur 100
understand-sure-not-said = Certitude non précisée
understand-opinion-strongly-agree = Tout à fait d’accord
understand-opinion-agree = D’accord
understand-opinion-neutral = Ni d’accord ni pas d’accord
understand-opinion-disagree = Pas d’accord
understand-opinion-strongly-disagree = Pas du tout d’accord
understand-actor-answer = Campagnes qui leur sont attribuées : { $campaigns }. Constats de ce qui est à eux au cours des 12 derniers mois : { $total }.
understand-campaigns = Campagnes
understand-campaigns-none = Aucune campagne ne leur est attribuée ici.
understand-means = Ce qu’ils utilisent
understand-means-none = Rien n’est dit ici de ce qu’ils utilisent.
understand-first = Vu la première fois
understand-last = Vu la dernière fois
understand-month = Mois
understand-sightings = Constats
understand-sightings-title = Constats au cours des 12 derniers mois : { $count }
understand-sightings-description = Constats de ce qui se rattache à { $name }, mois par mois.
understand-sightings-how = Comptés selon le mois où chaque constat a commencé, comme les membres les ont signalés.
understand-month-1 = janvier
understand-month-2 = février
understand-month-3 = mars
understand-month-4 = avril
understand-month-5 = mai
understand-month-6 = juin
understand-month-7 = juillet
understand-month-8 = août
understand-month-9 = septembre
understand-month-10 = octobre
understand-month-11 = novembre
understand-month-12 = décembre
# Ce qui touche sa propre organisation
understand-assets-answer = { $count ->
    [one] Une chose partagée avec vous concerne ce que vous surveillez.
   *[other] { $count } choses partagées avec vous concernent ce que vous surveillez.
 } Nouveau depuis sept jours : { $fresh }.
error-scr-thr-040 = Il n’y a pas d’objet de ce nom dans cette communauté, ou aucun que votre organisation puisse voir.
error-scr-thr-041 = La ligne { $line } de ce qui est surveillé ne peut pas être lue, ou il y a trop de lignes : « { $text } ».
understand-assets-title = Ce qui nous touche
understand-assets-nothing = Dites ce qui appartient à votre organisation, et voyez ici quand quelque chose de partagé la concerne.
understand-assets-none = Rien de ce qui est partagé avec vous ne concerne ce que vous surveillez.
understand-assets-list = Ce que vous surveillez
understand-assets-changed = Dernière modification :
understand-assets-field = Un nom, une adresse ou un fichier par ligne
understand-assets-hint = Au plus { $count } lignes. Personne d’autre que votre organisation ne voit cette liste.
understand-assets-forms = Ce qui peut figurer sur une ligne
understand-form-domain = Un nom de domaine, avec tous les noms au-dessous
understand-form-addresses = Une adresse, ou une plage d’adresses
understand-form-mail = Toutes les adresses électroniques de ce domaine
understand-form-system = Le numéro d’un réseau
understand-form-hash = L’empreinte d’un fichier
understand-form-name = Un nom tel qu’il figure dans les textes
understand-assets-record = La liste est enregistrée avec le prochain lot, scellée : le registre public ne montre ni à qui elle est ni ce qu’elle contient.
understand-assets-keep = Surveiller cette liste
understand-assets-ask = Un responsable, un superviseur ou un agent de votre organisation peut écrire la liste.
understand-assets-waits = Votre liste est en route.
understand-assets-waits-text = Elle est prise avec le prochain lot, dans les { $seconds } secondes.
understand-assets-wrong = Ligne { $line }, « { $text } » : { $why }
understand-assets-more-wrong = { $count } autres lignes ne peuvent pas être lues.
understand-asset-too-long = elle est trop longue ; une ligne a au plus 1 000 caractères.
understand-asset-address = ce n’est ni une adresse ni une plage ; écrivez 192.0.2.7 ou 192.0.2.0/24.
understand-asset-domain = ce n’est pas un nom de domaine ; écrivez vote.example, sans espaces.
understand-asset-email = ce n’est pas une adresse électronique ; écrivez info@vote.example ou @vote.example.
understand-asset-hash = ce n’est pas une empreinte de fichier ; elle a 32, 40, 56, 64, 96 ou 128 chiffres et lettres de a à f.
understand-asset-system = ce n’est pas un numéro de réseau ; écrivez AS64500.
understand-asset-name = un nom a au moins trois lettres et au plus douze mots.
understand-hits = Ce qui vous touche, le plus récent d’abord
understand-hits-shown = { $shown } sur { $total } sont affichés.
understand-hits-end = Une ligne disparaît quand le signe d’alerte prend fin, ou qu’il est retiré.
understand-hit-what = Ce qui a été partagé
understand-hit-yours = Ce qui est à vous, et pourquoi
understand-hit-todo = Que faire
understand-hit-when = Connu depuis
understand-hit-new = Nouveau
understand-hit-same = y figure tel quel
understand-hit-below = un nom au-dessous
understand-hit-within = une adresse qui s’y trouve
understand-hit-around = une plage plus grande qui le contient
understand-hit-mentioned = est nommé dans un texte
understand-hit-matched = un motif à jokers lui correspond
understand-todo-own = Vérifiez aujourd’hui si quelqu’un en a pris le contrôle : regardez ses journaux et qui peut le modifier. Si le signe est faux, dites-le sur sa page, pour que personne ne vous bloque.
understand-todo-around = D’autres pourraient bloquer une plage dont vous faites partie. Demandez à qui l’a partagée de la réduire.
understand-todo-matched = Le motif est large et peut viser autre chose. Lisez-le, et dites-le sur sa page s’il vous touche par erreur.
understand-todo-mentioned = Lisez ce qui est dit. Ajoutez ce que vous savez, ou dites sur sa page ce qui est faux.
