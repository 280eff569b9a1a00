# Llevar una auditoría
audit-conduct-crumb-desk = Inicio
audit-conduct-crumb-audits = Auditorías
audit-conduct-version = Versión { $version }

## La semilla
audit-conduct-seed-title = La semilla
audit-conduct-seed-of-round = La semilla de la ronda { $round }
audit-conduct-seed-agreed = Dos personas escribieron los mismos dígitos. Esta es la semilla:
audit-conduct-seed-follows = La muestra se deriva de estos dígitos y de lo comprometido antes. Cualquiera puede volver a extraerla.
audit-conduct-seed-dice = Se lanzan { $count } dados de diez caras.
audit-conduct-seed-none = Nadie ha escrito todavía
audit-conduct-seed-half = Una de dos personas ha escrito
audit-conduct-seed-differs = Los dos textos difieren: ambas vuelven a escribir ({ $count ->
    [one] { $count } vez hasta ahora
   *[other] { $count } veces hasta ahora
})
audit-conduct-seed-failed = Ya difirieron antes: { $count ->
    [one] { $count } vez
   *[other] { $count } veces
}.
audit-conduct-seed-two = Dos personas escriben lo que muestran los dados. Ninguna ve lo que escribió la otra, y aquí no se muestra nada hasta que ambas hayan escrito lo mismo.
audit-conduct-seed-committed = Lo comprometido antes de lanzar los dados
audit-conduct-seed-draft = Todavía no hay nada comprometido, así que no se lanzan dados.
audit-conduct-seed-draft-why = Primero se fijan en el registro público los manifiestos, los resultados, las contiendas, los límites de riesgo y el método. Solo después se acepta una semilla.
audit-conduct-seed-refresh = Esta página se renueva cada 5 segundos.
audit-conduct-seed-first = Escriba los dígitos tal como los muestran los dados. Usted es la primera de dos personas.
audit-conduct-seed-second = Una de dos personas ha escrito. Escriba los dígitos tal como los muestran los dados: usted es la segunda.
audit-conduct-seed-mine = Usted ya escribió. Ahora otra persona escribe los mismos dados.
audit-conduct-seed-wall = Página para la pared
audit-conduct-seed-typed-first = Lo que escribió queda guardado y no se muestra a nadie.
audit-conduct-seed-typed-differs = Ambos textos se dejan de lado. Los dados siguen donde están; dos personas vuelven a escribir.
audit-conduct-seed-typed-agreed = Escribió lo mismo que la primera persona. La semilla queda fijada.
audit-conduct-seed-field = Dígitos de los dados
audit-conduct-seed-hint = Al menos { $count } dígitos, en grupos de cinco: 12345 67890 12345 67890. Los espacios no cuentan. La segunda persona debe ser otra.
audit-conduct-seed-will = que alguien escribió y si ambas personas escribieron lo mismo. Hasta entonces los dígitos son privados.
audit-conduct-seed-act = Entregar estos dígitos

## Las rondas
audit-conduct-phase-draft = Se eligen las contiendas y las jurisdicciones entregan sus archivos. Todavía no hay ninguna ronda abierta.
audit-conduct-phase-committed = Todo está comprometido. Ahora viene la semilla.
audit-conduct-phase-seeded = La semilla es conocida. Se puede abrir la siguiente ronda.
audit-conduct-phase-round-open = Hay una ronda abierta: las mesas leen lo que salió en la muestra.
audit-conduct-phase-round-closed = Una ronda está cerrada y su riesgo medido. Hay que decidir qué sigue.
audit-conduct-phase-full-hand-count = Todo se cuenta a mano. Falta registrar lo que encontró el recuento.
audit-conduct-phase-finished = La auditoría ha terminado.
audit-conduct-state-open = Abierta
audit-conduct-state-closed = Cerrada, por decidir
audit-conduct-state-stop = Cerrada: la auditoría terminó
audit-conduct-state-next-round = Cerrada: siguió otra ronda
audit-conduct-state-full-hand-count = Cerrada: siguió un recuento manual completo
audit-conduct-state-abandoned = Abandonada
audit-conduct-act-seed = Escribir la semilla
audit-conduct-act-open = Abrir la siguiente ronda
audit-conduct-act-look = Ver la ronda abierta
audit-conduct-act-decide = Decidir qué sigue
audit-conduct-act-hand-count = Registrar el recuento manual
audit-conduct-rounds-title = Rondas
audit-conduct-rounds-caption = Todas las rondas de todas las versiones, primero la más reciente. Las abandonadas siguen aquí.
audit-conduct-rounds-none = Todavía no hay rondas
audit-conduct-rounds-none-why = Una ronda se abre cuando todo está comprometido y la semilla es conocida.
audit-conduct-round-word = Ronda
audit-conduct-round = Ronda { $round }
audit-conduct-state = Estado
audit-conduct-draws = Extracciones
audit-conduct-due = Por leer
audit-conduct-risk = Riesgo
audit-conduct-limit = Límite de riesgo
audit-conduct-seals = Abierta, cerrada
audit-conduct-recorded = Registrado
audit-conduct-round-open = Leídas { $read } de { $due }.
audit-conduct-round-nothing-new = Todo lo extraído ya se leyó en rondas anteriores: no hay nada que buscar y la ronda puede cerrarse enseguida.
audit-conduct-round-draws = { $draws } extracciones, de las que hay que leer { $due }
audit-conduct-progress = Avance
audit-conduct-progress-hint = De cada jurisdicción: lo leído, lo que espera una decisión y a quién se espera.
audit-conduct-jurisdiction = Jurisdicción
audit-conduct-boards = Mesas
audit-conduct-signed = Firmadas
audit-conduct-unread = Sin leer
audit-conduct-read = Leído
audit-conduct-disagreed = En desacuerdo
audit-conduct-waits-for = Se espera a
audit-conduct-waits-nothing = Nadie: completo
audit-conduct-waits-deal = La jurisdicción: repartir entre mesas
audit-conduct-waits-resolve = La jurisdicción: decidir
audit-conduct-waits-read = Las mesas: leer
audit-conduct-waits-sign = Las mesas: firmar
audit-conduct-facts = Datos
audit-conduct-draw-list = Lista de extracciones (SHA-256)
audit-conduct-opened = Abierta
audit-conduct-closed = Cerrada

