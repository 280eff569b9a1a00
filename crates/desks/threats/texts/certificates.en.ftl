# Certificate logs that the server follows
certs-title = Certificate logs
certs-none = No certificate log is followed yet.
certs-answer = { $count ->
    [one] One certificate log is followed.
   *[other] { $count } certificate logs are followed.
 } None of them has contradicted itself.
certs-answer-stopped = { $count ->
    [one] One certificate log was stopped: what it shows cannot be true.
   *[other] { $count } certificate logs were stopped: what they show cannot be true.
 }
certs-new = Follow a log
certs-log = Log
certs-state = State
certs-read = Entries looked at
certs-checked = Last complete look
certs-read-of = { $read } of { $size }
certs-read-of-long = { $read } of { $size } entries are looked at or passed over.
certs-nothing-yet = nothing yet
certs-nothing-yet-long = Nothing has been looked at yet.
certs-never = not yet
certs-state-stopped = Stopped
certs-state-off = Off
certs-state-trouble = Does not answer
certs-state-new = Begins soon
certs-state-reading = Catching up
certs-state-read = Up to date
certs-what = What this is for
certs-what-text = Whoever wants visitors to trust a website needs a certificate, and certificates are entered in public logs. A copy of your site under a similar name often appears there first, before anybody gets a message with it. The server reads these logs and tells each organisation which new names look like its own.
certs-what-checked = Nothing in a log is believed unchecked: its signature, that it only ever grows, and that each entry belongs to what was signed. A log that contradicts itself is stopped, and both of its statements are kept.
certs-who = An administrator says which logs are followed.
# A new log
certs-new-answer = The operator of a log publishes its address and its public key. Both are needed.
certs-field-name = Name
certs-field-name-hint = As people here call it, with the years it is for
certs-field-kind = Form
certs-field-kind-hint = The log’s operator says which.
certs-kind-rfc6962 = Classic (RFC 6962)
certs-kind-static = Static files (static-ct-api)
certs-field-url = Address where it is read
certs-field-url-hint = Begins with https://. Of static logs the monitoring prefix.
certs-field-origin = Name in its checkpoints
certs-field-origin-hint = Only for static files: the submission prefix without https:// and without a slash at the end. Empty: the address.
certs-field-key = Public key
certs-field-key-hint = In base64, as lists of logs have it. What this key has not signed is not believed.
certs-field-begin = Begin
certs-field-begin-hint = A large log has billions of entries; to read all of them takes weeks.
certs-begin-now = With what is entered from now on
certs-begin-entry = With the entry of this number
certs-field-entry = Number of the entry
certs-follow = Follow it
# One log
certs-about = About this log
certs-id = Fingerprint of its key
certs-head-newest = Its newest signed statement
certs-unreadable = Certificates that could not be read
certs-added = Followed since
certs-turn-off = Stop following
certs-turn-on = Follow again
certs-trouble = The last look came to nothing
certs-trouble-text = Looks without result, one after the other: { $count }. The server tries again by itself, after longer and longer pauses.
certs-old = The log is silent
certs-old-text = Its newest signed statement is more than two days old. Logs promise to enter certificates within a day.
certs-stopped-since = Nothing more is read, since
certs-heads = What the log has said
certs-head = Statement
certs-head-size = Entries
certs-head-at = Signed at
certs-head-root = Hash of everything
certs-head-first = Before
certs-head-second = After
certs-evidence = Evidence to pass on (both statements with their signatures, JSON)
certs-words = Details for specialists
certs-alarm-split-view = The log has signed two different contents of the same size
certs-alarm-split-view-text = It shows different people different things. Both statements carry its signature: this is proof, and anybody can check it. Tell the log’s operator and those who rely on it.
certs-alarm-rollback = The log has taken entries back
certs-alarm-rollback-text = A later statement covers fewer entries than an earlier one. Both carry its signature: this is proof. A log must never forget anything.
certs-alarm-inconsistent = The log cannot show that it only grew
certs-alarm-inconsistent-text = Asked several times, it gave no valid proof that its new content contains the old one. Somebody between the log and this server could cause that too: ask from another place before you accuse it.
certs-alarm-entries = The entries are not those that the log has signed
certs-alarm-entries-text = Asked several times, it gave entries that do not belong to what it has signed. None of them was believed. Somebody between the log and this server could cause that too.
certs-alarm-signature = The log’s signature does not hold
certs-alarm-signature-text = Asked several times, it showed a statement that its key has not signed. Somebody else may answer in its place, or its key was written down wrongly.
certs-field-decision = What shall become of it?
certs-field-decision-hint = Write to the log’s operator first. The evidence stays whatever you decide.
certs-decide-go-on = Go on where reading stopped; the log must fit what it said before
certs-decide-anew = Begin anew, with what the log shows from now on
certs-decide-off = Follow it no more
certs-field-reason = Reason
certs-field-reason-hint = Everybody who works here can read it.
certs-decide = Decide
certs-ask-administrator = An administrator decides how it goes on.
certs-decided = Decided
certs-decision-go-on = Went on where reading stopped.
certs-decision-anew = Began anew.
certs-decision-off = Followed no more.
# Names that were found
certs-found = Found in certificate logs
certs-found-none = Nothing in { $count ->
    [one] the certificate log that is followed
   *[other] the { $count } certificate logs that are followed
 } looks like your names.
certs-found-no-logs = No certificate log is followed: new names are not looked for there.
certs-found-stopped = Not all logs are read
certs-found-left-out = { $count } more names were found and not kept, because there were too many; those that look least like yours went.
certs-found-logs = Which logs are followed, and how far
certs-assets-answer = { $count ->
    [one] One name in certificate logs looks like yours.
   *[other] { $count } names in certificate logs look like yours.
 } New in the last seven days: { $fresh }.
certs-assets-like = looks like { $like }
certs-hit-answer = It looks like { $like }: { $score } of 100.
certs-hit-evidence = Where it was found
certs-hit-found = Found
certs-hit-entry = entry { $entry }
certs-hit-logged = Entered
certs-hit-issuer = Issued by
certs-hit-valid = Valid
certs-hit-fingerprint = SHA-256
certs-hit-certificates = Entries with this name
certs-hit-share = Share it with { $name }
certs-hit-share-words = What the others should know
certs-hit-share-go = Share this as an indicator
certs-hit-fine = It is in order
certs-hit-fine-text = { $name } is then in your list of names that are in order, and is not reported again.
certs-hit-dismiss = Put it on the list
certs-share-words = This name looks like ours. A certificate for it, issued by { $issuer }, is entry { $entry } of the certificate log { $log } (SHA-256 { $fingerprint }).
