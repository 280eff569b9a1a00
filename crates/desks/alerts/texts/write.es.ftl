# Redactar alertas: borradores, aprobación, vistas previas, difusión
alerts-cancel = Cancelar
alerts-recorded = Registrado
alerts-none-yet = sin indicar todavía
alerts-at-once = con la difusión
alerts-left = { $hours ->
    [0] { $minutes } min
   *[other] { $hours } h { $minutes } min
 }
alerts-number = N.º { $number }
alerts-number-headline = N.º { $number }: { $headline }
alerts-stations = Mesas de votación
alerts-voters = Electores inscritos
alerts-language = Idioma
alerts-languages = Idiomas
alerts-bytes = { $count ->
    [one] { $count } byte
   *[other] { $count } bytes
 }
alerts-language-en = Inglés
alerts-language-fr = Francés
alerts-language-es = Español
alerts-language-ar = Árabe
alerts-status-actual = REAL
alerts-status-actual-means = Va en serio. Quien la lea actúa según ella.
alerts-status-exercise = SIMULACRO
alerts-status-exercise-means = Forma parte de un simulacro. Cada página, mensaje y código dice SIMULACRO.
alerts-status-test = PRUEBA
alerts-status-test-means = Prueba los canales. Nadie actúa, y cada mensaje dice PRUEBA.
alerts-status-fixed = Esto ya no se puede cambiar. Para otra elección empiece un borrador nuevo.
alerts-kind-alert = Una alerta nueva
alerts-kind-update = Una actualización que sustituye una alerta vigente
alerts-kind-cancel = Una cancelación que retira una alerta vigente
alerts-severity-extreme = Extrema
alerts-severity-severe = Grave
alerts-severity-moderate = Moderada
alerts-severity-minor = Leve
alerts-severity-unknown = Desconocida
alerts-urgency-immediate = Actuar ahora
alerts-urgency-expected = Actuar en una hora
alerts-urgency-future = Actuar pronto
alerts-urgency-past = Ya pasó
alerts-urgency-unknown = Desconocida
alerts-certainty-observed = Ha ocurrido o está ocurriendo
alerts-certainty-likely = Probable
alerts-certainty-possible = Posible
alerts-certainty-unlikely = Poco probable
alerts-certainty-unknown = Desconocida
alerts-audience-station = Las mesas de votación
alerts-audience-municipality = Los municipios
alerts-audience-public = Todos
alerts-category-security = Seguridad
alerts-category-infra = Técnica y suministro
alerts-goal-delivered = la alerta llegó
alerts-goal-read = la alerta se leyó
alerts-goal-understood = la alerta se entendió
alerts-goal-acted = se ha actuado
alerts-level-public = Para todos
alerts-level-public-hint = Palabras sencillas. Necesarias en cada idioma.
alerts-level-official = Para funcionarios
alerts-level-official-hint = Con los términos de la administración. Si está vacío, se muestran las palabras para todos.
alerts-level-expert = Para expertos
alerts-level-expert-hint = Detalles técnicos. Puede quedar vacío.
alerts-event-registration-tampering = Inscripción de partidos o candidatos manipulada
alerts-event-registration-overload = Inscripción de partidos o candidatos saturada o inaccesible
alerts-event-sponsor-signatures = Firmas de apoyo inventadas
alerts-event-voter-identity-fraud = Identidades falsas en la inscripción de electores
alerts-event-voter-data-tampering = Datos de electores borrados o cambiados
alerts-event-voter-registration-overload = Inscripción de electores saturada o inaccesible
alerts-event-campaign-accounts = Intrusión en ordenadores o cuentas de una campaña
alerts-event-campaign-website = Sitio web de una campaña cambiado o inaccesible
alerts-event-website-misconfiguration = Sitio web mal configurado
alerts-event-confidential-leak = Filtración de información confidencial
alerts-event-government-systems = Intrusión en sistemas o redes públicos
alerts-event-official-disinformation = Información falsa sobre la votación o los resultados
alerts-event-government-website-overload = Sitios web públicos saturados o inaccesibles
alerts-event-voting-tampering = Votación o secreto del voto perturbados
alerts-event-software-bug = Error de programa que afecta a resultados
alerts-event-log-tampering = Registros o actas manipulados
alerts-event-voter-privacy = Secreto vulnerado al votar
alerts-event-counting-systems = Recuento o suma perturbados
alerts-event-result-links = Transmisión de resultados perturbada
alerts-event-supply-chain = Material o transporte manipulados
alerts-event-media-systems = Intrusión en sistemas de medios
alerts-event-media-links = Conexiones de medios perturbadas
alerts-event-result-publication = Publicación de resultados cambiada o inaccesible
alerts-standing-holds = Vigente
alerts-standing-not-yet = Empieza más tarde
alerts-standing-expired = Terminada
alerts-standing-superseded = Sustituida
alerts-standing-running = En curso
alerts-standing-cancels = Retira
alerts-standing-cancelled = Retirada
alerts-home-title = Alertas
alerts-home-answer = { $open ->
    [0] Ninguna alerta suya está vigente
    [one] { $open } alerta suya está vigente
   *[other] { $open } alertas suyas están vigentes
 }, y { $drafts ->
    [0] no espera ningún borrador.
    [one] espera { $drafts } borrador.
   *[other] esperan { $drafts } borradores.
 }