## El riesgo
audit-conduct-risk-title = Riesgo de cada contienda junto a su límite
audit-conduct-risk-below = menos del 0,01 %
audit-conduct-risk-met = { $contest }: riesgo { $risk }, límite { $limit }: cumplido.
audit-conduct-risk-not-met = { $contest }: riesgo { $risk }, límite { $limit }: no cumplido.
audit-conduct-risk-finding = { $met } de { $all } contiendas cumplen su límite de riesgo.
audit-conduct-risk-limit-is = límite { $limit }
audit-conduct-risk-subtitle = La mayor probabilidad de que un resultado equivocado haya pasado hasta ahora; cada paso de la escala es diez veces menos.
audit-conduct-contest = Contienda
audit-conduct-opportunistic = (medida junto a las demás)
audit-conduct-met = Límite cumplido
audit-conduct-not-met = Límite no cumplido

## Abrir una ronda
audit-conduct-open-title = Abrir la ronda { $round }
audit-conduct-open-answer = Cuántas extracciones hacen falta depende del margen y de lo visto hasta ahora. El tamaño lo dice usted.
audit-conduct-open-plan = Lo que dice el planificador
audit-conduct-open-hand-count = Ninguna muestra puede confirmar este resultado: hay que contarlo todo a mano.
audit-conduct-open-enough = { $count } extracciones bastan en { $percent } de 100 auditorías si las papeletas son como se comunicó.
audit-conduct-open-formula = { $count } extracciones según la fórmula del método.
audit-conduct-open-draws = Extracciones
audit-conduct-open-draws-for = Extracciones para { $contest }
audit-conduct-open-wanted-for = Papeletas para { $contest }, todas las rondas juntas
audit-conduct-open-compared = Extracciones que se comparan con registros de voto
audit-conduct-open-polled = Extracciones que se leen sin registros de voto
audit-conduct-open-proposed = Propuesta: { $count }
audit-conduct-open-no-proposal = No hay propuesta: el planificador no puede calcular este tamaño con lo que sabe.
audit-conduct-open-extra = Se cuentan sin haber salido
audit-conduct-open-extra-hint = Nombres de lotes, uno por línea o separados por comas; si varias jurisdicciones tienen uno con ese nombre: Jurisdicción / Lote. Nunca entran en el riesgo.
audit-conduct-open-check = Revisar
audit-conduct-open-look = Mire una vez más. Lo que se extrae se deriva entonces de la semilla y no puede elegirse.
audit-conduct-open-consequence = Las extracciones se hacen públicas y las mesas pueden recibir sus listas. Una ronda abierta puede cerrarse, o abandonarse con un motivo, pero no retirarse.
audit-conduct-open-will = la ronda con sus extracciones, cuánto debe leer cada jurisdicción y su organización.
audit-conduct-open-act = Extraer y abrir la ronda
audit-conduct-wrong-number = Escriba un número entero, como máximo { $most }.
audit-conduct-extra-several = Varias jurisdicciones tienen un lote «{ $name }». Escriba delante la jurisdicción: Jurisdicción / Lote.
audit-conduct-extra-near = No hay ningún lote «{ $name }». ¿Quiso decir «{ $near }»?
audit-conduct-extra-unknown = No hay ningún lote «{ $name }».
audit-conduct-consequence = Qué ocurre con esto
audit-conduct-back = Volver sin cambiar nada
audit-conduct-reason = Motivo
audit-conduct-reason-hint = Será público. Sin nombres, direcciones ni números de teléfono.

