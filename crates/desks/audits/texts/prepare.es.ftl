# Preparing audits: from the list to the commitment
# Not reviewed by a native speaker.
audits-nav = Auditorías
audits-cancel = Cancelar
audits-recorded = Registrado
audits-consequence = Lo que sigue
audits-planner = Planificar: ¿cuánto trabajo sería?
audits-home-answer = { $count ->
    [one] Una cosa le espera.
   *[other] { $count } cosas le esperan.
 }
audits-home-nothing = Nada le espera.
audits-home-tasks = Lo que le espera
audits-home-all = Todas las auditorías
audits-none-title = Aún no hay auditorías
audits-none-manager = Empiece por las contiendas y sus márgenes: el planificador dice cuántas papeletas miraría cada método. Luego comience una auditoría.
audits-none-text = Aquí estarán las auditorías de este sitio en cuanto alguien comience una.
audits-audit = Auditoría
audits-state = Estado
audits-org = La dirige
audits-changed = Último cambio
audits-task-prepare = Completar la preparación
audits-task-missing-count = { $count ->
    [one] falta una cosa
   *[other] faltan { $count } cosas
 }
audits-task-commit = Comprometerse: todo está y está firmado
audits-task-hand-in = Entregar sus archivos
audits-task-sign = Firmar lo entregado
audits-task-boards = Atender a sus mesas
audits-task-watch-seed = Observar los dados, o escribir sus cifras
audits-phase-draft = en preparación
audits-phase-committed = comprometida, antes de la semilla
audits-phase-seeded = semilla sorteada
audits-phase-round-open = las mesas leen
audits-phase-round-closed = falta decidir
audits-phase-full-hand-count = recuento manual completo
audits-phase-finished = terminada
audits-next-draft = Elija contiendas, nombre jurisdicciones y espere a que cada una entregue y firme sus archivos.
audits-next-committed = Todo está fijado. Dos personas tiran los dados en público y escriben las cifras.
audits-next-seeded = La semilla está sorteada. Abra la ronda.
audits-next-round-open = Las mesas leen lo sorteado. Cuando todas hayan firmado, se cierra la ronda.
audits-next-round-closed = El riesgo está medido. Decida qué sigue.
audits-next-full-hand-count = Todas las papeletas se cuentan a mano. Indique lo que halló el recuento.
audits-next-finished = La auditoría ha terminado.
audits-what-manifest = Manifiesto de papeletas
audits-what-totals = Totales por lote
audits-what-cvrs = Registros de votos
audits-what-hint-manifest = Qué lotes hay, dónde están y cuántas papeletas tiene cada uno. Se hace público.
audits-what-hint-totals = Los votos de cada opción en cada lote. Quedan privados hasta el compromiso.
audits-what-hint-cvrs = Lo que las máquinas registraron de cada papeleta. Quedan privados; solo se publica su huella.
audits-what-how-manifest = Una tabla (CSV) con las columnas Batch Name y Number of Ballots; también Container, Tabulator, y CVR (Y o N) si solo algunos lotes tienen registros de votos. También se entienden los encabezados de Colorado.
audits-what-how-totals = Una tabla (CSV) con la columna Batch Name y una columna por opción, llamada «Contienda - Opción» si se auditan varias contiendas.
audits-what-how-cvrs = La exportación tal como sale del sistema: Dominion (CSV o zip), Hart (zip), ES&S, Clear Ballot, el Common Data Format, o columnas hechas por scrutineer.
audits-method-batch-comparison = Comparación de lotes
audits-method-ballot-comparison = Comparación de papeletas
audits-method-ballot-comparison-colorado = Comparación de papeletas, como la calcula Colorado
audits-method-assertion-comparison = Comparación de papeletas por aserciones (SHANGRLA)
audits-method-ballot-polling = Sondeo de papeletas (BRAVO)
audits-method-minerva = Sondeo de papeletas (Minerva)
audits-method-providence = Sondeo de papeletas (Providence)
audits-method-assertion-polling = Sondeo de papeletas por aserciones (ALPHA)
audits-method-hybrid = Híbrida (SUITE)
audits-method-does-batch-comparison = Lotes enteros se cuentan a mano y se comparan con sus totales. Requiere totales por lote, no registros de votos.
audits-method-does-ballot-comparison = Papeletas sueltas se comparan con su registro de voto. Mira el menor número de papeletas.
audits-method-does-ballot-comparison-colorado = Lo mismo, contando las subestimaciones y sorteando las papeletas por su número en el manifiesto.
audits-method-does-assertion-comparison = Lo mismo para todo tipo de contienda, también clasificaciones y listas; pueden participar lotes de los que solo se conocen los totales.
audits-method-does-ballot-polling = Se leen papeletas sueltas sin comparar nada. Solo requiere un manifiesto; bueno si el margen es amplio.
audits-method-does-minerva = Como BRAVO, casi siempre con menos papeletas. Cada ronda tiene su propia semilla.
audits-method-does-providence = Como Minerva, y el tamaño de una ronda puede depender de las anteriores. Cada ronda tiene su propia semilla.
audits-method-does-assertion-polling = Se leen papeletas sueltas, para todo tipo de contienda cuyos votos se cuentan.
audits-method-does-hybrid = Las papeletas con registro se comparan, las demás se leen, y ambas juntas confirman el resultado.
audits-sampler-usual = Como suele tenerlo el método
audits-sampler-arlo-ppeb = Lotes por su cota de error (Arlo)
audits-sampler-consistent-with-replacement = Papeletas por boletos, una papeleta puede salir otra vez
audits-sampler-consistent-without-replacement = Papeletas por boletos, cada una una vez
audits-sampler-colorado = Papeletas por su número (Colorado)
audits-sampler-cryptorandom = Hojas por números aleatorios, tantas como quiera cada contienda
audits-new-title = Comenzar una auditoría
audits-new-answer = Diga cómo se llama y cómo procede. Todo aquí es público desde el primer momento.
audits-new-planner = ¿No sabe qué método? El planificador dice cuántas papeletas miraría cada uno.
audits-new-more = Muestreo, semilla y prueba
audits-field-title = Título
audits-field-title-hint = Como lo leerá el público, por ejemplo «Auditoría de la elección de alcalde, noviembre de 2026».
audits-field-election = Elección
audits-field-election-hint = El nombre corto de la elección en este sitio. Puede quedar vacío.
audits-field-method = Método
audits-field-sampler = Muestreo
audits-field-sampler-hint = Cómo se sigue la muestra de la semilla.
audits-field-digits = Cifras de la semilla
audits-field-digits-hint = Al menos 20: se tiran tantos dados de diez caras.
audits-field-style = Estilo de las hojas
audits-field-style-hint = Si los registros dicen qué contiendas hay en una papeleta, y si la muestra se sortea según eso.
audits-style-unknown = No se confía en él
audits-style-known = Se confía en él
audits-field-test = Prueba, donde se miden aserciones
audits-field-test-hint = Los demás métodos tienen la suya.
audits-test-betting = Martingala de apuestas (apuesta 1,8)
audits-test-alpha = ALPHA (peso 100)
audits-field-fresh = Cada ronda tiene su propia semilla
audits-record-new = Que su organización comenzó una auditoría, con su título, método y muestreo. Cualquiera puede leerlo.
audits-act-new = Comenzar la auditoría
audits-wrong-text = Escriba un texto de { $max } bytes como máximo.
audits-wrong-election = El nombre corto de una elección tiene letras de la a a la z, cifras y guiones.
audits-wrong-method = Elija un método.
audits-wrong-digits = Escriba un número de 20 a 100.
audits-version = Versión { $version }
audits-steps = Pasos
audits-count-contests = { $count ->
    [one] una contienda
   *[other] { $count } contiendas
 }
