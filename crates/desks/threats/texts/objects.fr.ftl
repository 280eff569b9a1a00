# What objects are, whom they concern, and what to do
# Not reviewed by a native speaker.
threats-kind-artifact = Contenu d’un fichier
threats-kind-attack-pattern = Manière d’attaquer
threats-kind-autonomous-system = Réseau d’internet
threats-kind-campaign = Campagne
threats-kind-course-of-action = Remède
threats-kind-domain-name = Domaine
threats-kind-email-addr = Adresse électronique
threats-kind-email-message = Courriel
threats-kind-file = Fichier
threats-kind-grouping = Groupe d’objets
threats-kind-identity = Organisation ou personne
threats-kind-incident = Incident
threats-kind-indicator = Signe à chercher
threats-kind-infrastructure = Serveurs et services d’attaquants
threats-kind-intrusion-set = Groupe d’attaquants
threats-kind-ipv4-addr = Adresse internet
threats-kind-ipv6-addr = Adresse internet
threats-kind-language-content = Traduction
threats-kind-location = Lieu
threats-kind-malware = Programme malveillant
threats-kind-malware-analysis = Analyse d’un programme malveillant
threats-kind-marking-definition = Marque
threats-kind-note = Note
threats-kind-observed-data = Observation
threats-kind-opinion = Avis
threats-kind-relationship = Lien
threats-kind-report = Rapport
threats-kind-sighting = Constat
threats-kind-threat-actor = Attaquant
threats-kind-tool = Outil
threats-kind-url = Adresse d’une page
threats-kind-vulnerability = Faiblesse
threats-kind-other = Autre ({ $kind })
threats-tlp-means-clear = pour tout le monde ; peut être publié
threats-tlp-means-green = pour les membres de la communauté, non pour publication
threats-tlp-means-amber = pour les organisations nommées et ceux de leurs clients qui en ont besoin
threats-tlp-means-amber-strict = pour les organisations nommées seulement
threats-tlp-means-red = pour les destinataires nommés seulement ; ils ne le disent à personne
threats-object-concerns = Qui cela concerne
threats-object-todo = Que faire
threats-object-who = Qui le dit
threats-object-sure = Avec quelle certitude
threats-object-until = Vaut jusqu’au
threats-object-until-unsaid = non dit
threats-object-over = passé
threats-object-audience = Partagé avec : { $orgs }
threats-object-seen = Vu par d’autres
threats-object-seen-none = Personne ne l’a encore dit
threats-object-seen-count = { $count ->
    [one] une fois
   *[other] { $count } fois
 }, par { $by ->
    [one] une organisation
   *[other] { $by } organisations
 }
threats-object-agreed = { $count ->
    [one] Un membre est d’accord
   *[other] { $count } membres sont d’accord
 }
