# Playbooks and crisis plans: what is recorded
response-nav = Respuesta
kind-response-playbook-imported = Se importó o se hizo una versión de una guía de actuación
kind-response-playbook-adopted = Una organización puso en vigor una guía de actuación
kind-response-playbook-withdrawn = Una organización retiró una guía de actuación
kind-response-plan-drafted = Se redactó un plan de crisis
kind-response-plan-adopted = Una organización puso en vigor su plan de crisis
kind-response-key-pinned = Una organización fijó una clave que firma guías de actuación
kind-response-key-unpinned = Una organización ya no confía en una clave que firma guías de actuación

# Pages
library-playbooks = Guías de actuación
library-playbook = Guía de actuación
library-plan = Plan de crisis
library-recorded = Registrado
library-cancel = Cancelar
library-consequence = Qué significa esto
library-reason = Por qué
library-reason-hint = En una o dos frases. Es público: sin nombres, direcciones ni números de personas.
library-reason-import-hint = Solo si sustituye una versión anterior. Es público.
library-reason-details = Sustituye una versión anterior
library-history = Qué fue de ella
library-version-number = Versión { $number }
library-compare = Comparar con:
library-look-at = Otras versiones:
library-no = Ninguna
library-steps-count = { $count ->
    [one] Un paso
   *[other] { $count } pasos
 }
library-home-answer = { $count ->
    [0] Ninguna guía está en vigor para su organización.
    [one] Una guía está en vigor para su organización.
   *[other] { $count } guías están en vigor para su organización.
 }
library-home-none-answer = Aún no hay ninguna guía. Empiece con una de las que vienen con el programa.
library-import = Importar una guía
library-tasks = Lo que espera a alguien
library-own = Las guías de su organización
library-in-force = En vigor
library-newest = Versión más reciente
library-changed = Cambiada
library-foreign = Guías que publican otros
library-foreign-text = Su organización puede ponerlas en vigor para sí, tal como están.
library-to-public = Lo que todos pueden leer
library-none-title = Aún no hay guías
library-none-text = Una guía dice, para una situación, quién hace qué, hasta cuándo y quién firma. Cinco vienen con el programa, para lo que toda elección prevé.
library-none-ask = Un gestor de su organización puede empezar.
library-task-mend = Corregir «{ $name }», versión { $version }
library-task-mend-hint = Tiene errores: nadie puede adoptarla.
library-task-adopt = Examinar «{ $name }», versión { $version }, y adoptarla
library-task-adopt-hint = Otra persona hizo esta versión.
library-task-wait = «{ $name }», versión { $version }, espera
library-task-wait-hint = Otra persona, gestor o supervisor, tiene que examinarla y adoptarla.
library-task-overdue = Revisar de nuevo el plan de crisis
library-task-overdue-hint = Su fecha de revisión pasó: personas y tareas pueden haber cambiado.
library-task-plan = Un borrador del plan de crisis espera
library-task-plan-hint = Una segunda persona tiene que examinarlo y adoptarlo.
library-overdue = Fecha de revisión pasada
library-state-in-force = En vigor
library-state-not-in-force = No está en vigor
library-state-draft = Borrador
library-state-gone = Texto borrado
library-state-errors = { $count ->
    [one] Un error
   *[other] { $count } errores
 }
library-import-answer = Una guía llega como borrador. Nada de ella se ejecuta, y nadie fuera de su organización la ve hasta que otra persona la adopte.
library-import-starters = Empezar con una de estas
library-import-starters-text = Están escritas para una oficina con dos personas para sus máquinas, en cuatro idiomas, y solo tienen pasos para personas.
library-import-situation = Situación
library-act-import-starter = Tomarla como borrador
library-import-file = De un archivo
library-file = Archivo
library-file-hint = JSON en el formato CACAO 2.0, { $max } MiB como máximo.
library-record-import = La huella de la versión, su longitud, el número de pasos y hallazgos, y su identificador. El texto queda privado hasta que se adopte.
library-act-import = Importar como borrador
library-import-text = De un texto
library-text = La guía
library-text-hint = Pegue todo el JSON.
library-code-field = Nombre corto
library-code-hint = Letras minúsculas, cifras, guiones; es público y está en las direcciones. Déjelo vacío para tomarlo de la guía.
library-act-check-only = Solo comprobar
library-check-title = Qué hay en esta guía
library-check-errors = { $errors ->
    [one] Tiene un error: puede guardarse como borrador, no adoptarse.
   *[other] Tiene { $errors } errores: puede guardarse como borrador, no adoptarse.
 }
