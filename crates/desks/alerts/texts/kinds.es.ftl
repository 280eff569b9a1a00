kind-alerts-network-imported = Zonas y mesas electorales para alertas importadas
kind-alerts-alert-issued = Alerta emitida
kind-alerts-drill-begun = Simulacro iniciado
kind-alerts-drill-ended = Simulacro terminado
kind-alerts-wording-approved = Texto de una alerta aprobado
kind-alerts-release-agreed = Difusión de una alerta aceptada
kind-alerts-cap-signed = Mensaje CAP de una alerta firmado
kind-alerts-signer-named = Clave de los mensajes CAP designada
