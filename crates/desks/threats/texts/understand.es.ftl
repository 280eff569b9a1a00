# Una imagen de lo que va junto
understand-home = Intercambio de amenazas
understand-graph-title = Lo que pertenece a { $name }
understand-graph-description = { $objects } objetos y { $connections } relaciones, en columnas, desde quién está detrás hasta lo que se ve.
understand-graph-answer = { $count ->
    [one] Un objeto está relacionado, hasta donde su organización puede ver.
   *[other] { $count } objetos están relacionados, hasta donde su organización puede ver.
 }
understand-graph-alone = Nada de lo que su organización puede ver está relacionado todavía.
understand-graph-read = Léalo de un lado al otro: quién, qué hacen, con qué, y qué se ve de ello
understand-graph-how = Cada caja es un objeto compartido aquí y lleva a su página. Las flechas dicen cómo se relacionan dos de ellos.
understand-graph-region = La imagen; se puede mover hacia los lados
understand-graph-table = Las relaciones en una tabla
understand-how-far = Hasta dónde
understand-steps = { $count ->
    [one] Un paso
   *[other] { $count } pasos
 }
understand-left-out = { $count ->
    [one] Otro objeto está al alcance y no aparece en la imagen.
   *[other] Otros { $count } objetos están al alcance y no aparecen en la imagen.
 }
understand-left-out-hint = Dé menos pasos, o abra una de las cajas y mire la imagen desde allí.
understand-missing = { $count ->
    [one] Un objeto que se nombra aquí no está entre los que tiene su organización.
   *[other] { $count } objetos que se nombran aquí no están entre los que tiene su organización.
 }
understand-unsaid = { $count ->
    [one] Una flecha no tiene sitio para su palabra; está en la tabla.
   *[other] { $count } flechas no tienen sitio para sus palabras; están en la tabla.
 }
understand-connections = Relaciones
understand-from = De
understand-connection = Relación
understand-to = A
understand-says = Quién lo dice
understand-sure = Certeza (0 a 100)
understand-not-said = no se indica
understand-objects = Objetos
understand-what = Qué es
understand-name = Nombre
understand-state = Estado
understand-label = Etiqueta
understand-by = Compartido por
understand-shared = Compartido el
understand-to-timeline = Verlo en el tiempo
understand-to-graph = Ver lo que le pertenece
understand-column-who = Quién
understand-column-what = Qué hacen
understand-column-how = Con qué
understand-column-signs = Qué se ve
understand-kind-attack-pattern = Forma de ataque
understand-kind-campaign = Campaña
understand-kind-course-of-action = Remedio
understand-kind-grouping = Conjunto
understand-kind-identity = Organización
understand-kind-incident = Incidente
understand-kind-indicator = Señal de alerta
understand-kind-infrastructure = Infraestructura
understand-kind-intrusion-set = Grupo
understand-kind-location = Lugar
understand-kind-malware = Programa malicioso
understand-kind-malware-analysis = Análisis de programa
understand-kind-note = Nota
understand-kind-observed-data = Observación
understand-kind-opinion = Opinión
understand-kind-relationship = Relación
understand-kind-report = Informe
understand-kind-sighting = Avistamiento
understand-kind-threat-actor = Actor
understand-kind-tool = Herramienta
understand-kind-vulnerability = Debilidad
understand-kind-autonomous-system = Red
understand-kind-domain-name = Nombre de dominio
understand-kind-email-addr = Dirección de correo
understand-kind-email-message = Correo
understand-kind-file = Archivo
understand-kind-ipv4-addr = Dirección IP
understand-kind-ipv6-addr = Dirección IP
understand-kind-url = Dirección web
understand-link-attributed-to = atribuido a
understand-link-based-on = basado en
understand-link-beacons-to = informa a
understand-link-belongs-to-ref = pertenece a
understand-link-compromises = irrumpe en
understand-link-communicates-with = se comunica con
understand-link-consists-of = consta de
understand-link-controls = controla
understand-link-delivers = entrega
understand-link-derived-from = hecho de
understand-link-drops = deja
understand-link-duplicate-of = igual que
understand-link-exploits = aprovecha
understand-link-hosts = aloja
understand-link-impersonates = se hace pasar por
understand-link-indicates = señala
understand-link-located-at = situado en
understand-link-mitigates = ayuda contra
understand-link-object-refs = trata de
understand-link-observed-data-refs = mostrado por
understand-link-originates-from = viene de
understand-link-owns = posee
understand-link-related-to = relacionado con
understand-link-resolves-to-refs = lleva a
understand-link-sample-refs = muestra
understand-link-sighting-of-ref = avistamiento de
understand-link-targets = dirigido a
understand-link-uses = usa
understand-link-variant-of = variante de
understand-link-where-sighted-refs = visto por
# Lo que vale ahora una señal de alerta
understand-state-not-yet = Aún no válida
understand-state-valid = Válida
understand-state-doubted = En duda
understand-state-expired = Terminada
understand-state-revoked = Retirada
understand-state-ended = Valía hasta el { $date }.
understand-state-until = Vale hasta el { $date }.
understand-state-no-end = No se indica un final.
understand-state-seen = { $count ->
    [one] Vista una vez, el { $date }.
   *[other] Vista { $count } veces, la última el { $date }.
 }
