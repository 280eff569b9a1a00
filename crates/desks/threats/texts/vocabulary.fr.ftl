# Vocabulaires et listes d’avertissement
vocabulary-title = Vocabulaires
vocabulary-answer = { $techniques ->
    [one] Une façon d’attaquer a un nom ici
   *[other] { $techniques } façons d’attaquer ont un nom ici
 }, et { $lists ->
    [one] une liste avertit
   *[other] { $lists } listes avertissent
 } avant que soit partagé ce que personne ne devrait bloquer.
vocabulary-answer-none = Aucun vocabulaire n’a encore été importé. Quelques listes d’avertissement sont toujours là.
vocabulary-words = Des mots que tous emploient de la même façon
vocabulary-words-none = ATT&CK nomme ce que les attaquants font aux ordinateurs, DISARM ce qu’ils font aux opinions ; les galaxies et taxonomies de MISP ont d’autres mots. Leurs éditeurs les livrent en fichiers.
vocabulary-name = Nom
vocabulary-holds = Ce qu’il contient
vocabulary-version = Version
vocabulary-unsaid = non indiquée
vocabulary-imported = Importé
vocabulary-count-techniques = { $count ->
    [one] Une façon d’attaquer
   *[other] { $count } façons d’attaquer
 }, { $others ->
    [one] une phase ou un remède
   *[other] { $others } phases et remèdes
 }.
vocabulary-count-terms = { $count ->
    [one] Un terme.
   *[other] { $count } termes.
 }
vocabulary-count-tags = { $count ->
    [one] Une étiquette.
   *[other] { $count } étiquettes.
 }
vocabulary-count-entries = { $count ->
    [one] Une entrée.
   *[other] { $count } entrées.
 }
vocabulary-count-phases = L’ordre { $others ->
    [one] d’une phase.
   *[other] de { $others } phases.
 }
vocabulary-odd-count = { $count ->
    [one] Une chose est étrange
   *[other] { $count } choses sont étranges
 }
vocabulary-odd-none = Rien n’y est étrange.
vocabulary-odd-text = Ce que son lecteur a laissé de côté ou met en doute, dans ses propres mots. Le reste est utilisable.
vocabulary-lists = Listes d’avertissement
vocabulary-lists-text = Chaque nom, adresse et empreinte y est cherché avant d’être partagé. Qui partage quand même doit le confirmer, et cela est noté.
vocabulary-list-why = Pourquoi ne pas le bloquer
vocabulary-entries = Entrées
vocabulary-always = toujours là
vocabulary-list-election = Les électeurs n’atteindraient plus un organe électoral.
vocabulary-list-own = C’est à soi.
vocabulary-list-network = De nombreux sites seraient coupés à la fois.
vocabulary-list-resolver = Les ordinateurs ne trouveraient plus aucun nom.
vocabulary-list-service = Un service dont beaucoup dépendent serait coupé.
vocabulary-list-popular = Beaucoup de gens s’en servent chaque jour.
vocabulary-list-listed = Son éditeur le dit.
vocabulary-list-empty = Chaque ordinateur a un tel fichier.
vocabulary-list-reserved = Cela ne mène nulle part sur internet.
vocabulary-import = Importer un fichier
vocabulary-import-text = Le fichier tel que son éditeur le livre. Il dit lui-même ce qu’il est ; une version nouvelle remplace l’ancienne.
vocabulary-file = Fichier
vocabulary-file-hint = ATT&CK ou DISARM en paquet STIX, le fichier des colonnes de DISARM, une galaxie, une taxonomie ou une liste d’avertissement de MISP ; au plus { $max } Mio.
vocabulary-will-record = En public : nom, version, SHA-256 et ce qu’il contient en nombre ; et le fichier lui-même.
vocabulary-import-act = Importer
vocabulary-import-who = Importent des vocabulaires ceux qui gèrent cette installation, et les responsables des organes électoraux et des équipes de sécurité.
vocabulary-imported-title = Importé
vocabulary-same-title = Il est déjà là
vocabulary-same-text = Ce fichier même a déjà été importé. Rien n’a été inscrit.
vocabulary-by = Publié par { $publisher }. Les mots sont les leurs.
vocabulary-disarm-note = Le fichier de DISARM donne à ses entrées de nouveaux identifiants à chaque version, et appelle sa source ATT&CK. Ici chaque entrée garde un seul identifiant, qui découle de son numéro.
vocabulary-search = Chercher par numéro ou par mots
vocabulary-found = { $count ->
    [one] Une correspondance
   *[other] { $count } correspondances
 }
vocabulary-found-none = Essayez moins de mots, ou le début d’un seul.
vocabulary-all = Tout montrer
vocabulary-phases = Les phases, dans leur ordre
vocabulary-phases-text = Ce que les attaquants veulent atteindre, pas à pas. Ouvrez une phase pour voir comment ils s’y prennent.
vocabulary-phase-page = À propos de cette phase
vocabulary-rest = N’appartient à aucune phase
vocabulary-file-title = Le fichier
vocabulary-publisher = Éditeur
vocabulary-size = Longueur
vocabulary-bytes = { $count ->
    [one] un octet
   *[other] { $count } octets
 }
