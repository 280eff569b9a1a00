# Playbooks and crisis plans: what is recorded
response-nav = Response
kind-response-playbook-imported = A version of a playbook was imported or made
kind-response-playbook-adopted = An organisation put a playbook in force
kind-response-playbook-withdrawn = An organisation withdrew a playbook
kind-response-plan-drafted = A crisis plan was drafted
kind-response-plan-adopted = An organisation put its crisis plan in force
kind-response-key-pinned = An organisation pinned a key that signs playbooks
kind-response-key-unpinned = An organisation no longer trusts a key that signs playbooks

# Pages
library-playbooks = Playbooks
library-playbook = Playbook
library-plan = Crisis plan
library-recorded = Recorded
library-cancel = Cancel
library-consequence = What this means
library-reason = Why
library-reason-hint = In a sentence or two. It is public: no names, addresses or numbers of people.
library-reason-import-hint = Only where it takes the place of an earlier version. It is public.
library-reason-details = It takes the place of an earlier version
library-history = What became of it
library-version-number = Version { $number }
library-compare = Compare with:
library-look-at = Other versions:
library-no = None
library-steps-count = { $count ->
    [one] One step
   *[other] { $count } steps
 }
library-home-answer = { $count ->
    [0] No playbook is in force for your organisation.
    [one] One playbook is in force for your organisation.
   *[other] { $count } playbooks are in force for your organisation.
 }
library-home-none-answer = There is no playbook yet. Begin with one that comes with the program.
library-import = Import a playbook
library-tasks = What needs somebody
library-own = Your organisation’s playbooks
library-in-force = In force
library-newest = Newest version
library-changed = Changed
library-foreign = Playbooks that others publish
library-foreign-text = Your organisation can put them in force for itself, as they are.
library-to-public = What everybody can read
library-none-title = No playbook yet
library-none-text = A playbook says for one situation who does what, until when, and who signs. Five come with the program, for what every election plans for.
library-none-ask = A manager of your organisation can begin.
library-task-mend = Mend “{ $name }”, version { $version }
library-task-mend-hint = It has errors: nobody can adopt it.
library-task-adopt = Look at “{ $name }”, version { $version }, and adopt it
library-task-adopt-hint = Somebody else made this version.
library-task-wait = “{ $name }”, version { $version }, waits
library-task-wait-hint = Another person, a manager or supervisor, has to look at it and adopt it.
library-task-overdue = Look at the crisis plan again
library-task-overdue-hint = Its review date is past: people and duties may have changed.
library-task-plan = A draft of the crisis plan waits
library-task-plan-hint = A second person has to look at it and adopt it.
library-overdue = Past its review date
library-state-in-force = In force
library-state-not-in-force = Not in force
library-state-draft = Draft
library-state-gone = Text erased
library-state-errors = { $count ->
    [one] One error
   *[other] { $count } errors
 }
library-import-answer = A playbook comes as a draft. Nothing in it is carried out, and nobody but your organisation sees it until somebody else adopts it.
library-import-starters = Begin with one of these
library-import-starters-text = They are written for an office with two people for its machines, in four languages, and have steps for people only.
library-import-situation = Situation
library-act-import-starter = Take it as a draft
library-import-file = From a file
library-file = File
library-file-hint = JSON in the format CACAO 2.0, at most { $max } MiB.
library-record-import = The version’s hash, length, number of steps and findings; and its identifier. The text stays private until it is adopted.
library-act-import = Import as a draft
library-import-text = From text
library-text = The playbook
library-text-hint = Paste the whole JSON.
library-code-field = Short name
library-code-hint = Small letters, digits, hyphens; it is public and stands in addresses. Leave it empty to take it from the playbook.
library-act-check-only = Check only
library-check-title = What is in this playbook
library-check-errors = { $errors ->
    [one] It has one error: it can be kept as a draft and not adopted.
   *[other] It has { $errors } errors: it can be kept as a draft and not adopted.
 }
library-check-warnings = { $warnings ->
    [one] It can be run. Somebody should look at one thing.
   *[other] It can be run. Somebody should look at { $warnings } things.
 }
library-check-sound = Nothing is wrong with it.
library-check-kept-nothing = Nothing was kept or recorded.
library-steps = Steps
library-step = Step
library-number = No.
library-who = Who, until when
library-next = What follows
library-ends = It ends here.
library-asks = Asks:
library-missing = Not there
library-unreachable = Never reached
library-never-executed = Never executed here
library-request = Request to a listed server only
library-more-commands = { $count ->
    [one] One more command stands in the file.
   *[other] { $count } more commands stand in the file.
 }
