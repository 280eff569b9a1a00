# Rédiger des alertes : brouillons, approbation, aperçus, diffusion
alerts-cancel = Annuler
alerts-recorded = Enregistré
alerts-none-yet = pas encore indiqué
alerts-at-once = dès la diffusion
alerts-left = { $hours ->
    [0] { $minutes } min
   *[other] { $hours } h { $minutes } min
 }
alerts-number = N° { $number }
alerts-number-headline = N° { $number } : { $headline }
alerts-stations = Bureaux de vote
alerts-voters = Électeurs inscrits
alerts-language = Langue
alerts-languages = Langues
alerts-bytes = { $count ->
    [one] { $count } octet
   *[other] { $count } octets
 }
alerts-language-en = Anglais
alerts-language-fr = Français
alerts-language-es = Espagnol
alerts-language-ar = Arabe
alerts-status-actual = RÉEL
alerts-status-actual-means = L’alerte est réelle. Quiconque la lit agit en conséquence.
alerts-status-exercise = EXERCICE
alerts-status-exercise-means = Elle fait partie d’un exercice. Chaque page, message et code indique EXERCICE.
alerts-status-test = TEST
alerts-status-test-means = Elle essaie les canaux. Personne n’agit, et chaque message indique TEST.
alerts-status-fixed = Ceci ne peut plus être changé. Pour un autre choix, commencez un nouveau brouillon.
alerts-kind-alert = Une nouvelle alerte
alerts-kind-update = Une mise à jour qui remplace une alerte en cours
alerts-kind-cancel = Une annulation qui retire une alerte en cours
alerts-severity-extreme = Extrême
alerts-severity-severe = Grave
alerts-severity-moderate = Modérée
alerts-severity-minor = Mineure
alerts-severity-unknown = Inconnue
alerts-urgency-immediate = Agir maintenant
alerts-urgency-expected = Agir dans l’heure
alerts-urgency-future = Agir bientôt
alerts-urgency-past = C’est terminé
alerts-urgency-unknown = Inconnue
alerts-certainty-observed = C’est arrivé ou c’est en cours
alerts-certainty-likely = Probable
alerts-certainty-possible = Possible
alerts-certainty-unlikely = Peu probable
alerts-certainty-unknown = Inconnue
alerts-audience-station = Les bureaux de vote
alerts-audience-municipality = Les communes
alerts-audience-public = Tout le monde
alerts-category-security = Sécurité
alerts-category-infra = Technique et approvisionnement
alerts-goal-delivered = l’alerte est arrivée
alerts-goal-read = l’alerte est lue
alerts-goal-understood = l’alerte est comprise
alerts-goal-acted = on a agi
alerts-level-public = Pour tout le monde
alerts-level-public-hint = Mots simples. Nécessaires dans chaque langue.
alerts-level-official = Pour les agents
alerts-level-official-hint = Avec les termes de l’administration. Si c’est vide, on montre les mots pour tout le monde.
alerts-level-expert = Pour les experts
alerts-level-expert-hint = Détails techniques. Peut rester vide.
alerts-event-registration-tampering = Enregistrement de partis ou de candidats manipulé
alerts-event-registration-overload = Enregistrement de partis ou de candidats surchargé ou inaccessible
alerts-event-sponsor-signatures = Signatures de soutien inventées
alerts-event-voter-identity-fraud = Fausses identités lors de l’inscription des électeurs
alerts-event-voter-data-tampering = Données d’électeurs effacées ou modifiées
alerts-event-voter-registration-overload = Inscription des électeurs surchargée ou inaccessible
alerts-event-campaign-accounts = Ordinateurs ou comptes d’une campagne piratés
alerts-event-campaign-website = Site d’une campagne modifié ou inaccessible
alerts-event-website-misconfiguration = Site mal configuré
alerts-event-confidential-leak = Fuite d’informations confidentielles
alerts-event-government-systems = Systèmes ou réseaux publics piratés
alerts-event-official-disinformation = Fausses informations sur le vote ou les résultats
alerts-event-government-website-overload = Sites publics surchargés ou inaccessibles
alerts-event-voting-tampering = Vote ou secret du vote perturbé
alerts-event-software-bug = Erreur de logiciel qui touche les résultats
alerts-event-log-tampering = Journaux ou procès-verbaux manipulés
alerts-event-voter-privacy = Secret violé pendant le vote
alerts-event-counting-systems = Comptage ou addition perturbés
alerts-event-result-links = Transmission des résultats perturbée
alerts-event-supply-chain = Matériel ou transport manipulés
alerts-event-media-systems = Systèmes de médias piratés
alerts-event-media-links = Liaisons de médias perturbées
alerts-event-result-publication = Publication des résultats modifiée ou inaccessible
alerts-standing-holds = En vigueur
alerts-standing-not-yet = Commence plus tard
alerts-standing-expired = Terminée
alerts-standing-superseded = Remplacée
alerts-standing-running = En cours
alerts-standing-cancels = Retire
alerts-standing-cancelled = Retirée
alerts-home-title = Alertes
alerts-home-answer = { $open ->
    [0] Aucune de vos alertes n’est en cours
    [one] { $open } de vos alertes est en cours
   *[other] { $open } de vos alertes sont en cours
 }, et { $drafts ->
    [0] aucun brouillon n’attend.
    [one] { $drafts } brouillon attend.
   *[other] { $drafts } brouillons attendent.
 }
