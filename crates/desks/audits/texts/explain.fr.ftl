# Explanations of discrepancies
audit-explain-title = Écarts
audit-explain-none = Rien de ce qui a été lu ne diffère de ce que les machines ont annoncé, ou aucun tour n’est encore clos.
audit-explain-missing = { $missing ->
    [0] Chaque écart a une explication. Ce qui est écrit ici figure sur la page publique.
   *[other] { $missing } écarts sur { $all } n’ont pas encore d’explication. Ce qui est écrit ici figure sur la page publique.
 }
audit-explain-words = Quelle en est la raison ?
audit-explain-hint = Ce que l’on a constaté en regardant, sans noms, adresses ni numéros de téléphone.
audit-explain-send = Enregistrer cette explication
