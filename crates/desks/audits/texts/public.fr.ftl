# The public pages of audits
audit-public-list = Audits
audit-public-list-title = Audits de résultats électoraux
audit-public-list-answer = Des personnes regardent des bulletins papier, tirés avec des dés en public, et vérifient si le résultat annoncé est exact. Chaque étape figure au registre public.
audit-public-home = Accueil
audit-public-none = Aucun audit n’est encore enregistré.
audit-public-plan-title = Combien de travail demanderait un audit ?
audit-public-plan-text = Saisissez les voix d’un scrutin et voyez combien de bulletins seraient examinés, méthode par méthode.
audit-public-plan-link = Planifier un audit
audit-public-less-than = moins de { $risk }
audit-public-phase-draft = en préparation
audit-public-phase-committed = engagé, graine à tirer
audit-public-phase-seeded = graine tirée
audit-public-phase-round-open = lecture des bulletins en cours
audit-public-phase-round-closed = tour compté
audit-public-phase-full-hand-count = décompte manuel complet
audit-public-phase-finished = terminé
audit-public-answer-draft = Cet audit est en préparation. Rien n’est encore tiré.
audit-public-answer-reopened = Cet audit a été rouvert : la version { $version } est en préparation. Ce qui précède reste au registre.
audit-public-answer-committed = Tout est fixé. Ensuite, les dés sont lancés en public.
audit-public-answer-seeded = Les dés sont lancés. Les bulletins à examiner en découlent.
audit-public-answer-open = Le tour { $round } est en cours : { $read } { $unit ->
        [batches] lots
        *[ballots] bulletins
    } sur { $due } sont lus.
audit-public-answer-met = Le tour { $round } est compté et toutes les limites sont respectées. Une décision est attendue.
audit-public-answer-not-met = Le tour { $round } est compté. Ce qui a été lu ne suffit pas encore pour être sûr ; cela ne dit rien contre le résultat. Une décision est attendue.
audit-public-answer-full = Tout est recompté à la main.
audit-public-answer-counted = Tout a été compté à la main. Le résultat figure dans le dossier ci-dessous.
audit-public-answer-confirmed = { $contests ->
        [one] L’audit confirme le résultat annoncé.
        *[other] L’audit confirme les résultats annoncés.
    }
audit-public-answer-means = Si un résultat annoncé avait été faux, la probabilité que cet audit s’achève sans décompte manuel complet était d’au plus { $limit }.
audit-public-read = examinés par des personnes
audit-public-agree = concordent exactement
audit-public-differ = diffèrent
audit-public-checked = Ce qui a été vérifié
audit-public-opportunistic = Mesuré sur ce qui a été tiré pour d’autres scrutins ; l’audit ne se poursuit pas pour lui.
audit-public-choice = Choix
audit-public-votes = Voix annoncées
audit-public-by-machine = Dans ce qui a été lu : par machine
audit-public-by-hand = Dans ce qui a été lu : par des personnes
audit-public-won = annoncé élu
audit-public-goes-on = annoncé au second tour
audit-public-seats = { $seats ->
        [one] un siège annoncé
        *[other] { $seats } sièges annoncés
    }
audit-public-votes-title = { $contest } : voix annoncées
audit-public-votes-subtitle = { $ballots } bulletins pouvaient porter ce scrutin
audit-public-after-round = Après le tour { $round } :
audit-public-limit = limite { $limit }
audit-public-limit-text = Limite de risque : { $limit }. Un risque figure ici dès qu’un tour est clos.
audit-public-risk-title = Risque mesuré : { $risk }
audit-public-risk-subtitle = La probabilité de voir ce qui a été vu si le résultat était faux ; plus elle est petite, plus on est sûr, et la zone grisée suffit.
audit-public-round = Tour
audit-public-round-n = tour { $round }
audit-public-board-n = équipe { $board }
audit-public-risk = Risque
audit-public-met = respectée
audit-public-not-met = pas encore respectée
audit-public-claims = { $count ->
        [one] Un énoncé signifie le résultat, dans les termes du calcul
        *[other] { $count } énoncés signifient ensemble le résultat, dans les termes du calcul
    }
