# Writing alerts: drafts, approval, previews, release
alerts-cancel = Cancel
alerts-recorded = Recorded
alerts-none-yet = not given yet
alerts-at-once = with the release
alerts-left = { $hours ->
    [0] { $minutes } min
   *[other] { $hours } h { $minutes } min
 }
alerts-number = No. { $number }
alerts-number-headline = No. { $number }: { $headline }
alerts-stations = Polling stations
alerts-voters = Registered voters
alerts-language = Language
alerts-languages = Languages
alerts-bytes = { $count ->
    [one] { $count } byte
   *[other] { $count } bytes
 }
alerts-language-en = English
alerts-language-fr = French
alerts-language-es = Spanish
alerts-language-ar = Arabic
alerts-status-actual = ACTUAL
alerts-status-actual-means = It is meant. Everybody who reads it acts on it.
alerts-status-exercise = EXERCISE
alerts-status-exercise-means = It belongs to a drill. Every page, message and code says EXERCISE.
alerts-status-test = TEST
alerts-status-test-means = It tries out the channels. Nobody acts on it, and every message says TEST.
alerts-status-fixed = This cannot be changed any more. For another one begin a new draft.
alerts-kind-alert = A new alert
alerts-kind-update = An update that takes the place of an open alert
alerts-kind-cancel = A cancellation that takes an open alert back
alerts-severity-extreme = Extreme
alerts-severity-severe = Severe
alerts-severity-moderate = Moderate
alerts-severity-minor = Minor
alerts-severity-unknown = Not known
alerts-urgency-immediate = Act now
alerts-urgency-expected = Act within the hour
alerts-urgency-future = Act soon
alerts-urgency-past = It is over
alerts-urgency-unknown = Not known
alerts-certainty-observed = It has happened or is going on
alerts-certainty-likely = Likely
alerts-certainty-possible = Possible
alerts-certainty-unlikely = Not likely
alerts-certainty-unknown = Not known
alerts-audience-station = Polling stations
alerts-audience-municipality = Municipalities
alerts-audience-public = Everybody
alerts-category-security = Security
alerts-category-infra = Technology and supply
alerts-goal-delivered = it was delivered
alerts-goal-read = it was read
alerts-goal-understood = it was understood
alerts-goal-acted = they have acted
alerts-level-public = For everybody
alerts-level-public-hint = Plain words. Needed in every language.
alerts-level-official = For officials
alerts-level-official-hint = With the terms of the office. Where it is empty, the words for everybody are shown.
alerts-level-expert = For experts
alerts-level-expert-hint = Technical details. May stay empty.
alerts-event-registration-tampering = Registration of parties or candidates tampered with
alerts-event-registration-overload = Registration of parties or candidates overloaded or out of reach
alerts-event-sponsor-signatures = Invented signatures of supporters
alerts-event-voter-identity-fraud = False identities in voter registration
alerts-event-voter-data-tampering = Voter data deleted or changed
alerts-event-voter-registration-overload = Voter registration overloaded or out of reach
alerts-event-campaign-accounts = Computers or accounts of a campaign broken into
alerts-event-campaign-website = Website of a campaign changed or out of reach
alerts-event-website-misconfiguration = Website set up wrongly
alerts-event-confidential-leak = Confidential information leaked
alerts-event-government-systems = Government systems or networks broken into
alerts-event-official-disinformation = False information about voting or results
alerts-event-government-website-overload = Government websites overloaded or out of reach
alerts-event-voting-tampering = Voting or secrecy of the vote disturbed
alerts-event-software-bug = Software error that touches results
alerts-event-log-tampering = Logs or minutes tampered with
alerts-event-voter-privacy = Secrecy breached while votes are cast
alerts-event-counting-systems = Counting or adding up disturbed
alerts-event-result-links = Transmission of results disturbed
alerts-event-supply-chain = Equipment or its transport tampered with
alerts-event-media-systems = Systems of media broken into
alerts-event-media-links = Connections of media disturbed
alerts-event-result-publication = Publication of results changed or out of reach
alerts-standing-holds = Holds now
alerts-standing-not-yet = Begins later
alerts-standing-expired = Over
alerts-standing-superseded = Replaced
alerts-standing-running = In progress
alerts-standing-cancels = Takes back
alerts-standing-cancelled = Taken back
alerts-home-title = Alerts
alerts-home-answer = { $open ->
    [0] No alert of yours is open
    [one] { $open } alert of yours is open
   *[other] { $open } alerts of yours are open
 }, and { $drafts ->
    [0] no draft waits.
    [one] { $drafts } draft waits.
   *[other] { $drafts } drafts wait.
 }
