error-scr-rsp-070 = Cette évaluation n'existe pas.
error-scr-rsp-071 = { $factor } : choisissez une réponse.
error-scr-rsp-072 = Dites quand s'ouvre le scrutin : en heures entières, ou choisissez une élection avec son heure d'ouverture.
error-scr-rsp-073 = Dites combien d'électeurs sont concernés, en nombre entier ; 0 si aucun.
error-scr-rsp-074 = Donnez un titre d'au plus 200 octets que tous peuvent lire.
error-scr-rsp-075 = Ces réglages ne conviennent pas : sept seuils décroissent de 100 au plus à 0, la demi-durée vaut au moins une minute, et cinq nombres d'électeurs croissent à partir de 1.
error-scr-rsp-076 = Cette élection n'existe pas. Choisissez-en une dans la liste, ou aucune.
error-scr-rsp-077 = Seuls les responsables et les superviseurs enregistrent des évaluations. Demandez à l'un d'eux.
