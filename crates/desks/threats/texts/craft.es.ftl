# Copies without some of it, pseudonyms, days of publication
# Not reviewed by a native speaker.
craft-object-title = Qué puede hacer con ello
craft-copy-link = Hacer una copia sin una parte
craft-copy-hint = Para lectores que pueden tener el resto.
craft-day-link = Dejar que se haga público un día fijado
craft-day-change-link = Cambiar el día en que se hace público
craft-day-hint = Entonces pasa a TLP:CLEAR por sí solo.
craft-ask-link = Preguntar quién está detrás de un seudónimo
craft-ask-hint = Para custodios, con un motivo legal.
craft-kept-title = Una parte lo oculta a los demás
craft-kept-text = Una propiedad es para menos lectores que el resto, de modo que solo estos ven el objeto. Una copia sin ella puede ir a los demás.
craft-released-title = Su dueño dejó que se hiciera público
craft-released-since = Público desde el
craft-own-under = Su organización lo compartió con este nombre; los demás solo ven el nombre.
craft-what-is-pseudonym = Qué es un seudónimo
craft-copy-title = Hacer una copia sin una parte
craft-copy-answer = Elija lo que los demás no reciben. La copia es un objeto nuevo; el original queda como está.
craft-copy-others-title = Es de otro miembro
craft-copy-others-text = Puede pasar menos de ello, y a ningún círculo más amplio que el que permite su etiqueta.
craft-copy-pseudonym-title = La copia lleva el mismo seudónimo
craft-copy-pseudonym-text = Compartió el original como «{ $name }». La copia sale también con este nombre; de otro modo le delataría.
craft-step-leave-out = Qué se omite
craft-drop = Lo que la copia omite
craft-drop-hint = Marque lo que los demás no reciben.
craft-drop-marked = { $count ->
    [one] Una línea está marcada para menos lectores que el resto; su etiqueta está al lado.
   *[other] { $count } líneas están marcadas para menos lectores que el resto; sus etiquetas están al lado.
 }
craft-leave-out = Omitir
craft-value = Lo que dice
craft-part = Parte:
craft-required = no puede estar sin esto
craft-parts = { $count ->
    [one] una entrada
   *[other] { $count } entradas
 }
craft-field-label = Etiqueta de la copia
craft-field-label-hint = Todo lo que queda debe ser para estos lectores.
craft-field-into = Adónde va la copia
craft-field-disclose = ¿Pueden los lectores saber del original?
craft-field-disclose-hint = Un enlace dice que la copia se hizo de él. El identificador del original muestra que lo hay.
craft-disclose-no = No: solo quienes tienen el original ven el enlace
craft-disclose-yes = Sí: la copia se enlaza con el original por su identificador
craft-act-look = Ver la copia
craft-placeholder = [omitido]
craft-wrong-nothing = Marque al menos una cosa que la copia omite.
craft-check-title = Una última mirada a la copia
craft-check-answer = Quién recibe la copia: { $whom }.
craft-check-public = La copia es TLP:CLEAR: se publica enseguida.
craft-stays = Lo que dice la copia
craft-left-out = Lo que omite
craft-left-reference = (lleva a algo que los lectores de la copia no pueden ver)
craft-replaced = En lugar de { $what } dice «[omitido]»: no puede estar sin ello.
craft-new-object = El objeto nuevo
craft-made-by = Hecho por
craft-new-id = Su identificador
craft-original = El original
craft-original-named = El enlace a él va a los lectores de la copia.
craft-original-kept = Los lectores de la copia no saben de él. El enlace va solo a quienes tienen el original.
craft-original-nowhere = Los lectores de la copia no saben de él. No se registra ningún enlace, porque usted no puede añadir a la colección del original.
craft-raw = Para expertos: la copia tal como sale (STIX)
craft-traces-title = Algo omitido puede verse todavía
craft-traces-text = Mire cada punto. Si alguno delata algo, vuelva y omita más.
craft-trace-text = «{ $piece }» está en lo que omite ({ $what }), y sigue en: { $where }.
craft-trace-hash = Una huella o codificación de lo que omite ({ $what }) está en: { $where }. Quien adivine el contenido puede comprobarlo.
craft-trace-id = Un identificador hecho de lo que omite ({ $what }) está en: { $where }. Quien adivine el contenido puede comprobarlo.
craft-trace-fingerprint = La copia conserva huellas. Pueden ser de un contenido del que omite una parte ({ $what }); quien tiene ese contenido lo reconoce.
craft-trace-much = { $what } es demasiado grande para compararlo con el resto. Mírelo usted.
craft-looked = He mirado: lo que queda no delata nada.
craft-act-share = Compartir la copia
craft-copies-title = { $count ->
    [one] Un objeto tiene una parte para menos lectores
   *[other] { $count } objetos tienen una parte para menos lectores
 }