alerts-act-new = Write an alert
alerts-public-link = What everybody sees
alerts-no-election = There is no election to warn about
alerts-no-election-text = Alerts are about an election that your organisation has defined.
alerts-open-title = Open alerts
alerts-open-none = No alert is open.
alerts-ends-in = ends in { $left }
alerts-ends-soon = Ends in { $left }: issue it again, or let it end
alerts-ends-soon-text = An update with a later end takes its place. If nothing is done, it stops holding by itself.
alerts-drafts-title = Drafts
alerts-drafts-none = No draft waits.
alerts-draft-hint = { $status } · saved { $changed }
alerts-next-second = a second person releases
alerts-next-release = ready for release
alerts-next-write = to be completed
alerts-next-approve = to be approved: { $languages }
alerts-begin-title = A new draft
alerts-begin-answer = A draft is seen by your organisation only. Nothing goes out before it is released.
alerts-begin-update = Update of an open alert
alerts-begin-update-text = The draft begins with its words and areas. When it is released, it takes the place of this alert.
alerts-begin-cancel = Cancellation of an open alert
alerts-begin-cancel-text = When it is released, this alert holds no more. What was said stays in the record.
alerts-field-election = Election
alerts-field-status = Is it meant?
alerts-field-status-hint = Chosen once: a draft never changes from one to another.
alerts-field-drill = Drill
alerts-field-drill-hint = Only for an exercise. Drills that are running.
alerts-no-drill = No drill is running, so there can be no exercise now.
alerts-act-begin = Begin
alerts-step-what = What
alerts-step-where = Where and when
alerts-step-words = Words
alerts-step-approve = Approval
alerts-step-release = Release
alerts-what-title = What has happened?
alerts-field-kind = Kind of message
alerts-field-names = The open alerts that it is about
alerts-field-names-hint = Only for an update or a cancellation; at most four.
alerts-field-event = Event
alerts-field-event-hint = From the list of 23 threats that European election authorities share.
alerts-field-category = Field
alerts-field-severity = How grave is it?
alerts-field-severity-hint = From “Severe” upwards two people release.
alerts-field-urgency = How urgent is it?
alerts-field-certainty = How sure is it?
alerts-field-audience = Who should act?
alerts-field-audience-hint = Everybody can read every alert. This says who has to do something.
alerts-field-acknowledge = Acknowledgement
alerts-field-minutes = Minutes after the release
alerts-field-minutes-hint = By then every polling station is to have answered. Empty: no answer is asked for; from “Severe” upwards it is needed.
alerts-field-goal = Asked is that
alerts-field-more = Further
alerts-field-main = Main language
alerts-field-main-hint = The alert cannot go out without it. It is shown where a reader’s own language is missing.
alerts-field-source = Comes from
alerts-field-source-hint = A report or a call, in a few words. It stays in the draft and is not published.
alerts-source-link = What it comes from
alerts-answer-acknowledge = within { $minutes } minutes, that { $goal }
alerts-act-next = Save and go on
alerts-act-save = Save
alerts-to-draft = To the draft
alerts-where-title = Where, and until when?
alerts-where-answer = { $areas ->
    [0] No area is chosen yet.
    [one] { $areas } area is chosen: { $stations } polling stations, { $voters } voters.
   *[other] { $areas } areas are chosen: { $stations } polling stations, { $voters } voters.
 }