audits-places-state = { $handed } de { $total } entregaron, { $signed } firmaron
audits-not-yet = aún no
audits-done = hecho
audits-facts = Cómo procede
audits-fact-seeds = Semillas
audits-fact-seeds-fresh = una por ronda
audits-fact-seeds-one = una para todas las rondas
audits-root = Raíz del compromiso
audits-events = Lo que ha pasado
audits-events-earlier = { $count } sucesos anteriores están en el registro.
audits-event-reason = { $event } — «{ $reason }»
audits-missing-title = Lo que falta
audits-missing-more = Y { $count } más.
audits-missing-file = { $jurisdiction } no ha entregado: { $what }.
audits-missing-signature = { $jurisdiction } no ha firmado lo que entregó.
audits-reopen-link = Volver antes de la semilla, por un archivo tardío u otro cambio
audits-contests-title = Contiendas
audits-contests-answer = Lo que se audita, con los votos informados. Al menos una contienda es objetivo: la auditoría sigue hasta alcanzar su límite de riesgo.
audits-contests-none = Aún no hay contiendas
audits-contests-none-text = Agregue las contiendas que se auditan, con sus opciones y los votos informados.
audits-contest-add = Agregar una contienda
audits-contest-change = Cambiar
audits-contest-drop = Quitar
audits-contest-title = Contienda
audits-contest-answer = El resultado tal como se informó. Una contienda del mismo nombre se reemplaza.
audits-choice = Opción
audits-votes = Votos informados
audits-targeted = Objetivo
audits-opportunistic = Oportunista
audits-law-most = Más votos
audits-law-majority = Una mayoría, si no una segunda vuelta
audits-law-share = Más de una parte de los votos válidos
audits-law-runoff = Una mayoría, o siguen los dos primeros
audits-law-ranked = Segunda vuelta instantánea, los votantes ordenan
audits-law-dhondt = Listas, D’Hondt
audits-law-sainte-lague = Listas, Sainte-Laguë
audits-field-name = Nombre
audits-field-name-hint = Como lo escriben los archivos de las jurisdicciones.
audits-field-choices = Opciones con sus votos
audits-field-choices-hint = Una por línea, los votos al final: «Ann Lee: 1234». Si los votantes ordenan, las primeras preferencias.
audits-field-ballots = Papeletas que podrían contenerla
audits-field-ballots-hint = Todas las papeletas de sus votantes, también en blanco.
audits-field-winners = Ganadores o escaños
audits-field-winners-hint = Cuántos se eligen.
audits-field-votes-allowed = Votos por votante
audits-field-votes-allowed-hint = Cuántas opciones se pueden marcar en una papeleta.
audits-field-limit = Límite de riesgo
audits-field-limit-hint = La probabilidad, como máximo, de confirmar un resultado equivocado. Casi siempre 5%.
audits-field-targeted = Qué hace la auditoría con ella
audits-field-targeted-hint = De las oportunistas se mide el riesgo con lo sorteado para otras.
audits-field-law = Quién gana
audits-field-law-hint = Según la ley de la elección.
audits-field-share = Parte
audits-field-share-hint = Si se necesita más de una parte, por ejemplo 2/3; para listas el umbral, por ejemplo 1/20, o nada.
audits-field-winner = Ganador de la segunda vuelta instantánea
audits-field-winner-hint = Su nombre como arriba. Solo si los votantes ordenan.
audits-record-contest = La contienda con sus opciones, votos y límite de riesgo, en público.
audits-act-contest = Registrar la contienda
audits-wrong-number = Escriba un número entero, al menos { $least }.
audits-wrong-choice = La línea { $line } no termina en un número de votos.
audits-wrong-choices = Escriba al menos dos opciones, una por línea.
audits-wrong-law = El método de esta auditoría no confirma este tipo de contienda.
audits-wrong-share = Escriba una parte menor que uno, como fracción, por ejemplo 2/3.
audits-wrong-winner = El ganador no es ninguna de las opciones de arriba.
audits-wrong-seats = Escriba 1000 escaños como máximo.
audits-places-title = Jurisdicciones
audits-places-own = Sus archivos
audits-places-first = Nombre las jurisdicciones que participan. Cada una entrega luego sus archivos y los firma.
audits-places-answer = { $signed } de { $total } entregaron y firmaron.
audits-places-caption = Lo que entregó cada una
audits-place = Jurisdicción
audits-rows-ballots = { $rows ->
    [one] una fila
   *[other] { $rows } filas
 }, { $ballots ->
    [one] una papeleta
   *[other] { $ballots } papeletas
 }
