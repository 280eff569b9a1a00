# What messages of alerts say. Short: each letter of an SMS costs.
sent-kind-alert = Alerta
sent-kind-update = Actualización
sent-kind-cancel = Anulada: alerta
sent-marked-exercise = SIMULACRO SIMULACRO SIMULACRO. Esto es un simulacro. Nada de lo que sigue ha ocurrido.
sent-marked-test = PRUEBA PRUEBA PRUEBA. Esto solo comprueba si llegan los mensajes. No haga nada.
sent-until = En vigor hasta { $until }.
sent-link = Léala y confirme que la ha leído:
sent-verify = Para comprobar que es auténtica: abra la página guardada verify.html, ponga el archivo adjunto que termina en .bundle y el texto de su tarjeta. Si no hay ninguno adjunto, está en la página de la alerta. Este mensaje lo envió un programa; las respuestas no se leen.
sent-test-title = prueba de la pasarela
sent-test-text = Este mensaje prueba la pasarela de alertas. No haga nada.
sent-call = Mesas sin respuesta hasta ahora en { $area }: { $stations }. Por favor, llámelas.
