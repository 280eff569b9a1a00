alerts-nav = Alertas
alertnet-home-title = A quién se llega
alertnet-home-answer = Mesas de votación, personas a las que llegar y línea de autoridad de cada elección.
alertnet-home-none = Todavía no hay ninguna elección
alertnet-home-none-text = Una elección se define en la mesa de resultados. Después se importan aquí sus mesas de votación.
alertnet-election = Elección
alertnet-day = Día
alertnet-state = Estado
alertnet-state-empty = Sin mesas de votación
alertnet-state-no-contacts = Sin contactos
alertnet-state-renew = Contactos por renovar
alertnet-state-ready = Listo
alertnet-stations = Mesas de votación
alertnet-areas = Zonas
alertnet-voters = Votantes inscritos
alertnet-number = Número
alertnet-name = Nombre
alertnet-unit = Código en el registro
alertnet-area = Zona
alertnet-overview-answer = { $stations ->
    [one] Una mesa de votación
   *[other] { $stations } mesas de votación
} en { $areas ->
    [one] una zona
   *[other] { $areas } zonas
}; { $reached } tienen un contacto vigente.
alertnet-overview-empty = Todavía no se ha importado nada: empiece por las mesas de votación.
alertnet-tasks = Lo que debe haber antes de una alerta
alertnet-task-done = Hecho
alertnet-task-missing = Pendiente
alertnet-task-later = Más tarde
alertnet-task-stations = Mesas de votación y zonas
alertnet-task-stations-none = Del registro de mesas de votación o de dos listas.
alertnet-task-stations-hint = { $stations } mesas de votación, { $areas } zonas
alertnet-task-contacts = Contactos
alertnet-task-contacts-hint = { $reached } de { $stations } mesas de votación tienen un contacto vigente
alertnet-task-line = Línea de autoridad
alertnet-task-line-set = Fijada para esta elección
alertnet-task-line-default = Sin fijar: vale la línea habitual
alertnet-task-kit = Carpeta impresa para las mesas
alertnet-task-kit-hint = { $printed } hojas selladas impresas para { $stations } mesas de votación, generación { $generation }
alertnet-version-title = Mesas de votación vigentes
alertnet-version = Versión
alertnet-reason = Motivo
alertnet-reason-hint = Por qué esta versión reemplaza a la anterior. Cualquiera puede leerlo.
alertnet-stations-title = Mesas de votación
alertnet-stations-in = { $name } ({ $code }): { $stations } mesas de votación.
alertnet-stations-all = { $stations } mesas de votación en todas las zonas.
alertnet-all-areas = Todas las zonas
alertnet-areas-below = Zonas dentro
alertnet-more-areas = { $more ->
    [one] { $more } zona más
   *[other] { $more } zonas más
 }: elija primero una mayor.