craft-copies-text = Una sola parte marcada TLP:RED oculta todo el objeto a los lectores que pueden ver TLP:GREEN. Una copia sin esa parte puede ir con él para ellos: un objeto nuevo suyo, que no nombra el original.
craft-copies-choice = Compartir también una copia sin estas partes
craft-copies-back = Los demás no lo verán. Puede compartir una copia sin esa parte: vuelva y marque la casilla.
craft-copies-many = Demasiadas copias a la vez. Compártalo primero, y haga la copia en su página.
craft-uncopied-title = { $count ->
    [one] De un objeto no va ninguna copia
   *[other] De { $count } objetos no va ninguna copia
 }
craft-uncopied-text = Algo omitido se vería todavía en ella. Comparta el objeto y haga la copia en su página, donde elige qué más omitir.
craft-copied = { $count ->
    [one] Va también una copia sin su parte más estrecha, con un enlace al original que solo ven los lectores del original.
   *[other] Van también { $count } copias sin sus partes más estrechas, cada una con un enlace que solo ven los lectores del original.
 }
craft-is-copy = { $kind }, copia sin la parte más estrecha
craft-field-as = ¿Con qué nombre?
craft-field-as-hint = Un seudónimo oculta a los demás miembros quién comparte.
craft-as-name = El nuestro: { $org }
craft-as-pseudonym = Un seudónimo
craft-field-pseudonym = Seudónimo
craft-field-pseudonym-hint = De 3 a 60 letras, cifras, espacios, guiones o puntos. Nada que apunte a usted.
craft-field-pseudonym-used = De 3 a 60 caracteres. Ha usado: { $names }. Lo que lleva el mismo nombre se ve venir de la misma mano.
craft-custodians-are = Dos de estos juntos pueden abrirlo, con un motivo en el registro público: { $orgs }.
craft-custodians-none = No hay nadie nombrado que pudiera abrirlo. Los miembros pueden proponer custodios en la página de reglas.
craft-wrong-pseudonym = Escriba un seudónimo.
craft-share-as = Sale como «{ $name }»
craft-share-as-text = Los demás miembros no ven su nombre. Todo espera al próximo lote, para que la hora no diga nada.
craft-record-hidden = sale con el próximo lote, en { $seconds } segundos. El registro público muestra el lote, y no que usted comparte algo, qué ni con quién.
craft-naming-title = El texto nombra a su organización
craft-naming-text = Quien lo lea puede concluir que viene de usted. Quite el nombre, o compártalo con el suyo.
craft-fail-names-owner = Lleva como autor el identificador de su organización, que todos conocen. Quite created_by_ref, o compártalo con su nombre.
craft-protects-title = Qué protege un seudónimo, y qué no
craft-protects-yes = Protege
craft-protects-1 = Su nombre: las páginas, los programas, los canales y el registro público muestran el seudónimo, o nada.
craft-protects-2 = La hora: sale con el próximo lote, junto con lo que comparten otros.
craft-protects-no = No protege
craft-not-1 = Lo que escribe: nombres, lugares, estilo, y lo que solo usted puede saber.
craft-not-2 = La relación: todo lo que lleva el mismo seudónimo se ve venir de una sola mano.
craft-not-3 = Contra dos custodios juntos: pueden abrirlo. Que lo hicieron, y por qué, es público.
craft-not-4 = Contra quien opera este servidor: el servidor tiene que saber quién comparte.
craft-pseudonyms-title = Los seudónimos y quién los abre
craft-pseudonyms-answer = { $count ->
    [0] Nadie ha preguntado quién está detrás de un seudónimo.
    [one] Los custodios preguntaron una vez quién está detrás de un seudónimo; { $open ->
        [0] la solicitud está cerrada.
       *[other] la solicitud está abierta.
     }
   *[other] Los custodios preguntaron { $count } veces quién está detrás de un seudónimo; abiertas: { $open }.
 }
