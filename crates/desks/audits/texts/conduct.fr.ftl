# Mener un audit
audit-conduct-crumb-desk = Accueil
audit-conduct-crumb-audits = Audits
audit-conduct-version = Version { $version }

## La graine
audit-conduct-seed-title = La graine
audit-conduct-seed-of-round = La graine du tour { $round }
audit-conduct-seed-agreed = Deux personnes ont saisi les mêmes chiffres. Voici la graine :
audit-conduct-seed-follows = L’échantillon découle de ces chiffres et de ce qui avait été engagé auparavant. Chacun peut le tirer à nouveau.
audit-conduct-seed-dice = On lance { $count } dés à dix faces.
audit-conduct-seed-none = Personne n’a encore saisi
audit-conduct-seed-half = Une personne sur deux a saisi
audit-conduct-seed-differs = Les deux saisies diffèrent : toutes deux recommencent ({ $count ->
    [one] { $count } fois jusqu’ici
   *[other] { $count } fois jusqu’ici
})
audit-conduct-seed-failed = Deux saisies différaient déjà : { $count ->
    [one] { $count } fois
   *[other] { $count } fois
}.
audit-conduct-seed-two = Deux personnes saisissent ce que montrent les dés. Aucune ne voit la saisie de l’autre, et rien ne s’affiche ici avant que les deux saisies concordent.
audit-conduct-seed-committed = Ce qui est engagé avant le lancer des dés
audit-conduct-seed-draft = Rien n’est encore engagé : on ne lance donc pas les dés.
audit-conduct-seed-draft-why = Manifestes, résultats, scrutins, limites de risque et méthode sont d’abord fixés dans le registre public. C’est seulement ensuite qu’une graine est acceptée.
audit-conduct-seed-refresh = Cette page se renouvelle toutes les 5 secondes.
audit-conduct-seed-first = Saisissez les chiffres tels que les dés les montrent. Vous êtes la première personne sur deux.
audit-conduct-seed-second = Une personne sur deux a saisi. Saisissez les chiffres tels que les dés les montrent : vous êtes la seconde.
audit-conduct-seed-mine = Vous avez saisi. Une autre personne saisit maintenant les mêmes dés.
audit-conduct-seed-wall = Page pour le mur
audit-conduct-seed-typed-first = Votre saisie est conservée et n’est montrée à personne.
audit-conduct-seed-typed-differs = Les deux saisies sont écartées. Les dés restent où ils sont ; deux personnes saisissent à nouveau.
audit-conduct-seed-typed-agreed = Vous avez saisi la même chose que la première personne. La graine est fixée.
audit-conduct-seed-field = Chiffres des dés
audit-conduct-seed-hint = Au moins { $count } chiffres, par groupes de cinq : 12345 67890 12345 67890. Les espaces ne comptent pas. La seconde personne doit être une autre.
audit-conduct-seed-will = que quelqu’un a saisi, et si les deux saisies concordent. Les chiffres restent privés jusque-là.
audit-conduct-seed-act = Remettre ces chiffres

