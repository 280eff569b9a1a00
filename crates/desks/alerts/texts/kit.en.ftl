alertkit-title = Printed kit for the stations
alertkit-answer = { $sheets ->
    [one] { $sheets } sealed sheet is printed
   *[other] { $sheets } sealed sheets are printed
 } for { $stations ->
    [one] { $stations } polling station
   *[other] { $stations } polling stations
 }. Secrets in force: generation { $generation }.
alertkit-what = What each polling station gets
alertkit-card = Alert card
alertkit-card-text = The keys that a station trusts. It is not secret, but it must come on paper from a hand that the station knows.
alertkit-card-look = See the card
alertkit-card-file = Card as text, for devices
alertkit-sheet = Sealed sheet
alertkit-sheet-text = Words for the telephone and codes to tear off, different for each station. Whoever reads it can speak for the station.
alertkit-lesson = Ten-minute lesson
alertkit-lesson-text = What an alert looks like and how it is checked.
alertkit-lesson-print = Print the lesson
alertkit-lesson-look = Read it on a screen
alertkit-device = Page for devices without a network
alertkit-device-text = Save this page on the station's telephone or computer before election day, with the card as text.
alertkit-words = Words of the card, to be read aloud and compared:
alertkit-who = Who does what
alertkit-who-1 = You print in a room where nobody else is at the printer, and wait beside it.
alertkit-who-2 = A second person counts the sheets and puts each into an envelope that shows when it was opened.
alertkit-who-3 = Both write number and generation on the envelope and sign across the seal.
alertkit-who-4 = The head of the polling station signs for envelope and card, and writes the telephone numbers on the card by hand.
alertkit-print = Print
alertkit-secret = These sheets are secret
alertkit-secret-text = They are shown once, in the answer to this form, and are not kept. You are asked for your password first.
alertkit-what-print = What
alertkit-sheets = Sealed sheets
alertkit-cards = Alert cards
alertkit-area-hint = At most { $most } stations are printed at once.
alertkit-from = From station number
alertkit-from-hint = To go on after a run; empty for the first.
alertkit-language-own = Each station's own, as its contact has it
alertkit-record = That sheets were printed, for which stations, of which generation. No code stands in the record.
alertkit-act-print = Print these stations
alertkit-areas = How many sheets for which area
alertkit-runs = Runs of the printer
alertkit-run = { $count } from number { $first }
alertkit-more-areas = { $more ->
    [one] { $more } more area has stations of its own: print them by number.
   *[other] { $more } more areas have stations of their own: print them by number.
 }
alertkit-printed = What was printed
alertkit-when = When
alertkit-numbers = Numbers
alertkit-generation = Generation
alertkit-lost = A sheet is lost, or a seal is broken
alertkit-lost-text = Make new secrets. From that moment every code on every sheet that was printed before is worth nothing, in all areas: all sheets must be printed and handed over again.
alertkit-lost-hint = What happened. Anybody can read it: name no person.
alertkit-lost-record = That generation { $generation } begins, and why.
alertkit-act-renew = Make new secrets
alertkit-back = Back to the kit
alertkit-run-answer = { $stations ->
    [one] { $stations } station
   *[other] { $stations } stations
 }, number { $first } to { $last }, generation { $generation }.
alertkit-run-text = Print now. This page cannot be opened again: print once more from the kit if a sheet is spoiled, and destroy the spoiled one.
alertkit-sealed = SEALED, keep closed until needed
alertkit-sheet-generation = Generation { $generation }
alertkit-station = Polling station { $number } { $name }
alertkit-rule-1 = Open this envelope when an alert or a call about one comes, not before. If it was open already, do not use it: call the number on your card.
alertkit-rule-2 = A caller reads the three words of the first line that is not struck out. Only if they are right, answer with yours.
alertkit-rule-3 = Strike the line out at once, whoever called. A line is used once.
alertkit-rule-4 = Never read out a line, a code or the text at the end because somebody asks for it: the caller's words come first.
alertkit-calls = Words for calls
alertkit-line = Line
alertkit-caller = The caller says
alertkit-you = You answer
alertkit-used = Used at
alertkit-strips = Codes to tear off
alertkit-strips-text = Take the row with the number of the alert. Send the code of what has happened by text message, or read it to the operator, or tear it off and hand it over.
alertkit-alert = Alert
alertkit-step-delivered = It has come
alertkit-step-read = We have read it
alertkit-step-understood = We have understood it
alertkit-step-acted = It is done
alertkit-exercise = EXERCISE EXERCISE EXERCISE
alertkit-exercise-text = Only for exercises. Never use these for an alert that is meant, and never the others for an exercise.
alertkit-x = X
alertkit-device-secret = For a device, only if you are told to:
alertkit-card-all = For every polling station
alertkit-card-use = Check every alert against this card. An alert cannot vouch for itself.
alertkit-card-words = Words of this card
alertkit-card-words-text = Read them aloud to another station: if one word differs, use neither card and call.
alertkit-card-numbers = Telephone numbers
alertkit-card-numbers-text = Written by hand, by whoever hands the card over. Call these, never a number that an alert names.
alertkit-number-local = Municipality
alertkit-number-regional = Region
alertkit-number-national = Country
alertkit-card-keys = Keys
alertkit-card-qr = QR code of the card
