# Preparing audits: from the list to the commitment
# Not reviewed by a native speaker.
audits-nav = Audits
audits-cancel = Annuler
audits-recorded = Enregistré
audits-consequence = Ce qui s’ensuit
audits-planner = Planifier : combien de travail serait-ce ?
audits-home-answer = { $count ->
    [one] Une chose vous attend.
   *[other] { $count } choses vous attendent.
 }
audits-home-nothing = Rien ne vous attend.
audits-home-tasks = Ce qui vous attend
audits-home-all = Tous les audits
audits-none-title = Pas encore d’audit
audits-none-manager = Commencez par les scrutins et leurs marges : le planificateur dit combien de bulletins chaque méthode regarderait. Puis commencez un audit.
audits-none-text = Les audits de ce site figureront ici dès que quelqu’un en aura commencé un.
audits-audit = Audit
audits-state = État
audits-org = Conduit par
audits-changed = Dernier changement
audits-task-prepare = Compléter la préparation
audits-task-missing-count = { $count ->
    [one] une chose manque
   *[other] { $count } choses manquent
 }
audits-task-commit = S’engager : tout est là et signé
audits-task-hand-in = Remettre vos fichiers
audits-task-sign = Signer ce qui a été remis
audits-task-boards = Suivre vos bureaux
audits-task-watch-seed = Observer les dés, ou saisir leurs chiffres
audits-phase-draft = en préparation
audits-phase-committed = engagé, avant la graine
audits-phase-seeded = graine tirée
audits-phase-round-open = les bureaux lisent
audits-phase-round-closed = décision attendue
audits-phase-full-hand-count = comptage manuel complet
audits-phase-finished = terminé
audits-next-draft = Choisissez les scrutins, nommez les juridictions, et attendez que chacune ait remis et signé ses fichiers.
audits-next-committed = Tout est fixé. Deux personnes jettent les dés en public et saisissent les chiffres.
audits-next-seeded = La graine est tirée. Ouvrez le tour.
audits-next-round-open = Les bureaux lisent ce qui a été tiré. Quand tous ont signé, le tour est clos.
audits-next-round-closed = Le risque est mesuré. Décidez de la suite.
audits-next-full-hand-count = Tous les bulletins sont comptés à la main. Indiquez ce que le comptage a trouvé.
audits-next-finished = L’audit est terminé.
audits-what-manifest = Manifeste des bulletins
audits-what-totals = Totaux par lot
audits-what-cvrs = Enregistrements de vote
audits-what-hint-manifest = Quels lots il y a, où ils se trouvent et combien de bulletins chacun contient. Il devient public.
audits-what-hint-totals = Les votes de chaque choix dans chaque lot. Ils restent privés jusqu’à l’engagement.
audits-what-hint-cvrs = Ce que les machines ont enregistré de chaque bulletin. Ils restent privés ; seule leur empreinte est publiée.
audits-what-how-manifest = Un tableau (CSV) avec les colonnes Batch Name et Number of Ballots ; aussi Container, Tabulator, et CVR (Y ou N) si seuls certains lots ont des enregistrements de vote. Les titres du Colorado sont compris aussi.
audits-what-how-totals = Un tableau (CSV) avec la colonne Batch Name et une colonne par choix, appelée « Scrutin - Choix » si plusieurs scrutins sont audités.
audits-what-how-cvrs = L’export tel qu’il sort du système : Dominion (CSV ou zip), Hart (zip), ES&S, Clear Ballot, le Common Data Format, ou des colonnes faites par scrutineer.
audits-method-batch-comparison = Comparaison de lots
audits-method-ballot-comparison = Comparaison de bulletins
audits-method-ballot-comparison-colorado = Comparaison de bulletins, selon le calcul du Colorado
audits-method-assertion-comparison = Comparaison de bulletins par assertions (SHANGRLA)
audits-method-ballot-polling = Sondage de bulletins (BRAVO)
audits-method-minerva = Sondage de bulletins (Minerva)
audits-method-providence = Sondage de bulletins (Providence)
audits-method-assertion-polling = Sondage de bulletins par assertions (ALPHA)
audits-method-hybrid = Hybride (SUITE)
audits-method-does-batch-comparison = Des lots entiers sont comptés à la main et comparés à leurs totaux. Il faut des totaux par lot, pas d’enregistrements de vote.
audits-method-does-ballot-comparison = Des bulletins sont comparés un à un à leur enregistrement de vote. Regarde le moins de bulletins.
audits-method-does-ballot-comparison-colorado = De même, en comptant les sous-estimations et en tirant les bulletins par leur numéro au manifeste.
audits-method-does-assertion-comparison = De même pour tout type de scrutin, aussi les classements et les listes ; des lots dont on ne connaît que les totaux peuvent en faire partie.
audits-method-does-ballot-polling = Des bulletins sont lus un à un sans rien comparer. Il ne faut qu’un manifeste ; bon quand la marge est large.
audits-method-does-minerva = Comme BRAVO, le plus souvent avec moins de bulletins. Chaque tour a sa propre graine.
audits-method-does-providence = Comme Minerva, et la taille d’un tour peut dépendre des tours précédents. Chaque tour a sa propre graine.
audits-method-does-assertion-polling = Des bulletins sont lus un à un, pour tout type de scrutin dont on compte les votes.
audits-method-does-hybrid = Les bulletins avec enregistrement sont comparés, les autres lus, et les deux ensemble confirment le résultat.
audits-sampler-usual = Comme la méthode le veut d’habitude
audits-sampler-arlo-ppeb = Des lots selon leur borne d’erreur (Arlo)
audits-sampler-consistent-with-replacement = Des bulletins par tickets, un bulletin peut être tiré à nouveau
audits-sampler-consistent-without-replacement = Des bulletins par tickets, chacun une fois
audits-sampler-colorado = Des bulletins par leur numéro (Colorado)
audits-sampler-cryptorandom = Des feuilles par nombres aléatoires, autant que chaque scrutin en veut
audits-new-title = Commencer un audit
audits-new-answer = Dites comment il s’appelle et comment il procède. Tout ici est public dès le premier instant.
audits-new-planner = Quelle méthode choisir ? Le planificateur dit combien de bulletins chacune regarderait.
audits-new-more = Échantillonneur, graine et test
audits-field-title = Titre
audits-field-title-hint = Comme le public le lira, par exemple « Audit de l’élection municipale de novembre 2026 ».
audits-field-election = Élection
audits-field-election-hint = Le nom court de l’élection sur ce site. Peut rester vide.
audits-field-method = Méthode
audits-field-sampler = Échantillonneur
audits-field-sampler-hint = Comment l’échantillon découle de la graine.
audits-field-digits = Chiffres de la graine
audits-field-digits-hint = Au moins 20 : autant de dés à dix faces sont jetés.
audits-field-style = Style des feuilles
audits-field-style-hint = Si les enregistrements disent quels scrutins figurent sur un bulletin, et si l’échantillon en tient compte.
audits-style-unknown = On ne s’y fie pas
audits-style-known = On s’y fie
audits-field-test = Test, pour les assertions
audits-field-test-hint = Les autres méthodes ont le leur.
audits-test-betting = Martingale de pari (mise 1,8)
audits-test-alpha = ALPHA (poids 100)
audits-field-fresh = Chaque tour a sa propre graine
audits-record-new = Qu’un audit a été commencé par votre organisation, avec son titre, sa méthode et son échantillonneur. Chacun peut le lire.
audits-act-new = Commencer l’audit
audits-wrong-text = Saisissez un texte de { $max } octets au plus.
audits-wrong-election = Le nom court d’une élection se compose de lettres a à z, de chiffres et de tirets.
audits-wrong-method = Choisissez une méthode.
audits-wrong-digits = Saisissez un nombre de 20 à 100.
audits-version = Version { $version }
audits-steps = Étapes
audits-count-contests = { $count ->
    [one] un scrutin
   *[other] { $count } scrutins
 }