craft-requests = Solicitudes
craft-requests-none = Ninguna hasta ahora.
craft-request = Solicitud { $number }
craft-reason = Motivo
craft-asked-by = Preguntó
craft-asked-at = Cuándo
craft-about = Seudónimo:
craft-request-open = espera a un segundo custodio
craft-request-opened = abierto
craft-request-refused = rechazada
craft-how-title = Cómo se abre un seudónimo
craft-how-1 = Un custodio pregunta, con un motivo legal que todos pueden leer.
craft-how-2 = Un segundo custodio, de otra organización, acepta o rechaza.
craft-how-3 = Si acepta, estos dos saben qué organización es, y nadie más. El registro dice para siempre que ocurrió, quién lo hizo y por qué; no qué organización era.
craft-own-pseudonyms = Sus seudónimos
craft-own-pseudonyms-text = Solo su organización ve esto.
craft-ask-title = Preguntar quién está detrás de un seudónimo
craft-ask-answer = Un segundo custodio tiene que aceptar: { $orgs }.
craft-ask-pseudonym-hint = Tal como está junto al objeto.
craft-field-reason = Motivo legal
craft-field-reason-hint = La ley o la orden, y de qué se trata. Todos podrán leerlo, así que aquí no van nombres de personas.
craft-wrong-reason = Diga por qué. Sin motivo nadie abre un seudónimo.
craft-ask-looked = Pregunto en nombre de mi organización, y el motivo puede ser público.
craft-ask-consequence = Los miembros ven que usted pregunta, y por qué. De qué seudónimo se trata solo lo saben los custodios.
craft-record-ask = que su organización pregunta, y el motivo, en público; el seudónimo solo para los custodios.
craft-ask-act = Preguntar
craft-request-answer = { $org } pregunta quién está detrás de un seudónimo.
craft-pseudonym-hidden = Solo los custodios saben cuál.
craft-owner-title = Quién está detrás
craft-owner-text = Solo ven esto los dos custodios que lo abrieron, y de ellos solo los responsables. Páselo solo hasta donde llega el motivo.
craft-waits-second = Ahora un custodio de otra organización tiene que aceptar o rechazar.
craft-answer-title = Usted es el segundo custodio
craft-answer = ¿Debe abrirse?
craft-answer-hint = Mire el motivo, y no quién podría estar detrás.
craft-answer-agree = Acepto: que se abra para nosotros dos
craft-answer-refuse = Rechazo
craft-refusal-field = Por qué rechaza
craft-refusal-hint = Solo si rechaza. Constará en el registro público.
craft-refusal = Por qué se rechazó
craft-wrong-answer = Elija si acepta o rechaza.
craft-wrong-refusal = Diga por qué rechaza.
craft-answer-looked = He mirado el motivo, y decido en nombre de mi organización.
craft-answer-consequence = Si acepta, usted y quien preguntó saben enseguida qué organización es. Si rechaza, la solicitud termina; una nueva necesita un motivo nuevo.
craft-record-answer = que su organización acepta, o rechaza y por qué, en público; no qué organización es.
craft-answer-act = Decidir
craft-on-record = Qué consta en el registro
craft-on-record-text = Todos pueden leer que esto ocurrió, quién lo hizo y por qué. El seudónimo lo conocen los custodios, la organización los dos que lo abrieron.
craft-moment-asked = { $org } preguntó
craft-moment-opened = { $org } aceptó: se abrió
craft-moment-refused = { $org } rechazó
craft-task-answer = Decidir con { $org } si se abre un seudónimo
craft-day-title = Cuándo se hace público
craft-day-set = Se hace público:
craft-day-none = No hay día fijado: queda como dice su etiqueta.
craft-day-waits-title = Espera al próximo lote
craft-day-waits-text = El día se registra en { $seconds } segundos.
craft-day-parts-title = Una parte es para menos lectores
craft-day-parts-text = Lo que está marcado más estrecho que el resto no se hace público, así que no se puede fijar un día. Haga una copia sin ello, y fije un día para la copia.
craft-day-unseen-title = Nombra lo que no es público
craft-day-unseen-text = Con el objeto se hacen públicos los identificadores de estos; lo que dicen, no.
craft-day-collection-title = Su colección no es pública
craft-day-collection-text = En su día consta en el registro público. Las páginas públicas solo muestran colecciones públicas, y «{ $collection }» no lo es.
craft-field-day = Día
craft-field-day-hint = Se hace público cuando empieza este día ({ $zone }).
craft-day-looked = Entiendo que todos pueden leerlo desde ese día.
craft-day-consequence = Ese día la versión más nueva pasa a TLP:CLEAR por sí sola. Hasta entonces puede cambiar o quitar el día; después nada se puede retirar.
craft-record-day = el día, con el próximo lote, en { $seconds } segundos. Nadie más que su organización lo ve antes de que llegue.
craft-day-set-act = Fijar el día
craft-day-change-act = Cambiar el día
craft-day-lift-act = Quitar el día
craft-back = Volver al objeto
craft-days-title = Qué se hace público
craft-days-answer = { $count ->
    [0] Nada de { $org } está previsto para hacerse público.
    [one] Un objeto de { $org } está previsto para hacerse público.
   *[other] { $count } objetos de { $org } están previstos para hacerse públicos.
 }
