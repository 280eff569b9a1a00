# Copies without some of it, pseudonyms, days of publication
# Not reviewed by a native speaker.
craft-object-title = Ce que vous pouvez en faire
craft-copy-link = Faire une copie sans une partie
craft-copy-hint = Pour les lecteurs qui peuvent avoir le reste.
craft-day-link = Le rendre public un jour fixé
craft-day-change-link = Changer le jour où il devient public
craft-day-hint = Il devient alors TLP:CLEAR, de lui-même.
craft-ask-link = Demander qui est derrière un pseudonyme
craft-ask-hint = Pour les dépositaires, avec un motif légal.
craft-kept-title = Une partie le cache aux autres
craft-kept-text = Une propriété est destinée à moins de lecteurs que le reste ; seuls ceux-ci voient donc l’objet. Une copie sans elle peut aller aux autres.
craft-released-title = Son propriétaire l’a laissé devenir public
craft-released-since = Public depuis le
craft-own-under = Votre organisation l’a partagé sous ce nom ; les autres ne voient que le nom.
craft-what-is-pseudonym = Ce qu’est un pseudonyme
craft-copy-title = Faire une copie sans une partie
craft-copy-answer = Choisissez ce que les autres n’auront pas. La copie est un nouvel objet ; l’original reste tel quel.
craft-copy-others-title = Il est à un autre membre
craft-copy-others-text = Vous pouvez en transmettre moins, et pas au-delà du cercle que permet son étiquette.
craft-copy-pseudonym-title = La copie a le même pseudonyme
craft-copy-pseudonym-text = Vous avez partagé l’original sous « { $name } ». La copie part aussi sous ce nom ; sinon elle vous trahirait.
craft-step-leave-out = Ce qui est omis
craft-drop = Ce que la copie omet
craft-drop-hint = Cochez ce que les autres n’auront pas.
craft-drop-marked = { $count ->
    [one] Une ligne est marquée pour moins de lecteurs que le reste ; son étiquette figure à côté.
   *[other] { $count } lignes sont marquées pour moins de lecteurs que le reste ; leurs étiquettes figurent à côté.
 }
craft-leave-out = Omettre
craft-value = Ce qui y est dit
craft-part = Partie :
craft-required = il ne peut s’en passer
craft-parts = { $count ->
    [one] une entrée
   *[other] { $count } entrées
 }
craft-field-label = Étiquette de la copie
craft-field-label-hint = Tout ce qui reste doit être destiné à ces lecteurs.
craft-field-into = Où va la copie
craft-field-disclose = Les lecteurs peuvent-ils connaître l’original ?
craft-field-disclose-hint = Un lien dit que la copie en est tirée. L’identifiant de l’original montre qu’il existe.
craft-disclose-no = Non : seuls ceux qui ont l’original voient le lien
craft-disclose-yes = Oui : la copie est liée à l’original par son identifiant
craft-act-look = Voir la copie
craft-placeholder = [omis]
craft-wrong-nothing = Cochez au moins une chose que la copie omet.
craft-check-title = Un dernier regard sur la copie
craft-check-answer = Qui reçoit la copie : { $whom }.
craft-check-public = La copie est TLP:CLEAR : elle est publiée aussitôt.
craft-stays = Ce que dit la copie
craft-left-out = Ce qu’elle omet
craft-left-reference = (mène à quelque chose que les lecteurs de la copie ne peuvent pas voir)
craft-replaced = À la place de { $what } il y a « [omis] » : elle ne peut s’en passer.
craft-new-object = Le nouvel objet
craft-made-by = Fait par
craft-new-id = Son identifiant
craft-original = L’original
craft-original-named = Le lien vers lui va aux lecteurs de la copie.
craft-original-kept = Les lecteurs de la copie ne l’apprennent pas. Le lien ne va qu’à ceux qui ont l’original.
craft-original-nowhere = Les lecteurs de la copie ne l’apprennent pas. Aucun lien n’est inscrit, car vous ne pouvez rien ajouter à la collection de l’original.
craft-raw = Pour les experts : la copie telle qu’elle part (STIX)
craft-traces-title = Quelque chose d’omis peut encore se voir
craft-traces-text = Regardez chaque point. Si l’un d’eux trahit quelque chose, revenez et omettez davantage.
craft-trace-text = « { $piece } » est dans ce que vous omettez ({ $what }), et figure encore dans : { $where }.
craft-trace-hash = Une empreinte ou un encodage de ce que vous omettez ({ $what }) figure dans : { $where }. Qui devine le contenu peut le vérifier.
craft-trace-id = Un identifiant fait de ce que vous omettez ({ $what }) figure dans : { $where }. Qui devine le contenu peut le vérifier.
craft-trace-fingerprint = La copie garde des empreintes. Elles peuvent être d’un contenu dont vous omettez une partie ({ $what }) ; qui a ce contenu le reconnaît.
craft-trace-much = { $what } est trop grand pour être comparé au reste. Regardez vous-même.
craft-looked = J’ai regardé : ce qui reste ne trahit rien.
craft-act-share = Partager la copie
craft-copies-title = { $count ->
    [one] Un objet a une partie pour moins de lecteurs
   *[other] { $count } objets ont une partie pour moins de lecteurs
 }
