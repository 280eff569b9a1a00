# Explanations of discrepancies
audit-explain-title = Discrepancias
audit-explain-none = Nada de lo leído difiere de lo que anunciaron las máquinas, o aún no hay ninguna ronda cerrada.
audit-explain-missing = { $missing ->
    [0] Cada discrepancia tiene una explicación. Lo que se escriba aquí aparece en la página pública.
   *[other] { $missing } de { $all } discrepancias aún no tienen explicación. Lo que se escriba aquí aparece en la página pública.
 }
audit-explain-words = ¿Cuál es el motivo?
audit-explain-hint = Lo que se encontró al mirar, sin nombres, direcciones ni teléfonos.
audit-explain-send = Registrar esta explicación