alerts-act-new = Redactar una alerta
alerts-public-link = Lo que ven todos
alerts-no-election = No hay elección sobre la que avisar
alerts-no-election-text = Las alertas tratan de una elección que su organización ha definido.
alerts-open-title = Alertas vigentes
alerts-open-none = No hay alertas vigentes.
alerts-ends-in = termina en { $left }
alerts-ends-soon = Termina en { $left }: emítala de nuevo o deje que termine
alerts-ends-soon-text = Una actualización con un final posterior la sustituye. Si no se hace nada, deja de valer por sí sola.
alerts-drafts-title = Borradores
alerts-drafts-none = No espera ningún borrador.
alerts-draft-hint = { $status } · guardado { $changed }
alerts-next-second = una segunda persona difunde
alerts-next-release = listo para difundir
alerts-next-write = por completar
alerts-next-approve = por aprobar: { $languages }
alerts-begin-title = Un borrador nuevo
alerts-begin-answer = Un borrador solo lo ve su organización. Nada sale antes de la difusión.
alerts-begin-update = Actualización de una alerta vigente
alerts-begin-update-text = El borrador empieza con sus palabras y zonas. Cuando se difunde, sustituye esta alerta.
alerts-begin-cancel = Cancelación de una alerta vigente
alerts-begin-cancel-text = Cuando se difunde, esta alerta deja de valer. Lo dicho queda en el registro.
alerts-field-election = Elección
alerts-field-status = ¿Va en serio?
alerts-field-status-hint = Se elige una vez: un borrador nunca pasa de uno a otro.
alerts-field-drill = Simulacro
alerts-field-drill-hint = Solo para un simulacro. Simulacros en curso.
alerts-no-drill = No hay simulacros en curso: ahora no puede haber alertas de simulacro.
alerts-act-begin = Empezar
alerts-step-what = Qué
alerts-step-where = Dónde y cuándo
alerts-step-words = Palabras
alerts-step-approve = Aprobación
alerts-step-release = Difusión
alerts-what-title = ¿Qué ha pasado?
alerts-field-kind = Tipo de mensaje
alerts-field-names = Las alertas vigentes de que trata
alerts-field-names-hint = Solo para una actualización o cancelación; cuatro como máximo.
alerts-field-event = Suceso
alerts-field-event-hint = De la lista de 23 amenazas que comparten las autoridades electorales europeas.
alerts-field-category = Ámbito
alerts-field-severity = ¿Qué gravedad tiene?
alerts-field-severity-hint = Desde «Grave» difunden dos personas.
alerts-field-urgency = ¿Qué urgencia tiene?
alerts-field-certainty = ¿Es seguro?
alerts-field-audience = ¿Quién debe actuar?
alerts-field-audience-hint = Todos pueden leer cada alerta. Esto dice quién debe hacer algo.
alerts-field-acknowledge = Acuse de recibo
alerts-field-minutes = Minutos después de la difusión
alerts-field-minutes-hint = Para entonces cada mesa debe haber respondido. Vacío: no se pide respuesta; desde «Grave» es necesaria.
alerts-field-goal = Se pide que
alerts-field-more = Otros
alerts-field-main = Idioma principal
alerts-field-main-hint = La alerta no puede salir sin él. Se muestra donde falta el idioma del lector.
alerts-field-source = Procede de
alerts-field-source-hint = Un aviso o una llamada, en pocas palabras. Queda en el borrador y no se publica.
alerts-source-link = De dónde procede
alerts-answer-acknowledge = en { $minutes } minutos, que { $goal }
alerts-act-next = Guardar y seguir
alerts-act-save = Guardar
alerts-to-draft = Al borrador
alerts-where-title = ¿Dónde y hasta cuándo?
alerts-where-answer = { $areas ->
    [0] Todavía no se ha elegido ninguna zona.
    [one] Se ha elegido { $areas } zona: { $stations } mesas, { $voters } electores.
   *[other] Se han elegido { $areas } zonas: { $stations } mesas, { $voters } electores.
 }
