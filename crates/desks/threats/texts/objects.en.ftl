# What objects are, whom they concern, and what to do
threats-kind-artifact = Content of a file
threats-kind-attack-pattern = Way of attacking
threats-kind-autonomous-system = Network on the internet
threats-kind-campaign = Campaign
threats-kind-course-of-action = Remedy
threats-kind-domain-name = Domain
threats-kind-email-addr = E-mail address
threats-kind-email-message = E-mail
threats-kind-file = File
threats-kind-grouping = Group of objects
threats-kind-identity = Organisation or person
threats-kind-incident = Incident
threats-kind-indicator = Sign to look for
threats-kind-infrastructure = Servers and services of attackers
threats-kind-intrusion-set = Group of attackers
threats-kind-ipv4-addr = Internet address
threats-kind-ipv6-addr = Internet address
threats-kind-language-content = Translation
threats-kind-location = Place
threats-kind-malware = Malicious program
threats-kind-malware-analysis = Analysis of a malicious program
threats-kind-marking-definition = Marking
threats-kind-note = Note
threats-kind-observed-data = Observation
threats-kind-opinion = Opinion
threats-kind-relationship = Link
threats-kind-report = Report
threats-kind-sighting = Sighting
threats-kind-threat-actor = Attacker
threats-kind-tool = Tool
threats-kind-url = Address of a page
threats-kind-vulnerability = Weakness
threats-kind-other = Other ({ $kind })
threats-tlp-means-clear = for everybody; it may be published
threats-tlp-means-green = for members of the community, not for publication
threats-tlp-means-amber = for the named organisations and those of their clients who need it
threats-tlp-means-amber-strict = for the named organisations alone
threats-tlp-means-red = for the named recipients alone; they tell nobody
threats-object-concerns = Whom it concerns
threats-object-todo = What to do
threats-object-who = Who says so
threats-object-sure = How sure
threats-object-until = Holds until
threats-object-until-unsaid = not said
threats-object-over = over
threats-object-audience = Shared with: { $orgs }
threats-object-seen = Seen by others
threats-object-seen-none = Nobody has said so yet
threats-object-seen-count = { $count ->
    [one] once
   *[other] { $count } times
 }, by { $by ->
    [one] one organisation
   *[other] { $by } organisations
 }
threats-object-agreed = { $count ->
    [one] One member agrees
   *[other] { $count } members agree
 }
threats-object-facts = Details
threats-object-raw = For experts: the object as it came (STIX)
threats-object-download = Download as JSON
threats-versions = Versions
threats-related = What belongs to it
threats-older-title = There is a newer version
threats-older-link = Show the newest
threats-revoked-title = Taken back
threats-revoked-text = Whoever shared it has taken it back. Do not act on it any more.
threats-over-title = It does not hold any more
threats-over-text = Its time is over. Do not block anything because of it; the name or address may belong to somebody else by now.
threats-sure-unsaid = Whoever shares it does not say how sure they are.
threats-sure-none = They do not say that it is so.
threats-sure-low = Not very sure
threats-sure-medium = Fairly sure
threats-sure-high = Very sure
threats-looks-domain = Site or server
threats-looks-url = Page
threats-looks-address = Internet address
threats-looks-email = E-mail
threats-looks-file = File
threats-looks-other = Value
threats-what-indicator = This is a sign by which others recognise an attack when they meet it.
threats-what-attack-pattern = This describes a way in which attackers proceed.
threats-what-vulnerability = This is a weakness in a program or device that attackers can use.
threats-what-course-of-action = This says what helps against something.
threats-what-sighting = Somebody has seen something that others had warned of.
threats-what-actor = This describes people who attack, as far as they are known.
threats-what-campaign = This tells of attacks that belong together, or of one that happened.
threats-what-means = This is a means that attackers use: a program, a tool, or servers.
threats-what-report = This sums up what is known, with what belongs to it.
threats-what-note = This is what somebody says about something that was shared.
threats-what-other = This is a piece of what belongs to something else. By itself it asks nothing of you.
threats-concerns-indicator-domain = Everybody whose staff use the web and e-mail, and whoever answers voters’ questions about official sites.
threats-concerns-indicator-url = Everybody whose staff use the web and e-mail, and whoever answers voters’ questions about official pages.
threats-concerns-indicator-address = Whoever runs your network, your servers or your sites.
threats-concerns-indicator-email = Everybody who gets e-mail at work, and whoever runs your mail.
threats-concerns-indicator-file = Everybody who opens files that others send, and whoever looks after your computers.
threats-concerns-indicator-other = Whoever looks after your computers and your network.
threats-concerns-indicator = Whoever looks after your computers and your network.
threats-concerns-attack-pattern = Those who plan how your organisation protects itself.
threats-concerns-vulnerability = Whoever looks after your computers and programs.
threats-concerns-course-of-action = Whoever looks after your computers, and those who decide on protection.
threats-concerns-sighting = Those who follow how far this has spread.
threats-concerns-actor = Those who plan how your organisation protects itself.
threats-concerns-campaign = Everybody who runs, watches or reports on the election that it is about.
threats-concerns-means = Whoever looks after your computers and your network.
threats-concerns-report = Everybody who runs, watches or reports on the election that it is about.
threats-concerns-note = Those who act on what it is about.
threats-concerns-other = Those who act on what it belongs to.
threats-todo-indicator-domain = Do not open the site, and tell your staff not to.
    Give it to whoever looks after your computers: they look whether somebody has been there, and block it.
    If it imitates an official site, say in public which address is the right one.
    Have you found it? Say so below: “We have seen this too.”