alertnet-areas-csv = Zonas en CSV
alertnet-no-contact = Ninguno
alertnet-contact-count = { $count ->
    [one] Un contacto
   *[other] { $count } contactos
}
alertnet-import-title = Importar mesas de votación
alertnet-import-again = Importar de nuevo
alertnet-import-answer = Tómelas del registro anotado para esta elección, o traiga dos listas.
alertnet-from-registry = Del registro de mesas de votación
alertnet-from-registry-text = La versión { $version } del registro tiene { $units } mesas de votación. Las zonas se forman con los lugares por encima de ellas.
alertnet-no-registry = No hay registro de mesas de votación anotado para esta elección. Se importa en la mesa de resultados.
alertnet-act-registry = Tomar el registro
alertnet-from-files = De dos listas
alertnet-from-files-text = Primero las zonas, después las mesas de votación. CSV, UTF-8, la primera fila nombra las columnas.
alertnet-file-areas = Lista de zonas
alertnet-file-areas-hint = Como máximo { $max } MB. Columnas:
alertnet-file-stations = Lista de mesas de votación
alertnet-file-stations-hint = Números inferiores a un millón. Solo las tres primeras columnas son necesarias; con coordenadas (grados decimales) hay un mapa. Columnas:
alertnet-placed = { $count } de { $stations } mesas de votación tienen coordenadas: están en el mapa de la llegada de una alerta.
alertnet-read = Leído
alertnet-areas-wait = { $areas } zonas esperan sus mesas de votación.
alertnet-areas-kept = Sin una lista nueva quedan las { $areas } zonas de la versión { $version }.
alertnet-act-areas = Leer las zonas
alertnet-act-stations = Leer las mesas de votación
alertnet-nothing-yet = Todavía no se anota nada
alertnet-nothing-yet-text = Verá lo que cambiará antes de confirmar.
alertnet-cancel = Cancelar
alertnet-problem = Error
alertnet-problems = Lo que está mal
alertnet-problem-value = Dice: { $value }
alertnet-problem-closest = Quizá: { $closest }
alertnet-place-row = , fila { $row }
alertnet-place-column = , columna { $column }
alertnet-wrong-problems = El archivo no se puede tomar como está. Todo lo que está mal figura abajo.
alertnet-wrong-file = Elija un archivo.
alertnet-wrong-utf8 = El archivo no es texto UTF-8. Guárdelo como CSV UTF-8.
alertnet-wrong-areas-first = Lea primero la lista de zonas.
alertnet-wrong-until = Indique un día desde hoy, como máximo dentro de trece meses.
alertnet-source-registry = Registro de mesas de votación, versión { $version }
alertnet-check-title = Lo que cambiará
alertnet-check-answer = { $stations } mesas de votación en { $areas } zonas, { $voters } votantes inscritos.
alertnet-changes = Frente a la versión anterior
alertnet-changes-none = Ninguna mesa llega, se va ni cambia de zona; difieren nombres o números de votantes.
alertnet-change-added = Mesas añadidas
alertnet-change-gone = Mesas que ya no están
alertnet-change-moved = Mesas en otra zona
alertnet-change-areas-added = Zonas añadidas
alertnet-change-areas-gone = Zonas que ya no están
alertnet-changes-some = Algunas de ellas
alertnet-area-before = Zona antes
alertnet-area-now = Zona ahora
alertnet-new = nueva
alertnet-gone = ya no está
alertnet-reassigned = { $count ->
    [one] Un número pertenece ahora a otra mesa
   *[other] { $count } números pertenecen ahora a otra mesa
}
alertnet-reassigned-text = Una hoja sellada con tal número sería de otra mesa. Conserve los números o imprima una nueva generación de hojas.
alertnet-record-network = La lista de zonas y mesas de votación, que cualquiera puede leer, como versión siguiente.
alertnet-act-record = Anotar
alertnet-act-other-file = Otro archivo
alertnet-act-look = Revisar el archivo
alertnet-contacts-title = Contactos
alertnet-contacts-answer = { $all ->
    [one] { $all } contacto
   *[other] { $all } contactos
 }; { $reached ->
    [one] { $reached } de { $stations } mesas de votación tiene uno vigente.
   *[other] { $reached } de { $stations } mesas de votación tienen uno vigente.
 }
alertnet-contacts-import = Importar contactos
alertnet-contacts-import-answer = Una fila por persona u oficina. Todo lo que está mal se dice de una vez.
alertnet-contacts-none = Aquí no hay contactos
alertnet-contacts-none-text = Sin contacto, una alerta no llega a nadie por mensaje ni por teléfono.
alertnet-contacts-check = Revisar los contactos
alertnet-contacts-check-answer = { $total } contactos para { $stations } de { $all } mesas de votación.
alertnet-preview = Las primeras filas
alertnet-contact-new = Añadir un contacto
alertnet-contact-new-answer = Para una mesa de votación o una zona. Rellene una de las dos.
alertnet-stations-first = Importe primero las mesas de votación
alertnet-show = Mostrar
alertnet-show-all = Todos
alertnet-show-ending = Por renovar
alertnet-holder = Para
alertnet-holder-station = { $number } { $name }
alertnet-holder-area = { $name } ({ $code })
alertnet-who = Quién
alertnet-function = Función
alertnet-reached-by = Se llega por
alertnet-gets = Recibe
alertnet-until = Válido hasta
alertnet-until-hint = El último día, como máximo dentro de trece meses. Después el contacto no se usa.
alertnet-over = Terminado
alertnet-ending = Termina pronto
alertnet-in-force = Vigente
alertnet-renew = Renovar
alertnet-renew-all = Renovar todos estos
alertnet-renew-notice = { $expired ->
    [one] { $expired } contacto ha terminado y no se usa
   *[other] { $expired } contactos han terminado y no se usan
 }; { $ending ->
    [one] { $ending } termina en 30 días
   *[other] { $ending } terminan en 30 días
 }
alertnet-renew-notice-text = Pregunte si siguen siendo correctos antes de renovarlos.
alertnet-record-renew = { $count ->
    [one] { $count } contacto con su nuevo último día. Quién es queda en privado.
   *[other] { $count } contactos con su nuevo último día. Quiénes son queda en privado.
 }
