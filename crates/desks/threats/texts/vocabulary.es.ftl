# Vocabularios y listas de advertencia
vocabulary-title = Vocabularios
vocabulary-answer = { $techniques ->
    [one] Una forma de atacar tiene nombre aquí
   *[other] { $techniques } formas de atacar tienen nombre aquí
 }, y { $lists ->
    [one] una lista advierte
   *[other] { $lists } listas advierten
 } antes de que se comparta lo que nadie debería bloquear.
vocabulary-answer-none = Todavía no se ha importado ningún vocabulario. Unas pocas listas de advertencia están siempre aquí.
vocabulary-words = Palabras que todos usan del mismo modo
vocabulary-words-none = ATT&CK nombra lo que los atacantes hacen a los ordenadores, DISARM lo que hacen a las opiniones; las galaxias y taxonomías de MISP tienen más palabras. Sus editores las entregan como archivos.
vocabulary-name = Nombre
vocabulary-holds = Qué contiene
vocabulary-version = Versión
vocabulary-unsaid = no se dice
vocabulary-imported = Importado
vocabulary-count-techniques = { $count ->
    [one] Una forma de atacar
   *[other] { $count } formas de atacar
 }, { $others ->
    [one] una fase o un remedio
   *[other] { $others } fases y remedios
 }.
vocabulary-count-terms = { $count ->
    [one] Un término.
   *[other] { $count } términos.
 }
vocabulary-count-tags = { $count ->
    [one] Una etiqueta.
   *[other] { $count } etiquetas.
 }
vocabulary-count-entries = { $count ->
    [one] Una entrada.
   *[other] { $count } entradas.
 }
vocabulary-count-phases = El orden de { $others ->
    [one] una fase.
   *[other] { $others } fases.
 }
vocabulary-odd-count = { $count ->
    [one] Una cosa es extraña
   *[other] { $count } cosas son extrañas
 }
vocabulary-odd-none = Nada en él es extraño.
vocabulary-odd-text = Lo que su lector ha dejado fuera o pone en duda, con sus propias palabras. El resto se puede usar.
vocabulary-lists = Listas de advertencia
vocabulary-lists-text = Cada nombre, dirección y hash se busca aquí antes de compartirlo. Quien lo comparte de todos modos tiene que confirmarlo, y queda anotado.
vocabulary-list-why = Por qué no bloquearlo
vocabulary-entries = Entradas
vocabulary-always = siempre aquí
vocabulary-list-election = Los votantes no llegarían a un organismo electoral.
vocabulary-list-own = Es propio.
vocabulary-list-network = Muchos sitios quedarían cortados a la vez.
vocabulary-list-resolver = Los ordenadores no encontrarían ningún nombre.
vocabulary-list-service = Se cortaría un servicio del que muchos dependen.
vocabulary-list-popular = Mucha gente lo usa cada día.
vocabulary-list-listed = Lo dice su editor.
vocabulary-list-empty = Todos los ordenadores tienen un archivo así.
vocabulary-list-reserved = No lleva a ninguna parte en internet.
vocabulary-import = Importar un archivo
vocabulary-import-text = El archivo tal como lo entrega su editor. Él mismo dice qué es; una versión posterior sustituye a la anterior.
vocabulary-file = Archivo
vocabulary-file-hint = ATT&CK o DISARM como paquete STIX, el archivo de columnas de DISARM, una galaxia, taxonomía o lista de advertencia de MISP; como máximo { $max } MiB.
vocabulary-will-record = En público: nombre, versión, SHA-256 y cuánto contiene; y el propio archivo.
vocabulary-import-act = Importar
vocabulary-import-who = Importan vocabularios quienes gestionan esta instalación y los responsables de organismos electorales y equipos de seguridad.
vocabulary-imported-title = Importado
vocabulary-same-title = Ya está aquí
vocabulary-same-text = Este mismo archivo se importó antes. No se ha registrado nada.
vocabulary-by = Publicado por { $publisher }. Las palabras son suyas.
vocabulary-disarm-note = El archivo de DISARM da a sus entradas identificadores nuevos en cada versión, y llama ATT&CK a su fuente. Aquí cada entrada conserva un solo identificador, que se deduce de su número.
vocabulary-search = Buscar por número o por palabras
vocabulary-found = { $count ->
    [one] Una coincide
   *[other] { $count } coinciden
 }
vocabulary-found-none = Pruebe con menos palabras, o con el principio de una.
vocabulary-all = Mostrar todo
vocabulary-phases = Las fases, en su orden
vocabulary-phases-text = Lo que los atacantes quieren conseguir, paso a paso. Abra una fase para ver cómo lo hacen.
vocabulary-phase-page = Sobre esta fase
vocabulary-rest = No pertenece a ninguna fase
vocabulary-file-title = El archivo
vocabulary-publisher = Editor
vocabulary-size = Longitud
vocabulary-bytes = { $count ->
    [one] un byte
   *[other] { $count } bytes
 }
