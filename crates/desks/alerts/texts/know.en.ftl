nav-alerts-arrival = Have they arrived?
nav-alerts-strips = Tear-off codes
know-exercise = EXERCISE
know-test = TEST
know-alert-number = Alert { $number }
know-late = (late: after the alert had expired)
know-late-tag = late
know-step-none = nothing yet
know-step-sent = sent
know-step-delivered = delivered
know-step-read = read
know-step-understood = understood
know-step-acted = acted
know-severity-extreme = Extreme danger
know-severity-severe = Considerable danger
know-severity-moderate = Possible danger
know-severity-minor = Little danger
know-severity-unknown = Danger not known
know-link-number = Alert number { $number }
know-link-for = For polling station { $station }, { $name }. This page is yours alone: do not pass its address on.
know-link-exercise-title = This is an exercise
know-link-exercise = Nothing of this has happened. Answer as you would in earnest; change nothing at your polling station because of it.
know-link-cancelled-title = This alert was taken back
know-link-cancelled = Do not act on it any more. The newer message says what holds now.
know-link-updated-title = There is a newer version of this alert
know-link-updated = What stands here may no longer be right. Read the newer version and answer there.
know-link-newer = Open the newer message
know-link-expired-title = This alert is over
know-link-expired = It expired on { $at }. You can still answer: it is noted as late.
know-link-do = What to do first
know-link-nothing = Nothing. Know what has happened.
know-link-known = What is known
know-link-times = Sent { $sent }. It holds until { $expires }.
know-link-say = Tell us how far you are
know-link-noted = We have noted
know-link-noted-at = { $step }, { $at }
know-link-not-that-title = That is not what this alert asks for
know-link-not-that = Nothing was noted. Read “What to do first” again, then choose the sentence that says the same.
know-link-read-why = Opening this page tells us nothing. Press the button once you have read what to do.
know-link-read = I have read it
know-link-question = Which of these sentences says what is to be done?
know-link-understood = That is to be done
know-link-acted-why = Press the button once it is done.
know-link-acted = We have done it
know-link-all-done = Thank you. There is nothing more to say here.
know-link-genuine = Is this alert genuine?
know-link-compare = Compare these six words with another polling station: if they are the same there, both were shown the same alert.
know-link-scan = To be sure who sent it, take its proof from the alert’s own page: read the text code with the camera of a telephone, or open “Alert with proof (as text)”. Copy the text, and paste it into the saved page verify.html, with your card.
know-link-public = The alert’s own page
know-link-entry = Entry { $index } of the public record, which begins with
know-link-receipt = See its receipt
know-link-alert = Alert
know-other-1 = Send all ballot papers that have not been used to the neighbouring polling station.
know-other-2 = Ask voters to come back on another day and note their telephone numbers.
know-other-3 = Take the list of voters down and read it out at the entrance.
know-other-4 = Open the ballot box, count what is in it and report the number.
know-other-link-title = This link belongs to another alert
know-other-link = It is your polling station’s link to alert number { $number }. The address was mixed up on its way.
know-other-link-open = Open that alert
know-sms-none = No code was found in your message. Send the 16 digits of the strip that you tore off.
know-sms-mistyped = A digit of your code is wrong. Read the 16 digits again and send them once more.
know-sms-wrong = This code belongs to no open alert. Nothing was noted. You can try { $left ->
    [one] { $left } more time
   *[other] { $left } more times
 }. Or call your municipality.
know-sms-closed = Too many wrong codes. Nothing is taken for { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
 }. Call your municipality.
know-sms-no-station = There is no open alert for polling station { $station }. Check the first six digits.
know-sms-taken = Thank you. Noted: station { $station }, alert { $alert }: { $step }.
know-sms-late = It came after the alert had expired and is noted as late.
know-code-length = A code has 16 digits. Read it again.
know-code-check = A digit is wrong, or two have changed places. Read it again.
know-strips-title = Enter tear-off codes
know-strips-intro = Strips that polling stations have torn off and handed in: one code for each line, at most { $most }. If one line is wrong, none is taken.
know-strips-taken = { $count ->
    [one] One code was taken.
   *[other] { $count } codes were taken.
}
know-strips-again = A code that was taken before changes nothing: nobody is counted twice.
know-strips-none-taken = Nothing was taken: { $wrong ->
    [one] { $wrong } of the lines is wrong
   *[other] { $wrong } of the lines are wrong
 }, { $right ->
    [one] { $right } is right
   *[other] { $right } are right
 }. Correct or remove the lines below.