alerts-field-areas = Zonas
alerts-field-effective = Vale desde
alerts-field-effective-hint = Vacío: desde la difusión.
alerts-field-expires = Vale hasta
alerts-field-expires-hint = Necesario. El día de la votación, 24 horas como máximo tras la difusión. Zona horaria: { $zone }.
alerts-no-network = No se han importado zonas para esta elección
alerts-no-network-text = Una alerta vale para zonas con sus mesas de votación.
alerts-no-network-link = Zonas y mesas de votación
alerts-areas-chosen = Elegidas
alerts-areas-search = Buscar una zona
alerts-areas-top = Todas
alerts-areas-listed = Zonas para elegir
alerts-areas-nothing = Ninguna zona se llama así.
alerts-areas-more = { $count } más: busque el nombre o el código.
alerts-area = Zona
alerts-area-parts = Partes
alerts-area-open = Mostrar partes
alerts-area-size = { $stations } mesas, { $voters } electores
alerts-words-title = Palabras: { $language }
alerts-words-answer = Diga qué ha pasado y qué hacer. Sin nombres de personas ni números de teléfono.
alerts-bytes-left = { $count ->
    [one] Queda { $count } byte de 350 para todos los idiomas juntos.
   *[other] Quedan { $count } bytes de 350 para todos los idiomas juntos.
 }
alerts-bytes-of = { $count } de { $max } bytes
alerts-too-long = Las palabras cortas son demasiado largas
alerts-too-long-text = Juntas superan en { $over ->
    [one] { $over } byte
   *[other] { $over } bytes
 } los 350 que caben en los códigos QR. Acorte primero: { $language }.
alerts-approval-void = Estas palabras están aprobadas
alerts-approval-void-text = Si las cambia, la aprobación de este idioma queda sin efecto y otra persona debe aprobarlas de nuevo.
alerts-suggestion = Empezar con estas palabras
alerts-suggestion-take = Usarlas
alerts-short-title = Palabras cortas
alerts-short-text = Van por todos los canales: SMS, teléfono, código en papel.
alerts-short-marker = «{ $marker }» se antepone automáticamente.
alerts-short-headline = Qué ha pasado
alerts-short-instruction = Qué hacer primero
alerts-long-headline = Título
alerts-long-description = Qué se sabe
alerts-long-instruction = Qué hacer
alerts-act-save-words = Guardar y ver el borrador
alerts-act-count = Guardar y contar
alerts-wrong-time = Esto no es una fecha con hora.
alerts-wrong-areas = 40 zonas como máximo. Elija la zona mayor en vez de sus partes.
alerts-wrong-bytes = { $max } bytes como máximo.
alerts-wrong-headline = Estas palabras necesitan un título.
alerts-overview-ready = No falta nada. Se puede difundir.
alerts-overview-second = Una persona ha dado su acuerdo. Una segunda difunde.
alerts-overview-missing = { $count ->
    [one] Falta { $count } cosa antes de difundir.
   *[other] Faltan { $count } cosas antes de difundir.
 }
