alerts-nav = Alertes
alertnet-home-title = Qui est joint
alertnet-home-answer = Bureaux de vote, personnes à joindre et chaîne d’autorité de chaque élection.
alertnet-home-none = Il n’y a pas encore d’élection
alertnet-home-none-text = Une élection est définie au service des résultats. Ensuite ses bureaux de vote sont importés ici.
alertnet-election = Élection
alertnet-day = Jour
alertnet-state = État
alertnet-state-empty = Aucun bureau de vote
alertnet-state-no-contacts = Aucun contact
alertnet-state-renew = Contacts à renouveler
alertnet-state-ready = Prêt
alertnet-stations = Bureaux de vote
alertnet-areas = Secteurs
alertnet-voters = Électeurs inscrits
alertnet-number = Numéro
alertnet-name = Nom
alertnet-unit = Code dans le registre
alertnet-area = Secteur
alertnet-overview-answer = { $stations ->
    [one] Un bureau de vote
   *[other] { $stations } bureaux de vote
} dans { $areas ->
    [one] un secteur
   *[other] { $areas } secteurs
} ; { $reached } ont un contact en vigueur.
alertnet-overview-empty = Rien n’est encore importé : commencez par les bureaux de vote.
alertnet-tasks = Ce qu’il faut avant une alerte
alertnet-task-done = Fait
alertnet-task-missing = À faire
alertnet-task-later = Plus tard
alertnet-task-stations = Bureaux de vote et secteurs
alertnet-task-stations-none = À partir du registre des bureaux de vote, ou de deux listes.
alertnet-task-stations-hint = { $stations } bureaux de vote, { $areas } secteurs
alertnet-task-contacts = Contacts
alertnet-task-contacts-hint = { $reached } bureaux de vote sur { $stations } ont un contact en vigueur
alertnet-task-line = Chaîne d’autorité
alertnet-task-line-set = Fixée pour cette élection
alertnet-task-line-default = Pas fixée : la chaîne habituelle s’applique
alertnet-task-kit = Dossier imprimé pour les bureaux
alertnet-task-kit-hint = { $printed } feuilles scellées imprimées pour { $stations } bureaux de vote, génération { $generation }
alertnet-version-title = Bureaux de vote en vigueur
alertnet-version = Version
alertnet-reason = Motif
alertnet-reason-hint = Pourquoi cette version remplace la précédente. Tout le monde peut le lire.
alertnet-stations-title = Bureaux de vote
alertnet-stations-in = { $name } ({ $code }) : { $stations } bureaux de vote.
alertnet-stations-all = { $stations } bureaux de vote dans tous les secteurs.
alertnet-all-areas = Tous les secteurs
alertnet-areas-below = Secteurs à l’intérieur
alertnet-more-areas = Encore { $more ->
    [one] { $more } secteur
   *[other] { $more } secteurs
 } : choisissez d’abord un secteur plus grand.