audits-places-state = { $handed } sur { $total } ont remis, { $signed } ont signé
audits-not-yet = pas encore
audits-done = fait
audits-facts = Comment il procède
audits-fact-seeds = Graines
audits-fact-seeds-fresh = une par tour
audits-fact-seeds-one = une pour tous les tours
audits-root = Racine de l’engagement
audits-events = Ce qui s’est passé
audits-events-earlier = { $count } événements antérieurs sont au registre.
audits-event-reason = { $event } — « { $reason } »
audits-missing-title = Ce qui manque
audits-missing-more = Et { $count } de plus.
audits-missing-file = { $jurisdiction } n’a pas remis : { $what }.
audits-missing-signature = { $jurisdiction } n’a pas signé ce qu’elle a remis.
audits-reopen-link = Revenir avant la graine, pour un fichier tardif ou un autre changement
audits-contests-title = Scrutins
audits-contests-answer = Ce qui est audité, avec les votes annoncés. Au moins un scrutin est visé : l’audit continue jusqu’à ce que sa limite de risque soit atteinte.
audits-contests-none = Pas encore de scrutin
audits-contests-none-text = Ajoutez les scrutins audités, avec leurs choix et les votes annoncés.
audits-contest-add = Ajouter un scrutin
audits-contest-change = Changer
audits-contest-drop = Retirer
audits-contest-title = Scrutin
audits-contest-answer = Le résultat tel qu’il a été annoncé. Un scrutin du même nom est remplacé.
audits-choice = Choix
audits-votes = Votes annoncés
audits-targeted = Visé
audits-opportunistic = Opportuniste
audits-law-most = Le plus de votes
audits-law-majority = Une majorité, sinon un second tour
audits-law-share = Plus d’une part des votes valables
audits-law-runoff = Une majorité, ou les deux premiers continuent
audits-law-ranked = Vote alternatif, les électeurs classent
audits-law-dhondt = Listes, D’Hondt
audits-law-sainte-lague = Listes, Sainte-Laguë
audits-field-name = Nom
audits-field-name-hint = Comme l’écrivent les fichiers des juridictions.
audits-field-choices = Choix et leurs votes
audits-field-choices-hint = Un par ligne, les votes à la fin : « Ann Lee : 1234 ». Si les électeurs classent, les premières préférences.
audits-field-ballots = Bulletins qui peuvent le porter
audits-field-ballots-hint = Tous les bulletins de ses électeurs, blancs compris.
audits-field-winners = Élus ou sièges
audits-field-winners-hint = Combien sont élus.
audits-field-votes-allowed = Votes par électeur
audits-field-votes-allowed-hint = Combien de choix peuvent être marqués sur un bulletin.
audits-field-limit = Limite de risque
audits-field-limit-hint = La probabilité, au plus, qu’un résultat faux soit confirmé. Le plus souvent 5 %.
audits-field-targeted = Ce que l’audit en fait
audits-field-targeted-hint = Des scrutins opportunistes, on mesure le risque sur ce qui a été tiré pour d’autres.
audits-field-law = Qui gagne
audits-field-law-hint = Selon la loi de l’élection.
audits-field-share = Part
audits-field-share-hint = S’il faut plus d’une part, par exemple 2/3 ; pour des listes le seuil, par exemple 1/20, ou rien.
audits-field-winner = Vainqueur du vote alternatif
audits-field-winner-hint = Son nom comme ci-dessus. Seulement si les électeurs classent.
audits-record-contest = Le scrutin avec ses choix, ses votes et sa limite de risque, en public.
audits-act-contest = Enregistrer le scrutin
audits-wrong-number = Saisissez un nombre entier, au moins { $least }.
audits-wrong-choice = La ligne { $line } ne se termine pas par un nombre de votes.
audits-wrong-choices = Saisissez au moins deux choix, un par ligne.
audits-wrong-law = La méthode de cet audit ne confirme pas ce type de scrutin.
audits-wrong-share = Saisissez une part inférieure à un, en fraction, par exemple 2/3.
audits-wrong-winner = Le vainqueur n’est aucun des choix ci-dessus.
audits-wrong-seats = Saisissez 1 000 sièges au plus.
audits-places-title = Juridictions
audits-places-own = Vos fichiers
audits-places-first = Nommez les juridictions qui participent. Chacune remet ensuite ses fichiers et les signe.
audits-places-answer = { $signed } sur { $total } ont remis et signé.
audits-places-caption = Ce que chacune a remis
audits-place = Juridiction
audits-rows-ballots = { $rows ->
    [one] une ligne
   *[other] { $rows } lignes
 }, { $ballots ->
    [one] un bulletin
   *[other] { $ballots } bulletins
 }