vocabulary-versions = Importaciones
vocabulary-means-phase = Un paso que los atacantes quieren conseguir.
vocabulary-means-technique = Algo que hacen los atacantes, con el nombre que todos usan.
vocabulary-means-remedy = Algo que ayuda contra formas de atacar.
vocabulary-means-tag = Una palabra con la que se marcan objetos.
vocabulary-old-title = Ya no se debe usar
vocabulary-old-text = Su editor lo ha retirado.
vocabulary-own-words = En palabras de { $publisher }
vocabulary-parts = Con más detalle
vocabulary-uses = Objetos compartidos que lo nombran
vocabulary-uses-none = Ninguno de los que usted puede ver.
vocabulary-uses-more = Hay más; se muestran los más recientes.
vocabulary-shared = Compartido
vocabulary-place = Su lugar
vocabulary-phase-of = Fase
vocabulary-part-of = Parte de
vocabulary-tag = Etiqueta
vocabulary-stix = Identificador STIX
vocabulary-publisher-page = La página de su editor
vocabulary-object-terms = Formas de atacar que nombra
vocabulary-kind-phase = fase
threats-field-techniques = Qué hacen (no es necesario)
threats-field-techniques-hint = Busque la forma de atacar por su número o por palabras, marque lo que convenga y vuelva a buscar. Así los demás encuentran todo lo que se hizo de esta forma.
threats-field-technique-search = Buscar una forma de atacar
threats-techniques-nothing = Nada coincide. Pruebe con menos palabras.
threats-field-end = Hasta cuándo vale
threats-field-end-hint = Las direcciones cambian de manos. Lo usual son { $address } días para direcciones de internet, { $url } para páginas, { $domain } para dominios, { $email } para direcciones de correo, { $hash } para archivos.
threats-end-usual = Lo usual
threats-end-day = Hasta un día, abajo
threats-end-none = Hasta que yo lo retire
threats-wrong-end = Diga hasta qué día, o elija «Lo usual».
threats-planned-until = vale hasta el { $date }
threats-planned-no-end = vale hasta que se retire
threats-warnings = { $count ->
    [one] Piense primero en esto
   *[other] Piense primero en estos { $count } puntos
 }
threats-warnings-text = Otros pueden bloquear lo que usted comparte. Aquí eso haría daño, o no serviría de nada.
threats-warnings-more = { $count ->
    [one] … y uno más
   *[other] … y { $count } más
 }
threats-warn-election = Esto pertenece a un organismo electoral: bloquearlo aparta a los votantes de su sitio.
threats-warn-own = Esto es suyo: los demás le bloquearían a usted.
threats-warn-network = Esto pertenece a una gran red que lleva muchos sitios: bloquearlo los bloquearía todos.
threats-warn-resolver = Esto responde por nombres en todas partes: sin ello los ordenadores no encuentran sitios.
threats-warn-service = Esto es un gran servicio del que muchos dependen: bloquearlo los dejaría sin él.
threats-warn-popular = Mucha gente usa esto cada día: bloquearlo la dejaría sin ello.
threats-warn-listed = Se sabe que esto es inofensivo, o que lo usan muchos.
threats-warn-empty = Esto es un archivo vacío: todos los ordenadores tienen uno.
threats-warn-reserved = Esto no lleva a ninguna parte en internet: es para ejemplos, o para máquinas propias.
threats-warn-by = En la lista «{ $list }»: { $entry }
threats-warn-by-own = Usted mismo lo vigila, o es este sitio: { $entry }
threats-despite-legend = Las advertencias de arriba
threats-despite-choice = He mirado cada una. Se debe compartir de todos modos; queda anotado, y quien lo lea lo verá.
threats-wrong-despite = Confirme que ha mirado las advertencias, o cambie lo que comparte.
threats-despite-title = Compartido pese a una advertencia
threats-despite-list = { $value } está en la lista «{ $list }».
threats-despite-own = { $value } pertenece a quien lo compartió.
threats-despite-text = A quien lo compartió se le advirtió, y lo confirmó. Piénselo antes de bloquearlo.
vocabulary-own-election = Nombres de organismos electorales
vocabulary-own-election-about = Sitios en los que organismos electorales informan a los votantes.
vocabulary-own-addresses = Direcciones que no llevan a ninguna parte en internet
vocabulary-own-addresses-about = Redes propias y las de ejemplos: RFC 1918, 3849, 3927, 4193, 4291, 5737, 6598, 9637.
vocabulary-own-names = Nombres que no llevan a ninguna parte en internet
vocabulary-own-names-about = Nombres para ejemplos, pruebas y máquinas propias: RFC 2606, 6761, 6762, 7686, 8375.
vocabulary-own-empty = Hashes de un archivo vacío
vocabulary-own-empty-about = MD5, SHA-1, SHA-256 y SHA-512 de nada.
threats-task-answered = Otros han respondido a «{ $title }»
threats-task-answered-hint = { $seen ->
    [0] Nadie más lo ha visto
    [one] Visto por otro
   *[other] Visto por { $seen } más
 }; { $doubted ->
    [0] nadie lo llama falsa alarma.
    [one] uno lo llama falsa alarma.
   *[other] { $doubted } lo llaman falsa alarma.
 }
threats-task-doubted = ¿falsa alarma?
threats-task-seen = visto
threats-status-warned = Algo de ello está en una lista de advertencia.
