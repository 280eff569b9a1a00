# Preparing audits: from the list to the commitment
audits-nav = Audits
audits-cancel = Cancel
audits-recorded = Recorded
audits-consequence = What follows
audits-planner = Plan: how much work would it be?
audits-home-answer = { $count ->
    [one] One thing waits for you.
   *[other] { $count } things wait for you.
 }
audits-home-nothing = Nothing waits for you.
audits-home-tasks = What waits for you
audits-home-all = All audits
audits-none-title = No audit yet
audits-none-manager = Begin with the contests and their margins: the planner says how many ballots each method would look at. Then begin an audit.
audits-none-text = Here stand the audits of this site as soon as somebody has begun one.
audits-audit = Audit
audits-state = State
audits-org = Run by
audits-changed = Last changed
audits-task-prepare = Complete the preparation
audits-task-missing-count = { $count ->
    [one] one thing is missing
   *[other] { $count } things are missing
 }
audits-task-commit = Commit: everything is there and signed
audits-task-hand-in = Hand in your files
audits-task-sign = Sign what was handed in
audits-task-boards = Look after your boards
audits-task-watch-seed = Watch the dice, or type their digits
audits-phase-draft = in preparation
audits-phase-committed = committed, before the seed
audits-phase-seeded = seed drawn
audits-phase-round-open = boards are reading
audits-phase-round-closed = decision due
audits-phase-full-hand-count = full hand count
audits-phase-finished = finished
audits-next-draft = Choose contests, name jurisdictions, and wait until each has handed in its files and signed them.
audits-next-committed = Everything is fixed. Two people throw the dice in public and type the digits.
audits-next-seeded = The seed is drawn. Open the round.
audits-next-round-open = Boards read what was drawn. When all have signed, the round is closed.
audits-next-round-closed = The risk is measured. Decide what follows.
audits-next-full-hand-count = Every ballot is counted by hand. State what the count found.
audits-next-finished = The audit has ended.
audits-what-manifest = Ballot manifest
audits-what-totals = Totals by batch
audits-what-cvrs = Cast vote records
audits-what-hint-manifest = Which batches there are, where they lie, and how many ballots are in each. It becomes public.
audits-what-hint-totals = The votes of each choice in each batch. They stay private until the commitment.
audits-what-hint-cvrs = What the machines recorded of each ballot. They stay private; only their hash is published.
audits-what-how-manifest = A table (CSV) with the columns Batch Name and Number of Ballots; also Container, Tabulator, and CVR (Y or N) where only some batches have cast vote records. Colorado’s headings are understood as well.
audits-what-how-totals = A table (CSV) with the column Batch Name and one column for each choice, called “Contest - Choice” where several contests are audited.
audits-what-how-cvrs = The export as it comes from the system: Dominion (CSV or zip), Hart (zip), ES&S, Clear Ballot, the Common Data Format, or columns made by scrutineer.
audits-method-batch-comparison = Batch comparison
audits-method-ballot-comparison = Ballot comparison
audits-method-ballot-comparison-colorado = Ballot comparison, as Colorado computes it
audits-method-assertion-comparison = Ballot comparison by assertions (SHANGRLA)
audits-method-ballot-polling = Ballot polling (BRAVO)
audits-method-minerva = Ballot polling (Minerva)
audits-method-providence = Ballot polling (Providence)
audits-method-assertion-polling = Ballot polling by assertions (ALPHA)
audits-method-hybrid = Hybrid (SUITE)
audits-method-does-batch-comparison = Whole batches are counted by hand and compared with their totals. Needs totals by batch, no cast vote records.
audits-method-does-ballot-comparison = Single ballots are compared with their cast vote records. Looks at the fewest ballots.
audits-method-does-ballot-comparison-colorado = The same, with understatements counted and ballots drawn by their number in the manifest.
audits-method-does-assertion-comparison = The same for every kind of contest, also rankings and lists; batches of which only totals are known can be part of it.
audits-method-does-ballot-polling = Single ballots are read and nothing is compared. Needs only a manifest; good where the margin is wide.
audits-method-does-minerva = As BRAVO, mostly with fewer ballots. Each round has a seed of its own.
audits-method-does-providence = As Minerva, and the size of a round may depend on the rounds before. Each round has a seed of its own.
audits-method-does-assertion-polling = Single ballots are read, for every kind of contest whose votes are counted.
audits-method-does-hybrid = Ballots with cast vote records are compared, the others are read, and both together confirm the outcome.
audits-sampler-usual = As the method mostly has it
audits-sampler-arlo-ppeb = Batches by their error bounds (Arlo)
audits-sampler-consistent-with-replacement = Ballots by tickets, a ballot can be drawn again
audits-sampler-consistent-without-replacement = Ballots by tickets, each once
audits-sampler-colorado = Ballots by their number (Colorado)
audits-sampler-cryptorandom = Cards by random numbers, as many as each contest wants
audits-new-title = Begin an audit
audits-new-answer = Say what it is called and how it works. Everything here is public from the first moment.
audits-new-planner = Not sure which method? The planner says how many ballots each would look at.
audits-new-more = Sampler, seed and test
audits-field-title = Title
audits-field-title-hint = As the public will read it, such as “Audit of the election for mayor, November 2026”.
audits-field-election = Election
audits-field-election-hint = The short name of the election on this site. May stay empty.
audits-field-method = Method
audits-field-sampler = Sampler
audits-field-sampler-hint = How the sample follows from the seed.
audits-field-digits = Digits of the seed
audits-field-digits-hint = At least 20: so many ten-sided dice are thrown.
audits-field-style = Style of the cards
audits-field-style-hint = Whether the cast vote records say which contests are on a ballot, and the sample is drawn by that.
audits-style-unknown = Not relied on
audits-style-known = Relied on
audits-field-test = Test, where assertions are measured
audits-field-test-hint = Other methods have their own.
audits-test-betting = Betting martingale (bet 1.8)
audits-test-alpha = ALPHA (weight 100)
audits-field-fresh = Each round has a seed of its own
audits-record-new = That an audit was begun, with its title, method and sampler, by your organisation. Anybody can read it.
audits-act-new = Begin the audit
audits-wrong-text = Enter a text of at most { $max } bytes.
audits-wrong-election = The short name of an election has letters a to z, digits and dashes.
audits-wrong-method = Choose a method.
audits-wrong-digits = Enter a number from 20 to 100.
audits-version = Version { $version }
audits-steps = Steps
audits-count-contests = { $count ->
    [one] one contest
   *[other] { $count } contests
 }
