nav-alerts-arrival = Sont-elles arrivées ?
nav-alerts-strips = Codes à détacher
know-exercise = EXERCICE
know-test = TEST
know-alert-number = Alerte { $number }
know-late = (en retard : après la fin de l’alerte)
know-late-tag = en retard
know-step-none = rien encore
know-step-sent = envoyée
know-step-delivered = remise
know-step-read = lue
know-step-understood = comprise
know-step-acted = exécutée
know-severity-extreme = Danger extrême
know-severity-severe = Danger considérable
know-severity-moderate = Danger possible
know-severity-minor = Danger faible
know-severity-unknown = Danger inconnu
know-link-number = Alerte numéro { $number }
know-link-for = Pour le bureau de vote { $station }, { $name }. Cette page n’est que pour vous : ne transmettez pas son adresse.
know-link-exercise-title = Ceci est un exercice
know-link-exercise = Rien de cela n’est arrivé. Répondez comme si c’était vrai ; ne changez rien dans votre bureau de vote à cause de cela.
know-link-cancelled-title = Cette alerte a été retirée
know-link-cancelled = Ne la suivez plus. Le message plus récent dit ce qui vaut maintenant.
know-link-updated-title = Il y a une version plus récente de cette alerte
know-link-updated = Ce qui est écrit ici n’est peut-être plus juste. Lisez la version plus récente et répondez là.
know-link-newer = Ouvrir le message plus récent
know-link-expired-title = Cette alerte est terminée
know-link-expired = Elle a pris fin le { $at }. Vous pouvez encore répondre : la réponse est notée comme tardive.
know-link-do = À faire d’abord
know-link-nothing = Rien. Sachez ce qui s’est passé.
know-link-known = Ce que l’on sait
know-link-times = Envoyée le { $sent }. Elle vaut jusqu’au { $expires }.
know-link-say = Dites-nous où vous en êtes
know-link-noted = Nous avons noté
know-link-noted-at = { $step }, { $at }
know-link-not-that-title = Ce n’est pas ce que demande cette alerte
know-link-not-that = Rien n’a été noté. Relisez « À faire d’abord », puis choisissez la phrase qui dit la même chose.
know-link-read-why = Ouvrir cette page ne nous apprend rien. Appuyez sur le bouton quand vous avez lu ce qu’il faut faire.
know-link-read = Je l’ai lue
know-link-question = Laquelle de ces phrases dit ce qu’il faut faire ?
know-link-understood = C’est cela qu’il faut faire
know-link-acted-why = Appuyez sur le bouton quand c’est fait.
know-link-acted = Nous l’avons fait
know-link-all-done = Merci. Il n’y a plus rien à dire ici.
know-link-genuine = Cette alerte est-elle authentique ?
know-link-compare = Comparez ces six mots avec un autre bureau de vote : s’ils y sont les mêmes, les deux ont reçu la même alerte.
know-link-scan = Pour être sûr de l’expéditeur, prenez sa preuve sur la page de l’alerte : lisez le code de texte avec l’appareil photo d’un téléphone, ou ouvrez « Alerte avec preuve (en texte) ». Copiez le texte, et collez-le dans la page enregistrée verify.html, avec votre carte.
know-link-public = La page de l’alerte
know-link-entry = Inscription { $index } du registre public, qui commence par
know-link-receipt = Voir son reçu
know-link-alert = Alerte
know-other-1 = Envoyer tous les bulletins non utilisés au bureau de vote voisin.
know-other-2 = Demander aux électeurs de revenir un autre jour et noter leur numéro de téléphone.
know-other-3 = Décrocher la liste électorale et la lire à voix haute à l’entrée.
know-other-4 = Ouvrir l’urne, compter ce qu’elle contient et signaler le nombre.
know-other-link-title = Ce lien appartient à une autre alerte
know-other-link = C’est le lien de votre bureau de vote vers l’alerte numéro { $number }. L’adresse a été confondue en route.
know-other-link-open = Ouvrir cette alerte
know-sms-none = Aucun code dans votre message. Envoyez les 16 chiffres du talon que vous avez détaché.
know-sms-mistyped = Un chiffre du code est faux. Relisez les 16 chiffres et renvoyez-les.
know-sms-wrong = Ce code n’appartient à aucune alerte ouverte. Rien n’a été noté. Encore { $left ->
    [one] { $left } essai
   *[other] { $left } essais
 }. Ou appelez votre commune.
know-sms-closed = Trop de codes faux. Rien n’est pris pendant { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
 }. Appelez votre commune.
