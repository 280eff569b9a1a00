# What is recorded of threat sharing
# Not reviewed by a native speaker.
kind-threats-community-founded = Une communauté a été fondée
kind-threats-member-joined = Un membre a rejoint une communauté
kind-threats-member-left = Un membre a quitté une communauté
kind-threats-change-proposed = Un changement d’une communauté a été proposé
kind-threats-change-voted = Un membre a pris position
kind-threats-objects-published = Des informations sur des menaces ont été publiées
kind-threats-objects-withdrawn = Des informations publiées ont été retirées
kind-threats-objects-shared = Un membre a partagé avec sa communauté
kind-threats-batch-closed = Le lot de ce qui est partagé avec quelques-uns a été clos
kind-threats-escrow-asked = Un dépositaire a demandé qui se trouve derrière un pseudonyme
kind-threats-escrow-opened = Deux dépositaires ont levé un pseudonyme
kind-threats-escrow-refused = Un dépositaire a refusé de lever un pseudonyme
kind-threats-vocabulary-imported = Un vocabulaire ou une liste d’avertissement a été importé