## Les tours
audit-conduct-phase-draft = On choisit les scrutins et les circonscriptions remettent leurs fichiers. Aucun tour n’est encore ouvert.
audit-conduct-phase-committed = Tout est engagé. La graine vient ensuite.
audit-conduct-phase-seeded = La graine est connue. Le prochain tour peut être ouvert.
audit-conduct-phase-round-open = Un tour est ouvert : les équipes lisent ce qui a été tiré.
audit-conduct-phase-round-closed = Un tour est clos et son risque est mesuré. Il faut décider de la suite.
audit-conduct-phase-full-hand-count = Tout est compté à la main. Le résultat de ce comptage reste à saisir.
audit-conduct-phase-finished = L’audit est terminé.
audit-conduct-state-open = Ouvert
audit-conduct-state-closed = Clos, décision à prendre
audit-conduct-state-stop = Clos : l’audit s’est terminé
audit-conduct-state-next-round = Clos : un autre tour a suivi
audit-conduct-state-full-hand-count = Clos : un comptage manuel intégral a suivi
audit-conduct-state-abandoned = Abandonné
audit-conduct-act-seed = Saisir la graine
audit-conduct-act-open = Ouvrir le prochain tour
audit-conduct-act-look = Voir le tour ouvert
audit-conduct-act-decide = Décider de la suite
audit-conduct-act-hand-count = Saisir le comptage manuel
audit-conduct-rounds-title = Tours
audit-conduct-rounds-caption = Tous les tours de toutes les versions, le plus récent d’abord. Les tours abandonnés restent ici.
audit-conduct-rounds-none = Aucun tour encore
audit-conduct-rounds-none-why = Un tour s’ouvre une fois que tout est engagé et que la graine est connue.
audit-conduct-round-word = Tour
audit-conduct-round = Tour { $round }
audit-conduct-state = État
audit-conduct-draws = Tirages
audit-conduct-due = À lire
audit-conduct-risk = Risque
audit-conduct-limit = Limite de risque
audit-conduct-seals = Ouvert, clos
audit-conduct-recorded = Enregistré
audit-conduct-round-open = { $read } sur { $due } sont lus.
audit-conduct-round-nothing-new = Tout ce qui a été tiré a été lu lors de tours précédents : il n’y a rien à chercher et le tour peut être clos aussitôt.
audit-conduct-round-draws = { $draws } tirages, dont { $due } à lire
audit-conduct-progress = Avancement
audit-conduct-progress-hint = Pour chaque circonscription : ce qui est lu, ce qui attend une décision, et qui l’on attend.
audit-conduct-jurisdiction = Circonscription
audit-conduct-boards = Équipes
audit-conduct-signed = Signé
audit-conduct-unread = Non lu
audit-conduct-read = Lu
audit-conduct-disagreed = Désaccord
audit-conduct-waits-for = On attend
audit-conduct-waits-nothing = Rien : complet
audit-conduct-waits-deal = La circonscription : répartir entre équipes
audit-conduct-waits-resolve = La circonscription : décider
audit-conduct-waits-read = Les équipes : lire
audit-conduct-waits-sign = Les équipes : signer
audit-conduct-facts = Faits
audit-conduct-draw-list = Liste des tirages (SHA-256)
audit-conduct-opened = Ouvert
audit-conduct-closed = Clos

## Le risque
audit-conduct-risk-title = Risque de chaque scrutin à côté de sa limite
audit-conduct-risk-below = moins de 0,01 %
audit-conduct-risk-met = { $contest } : risque { $risk }, limite { $limit } : respectée.
audit-conduct-risk-not-met = { $contest } : risque { $risk }, limite { $limit } : pas encore respectée.
audit-conduct-risk-finding = { $met } scrutins sur { $all } respectent leur limite de risque.
audit-conduct-risk-limit-is = limite { $limit }
audit-conduct-risk-subtitle = La plus grande chance qu’un résultat faux ait passé jusqu’ici ; chaque cran de l’échelle vaut dix fois moins.
audit-conduct-contest = Scrutin
audit-conduct-opportunistic = (mesuré à côté des autres)
audit-conduct-met = Limite respectée
audit-conduct-not-met = Limite pas encore respectée