know-sms-no-station = Aucune alerte ouverte pour le bureau de vote { $station }. Vérifiez les six premiers chiffres.
know-sms-taken = Merci. Noté : bureau { $station }, alerte { $alert } : { $step }.
know-sms-late = Arrivé après la fin de l’alerte, noté comme tardif.
know-code-length = Un code a 16 chiffres. Relisez-le.
know-code-check = Un chiffre est faux, ou deux sont inversés. Relisez-le.
know-strips-title = Saisir les codes des talons
know-strips-intro = Les talons que les bureaux de vote ont détachés et remis : un code par ligne, au plus { $most }. Si une ligne est fausse, aucune n’est prise.
know-strips-taken = { $count ->
    [one] Un code a été pris.
   *[other] { $count } codes ont été pris.
}
know-strips-again = Un code déjà pris ne change rien : personne n’est compté deux fois.
know-strips-none-taken = Rien n’a été pris : { $wrong ->
    [one] { $wrong } ligne est fausse
   *[other] { $wrong } lignes sont fausses
 }, { $right ->
    [one] { $right } est juste
   *[other] { $right } sont justes
 }. Corrigez ou retirez les lignes ci-dessous.
know-strips-problems = Ce qui est faux, ligne par ligne
know-strips-wrong = faux
know-strips-line = Ligne { $line }
know-strips-codes = Codes
know-strips-hint = 16 chiffres chacun ; espaces et tirets ne comptent pas. Un lecteur de codes-barres qui finit par Entrée fonctionne ici.
know-strips-take = Les prendre tous
know-calls-title = Appeler les bureaux silencieux
know-calls-none = Aucun bureau de vote n’est silencieux. Il n’y a personne à appeler.
know-calls-silent = { $silent } bureaux de vote sur { $of } ne sont pas allés aussi loin que demandé.
know-calls-now = en cours d’appel : { $called }
know-calls-later = à rappeler plus tard : { $later }
know-calls-noted-taken = Noté. L’appel est inscrit.
know-calls-noted-missed = Noté : pas joint. Le bureau revient dans la file.
know-calls-nobody = Aucun bureau à appeler en ce moment
know-calls-nobody-why = D’autres appellent les silencieux, ou leur prochain essai est plus tard.
know-calls-tries = Appels jusqu’ici
know-calls-yours-until = À vous jusqu’à
know-calls-who = Appeler
know-calls-no-contact = Aucun numéro de téléphone connu pour ce bureau. Demandez à sa commune.
know-calls-say = Dites d’abord ces mots
know-calls-line = Ligne { $line } de la feuille scellée du bureau, rayée maintenant. Le bureau la raye aussi.
know-calls-expect = Le bureau doit répondre ceux-ci
know-calls-not-right = S’il dit d’autres mots, raccrochez et rappelez par le numéro ci-dessus. N’aidez pas avec les mots.
know-calls-read-out = Faites lire un code des talons
know-calls-words = Mots que le bureau a dits, pour les faire contrôler
know-calls-words-hint = { $words } mots ; vous pouvez laisser vide.
know-calls-code = Code du talon
know-calls-code-hint = 16 chiffres. Le talon dit s’ils ont lu, compris ou exécuté.
know-calls-take = Prendre le code
know-calls-missed = Personne n’a répondu ?
know-calls-missed-why = L’appel est inscrit, sans noms, et le bureau revient dans la file.
know-calls-again-in = Pas joint : encore dans { $minutes } minutes
know-calls-leave = Rendre le bureau sans appel
know-calls-how = Vous recevez, pour dix minutes, le bureau silencieux qui a le plus d’électeurs et que personne d’autre n’appelle.
know-calls-next = Donnez-moi un bureau
know-calls-back = Retour au compte à rebours
know-station = Bureau de vote
know-station-number = Numéro
know-station-furthest = Ce bureau de vote en est à « { $step } ».
know-station-nothing = On ne sait encore rien de ce bureau de vote.
know-station-said = Ce qu’il a dit, et par quelle voie
know-station-calls = Appels à ce bureau
know-station-no-calls = Personne ne l’a encore appelé.
know-station-tries = { $tries ->
    [one] Un appel a été fait.
   *[other] { $tries } appels ont été faits.
}
know-area = Secteur
know-voters = Électeurs
know-furthest = Plus loin
know-when = Quand
know-way = Par
know-way-gateway = rapport du service d’envoi
know-way-link = son propre lien
know-way-sms = SMS
know-way-telephone = téléphone
know-way-tear-off = talon sur papier
know-received = arrivé à { $at }
know-waits = attend d’être inscrit
know-on-the-way = en route
know-bar = Bureaux de vote : au but, et en route
know-state = État
know-state-open = en vigueur
know-state-expired = terminée
know-state-cancelled = retirée
know-state-updated = remplacée par une plus récente
know-arrival-title = Est-elle arrivée ?
know-arrival-answer = { $reached } bureaux de vote sur { $of } en sont à « { $goal } ».
know-arrival-silent = { $silent ->
    [one] { $silent } est silencieux.
   *[other] { $silent } sont silencieux.
 }
