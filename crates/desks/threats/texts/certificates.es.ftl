# Registros de certificados que sigue el servidor
certs-title = Registros de certificados
certs-none = Todavía no se sigue ningún registro de certificados.
certs-answer = { $count ->
    [one] Se sigue un registro de certificados.
   *[other] Se siguen { $count } registros de certificados.
 } Ninguno se ha contradicho.
certs-answer-stopped = { $count ->
    [one] Se detuvo un registro de certificados: lo que muestra no puede ser cierto.
   *[other] Se detuvieron { $count } registros de certificados: lo que muestran no puede ser cierto.
 }
certs-new = Seguir un registro
certs-log = Registro
certs-state = Estado
certs-read = Entradas miradas
certs-checked = Última mirada completa
certs-read-of = { $read } de { $size }
certs-read-of-long = { $read } de { $size } entradas se han mirado o pasado.
certs-nothing-yet = nada todavía
certs-nothing-yet-long = Todavía no se ha mirado nada.
certs-never = todavía no
certs-state-stopped = Detenido
certs-state-off = Apagado
certs-state-trouble = No responde
certs-state-new = Empieza pronto
certs-state-reading = Poniéndose al día
certs-state-read = Al día
certs-what = Para qué sirve
certs-what-text = Quien quiere que los visitantes confíen en un sitio necesita un certificado, y los certificados se anotan en registros públicos. Una copia de su sitio con un nombre parecido aparece a menudo allí primero, antes de que nadie reciba un mensaje que lleve a ella. El servidor lee estos registros y dice a cada organización qué nombres nuevos se parecen a los suyos.
certs-what-checked = Nada se cree sin comprobar: la firma del registro, que solo crece, y que cada entrada pertenece a lo firmado. Un registro que se contradice se detiene, y sus dos declaraciones se guardan.
certs-who = Un administrador dice qué registros se siguen.
# Un registro nuevo
certs-new-answer = Quien lleva un registro publica su dirección y su clave pública. Hacen falta las dos.
certs-field-name = Nombre
certs-field-name-hint = Como se llama aquí, con los años que abarca
certs-field-kind = Forma
certs-field-kind-hint = Quien lleva el registro dice cuál.
certs-kind-rfc6962 = Clásica (RFC 6962)
certs-kind-static = Archivos estáticos (static-ct-api)
certs-field-url = Dirección donde se lee
certs-field-url-hint = Empieza por https://. En archivos estáticos, el prefijo de vigilancia.
certs-field-origin = Nombre en sus puntos de control
certs-field-origin-hint = Solo para archivos estáticos: el prefijo de envío sin https:// y sin barra final. Vacío: la dirección.
certs-field-key = Clave pública
certs-field-key-hint = En base64, como en las listas de registros. Lo que esta clave no ha firmado no se cree.
certs-field-begin = Comienzo
certs-field-begin-hint = Un registro grande tiene miles de millones de entradas; leerlas todas lleva semanas.
certs-begin-now = Con lo que se anote desde ahora
certs-begin-entry = Con la entrada de este número
certs-field-entry = Número de la entrada
certs-follow = Seguirlo
# Un registro
certs-about = Sobre este registro
certs-id = Huella de su clave
certs-head-newest = Su última declaración firmada
certs-unreadable = Certificados que no se pudieron leer
certs-added = Seguido desde
certs-turn-off = Dejar de seguirlo
certs-turn-on = Volver a seguirlo
certs-trouble = La última mirada no dio resultado
certs-trouble-text = Miradas sin resultado, una tras otra: { $count }. El servidor lo intenta de nuevo por sí mismo, con pausas cada vez más largas.
certs-old = El registro calla
certs-old-text = Su última declaración firmada tiene más de dos días. Los registros prometen anotar los certificados en un día.
certs-stopped-since = No se lee nada más desde
certs-heads = Lo que ha dicho el registro
certs-head = Declaración
certs-head-size = Entradas
certs-head-at = Firmada
certs-head-root = Huella de todo
certs-head-first = Antes
certs-head-second = Después
certs-evidence = Prueba para entregar (las dos declaraciones con sus firmas, JSON)
certs-words = Detalles para especialistas
certs-alarm-split-view = El registro ha firmado dos contenidos distintos del mismo tamaño
certs-alarm-split-view-text = Muestra cosas distintas a personas distintas. Las dos declaraciones llevan su firma: es una prueba, y cualquiera puede comprobarla. Avise a quien lleva el registro y a quienes se fían de él.
certs-alarm-rollback = El registro ha retirado entradas
certs-alarm-rollback-text = Una declaración posterior abarca menos entradas que una anterior. Las dos llevan su firma: es una prueba. Un registro no debe olvidar nunca nada.
certs-alarm-inconsistent = El registro no puede mostrar que solo ha crecido
certs-alarm-inconsistent-text = Preguntado varias veces, no dio ninguna prueba válida de que su contenido nuevo incluye el antiguo. También podría causarlo alguien entre el registro y este servidor: pregunte desde otro lugar antes de acusarlo.
certs-alarm-entries = Las entradas no son las que ha firmado el registro
certs-alarm-entries-text = Preguntado varias veces, dio entradas que no pertenecen a lo que ha firmado. Ninguna se creyó. También podría causarlo alguien entre el registro y este servidor.
certs-alarm-signature = La firma del registro no es válida
certs-alarm-signature-text = Preguntado varias veces, mostró una declaración que su clave no ha firmado. Quizá otro responde en su lugar, o su clave se anotó mal.
certs-field-decision = ¿Qué debe ser de él?
certs-field-decision-hint = Escriba primero a quien lleva el registro. La prueba queda, decida lo que decida.
certs-decide-go-on = Seguir donde se detuvo la lectura; el registro debe concordar con lo que dijo antes
certs-decide-anew = Empezar de nuevo, con lo que el registro muestre desde ahora
certs-decide-off = No seguirlo más
certs-field-reason = Razón
certs-field-reason-hint = Puede leerla quien trabaje aquí.
certs-decide = Decidir
certs-ask-administrator = Un administrador decide cómo sigue.
certs-decided = Decidido
certs-decision-go-on = Se siguió donde se detuvo la lectura.
certs-decision-anew = Se empezó de nuevo.
certs-decision-off = No se siguió más.
# Nombres encontrados
certs-found = Encontrados en registros de certificados
certs-found-none = Nada en { $count ->
    [one] el registro de certificados que se sigue
   *[other] los { $count } registros de certificados que se siguen
 } se parece a sus nombres.