alerts-act-new = Rédiger une alerte
alerts-public-link = Ce que tout le monde voit
alerts-no-election = Il n’y a pas d’élection au sujet de laquelle avertir
alerts-no-election-text = Les alertes portent sur une élection que votre organisation a définie.
alerts-open-title = Alertes en cours
alerts-open-none = Aucune alerte n’est en cours.
alerts-ends-in = prend fin dans { $left }
alerts-ends-soon = Prend fin dans { $left } : diffusez-la de nouveau, ou laissez-la finir
alerts-ends-soon-text = Une mise à jour avec une fin plus tardive la remplace. Si rien n’est fait, elle cesse d’elle-même.
alerts-drafts-title = Brouillons
alerts-drafts-none = Aucun brouillon n’attend.
alerts-draft-hint = { $status } · enregistré { $changed }
alerts-next-second = une deuxième personne diffuse
alerts-next-release = prêt à diffuser
alerts-next-write = à compléter
alerts-next-approve = à approuver : { $languages }
alerts-begin-title = Un nouveau brouillon
alerts-begin-answer = Seule votre organisation voit un brouillon. Rien ne sort avant la diffusion.
alerts-begin-update = Mise à jour d’une alerte en cours
alerts-begin-update-text = Le brouillon commence avec ses mots et ses secteurs. Une fois diffusé, il remplace cette alerte.
alerts-begin-cancel = Annulation d’une alerte en cours
alerts-begin-cancel-text = Une fois l’annulation diffusée, cette alerte ne vaut plus. Ce qui a été dit reste dans le registre.
alerts-field-election = Élection
alerts-field-status = Est-ce réel ?
alerts-field-status-hint = Choisi une seule fois : un brouillon ne passe jamais de l’un à l’autre.
alerts-field-drill = Exercice
alerts-field-drill-hint = Seulement pour un exercice. Exercices en cours.
alerts-no-drill = Aucun exercice n’est en cours : il ne peut pas y avoir d’alerte d’exercice.
alerts-act-begin = Commencer
alerts-step-what = Quoi
alerts-step-where = Où et quand
alerts-step-words = Texte
alerts-step-approve = Approbation
alerts-step-release = Diffusion
alerts-what-title = Que s’est-il passé ?
alerts-field-kind = Type de message
alerts-field-names = Les alertes en cours qu’il concerne
alerts-field-names-hint = Seulement pour une mise à jour ou une annulation ; quatre au plus.
alerts-field-event = Événement
alerts-field-event-hint = Dans la liste des 23 menaces que partagent les autorités électorales européennes.
alerts-field-category = Domaine
alerts-field-severity = Quelle est la gravité ?
alerts-field-severity-hint = À partir de « Grave », deux personnes diffusent.
alerts-field-urgency = Quelle est l’urgence ?
alerts-field-certainty = Est-ce sûr ?
alerts-field-audience = Qui doit agir ?
alerts-field-audience-hint = Tout le monde peut lire chaque alerte. Ceci dit qui doit faire quelque chose.
alerts-field-acknowledge = Accusé de réception
alerts-field-minutes = Minutes après la diffusion
alerts-field-minutes-hint = D’ici là chaque bureau de vote doit avoir répondu. Vide : aucune réponse n’est demandée ; à partir de « Grave », elle est nécessaire.
alerts-field-goal = On demande que
alerts-field-more = Autres
alerts-field-main = Langue principale
alerts-field-main-hint = L’alerte ne peut pas sortir sans elle. On la montre là où la langue du lecteur manque.
alerts-field-source = Provient de
alerts-field-source-hint = Un signalement ou un appel, en quelques mots. Cela reste dans le brouillon et n’est pas publié.
alerts-source-link = Ce dont elle provient
alerts-answer-acknowledge = dans les { $minutes } minutes, que { $goal }
alerts-act-next = Enregistrer et continuer
alerts-act-save = Enregistrer
alerts-to-draft = Au brouillon
alerts-where-title = Où, et jusqu’à quand ?
alerts-where-answer = { $areas ->
    [0] Aucun secteur n’est encore choisi.
    [one] { $areas } secteur est choisi : { $stations } bureaux de vote, { $voters } électeurs.
   *[other] { $areas } secteurs sont choisis : { $stations } bureaux de vote, { $voters } électeurs.
 }
