# Simulacros de alerta y respuesta
alert-drills-title = Simulacros
alert-drills-answer = No hay ningún simulacro en curso. Las alertas que se envíen ahora van en serio.
alert-drills-answer-running = { $count ->
    [one] Hay un simulacro en curso. Sus alertas dicen SIMULACRO en todas partes.
   *[other] Hay { $count } simulacros en curso. Sus alertas dicen SIMULACRO en todas partes.
  }
alert-drills-new = Comenzar un simulacro
alert-drills-none = Todavía ningún simulacro
alert-drills-none-text = Un simulacro reproduce una hora de la jornada electoral con las mismas páginas, los mismos mensajes y las mismas mesas, marcado como SIMULACRO. Después un informe dice qué fue lento.
alert-drills-drill = Simulacro
alert-drills-state = Estado
alert-drills-begun = Comenzado
alert-drills-runs = En curso
alert-drills-over = Terminado
alert-drills-new-answer = Lo que se envía en un simulacro llega a las mismas personas por las mismas vías y dice SIMULACRO en todas partes. Elija qué marca su reloj y a qué velocidad avanza.
alert-drills-no-election = Todavía ninguna elección
alert-drills-no-election-text = Un simulacro reproduce una elección. Cree primero la elección.
alert-drills-no-moment = Indique el día como año-mes-día y la hora como horas:minutos.
alert-drills-field-title = ¿Cómo se llama?
alert-drills-field-title-hint = Por ejemplo: «Página de resultados suplantada, noche electoral».
alert-drills-field-code = Código en las direcciones
alert-drills-field-code-hint = Letras minúsculas, cifras y guiones.
alert-drills-field-election = Elección
alert-drills-clock = El reloj del simulacro
alert-drills-clock-text = Los plazos, el escalamiento y el informe siguen este reloj. Los teléfonos y el papel conservan la hora real: los mensajes llevan la hora real, para que nadie pueda hacer pasar después un mensaje de simulacro por verdadero.
alert-drills-field-day = Día con el que comienza
alert-drills-field-time = Hora con la que comienza
alert-drills-field-time-hint = En la zona horaria de la elección.
alert-drills-field-rate = ¿Cuántas veces más rápido que el tiempo real?
alert-drills-field-rate-hint = De 1 a 600. Con 10, una hora de la jornada dura seis minutos.
alert-drills-records = que el simulacro comienza, con su reloj. Cualquiera puede leerlo.
alert-drills-begin = Comenzar ahora
alert-drills-cancel = Cancelar
alert-drills-clock-now = El reloj del simulacro marca
alert-drills-clock-ended = El simulacro ha terminado. Su reloj marcaba
alert-drills-write = Redactar una alerta de simulacro
alert-drills-run = Ejecutar un plan de actuación
alert-drills-report = Qué fue lento
alert-drills-recorded = Registrado
alert-drills-alerts = Alertas de este simulacro
alert-drills-alerts-none = Ninguna todavía.
alert-drills-number = Simulacro n.º { $number }
alert-drills-notes = Notas de quienes observan
alert-drills-notes-none = Ninguna todavía.
alert-drills-note-gone = Las palabras se borraron.
alert-drills-field-note = ¿Qué fue bien o fue lento?
alert-drills-field-note-hint = Solo la ven las personas de su organización. El registro público contiene que hay una nota, no sus palabras.
alert-drills-note = Anotar
alert-drills-facts = Datos
alert-drills-rate = { $rate ->
    [1] a la velocidad del tiempo real
   *[other] { $rate } veces más rápido que el tiempo real
}
alert-drills-end = Terminar el simulacro
alert-drills-end-answer = Después no se podrá enviar nada más en este simulacro. Su informe permanece.
alert-drills-end-records = que el simulacro «{ $title }» ha terminado. Cualquiera puede leerlo.
alert-report-title = Qué fue lento
alert-report-answer-none = No se envió nada en este simulacro: no hay nada que medir.
alert-report-answer = { $rate ->
    [1] Los tiempos son los del simulacro, que va a la velocidad del tiempo real.
   *[other] Los tiempos son los del simulacro, que va { $rate } veces más rápido que el tiempo real.
}
alert-report-alert = Simulacro n.º { $number }
alert-report-steps = Cuánto tardó desde la emisión
alert-report-step = Paso
alert-report-reached = Mesas
alert-report-half = La mitad
alert-report-nine = Nueve de diez
alert-report-last = La última
alert-report-never = no alcanzado
alert-report-areas = Zonas más lentas, hasta: { $step }
alert-report-area = Zona
alert-report-ways = Cómo respondieron las mesas
alert-report-silent = { $count ->
    [0] Todas las mesas llegaron a «{ $step }».
    [one] Una mesa no llegó a «{ $step }».
   *[other] { $count } mesas no llegaron a «{ $step }».
  }
alert-report-notes = Notas de quienes observaron
alert-report-print = Para imprimir
alert-report-json = Como JSON
