# The exchange: communities, their rules, what is shared
threats-nav = Threats
threats-cancel = Cancel
threats-yes = yes
threats-no = no
threats-you = (you)
threats-recorded = Recorded
threats-consequence = What follows
threats-state = State
threats-changed = Last change
threats-organisation = Organisation
threats-sector = Sector
threats-since = Member since
threats-member = Member
threats-members = Members
threats-community = Community
threats-collection = Collection
threats-collections = Collections
threats-object = What
threats-objects = What is shared
threats-label = Label
threats-by = Shared by
threats-shared-at = Shared
threats-rights = Your rights
threats-for-whom = For whom
threats-pseudonym = (under a pseudonym)
threats-search = Search titles
threats-home-title = Your communities
threats-home-tasks = What needs you
threats-home-answer = { $count ->
    [one] One thing needs you.
   *[other] { $count } things need you.
 }
threats-home-nothing = Nothing needs you now.
threats-home-none-answer = Your organisation shares threat information with nobody yet.
threats-home-line = { $members ->
    [one] One member
   *[other] { $members } members
 }, { $collections ->
    [one] one collection
   *[other] { $collections } collections
 }, { $open ->
    [0] nothing to decide
    [one] one open proposal
   *[other] { $open } open proposals
 }
threats-none-title = Begin with a community
threats-none-text = Election bodies, security teams, parties, media, observers, platforms and vendors share here what threatens elections. They do it in communities whose rules no single member controls.
threats-none-manager = Found a community with at least one other organisation, or ask the members of one to propose your organisation.
threats-none-ask = Founding and joining are for a manager of your organisation.
threats-none-others = { $count ->
    [one] See the one other community here
   *[other] See the { $count } other communities here
 }
threats-task-join = Join { $name }
threats-task-join-hint = Your organisation is named as a founder. The community begins when all founders have joined.
threats-task-waits = waits for you
threats-task-stand = Say where you stand: { $what }
threats-task-no-stand = no stand yet
threats-task-news = { $count ->
    [one] One new object in { $name }
   *[other] { $count } new objects in { $name }
 }
threats-task-news-many = { $count } new objects or more in { $name }
threats-task-news-hint = Shared by others in the last 7 days
threats-task-new = new
threats-state-active = active
threats-state-waiting = { $joined } of { $total } founders have joined
threats-found-title = Found a community
threats-found-answer = A community needs at least two organisations. It begins when all of them have joined.
threats-founders = Founders
threats-field-name = Name of the community
threats-field-name-hint = Everybody will see it.
threats-field-code = Code in addresses
threats-field-code-hint = Small letters, digits and hyphens, at most 40. It never changes.
threats-field-sector-own = What your organisation is
threats-field-founders = Who founds it with you
threats-field-founders-hint = Organisations that work on this installation. Each has to join.
threats-no-candidates = No other organisation works on this installation. Ask your administrator to create it.
threats-rules = Rules
threats-rules-example = Members share what threatens elections, whoever it threatens. Nobody uses what is shared against another member. What carries no label is GREEN: for members, and not for publication.
threats-field-text = The rules in words
threats-field-text-hint = What is shared, with whom, and what members promise. Everybody will be able to read it.
threats-field-unmarked = The label of what comes without one
threats-field-unmarked-hint = Some programs send no label. This one holds then.
threats-field-percent = A change needs more than so many percent of the members
threats-field-percent-hint = From 50 to 99. It always needs at least two members.
threats-first-collection = First collection
threats-first-collection-text = A collection is a place where things are shared. All members may read and write this one; you can propose others later.
threats-field-title = Title
threats-field-description = What belongs into it
threats-field-description-hint = One sentence.
threats-field-alias = Short name for programs
threats-field-alias-hint = Small letters, digits and hyphens. May stay empty.
threats-field-public = Public
threats-field-public-label = Everybody may read what is TLP:CLEAR in it
threats-field-closed = Closed
threats-field-closed-label = It takes nothing any more
threats-field-readers = Who reads it
threats-field-writers = Who adds to it
threats-field-circle = To whom TLP:AMBER goes when nobody is named
threats-field-reason = Reason
threats-field-reason-hint = It will stand in the public record.
threats-act-check = Check your answers
threats-act-change = Change something
threats-check-title = Check your answers
threats-found-check-answer = You found { $name } with { $others }.
threats-found-consequence = Name, founders, rules and collections become public and stay in the record. The others are asked to join.
threats-record-found = that your organisation founds this community, with these rules and founders.
threats-act-found = Found the community
threats-community-answer = { $members ->
    [one] One member shares here
   *[other] { $members } members share here
 }; you may read { $readable ->
    [one] one collection.
   *[other] { $readable } collections.
 }
