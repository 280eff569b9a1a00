# The exchange: communities, their rules, what is shared
# Not reviewed by a native speaker.
threats-nav = Amenazas
threats-cancel = Cancelar
threats-yes = sí
threats-no = no
threats-you = (ustedes)
threats-recorded = Registrado
threats-consequence = Lo que sigue
threats-state = Estado
threats-changed = Último cambio
threats-organisation = Organización
threats-sector = Sector
threats-since = Miembro desde
threats-member = Miembro
threats-members = Miembros
threats-community = Comunidad
threats-collection = Colección
threats-collections = Colecciones
threats-object = Qué
threats-objects = Lo que se comparte
threats-label = Etiqueta
threats-by = Compartido por
threats-shared-at = Compartido
threats-rights = Sus derechos
threats-for-whom = Para quién
threats-pseudonym = (con seudónimo)
threats-search = Buscar en los títulos
threats-home-title = Sus comunidades
threats-home-tasks = Lo que le espera
threats-home-answer = { $count ->
    [one] Una cosa le espera.
   *[other] { $count } cosas le esperan.
 }
threats-home-nothing = Nada le espera ahora.
threats-home-none-answer = Su organización todavía no comparte información sobre amenazas con nadie.
threats-home-line = { $members ->
    [one] Un miembro
   *[other] { $members } miembros
 }, { $collections ->
    [one] una colección
   *[other] { $collections } colecciones
 }, { $open ->
    [0] nada que decidir
    [one] una propuesta abierta
   *[other] { $open } propuestas abiertas
 }
threats-none-title = Empiece con una comunidad
threats-none-text = Organismos electorales, equipos de seguridad, partidos, medios, observadores, plataformas y proveedores comparten aquí lo que amenaza las elecciones. Lo hacen en comunidades cuyas reglas ningún miembro controla solo.
threats-none-manager = Funde una comunidad con al menos otra organización, o pida a los miembros de una que propongan la suya.
threats-none-ask = Fundar y unirse corresponde a un responsable de su organización.
threats-none-others = { $count ->
    [one] Ver la otra comunidad de aquí
   *[other] Ver las otras { $count } comunidades de aquí
 }
threats-task-join = Unirse a { $name }
threats-task-join-hint = Su organización figura como fundadora. La comunidad empieza cuando todos los fundadores se han unido.
threats-task-waits = le espera
threats-task-stand = Diga su posición: { $what }
threats-task-no-stand = aún sin posición
threats-task-news = { $count ->
    [one] Un objeto nuevo en { $name }
   *[other] { $count } objetos nuevos en { $name }
 }