audits-places-state = { $handed } of { $total } have handed in, { $signed } signed
audits-not-yet = not yet
audits-done = done
audits-facts = How it works
audits-fact-seeds = Seeds
audits-fact-seeds-fresh = each round its own
audits-fact-seeds-one = one for all rounds
audits-root = Root of the commitment
audits-events = What has happened
audits-events-earlier = { $count } earlier events are in the record.
audits-event-reason = { $event } — “{ $reason }”
audits-missing-title = What is missing
audits-missing-more = And { $count } more.
audits-missing-file = { $jurisdiction } has not handed in: { $what }.
audits-missing-signature = { $jurisdiction } has not signed what it handed in.
audits-reopen-link = Go back before the seed, for a late file or another change
audits-contests-title = Contests
audits-contests-answer = What is audited, with the reported votes. At least one contest is targeted: the audit goes on until its risk limit is met.
audits-contests-none = No contest yet
audits-contests-none-text = Add the contests that are audited, with their choices and reported votes.
audits-contest-add = Add a contest
audits-contest-change = Change
audits-contest-drop = Leave out
audits-contest-title = Contest
audits-contest-answer = The result as it was reported. A contest of the same name is replaced.
audits-choice = Choice
audits-votes = Reported votes
audits-targeted = Targeted
audits-opportunistic = Opportunistic
audits-law-most = The most votes
audits-law-majority = A majority, else a runoff
audits-law-share = More than a share of the valid votes
audits-law-runoff = A majority, or the two first go on
audits-law-ranked = Instant runoff, voters rank
audits-law-dhondt = Lists, D’Hondt
audits-law-sainte-lague = Lists, Sainte-Laguë
audits-field-name = Name
audits-field-name-hint = As the files of the jurisdictions spell it.
audits-field-choices = Choices with their votes
audits-field-choices-hint = One on each line, the votes at the end: “Ann Lee: 1234”. Where voters rank, first preferences.
audits-field-ballots = Ballots that could hold it
audits-field-ballots-hint = All ballots of its voters, also blank ones.
audits-field-winners = Winners or seats
audits-field-winners-hint = How many are elected.
audits-field-votes-allowed = Votes of a voter
audits-field-votes-allowed-hint = How many choices may be marked on a ballot.
audits-field-limit = Risk limit
audits-field-limit-hint = The chance, at most, that a wrong outcome is confirmed. Mostly 5%.
audits-field-targeted = What the audit does with it
audits-field-targeted-hint = Of opportunistic contests the risk is measured on what was drawn for others.
audits-field-law = Who wins
audits-field-law-hint = By the law of the election.
audits-field-share = Share
audits-field-share-hint = Where more than a share is needed, such as 2/3; of lists the threshold, such as 1/20, or nothing.
audits-field-winner = Winner of the instant runoff
audits-field-winner-hint = Its name as above. Only where voters rank.
audits-record-contest = The contest with its choices, votes and risk limit, in public.
audits-act-contest = Record the contest
audits-wrong-number = Enter a whole number, at least { $least }.
audits-wrong-choice = Line { $line } does not end in a number of votes.
audits-wrong-choices = Enter at least two choices, one on each line.
audits-wrong-law = The method of this audit does not confirm this kind of contest.
audits-wrong-share = Enter a share below one as a fraction, such as 2/3.
audits-wrong-winner = The winner is none of the choices above.
audits-wrong-seats = Enter at most 1,000 seats.
audits-places-title = Jurisdictions
audits-places-own = Your files
audits-places-first = Name the jurisdictions that take part. Each then hands in its files and signs them.
audits-places-answer = { $signed } of { $total } have handed in and signed.
audits-places-caption = What each has handed in
audits-place = Jurisdiction
audits-rows-ballots = { $rows ->
    [one] one row
   *[other] { $rows } rows
 }, { $ballots ->
    [one] one ballot
   *[other] { $ballots } ballots
 }
