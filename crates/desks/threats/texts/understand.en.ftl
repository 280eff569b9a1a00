# A picture of what belongs together
understand-home = Threat sharing
understand-graph-title = What belongs to { $name }
understand-graph-description = { $objects } objects and { $connections } connections, in columns from who is behind it to what can be seen of it.
understand-graph-answer = { $count ->
    [one] One object is connected with it, as far as your organisation may see.
   *[other] { $count } objects are connected with it, as far as your organisation may see.
 }
understand-graph-alone = Nothing that your organisation may see is connected with it yet.
understand-graph-read = Read it from one side to the other: who, what they do, with what, and what can be seen of it
understand-graph-how = Each box is an object that was shared here and leads to its page. Arrows say how two of them are connected.
understand-graph-region = The picture; it can be moved sideways
understand-graph-table = The connections as a table
understand-how-far = How far
understand-steps = { $count ->
    [one] One step
   *[other] { $count } steps
 }
understand-left-out = { $count ->
    [one] One more object is within reach and is not in the picture.
   *[other] { $count } more objects are within reach and are not in the picture.
 }
understand-left-out-hint = Take fewer steps, or open one of the boxes and look at the picture from there.
understand-missing = { $count ->
    [one] One object that is named here is not among those that your organisation has.
   *[other] { $count } objects that are named here are not among those that your organisation has.
 }
understand-unsaid = { $count ->
    [one] One arrow has no room for its word; the table has it.
   *[other] { $count } arrows have no room for their words; the table has them.
 }
understand-connections = Connections
understand-from = From
understand-connection = Connection
understand-to = To
understand-says = Who says so
understand-sure = How sure (0 to 100)
understand-not-said = not said
understand-objects = Objects
understand-what = What it is
understand-name = Name
understand-state = State
understand-label = Label
understand-by = Shared by
understand-shared = Shared on
understand-to-timeline = See it over time
understand-to-graph = See what belongs to it
understand-column-who = Who
understand-column-what = What they do
understand-column-how = With what
understand-column-signs = What can be seen
understand-kind-attack-pattern = Way of attack
understand-kind-campaign = Campaign
understand-kind-course-of-action = Remedy
understand-kind-grouping = Collection
understand-kind-identity = Organisation
understand-kind-incident = Incident
understand-kind-indicator = Warning sign
understand-kind-infrastructure = Infrastructure
understand-kind-intrusion-set = Group
understand-kind-location = Place
understand-kind-malware = Malware
understand-kind-malware-analysis = Malware analysis
understand-kind-note = Note
understand-kind-observed-data = Observation
understand-kind-opinion = Opinion
understand-kind-relationship = Connection
understand-kind-report = Report
understand-kind-sighting = Sighting
understand-kind-threat-actor = Actor
understand-kind-tool = Tool
understand-kind-vulnerability = Weakness
understand-kind-autonomous-system = Network
understand-kind-domain-name = Domain name
understand-kind-email-addr = E-mail address
understand-kind-email-message = E-mail
understand-kind-file = File
understand-kind-ipv4-addr = IP address
understand-kind-ipv6-addr = IP address
understand-kind-url = Web address
understand-link-attributed-to = attributed to
understand-link-based-on = based on
understand-link-beacons-to = reports to
understand-link-belongs-to-ref = belongs to
understand-link-compromises = breaks into
understand-link-communicates-with = talks with
understand-link-consists-of = consists of
understand-link-controls = controls
understand-link-delivers = delivers
understand-link-derived-from = made from
understand-link-drops = leaves behind
understand-link-duplicate-of = same as
understand-link-exploits = exploits
understand-link-hosts = hosts
understand-link-impersonates = poses as
understand-link-indicates = points to
understand-link-located-at = located in
understand-link-mitigates = helps against
understand-link-object-refs = is about
understand-link-observed-data-refs = shown by
understand-link-originates-from = comes from
understand-link-owns = owns
understand-link-related-to = related to
understand-link-resolves-to-refs = leads to
understand-link-sample-refs = sample
understand-link-sighting-of-ref = sighting of
understand-link-targets = aimed at
understand-link-uses = uses
understand-link-variant-of = kind of
understand-link-where-sighted-refs = seen by
# What a warning sign is worth now
understand-state-not-yet = Not valid yet
understand-state-valid = Valid
understand-state-doubted = Doubted
understand-state-expired = Ended
understand-state-revoked = Taken back
understand-state-ended = It counted until { $date }.
understand-state-until = It counts until { $date }.
understand-state-no-end = No end is given.
understand-state-seen = { $count ->
    [one] Seen once, on { $date }.
   *[other] Seen { $count } times, last on { $date }.
 }
understand-state-opinions = { $agree } agree, { $disagree } disagree.
