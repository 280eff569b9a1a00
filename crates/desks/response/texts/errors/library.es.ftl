# What refusals of playbooks and crisis plans say.
error-scr-rsp-001 = Esto no corresponde a su función. Los gestores importan y modifican guías de actuación y planes; gestores y supervisores los adoptan.
error-scr-rsp-002 = No existe esa guía de actuación, o no es para usted.
error-scr-rsp-003 = Esto no se puede leer como guía de actuación: { $why }. Una guía es un archivo JSON en el formato CACAO 2.0. Pida una copia nueva a quien la envió.
error-scr-rsp-004 = La versión más reciente dice exactamente lo mismo. No se registró nada.
error-scr-rsp-005 = Diga por qué, en 1.000 caracteres como máximo, sin direcciones de correo ni números de teléfono. El motivo es público.
error-scr-rsp-006 = Esto no es más nuevo que la última versión, que dice ser de { $modified }. Dos textos de un mismo momento no se podrían distinguir: el archivo necesita un «modified» posterior.
error-scr-rsp-007 = Este nombre corto no se puede usar. Tiene de 2 a 48 letras minúsculas, cifras y guiones.
error-scr-rsp-008 = Esta guía pertenece a otra organización, la única que hace sus versiones. Impórtela de un archivo para hacer una propia.
error-scr-rsp-009 = Tiene { $errors ->
    [one] un error
   *[other] { $errors } errores
 } y solo puede guardarse como borrador. Corrija lo indicado y adopte la versión siguiente.
error-scr-rsp-010 = Usted hizo esta versión. Otra persona tiene que examinarla y adoptarla.
error-scr-rsp-011 = Alguien la cambió desde que usted la miró. Mírela de nuevo.
error-scr-rsp-012 = Esta versión ya está en vigor.
error-scr-rsp-013 = Ninguna versión está en vigor para su organización.
error-scr-rsp-014 = Este cambio no es posible: { $why }.
error-scr-rsp-015 = Tras este cambio la guía tendría un error que ahora no tiene ({ $finding }, en { $where }). No se cambió nada.
error-scr-rsp-016 = Hay demasiados: { $most } como máximo.
error-scr-rsp-017 = El texto de esta versión fue borrado, o no está en este servidor.
error-scr-rsp-018 = Esto falta, es demasiado largo o son demasiados: { $most } como máximo.
error-scr-rsp-019 = Un plan nombra solo funciones. Omita direcciones de correo, números de teléfono y direcciones de máquinas: su lugar son los contactos, donde caducan.
error-scr-rsp-020 = La fecha de revisión es un día a partir de hoy, dentro de dos años, por ejemplo 2027-03-01.
error-scr-rsp-021 = Ninguna guía «{ $playbook }» está en vigor para su organización. Adóptela primero, o elija otra.
error-scr-rsp-022 = No existe esa versión del plan, o se redactó una más nueva.
error-scr-rsp-023 = Esta no es una clave aceptada. Hace falta un nombre y el texto de un archivo de clave pública (PEM) Ed25519 o P-256.
error-scr-rsp-024 = Esta clave ya está fijada, o ya no lo está.
error-scr-rsp-025 = Este protocolo inicia otro que no está en vigor para su organización: { $playbook }. Adopte primero ese.
error-scr-rsp-026 = Este protocolo inicia otro que vuelve a él, o se inician con demasiada profundidad: { $playbook }. Cambie uno de ellos.
