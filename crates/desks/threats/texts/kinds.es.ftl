# What is recorded of threat sharing
# Not reviewed by a native speaker.
kind-threats-community-founded = Se fundó una comunidad
kind-threats-member-joined = Un miembro se unió a una comunidad
kind-threats-member-left = Un miembro dejó una comunidad
kind-threats-change-proposed = Se propuso un cambio en una comunidad
kind-threats-change-voted = Un miembro tomó posición
kind-threats-objects-published = Se publicó información sobre amenazas
kind-threats-objects-withdrawn = Se retiró información publicada
kind-threats-objects-shared = Un miembro compartió con su comunidad
kind-threats-batch-closed = Se cerró el lote de lo que se comparte con pocos
kind-threats-escrow-asked = Un custodio preguntó quién está detrás de un seudónimo
kind-threats-escrow-opened = Dos custodios abrieron un seudónimo
kind-threats-escrow-refused = Un custodio se negó a abrir un seudónimo
kind-threats-vocabulary-imported = Se importó un vocabulario o una lista de advertencia