alerts-field-areas = Secteurs
alerts-field-effective = Vaut à partir de
alerts-field-effective-hint = Vide : dès la diffusion.
alerts-field-expires = Vaut jusqu’à
alerts-field-expires-hint = Nécessaire. Le jour du scrutin, 24 heures au plus après la diffusion. Fuseau horaire : { $zone }.
alerts-no-network = Aucun secteur n’a été importé pour cette élection
alerts-no-network-text = Une alerte vaut pour des secteurs avec leurs bureaux de vote.
alerts-no-network-link = Secteurs et bureaux de vote
alerts-areas-chosen = Choisies
alerts-areas-search = Chercher un secteur
alerts-areas-top = Toutes
alerts-areas-listed = Secteurs à choisir
alerts-areas-nothing = Aucun secteur ne s’appelle ainsi.
alerts-areas-more = { $count } de plus : cherchez le nom ou le code.
alerts-area = Secteur
alerts-area-parts = Parties
alerts-area-open = Montrer les parties
alerts-area-size = { $stations } bureaux de vote, { $voters } électeurs
alerts-words-title = Texte : { $language }
alerts-words-answer = Dites ce qui s’est passé et ce qu’il faut faire. Pas de noms de personnes, pas de numéros de téléphone.
alerts-bytes-left = { $count ->
    [one] Il reste { $count } octet sur 350 pour toutes les langues ensemble.
   *[other] Il reste { $count } octets sur 350 pour toutes les langues ensemble.
 }
alerts-bytes-of = { $count } octets sur { $max }
alerts-too-long = Les textes courts sont trop longs
alerts-too-long-text = Ensemble, ils dépassent de { $over ->
    [one] { $over } octet
   *[other] { $over } octets
 } les 350 que contiennent les codes QR. Raccourcissez d’abord : { $language }.