alertnet-areas-csv = Secteurs en CSV
alertnet-no-contact = Aucun
alertnet-contact-count = { $count ->
    [one] Un contact
   *[other] { $count } contacts
}
alertnet-import-title = Importer les bureaux de vote
alertnet-import-again = Importer de nouveau
alertnet-import-answer = Prenez-les du registre enregistré pour cette élection, ou apportez deux listes.
alertnet-from-registry = À partir du registre des bureaux de vote
alertnet-from-registry-text = La version { $version } du registre compte { $units } bureaux de vote. Les secteurs sont formés des lieux au-dessus d’eux.
alertnet-no-registry = Aucun registre des bureaux de vote n’est enregistré pour cette élection. Il s’importe au service des résultats.
alertnet-act-registry = Prendre le registre
alertnet-from-files = À partir de deux listes
alertnet-from-files-text = D’abord les secteurs, puis les bureaux de vote. CSV, UTF-8, la première ligne nomme les colonnes.
alertnet-file-areas = Liste des secteurs
alertnet-file-areas-hint = Au plus { $max } Mo. Colonnes :
alertnet-file-stations = Liste des bureaux de vote
alertnet-file-stations-hint = Numéros inférieurs à un million. Seules les trois premières colonnes sont nécessaires ; avec les coordonnées (degrés décimaux) il y a une carte. Colonnes :
alertnet-placed = { $count } bureaux de vote sur { $stations } ont des coordonnées : ils figurent sur la carte de l’arrivée d’une alerte.
alertnet-read = Lu
alertnet-areas-wait = { $areas } secteurs attendent leurs bureaux de vote.
alertnet-areas-kept = Sans nouvelle liste, les { $areas } secteurs de la version { $version } restent.
alertnet-act-areas = Lire les secteurs
alertnet-act-stations = Lire les bureaux de vote
alertnet-nothing-yet = Rien n’est encore enregistré
alertnet-nothing-yet-text = Vous voyez ce qui changera avant de confirmer.
alertnet-cancel = Annuler
alertnet-problem = Erreur
alertnet-problems = Ce qui ne va pas
alertnet-problem-value = Il est écrit : { $value }
alertnet-problem-closest = Peut-être : { $closest }
alertnet-place-row = , ligne { $row }
alertnet-place-column = , colonne { $column }
alertnet-wrong-problems = Le fichier ne peut pas être pris tel quel. Tout ce qui ne va pas est écrit ci-dessous.
alertnet-wrong-file = Choisissez un fichier.
alertnet-wrong-utf8 = Le fichier n’est pas un texte UTF-8. Enregistrez-le en CSV UTF-8.
alertnet-wrong-areas-first = Lisez d’abord la liste des secteurs.
alertnet-wrong-until = Donnez un jour à partir d’aujourd’hui, au plus treize mois plus tard.
alertnet-source-registry = Registre des bureaux de vote, version { $version }
alertnet-check-title = Ce qui changera
alertnet-check-answer = { $stations } bureaux de vote dans { $areas } secteurs, { $voters } électeurs inscrits.
alertnet-changes = Par rapport à la version précédente
alertnet-changes-none = Aucun bureau ne vient, ne part ni ne change de secteur ; des noms ou des nombres d’électeurs diffèrent.
alertnet-change-added = Bureaux ajoutés
alertnet-change-gone = Bureaux disparus
alertnet-change-moved = Bureaux dans un autre secteur
alertnet-change-areas-added = Secteurs ajoutés
alertnet-change-areas-gone = Secteurs disparus
alertnet-changes-some = Quelques-uns
alertnet-area-before = Secteur avant
alertnet-area-now = Secteur maintenant
alertnet-new = nouveau
alertnet-gone = disparu
alertnet-reassigned = { $count ->
    [one] Un numéro appartient maintenant à un autre bureau
   *[other] { $count } numéros appartiennent maintenant à un autre bureau
}
alertnet-reassigned-text = Une feuille scellée avec un tel numéro serait celle d’un autre bureau. Gardez les numéros, ou imprimez une nouvelle génération de feuilles.
alertnet-record-network = La liste des secteurs et des bureaux de vote, lisible par tout le monde, comme version suivante.
alertnet-act-record = Enregistrer
alertnet-act-other-file = Un autre fichier
alertnet-act-look = Vérifier le fichier
alertnet-contacts-title = Contacts
alertnet-contacts-answer = { $all ->
    [one] { $all } contact
   *[other] { $all } contacts
 } ; { $reached ->
    [one] { $reached } bureau de vote sur { $stations } en a un en vigueur.
   *[other] { $reached } bureaux de vote sur { $stations } en ont un en vigueur.
 }
alertnet-contacts-import = Importer des contacts
alertnet-contacts-import-answer = Une ligne par personne ou par service. Tout ce qui ne va pas est dit en une fois.
alertnet-contacts-none = Aucun contact ici
alertnet-contacts-none-text = Sans contact, une alerte ne joint personne par message ni par téléphone.
alertnet-contacts-check = Vérifier les contacts
alertnet-contacts-check-answer = { $total } contacts pour { $stations } bureaux de vote sur { $all }.
alertnet-preview = Les premières lignes
alertnet-contact-new = Ajouter un contact
alertnet-contact-new-answer = Pour un bureau de vote ou un secteur. Remplissez l’un des deux.
alertnet-stations-first = Importez d’abord les bureaux de vote
alertnet-show = Afficher
alertnet-show-all = Tous
alertnet-show-ending = À renouveler
alertnet-holder = Pour
alertnet-holder-station = { $number } { $name }
alertnet-holder-area = { $name } ({ $code })
alertnet-who = Qui
alertnet-function = Fonction
alertnet-reached-by = Joint par
alertnet-gets = Reçoit
alertnet-until = Valable jusqu’au
alertnet-until-hint = Le dernier jour, au plus treize mois plus tard. Ensuite le contact n’est plus utilisé.
alertnet-over = Terminé
alertnet-ending = Finit bientôt
alertnet-in-force = En vigueur
alertnet-renew = Renouveler
alertnet-renew-all = Renouveler tous ceux-ci
alertnet-renew-notice = { $expired ->
    [one] { $expired } contact est terminé et n’est pas utilisé
   *[other] { $expired } contacts sont terminés et ne sont pas utilisés
 } ; { $ending ->
    [one] { $ending } finit dans les 30 jours
   *[other] { $ending } finissent dans les 30 jours
 }
alertnet-renew-notice-text = Demandez s’ils sont encore justes avant de les renouveler.
alertnet-record-renew = { $count ->
    [one] { $count } contact avec son nouveau dernier jour. Qui il est reste privé.
   *[other] { $count } contacts avec leur nouveau dernier jour. Qui ils sont reste privé.
 }
