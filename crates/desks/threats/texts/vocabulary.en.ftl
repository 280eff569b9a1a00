# Vocabularies and warning lists
vocabulary-title = Vocabularies
vocabulary-answer = { $techniques ->
    [one] One way of attacking has a name here
   *[other] { $techniques } ways of attacking have names here
 }, and { $lists ->
    [one] one list warns
   *[other] { $lists } lists warn
 } before something is shared that nobody should block.
vocabulary-answer-none = No vocabulary has been imported yet. A few warning lists are always here.
vocabulary-words = Words that everybody uses alike
vocabulary-words-none = ATT&CK names what attackers do to computers, DISARM what they do to opinions; galaxies and taxonomies of MISP have more words. Their publishers ship them as files.
vocabulary-name = Name
vocabulary-holds = What is in it
vocabulary-version = Version
vocabulary-unsaid = not said
vocabulary-imported = Imported
vocabulary-count-techniques = { $count ->
    [one] One way of attacking
   *[other] { $count } ways of attacking
 }, { $others ->
    [one] one phase or remedy
   *[other] { $others } phases and remedies
 }.
vocabulary-count-terms = { $count ->
    [one] One term.
   *[other] { $count } terms.
 }
vocabulary-count-tags = { $count ->
    [one] One tag.
   *[other] { $count } tags.
 }
vocabulary-count-entries = { $count ->
    [one] One entry.
   *[other] { $count } entries.
 }
vocabulary-count-phases = The order of { $others ->
    [one] one phase.
   *[other] { $others } phases.
 }
vocabulary-odd-count = { $count ->
    [one] One thing is odd
   *[other] { $count } things are odd
 }
vocabulary-odd-none = Nothing in it is odd.
vocabulary-odd-text = What its reader left out or doubts, in the reader’s own words. The rest can be used.
vocabulary-lists = Warning lists
vocabulary-lists-text = Each name, address and hash is looked up here before it is shared. Whoever shares it all the same has to confirm it, and that is noted.
vocabulary-list-why = Why it should not be blocked
vocabulary-entries = Entries
vocabulary-always = always here
vocabulary-list-election = Voters would not reach an election body.
vocabulary-list-own = It is one’s own.
vocabulary-list-network = Many sites at once would be cut off.
vocabulary-list-resolver = Computers would find no names any more.
vocabulary-list-service = A service on which many rely would be cut off.
vocabulary-list-popular = Many people use it every day.
vocabulary-list-listed = Its publisher says so.
vocabulary-list-empty = Every computer has such a file.
vocabulary-list-reserved = It leads nowhere on the internet.
vocabulary-import = Import a file
vocabulary-import-text = The file as its publisher ships it. It says itself what it is; a later version takes the place of an earlier one.
vocabulary-file = File
vocabulary-file-hint = ATT&CK or DISARM as a STIX bundle, DISARM’s file of columns, a galaxy, taxonomy or warning list of MISP; at most { $max } MiB.
vocabulary-will-record = In public: name, version, SHA-256 and how much is in it; and the file itself.
vocabulary-import-act = Import
vocabulary-import-who = Whoever runs this installation imports vocabularies, and managers of election bodies and security teams.
vocabulary-imported-title = Imported
vocabulary-same-title = It is here already
vocabulary-same-text = This very file was imported before. Nothing was recorded.
vocabulary-by = Published by { $publisher }. The words are theirs.
vocabulary-disarm-note = DISARM’s own file gives its entries new ids with each version, and calls its source ATT&CK. Here each entry keeps one id, which follows from its number.
vocabulary-search = Find by number or by words
vocabulary-found = { $count ->
    [one] One fits
   *[other] { $count } fit
 }
vocabulary-found-none = Try fewer words, or the beginning of one.
vocabulary-all = Show everything
vocabulary-phases = Phases, in their order
vocabulary-phases-text = What attackers want to reach, step by step. Open a phase to see how they go about it.
vocabulary-phase-page = About this phase
vocabulary-rest = Belongs to no phase
vocabulary-file-title = The file
vocabulary-publisher = Publisher
vocabulary-size = Length
vocabulary-bytes = { $count ->
    [one] one byte
   *[other] { $count } bytes
 }