alerts-approval-void = Ce texte est approuvé
alerts-approval-void-text = Si vous le changez, l’approbation de cette langue est caduque, et quelqu’un d’autre doit l’approuver de nouveau.
alerts-suggestion = Commencer avec ces mots
alerts-suggestion-take = Les reprendre
alerts-short-title = Texte court
alerts-short-text = Il passe par tous les canaux : SMS, téléphone, code sur papier.
alerts-short-marker = « { $marker } » est mis devant automatiquement.
alerts-short-headline = Ce qui s’est passé
alerts-short-instruction = Ce qu’il faut faire d’abord
alerts-long-headline = Titre
alerts-long-description = Ce que l’on sait
alerts-long-instruction = Que faire
alerts-act-save-words = Enregistrer et voir le brouillon
alerts-act-count = Enregistrer et compter
alerts-wrong-time = Ce n’est pas une date avec une heure.
alerts-wrong-areas = 40 secteurs au plus. Choisissez le secteur plus grand au lieu de ses parties.
alerts-wrong-bytes = { $max } octets au plus.
alerts-wrong-headline = Ce texte a besoin d’un titre.
alerts-overview-ready = Il ne manque rien. L’alerte peut être diffusée.
alerts-overview-second = Une personne a donné son accord. Une deuxième diffuse.
alerts-overview-missing = { $count ->
    [one] Il manque { $count } chose avant la diffusion.
   *[other] Il manque { $count } choses avant la diffusion.
 }