alertnet-act-renew = Renouveler
alertnet-remove = Retirer
alertnet-remove-text = Le contact n’est plus utilisé à partir de là. Ce qui a été enregistré avant reste scellé jusqu’à l’effacement, que deux autres personnes approuvent.
alertnet-act-remove = Retirer ce contact
alertnet-superseded = Contacts antérieurs qui peuvent être effacés
alertnet-superseded-text = D’autres ont pris leur place ; plus rien n’en a besoin. L’effacement détruit leur clé et demande deux approbations.
alertnet-superseded-entry = Inscription { $index }
alertnet-file = Liste des contacts
alertnet-file-hint = CSV, UTF-8, au plus { $max } Mo et { $rows } lignes.
alertnet-columns = Colonnes de la liste
alertnet-column-must = obligatoire
alertnet-column-station = Numéro du bureau de vote
alertnet-column-unit = ou son code dans le registre
alertnet-column-area = ou le code d’un secteur. Une ligne remplit l’un des trois
alertnet-column-function = par exemple « président du bureau de vote » ou « permanence de la commune »
alertnet-column-level = expert, official ou public : combien de détails leur sont envoyés
alertnet-column-language = deux lettres, par exemple fr
alertnet-column-authority = national, regional, local ou ally
alertnet-column-sms = Numéro pour les messages, avec + et l’indicatif du pays
alertnet-column-email = Adresse électronique
alertnet-column-telephone = Numéro pour les appels, avec + et l’indicatif du pays
alertnet-column-webhook = Adresse où un de leurs programmes écoute, https seulement
alertnet-column-valid_until = Dernier jour, par exemple 2027-06-30, au plus treize mois plus tard
alertnet-column-order = Qui vient d’abord, à partir de 1 ; 1 si vide
alertnet-private = Les contacts sont privés : seuls les gestionnaires les voient, et le registre public dit combien il y en a, jamais qui.
alertnet-mode = Ce que deviennent les contacts présents
alertnet-mode-hint = Il y en a { $all } maintenant.
alertnet-mode-all = Les nouveaux prennent leur place
alertnet-mode-added = Ils restent, et ceux-ci s’ajoutent
alertnet-record-contacts = Combien de contacts il y a, lisible par tout le monde. Qui ils sont reste privé, sous une clé qui peut être détruite.
alertnet-sms = Numéro pour les messages
alertnet-email = Adresse électronique
alertnet-telephone = Numéro pour les appels
alertnet-webhook = Adresse pour les programmes
alertnet-level = Détail
alertnet-level-expert = Expert
alertnet-level-official = Responsable
alertnet-level-public = Public
alertnet-language = Langue
alertnet-order = Ordre
alertnet-authority = Niveau d’autorité
alertnet-authority-national = National
alertnet-authority-regional = Régional
alertnet-authority-local = Local
alertnet-authority-ally = Allié
alertnet-line-title = Chaîne d’autorité
alertnet-line-answer = Quand des bureaux de vote restent silencieux après une alerte, ceux-ci sont appelés, l’un après l’autre.
alertnet-line-version = Version { $version }
alertnet-line-default = Personne ne l’a encore fixée pour cette élection : voici la chaîne habituelle.
alertnet-line-edit = Modifier la chaîne
alertnet-line-edit-answer = Des noms de services, jamais de personnes : tout le monde peut les lire. Une ligne sans nom est laissée de côté.
alertnet-line-picture = Qui est appelé, en partant du bureau
alertnet-line-subtitle = Les minutes comptent à partir de l’envoi de l’alerte
alertnet-picture-rung = quand des bureaux ne l’ont pas { $goal }
alertnet-picture-after = après { $time }
alertnet-picture-ally = { $act }, à partir de la gravité { $severity }
alertnet-picture-within = dans les { $time }
alertnet-minutes = { $minutes } min
alertnet-hours = { $hours } h
alertnet-body = Service
alertnet-whom = Niveau
alertnet-goal = Si des bureaux n’ont pas
alertnet-after = Minutes après l’envoi
alertnet-rungs = Qui est appelé
alertnet-rung = Étape { $at }
alertnet-rung-station = Le bureau de vote lui-même
alertnet-rung-0 = Tout le pays
alertnet-rung-1 = La région
alertnet-rung-2 = La commune
alertnet-rung-deeper = Secteurs à { $depth } niveaux sous le pays
alertnet-goal-delivered = reçue
alertnet-goal-read = lue
alertnet-goal-understood = comprise
alertnet-goal-acted = exécutée
alertnet-allies = Alliés
alertnet-allies-text = Organes étrangers qui sont consultés ou informés.
alertnet-allies-none = Aucun organe allié n’est nommé.
alertnet-ally = Organe allié
alertnet-ally-number = Allié { $at }
alertnet-act = Ce qui est fait
alertnet-act-consult = Consulter
alertnet-act-tell = Informer
alertnet-from-severity = À partir de la gravité
alertnet-within = Dans les minutes
alertnet-severity-minor = mineure
alertnet-severity-moderate = modérée
alertnet-severity-severe = grave
alertnet-severity-extreme = extrême
alertnet-record-line = La chaîne d’autorité avec les noms des services, lisible par tout le monde, comme version suivante.
