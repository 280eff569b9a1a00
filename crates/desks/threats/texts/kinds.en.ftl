# What is recorded of threat sharing
kind-threats-community-founded = A community was founded
kind-threats-member-joined = A member joined a community
kind-threats-member-left = A member left a community
kind-threats-change-proposed = A change of a community was proposed
kind-threats-change-voted = A member said where it stands
kind-threats-objects-published = Threat information was published
kind-threats-objects-withdrawn = Published threat information was taken back
kind-threats-objects-shared = A member shared with its community
kind-threats-batch-closed = The batch of what is shared with a few was closed
kind-threats-escrow-asked = A custodian asked who stands behind a pseudonym
kind-threats-escrow-opened = Two custodians opened a pseudonym
kind-threats-escrow-refused = A custodian refused to open a pseudonym
kind-threats-vocabulary-imported = A vocabulary or warning list was imported
