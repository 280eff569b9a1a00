results-desk-columns-answer = { $used } colonnes sur { $columns } de { $file } sont lues.
results-desk-columns-doubts = { $count ->
    [0] Vérifiez que chaque colonne est bien ce qui est dit, puis continuez.
    [one] L’une est douteuse et marquée : regardez-la d’abord.
   *[other] { $count } sont douteuses et marquées : regardez-les d’abord.
 }
results-desk-columns-title = Ce qu’est chaque colonne
results-desk-columns-values = Valeurs
results-desk-columns-role = Est
results-desk-columns-by-row = Le fichier ne nomme pas de bureaux de vote : chaque ligne en est un.
results-desk-columns-again = Montrer de nouveau avec ces colonnes
results-desk-columns-experts = Pour les spécialistes : toute la correspondance en fichier
results-desk-roles-station = Bureau de vote
results-desk-roles-votes = Voix
results-desk-roles-lines = Lignes du procès-verbal
results-desk-role-out = Ne pas lire
results-desk-role-code-1 = Code du bureau de vote
results-desk-role-code-2 = Deuxième partie du code
results-desk-role-code-3 = Autre partie du code
results-desk-role-name = Nom du bureau de vote
results-desk-role-place = Lieu au-dessus (région, district)
results-desk-role-part = Partie comptée à part
results-desk-role-contest = Nom du scrutin
results-desk-role-contestant = Voix d’un candidat
results-desk-role-who = Nomme le candidat, une ligne pour chacun
results-desk-role-votes = Voix du candidat de la ligne
results-desk-role-group = Parti ou liste du candidat de la ligne
results-desk-role-doubt = À regarder
results-desk-role-proposed = La proposition était : { $role }.
results-desk-role-wrong-no-code = Aucune colonne n’est le code du bureau de vote. Choisissez-en une ci-dessus, ou dites que chaque ligne est un bureau de vote.
results-desk-role-wrong-twice = Une autre colonne est déjà « { $role } ». Choisissez autre chose pour l’une des deux.
results-desk-role-wrong-no-numbers = Aucune colonne ne contient de voix ni de ligne du procès-verbal. Choisissez ce que sont les colonnes de nombres.
results-desk-role-wrong-half-long = Un fichier avec une ligne par candidat a besoin des deux : une colonne du candidat et une des voix.
results-desk-role-wrong-wide-and-long = Les voix figurent déjà dans leur propre colonne. Ne lisez pas celle-ci, ou revenez sur l’autre.
results-desk-role-wrong-other-file = Ces colonnes ne sont pas celles du fichier. Regardez de nouveau la page et choisissez.
results-desk-like-title = Lu comme un fichier précédent
results-desk-like-text = Toutes les colonnes de ce fichier-là sont dans celui-ci. Il a été enregistré :
results-desk-like-anew = Proposer de nouveau