threats-community-waiting = Nothing can be shared or decided before all founders have joined.
threats-missing-title = Not all founders have joined
threats-missing-text = Still missing: { $orgs }.
threats-objects-none = Nothing here
threats-objects-none-filtered = Nothing fits these filters.
threats-objects-none-text = Nobody has shared anything with you yet.
threats-filter-clear = Show everything
threats-filter-any = any
threats-filter-what = What
threats-filter-label = Label
threats-filter-by = Shared by
threats-filter-collection = Collection
threats-filter-what-signs = signs to look for
threats-filter-what-reports = reports
threats-filter-what-campaigns = campaigns
threats-filter-what-actors = who is behind it
threats-filter-what-means = means
threats-filter-what-answers = answers
threats-filter-what-all = everything, links included
threats-rights-both = You read and write
threats-rights-read = You read only
threats-rights-write = You write only
threats-rights-none = Neither
threats-collection-closed = closed
threats-collection-public = TLP:CLEAR is public
threats-collection-members = members only
threats-machines = For programs (TAXII 2.1)
threats-machines-text = Programs read and write the same objects at these addresses, with a token from your account page as the password.
threats-not-joined = has not joined
threats-members-all = all members
threats-members-none = nobody
threats-about = { $kind }: { $title }
threats-revoked = taken back
threats-rules-title = Rules and decisions
threats-rules-answer = No member changes the rules alone: a change needs more than one, and everybody can see who agreed.
threats-rules-now = The rules
threats-needed = { $needed } of { $members } members
threats-needed-label = A change needs
threats-more-than = more than { $percent }%
threats-custodians = Who opens pseudonyms
threats-custodians-none = Nobody is named.
threats-custodians-text = Two of them together can open who stands behind a pseudonym.
threats-proposals-open = To be decided
threats-proposals-none = Nothing is open.
threats-proposals-decided = Decided
threats-proposal-count = { $given } of { $needed } agree
threats-proposed-by = proposed by { $org }
threats-propose-title = Propose a change
threats-propose-rules = Change the rules
threats-propose-collection = Add or change a collection
threats-propose-admit = Admit an organisation
threats-propose-exclude = Exclude a member
threats-propose-custodians = Name who opens pseudonyms
threats-propose-answer-rules = The other members see the difference, and decide.
threats-propose-answer-collection = A collection says who reads it and who adds to it. The other members decide.
threats-propose-answer-admit = The new member will see what is TLP:GREEN, old things included. The other members decide.
threats-propose-answer-exclude = The member itself has no say in it. Your reason becomes public.
threats-propose-answer-custodians = Name at least two members that do not depend on each other.
threats-propose-collection-change = Change one that is there:
threats-choose-all = all members
threats-choose-these = those ticked below
threats-choose-table-hint = The first two columns count where “those ticked below” is chosen.
threats-choose-reads = reads
threats-choose-writes = adds
threats-choose-circle = gets AMBER
threats-choose-circle-hint = “Gets AMBER”: to them goes what is TLP:AMBER when whoever shares it names nobody.
threats-propose-check-answer = It will hold when { $needed } members agree. You agree with it by proposing it.
threats-propose-voters = Who has a say: { $orgs }.
threats-record-propose = that your organisation proposes this change and agrees with it.
threats-act-propose = Propose it
threats-proposal-difference = What would change
threats-now = Now
threats-after = As proposed
threats-changes = changes
threats-proposal-answer = { $org } proposes this. { $given } of { $needed } members that are needed agree.
threats-proposal-ended = This is decided.
threats-proposal-number = Proposal { $number }
threats-proposal-what = What was proposed
threats-stands = Where members stand
threats-stands-need = { $given } of { $needed } needed.
threats-stand-for = agrees
threats-stand-against = is against it
threats-stand-none = has not said
threats-stand-concerned = It is about your organisation: you have no say in it.
threats-stand-question = Where does your organisation stand?
threats-stand-choose-for = We agree
threats-stand-choose-against = We are against it
threats-record-stand = where your organisation stands, in public.
threats-act-stand = Say so
threats-outcome-open = open
threats-outcome-adopted = adopted
threats-outcome-rejected = not adopted
threats-outcome-overtaken = overtaken by another change
threats-history = What happened
threats-change-admit = Admit { $org }
threats-change-exclude = Exclude { $org }
threats-change-rules = Change the rules
threats-change-collection = Change the collection { $title }
threats-change-collection-new = Add the collection { $title }
threats-change-custodians = Name who opens pseudonyms
threats-no-member = no member
threats-member-as = member ({ $sector })
threats-consequence-admit = If enough members agree, the organisation is a member at once. It then sees what is TLP:GREEN, what was shared before included.
threats-consequence-exclude = If enough members agree, the organisation sees nothing new of the community. What it has shared stays. The reason is public.
threats-consequence-rules = If enough members agree, the new rules hold for everybody at once. What was shared before keeps its label.
threats-consequence-collection = If enough members agree, this holds at once. Who may no longer read the collection sees nothing of it any more.
threats-consequence-custodians = If enough members agree, these members can from then on open pseudonyms, two together.
threats-join-title = Join { $name }
threats-join-answer = Read the rules. They hold for your organisation from the moment you join.
threats-join-looked = I have read the rules, and I join for my organisation.
threats-join-consequence = Everybody can see that your organisation is a member. The community begins when all founders have joined.
threats-join-record = that your organisation joins, in public.
threats-join-act = Join
threats-leave-title = Leave { $name }
threats-leave-link = Leave this community
threats-leave-answer = Your organisation would no longer be a member.
threats-leave-looked = I understand, and I leave for my organisation.
threats-leave-consequence = You see nothing of the community any more but what is public. What your organisation has shared stays there, under its name. To come back, the members have to admit it.
threats-leave-record = that your organisation leaves, in public.
threats-leave-act = Leave the community
threats-seen-title = We have seen this too
threats-seen-text = It helps others to know how far this has spread.
threats-seen-open = Say that you have seen it
threats-seen-act = Tell the others
threats-field-count = How often
threats-field-count-hint = A number; an estimate will do.
threats-field-first = First seen
threats-field-last = Last seen
threats-field-note = What you saw
threats-field-note-hint = May stay empty. No names of people.
threats-record-answer = an answer from your organisation, with the label of what it answers. What is not for the whole community goes to whoever shared it, within { $seconds } seconds.
threats-doubt-title = This is a false alarm
threats-doubt-text = Whoever shared it learns it, and others see that somebody doubts it.
threats-doubt-open = Say that it is a false alarm
threats-doubt-act = Report the false alarm
threats-field-why = Why
threats-field-why-hint = For example: “This is the address of our own newsletter.”
threats-doubted-title = Somebody doubts this
threats-doubted-text = { $count ->
    [one] One member says that it is a false alarm, or disagrees.
   *[other] { $count } members say that it is a false alarm, or disagree.
 }
