# The public pages of audits
audit-public-list = Auditorías
audit-public-list-title = Auditorías de resultados electorales
audit-public-list-answer = Personas miran boletas de papel, sorteadas con dados en público, y ven si el resultado anunciado es correcto. Cada paso consta en el registro público.
audit-public-home = Inicio
audit-public-none = Todavía no hay ninguna auditoría registrada.
audit-public-plan-title = ¿Cuánto trabajo sería una auditoría?
audit-public-plan-text = Escriba los votos de una contienda y vea cuántas boletas se mirarían, método por método.
audit-public-plan-link = Planificar una auditoría
audit-public-less-than = menos de { $risk }
audit-public-phase-draft = en preparación
audit-public-phase-committed = comprometida, falta la semilla
audit-public-phase-seeded = semilla sorteada
audit-public-phase-round-open = se leen las boletas
audit-public-phase-round-closed = ronda contada
audit-public-phase-full-hand-count = recuento manual completo
audit-public-phase-finished = terminada
audit-public-answer-draft = Esta auditoría se está preparando. Todavía no se ha sorteado nada.
audit-public-answer-reopened = Esta auditoría se reabrió: se prepara la versión { $version }. Lo anterior queda en el registro.
audit-public-answer-committed = Todo está fijado. Lo siguiente es lanzar los dados en público.
audit-public-answer-seeded = Los dados están lanzados. De ellos se sigue qué boletas se miran.
audit-public-answer-open = La ronda { $round } está en curso: se han leído { $read } de { $due } { $unit ->
        [batches] lotes
        *[ballots] boletas
    }.
audit-public-answer-met = La ronda { $round } está contada y se cumplen todos los límites. Falta una decisión.
audit-public-answer-not-met = La ronda { $round } está contada. Lo leído aún no basta para estar seguros; eso no dice nada contra el resultado. Falta una decisión.
audit-public-answer-full = Todo se está contando a mano.
audit-public-answer-counted = Todo se contó a mano. Lo contado está en el acta de abajo.
audit-public-answer-confirmed = { $contests ->
        [one] La auditoría respalda el resultado anunciado.
        *[other] La auditoría respalda los resultados anunciados.
    }
audit-public-answer-means = Si un resultado anunciado hubiera sido erróneo, la probabilidad de que esta auditoría terminara sin recuento manual completo era de { $limit } como máximo.
audit-public-read = vistos por personas
audit-public-agree = coinciden exactamente
audit-public-differ = difieren
audit-public-checked = Qué se comprobó
audit-public-opportunistic = Se mide con lo sorteado para otras contiendas; la auditoría no sigue por ella.
audit-public-choice = Opción
audit-public-votes = Votos anunciados
audit-public-by-machine = En lo leído: por máquinas
audit-public-by-hand = En lo leído: por personas
audit-public-won = anunciado como ganador
audit-public-goes-on = anunciado para la segunda vuelta
audit-public-seats = { $seats ->
        [one] un escaño anunciado
        *[other] { $seats } escaños anunciados
    }
audit-public-votes-title = { $contest }: votos anunciados
audit-public-votes-subtitle = { $ballots } boletas podían tener esta contienda
audit-public-after-round = Tras la ronda { $round }:
audit-public-limit = límite { $limit }
audit-public-limit-text = Límite de riesgo: { $limit }. El riesgo aparece aquí al cerrar una ronda.
audit-public-risk-title = Riesgo medido: { $risk }
audit-public-risk-subtitle = La probabilidad de ver lo visto si el resultado fuera erróneo; cuanto menor, más seguro, y la zona sombreada basta.
audit-public-round = Ronda
audit-public-round-n = ronda { $round }
audit-public-board-n = mesa { $board }
audit-public-risk = Riesgo
audit-public-met = cumplido
audit-public-not-met = aún no cumplido
audit-public-claims = { $count ->
        [one] Una afirmación significa el resultado, en las palabras del cálculo
        *[other] { $count } afirmaciones significan juntas el resultado, en las palabras del cálculo
    }
audit-public-claim = Afirmación
audit-public-no-contest = Todavía no se ha elegido ninguna contienda.
audit-public-sure-title = ¿Hasta qué punto da seguridad?
audit-public-sure-text = Antes del sorteo se fija un límite de riesgo. Se sortea y se lee papel hasta que la probabilidad de haber visto esto por azar, con un resultado erróneo, quede por debajo del límite, o hasta contarlo todo a mano. El recuento completo corrige un resultado erróneo.
audit-public-sure-not = Lo que no dice: si todos pudieron votar ni si el papel está completo. Dice si el recuento de este papel llevó al resultado correcto.
audit-public-differences = Dónde difieren personas y máquinas
audit-public-differences-text = Difieren { $differ } de { $compared } { $unit ->
        [batches] lotes
        *[ballots] boletas
    }. Anunciado menos leído por personas: un más significa que las máquinas tenían más. El riesgo medido tiene en cuenta cada uno.
