# What messages of alerts say. Short: each letter of an SMS costs.
sent-kind-alert = Alerte
sent-kind-update = Mise à jour
sent-kind-cancel = Annulation : alerte
sent-marked-exercise = EXERCICE EXERCICE EXERCICE. Ceci est un exercice. Rien de ce qui suit ne s’est produit.
sent-marked-test = TEST TEST TEST. Ceci vérifie seulement que les messages arrivent. Ne faites rien.
sent-until = Valable jusqu’au { $until }.
sent-link = Lisez-la et confirmez que vous l’avez lue :
sent-verify = Pour vérifier qu’elle est authentique : ouvrez la page enregistrée verify.html, mettez-y le fichier joint qui finit par .bundle et le texte de votre carte. S’il n’y en a pas, la page de l’alerte l’a. Ce message a été envoyé par un programme ; les réponses ne sont pas lues.
sent-test-title = essai de la passerelle
sent-test-text = Ce message vérifie la passerelle des alertes. Ne faites rien.
sent-call = Sans réponse jusqu’ici dans { $area }, bureaux de vote : { $stations }. Veuillez les appeler.