threats-withdraw-title = Take this out
threats-alert-link = Write an alert about this
threats-withdraw-link = Take this out of the collection
threats-withdraw-answer = { $count ->
    [one] “{ $title }” would be taken out of the collection.
   *[other] “{ $title }” would be taken out of the collection, with all { $count } versions.
 }
threats-withdraw-looked = I understand, and I take it out.
threats-withdraw-consequence = Nobody finds it here any more. Whoever has read it still has it, and the record keeps that it was there.
threats-record-withdraw = that your organisation has acted in this community; not what it took out.
threats-record-withdraw-public = that your organisation took out this public object.
threats-withdraw-act = Take it out
threats-share-title = Share something
threats-share-answer = What have you seen? You choose in the next step who gets it.
threats-step-what = What
threats-step-whom = For whom
threats-step-check = Check
threats-share-form = I have seen something
threats-field-sort = What is it?
threats-seen-sort-domain = The name of a site or server, such as results.example
threats-seen-sort-url = The address of a page, such as https://results.example/login
threats-seen-sort-address = An internet address, such as 203.0.113.7, or a block of them
threats-seen-sort-email = An e-mail address
threats-seen-sort-hash = The fingerprint (hash) of a file
threats-seen-sort-text = Something else, in words
threats-field-value = The name, address or fingerprint
threats-field-value-hint = One on each line. “results[.]example” is fine. For something else: a headline.
threats-field-seen = What happened
threats-field-seen-hint = What you saw, where, and why it worries you. No names of people.
threats-field-since = Since when
threats-field-until = Which day
threats-field-until-hint = For “until a day”: the day on which others stop acting on it.
threats-field-sure = How sure are you?
threats-sure-choice-unsaid = I would rather not say
threats-sure-choice-low = Not very: somebody should look at it
threats-sure-choice-medium = Fairly
threats-sure-choice-high = Very: we have looked at it closely
threats-share-file = I have a file from a program
threats-share-file-text = STIX 2.1, an event of MISP, or a table (CSV) with a column of names or addresses.
threats-field-file = File
threats-field-file-hint = At most { $max } MiB.
threats-act-read-file = Read the file
threats-share-text = I have a text or a list
threats-field-paste = Text
threats-field-paste-hint = A list, a table, a warning that you got: names, addresses and fingerprints in it are found. STIX and MISP in JSON are read too.
threats-act-read-text = Read the text
threats-act-next = Continue
threats-nothing-yet = Nothing is shared yet
threats-nothing-yet-text = You will see exactly what goes to whom before anything is shared.
threats-whom-title = Who gets it?
threats-whom-answer = { $count ->
    [one] One object was read.
   *[other] { $count } objects were read.
 }
