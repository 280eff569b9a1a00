# Objets venant des serveurs d’autres organisations
partners-title = Venant d’autres
partners-add = Ajouter une source
partners-none-answer = Votre organisation ne reçoit encore rien d’autres serveurs.
partners-none-title = Faites venir les alertes des autres
partners-none-text = Des centres de sécurité et des plateformes publient ce qu’ils savent sur leurs propres serveurs. Ajoutez-en un ici : ce qui y est nouveau est relevé automatiquement et rejoint une collection de votre communauté.
partners-none-ask = Un responsable de votre organisation peut en ajouter une.
partners-fine-answer = Tout ce qui est activé fonctionne.
partners-failing-answer = { $count ->
    [one] Une source ne donne rien en ce moment.
   *[other] { $count } sources ne donnent rien en ce moment.
 }
partners-own-only = Seule votre organisation voit cette liste. Les identifiants sont conservés chiffrés et ne sont plus jamais affichés.
partners-from = D’où
partners-last-poll = Dernier relevé
partners-next-poll = Prochain relevé :
partners-taken-all = Repris en tout
partners-state-begun = à terminer
partners-state-paused = en pause
partners-state-polled = relevé en cours
partners-state-failing = ne donne rien
partners-state-first = attend son premier relevé
partners-state-works = fonctionne
partners-days = { $count ->
    [one] chaque jour
   *[other] tous les { $count } jours
 }
partners-hours = { $count ->
    [one] chaque heure
   *[other] toutes les { $count } heures
 }
partners-minutes = { $count ->
    [one] chaque minute
   *[other] toutes les { $count } minutes
 }
partners-new-title = Ajouter une source
partners-new-answer = Dites d’où viennent les objets. Nous regardons aussitôt, et vous choisissez parmi ce qui s’y trouve.
partners-step-where = D’où
partners-step-whereto = Quoi, et vers où
partners-field-kind = Qu’y a-t-il là-bas ?
partners-kind-taxii = Un serveur TAXII 2.1
partners-kind-misp = Un flux MISP (un dossier avec manifest.json)
partners-field-address = Adresse
partners-field-address-hint = Telle que votre partenaire vous l’a donnée, commençant par https://. Pour TAXII, l’adresse du serveur suffit.
partners-field-name = Nom
partners-field-name-hint = Celui que vos collègues lui donnent ; vous pouvez le laisser vide.
partners-field-login = Comment montrons-nous qui nous sommes ?
partners-field-login-hint = Votre partenaire vous le dit.
partners-login-nothing = Pas du tout : c’est ouvert à tous
partners-login-password = Utilisateur et mot de passe
partners-login-bearer = Un jeton (bearer)
partners-login-key = Une clé MISP
partners-field-user = Utilisateur
partners-field-user-hint = Seulement avec un mot de passe.
partners-field-secret = Mot de passe, jeton ou clé
partners-field-secret-hint = Il est conservé chiffré, ne va qu’à ce serveur et n’est plus jamais affiché.
partners-act-look = Regarder ce qui s’y trouve
partners-wrong-kind = Choisissez ce qu’il y a là-bas.
partners-login-title = Autres identifiants
partners-login-answer = Saisissez de nouveau les identifiants. Les précédents sont oubliés.
partners-setup-title = Quoi, et vers où
partners-setup-trouble = L’autre serveur ne donne rien.
partners-setup-nothing = Il n’y a rien là-bas que nous puissions lire.
partners-setup-feed = Le flux est là.
partners-setup-answer = { $count ->
    [one] Il y a une collection.
   *[other] Il y a { $count } collections. Choisissez-en une.
 }
partners-no-answer = L’autre serveur
partners-elsewhere-title = Tout n’est pas sur ce serveur
partners-elsewhere = { $count ->
    [one] Une partie se trouve sur un autre serveur, où les identifiants ne doivent pas aller. Ajoutez ce serveur à part.
   *[other] { $count } parties se trouvent sur d’autres serveurs, où les identifiants ne doivent pas aller. Ajoutez ces serveurs à part.
 }
partners-feed-found = { $count ->
    [one] Un événement.
   *[other] { $count } événements.
 }
