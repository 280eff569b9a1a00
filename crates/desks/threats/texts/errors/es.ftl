# What refusals of the exchange say.
# Not reviewed by a native speaker.
error-scr-thr-001 = Su organización no es miembro de esta comunidad.
error-scr-thr-002 = No hay tal comunidad.
error-scr-thr-003 = Este nombre no sirve. Un código tiene minúsculas, cifras y guiones, 40 como máximo; un nombre, 200 caracteres como máximo.
error-scr-thr-004 = Ya hay una comunidad con este código. Elija otro.
error-scr-thr-005 = Una comunidad la fundan de 2 a 100 organizaciones, la suya entre ellas.
error-scr-thr-006 = Ya es así: nada cambiaría.
error-scr-thr-007 = No hay tal propuesta.
error-scr-thr-008 = Ya está decidido, o su organización ya lo dijo.
error-scr-thr-009 = Se trata de su organización, que no tiene voto.
error-scr-thr-010 = No es para su función. Las decisiones son de un responsable; responsables, supervisores y capturistas comparten.
error-scr-thr-011 = Las reglas no están completas: un texto de 8.000 caracteres como máximo, y una parte de 50 a 99 por ciento. Una exclusión necesita una razón.
error-scr-thr-012 = No hay tal colección.
error-scr-thr-013 = Su organización puede leer esta colección, y no añadir.
error-scr-thr-014 = La colección no sirve así: necesita un título, y un nombre corto que ninguna otra tenga.
error-scr-thr-016 = No se han unido todavía todos los fundadores.
error-scr-thr-017 = No hay nada que compartir.
error-scr-thr-018 = Hay demasiados: miembros, colecciones o propuestas abiertas.
error-scr-thr-019 = Esto no puede compartirse: { $what }
error-scr-thr-020 = Su organización no es custodia de esta comunidad.
error-scr-thr-021 = No hay tal seudónimo, o no hay tal petición.
error-scr-thr-022 = Tiene que estar de acuerdo un segundo custodio; ustedes fueron el primero.
error-scr-thr-023 = Este seudónimo no sirve, o lo usa otro miembro.
error-scr-thr-024 = Este día ya pasó, o está a más de diez años.
error-scr-thr-025 = No hay tal objeto, o ninguno para usted.
error-scr-thr-041 = La línea { $line } de lo que se vigila no se puede leer, o hay demasiadas líneas: «{ $text }».