alerts-act-release = A la difusión
alerts-act-preview = Lo que llevará cada canal
alerts-missing-title = Lo que falta
alerts-languages-text = Cada idioma se aprueba por separado, por alguien que lo lee y no lo escribió el último. Lo que no está aprobado no sale.
alerts-words-approved = aprobado
alerts-words-void = cambiado desde su aprobación
alerts-words-waits = sin aprobar
alerts-words-partly = incompleto
alerts-words-none = sin palabras
alerts-act-approve = Aprobar
alerts-answers = Comprobar las respuestas
alerts-needs-two = La difunden dos personas.
alerts-drop-title = Abandonar este borrador
alerts-drop-text = Desaparece de las listas. No se publicó nada.
alerts-drop-sure = Este borrador ya no hace falta
alerts-drop-act = Abandonar
alerts-approve-title = Aprobar las palabras: { $language }
alerts-approve-answer = Lea cada palabra. Lo que apruebe sale exactamente así.
alerts-approve-reads = Leo este idioma ({ $language }), lo he leído todo y dice lo que se quiere decir.
alerts-approve-record = Que su organización ha aprobado estas palabras, con un número de control que no dice nada de ellas antes de la difusión. Su nombre queda en privado.
alerts-wrong-reads = Confirme que lee el idioma y lo ha leído todo.
alerts-preview-title = Lo que llevará cada canal
alerts-preview-answer = Llega a { $stations } mesas de votación con { $voters } electores inscritos.
alerts-preview-refused = Así no puede salir
alerts-preview-compact = Bytes del texto compacto
alerts-preview-bundle = Bytes del código con prueba, previstos
alerts-preview-qr = Versión del código QR
alerts-preview-short = Bytes de la forma corta
alerts-preview-sms = SMS
alerts-preview-sms-text = Contado para los contactos de estas zonas vigentes ahora, cada uno en su idioma y nivel de lectura, con el enlace más largo.
alerts-preview-text = Texto
alerts-preview-alphabet = Alfabeto
alerts-preview-parts = Partes
alerts-preview-contacts = Destinatarios
alerts-preview-messages = Mensajes
alerts-preview-cost = Coste
alerts-preview-all = { $messages ->
    [one] Un mensaje corto en total.
   *[other] { $messages } mensajes cortos en total.
}
alerts-preview-other-ways = Además, correos: { $mails }; mensajes a programas: { $programs }.
alerts-preview-unreached = { $count ->
    [one] Una mesa de votación no tiene contacto por el que alcanzarla.
   *[other] { $count } mesas de votación no tienen contacto por el que alcanzarlas.
}
alerts-preview-unreached-text = Añada contactos, o haga que las llamen.
alerts-preview-no-words = Todavía no hay palabras completas.
alerts-price-is = Precio de una parte: { $price }
alerts-price-title = Fijar el precio de un SMS
alerts-price = Precio de una parte
alerts-price-hint = Como en el contrato con la pasarela, por ejemplo 0.045.
alerts-currency = Moneda
alerts-currency-hint = Tres mayúsculas, por ejemplo EUR.
alerts-wrong-price = Un precio es un número como 0.045.
alerts-wrong-currency = Una moneda tiene tres mayúsculas.
alerts-preview-mail = Correo electrónico
alerts-preview-spoken = Leído por teléfono
alerts-preview-page = Página, cartel, canal
alerts-preview-page-text = La página y el cartel muestran las palabras para todos con el código, las zonas y el final; el canal lleva las mismas palabras.
alerts-preview-cap = El mensaje CAP, antes de su firma ({ $lines } líneas)
alerts-release-title = Difusión
alerts-release-languages = Sale en: { $languages }.
alerts-release-left-out = Se omite, por no estar aprobado: { $languages }.
alerts-four-eyes = Dos personas difunden esta alerta
alerts-four-eyes-first = Usted sería la primera. Nada sale hasta que otra persona dé su acuerdo a exactamente este borrador.
alerts-four-eyes-second = Alguien ya ha dado su acuerdo a exactamente este borrador. Con usted, sale.
alerts-allies = A quién nombra la línea de autoridad
alerts-allies-before = A partir de esta gravedad se consulta o se informa a estos organismos. Lo hacen personas, no el programa.
alerts-allies-after = ¿Se les ha consultado e informado? Lo hacen personas, no el programa.
alerts-ally-consult = Consultar a { $name } en { $time }
alerts-ally-tell = Informar a { $name } en { $time }
alerts-consequence-actual = Esto va en serio
alerts-consequence-exercise = Esto es un SIMULACRO
alerts-consequence-test = Esto es una PRUEBA
alerts-consequence-text = Lo difundido no se puede quitar del registro. Se puede actualizar o cancelar.
alerts-confirm-actual = Lo he comprobado: esta alerta va en serio y hay que actuar.
alerts-confirm-exercise = Esto es un SIMULACRO. Nadie debe tomarlo por una alerta real.
alerts-confirm-test = Esto es una PRUEBA de los canales. Nadie tiene que hacer nada.
alerts-wrong-confirm = Confírmelo primero.
alerts-release-actual = Difundir la alerta
alerts-release-exercise = Difundir el SIMULACRO
alerts-release-test = Difundir la PRUEBA
alerts-release-first = Dar el primero de dos acuerdos
alerts-release-record = La alerta con sus palabras, zonas y horas, en nombre de su organización, para siempre y para todos. Su nombre queda en privado.
alerts-release-record-first = Que alguien de su organización da su acuerdo a este borrador, con un número de control que no dice nada de él. Su nombre queda en privado.
alerts-act-update = Actualizar, o emitir de nuevo
alerts-act-cancel = Retirarla
alerts-files = Páginas y archivos
alerts-file-page = La página para todos
alerts-file-print = El cartel
alerts-file-cap = Mensaje CAP, firmado
alerts-file-cap-later = El mensaje CAP se está firmando.
alerts-file-bundle = El código con prueba, como archivo
alerts-course = Qué ha pasado
alerts-was-approved = Palabras aprobadas: { $language }
alerts-was-agreed = Alguien dio su acuerdo a la difusión
alerts-was-released = Difundida
alerts-was-signed = Mensaje CAP firmado
alerts-was-updated = Sustituida por el n.º { $number }
alerts-was-cancelled = Retirada por el n.º { $number }
alerts-spoken-script = Buenos días, le habla { $sender }. Tome por favor su hoja sellada. Le leo tres palabras; compárelas con la primera línea abierta y léame sus tres palabras de la misma línea.
    Ahora leo la alerta número { $number }.
    { $headline }
    { $instruction }
    Vale hasta { $ends }.
    Repita por favor con sus propias palabras lo que va a hacer.