threats-field-where = Where
threats-field-label = Label
threats-field-label-hint = The label says who may have it. Choose the widest that does no harm: what nobody knows protects nobody.
threats-field-to = Organisations for AMBER and RED
threats-field-to-hint = Only for these labels. If you name nobody: AMBER goes to those whom the collection names for it, RED to nobody but you.
threats-marked-title = Some have a label of their own
threats-marked-text = { $marked } of { $count } carry a label, which stays. The label that you choose is for the others.
threats-act-look = See who would get it
threats-act-again = Begin again
threats-last-look = A last look
threats-last-look-answer = { $count ->
    [0] Nothing would be shared.
    [one] One object would be shared in { $collection }.
   *[other] { $count } objects would be shared in { $collection }.
 }
threats-public-title-warn = Everybody will see it
threats-public-text = { $count ->
    [one] One object is TLP:CLEAR: it is published at once.
   *[other] { $count } objects are TLP:CLEAR: they are published at once.
 }
threats-failures = { $count ->
    [one] One would not be taken
   *[other] { $count } would not be taken
 }
threats-fail-other = Another object has this id and version. Make a new version of it, or a new object.
threats-fail-foreign = It is another member’s: only its maker makes new versions of it. Answer it instead.
threats-there = { $count ->
    [one] One is there already.
   *[other] { $count } are there already.
 }
threats-unknown-marking = { $count ->
    [one] One has a marking that is not known here. It counts as TLP:RED.
   *[other] { $count } have a marking that is not known here. They count as TLP:RED.
 }
threats-planned = What goes to whom
threats-planned-more = { $count ->
    [one] One more is not listed.
   *[other] { $count } more are not listed.
 }
threats-with-whom = Who gets it
threats-whom-everybody = everybody, in public
threats-whom-members = all members: { $orgs }
threats-whom-nobody = nobody but your own organisation
threats-share-consequence = What others have read cannot be taken back.
threats-record-share = that your organisation shares in this community; in public neither what nor with whom, unless it is TLP:CLEAR.
threats-record-share-waits = { $count ->
    [one] One object goes out with the next batch, within { $seconds } seconds.
   *[other] { $count } objects go out with the next batch, within { $seconds } seconds.
 }
threats-act-share = Share it
threats-problems = What is wrong with the content
threats-problems-count = { $count ->
    [one] One remark on the content
   *[other] { $count } remarks on the content
 }
threats-problem-place = object { $number }
threats-problem-left-out = left out
threats-problem-look = look at it
threats-problem-id = It has no usable id or type. Correct them: an id is the type, two hyphens, and a UUID.
threats-problem-time = This time cannot be used. Write it like 2026-11-03T20:00:00.000Z.
threats-problem-large = It is too large or too deep. Divide it.
threats-problem-reference = This should be the id of another object. Correct it.
threats-problem-json = It is not proper JSON. Export it again, or correct it at this place.
threats-problem-required = Something that this type needs is missing. Add it, so that other programs understand it.
threats-problem-value = This has not the form that it should have. Correct the address, name or fingerprint.
threats-problem-standard = This departs from STIX 2.1. Other programs may leave it out.
threats-problem-pattern = The pattern cannot be read, so that no program will find anything with it: { $why }
threats-problem-more = { $count ->
    [one] One more remark is not listed.
   *[other] { $count } more remarks are not listed.
 }
threats-status-title = What became of it
threats-status-pending = { $count ->
    [one] One object goes out with the next batch, within { $seconds } seconds.
   *[other] { $count } objects go out with the next batch, within { $seconds } seconds.
 }
threats-status-done = { $count ->
    [one] It is shared.
   *[other] All { $count } are shared.
 }