threats-task-news-many = { $count } objetos nuevos o más en { $name }
threats-task-news-hint = Compartidos por otros en los últimos 7 días
threats-task-new = nuevo
threats-state-active = activa
threats-state-waiting = se han unido { $joined } de { $total } fundadores
threats-found-title = Fundar una comunidad
threats-found-answer = Una comunidad necesita al menos dos organizaciones. Empieza cuando todas se han unido.
threats-founders = Fundadores
threats-field-name = Nombre de la comunidad
threats-field-name-hint = Todo el mundo lo verá.
threats-field-code = Código en las direcciones
threats-field-code-hint = Minúsculas, cifras y guiones, 40 como máximo. No cambia nunca.
threats-field-sector-own = Qué es su organización
threats-field-founders = Quién la funda con usted
threats-field-founders-hint = Organizaciones que trabajan en esta instalación. Cada una tiene que unirse.
threats-no-candidates = Ninguna otra organización trabaja en esta instalación. Pida a su administrador que la cree.
threats-rules = Reglas
threats-rules-example = Los miembros comparten lo que amenaza las elecciones, sea quien sea el amenazado. Nadie usa lo compartido contra otro miembro. Lo que no lleva etiqueta es GREEN: para los miembros, y no para publicar.
threats-field-text = Las reglas en palabras
threats-field-text-hint = Qué se comparte, con quién, y qué prometen los miembros. Todo el mundo podrá leerlo.
threats-field-unmarked = La etiqueta de lo que llega sin ella
threats-field-unmarked-hint = Algunos programas no envían ninguna. Entonces vale esta.
threats-field-percent = Un cambio necesita más de tanto por ciento de los miembros
threats-field-percent-hint = De 50 a 99. Siempre hacen falta al menos dos miembros.
threats-first-collection = Primera colección
threats-first-collection-text = Una colección es un lugar donde se comparte. Todos los miembros pueden leer y escribir en esta; más tarde puede proponer otras.
threats-field-title = Título
threats-field-description = Qué va en ella
threats-field-description-hint = Una frase.
threats-field-alias = Nombre corto para programas
threats-field-alias-hint = Minúsculas, cifras y guiones. Puede quedar vacío.
threats-field-public = Pública
threats-field-public-label = Todo el mundo puede leer lo que es TLP:CLEAR en ella
threats-field-closed = Cerrada
threats-field-closed-label = Ya no recibe nada
threats-field-readers = Quién la lee
threats-field-writers = Quién añade
threats-field-circle = A quién va TLP:AMBER si no se nombra a nadie
threats-field-reason = Razón
threats-field-reason-hint = Constará en el registro público.
threats-act-check = Revisar sus respuestas
threats-act-change = Cambiar algo
threats-check-title = Revise sus respuestas
threats-found-check-answer = Funda { $name } con { $others }.
threats-found-consequence = El nombre, los fundadores, las reglas y las colecciones se hacen públicos y quedan en el registro. Se pide a los demás que se unan.
threats-record-found = que su organización funda esta comunidad, con estas reglas y estos fundadores.
threats-act-found = Fundar la comunidad
threats-community-answer = { $members ->
    [one] Un miembro comparte aquí
   *[other] { $members } miembros comparten aquí
 }; usted puede leer { $readable ->
    [one] una colección.
   *[other] { $readable } colecciones.
 }
