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
error-scr-thr-070 = Ya hay una solicitud abierta sobre este seudónimo.
error-scr-thr-072 = Esa copia no es posible: { $what ->
    [redact-kind] otros remiten a los objetos de este tipo por lo que dicen.
    [redact-revoked] el objeto fue retirado.
    [redact-required-reference] lleva a algo que los lectores de la copia no pueden ver, y no puede estar sin ello.
    [redact-unidentified] no quedaría nada por lo que reconocerlo.
   *[other] lo que quedaría no sería un objeto correcto.
 }
error-scr-thr-073 = Esto no se puede omitir, porque el objeto no puede estar sin ello o no tiene esa parte: { $what }
error-scr-thr-074 = Una parte que queda es para menos lectores que la copia: { $what }. Omítala, o elija una etiqueta más estrecha.
error-scr-thr-075 = Lo que se omite ({ $what }) sigue en la copia: { $where }. Omita eso también.
error-scr-thr-076 = Algo omitido ({ $what }) puede verse todavía en: { $where }. Mire cada punto y marque la casilla.
error-scr-thr-077 = La copia iría más lejos que el objeto, que es de otro miembro. Solo su fuente puede ampliar su etiqueta.
error-scr-thr-078 = El identificador del original está hecho de su contenido: quien adivine lo que omite podría comprobarlo. No nombre el original.
error-scr-thr-079 = No recibe día: ya es público, o se compartió con un seudónimo que un día delataría.
error-scr-thr-080 = Una parte tiene una etiqueta más estrecha que el resto. Haga una copia sin ella, y fije un día para la copia.
error-scr-thr-090 = Este archivo no es ni un vocabulario ni una lista de advertencia: { $why }
error-scr-thr-091 = Importan vocabularios quienes gestionan esta instalación y los responsables de organismos electorales y equipos de seguridad.
error-scr-thr-092 = El archivo es demasiado grande: se leen como máximo { $max } MiB.
error-scr-thr-093 = Ya hay { $max } vocabularios: no se admiten más.
error-scr-thr-094 = Aquí no hay tal vocabulario, o no tiene tal palabra.
error-scr-thr-110 = Lo que se dice del registro no puede ser: hace falta un nombre, una dirección que empiece por https:// y un comienzo que sea un número; una decisión necesita una razón.
error-scr-thr-111 = La clave pública no se puede leer. Es la clave en base64, como en las listas de registros: ECDSA sobre P-256, o RSA.
error-scr-thr-112 = Este registro ya se sigue, o hay { $max } registros.
error-scr-thr-113 = No hay tal registro.
error-scr-thr-114 = No hay nada que decidir sobre este registro.
error-scr-thr-115 = No hay tal nombre, o se puso en orden.
error-scr-thr-050 = No existe esa fuente, o no es de su organización.
error-scr-thr-051 = Esta dirección no se puede usar. Empieza por https://, nombra un servidor y no lleva usuario ni contraseña.
error-scr-thr-052 = Estas credenciales no se pueden usar: falta una parte, es demasiado larga o tiene un signo que no se puede enviar.
error-scr-thr-053 = La frecuencia va de una vez por minuto a una vez por semana.
error-scr-thr-054 = Su organización ya tiene 50 fuentes. Quite una primero.
error-scr-thr-055 = El otro servidor no da nada: { $what }.
error-scr-thr-056 = No se ha dicho adónde van los objetos de la fuente, o está en pausa.
error-scr-thr-057 = Esta colección no está en el servidor de esta fuente. Elija una de las que ofrece.