library-check-warnings = { $warnings ->
    [one] Se puede seguir. Alguien debería mirar un punto.
   *[other] Se puede seguir. Alguien debería mirar { $warnings } puntos.
 }
library-check-sound = No hay nada mal en ella.
library-check-kept-nothing = No se guardó ni registró nada.
library-steps = Pasos
library-step = Paso
library-number = N.º
library-who = Quién, hasta cuándo
library-next = Qué sigue
library-ends = Termina aquí.
library-asks = Pregunta:
library-missing = No está
library-unreachable = Nunca se alcanza
library-never-executed = Nunca se ejecuta aquí
library-request = Petición, solo a un servidor permitido
library-more-commands = { $count ->
    [one] Otra orden está en el archivo.
   *[other] Otras { $count } órdenes están en el archivo.
 }
library-more-steps = { $count ->
    [one] Otro paso está en el archivo.
   *[other] Otros { $count } pasos están en el archivo.
 }
library-second = Segunda firma: { $name }
library-second-any = cualquier otra persona
library-late-after = Con retraso tras { $time }
library-failed-after = Fallido tras { $time }
library-at-most-turns = { $count ->
    [one] Una vez como máximo
   *[other] { $count } veces como máximo
 }
library-days = { $count ->
    [one] un día
   *[other] { $count } días
 }
library-hours = { $count ->
    [one] una hora
   *[other] { $count } horas
 }
library-minutes = { $count ->
    [one] un minuto
   *[other] { $count } minutos
 }
library-seconds = { $count ->
    [one] un segundo
   *[other] { $count } segundos
 }
library-evidence-none = No se entrega nada
library-evidence-note = Se entrega una nota
library-evidence-file = Se entrega un archivo
library-step-start = Inicio
library-step-end = Fin
library-step-action = Acción
library-step-playbook-action = Otra guía
library-step-parallel = Al mismo tiempo
library-step-if-condition = Pregunta
library-step-while-condition = Una y otra vez
library-step-switch-condition = Elección
library-way-then = luego
library-way-success = si se hizo
library-way-failure = si falla
library-way-yes = si sí
library-way-no = si no
library-way-again = mientras sea así
library-way-parallel = rama { $number }
library-way-case = si { $case }
library-findings = Qué se encontró
library-findings-none = Nada que señalar: se llega a cada paso, cada camino termina, cada bucle tiene un límite.
library-where = Dónde
library-what = Qué, y qué hacer
library-code = Código
library-whole = Toda la guía
library-stands = Dice:
library-wanted = Se espera:
library-severity-error = Error
library-severity-warning = Mírelo
library-severity-note = Nota
library-roles = Funciones
library-role = Función
library-roles-none = No nombra ninguna función.
library-role-short = Nombre corto de la función
library-role-above = Depende de
library-role-top = nadie por encima
library-facts = Datos
library-fact-org = De quién es
library-fact-made = Cómo surgió esta versión
library-fact-signed = Firmada con una clave de confianza
library-fact-force = En vigor para
library-fact-readers = Quién puede leerla
library-fact-id = Identificador
library-fact-created-by = Creada por
library-fact-created = Creada
library-fact-modified = Modificada
library-fact-types = Para
library-fact-derived = Derivada de
library-readers-all = Todos, en cuanto una versión esté en vigor
library-readers-own = Solo miembros de su organización
library-signed-by = Firmada por { $name }
library-signed-nobody = No
library-force-nobody = Nadie
library-how-file = importada de un archivo
library-how-starter = tomada del programa
library-how-edit = cambiada aquí
library-moment-adopted = Versión { $number } puesta en vigor por { $org }
library-moment-withdrawn = Versión { $number } retirada por { $org }
library-download = Descargar el archivo
library-act-adopt = Adoptar
library-act-withdraw = Retirar
library-act-change = Cambiar
library-act-link = Qué sigue
library-act-move = Mover
library-act-remove = Quitar
library-older-title = Esta es una versión anterior.
library-older-text = Ir a la más reciente
library-errors-title = { $errors ->
    [one] Un error impide adoptarla.
   *[other] { $errors } errores impiden adoptarla.
 }