threats-community-waiting = Nada puede compartirse ni decidirse antes de que se unan todos los fundadores.
threats-missing-title = No se han unido todos los fundadores
threats-missing-text = Aún faltan: { $orgs }.
threats-objects-none = Nada aquí
threats-objects-none-filtered = Nada responde a estos filtros.
threats-objects-none-text = Nadie ha compartido nada con ustedes todavía.
threats-filter-clear = Mostrar todo
threats-filter-any = todo
threats-filter-what = Qué
threats-filter-label = Etiqueta
threats-filter-by = Compartido por
threats-filter-collection = Colección
threats-filter-what-signs = señales que buscar
threats-filter-what-reports = informes
threats-filter-what-campaigns = campañas
threats-filter-what-actors = quién está detrás
threats-filter-what-means = medios
threats-filter-what-answers = respuestas
threats-filter-what-all = todo, enlaces incluidos
threats-rights-both = Leen y escriben
threats-rights-read = Solo leen
threats-rights-write = Solo escriben
threats-rights-none = Ni lo uno ni lo otro
threats-collection-closed = cerrada
threats-collection-public = TLP:CLEAR es público
threats-collection-members = solo miembros
threats-machines = Para programas (TAXII 2.1)
threats-machines-text = Los programas leen y escriben los mismos objetos en estas direcciones, con un token de la página de su cuenta como contraseña.
threats-not-joined = no se ha unido
threats-members-all = todos los miembros
threats-members-none = nadie
threats-about = { $kind }: { $title }
threats-revoked = retirado
threats-rules-title = Reglas y decisiones
threats-rules-answer = Ningún miembro cambia solo las reglas: hace falta más de uno, y todo el mundo ve quién estuvo de acuerdo.
threats-rules-now = Las reglas
threats-needed = { $needed } de { $members } miembros
threats-needed-label = Un cambio necesita
threats-more-than = más del { $percent } %
threats-custodians = Quién abre los seudónimos
threats-custodians-none = No se nombra a nadie.
threats-custodians-text = Dos de ellos juntos pueden abrir quién está detrás de un seudónimo.
threats-proposals-open = Por decidir
threats-proposals-none = No hay nada abierto.
threats-proposals-decided = Decidido
threats-proposal-count = { $given } de { $needed } de acuerdo
threats-proposed-by = propuesto por { $org }
threats-propose-title = Proponer un cambio
threats-propose-rules = Cambiar las reglas
threats-propose-collection = Añadir o cambiar una colección
threats-propose-admit = Admitir una organización
threats-propose-exclude = Excluir a un miembro
threats-propose-custodians = Nombrar quién abre los seudónimos
threats-propose-answer-rules = Los demás miembros ven la diferencia y deciden.
threats-propose-answer-collection = Una colección dice quién la lee y quién añade. Deciden los demás miembros.
threats-propose-answer-admit = El nuevo miembro verá lo que es TLP:GREEN, también lo anterior. Deciden los demás miembros.
threats-propose-answer-exclude = El propio miembro no tiene voto. Su razón se hace pública.
threats-propose-answer-custodians = Nombre al menos dos miembros que no dependan uno del otro.
threats-propose-collection-change = Cambiar una que ya existe:
threats-choose-all = todos los miembros
threats-choose-these = los marcados abajo
threats-choose-table-hint = Las dos primeras columnas cuentan donde se elige «los marcados abajo».
threats-choose-reads = lee
threats-choose-writes = añade
threats-choose-circle = recibe AMBER
threats-choose-circle-hint = «Recibe AMBER»: a ellos va lo que es TLP:AMBER si quien comparte no nombra a nadie.
threats-propose-check-answer = Valdrá cuando { $needed } miembros estén de acuerdo. Al proponerlo, ustedes lo están.
threats-propose-voters = Quién tiene voto: { $orgs }.
threats-record-propose = que su organización propone este cambio y está de acuerdo.
threats-act-propose = Proponer
threats-proposal-difference = Lo que cambiaría
threats-now = Ahora
threats-after = Propuesto
threats-changes = cambia
threats-proposal-answer = { $org } propone esto. Están de acuerdo { $given } de los { $needed } miembros necesarios.
threats-proposal-ended = Está decidido.
threats-proposal-number = Propuesta { $number }
threats-proposal-what = Lo que se propuso
threats-stands = Posición de los miembros
threats-stands-need = { $given } de { $needed } necesarios.
threats-stand-for = de acuerdo
threats-stand-against = en contra
threats-stand-none = no se ha pronunciado
threats-stand-concerned = Se trata de su organización: no tiene voto.
threats-stand-question = ¿Cuál es la posición de su organización?
threats-stand-choose-for = Estamos de acuerdo
threats-stand-choose-against = Estamos en contra
threats-record-stand = la posición de su organización, en público.
threats-act-stand = Decirlo
threats-outcome-open = abierto
threats-outcome-adopted = adoptado
threats-outcome-rejected = no adoptado
threats-outcome-overtaken = superado por otro cambio
threats-history = Lo que pasó
threats-change-admit = Admitir a { $org }
threats-change-exclude = Excluir a { $org }
threats-change-rules = Cambiar las reglas
threats-change-collection = Cambiar la colección { $title }
threats-change-collection-new = Añadir la colección { $title }
threats-change-custodians = Nombrar quién abre los seudónimos
threats-no-member = no es miembro
threats-member-as = miembro ({ $sector })
threats-consequence-admit = Si bastantes miembros están de acuerdo, la organización es miembro enseguida. Ve entonces lo que es TLP:GREEN, también lo compartido antes.
threats-consequence-exclude = Si bastantes miembros están de acuerdo, la organización no ve nada nuevo de la comunidad. Lo que compartió queda. La razón es pública.
threats-consequence-rules = Si bastantes miembros están de acuerdo, las nuevas reglas valen enseguida para todos. Lo compartido antes conserva su etiqueta.
threats-consequence-collection = Si bastantes miembros están de acuerdo, esto vale enseguida. Quien ya no puede leer la colección no ve nada más de ella.
threats-consequence-custodians = Si bastantes miembros están de acuerdo, estos miembros pueden desde entonces abrir seudónimos, dos juntos.
threats-join-title = Unirse a { $name }
threats-join-answer = Lea las reglas. Valen para su organización desde que se une.
threats-join-looked = He leído las reglas y me uno por mi organización.
threats-join-consequence = Todo el mundo ve que su organización es miembro. La comunidad empieza cuando todos los fundadores se han unido.
threats-join-record = que su organización se une, en público.
threats-join-act = Unirse
threats-leave-title = Dejar { $name }
threats-leave-link = Dejar esta comunidad
threats-leave-answer = Su organización dejaría de ser miembro.
threats-leave-looked = Lo entiendo y la dejo por mi organización.
threats-leave-consequence = De la comunidad ya solo ven lo público. Lo que su organización compartió queda allí, con su nombre. Para volver, los miembros tienen que admitirla.
threats-leave-record = que su organización se va, en público.
threats-leave-act = Dejar la comunidad
threats-seen-title = Nosotros también lo hemos visto
threats-seen-text = Ayuda a los demás a saber hasta dónde ha llegado.
threats-seen-open = Decir que lo han visto
threats-seen-act = Decírselo a los demás
threats-field-count = Cuántas veces
threats-field-count-hint = Un número; basta una estimación.
threats-field-first = Visto por primera vez
threats-field-last = Visto por última vez
threats-field-note = Qué vieron
threats-field-note-hint = Puede quedar vacío. Sin nombres de personas.
threats-record-answer = una respuesta de su organización, con la etiqueta de aquello a lo que responde. Lo que no es para toda la comunidad va a quien lo compartió, en { $seconds } segundos como máximo.
threats-doubt-title = Es una falsa alarma
threats-doubt-text = Quien lo compartió se entera, y los demás ven que alguien lo duda.
threats-doubt-open = Decir que es una falsa alarma
threats-doubt-act = Avisar de la falsa alarma
threats-field-why = Por qué
threats-field-why-hint = Por ejemplo: «Es la dirección de nuestro propio boletín.»
threats-doubted-title = Alguien lo duda
threats-doubted-text = { $count ->
    [one] Un miembro dice que es una falsa alarma, o no está de acuerdo.
   *[other] { $count } miembros dicen que es una falsa alarma, o no están de acuerdo.
 }