## Una jurisdicción en una ronda
audit-conduct-place-nothing = Aquí no salió nada en esta ronda.
audit-conduct-place-undealt = Aquí hay { $due } por leer. Todavía no están repartidas entre mesas.
audit-conduct-boards-title = Las mesas y sus contenedores
audit-conduct-board-word = Mesa
audit-conduct-board = Mesa { $board }
audit-conduct-containers = Contenedores
audit-conduct-board-state-signed = Firmada
audit-conduct-board-state-empty = Nada que hacer
audit-conduct-board-state-disagreed = Espera una decisión
audit-conduct-board-state-read = Todo leído, sin firmar
audit-conduct-board-state-reading = Lee
audit-conduct-board-state-waiting = No ha empezado
audit-conduct-deal-title = Repartir entre mesas
audit-conduct-deal-anew = Repartir de nuevo
audit-conduct-deal-why = Un contenedor se queda con una sola mesa y cada mesa recibe más o menos lo mismo. Se puede repartir de nuevo hasta que una mesa haya firmado.
audit-conduct-deal-count = Número de mesas
audit-conduct-deal-hint = Dos personas forman una mesa.
audit-conduct-deal-look = Mostrar quién recibiría qué
audit-conduct-deal-preview = Quién recibiría qué
audit-conduct-deal-consequence = Las mesas reciben listas nuevas. Lo que han leído hasta ahora en esta ronda se deja de lado y hay que leerlo otra vez.
audit-conduct-deal-will = cuántas mesas hay y la lista de cada una.
audit-conduct-deal-act = { $count ->
    [one] Entregar a una mesa
   *[other] Repartir entre { $count } mesas
 }
audit-conduct-pass-title = Frases de paso de las mesas
audit-conduct-pass-why = Cada mesa entra con una frase de paso de cuatro palabras. Se muestra una sola vez. Una frase nueva pone fin a la anterior, y quien entró con ella queda fuera.
audit-conduct-pass-all = Dar una frase nueva a todas las mesas
audit-conduct-pass-one = Solo la mesa { $board }
audit-conduct-cards-back = Volver a la jurisdicción
audit-conduct-cards-once = Estas palabras se muestran una sola vez. Imprima ahora las tarjetas o anote las palabras. Cada mesa recibe su propia tarjeta y ninguna otra.
audit-conduct-cards-units = Por leer: { $count }
audit-conduct-cards-open = En la tableta, abra
audit-conduct-cards-type = Escriba las cuatro palabras. No importan mayúsculas ni guiones.
audit-conduct-cards-two = Ambos miembros escriben sus nombres, leen y firman juntos.
audit-conduct-cards-qr = Código QR con la dirección de la página de las mesas
audit-conduct-disagreed-title = Los miembros no están de acuerdo
audit-conduct-disagreed-hint = Mire la papeleta misma y después decida.
audit-conduct-batch = Lote
audit-conduct-position = Papeleta en el lote
audit-conduct-said = Lo que dijeron los miembros
audit-conduct-todo = Por hacer
audit-conduct-resolve-title = Decidir qué dice una papeleta
audit-conduct-resolve-answer = Los miembros de la mesa { $board } no están de acuerdo sobre el lote { $batch }, papeleta { $position }.
audit-conduct-resolve-act = Decidir
audit-conduct-resolve-reason = Por qué la papeleta se lee así. Será público; el desacuerdo de los miembros queda en el registro.
audit-conduct-resolve-will = que la jurisdicción decidió y por qué. Lo que dice la papeleta se hace público al cerrar la ronda.
audit-conduct-comment = Observación de la mesa
audit-conduct-members-said = Los miembros escribieron:
audit-conduct-both-read = Ambos leyeron:
audit-conduct-reading-votes = Está marcado esto
audit-conduct-reading-blank = No hay nada marcado
audit-conduct-reading-none = La contienda no está en la papeleta
audit-conduct-rank = preferencia, vacío si no tiene
audit-conduct-wrong-kind = { $contest }: diga qué hay en la papeleta.
audit-conduct-wrong-votes = { $contest }: elija lo que está marcado.
audit-conduct-wrong-ranks = { $contest }: el orden es un número entero de 1 a { $most }, y dos opciones no tienen el mismo.
audit-conduct-reopen-title = Devolver la lista a la mesa { $board } de { $jurisdiction }
audit-conduct-reopen-answer = La mesa puede entonces volver a leer y debe firmar de nuevo.
audit-conduct-reopen-consequence = La firma deja de valer y la ronda no puede cerrarse hasta que la mesa firme de nuevo.
audit-conduct-reopen-will = que la mesa recibió de vuelta su lista y por qué.
audit-conduct-reopen-act = Devolver la lista

