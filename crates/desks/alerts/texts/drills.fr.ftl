# Exercices d’alerte et de réponse
alert-drills-title = Exercices
alert-drills-answer = Aucun exercice en cours. Les alertes envoyées maintenant sont réelles.
alert-drills-answer-running = { $count ->
    [one] Un exercice est en cours. Ses alertes portent partout la mention EXERCICE.
   *[other] { $count } exercices sont en cours. Leurs alertes portent partout la mention EXERCICE.
  }
alert-drills-new = Commencer un exercice
alert-drills-none = Pas encore d’exercice
alert-drills-none-text = Un exercice rejoue une heure du jour du scrutin avec les mêmes pages, les mêmes messages et les mêmes bureaux de vote, avec la mention EXERCICE. Ensuite un rapport dit ce qui a été lent.
alert-drills-drill = Exercice
alert-drills-state = État
alert-drills-begun = Commencé
alert-drills-runs = En cours
alert-drills-over = Terminé
alert-drills-new-answer = Ce qui est envoyé pendant un exercice atteint les mêmes personnes par les mêmes voies et porte partout la mention EXERCICE. Choisissez ce qu’indique son horloge et à quelle vitesse elle avance.
alert-drills-no-election = Pas encore d’élection
alert-drills-no-election-text = Un exercice rejoue une élection. Créez d’abord l’élection.
alert-drills-no-moment = Indiquez le jour sous la forme année-mois-jour et l’heure sous la forme heures:minutes.
alert-drills-field-title = Comment s’appelle-t-il ?
alert-drills-field-title-hint = Par exemple « Page des résultats détournée, soir du scrutin ».
alert-drills-field-code = Code dans les adresses
alert-drills-field-code-hint = Lettres minuscules, chiffres et tirets.
alert-drills-field-election = Élection
alert-drills-clock = L’horloge de l’exercice
alert-drills-clock-text = Les délais, l’escalade et le rapport suivent cette horloge. Les téléphones et le papier gardent l’heure réelle : les messages portent l’heure réelle, pour que personne ne puisse faire passer plus tard un message d’exercice pour vrai.
alert-drills-field-day = Jour de départ
alert-drills-field-time = Heure de départ
alert-drills-field-time-hint = Dans le fuseau horaire de l’élection.
alert-drills-field-rate = Combien de fois plus vite que le temps réel ?
alert-drills-field-rate-hint = De 1 à 600. Avec 10, une heure du jour du scrutin dure six minutes.
alert-drills-records = que l’exercice commence, avec son horloge. Tout le monde peut le lire.
alert-drills-begin = Commencer maintenant
alert-drills-cancel = Annuler
alert-drills-clock-now = L’horloge de l’exercice indique
alert-drills-clock-ended = L’exercice est terminé. Son horloge indiquait
alert-drills-write = Rédiger une alerte d’exercice
alert-drills-run = Exécuter un plan d’action
alert-drills-report = Ce qui a été lent
alert-drills-recorded = Enregistré
alert-drills-alerts = Alertes de cet exercice
alert-drills-alerts-none = Aucune pour l’instant.
alert-drills-number = Exercice nº { $number }
alert-drills-notes = Notes de ceux qui observent
alert-drills-notes-none = Aucune pour l’instant.
alert-drills-note-gone = Les mots ont été effacés.
alert-drills-field-note = Qu’est-ce qui a bien marché, ou a été lent ?
alert-drills-field-note-hint = Seules les personnes de votre organisation la voient. Le registre public contient qu’une note existe, pas ses mots.
alert-drills-note = Noter
alert-drills-facts = Faits
alert-drills-rate = { $rate ->
    [1] à la vitesse du temps réel
   *[other] { $rate } fois plus vite que le temps réel
}
alert-drills-end = Terminer l’exercice
alert-drills-end-answer = Plus rien ne pourra être envoyé dans cet exercice. Son rapport reste.
alert-drills-end-records = que l’exercice « { $title } » est terminé. Tout le monde peut le lire.
alert-report-title = Ce qui a été lent
alert-report-answer-none = Rien n’a été envoyé dans cet exercice : il n’y a rien à mesurer.
alert-report-answer = { $rate ->
    [1] Les durées sont celles de l’exercice, qui va à la vitesse du temps réel.
   *[other] Les durées sont celles de l’exercice, qui va { $rate } fois plus vite que le temps réel.
}
alert-report-alert = Exercice nº { $number }
alert-report-steps = Durée à partir de la diffusion
alert-report-step = Étape
alert-report-reached = Bureaux
alert-report-half = La moitié
alert-report-nine = Neuf sur dix
alert-report-last = Le dernier
alert-report-never = non atteint
alert-report-areas = Secteurs les plus lents, jusqu’à : { $step }
alert-report-area = Secteur
alert-report-ways = Comment les bureaux ont répondu
alert-report-silent = { $count ->
    [0] Tous les bureaux sont arrivés à « { $step } ».
    [one] Un bureau n’est pas arrivé à « { $step } ».
   *[other] { $count } bureaux ne sont pas arrivés à « { $step } ».
  }
alert-report-notes = Notes de ceux qui ont observé
alert-report-print = À imprimer
alert-report-json = En JSON