partners-feed-newest = Le plus récent :
partners-field-theirs = Que voulez-vous de là-bas ?
partners-not-readable = pas pour nous
partners-wrong-theirs = Choisissez une collection.
partners-no-place = Il n’y a pas où le mettre
partners-no-place-text = Votre organisation ne peut ajouter à aucune collection d’une communauté qui a commencé.
partners-field-place = Où cela va-t-il ?
partners-field-place-hint = Les collections auxquelles votre organisation peut ajouter.
partners-wrong-place = Choisissez une collection de votre communauté.
partners-field-label = Pour qui, au plus large ?
partners-field-label-hint = Ce qui y est plus étroit reste plus étroit ici.
partners-wrong-label = Choisissez une étiquette.
partners-field-every = À quelle fréquence regardons-nous ?
partners-wrong-interval = Choisissez une fréquence.
partners-consequence = Ce qui vient de là-bas est partagé au nom de votre organisation sans que personne ne le regarde d’abord. Ce qui prétend venir d’un membre de la communauté n’est pas repris.
partners-record = Que votre organisation relève cette source, avec le prochain lot : ni l’adresse ni le moment ne se voient en public. Les identifiants ne sont pas consignés.
partners-act-setup = Commencer
partners-again = Regarder de nouveau
partners-remove = Retirer
partners-remove-title = Retirer cette source ?
partners-remove-answer = Plus rien n’est relevé sur { $name }.
partners-remove-consequence = Les identifiants sont détruits. Ce qui en est venu reste où il est.
partners-record-remove = Que votre organisation ne relève plus rien là-bas, avec le prochain lot.
partners-answer-paused = Rien n’est relevé pendant la pause.
partners-answer-failing = L’autre serveur ne donne rien en ce moment ; nous continuons d’essayer.
partners-answer-first = Le premier relevé a lieu dans quelques secondes.
partners-answer-more = { $count ->
    [one] Un nouvel objet est venu ; il y en a d’autres, et cela continue dans une minute.
   *[other] { $count } nouveaux objets sont venus ; il y en a d’autres, et cela continue dans une minute.
 }
partners-answer-works = { $count ->
    [0] Cela fonctionne ; rien n’est encore venu.
    [one] Cela fonctionne : un objet est venu.
   *[other] Cela fonctionne : { $count } objets sont venus.
 }
partners-act-poll = Relever maintenant
partners-act-pause = Mettre en pause
partners-act-resume = Reprendre
partners-asked = Demandé
partners-asked-text = Le relevé a lieu dans quelques secondes.
partners-look-again = Regarder de nouveau
partners-since = Depuis
partners-taken = Nouveaux
partners-known = Déjà ici
partners-refused = Non repris
partners-undated = L’autre serveur ne dit pas quand il a ajouté quelque chose. Tout est donc relu chaque fois.
partners-refused-why = Ce qui n’a pas été repris
partners-why = Pourquoi
partners-how-often = Combien de fois
partners-example = L’un d’eux
partners-terms = Réglages
partners-secret-kept = Mot de passe, jeton ou clé est conservé chiffré et n’est jamais affiché.
partners-change = Modifier
partners-fact-kind = Ce qu’il y a là-bas
partners-fact-address = Adresse
partners-fact-login = Identifiants
partners-fact-whereto = Va vers
partners-fact-label = Au plus large
partners-fact-every = Fréquence
partners-fail-claimed = Il prétend venir d’un membre de cette communauté. Les membres partagent cela ici eux-mêmes.
partners-fail-missing = La liste le nomme, et il n’y est pas.
partners-fail-more = D’autres raisons.
partners-trouble-private = L’adresse est celle d’un réseau local. Ce serveur ne s’adresse qu’à des machines de l’internet public ; son exploitant peut en permettre d’autres.
partners-trouble-plain = L’adresse commence par http://. Rien n’est relevé sans chiffrement ; son exploitant peut le permettre.
partners-trouble-no-host = Il n’y a pas de serveur de ce nom. Vérifiez l’adresse.
partners-trouble-unreachable = Il est injoignable.
partners-trouble-slow = Il répond trop lentement.
partners-trouble-certificate = Son certificat n’est pas valable : personne ne sait si c’est le bon serveur. Dites-le à votre partenaire.
partners-trouble-login = Il n’accepte pas nos identifiants ({ $detail }). Saisissez-les de nouveau, ou demandez à votre partenaire.
partners-trouble-missing = Il n’y a rien à cette adresse (404). Vérifiez-la, ou demandez à votre partenaire.
partners-trouble-busy = Il est occupé et demande { $detail } secondes de repos.
partners-trouble-status = Il répond par l’erreur { $detail }. C’est à votre partenaire d’y remédier.
partners-trouble-redirect = Il nous renvoie vers un autre serveur, où nos identifiants ne doivent pas aller. Demandez la nouvelle adresse à votre partenaire.
partners-trouble-media = Ce qui s’y trouve n’est ni du TAXII 2.1 ni un flux MISP, peut-être une page pour des personnes. Vérifiez l’adresse.
partners-trouble-broken = Ce qu’il envoie est illisible : { $detail }. C’est à votre partenaire d’y remédier.
partners-trouble-cut-off = La connexion s’est rompue au milieu. Ce qui était venu est ici.
partners-trouble-too-large = Il envoie plus de { $detail } MiB à la fois. Ce qui a été lu avant est ici ; demandez à votre partenaire de plus petites parties.
partners-trouble-loop = Ses pages tournent en rond. C’est à votre partenaire d’y remédier.
partners-trouble-stuck = Il dit qu’il y en a d’autres, mais pas comment les demander. C’est à votre partenaire d’y remédier.
partners-trouble-here = Cela ne peut plus être partagé ici ({ $detail }) : votre organisation n’est plus membre, ne peut pas ajouter à la collection, ou la collection est fermée.
partners-trouble-secret = Les identifiants ne peuvent plus être lus. Saisissez-les de nouveau.
partners-trouble-own = Ce serveur a été interrompu. Il continue de lui-même.
