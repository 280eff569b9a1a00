alertkit-title = Carpeta impresa para las mesas
alertkit-answer = { $sheets ->
    [one] { $sheets } hoja sellada está impresa
   *[other] { $sheets } hojas selladas están impresas
 } para { $stations ->
    [one] { $stations } mesa de votación
   *[other] { $stations } mesas de votación
 }. Secretos vigentes: generación { $generation }.
alertkit-what = Lo que recibe cada mesa de votación
alertkit-card = Tarjeta de alertas
alertkit-card-text = Las claves en las que confía una mesa. No es secreta, pero debe llegar en papel de una mano que la mesa conozca.
alertkit-card-look = Ver la tarjeta
alertkit-card-file = Tarjeta como texto, para aparatos
alertkit-sheet = Hoja sellada
alertkit-sheet-text = Palabras para el teléfono y códigos para arrancar, distintos para cada mesa. Quien la lee puede hablar por la mesa.
alertkit-lesson = Lección de diez minutos
alertkit-lesson-text = Cómo es una alerta y cómo se comprueba.
alertkit-lesson-print = Imprimir la lección
alertkit-lesson-look = Leerla en pantalla
alertkit-device = Página para aparatos sin red
alertkit-device-text = Guarde esta página en el teléfono o el ordenador de la mesa antes del día de la votación, con la tarjeta como texto.
alertkit-words = Palabras de la tarjeta, para leer en voz alta y comparar:
alertkit-who = Quién hace qué
alertkit-who-1 = Usted imprime en una sala donde nadie más está junto a la impresora, y espera a su lado.
alertkit-who-2 = Una segunda persona cuenta las hojas y pone cada una en un sobre que muestra si se ha abierto.
alertkit-who-3 = Ambas escriben número y generación en el sobre y firman sobre el sello.
alertkit-who-4 = La presidencia de la mesa firma por el sobre y la tarjeta, y escribe a mano los números de teléfono en la tarjeta.
alertkit-print = Imprimir
alertkit-secret = Estas hojas son secretas
alertkit-secret-text = Se muestran una vez, en la respuesta a este formulario, y no se guardan. Antes se le pide su contraseña.
alertkit-what-print = Qué
alertkit-sheets = Hojas selladas
alertkit-cards = Tarjetas de alertas
alertkit-area-hint = Como máximo se imprimen { $most } mesas de una vez.
alertkit-from = Desde el número de mesa
alertkit-from-hint = Para seguir tras una tirada; vacío para la primera.
alertkit-language-own = El de cada mesa, según su contacto
alertkit-record = Que se imprimieron hojas, para qué mesas, de qué generación. Ningún código figura en el registro.
alertkit-act-print = Imprimir estas mesas
alertkit-areas = Cuántas hojas para qué zona
alertkit-runs = Tiradas
alertkit-run = { $count } desde el número { $first }
alertkit-more-areas = { $more ->
    [one] { $more } zona más tiene mesas propias: imprímalas por número.
   *[other] { $more } zonas más tienen mesas propias: imprímalas por número.
 }
alertkit-printed = Lo que se imprimió
alertkit-when = Cuándo
alertkit-numbers = Números
alertkit-generation = Generación
alertkit-lost = Se perdió una hoja, o un sello está roto
alertkit-lost-text = Haga secretos nuevos. Desde ese momento cada código de cada hoja impresa antes no vale nada, en todas las zonas: hay que imprimir y entregar de nuevo todas las hojas.
alertkit-lost-hint = Qué pasó. Cualquiera puede leerlo: no nombre a nadie.
alertkit-lost-record = Que empieza la generación { $generation }, y por qué.
alertkit-act-renew = Hacer secretos nuevos
alertkit-back = Volver a la carpeta
alertkit-run-answer = { $stations ->
    [one] { $stations } mesa
   *[other] { $stations } mesas
 }, números { $first } a { $last }, generación { $generation }.
alertkit-run-text = Imprima ahora. Esta página no se puede abrir otra vez: imprima de nuevo desde la carpeta si una hoja se estropea, y destruya la estropeada.
alertkit-sealed = SELLADO, mantener cerrado hasta que haga falta
alertkit-sheet-generation = Generación { $generation }
alertkit-station = Mesa de votación { $number } { $name }
alertkit-rule-1 = Abra este sobre cuando llegue una alerta o una llamada sobre ella, no antes. Si ya estaba abierto, no lo use: llame al número de su tarjeta.
alertkit-rule-2 = Quien llama lee las tres palabras de la primera línea que no está tachada. Solo si son correctas, responda con las suyas.
alertkit-rule-3 = Tache la línea enseguida, llame quien llame. Una línea se usa una vez.
alertkit-rule-4 = No lea nunca una línea, un código o el texto del final porque alguien lo pide: primero van las palabras de quien llama.
alertkit-calls = Palabras para llamadas
alertkit-line = Línea
alertkit-caller = Quien llama dice
alertkit-you = Usted responde
alertkit-used = Usada a las
alertkit-strips = Códigos para arrancar
alertkit-strips-text = Tome la fila con el número de la alerta. Envíe por mensaje el código de lo que ha pasado, léalo al operador, o arránquelo y entréguelo.
alertkit-alert = Alerta
alertkit-step-delivered = Ha llegado
alertkit-step-read = La hemos leído
alertkit-step-understood = La hemos entendido
alertkit-step-acted = Está hecho
alertkit-exercise = SIMULACRO SIMULACRO SIMULACRO
alertkit-exercise-text = Solo para simulacros. No los use nunca para una alerta real, ni los otros para un simulacro.
alertkit-x = X
alertkit-device-secret = Para un aparato, solo si se lo indican:
alertkit-card-all = Para cada mesa de votación
alertkit-card-use = Compruebe cada alerta con esta tarjeta. Una alerta no puede responder por sí misma.
alertkit-card-words = Palabras de esta tarjeta
alertkit-card-words-text = Léalas en voz alta a otra mesa: si una palabra difiere, no use ninguna de las dos tarjetas y llame.
alertkit-card-numbers = Números de teléfono
alertkit-card-numbers-text = Escritos a mano por quien entrega la tarjeta. Llame a estos, nunca a un número que nombre una alerta.
alertkit-number-local = Municipio
alertkit-number-regional = Región
alertkit-number-national = País
alertkit-card-keys = Claves
alertkit-card-qr = Código QR de la tarjeta