threats-object-facts = Détails
threats-object-raw = Pour les experts : l’objet tel qu’il est venu (STIX)
threats-object-download = Télécharger en JSON
threats-versions = Versions
threats-related = Ce qui s’y rattache
threats-older-title = Il existe une version plus récente
threats-older-link = Montrer la plus récente
threats-revoked-title = Retiré
threats-revoked-text = Qui l’a partagé l’a retiré. N’agissez plus d’après lui.
threats-over-title = Cela ne vaut plus
threats-over-text = Son temps est passé. Ne bloquez rien à cause de lui ; le nom ou l’adresse appartient peut-être à quelqu’un d’autre.
threats-sure-unsaid = Qui le partage ne dit pas avec quelle certitude.
threats-sure-none = Il n’est pas dit que c’est ainsi.
threats-sure-low = Pas très sûr
threats-sure-medium = Assez sûr
threats-sure-high = Très sûr
threats-looks-domain = Site ou serveur
threats-looks-url = Page
threats-looks-address = Adresse internet
threats-looks-email = Courriel
threats-looks-file = Fichier
threats-looks-other = Valeur
threats-what-indicator = C’est un signe auquel d’autres reconnaissent une attaque quand ils la rencontrent.
threats-what-attack-pattern = Ceci décrit une manière de procéder des attaquants.
threats-what-vulnerability = C’est une faiblesse d’un programme ou d’un appareil dont des attaquants peuvent se servir.
threats-what-course-of-action = Ceci dit ce qui aide contre quelque chose.
threats-what-sighting = Quelqu’un a vu ce contre quoi d’autres avaient mis en garde.
threats-what-actor = Ceci décrit des gens qui attaquent, autant qu’on les connaît.
threats-what-campaign = Ceci raconte des attaques qui vont ensemble, ou une attaque qui a eu lieu.
threats-what-means = C’est un moyen d’attaquants : un programme, un outil ou des serveurs.
threats-what-report = Ceci résume ce qu’on sait, avec ce qui s’y rattache.
threats-what-note = C’est ce que quelqu’un dit de ce qui fut partagé.
threats-what-other = C’est une partie d’autre chose. En soi, cela ne vous demande rien.
threats-concerns-indicator-domain = Tous ceux dont le personnel utilise le web et le courriel, et qui répond aux questions sur les sites officiels.
threats-concerns-indicator-url = Tous ceux dont le personnel utilise le web et le courriel, et qui répond aux questions sur les pages officielles.
threats-concerns-indicator-address = Qui gère votre réseau, vos serveurs ou vos sites.
threats-concerns-indicator-email = Tous ceux qui reçoivent des courriels au travail, et qui gère votre messagerie.
threats-concerns-indicator-file = Tous ceux qui ouvrent des fichiers envoyés par d’autres, et qui s’occupe de vos ordinateurs.
threats-concerns-indicator-other = Qui s’occupe de vos ordinateurs et de votre réseau.
threats-concerns-indicator = Qui s’occupe de vos ordinateurs et de votre réseau.
threats-concerns-attack-pattern = Ceux qui préparent la protection de votre organisation.
threats-concerns-vulnerability = Qui s’occupe de vos ordinateurs et programmes.
threats-concerns-course-of-action = Qui s’occupe de vos ordinateurs, et ceux qui décident de la protection.
threats-concerns-sighting = Ceux qui suivent jusqu’où c’est allé.
threats-concerns-actor = Ceux qui préparent la protection de votre organisation.
threats-concerns-campaign = Tous ceux qui tiennent, observent ou racontent l’élection dont il s’agit.
threats-concerns-means = Qui s’occupe de vos ordinateurs et de votre réseau.
threats-concerns-report = Tous ceux qui tiennent, observent ou racontent l’élection dont il s’agit.
threats-concerns-note = Ceux qui agissent d’après ce dont il s’agit.
threats-concerns-other = Ceux qui agissent d’après ce à quoi cela se rattache.
threats-todo-indicator-domain = N’ouvrez pas le site, et dites à votre personnel de ne pas l’ouvrir.
    Donnez-le à qui s’occupe de vos ordinateurs : qu’il regarde si quelqu’un y est allé, et le bloque.
    S’il imite un site officiel, dites en public quelle adresse est la bonne.
    Vous l’avez trouvé ? Dites-le ci-dessous : « Nous l’avons vu aussi. »
threats-todo-indicator-url = N’ouvrez pas la page, et dites à votre personnel de ne pas l’ouvrir.
    Donnez-la à qui s’occupe de vos ordinateurs : qu’il regarde si quelqu’un y est allé, et la bloque.
    Quelqu’un y a-t-il entré un mot de passe ? Faites-le changer aussitôt.
    Vous l’avez trouvée ? Dites-le ci-dessous : « Nous l’avons vu aussi. »
threats-todo-indicator-address = Donnez-la à qui gère votre réseau : qu’il regarde si quelque chose y est allé ou en est venu.
    Qu’il la bloque si ce n’est pas une adresse dont vous avez besoin.
    Vous l’avez trouvée ? Dites-le ci-dessous : « Nous l’avons vu aussi. »
threats-todo-indicator-email = Cherchez des messages de là, et n’y ouvrez ni liens ni pièces jointes.
    Quelqu’un a-t-il répondu, cliqué ou entré un mot de passe ? Dites-le aussitôt à qui s’occupe de vos ordinateurs.
    Vous l’avez trouvée ? Dites-le ci-dessous : « Nous l’avons vu aussi. »
