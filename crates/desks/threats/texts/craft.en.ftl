# Copies without some of it, pseudonyms, days of publication
craft-object-title = What you can do with it
craft-copy-link = Make a copy without some of it
craft-copy-hint = For readers who may have the rest.
craft-day-link = Let it become public on a day
craft-day-change-link = Change the day on which it becomes public
craft-day-hint = It becomes TLP:CLEAR then, by itself.
craft-ask-link = Ask who stands behind a pseudonym
craft-ask-hint = For custodians, with a legal reason.
craft-kept-title = A part of it keeps it from others
craft-kept-text = One property is for fewer readers than the rest, so that only they see the object at all. A copy without it can go to the others.
craft-released-title = Its owner let it become public
craft-released-since = Public since
craft-own-under = Your organisation shared it under this name; others see only the name.
craft-what-is-pseudonym = What a pseudonym is
craft-copy-title = Make a copy without some of it
craft-copy-answer = Choose what others do not get. The copy is a new object; the original stays as it is.
craft-copy-others-title = It is another member’s
craft-copy-others-text = You may pass on less of it, and to no wider circle than its own label allows.
craft-copy-pseudonym-title = The copy has the same pseudonym
craft-copy-pseudonym-text = You shared the original as “{ $name }”. The copy goes out under this name too; otherwise it would give you away.
craft-step-leave-out = What is left out
craft-drop = What the copy leaves out
craft-drop-hint = Tick what others do not get.
craft-drop-marked = { $count ->
    [one] One line is marked for fewer readers than the rest; its label stands beside it.
   *[other] { $count } lines are marked for fewer readers than the rest; their labels stand beside them.
 }
craft-leave-out = Leave out
craft-value = What it says
craft-part = Part:
craft-required = it cannot be without this
craft-parts = { $count ->
    [one] one entry
   *[other] { $count } entries
 }
craft-field-label = Label of the copy
craft-field-label-hint = Everything that stays must be for these readers.
craft-field-into = Where the copy goes
craft-field-disclose = May readers know of the original?
craft-field-disclose-hint = A link says that the copy was made from it. The id of the original shows that there is one.
craft-disclose-no = No: only those who have the original see the link
craft-disclose-yes = Yes: the copy is linked to the original by its id
craft-act-look = Look at the copy
craft-placeholder = [left out]
craft-wrong-nothing = Tick at least one thing that the copy leaves out.
craft-check-title = A last look at the copy
craft-check-answer = Who gets the copy: { $whom }.
craft-check-public = The copy is TLP:CLEAR: it is published at once.
craft-stays = What the copy says
craft-left-out = What it leaves out
craft-left-reference = (leads to something that readers of the copy may not see)
craft-replaced = In place of { $what } it says “[left out]”: it cannot be without it.
craft-new-object = The new object
craft-made-by = Made by
craft-new-id = Its id
craft-original = The original
craft-original-named = The link to it goes to the readers of the copy.
craft-original-kept = Readers of the copy do not learn of it. The link goes only to those who have the original.
craft-original-nowhere = Readers of the copy do not learn of it. No link is recorded, because you may not add to the collection of the original.
craft-raw = For experts: the copy as it goes out (STIX)
craft-traces-title = Something left out may still show
craft-traces-text = Look at each of these. Where it gives something away, go back and leave more out.
craft-trace-text = “{ $piece }” is in what you leave out ({ $what }), and still stands in: { $where }.
craft-trace-hash = A fingerprint or an encoding of what you leave out ({ $what }) stands in: { $where }. Whoever guesses the content can check it.
craft-trace-id = An id that is made of what you leave out ({ $what }) stands in: { $where }. Whoever guesses the content can check it.
craft-trace-fingerprint = The copy keeps fingerprints. They may be of a content of which you leave out a part ({ $what }); whoever has that content recognises it.
craft-trace-much = { $what } is too large to be compared with the rest. Look for yourself.
craft-looked = I have looked: what stays gives nothing away.
craft-act-share = Share the copy
craft-copies-title = { $count ->
    [one] One object has a part for fewer readers
   *[other] { $count } objects have a part for fewer readers
 }
craft-copies-text = One part that is marked TLP:RED keeps the whole object from readers who may see TLP:GREEN. A copy without the part can go along for them: a new object of yours, which does not name the original.
craft-copies-choice = Share a copy without these parts too
craft-copies-back = Others will not see it. You can share a copy without that part: go back and tick the box.
craft-copies-many = Too many copies at once. Share it first, and make the copy on its page.
craft-uncopied-title = { $count ->
    [one] Of one object no copy goes along
   *[other] Of { $count } objects no copy goes along
 }