audits-not-there = not there yet
audits-not-needed = only for batches of which no cast vote records are known
audits-state-signed = signed
audits-state-unsigned = to be signed
audits-state-missing = files are missing
audits-field-names = Jurisdictions that take part
audits-field-names-hint = One on each line, as they spell themselves. Who looks after one signs in with a role for exactly this name.
audits-field-leave = Leave them out all the same, with what they have handed in
audits-record-names = The list of the jurisdictions, in public.
audits-act-names = Record the list
audits-wrong-names = Name at least one jurisdiction.
audits-wrong-names-twice = A jurisdiction stands in the list twice.
audits-wrong-names-gone = These have handed in something and are no longer in the list: { $names }
audits-place-answer = Hand in each file. You see everything that is wrong with it before anything is recorded.
audits-place-sign = Everything is there. Look at it once more and sign.
audits-place-waits = Everything is there. The jurisdiction looks at it and signs.
audits-place-signed = Signed. A new file takes the signature back.
audits-place-closed = Everything is committed to. A late file needs a new version of the audit: ask who runs it.
audits-rows = Rows
audits-ballots = Ballots
audits-batch = Batch
audits-file = File
audits-sha256 = SHA-256
audits-file-hint = At most { $max } MiB.
audits-file-wrong = { $count ->
    [one] One thing in { $file } must be corrected first.
   *[other] { $count } things in { $file } must be corrected first.
 }
audits-problems = Everything that is wrong
audits-warnings = Look at this
audits-severity-error = correct
audits-severity-warning = look
audits-severity-note = note
audits-place-row = row { $row }
audits-place-column = column { $column }
audits-place-file = the whole file
audits-problem-value = Here: “{ $value }”.
audits-problem-closest = Did you mean “{ $closest }”?
audits-problem-first = It stands in row { $row } already.
audits-problem-details = ({ $details })
audits-nothing-yet = Nothing is recorded yet
audits-nothing-yet-text = First you see what the file says and everything that is wrong with it.
audits-act-look = Look at it
audits-act-manifest = Hand in the manifest
audits-act-hand-in = Hand in
audits-act-replace = Hand in another
audits-wrong-file = Choose a file.
audits-wrong-problems = The file cannot be taken as it is. Correct what is listed and hand it in again; nothing was recorded.
audits-wrong-waited = The file waited too long, or another was handed in meanwhile. Choose it again.
audits-check-title = { $what }: is this right?
audits-check-answer = { $warnings ->
    [0] { $rows } rows with { $ballots } ballots, and nothing to correct.
    [one] { $rows } rows with { $ballots } ballots. Look at one thing first.
   *[other] { $rows } rows with { $ballots } ballots. Look at { $warnings } things first.
 }