## Ouvrir un tour
audit-conduct-open-title = Ouvrir le tour { $round }
audit-conduct-open-answer = Le nombre de tirages découle de la marge et de ce qui a été vu jusqu’ici. La taille est à vous de dire.
audit-conduct-open-plan = Ce que dit le planificateur
audit-conduct-open-hand-count = Aucun échantillon ne peut confirmer ce résultat : tout doit être compté à la main.
audit-conduct-open-enough = { $count } tirages suffisent dans { $percent } audits sur 100 si les bulletins sont conformes au résultat annoncé.
audit-conduct-open-formula = { $count } tirages selon la formule de la méthode.
audit-conduct-open-draws = Tirages
audit-conduct-open-draws-for = Tirages pour { $contest }
audit-conduct-open-wanted-for = Feuilles pour { $contest }, tous les tours ensemble
audit-conduct-open-compared = Tirages comparés aux enregistrements de votes
audit-conduct-open-polled = Tirages lus sans enregistrements de votes
audit-conduct-open-proposed = Proposé : { $count }
audit-conduct-open-no-proposal = Pas de proposition : le planificateur ne peut pas calculer cette taille avec ce qu’il sait.
audit-conduct-open-extra = Comptés sans être tirés
audit-conduct-open-extra-hint = Noms de lots, un par ligne ou séparés par des virgules ; si plusieurs circonscriptions en ont un de ce nom : Circonscription / Lot. Ils n’entrent jamais dans le risque.
audit-conduct-open-check = Vérifier
audit-conduct-open-look = Regardez encore une fois. Ce qui est tiré découle ensuite de la graine et ne peut être choisi.
audit-conduct-open-consequence = Les tirages deviennent publics et les équipes peuvent recevoir leurs listes. Un tour ouvert peut être clos, ou abandonné avec un motif, mais pas repris.
audit-conduct-open-will = le tour avec ses tirages, ce que chaque circonscription doit lire, et votre organisation.
audit-conduct-open-act = Tirer et ouvrir le tour
audit-conduct-wrong-number = Saisissez un nombre entier, { $most } au plus.
audit-conduct-extra-several = Plusieurs circonscriptions ont un lot « { $name } ». Écrivez la circonscription devant : Circonscription / Lot.
audit-conduct-extra-near = Il n’y a pas de lot « { $name } ». Vouliez-vous dire « { $near } » ?
audit-conduct-extra-unknown = Il n’y a pas de lot « { $name } ».
audit-conduct-consequence = Ce que cela fait
audit-conduct-back = Retour, sans rien changer
audit-conduct-reason = Motif
audit-conduct-reason-hint = Il sera public. Ni noms, ni adresses, ni numéros de téléphone.

## Une circonscription dans un tour
audit-conduct-place-nothing = Rien n’a été tiré ici dans ce tour.
audit-conduct-place-undealt = { $due } à lire ici. Ils ne sont pas encore répartis entre équipes.
audit-conduct-boards-title = Les équipes et leurs contenants
audit-conduct-board-word = Équipe
audit-conduct-board = Équipe { $board }
audit-conduct-containers = Contenants
audit-conduct-board-state-signed = Signé
audit-conduct-board-state-empty = Rien à faire
audit-conduct-board-state-disagreed = Attend une décision
audit-conduct-board-state-read = Tout est lu, pas signé
audit-conduct-board-state-reading = Lit
audit-conduct-board-state-waiting = N’a pas commencé
audit-conduct-deal-title = Répartir entre équipes
audit-conduct-deal-anew = Répartir à nouveau
audit-conduct-deal-why = Un contenant reste avec une seule équipe, et chaque équipe reçoit à peu près autant. On peut répartir à nouveau tant qu’aucune équipe n’a signé.
audit-conduct-deal-count = Nombre d’équipes
audit-conduct-deal-hint = Deux personnes forment une équipe.
audit-conduct-deal-look = Montrer qui recevrait quoi
audit-conduct-deal-preview = Qui recevrait quoi
audit-conduct-deal-consequence = Les équipes reçoivent de nouvelles listes. Ce qu’elles ont lu jusqu’ici dans ce tour est écarté et doit être relu.
audit-conduct-deal-will = le nombre d’équipes et la liste de chacune.
audit-conduct-deal-act = { $count ->
    [one] Confier à une équipe
   *[other] Répartir entre { $count } équipes
 }