craft-uncopied-text = Something left out would still show in it. Share the object, and make the copy on its page, where you choose what else to leave out.
craft-copied = { $count ->
    [one] One copy without its narrower part goes along, with a link to the original that only readers of the original see.
   *[other] { $count } copies without their narrower parts go along, each with a link that only readers of the original see.
 }
craft-is-copy = { $kind }, copy without the narrower part
craft-field-as = Under which name?
craft-field-as-hint = A pseudonym hides from other members who shared it.
craft-as-name = Our own: { $org }
craft-as-pseudonym = A pseudonym
craft-field-pseudonym = Pseudonym
craft-field-pseudonym-hint = 3 to 60 letters, digits, spaces, hyphens or dots. Nothing that hints at you.
craft-field-pseudonym-used = 3 to 60 characters. You have used: { $names }. What has the same name is seen to come from the same hand.
craft-custodians-are = Two of these together can open it, with a reason in the public record: { $orgs }.
craft-custodians-none = Nobody is named who could open it. Members can propose custodians on the rules page.
craft-wrong-pseudonym = Enter a pseudonym.
craft-share-as = It goes out as “{ $name }”
craft-share-as-text = Other members do not see your name. All of it waits for the next batch, so that the time says nothing.
craft-record-hidden = it goes out with the next batch, within { $seconds } seconds. The public record shows the batch, and not that you share something, what, or with whom.
craft-naming-title = The text names your organisation
craft-naming-text = Whoever reads it may conclude that it comes from you. Take the name out, or share it under your own.
craft-fail-names-owner = It carries the id of your organisation as its maker, which everybody knows. Remove created_by_ref, or share it under your own name.
craft-protects-title = What a pseudonym protects, and what it does not
craft-protects-yes = It protects
craft-protects-1 = Your name: pages, programs, feeds and the public record show the pseudonym, or nothing.
craft-protects-2 = The time: it goes out with the next batch, together with what others share.
craft-protects-no = It does not protect
craft-not-1 = What you write: names, places, style, and what only you can know.
craft-not-2 = The connection: everything under the same pseudonym is seen to come from one hand.
craft-not-3 = Against two custodians together: they can open it. That they did, and why, is public.
craft-not-4 = Against whoever runs this server: the server has to know who shares.
craft-pseudonyms-title = Pseudonyms and who opens them
craft-pseudonyms-answer = { $count ->
    [0] Nobody has asked who stands behind a pseudonym.
    [one] Custodians asked once who stands behind a pseudonym; { $open ->
        [0] it is answered.
       *[other] it is open.
     }
   *[other] Custodians asked { $count } times who stands behind a pseudonym; open: { $open }.
 }