audits-not-there = pas encore là
audits-not-needed = seulement pour les lots sans enregistrements de vote
audits-state-signed = signé
audits-state-unsigned = à signer
audits-state-missing = des fichiers manquent
audits-field-names = Juridictions qui participent
audits-field-names-hint = Une par ligne, comme elles s’écrivent. Qui s’occupe de l’une d’elles se connecte avec un rôle pour ce nom exact.
audits-field-leave = Les retirer quand même, avec ce qu’elles ont remis
audits-record-names = La liste des juridictions, en public.
audits-act-names = Enregistrer la liste
audits-wrong-names = Nommez au moins une juridiction.
audits-wrong-names-twice = Une juridiction figure deux fois dans la liste.
audits-wrong-names-gone = Celles-ci ont remis quelque chose et ne sont plus dans la liste : { $names }
audits-place-answer = Remettez chaque fichier. Vous voyez tout ce qui ne va pas avant que quoi que ce soit soit enregistré.
audits-place-sign = Tout est là. Regardez encore une fois et signez.
audits-place-waits = Tout est là. La juridiction regarde et signe.
audits-place-signed = Signé. Un nouveau fichier retire la signature.
audits-place-closed = Tout est engagé. Un fichier tardif demande une nouvelle version de l’audit : adressez-vous à qui le conduit.
audits-rows = Lignes
audits-ballots = Bulletins
audits-batch = Lot
audits-file = Fichier
audits-sha256 = SHA-256
audits-file-hint = { $max } Mio au plus.
audits-file-wrong = { $count ->
    [one] Une chose dans { $file } est d’abord à corriger.
   *[other] { $count } choses dans { $file } sont d’abord à corriger.
 }
