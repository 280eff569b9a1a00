# Lo que una organización ha visto ella misma, comparado con lo que se comparte.
observed-title = Lo que hemos visto
observed-none-yet = Traiga direcciones, nombres, enlaces o huellas de sus propios registros. Se comparan con cada señal que se comparte con usted, ahora y durante el próximo mes.
observed-no-match = { $count ->
    [one] Nada de lo que se comparte con usted coincide con lo único que ha traído.
   *[other] Nada de lo que se comparte con usted coincide con las { $count } cosas que ha traído.
  }
observed-answer = { $signs ->
    [one] Una señal compartida coincide con lo que ha traído.
   *[other] { $signs } señales compartidas coinciden con lo que ha traído.
  } { $count ->
    [one] Ha traído una cosa.
   *[other] Ha traído { $count } cosas.
  }
observed-matches = Señales que coinciden
observed-sign = Señal
observed-yours = Lo que ha visto
observed-state = Ahora
observed-when = Encontrado
observed-todo = Abra una señal para leer qué significa y qué hacer. Desde allí puede decir a su fuente que también la ha visto, o que es una falsa alarma.
observed-bring = Traer lo que ha visto
observed-text = Direcciones, nombres, enlaces, huellas
observed-text-hint = Uno por línea, o un texto en el que aparezcan. Se entienden formas como hxxp://nombre[.]example.
observed-look = Buscar coincidencias
observed-file = Un archivo
observed-file-hint = Datos observados de STIX (JSON), tabla CSV o texto; como máximo { $max } MiB.
observed-look-file = Revisar el archivo
observed-stays = Se queda con usted
observed-stays-text = Lo que trae no se comparte ni se inscribe en el registro. Se elimina después de { $days } días, y nadie más sabe con qué coincidió.
observed-kept = Lo que se guarda
observed-kept-text = { $count ->
    [one] Una cosa, traída por última vez
   *[other] { $count } cosas, traídas por última vez
  }
observed-forget = Eliminarlo todo ahora
observed-ask = Las personas que comparten por su organización pueden traer lo que ha visto.
observed-nothing = No se encontró nada con lo que una señal pudiera coincidir: ninguna dirección, nombre, enlace ni huella.
observed-too-much = Es más de lo que se toma de una vez: como máximo { $count } cosas y { $max } MiB. Divídalo.
observed-form = No se puede leer: { $why }
observed-full = Su organización ha traído tanto como se guarda ({ $max } MiB). Elimine lo que hay, o espere a que se vaya.
observed-task = { $count ->
    [one] Una señal compartida coincide con lo que ha visto
   *[other] { $count } señales compartidas coinciden con lo que ha visto
  }
observed-task-hint = Está en sus propios registros: mírelo hoy.