audits-not-there = aún no está
audits-not-needed = solo para lotes sin registros de votos
audits-state-signed = firmado
audits-state-unsigned = por firmar
audits-state-missing = faltan archivos
audits-field-names = Jurisdicciones que participan
audits-field-names-hint = Una por línea, como se escriben ellas. Quien atiende una entra con un papel para ese nombre exacto.
audits-field-leave = Quitarlas de todos modos, con lo que entregaron
audits-record-names = La lista de las jurisdicciones, en público.
audits-act-names = Registrar la lista
audits-wrong-names = Nombre al menos una jurisdicción.
audits-wrong-names-twice = Una jurisdicción figura dos veces en la lista.
audits-wrong-names-gone = Estas entregaron algo y ya no están en la lista: { $names }
audits-place-answer = Entregue cada archivo. Verá todo lo que está mal antes de que se registre nada.
audits-place-sign = Todo está. Mírelo una vez más y firme.
audits-place-waits = Todo está. La jurisdicción lo mira y firma.
audits-place-signed = Firmado. Un archivo nuevo retira la firma.
audits-place-closed = Todo está comprometido. Un archivo tardío requiere una nueva versión de la auditoría: pregunte a quien la dirige.
audits-rows = Filas
audits-ballots = Papeletas
audits-batch = Lote
audits-file = Archivo
audits-sha256 = SHA-256
audits-file-hint = { $max } MiB como máximo.
audits-file-wrong = { $count ->
    [one] Primero hay que corregir una cosa en { $file }.
   *[other] Primero hay que corregir { $count } cosas en { $file }.
 }