vocabulary-versions = Importations
vocabulary-means-phase = Une étape que les attaquants veulent atteindre.
vocabulary-means-technique = Quelque chose que font les attaquants, sous le nom que tous emploient.
vocabulary-means-remedy = Quelque chose qui aide contre des façons d’attaquer.
vocabulary-means-tag = Un mot dont on marque des objets.
vocabulary-old-title = À ne plus employer
vocabulary-old-text = Son éditeur l’a retiré.
vocabulary-own-words = Dans les mots de { $publisher }
vocabulary-parts = Plus en détail
vocabulary-uses = Objets partagés qui le nomment
vocabulary-uses-none = Aucun de ceux que vous pouvez voir.
vocabulary-uses-more = Il y en a d’autres ; les plus récents sont montrés.
vocabulary-shared = Partagé
vocabulary-place = Sa place
vocabulary-phase-of = Phase
vocabulary-part-of = Partie de
vocabulary-tag = Étiquette
vocabulary-stix = Identifiant STIX
vocabulary-publisher-page = La page de son éditeur
vocabulary-object-terms = Les façons d’attaquer qu’il nomme
vocabulary-kind-phase = phase
threats-field-techniques = Ce qu’ils font (facultatif)
threats-field-techniques-hint = Cherchez la façon d’attaquer par son numéro ou par des mots, cochez ce qui convient, et cherchez encore. Les autres trouvent ainsi tout ce qui a été fait de cette façon.
threats-field-technique-search = Chercher une façon d’attaquer
threats-techniques-nothing = Rien ne convient. Essayez moins de mots.
threats-field-end = Jusqu’à quand cela vaut
threats-field-end-hint = Les adresses changent de mains. D’usage : { $address } jours pour les adresses internet, { $url } pour les pages, { $domain } pour les domaines, { $email } pour les adresses e-mail, { $hash } pour les fichiers.
threats-end-usual = Comme d’usage
threats-end-day = Jusqu’à un jour, ci-dessous
threats-end-none = Jusqu’à ce que je le retire
threats-wrong-end = Dites jusqu’à quel jour, ou choisissez « Comme d’usage ».
threats-planned-until = vaut jusqu’au { $date }
threats-planned-no-end = vaut jusqu’à son retrait
threats-warnings = { $count ->
    [one] Réfléchissez d’abord à ceci
   *[other] Réfléchissez d’abord à ces { $count } points
 }
threats-warnings-text = D’autres pourraient bloquer ce que vous partagez. Ici, cela nuirait ou ne servirait à rien.
threats-warnings-more = { $count ->
    [one] … et un de plus
   *[other] … et { $count } de plus
 }
threats-warn-election = Ceci appartient à un organe électoral : le bloquer prive les électeurs de son site.
threats-warn-own = Ceci est à vous : les autres vous bloqueraient.
threats-warn-network = Ceci appartient à un grand réseau qui porte de nombreux sites : le bloquer les bloquerait tous.
threats-warn-resolver = Ceci répond pour des noms partout : sans cela les ordinateurs ne trouvent aucun site.
threats-warn-service = Ceci est un grand service dont beaucoup dépendent : le bloquer les couperait.
threats-warn-popular = Beaucoup de gens s’en servent chaque jour : le bloquer les couperait.
threats-warn-listed = Ceci est connu comme inoffensif, ou employé par beaucoup.
threats-warn-empty = Ceci est un fichier vide : chaque ordinateur en a un.
threats-warn-reserved = Ceci ne mène nulle part sur internet : c’est pour des exemples, ou pour ses propres machines.
threats-warn-by = Sur la liste « { $list } » : { $entry }
threats-warn-by-own = Vous le surveillez vous-même, ou c’est ce site : { $entry }
threats-despite-legend = Les avertissements ci-dessus
threats-despite-choice = Je les ai tous regardés. Que ce soit partagé quand même ; cela est noté, et qui le lit le voit.
threats-wrong-despite = Confirmez que vous avez regardé les avertissements, ou changez ce que vous partagez.
threats-despite-title = Partagé malgré un avertissement
threats-despite-list = { $value } est sur la liste « { $list } ».
threats-despite-own = { $value } appartient à qui l’a partagé.
threats-despite-text = Qui l’a partagé a été averti et l’a confirmé. Réfléchissez avant de le bloquer.
vocabulary-own-election = Noms d’organes électoraux
vocabulary-own-election-about = Sites où des organes électoraux informent les électeurs.
vocabulary-own-addresses = Adresses qui ne mènent nulle part sur internet
vocabulary-own-addresses-about = Ses propres réseaux, et ceux des exemples : RFC 1918, 3849, 3927, 4193, 4291, 5737, 6598, 9637.
vocabulary-own-names = Noms qui ne mènent nulle part sur internet
vocabulary-own-names-about = Noms pour des exemples, des essais et ses propres machines : RFC 2606, 6761, 6762, 7686, 8375.
vocabulary-own-empty = Empreintes d’un fichier vide
vocabulary-own-empty-about = MD5, SHA-1, SHA-256 et SHA-512 de rien.
threats-task-answered = D’autres ont répondu à « { $title } »
threats-task-answered-hint = { $seen ->
    [0] Personne d’autre ne l’a vu
    [one] Vu par un autre
   *[other] Vu par { $seen } autres
 } ; { $doubted ->
    [0] personne n’y voit une fausse alerte.
    [one] un y voit une fausse alerte.
   *[other] { $doubted } y voient une fausse alerte.
 }
threats-task-doubted = fausse alerte ?
threats-task-seen = vu
threats-status-warned = Quelque chose y figure sur une liste d’avertissement.
