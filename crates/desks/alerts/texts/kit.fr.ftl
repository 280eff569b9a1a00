alertkit-title = Dossier imprimé pour les bureaux
alertkit-answer = { $sheets ->
    [one] { $sheets } feuille scellée est imprimée
   *[other] { $sheets } feuilles scellées sont imprimées
 } pour { $stations ->
    [one] { $stations } bureau de vote
   *[other] { $stations } bureaux de vote
 }. Secrets en vigueur : génération { $generation }.
alertkit-what = Ce que reçoit chaque bureau de vote
alertkit-card = Carte d’alerte
alertkit-card-text = Les clés auxquelles un bureau se fie. Elle n’est pas secrète, mais doit venir sur papier d’une main que le bureau connaît.
alertkit-card-look = Voir la carte
alertkit-card-file = Carte en texte, pour les appareils
alertkit-sheet = Feuille scellée
alertkit-sheet-text = Mots pour le téléphone et codes à détacher, différents pour chaque bureau. Qui la lit peut parler pour le bureau.
alertkit-lesson = Leçon de dix minutes
alertkit-lesson-text = À quoi ressemble une alerte et comment elle se vérifie.
alertkit-lesson-print = Imprimer la leçon
alertkit-lesson-look = La lire à l’écran
alertkit-device = Page pour les appareils sans réseau
alertkit-device-text = Enregistrez cette page sur le téléphone ou l’ordinateur du bureau avant le jour du vote, avec la carte en texte.
alertkit-words = Mots de la carte, à lire à voix haute et à comparer :
alertkit-who = Qui fait quoi
alertkit-who-1 = Vous imprimez dans une pièce où personne d’autre n’est à l’imprimante, et attendez à côté.
alertkit-who-2 = Une deuxième personne compte les feuilles et met chacune dans une enveloppe qui montre si elle a été ouverte.
alertkit-who-3 = Les deux écrivent numéro et génération sur l’enveloppe et signent en travers du sceau.
alertkit-who-4 = Le président du bureau de vote signe pour l’enveloppe et la carte, et écrit les numéros de téléphone à la main sur la carte.
alertkit-print = Imprimer
alertkit-secret = Ces feuilles sont secrètes
alertkit-secret-text = Elles sont montrées une fois, en réponse à ce formulaire, et ne sont pas gardées. Votre mot de passe est demandé d’abord.
alertkit-what-print = Quoi
alertkit-sheets = Feuilles scellées
alertkit-cards = Cartes d’alerte
alertkit-area-hint = Au plus { $most } bureaux sont imprimés en une fois.
alertkit-from = À partir du numéro de bureau
alertkit-from-hint = Pour continuer après un tirage ; vide pour le premier.
alertkit-language-own = Celle de chaque bureau, selon son contact
alertkit-record = Que des feuilles ont été imprimées, pour quels bureaux, de quelle génération. Aucun code ne figure dans le registre.
alertkit-act-print = Imprimer ces bureaux
alertkit-areas = Combien de feuilles pour quel secteur
alertkit-runs = Tirages
alertkit-run = { $count } à partir du numéro { $first }
alertkit-more-areas = { $more ->
    [one] Encore { $more } secteur a des bureaux : imprimez-les par numéro.
   *[other] Encore { $more } secteurs ont des bureaux : imprimez-les par numéro.
 }
alertkit-printed = Ce qui a été imprimé
alertkit-when = Quand
alertkit-numbers = Numéros
alertkit-generation = Génération
alertkit-lost = Une feuille est perdue, ou un sceau est rompu
alertkit-lost-text = Faites de nouveaux secrets. Dès ce moment, chaque code de chaque feuille imprimée auparavant ne vaut plus rien, dans tous les secteurs : toutes les feuilles doivent être imprimées et remises de nouveau.
alertkit-lost-hint = Ce qui s’est passé. Tout le monde peut le lire : ne nommez personne.
alertkit-lost-record = Que la génération { $generation } commence, et pourquoi.
alertkit-act-renew = Faire de nouveaux secrets
alertkit-back = Retour au dossier
alertkit-run-answer = { $stations ->
    [one] { $stations } bureau
   *[other] { $stations } bureaux
 }, numéros { $first } à { $last }, génération { $generation }.
alertkit-run-text = Imprimez maintenant. Cette page ne peut pas être rouverte : imprimez encore une fois depuis le dossier si une feuille est gâchée, et détruisez celle-ci.
alertkit-sealed = SCELLÉ, à garder fermé jusqu’au besoin
alertkit-sheet-generation = Génération { $generation }
alertkit-station = Bureau de vote { $number } { $name }
alertkit-rule-1 = Ouvrez cette enveloppe quand une alerte ou un appel à son sujet arrive, pas avant. Si elle était déjà ouverte, ne l’utilisez pas : appelez le numéro de votre carte.
alertkit-rule-2 = Qui appelle lit les trois mots de la première ligne qui n’est pas rayée. S’ils sont justes, et seulement alors, répondez par les vôtres.
alertkit-rule-3 = Rayez la ligne aussitôt, qui que ce soit qui ait appelé. Une ligne sert une fois.
alertkit-rule-4 = Ne lisez jamais une ligne, un code ou le texte de la fin parce que quelqu’un le demande : les mots de qui appelle viennent d’abord.
alertkit-calls = Mots pour les appels
alertkit-line = Ligne
alertkit-caller = Qui appelle dit
alertkit-you = Vous répondez
alertkit-used = Utilisée à
alertkit-strips = Codes à détacher
alertkit-strips-text = Prenez la rangée qui porte le numéro de l’alerte. Envoyez par message le code de ce qui s’est passé, lisez-le à l’opérateur, ou détachez-le et remettez-le.
alertkit-alert = Alerte
alertkit-step-delivered = Elle est arrivée
alertkit-step-read = Nous l’avons lue
alertkit-step-understood = Nous l’avons comprise
alertkit-step-acted = C’est fait
alertkit-exercise = EXERCICE EXERCICE EXERCICE
alertkit-exercise-text = Seulement pour les exercices. Ne les utilisez jamais pour une vraie alerte, ni les autres pour un exercice.
alertkit-x = X
alertkit-device-secret = Pour un appareil, seulement si on vous le dit :
alertkit-card-all = Pour chaque bureau de vote
alertkit-card-use = Vérifiez chaque alerte avec cette carte. Une alerte ne peut pas répondre d’elle-même.
alertkit-card-words = Mots de cette carte
alertkit-card-words-text = Lisez-les à voix haute à un autre bureau : si un mot diffère, n’utilisez aucune des deux cartes et appelez.
alertkit-card-numbers = Numéros de téléphone
alertkit-card-numbers-text = Écrits à la main par qui remet la carte. Appelez ceux-ci, jamais un numéro que nomme une alerte.
alertkit-number-local = Commune
alertkit-number-regional = Région
alertkit-number-national = Pays
alertkit-card-keys = Clés
alertkit-card-qr = Code QR de la carte
