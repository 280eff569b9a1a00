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
# What happened when, and who is held to be behind it
understand-timeline-title = { $name } over time
understand-timeline-description = { $count } lanes from { $from } to { $to }.
understand-timeline-answer = { $count } objects say when they happened.
understand-timeline-read = What happened when, and when it was shared here
understand-timeline-how = A bar goes from the first to the last time that is given; without an end it goes on. The ring is the moment at which it was shared here.
understand-timeline-table = The same as a table
understand-timeline-left-out = They have no lane here.
understand-time = What the times are
understand-time-from = From
understand-time-until = Until
understand-time-seen = First and last seen
understand-time-valid = Counts
understand-time-published = Published
understand-behind = Who is held to be behind it
understand-behind-actor = Who is held to be behind them
understand-behind-nobody = Nobody has said here who is behind it.
understand-behind-one = One answer is given to who is behind it, and nobody has disagreed here. That does not prove it.
understand-behind-disputed = It is not decided who is behind it: one answer is given, and somebody disagrees.
understand-behind-several = It is not decided who is behind it: { $count } answers are given.
understand-behind-hint = Each answer stands with whoever gives it. Nothing here decides between them.
understand-sure-of = { $sure } of 100 sure
understand-sure-not-said = How sure is not said
understand-opinion-strongly-agree = Agrees strongly
understand-opinion-agree = Agrees
understand-opinion-neutral = Neither agrees nor disagrees
understand-opinion-disagree = Disagrees
understand-opinion-strongly-disagree = Disagrees strongly
understand-actor-answer = Campaigns attributed to them: { $campaigns }. Sightings of what is theirs in the last 12 months: { $total }.
understand-campaigns = Campaigns
understand-campaigns-none = No campaign is attributed to them here.
understand-means = What they use
understand-means-none = Nothing is said here of what they use.
understand-first = First seen
understand-last = Last seen
understand-month = Month
understand-sightings = Sightings
understand-sightings-title = Sightings in the last 12 months: { $count }
understand-sightings-description = Sightings of what belongs to { $name }, month by month.
understand-sightings-how = Counted by the month in which each sighting began, as members have reported them.
understand-month-1 = January
understand-month-2 = February
understand-month-3 = March
understand-month-4 = April
understand-month-5 = May
understand-month-6 = June
understand-month-7 = July
understand-month-8 = August
understand-month-9 = September
understand-month-10 = October
understand-month-11 = November
understand-month-12 = December
# What touches the reader's own organisation
understand-assets-answer = { $count ->
    [one] One thing that is shared with you is about what you watch.
   *[other] { $count } things that are shared with you are about what you watch.
 } New in the last seven days: { $fresh }.
error-scr-thr-040 = There is no such object in this community, or none that your organisation may see.
error-scr-thr-041 = Line { $line } of what is watched cannot be read, or there are too many lines: “{ $text }”.
understand-assets-title = What touches us
understand-assets-nothing = Say what belongs to your organisation, and see here when something that is shared is about it.
understand-assets-none = Nothing that is shared with you is about what you watch.
understand-assets-list = What you watch
understand-assets-changed = Last changed:
understand-assets-field = One name, address or file on each line
understand-assets-hint = At most { $count } lines. Nobody but your organisation sees this list.
understand-assets-forms = What can stand on a line
understand-form-domain = A domain name, with every name below it
understand-form-addresses = An address, or a range of addresses
understand-form-mail = Every e-mail address there
understand-form-system = The number of a network
understand-form-hash = The fingerprint of a file
understand-form-name = A name as it stands in texts
understand-assets-record = The list is recorded with the next batch, sealed: the public record does not show whose it is or what is in it.
understand-assets-keep = Watch these
understand-assets-ask = A manager, supervisor or clerk of your organisation can write the list.
understand-assets-waits = Your list is on its way.
understand-assets-waits-text = It is taken with the next batch, within { $seconds } seconds.
understand-assets-wrong = Line { $line }, “{ $text }”: { $why }
understand-assets-more-wrong = { $count } more lines cannot be read.
understand-asset-too-long = it is too long; a line has at most 1,000 characters.
understand-asset-address = this is no address or range; write 192.0.2.7 or 192.0.2.0/24.
understand-asset-domain = this is no domain name; write vote.example, without spaces.
understand-asset-email = this is no e-mail address; write info@vote.example or @vote.example.
understand-asset-hash = this is no fingerprint of a file; it has 32, 40, 56, 64, 96 or 128 digits and letters a to f.
understand-asset-system = this is no number of a network; write AS64500.
understand-asset-name = a name has at least three letters and at most twelve words.
understand-hits = What touches you, newest first
understand-hits-shown = { $shown } of { $total } are shown.
understand-hits-end = A line goes when the warning sign ends, or is taken back or withdrawn.
understand-hit-what = What was shared
understand-hit-yours = What of yours, and why
understand-hit-todo = What to do
understand-hit-when = Known since
understand-hit-new = New
understand-hit-same = stands there itself
understand-hit-below = a name below it
understand-hit-within = an address within it
understand-hit-around = a larger range that contains it
understand-hit-mentioned = is named in a text
understand-hit-matched = a pattern with wildcards fits it
understand-todo-own = Find out today whether somebody has taken it over: look at its logs and who may change it. If the sign is wrong, disagree on its page, so that nobody blocks you.
understand-todo-around = Others may block a range in which you are too. Ask whoever shared it to narrow it down.
understand-todo-matched = The pattern is wide and may mean something else. Read it, and disagree on its page if it hits you by mistake.
understand-todo-mentioned = Read what is said. Add what you know, or say on its page what is wrong.
