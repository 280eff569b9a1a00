nav-alerts-arrival = ¿Han llegado?
nav-alerts-strips = Códigos de talones
know-exercise = SIMULACRO
know-test = PRUEBA
know-alert-number = Alerta { $number }
know-late = (tarde: después de terminar la alerta)
know-late-tag = tarde
know-step-none = nada todavía
know-step-sent = enviada
know-step-delivered = entregada
know-step-read = leída
know-step-understood = comprendida
know-step-acted = cumplida
know-severity-extreme = Peligro extremo
know-severity-severe = Peligro considerable
know-severity-moderate = Peligro posible
know-severity-minor = Peligro leve
know-severity-unknown = Peligro desconocido
know-link-number = Alerta número { $number }
know-link-for = Para la mesa { $station }, { $name }. Esta página es solo para ustedes: no pasen su dirección a nadie.
know-link-exercise-title = Esto es un simulacro
know-link-exercise = Nada de esto ha ocurrido. Respondan como si fuera de verdad; no cambien nada en su mesa por ello.
know-link-cancelled-title = Esta alerta fue retirada
know-link-cancelled = Ya no la sigan. El mensaje más nuevo dice lo que vale ahora.
know-link-updated-title = Hay una versión más nueva de esta alerta
know-link-updated = Lo que está aquí puede no ser correcto ya. Lean la versión más nueva y respondan allí.
know-link-newer = Abrir el mensaje más nuevo
know-link-expired-title = Esta alerta ha terminado
know-link-expired = Terminó el { $at }. Aún pueden responder: se anota como tardía.
know-link-do = Qué hacer primero
know-link-nothing = Nada. Sepan lo que ha ocurrido.
know-link-known = Lo que se sabe
know-link-times = Enviada el { $sent }. Vale hasta el { $expires }.
know-link-say = Digan hasta dónde han llegado
know-link-noted = Hemos anotado
know-link-noted-at = { $step }, { $at }
know-link-not-that-title = Eso no es lo que pide esta alerta
know-link-not-that = No se anotó nada. Lean otra vez «Qué hacer primero» y elijan la frase que dice lo mismo.
know-link-read-why = Abrir esta página no nos dice nada. Pulsen el botón cuando hayan leído qué hacer.
know-link-read = La he leído
know-link-question = ¿Cuál de estas frases dice lo que hay que hacer?
know-link-understood = Eso es lo que hay que hacer
know-link-acted-why = Pulsen el botón cuando esté hecho.
know-link-acted = Lo hemos hecho
know-link-all-done = Gracias. No hay nada más que decir aquí.
know-link-genuine = ¿Es auténtica esta alerta?
know-link-compare = Comparen estas seis palabras con otra mesa: si allí son las mismas, a ambas se les mostró la misma alerta.
know-link-scan = Para estar seguro de quién la envió, tome su prueba de la página de la alerta: lea el código de texto con la cámara de un teléfono, o abra «Alerta con prueba (como texto)». Copie el texto y péguelo en la página guardada verify.html, con su tarjeta.
know-link-public = La página de la alerta
know-link-entry = Anotación { $index } del registro público, que empieza por
know-link-receipt = Ver su recibo
know-link-alert = Alerta
know-other-1 = Enviar todas las papeletas sin usar a la mesa vecina.
know-other-2 = Pedir a los votantes que vuelvan otro día y anotar sus teléfonos.
know-other-3 = Descolgar la lista de votantes y leerla en voz alta a la entrada.
know-other-4 = Abrir la urna, contar lo que hay y comunicar el número.
know-other-link-title = Este enlace es de otra alerta
know-other-link = Es el enlace de su mesa a la alerta número { $number }. La dirección se confundió por el camino.
know-other-link-open = Abrir esa alerta
know-sms-none = No hay código en su mensaje. Envíe los 16 dígitos del talón que arrancó.
know-sms-mistyped = Un dígito del código está mal. Lea otra vez los 16 dígitos y envíelos de nuevo.
know-sms-wrong = Este código no es de ninguna alerta abierta. No se anotó nada. { $left ->
    [one] Queda { $left } intento
   *[other] Quedan { $left } intentos
 }. O llame a su municipio.
know-sms-closed = Demasiados códigos erróneos. No se acepta nada durante { $minutes ->
    [one] { $minutes } minuto
   *[other] { $minutes } minutos
 }. Llame a su municipio.