audit-conduct-pass-title = Phrases secrètes des équipes
audit-conduct-pass-why = Chaque équipe entre avec une phrase secrète de quatre mots. Elle n’est montrée qu’une fois. Une nouvelle phrase met fin à la précédente, et qui était entré avec celle-ci est dehors.
audit-conduct-pass-all = Donner une nouvelle phrase à toutes les équipes
audit-conduct-pass-one = Équipe { $board } seule
audit-conduct-cards-back = Retour à la circonscription
audit-conduct-cards-once = Ces mots ne sont montrés qu’une fois. Imprimez les cartes maintenant, ou notez les mots. Chaque équipe reçoit sa propre carte et aucune autre.
audit-conduct-cards-units = À lire : { $count }
audit-conduct-cards-open = Sur la tablette, ouvrez
audit-conduct-cards-type = Saisissez les quatre mots. Majuscules et traits d’union n’importent pas.
audit-conduct-cards-two = Les deux membres saisissent leurs noms, lisent et signent ensemble.
audit-conduct-cards-qr = Code QR avec l’adresse de la page des équipes
audit-conduct-disagreed-title = Les membres ne sont pas d’accord
audit-conduct-disagreed-hint = Regardez le bulletin lui-même, puis décidez.
audit-conduct-batch = Lot
audit-conduct-position = Bulletin dans le lot
audit-conduct-said = Ce que les membres ont dit
audit-conduct-todo = À faire
audit-conduct-resolve-title = Décider de ce que porte un bulletin
audit-conduct-resolve-answer = Les membres de l’équipe { $board } ne sont pas d’accord sur le lot { $batch }, bulletin { $position }.
audit-conduct-resolve-act = Décider
audit-conduct-resolve-reason = Pourquoi le bulletin se lit ainsi. Ce sera public ; le désaccord des membres reste au registre.
audit-conduct-resolve-will = que la circonscription a décidé, et pourquoi. Ce que porte le bulletin devient public à la clôture du tour.
audit-conduct-comment = Remarque de l’équipe
audit-conduct-members-said = Les membres ont écrit :
audit-conduct-both-read = Les deux ont lu :
audit-conduct-reading-votes = Ceci est coché
audit-conduct-reading-blank = Rien n’est coché
audit-conduct-reading-none = Le scrutin n’est pas sur le bulletin
audit-conduct-rank = rang, vide pour aucun
audit-conduct-wrong-kind = { $contest } : dites ce que porte le bulletin.
audit-conduct-wrong-votes = { $contest } : choisissez ce qui est coché.
audit-conduct-wrong-ranks = { $contest } : un rang est un nombre entier de 1 à { $most }, et deux choix n’ont pas le même.
audit-conduct-reopen-title = Rendre la liste à l’équipe { $board } de { $jurisdiction }
audit-conduct-reopen-answer = L’équipe peut alors relire et doit signer à nouveau.
audit-conduct-reopen-consequence = La signature tombe, et le tour ne peut être clos avant que l’équipe ait signé à nouveau.
audit-conduct-reopen-will = que la liste a été rendue à l’équipe, et pourquoi.
audit-conduct-reopen-act = Rendre la liste

## Sur papier
audit-conduct-paper-title = Sur papier
audit-conduct-paper-retrieval = Liste de recherche
audit-conduct-paper-placeholders = Fiches fantômes
audit-conduct-paper-labels = Étiquettes, 30 par feuille
audit-conduct-paper-tally = Feuilles de pointage
audit-conduct-paper-names = Nom : ____________________   Signature : ____________________   Heure : __________
audit-conduct-page-of = Page { $page } sur { $pages }
audit-conduct-fetched = Sorti
audit-conduct-returned = Remis
audit-conduct-container = Contenant
audit-conduct-tabulator = Scanner
audit-conduct-ballots = Bulletins
audit-conduct-tickets = Tickets
audit-conduct-not-drawn = non tiré, compté quand même
audit-conduct-before-title = Tirés à nouveau et déjà lus : à ne pas chercher
audit-conduct-slip = Équipe { $board } · { $number } sur { $of }
audit-conduct-ballot = Bulletin { $position }
audit-conduct-placeholder = Ce qui était ici a été sorti pour l’audit et reviendra.
audit-conduct-tally-ballots = { $count } bulletins selon le manifeste
audit-conduct-tally-strokes = Bâtons
audit-conduct-tally-first = Premier membre
audit-conduct-tally-second = Second membre
audit-conduct-choice = Choix