## En papel
audit-conduct-paper-title = En papel
audit-conduct-paper-retrieval = Lista de búsqueda
audit-conduct-paper-placeholders = Marcadores de lugar
audit-conduct-paper-labels = Etiquetas, 30 por hoja
audit-conduct-paper-tally = Hojas de recuento
audit-conduct-paper-names = Nombre: ____________________   Firma: ____________________   Hora: __________
audit-conduct-page-of = Página { $page } de { $pages }
audit-conduct-fetched = Sacado
audit-conduct-returned = Devuelto
audit-conduct-container = Contenedor
audit-conduct-tabulator = Escáner
audit-conduct-ballots = Papeletas
audit-conduct-tickets = Boletos
audit-conduct-not-drawn = no salió, se cuenta igualmente
audit-conduct-before-title = Salieron de nuevo y ya se leyeron: no se buscan
audit-conduct-slip = Mesa { $board } · { $number } de { $of }
audit-conduct-ballot = Papeleta { $position }
audit-conduct-placeholder = Lo que estaba aquí se sacó para la auditoría y volverá.
audit-conduct-tally-ballots = { $count } papeletas según el manifiesto
audit-conduct-tally-strokes = Rayas
audit-conduct-tally-first = Primer miembro
audit-conduct-tally-second = Segundo miembro
audit-conduct-choice = Opción

## El final de una ronda
audit-conduct-close-title = Cerrar la ronda { $round }
audit-conduct-close-not-yet = La ronda todavía no puede cerrarse. Espera a { $count ->
    [one] { $count } jurisdicción:
   *[other] { $count } jurisdicciones:
}
audit-conduct-close-ready = Todo lo extraído está leído y firmado.
audit-conduct-close-consequence = Lo que leyeron las mesas se hace público y se mide el riesgo. Contiendas: { $count }. En esta ronda ya no se puede volver a leer nada, y las frases de paso de sus mesas terminan.
audit-conduct-close-will = lo que se leyó y el riesgo de cada contienda.
audit-conduct-close-act = Cerrar la ronda
audit-conduct-close-waits = Qué espera la ronda
audit-conduct-decide-title = Qué sigue a la ronda { $round }
audit-conduct-decide-met = Cada contienda auditada cumple su límite de riesgo: la auditoría puede terminar.
audit-conduct-decide-not-met = No todas las contiendas auditadas cumplen su límite de riesgo: la auditoría continúa.
audit-conduct-decide-question = ¿Qué sigue?
audit-conduct-decide-stop = La auditoría termina: los resultados comunicados quedan confirmados dentro de sus límites de riesgo
audit-conduct-decide-next-round = Otra ronda
audit-conduct-decide-full-hand-count = Se cuenta todo a mano
audit-conduct-decide-reason = Hace falta si la auditoría continúa aunque se cumplan todos los límites. Será público.
audit-conduct-decide-consequence = La decisión es pública al instante y no puede retirarse.
audit-conduct-decide-will = lo que se decidió y el motivo.
audit-conduct-decide-act = Registrar esta decisión
audit-conduct-wrong-decision = Elija qué sigue.
audit-conduct-abandon-title = Abandonar la ronda { $round }
audit-conduct-abandon-answer = Una ronda se abandona cuando no puede terminarse tal como se extrajo.
audit-conduct-abandon-consequence = La ronda sigue visible con sus extracciones y su motivo. Nada de lo leído en ella cuenta, y las frases de paso de sus mesas terminan.
audit-conduct-abandon-fresh = La siguiente ronda necesita una semilla nueva.
audit-conduct-abandon-same = La siguiente ronda continúa con la misma semilla, después de las extracciones de esta.
audit-conduct-abandon-will = que la ronda se abandonó y por qué.
audit-conduct-abandon-act = Abandonar la ronda

## Recuento manual completo
audit-conduct-hand-title = Lo que encontró el recuento manual completo
audit-conduct-hand-answer = Escriba los votos de cada opción y quién ganó. Con esto termina la auditoría.
audit-conduct-hand-winners = Ganadores: { $count }
audit-conduct-hand-ranked = Escriba las primeras preferencias.
audit-conduct-reported = Comunicado
audit-conduct-hand-votes = Contado a mano
audit-conduct-hand-won = Ganó
audit-conduct-hand-consequence = El resultado del recuento manual figura junto al comunicado, a la vista de todos, y la auditoría termina.
audit-conduct-hand-will = los votos y los ganadores de cada contienda contados a mano.
audit-conduct-hand-act = Terminar la auditoría con este recuento
audit-conduct-wrong-count = Escriba los votos como número entero; 0 si no hay.
audit-conduct-wrong-winners = { $contest }: diga quién ganó. Ganadores: { $count }.