audits-problems = Tout ce qui ne va pas
audits-warnings = À regarder
audits-severity-error = corriger
audits-severity-warning = regarder
audits-severity-note = note
audits-place-row = ligne { $row }
audits-place-column = colonne { $column }
audits-place-file = tout le fichier
audits-problem-value = Ici : « { $value } ».
audits-problem-closest = Vouliez-vous dire « { $closest } » ?
audits-problem-first = Elle figure déjà à la ligne { $row }.
audits-problem-details = ({ $details })
audits-nothing-yet = Rien n’est encore enregistré
audits-nothing-yet-text = D’abord vous voyez ce que dit le fichier et tout ce qui ne va pas.
audits-act-look = Regarder
audits-act-manifest = Remettre le manifeste
audits-act-hand-in = Remettre
audits-act-replace = En remettre un autre
audits-wrong-file = Choisissez un fichier.
audits-wrong-problems = Le fichier ne peut pas être pris tel quel. Corrigez ce qui est listé et remettez-le ; rien n’a été enregistré.
audits-wrong-waited = Le fichier a attendu trop longtemps, ou un autre a été remis entre-temps. Choisissez-le à nouveau.
audits-check-title = { $what } : est-ce juste ?
audits-check-answer = { $warnings ->
    [0] { $rows } lignes avec { $ballots } bulletins, et rien à corriger.
    [one] { $rows } lignes avec { $ballots } bulletins. Regardez d’abord une chose.
   *[other] { $rows } lignes avec { $ballots } bulletins. Regardez d’abord { $warnings } choses.
 }
audits-preview = Les premières lignes, comme elles seront enregistrées
audits-rare-title = Styles de bulletin rares
audits-rare-text = { $rare } styles sur { $styles } ont moins de { $few } bulletins. Qui sait que quelqu’un a voté avec un tel bulletin pourrait apprendre son vote d’enregistrements publiés. Rien n’est publié maintenant ; s’ils doivent l’être, pensez-y avant l’engagement.
audits-check-signed-title = La signature est retirée
audits-check-signed = La juridiction a signé ce qui s’y trouve maintenant. Après ceci, elle signe à nouveau.
audits-check-replaces = Ceci remplace le fichier remis auparavant.
audits-record-file = Que le fichier a été remis, avec son empreinte, ses lignes et ses bulletins. Son contenu devient public avec l’engagement ; le nom du fichier reste privé.
audits-record-file-private = Que le fichier a été remis, avec son empreinte, ses lignes et ses bulletins. Contenu et nom du fichier restent privés.
audits-act-record = Enregistrer
audits-act-other-file = Choisir un autre fichier
audits-sign-title = Signer ce qui a été remis
audits-sign-answer = Vous signez pour { $name } que ce sont ses fichiers et qu’ils sont justes.
audits-sign-looked = J’ai regardé les fichiers, et ce sont ceux de la juridiction.
audits-sign-consequence = L’audit peut ensuite s’engager. Un nouveau fichier retire la signature.
audits-record-sign = Que la juridiction a signé, et exactement quoi : l’empreinte ci-dessous.
audits-act-sign = Signer
audits-wrong-looked = Dites que vous l’avez regardé.
audits-commit-title = S’engager
audits-commit-answer = Tout est là, signé, et va ensemble. Regardez, puis engagez : dès lors rien de ce dont l’échantillon est tiré ne peut changer sans être vu.
audits-commit-not-yet = On ne peut pas encore s’engager.
audits-commit-what = À quoi l’on s’engage
audits-commit-places = { $total } juridictions avec { $batches } lots et { $ballots } bulletins
audits-commit-looked = J’ai regardé tout cela.
audits-commit-consequence = Les dés peuvent être jetés ensuite. Un changement est alors une nouvelle version avec une raison, et demande de nouveaux dés.
audits-record-commit = L’empreinte de chaque partie, la racine, le logiciel, et le manifeste avec les totaux par lot ; des enregistrements de vote, l’empreinte seule.
audits-act-commit = S’engager
audits-software = Logiciel
audits-parts = Parties et leurs empreintes
audits-part = Partie
audits-part-settings = Méthode, échantillonneur, logiciel
audits-part-contests = Scrutins et limites de risque
audits-part-batches = Manifestes et totaux
audits-part-cvrs = Enregistrements de vote
audits-part-names = Noms qui en désignent d’autres
audits-deviations-title = Ceci ne va pas ensemble
audits-deviations-text = En l’état, rien ne pourrait être tiré. Le contrôle des registres dit, en anglais :
audits-notices-title = À regarder
audits-reopen-title = Revenir avant la graine
audits-reopen-answer = Un fichier tardif ou un autre changement fait une nouvelle version de l’audit, avec une raison que chacun peut lire.
audits-reopen-version = La version { $old } reste visible avec sa racine ; la version { $new } commence en préparation avec les mêmes scrutins et fichiers.
audits-reopen-seed = La graine est épuisée : de nouveaux dés sont jetés.
audits-reopen-rounds = { $count ->
    [one] Un tour de cette version reste visible et ne prouve rien pour la suivante.
   *[other] { $count } tours de cette version restent visibles et ne prouvent rien pour la suivante.
 }
