# What refusals of the exchange say.
# Not reviewed by a native speaker.
error-scr-thr-001 = Votre organisation n’est pas membre de cette communauté.
error-scr-thr-002 = Il n’y a pas de telle communauté.
error-scr-thr-003 = Ce nom ne peut servir. Un code a des minuscules, des chiffres et des traits d’union, 40 au plus ; un nom 200 caractères au plus.
error-scr-thr-004 = Une communauté a déjà ce code. Choisissez-en un autre.
error-scr-thr-005 = Une communauté est fondée par 2 à 100 organisations, dont la vôtre.
error-scr-thr-006 = C’est déjà ainsi : rien ne changerait.
error-scr-thr-007 = Il n’y a pas de telle proposition.
error-scr-thr-008 = C’est déjà décidé, ou votre organisation l’a déjà dit.
error-scr-thr-009 = Il s’agit de votre organisation, qui n’a pas voix.
error-scr-thr-010 = Ce n’est pas pour votre rôle. Les décisions reviennent à un responsable ; responsables, superviseurs et opérateurs partagent.
error-scr-thr-011 = Les règles ne sont pas complètes : un texte de 8 000 caractères au plus, et une part de 50 à 99 pour cent. Une exclusion demande une raison.
error-scr-thr-012 = Il n’y a pas de telle collection.
error-scr-thr-013 = Votre organisation peut lire cette collection, et non y ajouter.
error-scr-thr-014 = La collection ne peut servir ainsi : il lui faut un titre, et un nom court qu’aucune autre n’a.
error-scr-thr-016 = Tous les fondateurs n’ont pas encore rejoint.
error-scr-thr-017 = Il n’y a rien à partager.
error-scr-thr-018 = Il y en a trop : membres, collections ou propositions ouvertes.
error-scr-thr-019 = Ceci ne peut être partagé : { $what }
error-scr-thr-020 = Votre organisation n’est pas gardienne de cette communauté.
error-scr-thr-021 = Il n’y a pas de tel pseudonyme, ou pas de telle demande.
error-scr-thr-022 = Un second gardien doit consentir ; vous étiez le premier.
error-scr-thr-023 = Ce pseudonyme ne peut servir, ou un autre membre l’utilise.
error-scr-thr-024 = Ce jour est passé, ou dans plus de dix ans.
error-scr-thr-025 = Il n’y a pas de tel objet, ou aucun pour vous.
error-scr-thr-041 = La ligne { $line } de ce qui est surveillé ne peut pas être lue, ou il y a trop de lignes : « { $text } ».
error-scr-thr-070 = Une demande sur ce pseudonyme est déjà ouverte.
error-scr-thr-072 = Cette copie est impossible : { $what ->
    [redact-kind] d’autres renvoient aux objets de ce type pour ce qu’ils disent.
    [redact-revoked] l’objet a été retiré.
    [redact-required-reference] il mène à quelque chose que les lecteurs de la copie ne peuvent pas voir, et il ne peut s’en passer.
    [redact-unidentified] il ne resterait rien à quoi le reconnaître.
   *[other] ce qui resterait ne serait pas un objet correct.
 }
error-scr-thr-073 = Cela ne peut pas être omis, car l’objet ne peut s’en passer ou n’a pas cette partie : { $what }
error-scr-thr-074 = Une partie qui reste est destinée à moins de lecteurs que la copie : { $what }. Omettez-la, ou choisissez une étiquette plus étroite.
error-scr-thr-075 = Ce qui est omis ({ $what }) figure encore dans la copie : { $where }. Omettez cela aussi.
error-scr-thr-076 = Quelque chose d’omis ({ $what }) peut encore se voir dans : { $where }. Regardez chaque point, et cochez la case.
error-scr-thr-077 = La copie irait plus loin que l’objet, qui est à un autre membre. Seule sa source peut élargir son étiquette.
error-scr-thr-078 = L’identifiant de l’original est fait de son contenu : qui devine ce que vous omettez pourrait le vérifier. Ne nommez pas l’original.
error-scr-thr-079 = Il ne reçoit pas de jour : il est déjà public, ou a été partagé sous un pseudonyme qu’un jour trahirait.
error-scr-thr-080 = Une partie a une étiquette plus étroite que le reste. Faites une copie sans elle, et fixez un jour pour la copie.
error-scr-thr-090 = Ce fichier n’est ni un vocabulaire ni une liste d’avertissement : { $why }
error-scr-thr-091 = Importent des vocabulaires ceux qui gèrent cette installation, et les responsables des organes électoraux et des équipes de sécurité.
error-scr-thr-092 = Le fichier est trop grand : au plus { $max } Mio sont lus.
error-scr-thr-093 = Il y a déjà { $max } vocabulaires : pas un de plus n’est pris.
error-scr-thr-094 = Il n’y a ici aucun vocabulaire de ce nom, ou aucun mot de ce nom dans celui-ci.
error-scr-thr-110 = Ce qui est dit du journal ne va pas : il faut un nom, une adresse qui commence par https://, et un début qui est un nombre ; une décision a besoin d’une raison.
error-scr-thr-111 = La clé publique ne peut pas être lue. C’est la clé en base64, comme dans les listes de journaux : ECDSA sur P-256, ou RSA.
error-scr-thr-112 = Ce journal est déjà suivi, ou il y a { $max } journaux.
error-scr-thr-113 = Il n’y a pas de tel journal.
error-scr-thr-114 = Il n’y a rien à décider au sujet de ce journal.
error-scr-thr-115 = Il n’y a pas de tel nom, ou il a été mis en ordre.
error-scr-thr-050 = Cette source n’existe pas, ou n’est pas de votre organisation.
error-scr-thr-051 = Cette adresse ne convient pas. Elle commence par https://, nomme un serveur et ne contient ni utilisateur ni mot de passe.
error-scr-thr-052 = Ces identifiants ne conviennent pas : une partie manque, est trop longue, ou contient un signe qui ne peut être envoyé.
error-scr-thr-053 = La fréquence va d’une fois par minute à une fois par semaine.
error-scr-thr-054 = Votre organisation a déjà 50 sources. Retirez-en une d’abord.
error-scr-thr-055 = L’autre serveur ne donne rien : { $what }.
error-scr-thr-056 = On n’a pas dit à la source où vont ses objets, ou elle est en pause.
error-scr-thr-057 = Cette collection n’est pas sur le serveur de cette source. Choisissez-en une parmi celles qu’il offre.
