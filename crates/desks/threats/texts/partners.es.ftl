# Objetos de servidores de otros
partners-title = De otros
partners-add = Añadir una fuente
partners-none-answer = Su organización todavía no recibe nada de otros servidores.
partners-none-title = Haga que le lleguen los avisos de otros
partners-none-text = Centros de seguridad y plataformas publican lo que saben en sus propios servidores. Añada uno aquí: lo nuevo se recoge por sí solo y va a una colección de su comunidad.
partners-none-ask = Un responsable de su organización puede añadir una.
partners-fine-answer = Todo lo que está activado funciona.
partners-failing-answer = { $count ->
    [one] Una fuente no da nada ahora.
   *[other] { $count } fuentes no dan nada ahora.
 }
partners-own-only = Solo su organización ve esta lista. Las credenciales se guardan cifradas y no se vuelven a mostrar.
partners-from = De dónde
partners-last-poll = Última recogida
partners-next-poll = Próxima vez:
partners-taken-all = Tomados en total
partners-state-begun = sin terminar
partners-state-paused = en pausa
partners-state-polled = se está recogiendo
partners-state-failing = no da nada
partners-state-first = espera su primera vez
partners-state-works = funciona
partners-days = { $count ->
    [one] cada día
   *[other] cada { $count } días
 }
partners-hours = { $count ->
    [one] cada hora
   *[other] cada { $count } horas
 }
partners-minutes = { $count ->
    [one] cada minuto
   *[other] cada { $count } minutos
 }
partners-new-title = Añadir una fuente
partners-new-answer = Diga de dónde vienen los objetos. Miramos allí enseguida, y usted elige entre lo que hay.
partners-step-where = De dónde
partners-step-whereto = Qué, y adónde
partners-field-kind = ¿Qué hay allí?
partners-kind-taxii = Un servidor TAXII 2.1
partners-kind-misp = Un canal MISP (una carpeta con manifest.json)
partners-field-address = Dirección
partners-field-address-hint = Como se la dio su socio, empezando por https://. Para TAXII basta la dirección del servidor.
partners-field-name = Nombre
partners-field-name-hint = Como lo llaman sus colegas; puede dejarlo vacío.
partners-field-login = ¿Cómo mostramos quiénes somos?
partners-field-login-hint = Su socio se lo dice.
partners-login-nothing = De ningún modo: está abierto a todos
partners-login-password = Usuario y contraseña
partners-login-bearer = Un testigo (bearer)
partners-login-key = Una clave de MISP
partners-field-user = Usuario
partners-field-user-hint = Solo con contraseña.
partners-field-secret = Contraseña, testigo o clave
partners-field-secret-hint = Se guarda cifrada, va solo a este servidor y no se vuelve a mostrar.
partners-act-look = Mirar qué hay
partners-wrong-kind = Elija qué hay allí.
partners-login-title = Otras credenciales
partners-login-answer = Escriba de nuevo las credenciales. Las anteriores se olvidan.
partners-setup-title = Qué, y adónde
partners-setup-trouble = El otro servidor no da nada.
partners-setup-nothing = Allí no hay nada que podamos leer.
partners-setup-feed = El canal está ahí.
partners-setup-answer = { $count ->
    [one] Hay una colección.
   *[other] Hay { $count } colecciones. Elija una.
 }
partners-no-answer = El otro servidor
partners-elsewhere-title = No todo está en este servidor
partners-elsewhere = { $count ->
    [one] Una parte está en otro servidor, al que las credenciales no deben ir. Añada ese servidor por separado.
   *[other] { $count } partes están en otros servidores, a los que las credenciales no deben ir. Añada esos servidores por separado.
 }
partners-feed-found = { $count ->
    [one] Un evento.
   *[other] { $count } eventos.
 }
