# What objects are, whom they concern, and what to do
# Not reviewed by a native speaker.
threats-kind-artifact = Contenido de un archivo
threats-kind-attack-pattern = Modo de atacar
threats-kind-autonomous-system = Red de internet
threats-kind-campaign = Campaña
threats-kind-course-of-action = Remedio
threats-kind-domain-name = Dominio
threats-kind-email-addr = Dirección de correo
threats-kind-email-message = Correo
threats-kind-file = Archivo
threats-kind-grouping = Grupo de objetos
threats-kind-identity = Organización o persona
threats-kind-incident = Incidente
threats-kind-indicator = Señal que buscar
threats-kind-infrastructure = Servidores y servicios de atacantes
threats-kind-intrusion-set = Grupo de atacantes
threats-kind-ipv4-addr = Dirección de internet
threats-kind-ipv6-addr = Dirección de internet
threats-kind-language-content = Traducción
threats-kind-location = Lugar
threats-kind-malware = Programa malicioso
threats-kind-malware-analysis = Análisis de un programa malicioso
threats-kind-marking-definition = Marca
threats-kind-note = Nota
threats-kind-observed-data = Observación
threats-kind-opinion = Opinión
threats-kind-relationship = Enlace
threats-kind-report = Informe
threats-kind-sighting = Avistamiento
threats-kind-threat-actor = Atacante
threats-kind-tool = Herramienta
threats-kind-url = Dirección de una página
threats-kind-vulnerability = Debilidad
threats-kind-other = Otro ({ $kind })
threats-tlp-means-clear = para todo el mundo; puede publicarse
threats-tlp-means-green = para los miembros de la comunidad, no para publicar
threats-tlp-means-amber = para las organizaciones nombradas y los clientes suyos que lo necesiten
threats-tlp-means-amber-strict = solo para las organizaciones nombradas
threats-tlp-means-red = solo para los destinatarios nombrados; no lo dicen a nadie
threats-object-concerns = A quién concierne
threats-object-todo = Qué hacer
threats-object-who = Quién lo dice
threats-object-sure = Con qué seguridad
threats-object-until = Vale hasta
threats-object-until-unsaid = no se dice
threats-object-over = pasado
threats-object-audience = Compartido con: { $orgs }
threats-object-seen = Visto por otros
threats-object-seen-none = Nadie lo ha dicho todavía
threats-object-seen-count = { $count ->
    [one] una vez
   *[other] { $count } veces
 }, por { $by ->
    [one] una organización
   *[other] { $by } organizaciones
 }
threats-object-agreed = { $count ->
    [one] Un miembro está de acuerdo
   *[other] { $count } miembros están de acuerdo
 }
threats-object-facts = Detalles
threats-object-raw = Para expertos: el objeto tal como llegó (STIX)
threats-object-download = Descargar como JSON
threats-versions = Versiones
threats-related = Lo que va con ello
threats-older-title = Hay una versión más nueva
threats-older-link = Mostrar la más nueva
threats-revoked-title = Retirado
threats-revoked-text = Quien lo compartió lo ha retirado. No actúe más según ello.
threats-over-title = Ya no vale
threats-over-text = Su tiempo pasó. No bloquee nada por ello; el nombre o la dirección quizá sea ya de otro.
threats-sure-unsaid = Quien lo comparte no dice con qué seguridad.
threats-sure-none = No dicen que sea así.
threats-sure-low = No muy seguro
threats-sure-medium = Bastante seguro
threats-sure-high = Muy seguro
threats-looks-domain = Sitio o servidor
threats-looks-url = Página
threats-looks-address = Dirección de internet
threats-looks-email = Correo
threats-looks-file = Archivo
threats-looks-other = Valor
threats-what-indicator = Es una señal por la que otros reconocen un ataque cuando dan con él.
threats-what-attack-pattern = Describe un modo de proceder de los atacantes.
threats-what-vulnerability = Es una debilidad de un programa o aparato que los atacantes pueden usar.
threats-what-course-of-action = Dice qué ayuda contra algo.
threats-what-sighting = Alguien ha visto aquello de lo que otros habían avisado.
threats-what-actor = Describe a gente que ataca, hasta donde se conoce.
threats-what-campaign = Cuenta ataques que van juntos, o uno que ocurrió.
threats-what-means = Es un medio de los atacantes: un programa, una herramienta o servidores.
threats-what-report = Resume lo que se sabe, con lo que va con ello.
threats-what-note = Es lo que alguien dice de algo compartido.
threats-what-other = Es una pieza de otra cosa. Por sí sola no le pide nada.
threats-concerns-indicator-domain = A todos cuyo personal usa la web y el correo, y a quien responde preguntas sobre sitios oficiales.
threats-concerns-indicator-url = A todos cuyo personal usa la web y el correo, y a quien responde preguntas sobre páginas oficiales.
threats-concerns-indicator-address = A quien lleva su red, sus servidores o sus sitios.
threats-concerns-indicator-email = A todos los que reciben correo en el trabajo, y a quien lleva su correo.
threats-concerns-indicator-file = A todos los que abren archivos que otros envían, y a quien cuida sus ordenadores.
threats-concerns-indicator-other = A quien cuida sus ordenadores y su red.
threats-concerns-indicator = A quien cuida sus ordenadores y su red.
threats-concerns-attack-pattern = A quienes planean cómo se protege su organización.
threats-concerns-vulnerability = A quien cuida sus ordenadores y programas.
threats-concerns-course-of-action = A quien cuida sus ordenadores, y a quienes deciden sobre la protección.
threats-concerns-sighting = A quienes siguen hasta dónde ha llegado.
threats-concerns-actor = A quienes planean cómo se protege su organización.
threats-concerns-campaign = A todos los que llevan, observan o cuentan la elección de que se trata.
threats-concerns-means = A quien cuida sus ordenadores y su red.
threats-concerns-report = A todos los que llevan, observan o cuentan la elección de que se trata.
threats-concerns-note = A quienes actúan según aquello de que trata.
threats-concerns-other = A quienes actúan según aquello con lo que va.
threats-todo-indicator-domain = No abra el sitio, y diga a su personal que no lo abra.
    Déselo a quien cuida sus ordenadores: que mire si alguien ha estado allí, y lo bloquee.
    Si imita un sitio oficial, diga en público cuál es la dirección correcta.
    ¿Lo ha encontrado? Dígalo abajo: «Nosotros también lo hemos visto».