audits-problems = Todo lo que está mal
audits-warnings = Mire esto
audits-severity-error = corregir
audits-severity-warning = mirar
audits-severity-note = nota
audits-place-row = fila { $row }
audits-place-column = columna { $column }
audits-place-file = todo el archivo
audits-problem-value = Aquí: «{ $value }».
audits-problem-closest = ¿Quiso decir «{ $closest }»?
audits-problem-first = Ya figura en la fila { $row }.
audits-problem-details = ({ $details })
audits-nothing-yet = Aún no se registra nada
audits-nothing-yet-text = Primero ve lo que dice el archivo y todo lo que está mal.
audits-act-look = Mirarlo
audits-act-manifest = Entregar el manifiesto
audits-act-hand-in = Entregar
audits-act-replace = Entregar otro
audits-wrong-file = Elija un archivo.
audits-wrong-problems = El archivo no se puede aceptar tal como está. Corrija lo listado y entréguelo de nuevo; no se registró nada.
audits-wrong-waited = El archivo esperó demasiado, o entretanto se entregó otro. Elíjalo de nuevo.
audits-check-title = { $what }: ¿es correcto?
audits-check-answer = { $warnings ->
    [0] { $rows } filas con { $ballots } papeletas, y nada que corregir.
    [one] { $rows } filas con { $ballots } papeletas. Mire antes una cosa.
   *[other] { $rows } filas con { $ballots } papeletas. Mire antes { $warnings } cosas.
 }
audits-preview = Las primeras filas, como se registrarán
audits-rare-title = Estilos de papeleta raros
audits-rare-text = { $rare } de { $styles } estilos tienen menos de { $few } papeletas. Quien sepa que alguien votó con una de ellas podría conocer su voto por registros publicados. Ahora no se publica nada; si se van a publicar, piénselo antes del compromiso.
audits-check-signed-title = La firma se retira
audits-check-signed = La jurisdicción firmó lo que hay ahora. Después de esto firma de nuevo.
audits-check-replaces = Esto reemplaza el archivo entregado antes.
audits-record-file = Que el archivo se entregó, con su huella, filas y papeletas. Su contenido se hace público con el compromiso; el nombre del archivo queda privado.
audits-record-file-private = Que el archivo se entregó, con su huella, filas y papeletas. Contenido y nombre del archivo quedan privados.
audits-act-record = Registrarlo
audits-act-other-file = Elegir otro archivo
audits-sign-title = Firmar lo entregado
audits-sign-answer = Usted firma por { $name } que estos son sus archivos y que son correctos.
audits-sign-looked = He mirado los archivos, y son los de la jurisdicción.
audits-sign-consequence = Después la auditoría se puede comprometer. Un archivo nuevo retira la firma.
audits-record-sign = Que la jurisdicción firmó, y exactamente qué: la huella de abajo.
audits-act-sign = Firmar
audits-wrong-looked = Diga que lo ha mirado.
audits-commit-title = Comprometerse
audits-commit-answer = Todo está, firmado, y encaja. Mírelo y comprométase: desde entonces nada de lo que se sortea puede cambiar sin verse.
audits-commit-not-yet = Aún no es posible comprometerse.
audits-commit-what = A qué se compromete
audits-commit-places = { $total } jurisdicciones con { $batches } lotes y { $ballots } papeletas
audits-commit-looked = He mirado todo esto.
audits-commit-consequence = Después se pueden tirar los dados. Un cambio es entonces una nueva versión con un motivo, y requiere nuevos dados.
audits-record-commit = La huella de cada parte, la raíz, el programa, y el manifiesto con los totales por lote; de los registros de votos solo la huella.
audits-act-commit = Comprometerse
audits-software = Programa
audits-parts = Partes y sus huellas
audits-part = Parte
audits-part-settings = Método, muestreo, programa
audits-part-contests = Contiendas y límites de riesgo
audits-part-batches = Manifiestos y totales
audits-part-cvrs = Registros de votos
audits-part-names = Nombres que significan otros
audits-deviations-title = Esto no encaja
audits-deviations-text = Tal como está no se podría sortear nada. La comprobación de registros dice, en inglés:
audits-notices-title = Mire esto
audits-reopen-title = Volver antes de la semilla
audits-reopen-answer = Un archivo tardío u otro cambio crea una nueva versión de la auditoría, con un motivo que todos pueden leer.
audits-reopen-version = La versión { $old } queda visible con su raíz; la versión { $new } comienza en preparación con las mismas contiendas y archivos.
audits-reopen-seed = La semilla está gastada: se tiran nuevos dados.
audits-reopen-rounds = { $count ->
    [one] Una ronda de esta versión queda visible y no es prueba para la siguiente.
   *[other] { $count } rondas de esta versión quedan visibles y no son prueba para la siguiente.
 }