craft-copies-text = Une seule partie marquée TLP:RED cache tout l’objet aux lecteurs qui peuvent voir TLP:GREEN. Une copie sans cette partie peut partir pour eux : un nouvel objet de vous, qui ne nomme pas l’original.
craft-copies-choice = Partager aussi une copie sans ces parties
craft-copies-back = Les autres ne le verront pas. Vous pouvez partager une copie sans cette partie : revenez et cochez la case.
craft-copies-many = Trop de copies à la fois. Partagez-le d’abord, et faites la copie sur sa page.
craft-uncopied-title = { $count ->
    [one] D’un objet aucune copie ne part
   *[other] De { $count } objets aucune copie ne part
 }
craft-uncopied-text = Quelque chose d’omis s’y verrait encore. Partagez l’objet, et faites la copie sur sa page, où vous choisissez ce qu’il faut encore omettre.
craft-copied = { $count ->
    [one] Une copie sans sa partie plus étroite part aussi, avec un lien vers l’original que seuls voient les lecteurs de l’original.
   *[other] { $count } copies sans leurs parties plus étroites partent aussi, chacune avec un lien que seuls voient les lecteurs de l’original.
 }
craft-is-copy = { $kind }, copie sans la partie plus étroite
craft-field-as = Sous quel nom ?
craft-field-as-hint = Un pseudonyme cache aux autres membres qui partage.
craft-as-name = Le nôtre : { $org }
craft-as-pseudonym = Un pseudonyme
craft-field-pseudonym = Pseudonyme
craft-field-pseudonym-hint = De 3 à 60 lettres, chiffres, espaces, traits d’union ou points. Rien qui vous désigne.
craft-field-pseudonym-used = De 3 à 60 caractères. Vous avez utilisé : { $names }. Ce qui porte le même nom se voit venir de la même main.
craft-custodians-are = Deux de ceux-ci ensemble peuvent le lever, avec un motif dans le registre public : { $orgs }.
craft-custodians-none = Personne n’est nommé qui pourrait le lever. Les membres peuvent proposer des dépositaires sur la page des règles.
craft-wrong-pseudonym = Saisissez un pseudonyme.
craft-share-as = Cela part sous « { $name } »
craft-share-as-text = Les autres membres ne voient pas votre nom. Tout attend le prochain lot, pour que l’heure ne dise rien.
craft-record-hidden = cela part avec le prochain lot, d’ici { $seconds } secondes. Le registre public montre le lot, et non que vous partagez quelque chose, quoi, ni avec qui.
craft-naming-title = Le texte nomme votre organisation
craft-naming-text = Qui le lit peut en conclure que cela vient de vous. Retirez le nom, ou partagez sous le vôtre.
craft-fail-names-owner = Il porte comme auteur l’identifiant de votre organisation, que tous connaissent. Retirez created_by_ref, ou partagez sous votre nom.
craft-protects-title = Ce qu’un pseudonyme protège, et ce qu’il ne protège pas
craft-protects-yes = Il protège
craft-protects-1 = Votre nom : les pages, les programmes, les flux et le registre public montrent le pseudonyme, ou rien.
craft-protects-2 = L’heure : cela part avec le prochain lot, avec ce que d’autres partagent.
craft-protects-no = Il ne protège pas
craft-not-1 = Ce que vous écrivez : noms, lieux, style, et ce que vous seuls pouvez savoir.
craft-not-2 = Le rapport : tout ce qui porte le même pseudonyme se voit venir d’une seule main.
craft-not-3 = Contre deux dépositaires ensemble : ils peuvent le lever. Qu’ils l’ont fait, et pourquoi, est public.
craft-not-4 = Contre qui exploite ce serveur : le serveur doit savoir qui partage.
craft-pseudonyms-title = Les pseudonymes et qui les lève
craft-pseudonyms-answer = { $count ->
    [0] Personne n’a demandé qui est derrière un pseudonyme.
    [one] Des dépositaires ont demandé une fois qui est derrière un pseudonyme ; { $open ->
        [0] la demande est close.
       *[other] la demande est ouverte.
     }
   *[other] Des dépositaires ont demandé { $count } fois qui est derrière un pseudonyme ; ouvertes : { $open }.
 }