know-sms-no-station = No hay alerta abierta para la mesa { $station }. Revise los seis primeros dígitos.
know-sms-taken = Gracias. Anotado: mesa { $station }, alerta { $alert }: { $step }.
know-sms-late = Llegó después de terminar la alerta y se anota como tardío.
know-code-length = Un código tiene 16 dígitos. Léalo otra vez.
know-code-check = Un dígito está mal, o dos cambiaron de lugar. Léalo otra vez.
know-strips-title = Introducir códigos de talones
know-strips-intro = Talones que las mesas arrancaron y entregaron: un código por línea, como mucho { $most }. Si una línea está mal, no se toma ninguna.
know-strips-taken = { $count ->
    [one] Se tomó un código.
   *[other] Se tomaron { $count } códigos.
}
know-strips-again = Un código ya tomado no cambia nada: nadie se cuenta dos veces.
know-strips-none-taken = No se tomó nada: { $wrong ->
    [one] { $wrong } línea está mal
   *[other] { $wrong } líneas están mal
 }, { $right ->
    [one] { $right } está bien
   *[other] { $right } están bien
 }. Corrija o quite las líneas de abajo.
know-strips-problems = Qué está mal, línea por línea
know-strips-wrong = mal
know-strips-line = Línea { $line }
know-strips-codes = Códigos
know-strips-hint = 16 dígitos cada uno; espacios y guiones no importan. Un lector de códigos de barras que termine con Intro funciona aquí.
know-strips-take = Tomarlos todos
know-calls-title = Llamar a mesas en silencio
know-calls-none = Ninguna mesa está en silencio. No hay a quién llamar.
know-calls-silent = { $silent } de { $of } mesas no han llegado tan lejos como se pide.
know-calls-now = en llamada ahora: { $called }
know-calls-later = para más tarde: { $later }
know-calls-noted-taken = Anotado. La llamada queda registrada.
know-calls-noted-missed = Anotado: no localizado. La mesa vuelve a la cola.
know-calls-nobody = No hay mesa a la que llamar en este momento
know-calls-nobody-why = Otros llaman a los que están en silencio, o su próximo intento es más tarde.
know-calls-tries = Llamadas hasta ahora
know-calls-yours-until = Suyo hasta
know-calls-who = Llamar
know-calls-no-contact = No se conoce teléfono de esta mesa. Pregunte a su municipio.
know-calls-say = Diga primero estas palabras
know-calls-line = Línea { $line } de la hoja sellada de la mesa, tachada ahora. La mesa también la tacha.
know-calls-expect = La mesa debe responder con estas
know-calls-not-right = Si dice otras palabras, cuelgue y vuelva a llamar al número de arriba. No ayude con las palabras.
know-calls-read-out = Pida que lean un código de sus talones
know-calls-words = Palabras que dijo la mesa, si quiere comprobarlas
know-calls-words-hint = { $words } palabras; puede dejarlo vacío.
know-calls-code = Código del talón
know-calls-code-hint = 16 dígitos. El talón dice si han leído, comprendido o cumplido.
know-calls-take = Tomar el código
know-calls-missed = ¿No respondió nadie?
know-calls-missed-why = La llamada se registra, sin nombres, y la mesa vuelve a la cola.
know-calls-again-in = No localizado: otra vez en { $minutes } minutos
know-calls-leave = Devolver la mesa sin llamar
know-calls-how = Se le da, por diez minutos, la mesa en silencio con más votantes a la que nadie más está llamando.
know-calls-next = Deme una mesa
know-calls-back = Volver a la cuenta atrás
know-station = Mesa
know-station-number = Número
know-station-furthest = Esta mesa ha llegado a «{ $step }».
know-station-nothing = Aún no se sabe nada de esta mesa.
know-station-said = Lo que dijo y por qué vía
know-station-calls = Llamadas a esta mesa
know-station-no-calls = Nadie lo ha llamado aún.
know-station-tries = { $tries ->
    [one] Se hizo una llamada.
   *[other] Se hicieron { $tries } llamadas.
}
know-area = Zona
know-voters = Votantes
know-furthest = Hasta dónde
know-when = Cuándo
know-way = Por
know-way-gateway = informe del servicio de envío
know-way-link = su propio enlace
know-way-sms = mensaje de texto
know-way-telephone = teléfono
know-way-tear-off = talón en papel
know-received = llegó a las { $at }
know-waits = espera a ser registrado
know-on-the-way = en camino
know-bar = Mesas: en la meta y en camino
know-state = Estado
know-state-open = en vigor
know-state-expired = terminada
know-state-cancelled = retirada
know-state-updated = sustituida por una más nueva
know-arrival-title = ¿Ha llegado?
know-arrival-answer = { $reached } de { $of } mesas han llegado a «{ $goal }».
know-arrival-silent = { $silent ->
    [one] { $silent } está en silencio.
   *[other] { $silent } están en silencio.
 }