audits-reopen-same = Algo debe cambiar: no se compromete dos veces lo mismo.
audits-field-reason = Motivo
audits-field-reason-hint = Se hace público y queda. Sin nombres de personas, direcciones ni teléfonos.
audits-record-reopen = Que la auditoría volvió atrás, la nueva versión y el motivo.
audits-act-reopen = Comenzar la nueva versión
audits-read-contests = Contiendas de una lista
audits-read-answer = { $count ->
    [one] La lista tiene una contienda. Aún no se registra nada: escriba sus votos.
   *[other] La lista tiene { $count } contiendas. Aún no se registra nada: escriba los votos de cada una.
 }
audits-read-choices = Opciones
audits-read-all = todas
audits-read-votes = Escribir los votos
audits-read-file = De una lista (CSV)
audits-read-contests-hint = Contiendas estandarizadas como las toma Arlo: Contest Name, Jurisdictions, Choice Names.
audits-read-places-hint = Jurisdicciones como las toma Arlo: Jurisdiction, Admin Email. Solo se toman los nombres.
audits-read-act = Leer la lista
audits-read-filled = La lista se leyó. Mire los nombres y regístrelos.
audits-publish-link = Publicar los registros de votos
audits-publish-title = Publicar registros de votos
audits-publish-answer = { $name } tiene { $cards } hojas de { $styles } estilos. Decida qué se publica de los raros.
audits-publish-before = Ya se publicaron antes
audits-publish-why = Quien sepa que alguien votó con una papeleta de un estilo raro podría conocer su voto por lo publicado. Las hojas de estilos raros se pueden agrupar: de ellas solo se publica dónde están, no lo que dicen.
audits-publish-unanimous = { $count ->
    [one] Todas las hojas de un estilo dicen lo mismo en una contienda.
   *[other] En { $count } estilos todas las hojas dicen lo mismo en una contienda.
 }
audits-publish-unanimous-text = Un estilo así muestra cada uno de sus votos, por muchas hojas que tenga. Agrupar no lo oculta.
audits-publish-which = Lo que se publica
audits-publish-all = Todo, como se comprometió
audits-publish-pooled = Agrupados los estilos de menos de { $smallest } hojas
audits-publish-same = Ningún estilo es más raro. Lo publicado tiene la huella del compromiso, y cualquiera puede medir el riesgo de nuevo.
audits-publish-pools = { $rare } estilos son más raros: { $pooled } de { $cards } hojas se agrupan. Lo publicado tiene otra huella que lo comprometido; solo quien reciba el archivo entero puede medir el riesgo de nuevo.
audits-publish-reason-hint = Por qué así y no de otro modo. Se hace público y queda.
audits-publish-consequence = Lo publicado no se puede retirar.
audits-record-publish = Las columnas que se publican, cuántos estilos y hojas se agruparon, y el motivo.
audits-act-publish = Publicar
audits-wrong-smallest = Elija qué se publica.
audits-go-on = Continuar
audits-public-page = La página pública
audits-seed-title = Semilla
audits-rounds-title = Rondas
audits-count-rounds = { $count ->
    [0] aún ninguna
    [one] una ronda
   *[other] { $count } rondas
 }
audits-notes-title = Sus notas
