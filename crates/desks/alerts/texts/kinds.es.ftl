kind-alerts-network-imported = Zonas y mesas electorales para alertas importadas
kind-alerts-alert-issued = Alerta emitida
kind-alerts-drill-begun = Simulacro iniciado
kind-alerts-drill-ended = Simulacro terminado
kind-alerts-drill-noted = Se anotó algo en un simulacro