audit-public-place = Lugar
audit-public-change = Anunciado menos leído
audit-public-why = Explicación
audit-public-together = contado junto con { $count } lotes
audit-public-missing = no encontrada; cuenta como el mayor cambio posible
audit-public-absent = las personas no encuentran la contienda en la boleta; cuenta como el mayor cambio posible
audit-public-ranks = máquina: { $reported }; personas: { $read }
audit-public-unexplained = aún sin explicación
audit-public-more = Otras { $count } están en el informe:
audit-public-rounds = Rondas
audit-public-draws = Sorteos
audit-public-to-read = Por leer
audit-public-state = Estado
audit-public-round-abandoned = abandonada; nada de ella cuenta
audit-public-round-stop = cerrada; la auditoría terminó
audit-public-round-next = cerrada; siguió otra ronda
audit-public-round-full = cerrada; se cuenta todo a mano
audit-public-round-closed = cerrada; falta una decisión
audit-public-round-open = abierta
audit-public-places = Jurisdicciones
audit-public-places-text = { $signed } de { $all } jurisdicciones firmaron lo que entregaron: { $ballots } boletas.
audit-public-places-show = { $count ->
    [one] Mostrar la jurisdicción
   *[other] Mostrar { $count } jurisdicciones
 }
audit-public-batches = Lotes
audit-public-ballots = Boletas
audit-public-signed = Firmado
audit-public-unread = Por leer
audit-public-yes = sí
audit-public-no = no
audit-public-events = Orden de los hechos
audit-public-events-count = { $count } hechos, cada uno con su sello.
audit-public-all-events = Todos los hechos, desde el primero
audit-public-step-resolve = la jurisdicción decidió aquello en que sus miembros no estaban de acuerdo
audit-public-step-combine = se cuentan varios lotes juntos
audit-public-decision-stop = la auditoría termina
audit-public-decision-next-round = otra ronda
audit-public-decision-full-hand-count = recuento manual completo
audit-public-check = Compruébelo usted mismo
audit-public-check-text = El acta contiene todo lo fijado antes de los dados, cada sorteo y todo lo leído por personas. Esta orden lo sortea y mide todo de nuevo, en cualquier computadora, sin preguntar a este servidor:
audit-public-check-later = Cuando todo quede comprometido, el acta podrá descargarse aquí y comprobarla cualquiera.
audit-public-record = Acta de la auditoría (JSON)
audit-public-sampler = De qué se sorteó (JSON)
audit-public-report = Informe por secciones (CSV)
audit-public-cvrs = Registros de votos de
audit-public-cvrs-later = Los registros de votos no están publicados. Hasta entonces, quien compruebe el acta los necesita de las jurisdicciones.
audit-public-log = Registrado en el diario
audit-public-method-batch-comparison = Comparación de lotes
audit-public-method-ballot-comparison = Comparación de boletas
audit-public-method-ballot-comparison-colorado = Comparación de boletas como en Colorado
audit-public-method-ballot-polling = Muestreo de boletas
audit-public-method-minerva = Muestreo de boletas (Minerva)
audit-public-method-providence = Muestreo de boletas (Providence)
audit-public-method-assertion-polling = Muestreo de boletas por aserciones
audit-public-method-assertion-comparison = Comparación de boletas por aserciones
audit-public-method-hybrid = Comparación y muestreo juntos
audit-public-means-batch-comparison = Se sortean lotes enteros de papel y se cuentan a mano; cada recuento se compara con el anunciado.
audit-public-means-ballot-comparison = Se sortean boletas una a una y las leen personas; cada una se compara con lo que una máquina registró de ella.
audit-public-means-ballot-comparison-colorado = Se sortean boletas una a una y las leen personas; cada una se compara con lo que una máquina registró de ella.
audit-public-means-ballot-polling = Se sortean boletas una a una y las leen personas, como en una encuesta: ¿tienen los ganadores suficientes votos en la muestra?
audit-public-means-minerva = Se sortean boletas una a una y las leen personas, como en una encuesta: ¿tienen los ganadores suficientes votos en la muestra?
audit-public-means-providence = Se sortean boletas una a una y las leen personas, como en una encuesta: ¿tienen los ganadores suficientes votos en la muestra?
audit-public-means-assertion-polling = Se sortean boletas una a una y las leen personas; en ellas se prueban afirmaciones que juntas significan el resultado.
audit-public-means-assertion-comparison = Se sortean boletas una a una, las leen personas y se comparan con lo que registró una máquina; se prueban afirmaciones que juntas significan el resultado.
audit-public-means-hybrid = Donde las máquinas registraron cada boleta se compara; las demás se muestrean.
audit-public-count = Cómo se contaron los votos
audit-public-count-link = Cómo se contaron los votos, ronda por ronda
audit-public-count-answer = De la primera ronda a la última, como las máquinas contaron lo que quedó fijado. La auditoría comprueba si el resultado es correcto.
audit-public-count-none = Aquí nada se contó por rondas: gana quien tiene más votos.
audit-public-count-ranked = { $rounds ->
        [one] { $winner } gana en la primera ronda.
        *[other] { $winner } gana tras { $rounds } rondas. Después de cada ronda queda fuera quien tiene menos votos, y cada una de esas boletas cuenta para la opción siguiente que lleva.
    }
audit-public-count-round = Ronda { $round }: queda fuera { $who }
audit-public-count-last = Ronda { $round }: gana { $who }
audit-public-count-subtitle = { $votes } boletas cuentan para alguien, { $exhausted } para nadie que quede
audit-public-count-votes = Boletas
audit-public-count-out = fuera
audit-public-count-exhausted = Para nadie que quede
audit-public-count-lists = { $seats } escaños van a las listas, uno tras otro
audit-public-count-lists-subtitle = Escaños por lista
audit-public-count-seats = { $seats ->
        [one] un escaño
        *[other] { $seats } escaños
    }
audit-public-count-seats-head = Escaños
audit-public-count-how = Cada escaño va a la lista con el mayor cociente: sus votos entre un divisor que crece con cada escaño que tiene.
audit-public-count-order = Los escaños en su orden
audit-public-count-seat = Escaño
audit-public-count-quotient = Votos entre divisor