craft-requests = Demandes
craft-requests-none = Aucune jusqu’ici.
craft-request = Demande { $number }
craft-reason = Motif
craft-asked-by = Demandé par
craft-asked-at = Quand
craft-about = Pseudonyme :
craft-request-open = attend un second dépositaire
craft-request-opened = levé
craft-request-refused = refusé
craft-how-title = Comment un pseudonyme est levé
craft-how-1 = Un dépositaire demande, avec un motif légal que tous peuvent lire.
craft-how-2 = Un second dépositaire, d’une autre organisation, accepte ou refuse.
craft-how-3 = S’il accepte, ces deux apprennent de quelle organisation il s’agit, et personne d’autre. Le registre dit pour toujours que c’est arrivé, qui l’a fait et pourquoi ; pas de quelle organisation il s’agissait.
craft-own-pseudonyms = Vos pseudonymes
craft-own-pseudonyms-text = Seule votre organisation voit ceci.
craft-ask-title = Demander qui est derrière un pseudonyme
craft-ask-answer = Un second dépositaire doit accepter : { $orgs }.
craft-ask-pseudonym-hint = Comme il figure à côté de l’objet.
craft-field-reason = Motif légal
craft-field-reason-hint = La loi ou l’ordonnance, et de quoi il s’agit. Tous pourront le lire ; aucun nom de personne n’a donc sa place ici.
craft-wrong-reason = Dites pourquoi. Sans motif, personne ne lève un pseudonyme.
craft-ask-looked = Je demande pour mon organisation, et le motif peut être public.
craft-ask-consequence = Les membres voient que vous demandez, et pourquoi. De quel pseudonyme il s’agit, seuls les dépositaires l’apprennent.
craft-record-ask = que votre organisation demande, et le motif, en public ; le pseudonyme pour les seuls dépositaires.
craft-ask-act = Demander
craft-request-answer = { $org } demande qui est derrière un pseudonyme.
craft-pseudonym-hidden = Seuls les dépositaires savent lequel.
craft-owner-title = Qui est derrière
craft-owner-text = Seuls les deux dépositaires qui l’ont levé voient ceci, et parmi eux les seuls responsables. Ne le transmettez que dans la mesure du motif.
craft-waits-second = Un dépositaire d’une autre organisation doit maintenant accepter ou refuser.
craft-answer-title = Vous êtes le second dépositaire
craft-answer = Faut-il le lever ?
craft-answer-hint = Regardez le motif, et non qui pourrait être derrière.
craft-answer-agree = J’accepte : qu’il soit levé pour nous deux
craft-answer-refuse = Je refuse
craft-refusal-field = Pourquoi vous refusez
craft-refusal-hint = Seulement si vous refusez. Cela figurera dans le registre public.
craft-refusal = Pourquoi c’est refusé
craft-wrong-answer = Choisissez d’accepter ou de refuser.
craft-wrong-refusal = Dites pourquoi vous refusez.
craft-answer-looked = J’ai regardé le motif, et je décide pour mon organisation.
craft-answer-consequence = Si vous acceptez, vous et qui a demandé apprenez aussitôt de quelle organisation il s’agit. Si vous refusez, la demande est close ; une nouvelle demande un nouveau motif.
craft-record-answer = que votre organisation accepte, ou refuse et pourquoi, en public ; pas de quelle organisation il s’agit.
craft-answer-act = Décider
craft-on-record = Ce qui figure au registre
craft-on-record-text = Tous peuvent lire que c’est arrivé, qui l’a fait et pourquoi. Le pseudonyme est connu des dépositaires, l’organisation des deux qui l’ont levé.
craft-moment-asked = { $org } a demandé
craft-moment-opened = { $org } a accepté : il est levé
craft-moment-refused = { $org } a refusé
craft-task-answer = Décider avec { $org } de lever un pseudonyme
craft-day-title = Quand cela devient public
craft-day-set = Cela devient public :
craft-day-none = Aucun jour n’est fixé : il reste comme le dit son étiquette.
craft-day-waits-title = Cela attend le prochain lot
craft-day-waits-text = Le jour est inscrit d’ici { $seconds } secondes.
craft-day-parts-title = Une partie est pour moins de lecteurs
craft-day-parts-text = Ce qui est marqué plus étroit que le reste ne devient pas public ; aucun jour ne peut donc être fixé. Faites une copie sans cette partie, et fixez un jour pour la copie.
craft-day-unseen-title = Il nomme ce qui n’est pas public
craft-day-unseen-text = Avec l’objet, les identifiants de ceux-ci deviennent publics ; ce qu’ils disent, non.
craft-day-collection-title = Sa collection n’est pas publique
craft-day-collection-text = Le jour venu, il figure dans le registre public. Les pages publiques ne montrent que les collections publiques, et « { $collection } » ne l’est pas.
craft-field-day = Jour
craft-field-day-hint = Il devient public au début de ce jour ({ $zone }).
craft-day-looked = Je comprends que tous peuvent le lire à partir de ce jour.
craft-day-consequence = Ce jour-là, la dernière version devient TLP:CLEAR d’elle-même. Jusque-là vous pouvez changer ou annuler le jour ; ensuite rien ne peut être repris.
craft-record-day = le jour, avec le prochain lot, d’ici { $seconds } secondes. Personne d’autre que votre organisation ne le voit avant qu’il ne vienne.
craft-day-set-act = Fixer le jour
craft-day-change-act = Changer le jour
craft-day-lift-act = Annuler le jour
craft-back = Retour à l’objet
craft-days-title = Ce qui devient public
craft-days-answer = { $count ->
    [0] Rien de { $org } n’est prévu pour devenir public.
    [one] Un objet de { $org } est prévu pour devenir public.
   *[other] { $count } objets de { $org } sont prévus pour devenir publics.
 }