audits-preview = The first rows, as they will be recorded
audits-rare-title = Rare ballot styles
audits-rare-text = { $rare } of { $styles } styles have fewer than { $few } ballots. Whoever knows that somebody voted such a ballot could learn the vote from published records. Nothing is published now; where they are to be published, think of this before the commitment.
audits-check-signed-title = The signature is taken back
audits-check-signed = The jurisdiction has signed what stands there now. After this it signs anew.
audits-check-replaces = This takes the place of the file that was handed in before.
audits-record-file = That the file was handed in, with its hash, rows and ballots. Its content becomes public with the commitment; the name of the file stays private.
audits-record-file-private = That the file was handed in, with its hash, rows and ballots. Content and name of the file stay private.
audits-act-record = Record it
audits-act-other-file = Choose another file
audits-sign-title = Sign what was handed in
audits-sign-answer = You sign for { $name } that these are its files and that they are right.
audits-sign-looked = I have looked at the files, and they are those of the jurisdiction.
audits-sign-consequence = The audit can then be committed to. A new file takes the signature back.
audits-record-sign = That the jurisdiction has signed, and exactly what: the hash below.
audits-act-sign = Sign
audits-wrong-looked = Say that you have looked at it.
audits-commit-title = Commit
audits-commit-answer = Everything is there, signed, and fits together. Look at it, then commit: from then on nothing that the sample is drawn from can change unseen.
audits-commit-not-yet = It cannot be committed to yet.
audits-commit-what = What is committed to
audits-commit-places = { $total } jurisdictions with { $batches } batches and { $ballots } ballots
audits-commit-looked = I have looked at all of this.
audits-commit-consequence = The dice can be thrown after this. A change is then a new version with a reason, and takes new dice.
audits-record-commit = The hash of each part, the root over them, the software, and the manifest with totals by batch; of cast vote records only the hash.
audits-act-commit = Commit
audits-software = Software
audits-parts = Parts and their hashes
audits-part = Part
audits-part-settings = Method, sampler, software
audits-part-contests = Contests and risk limits
audits-part-batches = Manifests and totals
audits-part-cvrs = Cast vote records
audits-part-names = Names that stand for others
audits-deviations-title = This does not fit together
audits-deviations-text = As it stands nothing could be drawn. The check of records says, in English:
audits-notices-title = Look at this
audits-reopen-title = Go back before the seed
audits-reopen-answer = A late file or another change makes a new version of the audit, with a reason that everybody can read.
audits-reopen-version = Version { $old } stays visible with its root; version { $new } begins as a draft with the same contests and files.
audits-reopen-seed = The seed is spent: new dice are thrown.
audits-reopen-rounds = { $count ->
    [one] One round of this version stays visible and is no evidence for the next.
   *[other] { $count } rounds of this version stay visible and are no evidence for the next.
 }
audits-reopen-same = Something must change: the same cannot be committed to again.
audits-field-reason = Reason
audits-field-reason-hint = It becomes public and stays. No names of people, addresses or telephone numbers.
audits-record-reopen = That the audit went back, the new version, and the reason.
audits-act-reopen = Begin the new version
audits-read-contests = Contests from a list
audits-read-answer = { $count ->
    [one] The list has one contest. Nothing is recorded yet: type its votes.
   *[other] The list has { $count } contests. Nothing is recorded yet: type the votes of each.
 }
audits-read-choices = Choices
audits-read-all = all
audits-read-votes = Type the votes
audits-read-file = From a list (CSV)
audits-read-contests-hint = Standardised contests as Arlo takes them: Contest Name, Jurisdictions, Choice Names.
audits-read-places-hint = Jurisdictions as Arlo takes them: Jurisdiction, Admin Email. Only the names are taken.
audits-read-act = Read the list
audits-read-filled = The list was read. Look at the names, then record them.
audits-publish-link = Publish the cast vote records
audits-publish-title = Publish cast vote records
audits-publish-answer = { $name } has { $cards } cards of { $styles } styles. Decide what is published of the rare ones.
audits-publish-before = These were published before
audits-publish-why = Whoever knows that somebody voted a ballot of a rare style could learn the vote from what is published. Cards of rare styles can be pooled: of these only where they lie is published, not what they say.
audits-publish-unanimous = { $count ->
    [one] All cards of one style say the same in a contest.
   *[other] In { $count } styles all cards say the same in a contest.
 }
audits-publish-unanimous-text = Such a style shows every vote on it, however many cards it has. Pools do not hide that.
audits-publish-which = What is published
audits-publish-all = Everything, as it was committed to
audits-publish-pooled = Styles of fewer than { $smallest } cards pooled
audits-publish-same = No style is rarer. What is published has the hash that was committed to, and anybody can measure the risk again.
audits-publish-pools = { $rare } styles are rarer: { $pooled } of { $cards } cards go into pools. What is published has another hash than what was committed to; the risk can be measured again only by those who are given the whole file.
audits-publish-reason-hint = Why this and not another way. It becomes public and stays.
audits-publish-consequence = What was published cannot be taken back.
audits-record-publish = The columns that are published, how many styles and cards were pooled, and the reason.
audits-act-publish = Publish
audits-wrong-smallest = Choose what is published.
audits-go-on = Go on
audits-public-page = The public page
audits-seed-title = Seed
audits-rounds-title = Rounds
audits-count-rounds = { $count ->
    [0] none yet
    [one] one round
   *[other] { $count } rounds
 }
audits-notes-title = Your notes
