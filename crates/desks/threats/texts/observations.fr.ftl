# Ce qu’une organisation a vu elle-même, comparé à ce qui est partagé.
observed-title = Ce que nous avons vu
observed-none-yet = Apportez des adresses, des noms, des liens ou des empreintes de vos propres journaux. Ils sont comparés à chaque signe partagé avec vous, maintenant et pendant le mois qui vient.
observed-no-match = { $count ->
    [one] Rien de ce qui est partagé avec vous ne correspond à l’unique élément apporté.
   *[other] Rien de ce qui est partagé avec vous ne correspond aux { $count } éléments apportés.
  }
observed-answer = { $signs ->
    [one] Un signe partagé correspond à ce que vous avez apporté.
   *[other] { $signs } signes partagés correspondent à ce que vous avez apporté.
  } { $count ->
    [one] Vous avez apporté un élément.
   *[other] Vous avez apporté { $count } éléments.
  }
observed-matches = Signes qui correspondent
observed-sign = Signe
observed-yours = Ce que vous avez vu
observed-state = Maintenant
observed-when = Trouvé
observed-todo = Ouvrez un signe pour lire ce qu’il veut dire et ce qu’il faut faire. De là, vous pouvez dire à sa source que vous l’avez vu aussi, ou que c’est une fausse alerte.
observed-bring = Apporter ce que vous avez vu
observed-text = Adresses, noms, liens, empreintes
observed-text-hint = Un par ligne, ou un texte où ils figurent. Les formes comme hxxp://nom[.]example sont comprises.
observed-look = Chercher les correspondances
observed-file = Un fichier
observed-file-hint = Données observées de STIX (JSON), table CSV ou texte ; { $max } Mio au plus.
observed-look-file = Parcourir le fichier
observed-stays = Cela reste chez vous
observed-stays-text = Ce que vous apportez n’est ni partagé ni inscrit au registre. C’est supprimé après { $days } jours, et personne d’autre n’apprend ce qui correspondait.
observed-kept = Ce qui est gardé
observed-kept-text = { $count ->
    [one] Un élément, apporté en dernier
   *[other] { $count } éléments, apportés en dernier
  }
observed-forget = Tout supprimer maintenant
observed-ask = Les personnes qui partagent pour votre organisation peuvent apporter ce qu’elle a vu.
observed-nothing = Rien n’y a été trouvé à quoi un signe pourrait correspondre : ni adresse, ni nom, ni lien, ni empreinte.
observed-too-much = C’est plus que ce qui est pris en une fois : { $count } éléments et { $max } Mio au plus. Divisez-le.
observed-form = Impossible à lire : { $why }
observed-full = Votre organisation a apporté autant qu’il est gardé ({ $max } Mio). Supprimez ce qui y est, ou attendez que cela parte.
observed-task = { $count ->
    [one] Un signe partagé correspond à ce que vous avez vu
   *[other] { $count } signes partagés correspondent à ce que vous avez vu
  }
observed-task-hint = Cela figure dans vos propres journaux : regardez aujourd’hui.