audit-public-claim = Énoncé
audit-public-no-contest = Aucun scrutin n’est encore choisi.
audit-public-sure-title = À quel point cela nous rend-il sûrs ?
audit-public-sure-text = Une limite de risque est fixée avant le tirage. On tire et on lit du papier jusqu’à ce que la probabilité d’avoir vu cela par hasard, avec un résultat faux, soit sous la limite, ou jusqu’à un décompte manuel complet. Celui-ci corrige un résultat faux.
audit-public-sure-not = Ce qu’il ne dit pas : si chacun a pu voter, et si le papier est complet. Il dit si le comptage de ce papier a mené au bon résultat.
audit-public-differences = Où les personnes et les machines diffèrent
audit-public-differences-text = { $differ } { $unit ->
        [batches] lots
        *[ballots] bulletins
    } sur { $compared } diffèrent. Annoncé moins lu par des personnes : un plus signifie que les machines en avaient davantage. Le risque mesuré tient compte de chacun.
audit-public-place = Lieu
audit-public-change = Annoncé moins lu
audit-public-why = Explication
audit-public-together = compté avec { $count } lots ensemble
audit-public-missing = introuvable ; compté comme le plus grand écart possible
audit-public-absent = des personnes ne trouvent pas ce scrutin sur le bulletin ; compté comme le plus grand écart possible
audit-public-ranks = machine : { $reported } ; personnes : { $read }
audit-public-unexplained = pas encore d’explication
audit-public-more = { $count } autres figurent dans le rapport :
audit-public-rounds = Tours
audit-public-draws = Tirages
audit-public-to-read = À lire
audit-public-state = État
audit-public-round-abandoned = abandonné ; rien n’y compte
audit-public-round-stop = clos ; l’audit est terminé
audit-public-round-next = clos ; un autre tour a suivi
audit-public-round-full = clos ; tout est compté à la main
audit-public-round-closed = clos ; une décision est attendue
audit-public-round-open = ouvert
audit-public-places = Circonscriptions
audit-public-places-text = { $signed } circonscriptions sur { $all } ont signé ce qu’elles ont remis : { $ballots } bulletins.
audit-public-places-show = { $count ->
    [one] Montrer la circonscription
   *[other] Montrer { $count } circonscriptions
 }