know-strips-problems = What is wrong, line by line
know-strips-wrong = wrong
know-strips-line = Line { $line }
know-strips-codes = Codes
know-strips-hint = 16 digits each; spaces and dashes do not matter. A barcode reader that ends each code with Enter works here.
know-strips-take = Take all of them
know-calls-title = Call silent polling stations
know-calls-none = No polling station is silent. There is nobody to call.
know-calls-silent = { $silent } of { $of } polling stations have not come as far as is asked for.
know-calls-now = being called now: { $called }
know-calls-later = to be tried again later: { $later }
know-calls-noted-taken = Noted. The call is recorded.
know-calls-noted-missed = Noted: not reached. The station comes back into the queue.
know-calls-nobody = There is no station to call at this moment
know-calls-nobody-why = Others are calling the silent ones, or their next try is later.
know-calls-tries = Calls so far
know-calls-yours-until = Yours until
know-calls-who = Call
know-calls-no-contact = No telephone number is known for this station. Ask its municipality.
know-calls-say = Say these words first
know-calls-line = Line { $line } of the station’s sealed sheet, struck out now. The station strikes it out, too.
know-calls-expect = The station must answer with these
know-calls-not-right = If it says other words, hang up and call back by the number above. Do not help with the words.
know-calls-read-out = Let the station read a code of its strips out
know-calls-words = Words that the station said, if you want them checked
know-calls-words-hint = { $words } words; you can leave this empty.
know-calls-code = Code of the strip
know-calls-code-hint = 16 digits. Which strip it is says whether they have read, understood or acted.
know-calls-take = Take the code
know-calls-missed = Nobody answered?
know-calls-missed-why = The call is recorded, without names, and the station comes back into the queue.
know-calls-again-in = Not reached: again in { $minutes } minutes
know-calls-leave = Give the station back without a call
know-calls-how = You are given the silent station with most voters that nobody else is calling, for ten minutes.
know-calls-next = Give me a station
know-calls-back = Back to the countdown
know-station = Polling station
know-station-number = Number
know-station-furthest = This polling station has come as far as “{ $step }”.
know-station-nothing = Nothing is known from this polling station yet.
know-station-said = What it said, and by which way
know-station-calls = Calls to this station
know-station-no-calls = Nobody has called it yet.
know-station-tries = { $tries ->
    [one] One call was made.
   *[other] { $tries } calls were made.
}
know-area = Area
know-voters = Voters
know-furthest = Furthest
know-when = When
know-way = By
know-way-gateway = report of the sending service
know-way-link = its own link
know-way-sms = text message
know-way-telephone = telephone
know-way-tear-off = strip on paper
know-received = came in at { $at }
know-waits = waits to be recorded
know-on-the-way = on the way
know-bar = Polling stations: asked for, and on the way
know-state = State
know-state-open = holds
know-state-expired = expired
know-state-cancelled = taken back
know-state-updated = replaced by a newer one
know-arrival-title = Has it arrived?
know-arrival-answer = { $reached } of { $of } polling stations have come to “{ $goal }”.
know-arrival-silent = { $silent ->
    [one] { $silent } is silent.
   *[other] { $silent } are silent.
 }
know-of-stations = of { $of } polling stations
know-of-voters = of voters: { $reached } of { $of }
know-deadline = until the answer is due
know-deadline-over = since the answer was due
know-expiry = until it expires
know-expiry-over = since it expired
know-left = { $hours } h { $minutes } min
know-drill-clock = Times go by the clock of the drill “{ $drill }”: { $rate ->
    [one] as fast as
   *[other] { $rate } times as fast as
 } the clock on the wall.
know-at-expiry-title = When it expired
know-at-expiry = { $reached } of { $of } polling stations had come to “{ $goal }”. This figure is recorded and does not change.
know-at-expiry-late = { $late ->
    [one] { $late } has answered late since then.
   *[other] { $late } have answered late since then.
 }
know-to-calls = Call silent stations
know-to-silent = List of silent stations
know-to-strips = Enter strips
know-to-wall = For the wall
know-by-area = Where it has not arrived
know-worst-first = Areas with most silent stations first
know-area-up = One level up
know-no-areas = There are no areas below this one.
know-silent = Silent
know-of = Polling stations
know-share = Share
know-more-areas = { $more ->
    [one] { $more } more area is in the file.
   *[other] { $more } more areas are in the file.
 }
know-map-stations = { $count } polling stations, a tile for each
know-map-areas = { $lagging } of { $areas } areas still have silent stations
know-map-subtitle = A tile for each, of the same size, in the order of their codes; the darker, the more have come to “{ $goal }”.
know-geo-title = { $silent } of { $of } polling stations on the map have not come to “{ $goal }”
know-geo-marks = A mark for each polling station: its shape and colour say how far it has come.
know-geo-hexes = A hexagon stands for the polling stations near each other: the larger, the more there are; the more of it is filled, and the darker, the more have not come to “{ $goal }”.
know-geo-hex = Around { $area }: { $silent } of { $of } silent
know-geo-up-to = up to { $share } silent
know-geo-none-silent = none silent
know-geo-without = { $count ->
    [one] One polling station has no coordinates in the list and is not on the map.
   *[other] { $count } polling stations have no coordinates in the list and are not on the map.
}
know-geo-none = For a map instead of tiles, import the list of polling stations with these two columns:
know-next = Who is called next, and by when
know-next-at = Nobody yet. If stations are silent then, the next call is due in { $hours } h { $minutes } min ({ $at }).
know-next-none = Nobody: no further call is due.
know-call-who = Call
know-call-area = Office of the area
know-call-since = Due for
know-call-state = Message
know-call-act = What came of the call
know-call-told = sent at { $at }
know-call-not-told = noted, not sent
know-call-reached = reached
know-call-not-reached = not reached
know-more-calls = { $more ->
    [one] { $more } more call is due.
   *[other] { $more } more calls are due.
 }
know-how-far = How far it has come
know-pace = How long it took
know-step = Step
know-stations = Polling stations
know-goal = asked for
know-recorded = In the record
know-recorded-none = Nothing is recorded yet. Answers are recorded every few seconds, many at once.
know-recorded-batch = Batch { $batch }: { $acks ->
    [one] { $acks } answer
   *[other] { $acks } answers
 }, { $at }
know-refresh = As of { $at }. The page comes anew every 20 seconds.
know-silent-title = Silent polling stations
know-silent-answer = { $silent } of { $of } polling stations have not come to “{ $goal }”.
know-silent-none = None is silent here
know-silent-none-why = All of them have come as far as is asked for.
know-wall-of = of { $of } polling stations: { $goal }
know-wall-due = Calls due
know-wall-others = { $count ->
    [one] { $count } more area with silent stations
   *[other] { $count } more areas with silent stations
 }
know-list-title = Have they arrived?
know-list-intro = Every alert that was released, and how far it has come.
know-list-none = No alert was released yet
know-list-none-why = As soon as one is, this page says which polling stations have it.
know-no-network = No areas and polling stations were imported for this election.