vocabulary-versions = Imports
vocabulary-means-phase = A step that attackers want to reach.
vocabulary-means-technique = Something that attackers do, under the name that everybody uses for it.
vocabulary-means-remedy = Something that helps against ways of attacking.
vocabulary-means-tag = A word with which objects are marked.
vocabulary-old-title = Not to be used any more
vocabulary-old-text = Its publisher has taken it back.
vocabulary-own-words = In the words of { $publisher }
vocabulary-parts = In more detail
vocabulary-uses = Shared objects that name it
vocabulary-uses-none = None of those that you may see.
vocabulary-uses-more = There are more; the newest are shown.
vocabulary-shared = Shared
vocabulary-place = Where it belongs
vocabulary-phase-of = Phase
vocabulary-part-of = Part of
vocabulary-tag = Tag
vocabulary-stix = Id in STIX
vocabulary-publisher-page = Its publisher’s page
vocabulary-object-terms = Ways of attacking that it names
vocabulary-kind-phase = phase
threats-field-techniques = What they do (not needed)
threats-field-techniques-hint = Look for the way of attacking by its number or by words, tick what fits, and look again. Others then find everything that was done in this way.
threats-field-technique-search = Look for a way of attacking
threats-techniques-nothing = Nothing fits. Try fewer words.
threats-field-end = Until when it holds
threats-field-end-hint = Addresses change hands. Usual are { $address } days for addresses of the internet, { $url } for pages, { $domain } for domains, { $email } for e-mail addresses, { $hash } for files.
threats-end-usual = As usual
threats-end-day = Until a day, below
threats-end-none = Until I take it back
threats-wrong-end = Say until which day, or choose “As usual”.
threats-planned-until = holds until { $date }
threats-planned-no-end = holds until it is taken back
threats-warnings = { $count ->
    [one] Think about this one first
   *[other] Think about these { $count } first
 }
threats-warnings-text = Others may block what you share. Here that would do harm, or nothing at all.
threats-warnings-more = { $count ->
    [one] … and one more
   *[other] … and { $count } more
 }
threats-warn-election = This belongs to an election body: blocking it keeps voters from its site.
threats-warn-own = This is your own: others would block you.
threats-warn-network = This belongs to a large network that carries many sites: blocking it would block all of them.
threats-warn-resolver = This answers for names everywhere: without it computers find no sites.
threats-warn-service = This is a large service on which many rely: blocking it would cut them off.
threats-warn-popular = Many people use this every day: blocking it would cut them off.
threats-warn-listed = This is known to be harmless, or to be used by many.
threats-warn-empty = This is a file with nothing in it: every computer has one.
threats-warn-reserved = This leads nowhere on the internet: it is for examples, or for machines of one’s own.
threats-warn-by = On the list “{ $list }”: { $entry }
threats-warn-by-own = You watch it yourself, or it is this site: { $entry }
threats-despite-legend = The warnings above
threats-despite-choice = I have looked at each of them. It is to be shared all the same; that is noted, and whoever reads it sees it.
threats-wrong-despite = Confirm that you have looked at the warnings, or change what you share.
threats-despite-title = Shared in spite of a warning
threats-despite-list = { $value } stands on the list “{ $list }”.
threats-despite-own = { $value } belongs to whoever shared it.
threats-despite-text = Whoever shared it was told, and confirmed it. Think before you block it.
vocabulary-own-election = Names of election bodies
vocabulary-own-election-about = Sites on which election bodies inform voters.
vocabulary-own-addresses = Addresses that lead nowhere on the internet
vocabulary-own-addresses-about = Networks of one’s own, and those for examples: RFC 1918, 3849, 3927, 4193, 4291, 5737, 6598, 9637.
vocabulary-own-names = Names that lead nowhere on the internet
vocabulary-own-names-about = Names for examples, tests and machines of one’s own: RFC 2606, 6761, 6762, 7686, 8375.
vocabulary-own-empty = Hashes of an empty file
vocabulary-own-empty-about = MD5, SHA-1, SHA-256 and SHA-512 of nothing.
threats-task-answered = Others have answered to “{ $title }”
threats-task-answered-hint = { $seen ->
    [0] Nobody new has seen it
    [one] Seen by one other
   *[other] Seen by { $seen } others
 }; { $doubted ->
    [0] nobody calls it a false alarm.
    [one] one calls it a false alarm.
   *[other] { $doubted } call it a false alarm.
 }
threats-task-doubted = false alarm?
threats-task-seen = seen
threats-status-warned = Something in it stands on a warning list.