threats-status-none = Nothing was shared.
threats-status-shared = shared
threats-status-waits = waiting for the batch
threats-status-failed = not taken
threats-status-there = It was there already.
threats-status-again = Look again
threats-status-back = To the community
threats-status-kept = This page stays for two days.
threats-wrong-founders = Choose at least one other organisation.
threats-wrong-label = Choose a label.
threats-wrong-percent = Enter a whole number from 50 to 99.
threats-wrong-title = Enter a title.
threats-wrong-stand = Choose whether you agree or are against it.
threats-wrong-looked = Tick the box first.
threats-wrong-org = Choose an organisation.
threats-wrong-count = Enter a number above zero, digits alone.
threats-wrong-day = Enter a day like 2026-11-03.
threats-wrong-order = The end comes before the beginning. Correct one of them.
threats-wrong-reason = Say why. Whoever shared it needs to know.
threats-wrong-text = Enter a text of at most { $max } characters.
threats-wrong-sort = Choose what it is.
threats-wrong-headline = Enter one line, as a headline.
threats-wrong-values = Enter at least one, and at most { $max }, each on its own line.
threats-wrong-value-domain = This is not the name of a site. It looks like results.example, without https:// and without spaces.
threats-wrong-value-url = This is not the address of a page. It begins with https:// or http://.
threats-wrong-value-address = This is not an internet address. It looks like 203.0.113.7, or 203.0.113.0/24 for a block.
threats-wrong-value-email = This is not an e-mail address.
threats-wrong-value-hash = This is no fingerprint: 32, 40, 64 or 128 of the characters 0-9 and a-f.
threats-wrong-nothing = There is nothing in it. Choose a file, or paste the text.
threats-wrong-large = This is more than { $max } MiB. Send it by a program (TAXII).
threats-wrong-envelope = This cannot be read as STIX: { $why }
threats-wrong-many = These are more than { $max } objects. Send them by a program (TAXII).
threats-wrong-empty = There are no objects in it.
threats-wrong-collection = Choose where to share it.
threats-wrong-waited = You waited longer than an hour. Nothing was shared; begin again.
threats-wrong-changed = Something has changed since you looked. Nothing was shared; look again.
threats-public-home = Home
threats-public-title = Threats to elections
threats-public-list-answer = Organisations share what threatens elections. Here is who takes part, by which rules, and what they have published.
threats-public-none = There is no community yet.
threats-public-how-title = Why not everything is here
threats-public-how-text = Most of what is shared is for members, so that attackers do not learn what is known about them. Who the members are, which rules they have, and how each of them voted is public and cannot be changed afterwards.
threats-public-line = { $members ->
    [one] One member
   *[other] { $members } members
 }, { $public ->
    [0] nothing published
    [one] one public collection
   *[other] { $public } public collections
 }
threats-public-answer = { $members ->
    [one] One organisation shares here what threatens elections.
   *[other] { $members } organisations share here what threatens elections.
 }
threats-public-objects = What is published
threats-public-objects-none = Nothing is published yet.
threats-public-no-collection = This community has no public collection.
threats-public-decisions = What was proposed and decided
threats-public-machines = Programs read what is public by TAXII 2.1, below /taxii2/ and this code:
threats-sector-election-body = election body
threats-sector-cert = security team
threats-sector-party = party or campaign
threats-sector-media = media
threats-sector-civil-society = civil society
threats-sector-platform = platform
threats-sector-vendor = vendor
threats-sector-other = other
threats-wrong-text-form = This is neither text (UTF-8) nor JSON.
threats-wrong-no-signs = No name, address or fingerprint was found in it.
threats-problem-line = line { $line }
threats-paste-time = This is no time. Write it like 2026-11-27.
threats-paste-label = This is no label. Write it like TLP:GREEN.
threats-paste-type = The value is not of this type. Correct one of them.
threats-paste-none = There is no name, address or fingerprint here.
threats-paste-broken = The table cannot be read from here on. Look at the quotation marks.
threats-paste-left-out = This looks like a name, an address or a fingerprint, and is none. Correct it if it matters.
threats-doubt-wide = Blocking this would block many others too.
threats-doubt-nothing = This says nothing: it belongs to nobody in particular.
threats-doubt-source = It stands there so that one can click on it: perhaps a source, and no danger.
threats-doubt-scheme = It had no https:// in front; http:// was added.
threats-doubt-scripts = It mixes alphabets, as imitations do. Look closely.
threats-doubt-other = It may be something else, such as the name of a file or a version.
threats-wrong-custodians = Choose at least two members.