library-errors-text = Ver qué y dónde
library-maker-title = Usted hizo esta versión.
library-maker-text = Otro gestor o supervisor tiene que examinarla y adoptarla.
library-carried-title = { $count ->
    [one] Un paso tiene órdenes para máquinas.
   *[other] { $count } pasos tienen órdenes para máquinas.
 }
library-carried-text = Se muestran como texto. Este programa nunca las ejecuta; una persona las lee y decide.
library-picture-title = El camino por «{ $name }»
library-picture-description = { $steps ->
    [one] Un paso, de arriba abajo; la tabla de abajo dice lo mismo con palabras.
   *[other] { $steps } pasos, de arriba abajo; la tabla de abajo dice lo mismo con palabras.
 }
library-picture-read = El camino
library-picture-how = De arriba abajo. Una línea discontinua es lo que pasa si un paso falla; una de puntos vuelve de una rama.
library-picture-region = Imagen de los pasos
library-picture-none = No hay imagen: no tiene pasos, o más de los que caben. La tabla los tiene.
library-difference-whole = Toda la guía
library-difference-step = Paso: { $name }
library-difference-role = Función: { $name }
library-difference-new = Nuevo
library-difference-gone = Quitado
library-difference-changed = Cambiado
library-difference-none = Nada difiere.
library-difference-more = { $count ->
    [one] Otra línea difiere.
   *[other] Otras { $count } líneas difieren.
 }