alertnet-act-renew = Renovar
alertnet-remove = Quitar
alertnet-remove-text = El contacto no se usa desde entonces. Lo anotado antes queda sellado hasta que se borre, lo que aprueban otras dos personas.
alertnet-act-remove = Quitar este contacto
alertnet-superseded = Contactos anteriores que se pueden borrar
alertnet-superseded-text = Otros han tomado su lugar; nada los necesita. El borrado destruye su clave y necesita dos aprobaciones.
alertnet-superseded-entry = Asiento { $index }
alertnet-file = Lista de contactos
alertnet-file-hint = CSV, UTF-8, como máximo { $max } MB y { $rows } filas.
alertnet-columns = Columnas de la lista
alertnet-column-must = obligatoria
alertnet-column-station = Número de la mesa de votación
alertnet-column-unit = o su código en el registro
alertnet-column-area = o el código de una zona. Una fila rellena una de las tres
alertnet-column-function = por ejemplo «presidencia de la mesa» o «guardia del municipio»
alertnet-column-level = expert, official o public: cuánto detalle se les envía
alertnet-column-language = dos letras, por ejemplo es
alertnet-column-authority = national, regional, local o ally
alertnet-column-sms = Número para mensajes, con + y código del país
alertnet-column-email = Dirección de correo
alertnet-column-telephone = Número para llamadas, con + y código del país
alertnet-column-webhook = Dirección donde escucha un programa suyo, solo https
alertnet-column-valid_until = Último día, por ejemplo 2027-06-30, como máximo dentro de trece meses
alertnet-column-order = Quién va primero, desde 1; 1 si queda vacío
alertnet-private = Los contactos son privados: solo los gestores los ven, y el registro público dice cuántos hay, nunca quiénes.
alertnet-mode = Qué pasa con los contactos que hay
alertnet-mode-hint = Ahora hay { $all }.
alertnet-mode-all = Los nuevos toman su lugar
alertnet-mode-added = Quedan, y estos se añaden
alertnet-record-contacts = Cuántos contactos hay, que cualquiera puede leer. Quiénes son queda en privado, bajo una clave que se puede destruir.
alertnet-sms = Número para mensajes
alertnet-email = Dirección de correo
alertnet-telephone = Número para llamadas
alertnet-webhook = Dirección para programas
alertnet-level = Detalle
alertnet-level-expert = Experto
alertnet-level-official = Funcionario
alertnet-level-public = Público
alertnet-language = Idioma
alertnet-order = Orden
alertnet-authority = Nivel de autoridad
alertnet-authority-national = Nacional
alertnet-authority-regional = Regional
alertnet-authority-local = Local
alertnet-authority-ally = Aliado
alertnet-line-title = Línea de autoridad
alertnet-line-answer = Cuando hay mesas que callan tras una alerta, se llama a estos, uno tras otro.
alertnet-line-version = Versión { $version }
alertnet-line-default = Nadie la ha fijado aún para esta elección: esta es la línea habitual.
alertnet-line-edit = Cambiar la línea
alertnet-line-edit-answer = Nombres de oficinas, nunca de personas: cualquiera puede leerlos. Una fila sin nombre se omite.
alertnet-line-picture = A quién se llama, desde la mesa hacia arriba
alertnet-line-subtitle = Los minutos cuentan desde el envío de la alerta
alertnet-picture-rung = cuando hay mesas que no la han { $goal }
alertnet-picture-after = tras { $time }
alertnet-picture-ally = { $act }, desde la gravedad { $severity }
alertnet-picture-within = en { $time }
alertnet-minutes = { $minutes } min
alertnet-hours = { $hours } h
alertnet-body = Oficina
alertnet-whom = Nivel
alertnet-goal = Si hay mesas que no la han
alertnet-after = Minutos tras el envío
alertnet-rungs = A quién se llama
alertnet-rung = Paso { $at }
alertnet-rung-station = La propia mesa de votación
alertnet-rung-0 = Todo el país
alertnet-rung-1 = La región
alertnet-rung-2 = El municipio
alertnet-rung-deeper = Zonas { $depth } niveles bajo el país
alertnet-goal-delivered = recibido
alertnet-goal-read = leído
alertnet-goal-understood = entendido
alertnet-goal-acted = cumplido
alertnet-allies = Aliados
alertnet-allies-text = Organismos de fuera a los que se consulta o informa.
alertnet-allies-none = No se nombra ningún organismo aliado.
alertnet-ally = Organismo aliado
alertnet-ally-number = Aliado { $at }
alertnet-act = Qué se hace
alertnet-act-consult = Consultar
alertnet-act-tell = Informar
alertnet-from-severity = Desde la gravedad
alertnet-within = En minutos
alertnet-severity-minor = menor
alertnet-severity-moderate = moderada
alertnet-severity-severe = grave
alertnet-severity-extreme = extrema
alertnet-record-line = La línea de autoridad con los nombres de las oficinas, que cualquiera puede leer, como versión siguiente.