understand-state-opinions = { $agree } de acuerdo, { $disagree } en desacuerdo.
# Qué pasó y cuándo, y a quién se atribuye
understand-timeline-title = { $name } en el tiempo
understand-timeline-description = { $count } líneas del { $from } al { $to }.
understand-timeline-answer = { $count } objetos dicen cuándo ocurrieron.
understand-timeline-read = Qué pasó y cuándo, y cuándo se compartió aquí
understand-timeline-how = Una barra va del primer al último momento indicado; sin final, continúa. El anillo es el momento en que se compartió aquí.
understand-timeline-table = Lo mismo en una tabla
understand-timeline-left-out = No tienen línea aquí.
understand-time = Qué son las fechas
understand-time-from = Desde
understand-time-until = Hasta
understand-time-seen = Visto por primera y última vez
understand-time-valid = Vale
understand-time-published = Publicado
understand-behind = A quién se atribuye
understand-behind-actor = Quién estaría detrás de ellos
understand-behind-nobody = Nadie ha dicho aquí quién está detrás.
understand-behind-one = Se da una sola respuesta a quién está detrás, y nadie ha discrepado aquí. Eso no la demuestra.
understand-behind-disputed = No está decidido quién está detrás: se da una respuesta, y alguien discrepa.
understand-behind-several = No está decidido quién está detrás: se dan { $count } respuestas.
understand-behind-hint = Cada respuesta figura con quien la da. Nada aquí decide entre ellas.
understand-sure-of = Certeza: { $sure } de 100
understand-sure-not-said = No se indica la certeza
understand-opinion-strongly-agree = Muy de acuerdo
understand-opinion-agree = De acuerdo
understand-opinion-neutral = Ni de acuerdo ni en desacuerdo
understand-opinion-disagree = En desacuerdo
understand-opinion-strongly-disagree = Muy en desacuerdo
understand-actor-answer = Campañas que se les atribuyen: { $campaigns }. Avistamientos de lo suyo en los últimos 12 meses: { $total }.
understand-campaigns = Campañas
understand-campaigns-none = Aquí no se les atribuye ninguna campaña.
understand-means = Qué usan
understand-means-none = Aquí no se dice qué usan.
understand-first = Visto por primera vez
understand-last = Visto por última vez
understand-month = Mes
understand-sightings = Avistamientos
understand-sightings-title = Avistamientos en los últimos 12 meses: { $count }
understand-sightings-description = Avistamientos de lo que pertenece a { $name }, mes a mes.
understand-sightings-how = Contados por el mes en que empezó cada avistamiento, según los miembros.
understand-month-1 = enero
understand-month-2 = febrero
understand-month-3 = marzo
understand-month-4 = abril
understand-month-5 = mayo
understand-month-6 = junio
understand-month-7 = julio
understand-month-8 = agosto
understand-month-9 = septiembre
understand-month-10 = octubre
understand-month-11 = noviembre
understand-month-12 = diciembre
# Lo que toca a la propia organización
understand-assets-answer = { $count ->
    [one] Una cosa que se comparte con usted trata de lo que vigila.
   *[other] { $count } cosas que se comparten con usted tratan de lo que vigila.
 } Nuevo en los últimos siete días: { $fresh }.