threats-todo-indicator-url = No abra la página, y diga a su personal que no la abra.
    Désela a quien cuida sus ordenadores: que mire si alguien ha estado allí, y la bloquee.
    ¿Alguien puso allí una contraseña? Haga que la cambie enseguida.
    ¿La ha encontrado? Dígalo abajo: «Nosotros también lo hemos visto».
threats-todo-indicator-address = Désela a quien lleva su red: que mire si algo ha ido allí o venido de allí.
    Que la bloquee si no es una dirección que necesiten.
    ¿La ha encontrado? Dígalo abajo: «Nosotros también lo hemos visto».
threats-todo-indicator-email = Busque mensajes de allí, y no abra en ellos enlaces ni adjuntos.
    ¿Alguien respondió, pulsó o puso una contraseña? Dígaselo enseguida a quien cuida sus ordenadores.
    ¿La ha encontrado? Dígalo abajo: «Nosotros también lo hemos visto».
threats-todo-indicator-file = No abra tal archivo, y no lo borre: es una prueba.
    Déselo a quien cuida sus ordenadores: que mire en qué máquinas está.
    ¿Lo ha encontrado? Dígalo abajo: «Nosotros también lo hemos visto».
threats-todo-indicator-other = Déselo a quien cuida sus ordenadores: puede buscarlo.
    ¿Lo ha encontrado? Dígalo abajo: «Nosotros también lo hemos visto».
threats-todo-indicator = Déselo a quien cuida sus ordenadores: sus programas pueden buscarlo.
    ¿Lo ha encontrado? Dígalo abajo: «Nosotros también lo hemos visto».
threats-todo-attack-pattern = Piense si esto podría pasarles, y qué lo pararía.
threats-todo-vulnerability = Désela a quien cuida sus ordenadores: que mire si lo usan, y lo arregle.
threats-todo-course-of-action = Vea si les conviene, y decida quién lo hace y hasta cuándo.
threats-todo-sighting = Mire de nuevo si también lo encuentran.
threats-todo-actor = Nada por ahora. Mire las señales que van con ello.
threats-todo-campaign = Lea qué pasó, y mire las señales que van con ello.
    Dígaselo a quienes hablan en público por ustedes, para que no les sorprenda.
threats-todo-means = Mire las señales que van con ello: por ellas se encuentra.
threats-todo-report = Léalo, y decida quién en su organización necesita saberlo.
    Mire las señales que van con ello.
threats-todo-note = Léala antes de actuar según aquello de que trata.
threats-todo-other = Nada. Mire aquello con lo que va.
threats-fact-aliases = También llamado
threats-fact-goals = Fines
threats-fact-objective = Objetivo
threats-fact-indicator-types = Clase de señal
threats-fact-malware-types = Clase de programa
threats-fact-infrastructure-types = Clase de servidores
threats-fact-report-types = Clase de informe
threats-fact-threat-actor-types = Clase de atacante
threats-fact-opinion = Opinión
threats-fact-count = Cuántas veces
threats-fact-first-seen = Visto por primera vez
threats-fact-last-seen = Visto por última vez
threats-fact-published = Publicado
threats-fact-value = Valor
threats-fact-source = En otra parte: { $source }
threats-how-made-by = hecho por
threats-how-made = hecho por esta organización
threats-how-sighting-of = lo que se vio
threats-how-sighted = dice que se vio
threats-how-about = trata de esto
threats-how-mentioned = lo menciona
threats-how-refers = remite a esto
threats-how-referred = remite a ello
threats-how-source = desde aquí
threats-verb-uses-out = usa esto
threats-verb-uses-in = lo usa
threats-verb-indicates-out = es señal de esto
threats-verb-indicates-in = es señal de ello
threats-verb-attributed-to-out = se tiene por obra de
threats-verb-attributed-to-in = se tiene por obra suya
threats-verb-targets-out = apunta a
threats-verb-targets-in = apunta a ello
threats-verb-mitigates-out = ayuda contra esto
threats-verb-mitigates-in = ayuda contra ello
threats-verb-derived-from-out = se hizo de esto
threats-verb-derived-from-in = se hizo de ello
threats-verb-duplicate-of-out = es lo mismo que esto
threats-verb-duplicate-of-in = es lo mismo
threats-verb-related-to-out = tiene que ver con esto
threats-verb-related-to-in = tiene que ver con ello
threats-verb-other-out = { $verb } →
threats-verb-other-in = ← { $verb }