threats-withdraw-title = Sacar esto
threats-alert-link = Redactar una alerta sobre esto
threats-withdraw-link = Sacar esto de la colección
threats-withdraw-answer = { $count ->
    [one] «{ $title }» se sacaría de la colección.
   *[other] «{ $title }» se sacaría de la colección, con sus { $count } versiones.
 }
threats-withdraw-looked = Lo entiendo y lo saco.
threats-withdraw-consequence = Nadie lo encuentra ya aquí. Quien lo leyó lo sigue teniendo, y el registro conserva que estuvo.
threats-record-withdraw = que su organización ha actuado en esta comunidad; no qué sacó.
threats-record-withdraw-public = que su organización sacó este objeto público.
threats-withdraw-act = Sacarlo
threats-share-title = Compartir algo
threats-share-answer = ¿Qué ha visto? En el paso siguiente elige quién lo recibe.
threats-step-what = Qué
threats-step-whom = Para quién
threats-step-check = Revisar
threats-share-form = He visto algo
threats-field-sort = ¿Qué es?
threats-seen-sort-domain = El nombre de un sitio o servidor, como resultados.example
threats-seen-sort-url = La dirección de una página, como https://resultados.example/login
threats-seen-sort-address = Una dirección de internet, como 203.0.113.7, o un bloque
threats-seen-sort-email = Una dirección de correo
threats-seen-sort-hash = La huella (hash) de un archivo
threats-seen-sort-text = Otra cosa, en palabras
threats-field-value = El nombre, la dirección o la huella
threats-field-value-hint = Uno por línea. «resultados[.]example» vale. Para otra cosa: un titular.
threats-field-seen = Qué pasó
threats-field-seen-hint = Qué vio, dónde, y por qué le preocupa. Sin nombres de personas.
threats-field-since = Desde cuándo
threats-field-until = Qué día
threats-field-until-hint = Para «hasta un día»: el día en que los demás dejan de actuar.
threats-field-sure = ¿Cómo de seguro está?
threats-sure-choice-unsaid = Prefiero no decirlo
threats-sure-choice-low = No mucho: alguien debería mirarlo
threats-sure-choice-medium = Bastante
threats-sure-choice-high = Mucho: lo hemos mirado de cerca
threats-share-file = Tengo un archivo de un programa
threats-share-file-text = STIX 2.1, un evento de MISP, o una tabla (CSV) con una columna de nombres o direcciones.
threats-field-file = Archivo
threats-field-file-hint = { $max } MiB como máximo.
threats-act-read-file = Leer el archivo
threats-share-text = Tengo un texto o una lista
threats-field-paste = Texto
threats-field-paste-hint = Una lista, una tabla, un aviso recibido: se encuentran los nombres, direcciones y huellas. También se leen STIX y MISP en JSON.
threats-act-read-text = Leer el texto
threats-act-next = Continuar
threats-nothing-yet = Aún no se comparte nada
threats-nothing-yet-text = Verá exactamente qué va a quién antes de que se comparta nada.
threats-whom-title = ¿Quién lo recibe?
threats-whom-answer = { $count ->
    [one] Se leyó un objeto.
   *[other] Se leyeron { $count } objetos.
 }