audit-public-batches = Lots
audit-public-ballots = Bulletins
audit-public-signed = Signé
audit-public-unread = À lire
audit-public-yes = oui
audit-public-no = non
audit-public-events = Ordre des événements
audit-public-events-count = { $count } événements, chacun avec son sceau.
audit-public-all-events = Tous les événements, depuis le premier
audit-public-step-resolve = la circonscription a tranché ce sur quoi ses membres n’étaient pas d’accord
audit-public-step-combine = des lots sont comptés ensemble
audit-public-decision-stop = l’audit se termine
audit-public-decision-next-round = un autre tour
audit-public-decision-full-hand-count = décompte manuel complet
audit-public-check = Vérifiez vous-même
audit-public-check-text = Le dossier contient tout ce qui a été fixé avant les dés, chaque tirage et tout ce que des personnes ont lu. Cette commande tire et mesure tout à nouveau, sur n’importe quel ordinateur, sans interroger ce serveur :
audit-public-check-later = Dès que tout est engagé, le dossier peut être téléchargé ici et vérifié par chacun.
audit-public-record = Dossier d’audit (JSON)
audit-public-sampler = Ce dont on a tiré (JSON)
audit-public-report = Rapport par sections (CSV)
audit-public-cvrs = Bulletins numérisés de
audit-public-cvrs-later = Les bulletins numérisés ne sont pas publiés. D’ici là, qui vérifie le dossier doit les demander aux circonscriptions.
audit-public-log = Enregistré dans le journal
audit-public-method-batch-comparison = Comparaison de lots
audit-public-method-ballot-comparison = Comparaison de bulletins
audit-public-method-ballot-comparison-colorado = Comparaison de bulletins comme au Colorado
audit-public-method-ballot-polling = Sondage de bulletins
audit-public-method-minerva = Sondage de bulletins (Minerva)
audit-public-method-providence = Sondage de bulletins (Providence)
audit-public-method-assertion-polling = Sondage de bulletins par assertions
audit-public-method-assertion-comparison = Comparaison de bulletins par assertions
audit-public-method-hybrid = Comparaison et sondage ensemble
audit-public-means-batch-comparison = Des lots entiers de papier sont tirés et comptés à la main ; chaque compte est comparé à celui annoncé.
audit-public-means-ballot-comparison = Des bulletins sont tirés un à un et lus par des personnes ; chacun est comparé à ce qu’une machine a enregistré de ce bulletin.
audit-public-means-ballot-comparison-colorado = Des bulletins sont tirés un à un et lus par des personnes ; chacun est comparé à ce qu’une machine a enregistré de ce bulletin.
audit-public-means-ballot-polling = Des bulletins sont tirés un à un et lus par des personnes, comme dans un sondage : les élus ont-ils assez de voix dans l’échantillon ?
audit-public-means-minerva = Des bulletins sont tirés un à un et lus par des personnes, comme dans un sondage : les élus ont-ils assez de voix dans l’échantillon ?
audit-public-means-providence = Des bulletins sont tirés un à un et lus par des personnes, comme dans un sondage : les élus ont-ils assez de voix dans l’échantillon ?
audit-public-means-assertion-polling = Des bulletins sont tirés un à un et lus par des personnes ; on y teste des énoncés qui, ensemble, signifient le résultat.
audit-public-means-assertion-comparison = Des bulletins sont tirés un à un, lus par des personnes et comparés à ce qu’une machine a enregistré ; on y teste des énoncés qui, ensemble, signifient le résultat.
audit-public-means-hybrid = Là où des machines ont enregistré chaque bulletin, on compare ; les autres sont sondés.
audit-public-count = Comment les voix ont été comptées
audit-public-count-link = Comment les voix ont été comptées, tour par tour
audit-public-count-answer = Du premier tour au dernier, comme les machines ont compté ce qui a été fixé. L’audit vérifie si le résultat est juste.
audit-public-count-none = Rien ici n’a été compté par tours : est élu qui a le plus de voix.
audit-public-count-ranked = { $rounds ->
        [one] { $winner } est élu au premier tour.
        *[other] { $winner } est élu après { $rounds } tours. Après chaque tour, qui a le moins de voix est éliminé, et chacun de ces bulletins compte pour le choix suivant qu’il porte.
    }
audit-public-count-round = Tour { $round } : éliminé : { $who }
audit-public-count-last = Tour { $round } : élu : { $who }
audit-public-count-subtitle = { $votes } bulletins comptent pour quelqu’un, { $exhausted } pour personne qui reste
audit-public-count-votes = Bulletins
audit-public-count-out = éliminé
audit-public-count-exhausted = Pour personne qui reste
audit-public-count-lists = { $seats } sièges vont aux listes, l’un après l’autre
audit-public-count-lists-subtitle = Sièges par liste
audit-public-count-seats = { $seats ->
        [one] un siège
        *[other] { $seats } sièges
    }
audit-public-count-seats-head = Sièges
audit-public-count-how = Chaque siège va à la liste au plus grand quotient : ses voix divisées par un diviseur qui croît avec chacun de ses sièges.
audit-public-count-order = Les sièges dans leur ordre
audit-public-count-seat = Siège
audit-public-count-quotient = Voix sur diviseur