threats-todo-indicator-url = Do not open the page, and tell your staff not to.
    Give it to whoever looks after your computers: they look whether somebody has been there, and block it.
    Has somebody entered a password there? Have it changed at once.
    Have you found it? Say so below: “We have seen this too.”
threats-todo-indicator-address = Give it to whoever runs your network: they look whether anything has gone there or come from there.
    Let them block it if it is not an address that you need.
    Have you found it? Say so below: “We have seen this too.”
threats-todo-indicator-email = Look for messages from there, and do not open links or attachments in them.
    Has somebody answered, clicked, or entered a password? Tell whoever looks after your computers at once.
    Have you found it? Say so below: “We have seen this too.”
threats-todo-indicator-file = Do not open such a file, and do not delete it: it is evidence.
    Give it to whoever looks after your computers: they look on which machines it is.
    Have you found it? Say so below: “We have seen this too.”
threats-todo-indicator-other = Give it to whoever looks after your computers: they can look for it.
    Have you found it? Say so below: “We have seen this too.”
threats-todo-indicator = Give it to whoever looks after your computers: their programs can look for it.
    Have you found it? Say so below: “We have seen this too.”
threats-todo-attack-pattern = Think through whether this could happen to you, and what would stop it.
threats-todo-vulnerability = Give it to whoever looks after your computers: they look whether you use it, and mend it.
threats-todo-course-of-action = See whether it fits you, and decide who does it and until when.
threats-todo-sighting = Look again whether you find it too.
threats-todo-actor = Nothing at once. Look at the signs that belong to it.
threats-todo-campaign = Read what happened, and look at the signs that belong to it.
    Tell those who speak in public for you, so that they are not surprised.
threats-todo-means = Look at the signs that belong to it: by these it is found.
threats-todo-report = Read it, and decide who in your organisation needs to know.
    Look at the signs that belong to it.
threats-todo-note = Read it before you act on what it is about.
threats-todo-other = Nothing. Look at what it belongs to.
threats-fact-aliases = Also called
threats-fact-goals = Goals
threats-fact-objective = Objective
threats-fact-indicator-types = Sort of sign
threats-fact-malware-types = Sort of program
threats-fact-infrastructure-types = Sort of servers
threats-fact-report-types = Sort of report
threats-fact-threat-actor-types = Sort of attacker
threats-fact-opinion = Opinion
threats-fact-count = How often
threats-fact-first-seen = First seen
threats-fact-last-seen = Last seen
threats-fact-published = Published
threats-fact-value = Value
threats-fact-source = Elsewhere: { $source }
threats-how-made-by = made by
threats-how-made = made by this organisation
threats-how-sighting-of = what was seen
threats-how-sighted = says that it was seen
threats-how-about = is about this
threats-how-mentioned = mentions it
threats-how-refers = refers to this
threats-how-referred = refers to it
threats-how-source = from here
threats-verb-uses-out = uses this
threats-verb-uses-in = uses it
threats-verb-indicates-out = is a sign of this
threats-verb-indicates-in = is a sign of it
threats-verb-attributed-to-out = is thought to be the work of
threats-verb-attributed-to-in = is thought to be its work
threats-verb-targets-out = is aimed at
threats-verb-targets-in = is aimed at it
threats-verb-mitigates-out = helps against this
threats-verb-mitigates-in = helps against it
threats-verb-derived-from-out = was made from this
threats-verb-derived-from-in = was made from it
threats-verb-duplicate-of-out = is the same as this
threats-verb-duplicate-of-in = is the same as it
threats-verb-related-to-out = has to do with this
threats-verb-related-to-in = has to do with it
threats-verb-other-out = { $verb } →
threats-verb-other-in = ← { $verb }