know-of-stations = de { $of } bureaux de vote
know-of-voters = des électeurs : { $reached } sur { $of }
know-deadline = jusqu’à l’échéance de la réponse
know-deadline-over = depuis l’échéance de la réponse
know-expiry = jusqu’à sa fin
know-expiry-over = depuis sa fin
know-left = { $hours } h { $minutes } min
know-drill-clock = Les heures suivent l’horloge de l’exercice « { $drill } » : { $rate ->
    [one] aussi vite
   *[other] { $rate } fois plus vite
 } que l’horloge au mur.
know-at-expiry-title = À la fin de l’alerte
know-at-expiry = { $reached } bureaux de vote sur { $of } en étaient à « { $goal } ». Ce chiffre est inscrit et ne change plus.
know-at-expiry-late = { $late ->
    [one] { $late } a répondu en retard depuis.
   *[other] { $late } ont répondu en retard depuis.
 }
know-to-calls = Appeler les silencieux
know-to-silent = Liste des silencieux
know-to-strips = Saisir des talons
know-to-wall = Pour le mur
know-by-area = Où elle n’est pas arrivée
know-worst-first = Les secteurs avec le plus de silencieux d’abord
know-area-up = Un niveau plus haut
know-no-areas = Il n’y a pas de secteurs en dessous.
know-silent = Silencieux
know-of = Bureaux de vote
know-share = Part
know-more-areas = { $more ->
    [one] { $more } autre secteur est dans le fichier.
   *[other] { $more } autres secteurs sont dans le fichier.
 }
know-map-stations = { $count } bureaux de vote, une tuile pour chacun
know-map-areas = { $lagging } secteurs sur { $areas } ont encore des bureaux silencieux
know-map-subtitle = Une tuile pour chacun, de même taille, dans l’ordre des codes ; plus elle est foncée, plus il y en a à « { $goal } ».
know-geo-title = { $silent } bureaux de vote sur { $of } de la carte n’en sont pas à « { $goal } »
know-geo-marks = Une marque par bureau de vote : sa forme et sa couleur disent jusqu’où il en est.
know-geo-hexes = Un hexagone représente les bureaux de vote voisins : plus il est grand, plus ils sont nombreux ; plus il est rempli et foncé, plus il y en a qui n’en sont pas à « { $goal } ».
know-geo-hex = Autour de { $area } : { $silent } sur { $of } silencieux
know-geo-up-to = jusqu’à { $share } silencieux
know-geo-none-silent = aucun silencieux
know-geo-without = { $count ->
    [one] Un bureau de vote n’a pas de coordonnées dans la liste et n’est pas sur la carte.
   *[other] { $count } bureaux de vote n’ont pas de coordonnées dans la liste et ne sont pas sur la carte.
}
know-geo-none = Pour une carte à la place des tuiles, importez la liste des bureaux de vote avec ces deux colonnes :
know-next = Qui est appelé ensuite, et quand
know-next-at = Personne encore. Si des bureaux sont alors silencieux, le prochain appel est dû dans { $hours } h { $minutes } min ({ $at }).
know-next-none = Personne : aucun autre appel n’est dû.
know-call-who = Appeler
know-call-area = Service du secteur
know-call-since = Dû depuis
know-call-state = Message
know-call-act = Résultat de l’appel
know-call-told = envoyé à { $at }
know-call-not-told = noté, pas envoyé
know-call-reached = joint
know-call-not-reached = pas joint
know-more-calls = { $more ->
    [one] { $more } autre appel est dû.
   *[other] { $more } autres appels sont dus.
 }
know-how-far = Jusqu’où elle est allée
know-pace = Combien de temps il a fallu
know-step = Étape
know-stations = Bureaux de vote
know-goal = demandé
know-recorded = Au registre
know-recorded-none = Rien n’est encore inscrit. Les réponses sont inscrites toutes les quelques secondes, plusieurs à la fois.
know-recorded-batch = Lot { $batch } : { $acks ->
    [one] { $acks } réponse
   *[other] { $acks } réponses
 }, { $at }
know-refresh = État au { $at }. La page se renouvelle toutes les 20 secondes.
know-silent-title = Bureaux de vote silencieux
know-silent-answer = { $silent } bureaux de vote sur { $of } n’en sont pas à « { $goal } ».
know-silent-none = Aucun n’est silencieux ici
know-silent-none-why = Tous sont allés aussi loin que demandé.
know-wall-of = de { $of } bureaux de vote : { $goal }
know-wall-due = Appels dus
know-wall-others = { $count ->
    [one] { $count } autre secteur avec des bureaux silencieux
   *[other] { $count } autres secteurs avec des bureaux silencieux
 }
know-list-title = Sont-elles arrivées ?
know-list-intro = Chaque alerte diffusée, et jusqu’où elle est allée.
know-list-none = Aucune alerte n’a encore été diffusée
know-list-none-why = Dès qu’il y en aura une, cette page dira quels bureaux de vote l’ont reçue.
know-no-network = Ni secteurs ni bureaux de vote n’ont été importés pour cette élection.