library-property = Qué
library-before = Antes
library-after = Después
library-changes-title = De la versión { $old } a la versión { $new }
library-property-name = Nombre
library-property-description = Descripción
library-property-agent = Quién lo hace
library-property-timeout = Fallido tras
library-property-deadline = Con retraso tras
library-property-evidence = Qué se entrega
library-property-sign-off = Cuántas personas firman
library-property-second = Quién firma en segundo lugar
library-property-turns = Cuántas veces como máximo
library-property-next = Qué sigue
library-property-failure = Qué sigue si falla
library-property-true = Si sí
library-property-false = Si no
library-property-id = Identificador
library-property-created-by = Creada por
library-property-role = Nombre corto de la función
library-property-command = Qué hay que hacer ({ $number })
library-edit-about = Nombre y descripción
library-edit-step = Cambiar un paso
library-edit-add = Añadir un paso
library-edit-remove = Quitar un paso
library-edit-move = Mover un paso
library-edit-link = Cambiar qué sigue a un paso
library-edit-role = Añadir una función
library-edit-form = Qué cambia
library-edit-check = Comprobar
library-edit-language = Textos en:
library-language-own = el idioma de la guía
library-language-first = { $language } (la suya)
library-choose-step = ¿Qué paso?
library-choose-nowhere = A ninguna parte
library-choose-new = Nadie
library-choose-any = Cualquier otra persona
library-choose-playbook = Elija una guía en vigor
library-act-next = Continuar
library-act-check = Comprobar qué cambia
library-act-record = Registrar la versión siguiente
library-act-back = Cambiarlo
library-command-hint = Con palabras sencillas, para que quien nunca lo hizo pueda hacerlo.
library-deadline-hint = Pasado este tiempo, el tablero lo muestra con retraso. Vacío: sin plazo.
library-timeout-hint = Pasado este tiempo, cuenta como fallido. Vacío: nunca.
library-turns-hint = Un bucle sin límite es un error.
library-unit = Unidad
library-unit-seconds = segundos
library-unit-minutes = minutos
library-unit-hours = horas
library-unit-days = días
library-double-hint = Donde un error sería grave, una segunda persona mira y firma.
library-double-no = Una persona
library-double-yes = Dos personas
library-step-name-hint = Unas palabras que digan qué se hace.
library-instruction = Qué hay que hacer
library-place = Dónde va
library-place-hint = Lo que seguía allí la seguirá.
library-place-after = Después de { $step }
library-place-branch = { $step }: primero de la rama «{ $branch }»
library-remove-text = Lo que llevaba a este paso llevará a lo que le seguía.
library-link-text = Para reparar una guía en la que un camino no lleva a ninguna parte. Para poner un paso en otro sitio, muévalo.
library-exit = Qué salida
library-exit-to = Lleva a
library-role-name-hint = Un cargo, no una persona.
library-role-short-hint = Letras minúsculas, cifras, guiones, como en los contactos.
library-edit-answer = Aún no se ha registrado nada. Sería la versión { $version }, un borrador hasta que otra persona la adopte.
library-taken-over-title = Pasa a ser de su organización.
library-taken-over-text = Otra persona la creó. La guía cambiada recibe un identificador propio que nombra el antiguo, y las firmas se quitan: eran de otros bytes.
library-edit-errors = La guía ya los tenía, o tenía más. Sigue siendo un borrador hasta que se corrijan.
library-edit-differs = Qué sería distinto
library-record-edit = La versión siguiente: su huella, el número de pasos y hallazgos, y el motivo. El texto queda privado hasta que se adopte.
library-adopt-title = Adoptar una guía
library-adopt-answer = «{ $name }», versión { $version }: desde entonces las personas de su organización actúan según ella.
library-adopt-before = Sustituye la versión { $before }.
library-adopt-compare = Ver qué cambia
library-adopt-first = Ahora ninguna versión está en vigor.
library-adopt-looked = He leído cada paso, y otra persona lo escribió.
library-adopt-public = El texto se hace público, para siempre: todos pueden leerlo y exigirlo a su organización.
library-adopt-private = El texto queda en su organización. Que una versión está en vigor, y su huella, son públicos.
library-record-adopt = Que su organización pone en vigor esta versión, y su huella. Quién la adoptó queda privado.
library-withdraw-title = Retirar una guía
library-withdraw-answer = «{ $name }», versión { $version }, ya no estará en vigor para su organización.
library-withdraw-consequence = Nadie puede empezarla ya. Lo que está en curso sigue; lo publicado se puede seguir leyendo.
library-record-withdraw = Que ninguna versión está ya en vigor, y por qué.
library-keys = Claves que firman guías
library-keys-answer = Una guía cuenta como firmada si la firmó una clave de esta lista. Una clave que viene con la guía no prueba nada.
library-keys-none = No hay claves fijadas: ninguna guía cuenta como firmada.
library-key = Clave pública
library-key-hint = Un archivo PEM Ed25519 o P-256.
library-key-name = De quién es
library-key-name-hint = Una organización, con sus palabras.
library-key-print = SHA-256
library-key-since = Fijada
library-key-remove = Quitar
library-key-pin = Fijar una clave
library-key-pin-text = Obtenga la clave por otra vía que sus guías: de mano en mano, o leída por teléfono.
library-record-key = La clave y el nombre, en público.
library-public-title = Qué se hace cuando ocurre algo
library-public-answer = Planes y guías que las oficinas electorales han puesto en vigor. Se les puede exigir.
library-public-plans = Planes de crisis
library-public-none = Aún no se ha publicado ninguna guía.
library-public-for = En vigor para { $orgs }
library-public-in-force-for = En vigor para
library-public-why-title = Por qué es público
library-public-why-text = Quien sabe de antemano qué debe hacer una oficina puede ver después si lo hizo. Lo que ayudaría a un atacante está reservado a menos lectores y no está aquí.
library-public-plan-answer = { $org } actúa según este plan en una crisis.
library-plan-answer = Quién dirige cuándo, qué guía empieza con qué, y quién dice qué en público.
library-plan-none-answer = Su organización aún no tiene plan de crisis.
library-plan-none-title = Aún no hay plan de crisis
library-plan-none-text = Dice quién dirige en cada nivel, qué guía empieza con qué, y quién habla en público. Adopte antes una guía: el plan las nombra.
library-act-plan-write = Redactar el plan de crisis
library-act-plan-edit = Cambiar el plan
library-act-print = En papel
library-plan-differs = Qué difiere de la versión anterior
library-to-public-plan = Como lo leen todos
library-act-adopt-plan = Adoptar el plan de crisis
library-plan-draft-title = Un borrador más nuevo espera a una segunda persona.
library-plan-public = Todos pueden leerlo.
library-plan-private = Solo los miembros de la organización lo leen.
library-moment-plan-adopted = Versión { $number } puesta en vigor
library-moment-plan-drafted = Versión { $number } redactada
library-plan-title = Título
library-plan-title-first = Plan de crisis para elecciones
library-plan-leads = Quién dirige cuándo
library-plan-leads-text = Nacional, regional, local; y cómo se consulta a los aliados. Funciones, no personas.
library-plan-level = Nivel
library-plan-role = Función
library-plan-deputy = Si no se le localiza
library-plan-when = Cuándo dirige y qué decide
library-plan-triggers = Qué guía empieza con qué
library-plan-triggers-text = Solo se pueden elegir guías en vigor para su organización.
library-plan-playbook = Guía
library-plan-trigger = Qué ha ocurrido
library-plan-severity = Desde qué gravedad
library-plan-begins = Quién la empieza
library-plan-contacts = Quién debe estar localizable
library-plan-contacts-text = Solo funciones. Las personas y sus números están en los contactos, donde caducan.
library-plan-purpose = Para qué se le llama
library-plan-statements = Qué se dice en público
library-plan-subject = Sobre qué
library-plan-speaks = Quién lo dice
library-plan-how = Con qué rapidez, y qué no se dice nunca
library-plan-review = Revisar antes de
library-plan-review-hint = El último día antes de que se muestre como vencido; dentro de dos años.
library-plan-readers = Quién puede leerlo
library-plan-readers-all = Todos
library-plan-readers-own = Solo miembros de nuestra organización
library-plan-validity = Hasta cuándo, y para quién
library-plan-form-answer = Rellene lo que tenga; las filas vacías se omiten. Una segunda persona lo adopta.
library-plan-lead-number = Nivel de autoridad { $number }
library-plan-trigger-number = Comienzo { $number }
library-plan-contact-number = Contacto { $number }
library-plan-statement-number = Declaración { $number }
library-act-rows = Más filas
library-plan-check-title = Comprobar el plan
library-plan-check-answer = Aún no se ha registrado nada. Léalo como se leería en el peor día.
library-record-plan-draft = La huella y la versión del borrador, y el motivo. El texto queda privado hasta que se adopte.
library-act-plan-draft = Guardar como borrador
library-plan-adopt-answer = Versión { $version }: desde entonces su organización actúa según ella.
library-record-plan-adopt = Que esta versión está en vigor, su huella, su fecha de revisión; y el texto, si todos pueden leerlo.
library-print-receipt = Recibo { $number } del registro.
library-level-national = Nacional
library-level-regional = Regional
library-level-local = Local
library-level-allies = Aliados
library-plan-when-national = Cuando afecta a más de una región, o está en juego el resultado de una elección nacional.
library-plan-when-regional = Cuando afecta a más de un municipio.
library-plan-when-local = Cuando no sale de un municipio o un centro de votación.
library-plan-when-allies = Se les consulta cuando las huellas llevan al extranjero. Aconsejan; no deciden.
library-nciss-emergency = Emergencia
library-nciss-severe = Grave
library-nciss-high = Alta
library-nciss-medium = Media
library-nciss-low = Baja
library-nciss-baseline-minor = Básica, menor
library-nciss-baseline-negligible = Básica, insignificante
library-wrong-choice = Elija uno de los que se ofrecen.
library-wrong-looked = Diga que lo ha leído. Es lo que usted firma.
library-wrong-nothing = No hay nada que leer. Elija un archivo, o pegue el texto.
library-wrong-number = Escriba un número entero.
library-wrong-same = No cambiaría nada.
library-wrong-starter = Elija una situación.
library-wrong-text = Esto está vacío o es demasiado largo.
library-wrong-time = Escriba un número entero mayor que 0, o déjelo vacío.
library-finding-missing = Falta una propiedad obligatoria. Añádala.
library-finding-wrong-type = El valor no es del tipo de la norma. Escriba uno del tipo indicado.
library-finding-not-allowed = El valor no es de los permitidos. Tome uno de ellos.
library-finding-bad-identifier = No es un identificador: necesita un tipo, dos guiones y un UUID de versión 1 a 5.
library-finding-bad-time = No es una hora en UTC. Escríbala como 2026-11-03T20:00:00.000Z.
library-finding-out-of-bounds = El número está fuera de sus límites. Escriba uno dentro.
library-finding-too-few = Hay menos entradas de las necesarias. Añada, u omita la propiedad.
library-finding-forbidden = Esta propiedad no debe estar. Omítala.
library-finding-one-of = Debe haber exactamente una de varias propiedades. Deje una.
library-finding-bad-address = Esto no está escrito como una dirección de su clase. Aquí no se hace nada con ella; escríbala en su forma.
library-finding-bad-key = La entrada no se llama como pide la norma. Nómbrela así.
library-finding-unknown-type = CACAO 2.0 no tiene ese tipo. Se conserva sin mirarlo; pregunte al remitente si es a propósito.
library-finding-unknown-property = CACAO 2.0 no tiene esa propiedad. Se conserva; las extensiones son el lugar para las propias.
library-finding-unknown-term = El término no está en la lista de la norma. Tome uno de la lista si conviene.
library-finding-no-such-day = No existe ese día. Escriba un día del calendario.
library-finding-times-reversed = Dos horas están en orden inverso. Ponga la posterior después.
library-finding-both-continuations = Dice dos veces qué sigue. Deje on_completion, u on_success con on_failure.
library-finding-no-command = La orden no tiene texto. Añádalo.
library-finding-type-and-id = El tipo no es el que dice el identificador. Hágalos coincidir.
library-finding-start-not-start = El flujo no empieza con un paso de inicio. Añádalo y nómbrelo en workflow_start.
library-finding-step-kind-missing = Un flujo necesita inicio, acción y fin; falta uno. Añádalo.
library-finding-activities-missing = Dice de qué clase es y no qué hacen sus pasos. Dígalo en playbook_activities.
library-finding-constant-changed = Un paso cambia un valor marcado como constante. Quite una de las dos cosas.
library-finding-bad-value = El valor no es del tipo de su variable. Escríbalo en esa forma.
library-finding-secret-inside = Hay un secreto en la guía. Quítelo y cámbielo: quien recibe la guía lo tiene.
library-finding-step-missing = Lleva a un paso que no está. Añada el paso, o nombre otro.
library-finding-unreachable = Ningún camino lleva a este paso. Lleve uno, o quítelo.
library-finding-next-missing = Nada sigue a este paso. Diga qué sigue.
library-finding-end-implied = Nada sigue cuando terminan las ramas: el camino acaba ahí. Dígalo con un paso de fin.
library-finding-no-end = Desde aquí no se llega a ningún fin. Llévelo a un paso de fin.
library-finding-endless-loop = Los pasos dan vueltas sin fin. Escriba un bucle con un límite.
library-finding-unbounded-loop = El bucle no tiene límite. Dele un plazo, o diga cuántas veces como máximo.
library-finding-loop-changes-nothing = Nada dentro del bucle cambia lo que pregunta. Que un paso devuelva la variable.
library-finding-end-shared = Dos ramas terminan en el mismo paso. Dé a cada una su fin.
library-finding-step-shared = El paso está en dos ramas. Dé a cada una sus pasos.
library-finding-too-nested = Las ramas están demasiado anidadas. Escriba la parte interior como una guía aparte.
library-finding-too-many-steps = Hay más pasos de los que se aceptan. Escriba partes como guías aparte.
library-finding-variable-missing = Usa una variable que no está definida. Defínala.
library-finding-variable-race = Ramas simultáneas escriben la misma variable. Que cada una escriba la suya.
library-finding-agent-missing = Nombra una función no definida. Defínala, o nombre otra.
library-finding-target-missing = Nombra un objetivo no definido. Defínalo.
library-finding-definition-missing = Nombra algo no definido. Defínalo.
library-finding-bad-condition = La condición no se puede leer. Escriba comparaciones como __name__:value = 'text'.
library-finding-playbook-loop = Unas guías se inician en círculo. Que ninguna vuelva atrás.
library-finding-playbook-missing = Inicia una guía que no está aquí. Impórtela también.
library-finding-bad-extension = Lo que está en la extensión de este programa no corresponde. Vea la guía del usuario.
library-finding-role-missing = La segunda firma se pide a una función que no está. Nombre una de las funciones.
library-finding-not-executed = Este programa nunca ejecuta esta orden. Una persona la lee, decide, y la hace a mano.
library-finding-bad-request = La petición no se puede enviar así. Escriba MÉTODO /ruta HTTP/1.1, y el servidor en el objetivo.
library-finding-more = Hay más. Corrija primero lo indicado.