alerts-field-areas = Areas
alerts-field-effective = Holds from
alerts-field-effective-hint = Empty: from the release on.
alerts-field-expires = Holds until
alerts-field-expires-hint = Needed. On the day of the election at most 24 hours after the release. Time zone: { $zone }.
alerts-no-network = No areas have been imported for this election
alerts-no-network-text = An alert is for areas with their polling stations.
alerts-no-network-link = Areas and polling stations
alerts-areas-chosen = Chosen
alerts-areas-search = Search for an area
alerts-areas-top = All
alerts-areas-listed = Areas to choose from
alerts-areas-nothing = No area is called so.
alerts-areas-more = { $count } more: search for the name or the code.
alerts-area = Area
alerts-area-parts = Parts
alerts-area-open = Show parts
alerts-area-size = { $stations } polling stations, { $voters } voters
alerts-words-title = Words: { $language }
alerts-words-answer = Say what has happened and what to do. No names of people, no telephone numbers.
alerts-bytes-left = { $count ->
    [one] { $count } byte of 350 is left for all languages together.
   *[other] { $count } bytes of 350 are left for all languages together.
 }
alerts-bytes-of = { $count } of { $max } bytes
alerts-too-long = The short words are too long
alerts-too-long-text = Together they are { $over ->
    [one] { $over } byte
   *[other] { $over } bytes
 } over 350, which is what fits into the QR codes. Shorten { $language } first.
alerts-approval-void = These words are approved
alerts-approval-void-text = If you change them, the approval of this language is void, and somebody else has to approve them again.
alerts-suggestion = Begin with these words
alerts-suggestion-take = Take them over
alerts-short-title = Short words
alerts-short-text = They go by every channel: SMS, telephone, the code on paper.
alerts-short-marker = “{ $marker }” is put before them by itself.
alerts-short-headline = What has happened
alerts-short-instruction = What to do first
alerts-long-headline = Headline
alerts-long-description = What is known
alerts-long-instruction = What to do
alerts-act-save-words = Save and look at the draft
alerts-act-count = Save and count
alerts-wrong-time = This is no date and time.
alerts-wrong-areas = At most 40 areas. Choose the larger area instead of its parts.
alerts-wrong-bytes = At most { $max } bytes.
alerts-wrong-headline = These words need a headline.
alerts-overview-ready = Nothing is missing. It can be released.
alerts-overview-second = One person has agreed. A second one releases.
alerts-overview-missing = { $count ->
    [one] { $count } thing is missing before it can be released.
   *[other] { $count } things are missing before it can be released.
 }