threats-field-where = Dónde
threats-field-label = Etiqueta
threats-field-label-hint = La etiqueta dice quién puede tenerlo. Elija la más amplia que no haga daño: lo que nadie sabe no protege a nadie.
threats-field-to = Organizaciones para AMBER y RED
threats-field-to-hint = Solo para estas etiquetas. Si no nombra a nadie: AMBER va a quienes la colección nombra, RED a nadie más que a ustedes.
threats-marked-title = Algunos tienen etiqueta propia
threats-marked-text = { $marked } de { $count } llevan etiqueta, que se queda. La que usted elija es para los demás.
threats-act-look = Ver quién lo recibiría
threats-act-again = Empezar de nuevo
threats-last-look = Una última mirada
threats-last-look-answer = { $count ->
    [0] No se compartiría nada.
    [one] Se compartiría un objeto en { $collection }.
   *[other] Se compartirían { $count } objetos en { $collection }.
 }
threats-public-title-warn = Todo el mundo lo verá
threats-public-text = { $count ->
    [one] Un objeto es TLP:CLEAR: se publica enseguida.
   *[other] { $count } objetos son TLP:CLEAR: se publican enseguida.
 }
threats-failures = { $count ->
    [one] Uno no se tomaría
   *[other] { $count } no se tomarían
 }
threats-fail-other = Otro objeto tiene este identificador y esta versión. Haga una versión nueva, o un objeto nuevo.
threats-fail-foreign = Es de otro miembro: solo su autor hace versiones nuevas. Respóndale en su lugar.
threats-there = { $count ->
    [one] Uno ya está.
   *[other] { $count } ya están.
 }
threats-unknown-marking = { $count ->
    [one] Uno lleva una marca desconocida aquí. Cuenta como TLP:RED.
   *[other] { $count } llevan una marca desconocida aquí. Cuentan como TLP:RED.
 }
