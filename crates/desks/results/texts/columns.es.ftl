results-desk-columns-answer = Se leen { $used } de { $columns } columnas de { $file }.
results-desk-columns-doubts = { $count ->
    [0] Compruebe que cada columna es lo que dice y continúe.
    [one] Una es dudosa y está marcada: mírela primero.
   *[other] { $count } son dudosas y están marcadas: mírelas primero.
 }
results-desk-columns-title = Qué es cada columna
results-desk-columns-values = Valores
results-desk-columns-role = Es
results-desk-columns-by-row = El archivo no nombra mesas: cada fila es una.
results-desk-columns-again = Mostrar de nuevo con estas columnas
results-desk-columns-experts = Para especialistas: toda la correspondencia como archivo
results-desk-roles-station = Mesa
results-desk-roles-votes = Votos
results-desk-roles-lines = Líneas del acta
results-desk-role-out = No leer
results-desk-role-code-1 = Código de la mesa
results-desk-role-code-2 = Segunda parte del código
results-desk-role-code-3 = Otra parte del código
results-desk-role-name = Nombre de la mesa
results-desk-role-place = Lugar superior (región, distrito)
results-desk-role-part = Parte que se cuenta aparte
results-desk-role-contest = Nombre de la contienda
results-desk-role-contestant = Votos de una candidatura
results-desk-role-who = Nombra la candidatura, una fila para cada una
results-desk-role-votes = Votos de la candidatura de la fila
results-desk-role-group = Partido o lista de la candidatura de la fila
results-desk-role-doubt = Mírela
results-desk-role-proposed = La propuesta era: { $role }.
results-desk-role-wrong-no-code = Ninguna columna es el código de la mesa. Elija una arriba o indique que cada fila es una mesa.
results-desk-role-wrong-twice = Otra columna ya es «{ $role }». Elija otra cosa para una de las dos.
results-desk-role-wrong-no-numbers = Ninguna columna contiene votos ni una línea del acta. Elija qué son las columnas de números.
results-desk-role-wrong-half-long = Un archivo con una fila por candidatura necesita ambas: una columna de la candidatura y otra de los votos.
results-desk-role-wrong-wide-and-long = Los votos ya están en una columna propia. No lea esta columna o retire la otra.
results-desk-role-wrong-other-file = Estas columnas no son las del archivo. Mire la página de nuevo y elija.
results-desk-like-title = Leído como un archivo anterior
results-desk-like-text = Todas las columnas de aquel archivo están en este. Se registró:
results-desk-like-anew = Proponer de nuevo