alerts-act-release = To the release
alerts-act-preview = What every channel will carry
alerts-missing-title = What is missing
alerts-languages-text = Each language is approved by itself, by somebody who reads it and did not write it last. What is not approved does not go out.
alerts-words-approved = approved
alerts-words-void = changed since its approval
alerts-words-waits = not approved
alerts-words-partly = not complete
alerts-words-none = no words
alerts-act-approve = Approve
alerts-answers = Check the answers
alerts-needs-two = Two people release it.
alerts-drop-title = Give this draft up
alerts-drop-text = It disappears from the lists. Nothing was published.
alerts-drop-sure = This draft is not needed any more
alerts-drop-act = Give it up
alerts-approve-title = Approve the words: { $language }
alerts-approve-answer = Read every word. What you approve goes out exactly so.
alerts-approve-reads = I read { $language }, I have read all of it, and it says what is meant.
alerts-approve-record = That your organisation has approved these words, by a check number that says nothing about them before the release. Your name stays private.
alerts-wrong-reads = Confirm that you read the language and have read everything.
alerts-preview-title = What every channel will carry
alerts-preview-answer = It reaches { $stations } polling stations with { $voters } registered voters.
alerts-preview-refused = It cannot go out so
alerts-preview-compact = Bytes of the compact text
alerts-preview-bundle = Bytes of the code with proof, expected
alerts-preview-qr = Version of the QR code
alerts-preview-short = Bytes of the short form
alerts-preview-sms = SMS
alerts-preview-sms-text = Counted for the contacts of these areas that are in force now, each in their language and reading level, with the longest link.
alerts-preview-text = Text
alerts-preview-alphabet = Alphabet
alerts-preview-parts = Parts
alerts-preview-contacts = Recipients
alerts-preview-messages = Messages
alerts-preview-cost = Cost
alerts-preview-all = { $messages ->
    [one] One short message in all.
   *[other] { $messages } short messages in all.
}
alerts-preview-other-ways = Besides, e-mails: { $mails }; messages to programs: { $programs }.
alerts-preview-unreached = { $count ->
    [one] One polling station has no contact by which it could be reached.
   *[other] { $count } polling stations have no contact by which they could be reached.
}
alerts-preview-unreached-text = Add contacts, or have them called.
alerts-preview-no-words = There are no complete words yet.
alerts-price-is = Price of one part: { $price }
alerts-price-title = Set the price of an SMS
alerts-price = Price of one part
alerts-price-hint = As the contract with the gateway has it, such as 0.045.
alerts-currency = Currency
alerts-currency-hint = Three capitals, such as EUR.
alerts-wrong-price = A price is a number such as 0.045.
alerts-wrong-currency = A currency has three capitals.
alerts-preview-mail = E-mail
alerts-preview-spoken = Read out at the telephone
alerts-preview-page = Page, poster, feed
alerts-preview-page-text = The page and the poster show the words for everybody with the code, the areas and the end; the feed carries the same words.
alerts-preview-cap = The CAP message, before its signature ({ $lines } lines)
alerts-release-title = Release
alerts-release-languages = Goes out in: { $languages }.
alerts-release-left-out = Left out, because not approved: { $languages }.
alerts-four-eyes = Two people release this alert
alerts-four-eyes-first = You would be the first. Nothing goes out until somebody else agrees to exactly this draft.
alerts-four-eyes-second = Somebody has agreed to exactly this draft already. With you it goes out.
alerts-allies = Whom the line of authority names
alerts-allies-before = From this severity on these are consulted or told. People do it, not the program.
alerts-allies-after = Have these been consulted and told? People do it, not the program.
alerts-ally-consult = Consult { $name } within { $time }
alerts-ally-tell = Tell { $name } within { $time }
alerts-consequence-actual = This is meant
alerts-consequence-exercise = This is an EXERCISE
alerts-consequence-test = This is a TEST
alerts-consequence-text = What is released cannot be taken out of the record. It can be updated or cancelled.
alerts-confirm-actual = I have checked it: this alert is meant and should be acted on.
alerts-confirm-exercise = This is an EXERCISE. Nobody is to take it for a real alert.
alerts-confirm-test = This is a TEST of the channels. Nobody has to do anything.
alerts-wrong-confirm = Confirm it first.
alerts-release-actual = Release the alert
alerts-release-exercise = Release the EXERCISE
alerts-release-test = Release the TEST
alerts-release-first = Agree as the first of two
alerts-release-record = The alert with its words, areas and times, in the name of your organisation, for ever and for everybody. Your name stays private.
alerts-release-record-first = That somebody of your organisation agrees to this draft, by a check number that says nothing about it. Your name stays private.
alerts-act-update = Update, or issue again
alerts-act-cancel = Take it back
alerts-files = Pages and files
alerts-file-page = The page for everybody
alerts-file-print = The poster
alerts-file-cap = CAP message, signed
alerts-file-cap-later = The CAP message is being signed.
alerts-file-bundle = The code with proof, as a file
alerts-course = What happened
alerts-was-approved = Words approved: { $language }
alerts-was-agreed = Somebody agreed to the release
alerts-was-released = Released
alerts-was-signed = CAP message signed
alerts-was-updated = Replaced by No. { $number }
alerts-was-cancelled = Taken back by No. { $number }
alerts-spoken-script = Good day, this is { $sender }. Please take your sealed sheet. I read three words to you; check them against the first open line, and read me your three words of the same line.
    I now read alert number { $number }.
    { $headline }
    { $instruction }
    It holds until { $ends }.
    Please repeat in your own words what you will do.