partners-feed-newest = El más reciente:
partners-field-theirs = ¿Qué quiere de allí?
partners-not-readable = no es para nosotros
partners-wrong-theirs = Elija una colección.
partners-no-place = No hay dónde ponerlo
partners-no-place-text = Su organización no puede añadir a ninguna colección de una comunidad que haya empezado.
partners-field-place = ¿Adónde va?
partners-field-place-hint = Las colecciones a las que su organización puede añadir.
partners-wrong-place = Elija una colección de su comunidad.
partners-field-label = ¿Para quién, como máximo?
partners-field-label-hint = Lo que allí es más restringido sigue siéndolo aquí.
partners-wrong-label = Elija una etiqueta.
partners-field-every = ¿Cada cuánto miramos?
partners-wrong-interval = Elija cada cuánto.
partners-consequence = Lo que viene de allí se comparte en nombre de su organización sin que nadie lo mire antes. Lo que dice ser de un miembro de la comunidad no se toma.
partners-record = Que su organización recoge de allí, con el próximo lote: ni la dirección ni el momento se ven en público. Las credenciales no se registran.
partners-act-setup = Empezar
partners-again = Mirar de nuevo
partners-remove = Quitar
partners-remove-title = ¿Quitar esta fuente?
partners-remove-answer = Ya no se recoge nada de { $name }.
partners-remove-consequence = Las credenciales se destruyen. Lo que vino de allí se queda donde está.
partners-record-remove = Que su organización ya no recoge nada de allí, con el próximo lote.
partners-answer-paused = No se recoge nada durante la pausa.
partners-answer-failing = El otro servidor no da nada ahora; seguimos intentándolo.
partners-answer-first = La primera recogida es dentro de unos segundos.
partners-answer-more = { $count ->
    [one] Llegó un objeto nuevo; hay más, y se sigue dentro de un minuto.
   *[other] Llegaron { $count } objetos nuevos; hay más, y se sigue dentro de un minuto.
 }
partners-answer-works = { $count ->
    [0] Funciona; todavía no ha llegado nada.
    [one] Funciona: ha llegado un objeto.
   *[other] Funciona: han llegado { $count } objetos.
 }
partners-act-poll = Recoger ahora
partners-act-pause = Pausar
partners-act-resume = Continuar
partners-asked = Pedido
partners-asked-text = Se recoge dentro de unos segundos.
partners-look-again = Mirar de nuevo
partners-since = Desde
partners-taken = Nuevos
partners-known = Ya estaban
partners-refused = No tomados
partners-undated = El otro servidor no dice cuándo añadió algo. Por eso se lee todo cada vez.
partners-refused-why = Lo que no se tomó
partners-why = Por qué
partners-how-often = Cuántas veces
partners-example = Uno de ellos
partners-terms = Cómo está configurado
partners-secret-kept = La contraseña, el testigo o la clave se guarda cifrada y nunca se muestra.
partners-change = Cambiar
partners-fact-kind = Qué hay allí
partners-fact-address = Dirección
partners-fact-login = Credenciales
partners-fact-whereto = Va a
partners-fact-label = Como máximo
partners-fact-every = Cada cuánto
partners-fail-claimed = Dice ser de un miembro de esta comunidad. Los miembros comparten eso aquí ellos mismos.
partners-fail-missing = La lista lo nombra y no está.
partners-fail-more = Otras razones.
partners-trouble-private = La dirección es de una red local. Este servidor solo pregunta a máquinas de la internet pública; su operador puede permitir otras.
partners-trouble-plain = La dirección empieza por http://. No se recoge nada sin cifrado; su operador puede permitirlo.
partners-trouble-no-host = No hay ningún servidor con este nombre. Revise la dirección.
partners-trouble-unreachable = No se puede alcanzar.
partners-trouble-slow = Responde demasiado despacio.
partners-trouble-certificate = Su certificado no es válido: nadie sabe si es el servidor correcto. Dígaselo a su socio.
partners-trouble-login = No acepta nuestras credenciales ({ $detail }). Escríbalas de nuevo o pregunte a su socio.
partners-trouble-missing = No hay nada en esta dirección (404). Revísela o pregunte a su socio.
partners-trouble-busy = Está ocupado y pide { $detail } segundos de descanso.
partners-trouble-status = Responde con el error { $detail }. Le toca a su socio arreglarlo.
partners-trouble-redirect = Nos envía a otro servidor, al que nuestras credenciales no deben ir. Pida la nueva dirección a su socio.
partners-trouble-media = Lo que hay no es TAXII 2.1 ni un canal MISP; quizá sea una página para personas. Revise la dirección.
partners-trouble-broken = Lo que envía no se puede leer: { $detail }. Le toca a su socio arreglarlo.
partners-trouble-cut-off = La conexión se cortó a la mitad. Lo que había llegado está aquí.
partners-trouble-too-large = Envía más de { $detail } MiB de una vez. Lo leído antes está aquí; pida a su socio partes más pequeñas.
partners-trouble-loop = Sus páginas dan vueltas en círculo. Le toca a su socio arreglarlo.
partners-trouble-stuck = Dice que hay más, pero no cómo pedirlo. Le toca a su socio arreglarlo.
partners-trouble-here = Ya no se puede compartir aquí ({ $detail }): su organización no es miembro, no puede añadir a la colección, o la colección está cerrada.
partners-trouble-secret = Las credenciales ya no se pueden leer. Escríbalas de nuevo.
partners-trouble-own = Este servidor fue interrumpido. Continúa por sí solo.