threats-todo-indicator-file = N’ouvrez pas un tel fichier, et ne l’effacez pas : c’est une preuve.
    Donnez-le à qui s’occupe de vos ordinateurs : qu’il regarde sur quelles machines il est.
    Vous l’avez trouvé ? Dites-le ci-dessous : « Nous l’avons vu aussi. »
threats-todo-indicator-other = Donnez-le à qui s’occupe de vos ordinateurs : il peut le chercher.
    Vous l’avez trouvé ? Dites-le ci-dessous : « Nous l’avons vu aussi. »
threats-todo-indicator = Donnez-le à qui s’occupe de vos ordinateurs : ses programmes peuvent le chercher.
    Vous l’avez trouvé ? Dites-le ci-dessous : « Nous l’avons vu aussi. »
threats-todo-attack-pattern = Réfléchissez si cela pourrait vous arriver, et à ce qui l’arrêterait.
threats-todo-vulnerability = Donnez-le à qui s’occupe de vos ordinateurs : qu’il regarde si vous l’utilisez, et y remédie.
threats-todo-course-of-action = Voyez si cela vous convient, et décidez qui le fait et jusqu’à quand.
threats-todo-sighting = Regardez à nouveau si vous le trouvez aussi.
threats-todo-actor = Rien dans l’immédiat. Regardez les signes qui s’y rattachent.
threats-todo-campaign = Lisez ce qui s’est passé, et regardez les signes qui s’y rattachent.
    Dites-le à ceux qui parlent en public pour vous, afin qu’ils ne soient pas surpris.
threats-todo-means = Regardez les signes qui s’y rattachent : c’est par eux qu’on le trouve.
threats-todo-report = Lisez-le, et décidez qui dans votre organisation doit le savoir.
    Regardez les signes qui s’y rattachent.
threats-todo-note = Lisez-la avant d’agir d’après ce dont il s’agit.
threats-todo-other = Rien. Regardez à quoi cela se rattache.
threats-fact-aliases = Aussi appelé
threats-fact-goals = Buts
threats-fact-objective = Objectif
threats-fact-indicator-types = Sorte de signe
threats-fact-malware-types = Sorte de programme
threats-fact-infrastructure-types = Sorte de serveurs
threats-fact-report-types = Sorte de rapport
threats-fact-threat-actor-types = Sorte d’attaquant
threats-fact-opinion = Avis
threats-fact-count = Combien de fois
threats-fact-first-seen = Vu la première fois
threats-fact-last-seen = Vu la dernière fois
threats-fact-published = Publié
threats-fact-value = Valeur
threats-fact-source = Ailleurs : { $source }
threats-how-made-by = fait par
threats-how-made = fait par cette organisation
threats-how-sighting-of = ce qui fut vu
threats-how-sighted = dit que ce fut vu
threats-how-about = porte sur ceci
threats-how-mentioned = le mentionne
threats-how-refers = renvoie à ceci
threats-how-referred = y renvoie
threats-how-source = d’ici
threats-verb-uses-out = utilise ceci
threats-verb-uses-in = l’utilise
threats-verb-indicates-out = est un signe de ceci
threats-verb-indicates-in = en est un signe
threats-verb-attributed-to-out = est tenu pour l’œuvre de
threats-verb-attributed-to-in = est tenu pour son œuvre
threats-verb-targets-out = vise
threats-verb-targets-in = le vise
threats-verb-mitigates-out = aide contre ceci
threats-verb-mitigates-in = aide contre lui
threats-verb-derived-from-out = fut tiré de ceci
threats-verb-derived-from-in = en fut tiré
threats-verb-duplicate-of-out = est le même que ceci
threats-verb-duplicate-of-in = est le même
threats-verb-related-to-out = a trait à ceci
threats-verb-related-to-in = y a trait
threats-verb-other-out = { $verb } →
threats-verb-other-in = ← { $verb }