know-of-stations = de { $of } mesas
know-of-voters = de los votantes: { $reached } de { $of }
know-deadline = hasta que venza la respuesta
know-deadline-over = desde que venció la respuesta
know-expiry = hasta que termine
know-expiry-over = desde que terminó
know-left = { $hours } h { $minutes } min
know-drill-clock = Las horas siguen el reloj del simulacro «{ $drill }»: { $rate ->
    [one] tan rápido como
   *[other] { $rate } veces más rápido que
 } el de la pared.
know-at-expiry-title = Cuando terminó
know-at-expiry = { $reached } de { $of } mesas habían llegado a «{ $goal }». Esta cifra está registrada y no cambia.
know-at-expiry-late = { $late ->
    [one] { $late } ha respondido tarde desde entonces.
   *[other] { $late } han respondido tarde desde entonces.
 }
know-to-calls = Llamar a los que callan
know-to-silent = Lista de mesas en silencio
know-to-strips = Introducir talones
know-to-wall = Para la pared
know-by-area = Dónde no ha llegado
know-worst-first = Primero las zonas con más mesas en silencio
know-area-up = Un nivel más arriba
know-no-areas = No hay zonas por debajo de esta.
know-silent = En silencio
know-of = Mesas
know-share = Parte
know-more-areas = { $more ->
    [one] { $more } zona más está en el archivo.
   *[other] { $more } zonas más están en el archivo.
 }
know-map-stations = { $count } mesas, una tesela para cada una
know-map-areas = { $lagging } de { $areas } zonas tienen aún mesas en silencio
know-map-subtitle = Una tesela para cada una, del mismo tamaño, en el orden de sus códigos; cuanto más oscura, más han llegado a «{ $goal }».
know-geo-title = { $silent } de { $of } mesas del mapa no han llegado a «{ $goal }»
know-geo-marks = Una marca por mesa: su forma y su color dicen hasta dónde ha llegado.
know-geo-hexes = Un hexágono representa las mesas cercanas entre sí: cuanto más grande, más hay; cuanto más lleno y más oscuro, más no han llegado a «{ $goal }».
know-geo-hex = Alrededor de { $area }: { $silent } de { $of } en silencio
know-geo-up-to = hasta { $share } en silencio
know-geo-none-silent = ninguna en silencio
know-geo-without = { $count ->
    [one] Una mesa no tiene coordenadas en la lista y no está en el mapa.
   *[other] { $count } mesas no tienen coordenadas en la lista y no están en el mapa.
}
know-geo-none = Para tener un mapa en lugar de teselas, importe la lista de mesas con estas dos columnas:
know-next = A quién se llama después, y cuándo
know-next-at = A nadie aún. Si entonces hay mesas en silencio, la próxima llamada toca en { $hours } h { $minutes } min ({ $at }).
know-next-none = A nadie: no toca ninguna llamada más.
know-call-who = Llamar
know-call-area = Oficina de la zona
know-call-since = Toca desde hace
know-call-state = Mensaje
know-call-act = Qué resultó
know-call-told = enviado a las { $at }
know-call-not-told = anotado, no enviado
know-call-reached = localizado
know-call-not-reached = no localizado
know-more-calls = { $more ->
    [one] Toca { $more } llamada más.
   *[other] Tocan { $more } llamadas más.
 }
know-how-far = Hasta dónde ha llegado
know-pace = Cuánto tardó
know-step = Paso
know-stations = Mesas
know-goal = pedido
know-recorded = En el registro
know-recorded-none = Aún no hay nada registrado. Las respuestas se registran cada pocos segundos, muchas a la vez.
know-recorded-batch = Lote { $batch }: { $acks ->
    [one] { $acks } respuesta
   *[other] { $acks } respuestas
 }, { $at }
know-refresh = Estado a { $at }. La página se renueva cada 20 segundos.
know-silent-title = Mesas en silencio
know-silent-answer = { $silent } de { $of } mesas no han llegado a «{ $goal }».
know-silent-none = Aquí ninguna está en silencio
know-silent-none-why = Todas han llegado tan lejos como se pide.
know-wall-of = de { $of } mesas: { $goal }
know-wall-due = Llamadas que tocan
know-wall-others = { $count ->
    [one] { $count } zona más con mesas en silencio
   *[other] { $count } zonas más con mesas en silencio
 }
know-list-title = ¿Han llegado?
know-list-intro = Cada alerta difundida, y hasta dónde ha llegado.
know-list-none = Aún no se ha difundido ninguna alerta
know-list-none-why = En cuanto haya una, esta página dirá qué mesas la tienen.
know-no-network = No se importaron zonas ni mesas para esta elección.