craft-days-none = No hay ningún día fijado
craft-days-none-text = En la página de un objeto que su organización compartió puede fijar el día en que todos podrán leerlo.
craft-days-own = Solo su organización ve esta lista.
craft-days-public = Ver qué se hizo público
craft-label-now = Etiqueta actual
craft-becomes-public = Se hace público
craft-day-recorded = registrado
craft-day-waits = espera al lote
craft-day-held = retenido: una versión más nueva tiene partes más estrechas
craft-public-since = Público desde
craft-public-since-line = público desde el
craft-released-text = Antes era para los miembros. Su dueño había fijado este día.
craft-public-all = Todo lo publicado
craft-public-released = Lo que se hizo público un día fijado
craft-public-released-none = Todavía nada se ha hecho público un día fijado.
craft-property-name = Nombre
craft-property-description = Descripción
craft-property-pattern = Qué buscar (patrón)
craft-property-value = Valor
craft-property-valid-from = Vale desde
craft-property-valid-until = Vale hasta
craft-property-indicator-types = Clase de señal
craft-property-confidence = Grado de certeza (0 a 100)
craft-property-labels = Palabras clave
craft-property-external-references = Fuentes en otra parte
craft-property-kill-chain-phases = Fases de un ataque
craft-property-aliases = Otros nombres
craft-property-abstract = Resumen
craft-property-content = Texto
craft-property-explanation = Explicación
craft-property-opinion = Opinión
craft-property-authors = Autores
craft-property-published = Publicado
craft-property-report-types = Clase de informe
craft-property-context = Contexto
craft-property-object-refs = De qué trata
craft-property-sighting-of-ref = Qué se vio
craft-property-where-sighted-refs = Quién lo ha visto
craft-property-observed-data-refs = Observaciones
craft-property-count = Cuántas veces
craft-property-first-seen = Visto por primera vez
craft-property-last-seen = Visto por última vez
craft-property-first-observed = Observado por primera vez
craft-property-last-observed = Observado por última vez
craft-property-number-observed = Cuántas veces observado
craft-property-relationship-type = Clase de enlace
craft-property-source-ref = Enlace desde
craft-property-target-ref = Enlace a
craft-property-goals = Fines
craft-property-objective = Objetivo
craft-property-sophistication = Destreza
craft-property-resource-level = Medios
craft-property-primary-motivation = Móvil
craft-property-malware-types = Clase de programa
craft-property-infrastructure-types = Clase de servidores
craft-property-threat-actor-types = Clase de atacante
craft-property-hashes = Huellas
craft-property-size = Tamaño
craft-property-url = Dirección
craft-property-extensions = Extensiones
craft-property-lang = Idioma