craft-requests = Requests
craft-requests-none = None so far.
craft-request = Request { $number }
craft-reason = Reason
craft-asked-by = Asked by
craft-asked-at = When
craft-about = Pseudonym:
craft-request-open = waits for a second custodian
craft-request-opened = opened
craft-request-refused = refused
craft-how-title = How a pseudonym is opened
craft-how-1 = One custodian asks, with a legal reason that everybody can read.
craft-how-2 = A second custodian, of another organisation, agrees or refuses.
craft-how-3 = If they agree, these two learn which organisation it is, and nobody else. The record says for ever that it happened, who did it and why; not which organisation it was.
craft-own-pseudonyms = Your pseudonyms
craft-own-pseudonyms-text = Only your own organisation sees this.
craft-ask-title = Ask who stands behind a pseudonym
craft-ask-answer = A second custodian has to agree: { $orgs }.
craft-ask-pseudonym-hint = As it stands beside the object.
craft-field-reason = Legal reason
craft-field-reason-hint = The law or order, and what it is about. Everybody will be able to read it, so that no names of people belong here.
craft-wrong-reason = Say why. Without a reason nobody opens a pseudonym.
craft-ask-looked = I ask for my organisation, and the reason may be public.
craft-ask-consequence = Members see that you ask, and why. About which pseudonym only custodians learn.
craft-record-ask = that your organisation asks, and the reason, in public; the pseudonym for custodians alone.
craft-ask-act = Ask
craft-request-answer = { $org } asks who stands behind a pseudonym.
craft-pseudonym-hidden = Custodians alone know which one.
craft-owner-title = Who stands behind it
craft-owner-text = Only the two custodians who opened it see this, and of these only managers. Pass it on only as far as the reason goes.
craft-waits-second = Now a custodian of another organisation has to agree or refuse.
craft-answer-title = You are the second custodian
craft-answer = Should it be opened?
craft-answer-hint = Look at the reason, and not at who may be behind it.
craft-answer-agree = I agree: open it to both of us
craft-answer-refuse = I refuse
craft-refusal-field = Why you refuse
craft-refusal-hint = Only if you refuse. It will stand in the public record.
craft-refusal = Why it was refused
craft-wrong-answer = Choose whether you agree or refuse.
craft-wrong-refusal = Say why you refuse.
craft-answer-looked = I have looked at the reason, and I decide for my organisation.
craft-answer-consequence = If you agree, you and whoever asked learn at once which organisation it is. If you refuse, the request is over; a new one needs a new reason.
craft-record-answer = that your organisation agrees, or refuses and why, in public; not which organisation it is.
craft-answer-act = Decide
craft-on-record = What stands on the record
craft-on-record-text = Everybody can read that this happened, who did it and why. The pseudonym is known to custodians, the organisation to the two who opened it.
craft-moment-asked = { $org } asked
craft-moment-opened = { $org } agreed: it was opened
craft-moment-refused = { $org } refused
craft-task-answer = Decide with { $org } on opening a pseudonym
craft-day-title = When it becomes public
craft-day-set = It becomes public:
craft-day-none = No day is set: it stays as its label says.
craft-day-waits-title = It waits for the next batch
craft-day-waits-text = The day is recorded within { $seconds } seconds.
craft-day-parts-title = A part of it is for fewer readers
craft-day-parts-text = What is marked narrower than the rest does not become public, so that no day can be set. Make a copy without it, and set a day for the copy.
craft-day-unseen-title = It names what is not public
craft-day-unseen-text = With the object the ids of these become public; what they say does not.
craft-day-collection-title = Its collection is not public
craft-day-collection-text = On its day it stands in the public record. The public pages show only public collections, and “{ $collection }” is none.
craft-field-day = Day
craft-field-day-hint = It becomes public when this day begins ({ $zone }).
craft-day-looked = I understand that everybody can read it from that day on.
craft-day-consequence = On that day the newest version becomes TLP:CLEAR by itself. Until then you can change or lift the day; afterwards nothing can be taken back.
craft-record-day = the day, with the next batch, within { $seconds } seconds. Nobody but your organisation sees it before it comes.
craft-day-set-act = Set the day
craft-day-change-act = Change the day
craft-day-lift-act = Lift the day
craft-back = Back to the object
craft-days-title = What becomes public
craft-days-answer = { $count ->
    [0] Nothing of { $org } is due to become public.
    [one] One object of { $org } is due to become public.
   *[other] { $count } objects of { $org } are due to become public.
 }
craft-days-none = No day is set
craft-days-none-text = On the page of an object that your organisation shared you can set the day on which everybody may read it.
craft-days-own = Only your own organisation sees this list.
craft-days-public = See what became public
craft-label-now = Label now
craft-becomes-public = Becomes public
craft-day-recorded = recorded
craft-day-waits = waits for the batch
craft-day-held = held back: a newer version has narrower parts
craft-public-since = Public since
craft-public-since-line = public since
craft-released-text = It was for members before. Its owner had set this day.
craft-public-all = Everything published
craft-public-released = What became public on a set day
craft-public-released-none = Nothing has become public on a set day yet.
craft-property-name = Name
craft-property-description = Description
craft-property-pattern = What to look for (pattern)
craft-property-value = Value
craft-property-valid-from = Holds from
craft-property-valid-until = Holds until
craft-property-indicator-types = Sort of sign
craft-property-confidence = How sure (0 to 100)
craft-property-labels = Keywords
craft-property-external-references = Sources elsewhere
craft-property-kill-chain-phases = Phases of an attack
craft-property-aliases = Other names
craft-property-abstract = Summary
craft-property-content = Text
craft-property-explanation = Explanation
craft-property-opinion = Opinion
craft-property-authors = Authors
craft-property-published = Published
craft-property-report-types = Sort of report
craft-property-context = Context
craft-property-object-refs = What it is about
craft-property-sighting-of-ref = What was seen
craft-property-where-sighted-refs = Who has seen it
craft-property-observed-data-refs = Observations
craft-property-count = How often
craft-property-first-seen = First seen
craft-property-last-seen = Last seen
craft-property-first-observed = First observed
craft-property-last-observed = Last observed
craft-property-number-observed = How often observed
craft-property-relationship-type = Kind of link
craft-property-source-ref = Link from
craft-property-target-ref = Link to
craft-property-goals = Goals
craft-property-objective = Objective
craft-property-sophistication = Skill
craft-property-resource-level = Means
craft-property-primary-motivation = Motive
craft-property-malware-types = Sort of program
craft-property-infrastructure-types = Sort of servers
craft-property-threat-actor-types = Sort of attacker
craft-property-hashes = Fingerprints
craft-property-size = Size
craft-property-url = Address
craft-property-extensions = Extensions
craft-property-lang = Language
