kind-alerts-network-imported = Zonas y mesas electorales para alertas importadas
kind-alerts-alert-issued = Alerta emitida
kind-alerts-drill-begun = Simulacro iniciado
kind-alerts-drill-ended = Simulacro terminado
kind-alerts-contacts-imported = Contactos para alertas importados
kind-alerts-contacts-changed = Contactos para alertas modificados
kind-alerts-gateway-set = Pasarela de alertas configurada o modificada
kind-alerts-gateway-removed = Pasarela de alertas eliminada