error-scr-thr-040 = No hay tal objeto en esta comunidad, o ninguno que su organización pueda ver.
error-scr-thr-041 = La línea { $line } de lo que se vigila no se puede leer, o hay demasiadas líneas: «{ $text }».
understand-assets-title = Lo que nos toca
understand-assets-nothing = Diga qué pertenece a su organización y vea aquí cuándo algo que se comparte trata de ello.
understand-assets-none = Nada de lo que se comparte con usted trata de lo que vigila.
understand-assets-list = Lo que vigila
understand-assets-changed = Último cambio:
understand-assets-field = Un nombre, una dirección o un archivo por línea
understand-assets-hint = Como máximo { $count } líneas. Nadie más que su organización ve esta lista.
understand-assets-forms = Qué puede haber en una línea
understand-form-domain = Un nombre de dominio, con todos los nombres por debajo
understand-form-addresses = Una dirección, o un rango de direcciones
understand-form-mail = Todas las direcciones de correo de ese dominio
understand-form-system = El número de una red
understand-form-hash = La huella de un archivo
understand-form-name = Un nombre como figura en los textos
understand-assets-record = La lista se registra con el próximo lote, sellada: el registro público no muestra de quién es ni qué contiene.
understand-assets-keep = Vigilar esta lista
understand-assets-ask = Un responsable, supervisor o empleado de su organización puede escribir la lista.
understand-assets-waits = Su lista está en camino.
understand-assets-waits-text = Se toma con el próximo lote, en { $seconds } segundos.
understand-assets-wrong = Línea { $line }, «{ $text }»: { $why }
understand-assets-more-wrong = Otras { $count } líneas no se pueden leer.
understand-asset-too-long = es demasiado larga; una línea tiene como máximo 1.000 caracteres.
understand-asset-address = no es una dirección ni un rango; escriba 192.0.2.7 o 192.0.2.0/24.
understand-asset-domain = no es un nombre de dominio; escriba vote.example, sin espacios.
understand-asset-email = no es una dirección de correo; escriba info@vote.example o @vote.example.
understand-asset-hash = no es la huella de un archivo; tiene 32, 40, 56, 64, 96 o 128 cifras y letras de la a a la f.
understand-asset-system = no es un número de red; escriba AS64500.
understand-asset-name = un nombre tiene al menos tres letras y como máximo doce palabras.
understand-hits = Lo que le toca, lo más reciente primero
understand-hits-shown = Se muestran { $shown } de { $total }.
understand-hits-end = Una línea desaparece cuando la señal termina, o se retira.
understand-hit-what = Qué se compartió
understand-hit-yours = Qué es suyo, y por qué
understand-hit-todo = Qué hacer
understand-hit-when = Se sabe desde
understand-hit-new = Nuevo
understand-hit-same = figura tal cual
understand-hit-below = un nombre por debajo
understand-hit-within = una dirección dentro
understand-hit-around = un rango mayor que lo contiene
understand-hit-mentioned = se nombra en un texto
understand-hit-matched = un patrón con comodines le corresponde
understand-todo-own = Averigüe hoy si alguien se ha apoderado de ello: mire sus registros y quién puede cambiarlo. Si la señal es errónea, discrepe en su página, para que nadie le bloquee.
understand-todo-around = Otros podrían bloquear un rango en el que también está usted. Pida a quien lo compartió que lo reduzca.
understand-todo-matched = El patrón es amplio y puede referirse a otra cosa. Léalo y discrepe en su página si le toca por error.
understand-todo-mentioned = Lea lo que se dice. Añada lo que sabe, o diga en su página qué está mal.