library-more-steps = { $count ->
    [one] One more step stands in the file.
   *[other] { $count } more steps stand in the file.
 }
library-second = Second signature: { $name }
library-second-any = anybody else
library-late-after = Late after { $time }
library-failed-after = Failed after { $time }
library-at-most-turns = { $count ->
    [one] Once at most
   *[other] At most { $count } times
 }
library-days = { $count ->
    [one] one day
   *[other] { $count } days
 }
library-hours = { $count ->
    [one] one hour
   *[other] { $count } hours
 }
library-minutes = { $count ->
    [one] one minute
   *[other] { $count } minutes
 }
library-seconds = { $count ->
    [one] one second
   *[other] { $count } seconds
 }
library-evidence-none = Nothing is handed in
library-evidence-note = A note is handed in
library-evidence-file = A file is handed in
library-step-start = Start
library-step-end = End
library-step-action = Action
library-step-playbook-action = Another playbook
library-step-parallel = At the same time
library-step-if-condition = Question
library-step-while-condition = Again and again
library-step-switch-condition = Choice
library-way-then = then
library-way-success = when it is done
library-way-failure = when it fails
library-way-yes = if yes
library-way-no = if no
library-way-again = while it is so
library-way-parallel = branch { $number }
library-way-case = if { $case }
library-findings = What was found
library-findings-none = Nothing was found: every step is reached, every way ends, every loop has a bound.
library-where = Where
library-what = What, and what to do
library-code = Code
library-whole = The whole playbook
library-stands = There stands:
library-wanted = Wanted:
library-severity-error = Error
library-severity-warning = Look at it
library-severity-note = Note
library-roles = Roles
library-role = Role
library-roles-none = It names no roles.
library-role-short = Short name of the role
library-role-above = Reports to
library-role-top = nobody above
library-facts = Facts
library-fact-org = Whose it is
library-fact-made = How this version came to be
library-fact-signed = Signed by a key that you trust
library-fact-force = In force for
library-fact-readers = Who may read it
library-fact-id = Identifier
library-fact-created-by = Created by
library-fact-created = Created
library-fact-modified = Modified
library-fact-types = For
library-fact-derived = Made from
library-readers-all = Everybody, once a version is in force
library-readers-own = Members of its organisation only
library-signed-by = Signed by { $name }
library-signed-nobody = No
library-force-nobody = Nobody
library-how-file = imported from a file
library-how-starter = taken from the program
library-how-edit = changed here
library-moment-adopted = Version { $number } put in force by { $org }
library-moment-withdrawn = Version { $number } withdrawn by { $org }
library-download = Download the file
library-act-adopt = Adopt
library-act-withdraw = Withdraw
library-act-change = Change
library-act-link = What follows
library-act-move = Move
library-act-remove = Remove
library-older-title = This is an older version.
library-older-text = Go to the newest
library-errors-title = { $errors ->
    [one] One error keeps it from being adopted.
   *[other] { $errors } errors keep it from being adopted.
 }
library-errors-text = See what and where
library-maker-title = You made this version.
library-maker-text = Another manager or supervisor has to look at it and adopt it.
library-carried-title = { $count ->
    [one] One step has commands for machines.
   *[other] { $count } steps have commands for machines.
 }
library-carried-text = They are shown as text. This program never executes them; a person reads them and decides.
library-picture-title = The way through “{ $name }”
library-picture-description = { $steps ->
    [one] One step, from top to bottom; the table below says the same in words.
   *[other] { $steps } steps, from top to bottom; the table below says the same in words.
 }
library-picture-read = The way through it
library-picture-how = From top to bottom. A dashed line is what happens when a step fails; a dotted one leads back from a branch.
library-picture-region = Picture of the steps
library-picture-none = There is no picture: it has no steps, or more than a picture can show. The table has them.
library-difference-whole = The whole playbook
library-difference-step = Step: { $name }
library-difference-role = Role: { $name }
library-difference-new = New
library-difference-gone = Gone
library-difference-changed = Changed
library-difference-none = Nothing differs.
library-difference-more = { $count ->
    [one] One more line differs.
   *[other] { $count } more lines differ.
 }