craft-days-none = Aucun jour n’est fixé
craft-days-none-text = Sur la page d’un objet que votre organisation a partagé, vous pouvez fixer le jour où tous pourront le lire.
craft-days-own = Seule votre organisation voit cette liste.
craft-days-public = Voir ce qui est devenu public
craft-label-now = Étiquette actuelle
craft-becomes-public = Devient public
craft-day-recorded = inscrit
craft-day-waits = attend le lot
craft-day-held = retenu : une version plus récente a des parties plus étroites
craft-public-since = Public depuis
craft-public-since-line = public depuis le
craft-released-text = C’était auparavant pour les membres. Son propriétaire avait fixé ce jour.
craft-public-all = Tout ce qui est publié
craft-public-released = Ce qui est devenu public un jour fixé
craft-public-released-none = Rien n’est encore devenu public un jour fixé.
craft-property-name = Nom
craft-property-description = Description
craft-property-pattern = Ce qu’il faut chercher (motif)
craft-property-value = Valeur
craft-property-valid-from = Vaut à partir du
craft-property-valid-until = Vaut jusqu’au
craft-property-indicator-types = Sorte de signe
craft-property-confidence = Degré de certitude (0 à 100)
craft-property-labels = Mots-clés
craft-property-external-references = Sources ailleurs
craft-property-kill-chain-phases = Phases d’une attaque
craft-property-aliases = Autres noms
craft-property-abstract = Résumé
craft-property-content = Texte
craft-property-explanation = Explication
craft-property-opinion = Avis
craft-property-authors = Auteurs
craft-property-published = Publié
craft-property-report-types = Sorte de rapport
craft-property-context = Contexte
craft-property-object-refs = De quoi il s’agit
craft-property-sighting-of-ref = Ce qui a été vu
craft-property-where-sighted-refs = Qui l’a vu
craft-property-observed-data-refs = Observations
craft-property-count = Combien de fois
craft-property-first-seen = Vu d’abord
craft-property-last-seen = Vu en dernier
craft-property-first-observed = Observé d’abord
craft-property-last-observed = Observé en dernier
craft-property-number-observed = Combien de fois observé
craft-property-relationship-type = Sorte de lien
craft-property-source-ref = Lien depuis
craft-property-target-ref = Lien vers
craft-property-goals = Buts
craft-property-objective = Objectif
craft-property-sophistication = Savoir-faire
craft-property-resource-level = Moyens
craft-property-primary-motivation = Mobile
craft-property-malware-types = Sorte de programme
craft-property-infrastructure-types = Sorte de serveurs
craft-property-threat-actor-types = Sorte d’attaquant
craft-property-hashes = Empreintes
craft-property-size = Taille
craft-property-url = Adresse
craft-property-extensions = Extensions
craft-property-lang = Langue