## La fin d’un tour
audit-conduct-close-title = Clore le tour { $round }
audit-conduct-close-not-yet = Le tour ne peut pas encore être clos. On attend { $count ->
    [one] { $count } circonscription :
   *[other] { $count } circonscriptions :
}
audit-conduct-close-ready = Tout ce qui a été tiré est lu et signé.
audit-conduct-close-consequence = Ce que les équipes ont lu devient public et le risque est mesuré. Scrutins : { $count }. Rien ne peut plus être relu dans ce tour, et les phrases secrètes de ses équipes prennent fin.
audit-conduct-close-will = ce qui a été lu, et le risque de chaque scrutin.
audit-conduct-close-act = Clore le tour
audit-conduct-close-waits = Ce que le tour attend
audit-conduct-decide-title = La suite du tour { $round }
audit-conduct-decide-met = Chaque scrutin visé respecte sa limite de risque : l’audit peut s’arrêter.
audit-conduct-decide-not-met = Tous les scrutins visés ne respectent pas leur limite de risque : l’audit continue.
audit-conduct-decide-question = Que fait-on ensuite ?
audit-conduct-decide-stop = L’audit s’arrête : les résultats annoncés sont confirmés dans leurs limites de risque
audit-conduct-decide-next-round = Un autre tour
audit-conduct-decide-full-hand-count = Tout est compté à la main
audit-conduct-decide-reason = Nécessaire si l’audit continue alors que toutes les limites sont respectées. Il sera public.
audit-conduct-decide-consequence = La décision est aussitôt publique et ne peut être reprise.
audit-conduct-decide-will = ce qui a été décidé, et le motif.
audit-conduct-decide-act = Enregistrer cette décision
audit-conduct-wrong-decision = Choisissez la suite.
audit-conduct-abandon-title = Abandonner le tour { $round }
audit-conduct-abandon-answer = On abandonne un tour qui ne peut être achevé tel qu’il a été tiré.
audit-conduct-abandon-consequence = Le tour reste visible avec ses tirages et votre motif. Rien de ce qui y a été lu ne compte, et les phrases secrètes de ses équipes prennent fin.
audit-conduct-abandon-fresh = Le prochain tour demande une nouvelle graine.
audit-conduct-abandon-same = Le prochain tour continue avec la même graine, après les tirages de celui-ci.
audit-conduct-abandon-will = que le tour a été abandonné, et pourquoi.
audit-conduct-abandon-act = Abandonner le tour

## Comptage manuel intégral
audit-conduct-hand-title = Ce que le comptage manuel intégral a trouvé
audit-conduct-hand-answer = Saisissez les voix de chaque choix et qui a gagné. L’audit se termine ainsi.
audit-conduct-hand-winners = Gagnants : { $count }
audit-conduct-hand-ranked = Saisissez les premières préférences.
audit-conduct-reported = Annoncé
audit-conduct-hand-votes = Compté à la main
audit-conduct-hand-won = A gagné
audit-conduct-hand-consequence = Le résultat du comptage manuel figure à côté du résultat annoncé, visible de tous, et l’audit se termine.
audit-conduct-hand-will = les voix et les gagnants de chaque scrutin comptés à la main.
audit-conduct-hand-act = Terminer l’audit avec ce comptage
audit-conduct-wrong-count = Saisissez les voix en nombre entier ; 0 s’il n’y en a pas.
audit-conduct-wrong-winners = { $contest } : dites qui a gagné. Gagnants : { $count }.