alerts-act-release = À la diffusion
alerts-act-preview = Ce que chaque canal portera
alerts-missing-title = Ce qui manque
alerts-languages-text = Chaque langue est approuvée séparément, par quelqu’un qui la lit et ne l’a pas écrite en dernier. Ce qui n’est pas approuvé ne sort pas.
alerts-words-approved = approuvé
alerts-words-void = modifié depuis l’approbation
alerts-words-waits = pas approuvé
alerts-words-partly = incomplet
alerts-words-none = pas de texte
alerts-act-approve = Approuver
alerts-answers = Vérifier les réponses
alerts-needs-two = Deux personnes la diffusent.
alerts-drop-title = Abandonner ce brouillon
alerts-drop-text = Il disparaît des listes. Rien n’a été publié.
alerts-drop-sure = Ce brouillon n’est plus nécessaire
alerts-drop-act = Abandonner
alerts-approve-title = Approuver le texte : { $language }
alerts-approve-answer = Lisez chaque mot. Ce que vous approuvez sort exactement ainsi.
alerts-approve-reads = Je lis cette langue ({ $language }), j’ai tout lu, et le texte dit ce qui est voulu.
alerts-approve-record = Que votre organisation a approuvé ces mots, par un nombre de contrôle qui ne dit rien d’eux avant la diffusion. Votre nom reste privé.
alerts-wrong-reads = Confirmez que vous lisez la langue et avez tout lu.
alerts-preview-title = Ce que chaque canal portera
alerts-preview-answer = L’alerte atteint { $stations } bureaux de vote avec { $voters } électeurs inscrits.
alerts-preview-refused = Elle ne peut pas sortir ainsi
alerts-preview-compact = Octets du texte compact
alerts-preview-bundle = Octets du code avec preuve, attendus
alerts-preview-qr = Version du code QR
alerts-preview-short = Octets de la forme courte
alerts-preview-sms = SMS
alerts-preview-sms-text = Compté pour les contacts de ces secteurs en vigueur maintenant, chacun dans sa langue et à son niveau de lecture, avec le lien le plus long.
alerts-preview-text = Texte
alerts-preview-alphabet = Alphabet
alerts-preview-parts = Parties
alerts-preview-contacts = Destinataires
alerts-preview-messages = Messages
alerts-preview-cost = Coût
alerts-preview-all = { $messages ->
    [one] Un message court en tout.
   *[other] { $messages } messages courts en tout.
}
alerts-preview-other-ways = En plus, courriels : { $mails } ; messages à des programmes : { $programs }.
alerts-preview-unreached = { $count ->
    [one] Un bureau de vote n’a aucun contact par lequel on puisse le joindre.
   *[other] { $count } bureaux de vote n’ont aucun contact par lequel on puisse les joindre.
}
alerts-preview-unreached-text = Ajoutez des contacts, ou faites-les appeler.
alerts-preview-no-words = Il n’y a pas encore de texte complet.
alerts-price-is = Prix d’une partie : { $price }
alerts-price-title = Fixer le prix d’un SMS
alerts-price = Prix d’une partie
alerts-price-hint = Selon le contrat avec la passerelle, par exemple 0.045.
alerts-currency = Monnaie
alerts-currency-hint = Trois majuscules, par exemple EUR.
alerts-wrong-price = Un prix est un nombre comme 0.045.
alerts-wrong-currency = Une monnaie a trois majuscules.
alerts-preview-mail = Courriel
alerts-preview-spoken = Lu au téléphone
alerts-preview-page = Page, affiche, flux
alerts-preview-page-text = La page et l’affiche montrent le texte pour tout le monde avec le code, les secteurs et la fin ; le flux porte le même texte.
alerts-preview-cap = Le message CAP, avant sa signature ({ $lines } lignes)
alerts-release-title = Diffusion
alerts-release-languages = Sort en : { $languages }.
alerts-release-left-out = Laissé de côté, car non approuvé : { $languages }.
alerts-four-eyes = Deux personnes diffusent cette alerte
alerts-four-eyes-first = Vous seriez la première. Rien ne sort avant qu’une autre personne donne son accord à exactement ce brouillon.
alerts-four-eyes-second = Quelqu’un a déjà donné son accord à exactement ce brouillon. Avec vous, elle sort.
alerts-allies = Qui la chaîne d’autorité nomme
alerts-allies-before = À partir de cette gravité, ces organismes sont consultés ou informés. C’est à vous de le faire, pas au programme.
alerts-allies-after = Ont-ils été consultés et informés ? C’est à vous de le faire, pas au programme.
alerts-ally-consult = Consulter { $name } dans les { $time }
alerts-ally-tell = Informer { $name } dans les { $time }
alerts-consequence-actual = Ceci est réel
alerts-consequence-exercise = Ceci est un EXERCICE
alerts-consequence-test = Ceci est un TEST
alerts-consequence-text = Ce qui est diffusé ne peut pas être retiré du registre. On peut le mettre à jour ou l’annuler.
alerts-confirm-actual = J’ai vérifié : cette alerte est réelle et il faut agir.
alerts-confirm-exercise = Ceci est un EXERCICE. Personne ne doit le prendre pour une alerte réelle.
alerts-confirm-test = Ceci est un TEST des canaux. Personne n’a rien à faire.
alerts-wrong-confirm = Confirmez d’abord.
alerts-release-actual = Diffuser l’alerte
alerts-release-exercise = Diffuser l’EXERCICE
alerts-release-test = Diffuser le TEST
alerts-release-first = Donner le premier des deux accords
alerts-release-record = L’alerte avec ses mots, ses secteurs et ses heures, au nom de votre organisation, pour toujours et pour tout le monde. Votre nom reste privé.
alerts-release-record-first = Que quelqu’un de votre organisation donne son accord à ce brouillon, par un nombre de contrôle qui ne dit rien de lui. Votre nom reste privé.
alerts-act-update = Mettre à jour, ou diffuser de nouveau
alerts-act-cancel = La retirer
alerts-files = Pages et fichiers
alerts-file-page = La page pour tout le monde
alerts-file-print = L’affiche
alerts-file-cap = Message CAP, signé
alerts-file-cap-later = Le message CAP est en cours de signature.
alerts-file-bundle = Le code avec preuve, en fichier
alerts-course = Ce qui s’est passé
alerts-was-approved = Texte approuvé : { $language }
alerts-was-agreed = Quelqu’un a donné son accord à la diffusion
alerts-was-released = Diffusée
alerts-was-signed = Message CAP signé
alerts-was-updated = Remplacée par le n° { $number }
alerts-was-cancelled = Retirée par le n° { $number }
alerts-spoken-script = Bonjour, ici { $sender }. Prenez s’il vous plaît votre feuille scellée. Je vous lis trois mots ; comparez-les avec la première ligne ouverte, et lisez-moi vos trois mots de la même ligne.
    Je lis maintenant l’alerte numéro { $number }.
    { $headline }
    { $instruction }
    Elle vaut jusqu’à { $ends }.
    Répétez s’il vous plaît avec vos propres mots ce que vous allez faire.