audits-reopen-same = Quelque chose doit changer : on ne s’engage pas deux fois à la même chose.
audits-field-reason = Raison
audits-field-reason-hint = Elle devient publique et demeure. Ni noms de personnes, ni adresses, ni numéros de téléphone.
audits-record-reopen = Que l’audit est revenu en arrière, la nouvelle version et la raison.
audits-act-reopen = Commencer la nouvelle version
audits-read-contests = Scrutins d’une liste
audits-read-answer = { $count ->
    [one] La liste a un scrutin. Rien n’est encore enregistré : saisissez ses votes.
   *[other] La liste a { $count } scrutins. Rien n’est encore enregistré : saisissez les votes de chacun.
 }
audits-read-choices = Choix
audits-read-all = toutes
audits-read-votes = Saisir les votes
audits-read-file = D’une liste (CSV)
audits-read-contests-hint = Scrutins standardisés comme Arlo les prend : Contest Name, Jurisdictions, Choice Names.
audits-read-places-hint = Juridictions comme Arlo les prend : Jurisdiction, Admin Email. Seuls les noms sont pris.
audits-read-act = Lire la liste
audits-read-filled = La liste a été lue. Regardez les noms, puis enregistrez-les.
audits-publish-link = Publier les enregistrements de vote
audits-publish-title = Publier les enregistrements de vote
audits-publish-answer = { $name } a { $cards } feuilles de { $styles } styles. Décidez de ce qui est publié des styles rares.
audits-publish-before = Ils ont déjà été publiés
audits-publish-why = Qui sait que quelqu’un a voté avec un bulletin d’un style rare pourrait apprendre son vote de ce qui est publié. Les feuilles de styles rares peuvent être mises en commun : on n’en publie que l’emplacement, pas ce qu’elles disent.
audits-publish-unanimous = { $count ->
    [one] Toutes les feuilles d’un style disent la même chose dans un scrutin.
   *[other] Dans { $count } styles, toutes les feuilles disent la même chose dans un scrutin.
 }
audits-publish-unanimous-text = Un tel style montre chacun de ses votes, quel que soit son nombre de feuilles. La mise en commun ne le cache pas.
audits-publish-which = Ce qui est publié
audits-publish-all = Tout, tel que l’on s’y est engagé
audits-publish-pooled = Les styles de moins de { $smallest } feuilles mis en commun
audits-publish-same = Aucun style n’est plus rare. Ce qui est publié a l’empreinte de l’engagement, et chacun peut mesurer le risque à nouveau.
audits-publish-pools = { $rare } styles sont plus rares : { $pooled } feuilles sur { $cards } sont mises en commun. Ce qui est publié a une autre empreinte que celle de l’engagement ; seul qui reçoit le fichier entier peut mesurer le risque à nouveau.
audits-publish-reason-hint = Pourquoi ainsi et non autrement. Elle devient publique et demeure.
audits-publish-consequence = Ce qui a été publié ne peut pas être repris.
audits-record-publish = Les colonnes publiées, combien de styles et de feuilles ont été mis en commun, et la raison.
audits-act-publish = Publier
audits-wrong-smallest = Choisissez ce qui est publié.
audits-go-on = Continuer
audits-public-page = La page publique
audits-seed-title = Graine
audits-rounds-title = Tours
audits-count-rounds = { $count ->
    [0] pas encore
    [one] un tour
   *[other] { $count } tours
 }
audits-notes-title = Vos notes