threats-planned = Qué va a quién
threats-planned-more = { $count ->
    [one] Uno más no se muestra.
   *[other] { $count } más no se muestran.
 }
threats-with-whom = Quién lo recibe
threats-whom-everybody = todo el mundo, en público
threats-whom-members = todos los miembros: { $orgs }
threats-whom-nobody = nadie más que su organización
threats-share-consequence = Lo que otros han leído no puede recogerse.
threats-record-share = que su organización comparte en esta comunidad; en público ni qué ni con quién, salvo si es TLP:CLEAR.
threats-record-share-waits = { $count ->
    [one] Un objeto sale con el próximo lote, en { $seconds } segundos como máximo.
   *[other] { $count } objetos salen con el próximo lote, en { $seconds } segundos como máximo.
 }
threats-act-share = Compartirlo
threats-problems = Qué está mal en el contenido
threats-problems-count = { $count ->
    [one] Una observación sobre el contenido
   *[other] { $count } observaciones sobre el contenido
 }
threats-problem-place = objeto { $number }
threats-problem-left-out = se omite
threats-problem-look = mírelo
threats-problem-id = No tiene identificador o tipo que sirva. Corrija: un identificador es el tipo, dos guiones y un UUID.
threats-problem-time = Esta hora no sirve. Escríbala como 2026-11-03T20:00:00.000Z.
threats-problem-large = Es demasiado grande o profundo. Divídalo.
threats-problem-reference = Aquí debería estar el identificador de otro objeto. Corríjalo.
threats-problem-json = No es JSON correcto. Expórtelo de nuevo, o corríjalo en este lugar.
threats-problem-required = Falta algo que este tipo necesita. Añádalo, para que otros programas lo entiendan.
threats-problem-value = No tiene la forma debida. Corrija la dirección, el nombre o la huella.
threats-problem-standard = Se aparta de STIX 2.1. Otros programas podrían omitirlo.
threats-problem-pattern = El patrón no puede leerse, y ningún programa encontrará nada con él: { $why }
threats-problem-more = { $count ->
    [one] Una observación más no se muestra.
   *[other] { $count } observaciones más no se muestran.
 }
threats-status-title = Qué fue de ello
threats-status-pending = { $count ->
    [one] Un objeto sale con el próximo lote, en { $seconds } segundos como máximo.
   *[other] { $count } objetos salen con el próximo lote, en { $seconds } segundos como máximo.
 }
threats-status-done = { $count ->
    [one] Está compartido.
   *[other] Los { $count } están compartidos.
 }