library-property = What
library-before = Before
library-after = After
library-changes-title = From version { $old } to version { $new }
library-property-name = Name
library-property-description = Description
library-property-agent = Who does it
library-property-timeout = Failed after
library-property-deadline = Late after
library-property-evidence = What is handed in
library-property-sign-off = How many people sign
library-property-second = Who signs as the second
library-property-turns = How often at most
library-property-next = What follows
library-property-failure = What follows when it fails
library-property-true = If yes
library-property-false = If no
library-property-id = Identifier
library-property-created-by = Created by
library-property-role = Short name of the role
library-property-command = What is to be done ({ $number })
library-edit-about = Name and description
library-edit-step = Change a step
library-edit-add = Add a step
library-edit-remove = Remove a step
library-edit-move = Move a step
library-edit-link = Change what follows a step
library-edit-role = Add a role
library-edit-form = What changes
library-edit-check = Check
library-edit-language = Texts in:
library-language-own = the playbook’s own language
library-language-first = { $language } (its own)
library-choose-step = Which step?
library-choose-nowhere = Nowhere
library-choose-new = Nobody
library-choose-any = Anybody else
library-choose-playbook = Choose a playbook in force
library-act-next = Continue
library-act-check = Check what changes
library-act-record = Record the next version
library-act-back = Change it
library-command-hint = In plain words, so that somebody who has never done it can.
library-deadline-hint = After this time the board shows it as late. Leave it empty for no deadline.
library-timeout-hint = After this time it counts as failed. Leave it empty for never.
library-turns-hint = A loop without a bound is an error.
library-unit = Unit
library-unit-seconds = seconds
library-unit-minutes = minutes
library-unit-hours = hours
library-unit-days = days
library-double-hint = Where a mistake would be grave, a second person looks and signs.
library-double-no = One person
library-double-yes = Two people
library-step-name-hint = A few words that say what is done.
library-instruction = What is to be done
library-place = Where it stands
library-place-hint = What followed there follows it.
library-place-after = After { $step }
library-place-branch = { $step }: first in the branch “{ $branch }”
library-remove-text = What led to this step will lead to what followed it.
library-link-text = For mending a playbook in which a way leads nowhere. To put a step elsewhere, move it.
library-exit = Which way out
library-exit-to = Leads to
library-role-name-hint = A duty, not a person.
library-role-short-hint = Small letters, digits, hyphens, as the contacts name it.
library-edit-answer = Nothing is recorded yet. This would be version { $version }, a draft until somebody else adopts it.
library-taken-over-title = It becomes your organisation’s own.
library-taken-over-text = Somebody else created it. The changed playbook gets an identifier of its own that names the old one, and signatures go: they were for other bytes.
library-edit-errors = The playbook had them before, or fewer than before. It stays a draft until they are mended.
library-edit-differs = What would differ
library-record-edit = The next version: its hash, the number of steps and findings, and why. The text stays private until it is adopted.
library-adopt-title = Adopt a playbook
library-adopt-answer = “{ $name }”, version { $version }: from then on people of your organisation act by it.
library-adopt-before = It takes the place of version { $before }.
library-adopt-compare = See what differs
library-adopt-first = No version of it is in force now.
library-adopt-looked = I have read every step, and somebody else wrote it.
library-adopt-public = The text becomes public, for good: everybody can read it and hold your organisation to it.
library-adopt-private = The text stays within your organisation. That a version is in force, and its hash, are public.
library-record-adopt = That your organisation puts this version in force, and its hash. Who adopted it stays private.
library-withdraw-title = Withdraw a playbook
library-withdraw-answer = “{ $name }”, version { $version }, is no longer in force for your organisation.
library-withdraw-consequence = Nobody can begin it any more. What runs by it goes on; what was published stays readable.
library-record-withdraw = That no version is in force any more, and why.
library-keys = Keys that sign playbooks
library-keys-answer = A playbook counts as signed when a key that stands here signed it. A key that comes with a playbook proves nothing.
library-keys-none = No key is pinned: no playbook counts as signed.
library-key = Public key
library-key-hint = A PEM file of Ed25519 or P-256.
library-key-name = Whose it is
library-key-name-hint = An organisation, in your own words.
library-key-print = SHA-256
library-key-since = Pinned
library-key-remove = Remove
library-key-pin = Pin a key
library-key-pin-text = Get the key by another way than its playbooks: from hand to hand, or read out on the telephone.
library-record-key = The key and the name, in public.
library-public-title = What is done when something happens
library-public-answer = Plans and playbooks that election offices have put in force. They can be held to them.
library-public-plans = Crisis plans
library-public-none = No playbook is published yet.
library-public-for = In force for { $orgs }
library-public-in-force-for = In force for
library-public-why-title = Why this is public
library-public-why-text = Whoever knows beforehand what an office has to do can see afterwards whether it did it. What would help an attacker is marked for fewer readers and does not stand here.
library-public-plan-answer = { $org } acts by this plan in a crisis.
library-plan-answer = Who leads when, which playbook begins on what, and who says what in public.
library-plan-none-answer = Your organisation has no crisis plan yet.
library-plan-none-title = No crisis plan yet
library-plan-none-text = It says who leads at each level, which playbook begins on what, and who speaks in public. Adopt a playbook first: the plan names them.
library-act-plan-write = Write the crisis plan
library-act-plan-edit = Change the plan
library-act-print = On paper
library-plan-differs = What differs from the version before
library-to-public-plan = As everybody reads it
library-act-adopt-plan = Adopt the crisis plan
library-plan-draft-title = A newer draft waits for a second person.
library-plan-public = Everybody may read it.
library-plan-private = Only members of the organisation read it.
library-moment-plan-adopted = Version { $number } put in force
library-moment-plan-drafted = Version { $number } drafted
library-plan-title = Title
library-plan-title-first = Crisis plan for elections
library-plan-leads = Who leads when
library-plan-leads-text = National, regional, local; and how allies are consulted. Roles, not people.
library-plan-level = Level
library-plan-role = Role
library-plan-deputy = If that one cannot be reached
library-plan-when = When it leads, and what it decides
library-plan-triggers = Which playbook begins on what
library-plan-triggers-text = Only playbooks that are in force for your organisation can be chosen.
library-plan-playbook = Playbook
library-plan-trigger = What has happened
library-plan-severity = From which severity on
library-plan-begins = Who begins it
library-plan-contacts = Who must be reachable
library-plan-contacts-text = Roles only. People and their numbers stand among the contacts, where they expire.
library-plan-purpose = For what it is called
library-plan-statements = What is said in public
library-plan-subject = About what
library-plan-speaks = Who says it
library-plan-how = How soon, and what is never said
library-plan-review = Review by
library-plan-review-hint = The last day before it is shown as overdue; within two years.
library-plan-readers = Who may read it
library-plan-readers-all = Everybody
library-plan-readers-own = Members of our organisation only
library-plan-validity = How long, and for whom
library-plan-form-answer = Fill in what you have; empty rows are left out. A second person adopts it.
library-plan-lead-number = Level of authority { $number }
library-plan-trigger-number = Beginning { $number }
library-plan-contact-number = Contact { $number }
library-plan-statement-number = Statement { $number }
library-act-rows = More rows
library-plan-check-title = Check the plan
library-plan-check-answer = Nothing is recorded yet. Read it as somebody would on the worst day.
library-record-plan-draft = The draft’s hash and version, and why. The text stays private until it is adopted.
library-act-plan-draft = Keep as a draft
library-plan-adopt-answer = Version { $version }: from then on your organisation acts by it.
library-record-plan-adopt = That this version is in force, its hash, its review date; and the text, where everybody may read it.
library-print-receipt = Receipt { $number } of the record.
library-level-national = National
library-level-regional = Regional
library-level-local = Local
library-level-allies = Allies
library-plan-when-national = When more than one region is affected, or the result of a national contest is at stake.
library-plan-when-regional = When more than one municipality is affected.
library-plan-when-local = When it stays within one municipality or polling station.
library-plan-when-allies = They are consulted when traces lead abroad. They advise; they do not decide.
library-nciss-emergency = Emergency
library-nciss-severe = Severe
library-nciss-high = High
library-nciss-medium = Medium
library-nciss-low = Low
library-nciss-baseline-minor = Baseline, minor
library-nciss-baseline-negligible = Baseline, negligible
library-wrong-choice = Choose one of those that are listed.
library-wrong-looked = Say that you have read it. It is what you sign for.
library-wrong-nothing = There is nothing to read. Choose a file, or paste the text.
library-wrong-number = Write a whole number.
library-wrong-same = Nothing would change.
library-wrong-starter = Choose a situation.
library-wrong-text = This is empty or too long.
library-wrong-time = Write a whole number above 0, or leave it empty.
library-finding-missing = A property that must be there is not. Add it.
library-finding-wrong-type = The value is of another type than the standard has. Write one of the type that is named.
library-finding-not-allowed = The value is not one of those that are allowed. Take one of them.
library-finding-bad-identifier = This is no identifier: it needs a type, two hyphens and a UUID of version 1 to 5.
library-finding-bad-time = This is no time in UTC. Write it as 2026-11-03T20:00:00.000Z.
library-finding-out-of-bounds = The number is outside of its bounds. Write one within them.
library-finding-too-few = There are fewer entries than there must be. Add some, or leave the property out.
library-finding-forbidden = This property must not be there. Leave it out.
library-finding-one-of = Exactly one of several properties must be there. Keep one.
library-finding-bad-address = This is not written as an address of its kind. Nothing is done with it here; write it in its form.
library-finding-bad-key = The entry is not named as the standard asks. Name it so.
library-finding-unknown-type = CACAO 2.0 has no such type. It is kept and not looked into; ask the sender if it is there on purpose.
library-finding-unknown-property = CACAO 2.0 has no such property. It is kept; extensions are the place for one’s own.
library-finding-unknown-term = The term is not in the standard’s list. Take one of the list where one fits.
library-finding-no-such-day = There is no such day. Write a day of the calendar.
library-finding-times-reversed = Two times stand in the wrong order. Write the later one later.
library-finding-both-continuations = It says twice what follows. Keep on_completion, or on_success with on_failure.
library-finding-no-command = The command has no text. Add it.
library-finding-type-and-id = The type is another one than the identifier says. Make them agree.
library-finding-start-not-start = The workflow does not begin with a start step. Add one and name it in workflow_start.
library-finding-step-kind-missing = A workflow needs a start, an action and an end; one is missing. Add it.
library-finding-activities-missing = It says what kind it is and not what its steps do. Say so in playbook_activities.
library-finding-constant-changed = A step changes a value that is marked as constant. Take one of the two away.
library-finding-bad-value = The value is not of its variable’s type. Write it in that form.
library-finding-secret-inside = A secret stands in the playbook. Take it out and change it: everybody who gets the playbook has it.
library-finding-step-missing = It leads to a step that is not there. Add the step, or name another.
library-finding-unreachable = No way leads to this step. Lead one to it, or remove it.
library-finding-next-missing = Nothing follows this step. Say what does.
library-finding-end-implied = Nothing follows when the branches are through: the way ends there. Say so with an end step.
library-finding-no-end = From here no end is reached. Lead it to an end step.
library-finding-endless-loop = The steps lead round in a ring that nothing ends. Write a loop with a bound.
library-finding-unbounded-loop = The loop has no bound. Give it a timeout, or say how often at most.
library-finding-loop-changes-nothing = Nothing within the loop changes what it asks for. Let a step of it return the variable.
library-finding-end-shared = Two branches end in the same step. Give each an end of its own.
library-finding-step-shared = The step stands in two branches. Give each steps of its own.
library-finding-too-nested = Branches stand too deep within each other. Write the inner part as a playbook of its own.
library-finding-too-many-steps = There are more steps than are taken. Write parts as playbooks of their own.
library-finding-variable-missing = It uses a variable that is defined nowhere. Define it.
library-finding-variable-race = Branches at the same time write the same variable. Let each write its own.
library-finding-agent-missing = It names a role that is not defined. Define it, or name another.
library-finding-target-missing = It names a target that is not defined. Define it.
library-finding-definition-missing = It names something that is not defined. Define it.
library-finding-bad-condition = The condition cannot be read. Write comparisons such as __name__:value = 'text'.
library-finding-playbook-loop = Playbooks start each other in a ring. Let none lead back.
library-finding-playbook-missing = It starts a playbook that is not at hand. Import that one too.
library-finding-bad-extension = What stands in this program’s extension is not what belongs there. See the guide.
library-finding-role-missing = The second signature is asked of a role that is not there. Name one of the roles.
library-finding-not-executed = This program never executes this command. A person reads it, decides, and does it by hand.
library-finding-bad-request = The request cannot be sent as it stands. Write METHOD /path HTTP/1.1, and the host in the target.
library-finding-more = There is more. Mend what is listed first.