certs-found-no-logs = No se sigue ningún registro de certificados: los nombres nuevos no se buscan allí.
certs-found-stopped = No se leen todos los registros
certs-found-left-out = Se encontraron { $count } nombres más que no se guardan, porque eran demasiados; se fueron los que menos se parecen a los suyos.
certs-found-logs = Qué registros se siguen, y hasta dónde
certs-assets-answer = { $count ->
    [one] Un nombre en registros de certificados se parece al suyo.
   *[other] { $count } nombres en registros de certificados se parecen a los suyos.
 } Nuevos en los últimos siete días: { $fresh }.
certs-assets-like = se parece a { $like }
certs-hit-answer = Se parece a { $like }: { $score } de 100.
certs-hit-evidence = Dónde se encontró
certs-hit-found = Encontrado
certs-hit-entry = entrada { $entry }
certs-hit-logged = Anotado
certs-hit-issuer = Emitido por
certs-hit-valid = Válido
certs-hit-fingerprint = SHA-256
certs-hit-certificates = Entradas con este nombre
certs-hit-share = Compartirlo con { $name }
certs-hit-share-words = Lo que deben saber los demás
certs-hit-share-go = Compartir como indicador
certs-hit-fine = Está en orden
certs-hit-fine-text = { $name } queda entonces en su lista de nombres en orden, y no se avisa más.
certs-hit-dismiss = Ponerlo en la lista
certs-share-words = Este nombre se parece al nuestro. Un certificado para él, emitido por { $issuer }, es la entrada { $entry } del registro de certificados { $log } (SHA-256 { $fingerprint }).