threats-status-none = No se compartió nada.
threats-status-shared = compartido
threats-status-waits = espera el lote
threats-status-failed = no tomado
threats-status-there = Ya estaba.
threats-status-again = Mirar de nuevo
threats-status-back = A la comunidad
threats-status-kept = Esta página queda dos días.
threats-wrong-founders = Elija al menos otra organización.
threats-wrong-label = Elija una etiqueta.
threats-wrong-percent = Escriba un número entero de 50 a 99.
threats-wrong-title = Escriba un título.
threats-wrong-stand = Elija si están de acuerdo o en contra.
threats-wrong-looked = Marque primero la casilla.
threats-wrong-org = Elija una organización.
threats-wrong-count = Escriba un número mayor que cero, solo cifras.
threats-wrong-day = Escriba un día como 2026-11-03.
threats-wrong-order = El fin es anterior al comienzo. Corrija uno de los dos.
threats-wrong-reason = Diga por qué. Quien lo compartió necesita saberlo.
threats-wrong-text = Escriba un texto de { $max } caracteres como máximo.
threats-wrong-sort = Elija qué es.
threats-wrong-headline = Escriba una línea, como titular.
threats-wrong-values = Escriba al menos uno y como máximo { $max }, cada uno en su línea.
threats-wrong-value-domain = No es el nombre de un sitio. Se parece a resultados.example, sin https:// y sin espacios.
threats-wrong-value-url = No es la dirección de una página. Empieza por https:// o http://.
threats-wrong-value-address = No es una dirección de internet. Se parece a 203.0.113.7, o 203.0.113.0/24 para un bloque.
threats-wrong-value-email = No es una dirección de correo.
threats-wrong-value-hash = No es una huella: 32, 40, 64 o 128 de los caracteres 0-9 y a-f.
threats-wrong-nothing = No hay nada. Elija un archivo, o pegue el texto.
threats-wrong-large = Son más de { $max } MiB. Envíelo por un programa (TAXII).
threats-wrong-envelope = No puede leerse como STIX: { $why }
threats-wrong-many = Son más de { $max } objetos. Envíelos por un programa (TAXII).
threats-wrong-empty = No hay objetos dentro.
threats-wrong-collection = Elija dónde compartirlo.
threats-wrong-waited = Esperó más de una hora. No se compartió nada; empiece de nuevo.
threats-wrong-changed = Algo cambió desde que miró. No se compartió nada; mire de nuevo.
threats-public-home = Inicio
threats-public-title = Amenazas a las elecciones
threats-public-list-answer = Organizaciones comparten lo que amenaza las elecciones. Aquí está quién participa, con qué reglas, y qué han publicado.
threats-public-none = Todavía no hay ninguna comunidad.
threats-public-how-title = Por qué no está todo aquí
threats-public-how-text = La mayor parte de lo compartido es para los miembros, para que los atacantes no sepan lo que se sabe de ellos. Quiénes son los miembros, qué reglas tienen y cómo se pronunció cada uno es público y no puede cambiarse después.
threats-public-line = { $members ->
    [one] Un miembro
   *[other] { $members } miembros
 }, { $public ->
    [0] nada publicado
    [one] una colección pública
   *[other] { $public } colecciones públicas
 }
threats-public-answer = { $members ->
    [one] Una organización comparte aquí lo que amenaza las elecciones.
   *[other] { $members } organizaciones comparten aquí lo que amenaza las elecciones.
 }
threats-public-objects = Lo publicado
threats-public-objects-none = Todavía no se ha publicado nada.
threats-public-no-collection = Esta comunidad no tiene colección pública.
threats-public-decisions = Lo propuesto y decidido
threats-public-machines = Los programas leen lo público por TAXII 2.1, bajo /taxii2/ y este código:
threats-sector-election-body = organismo electoral
threats-sector-cert = equipo de seguridad
threats-sector-party = partido o campaña
threats-sector-media = medio de comunicación
threats-sector-civil-society = sociedad civil
threats-sector-platform = plataforma
threats-sector-vendor = proveedor
threats-sector-other = otro
threats-wrong-text-form = No es ni texto (UTF-8) ni JSON.
threats-wrong-no-signs = No se encontró ningún nombre, dirección o huella.
threats-problem-line = línea { $line }
threats-paste-time = No es una hora. Escríbala como 2026-11-27.
threats-paste-label = No es una etiqueta. Escríbala como TLP:GREEN.
threats-paste-type = El valor no es de este tipo. Corrija uno de los dos.
threats-paste-none = Aquí no hay nombre, dirección ni huella.
threats-paste-broken = La tabla no puede leerse desde aquí. Mire las comillas.
threats-paste-left-out = Parece un nombre, una dirección o una huella, y no lo es. Corríjalo si importa.
threats-doubt-wide = Bloquear esto bloquearía a muchos otros.
threats-doubt-nothing = Esto no dice nada: no pertenece a nadie en particular.
threats-doubt-source = Está para pulsar en ello: quizá una fuente, y ningún peligro.
threats-doubt-scheme = No tenía https:// delante; se añadió http://.
threats-doubt-scripts = Mezcla alfabetos, como las imitaciones. Mire de cerca.
threats-doubt-other = Quizá sea otra cosa, como el nombre de un archivo o una versión.
threats-wrong-custodians = Elija al menos dos miembros.
