# Drills of alerts and response
alert-drills-title = Drills
alert-drills-answer = No drill is running. Alerts that are sent now are meant.
alert-drills-answer-running = { $count ->
    [one] One drill is running. Its alerts say EXERCISE everywhere.
   *[other] { $count } drills are running. Their alerts say EXERCISE everywhere.
  }
alert-drills-new = Begin a drill
alert-drills-none = No drill yet
alert-drills-none-text = A drill plays an hour of election day with the same pages, the same messages and the same polling stations, marked EXERCISE. Afterwards a report says what was slow.
alert-drills-drill = Drill
alert-drills-state = State
alert-drills-begun = Begun
alert-drills-runs = Running
alert-drills-over = Over
alert-drills-new-answer = What is sent in a drill goes to the same people by the same ways, and says EXERCISE everywhere. Choose what its clock shows, and how fast it goes.
alert-drills-no-election = No election yet
alert-drills-no-election-text = A drill plays an election. Create the election first.
alert-drills-no-moment = Say a day as year-month-day, and a time as hours:minutes.
alert-drills-field-title = What is it called?
alert-drills-field-title-hint = For example “Results page taken over, evening of election day”.
alert-drills-field-code = Code in addresses
alert-drills-field-code-hint = Lower-case letters, digits and dashes.
alert-drills-field-election = Election
alert-drills-clock = The drill’s clock
alert-drills-clock-text = Deadlines, escalation and the report go by this clock. Phones and paper keep the time of the day: messages carry the real time, so that nobody can pass a drill’s message off later.
alert-drills-field-day = Day that it begins with
alert-drills-field-time = Time that it begins with
alert-drills-field-time-hint = In the election’s time zone.
alert-drills-field-rate = How many times as fast as real time?
alert-drills-field-rate-hint = 1 to 600. With 10, an hour of election day takes six minutes.
alert-drills-records = that the drill begins, with its clock. Everybody can read it.
alert-drills-begin = Begin now
alert-drills-cancel = Cancel
alert-drills-clock-now = The drill’s clock shows
alert-drills-clock-ended = The drill has ended. Its clock showed
alert-drills-write = Write an exercise alert
alert-drills-run = Run a playbook
alert-drills-report = What was slow
alert-drills-recorded = Recorded
alert-drills-alerts = Alerts of this drill
alert-drills-alerts-none = None yet.
alert-drills-number = Exercise no. { $number }
alert-drills-notes = Notes of those who watch
alert-drills-notes-none = None yet.
alert-drills-note-gone = The words were erased.
alert-drills-field-note = What went well, or was slow?
alert-drills-field-note-hint = Only people of your organisation see it. The public record holds that there is a note, not its words.
alert-drills-note = Note it
alert-drills-facts = Facts
alert-drills-rate = { $rate ->
    [1] as fast as real time
   *[other] { $rate } times as fast as real time
  }
alert-drills-end = End the drill
alert-drills-end-answer = Nothing more can be sent in this drill afterwards. Its report stays.
alert-drills-end-records = that the drill “{ $title }” is over. Everybody can read it.
alert-report-title = What was slow
alert-report-answer-none = Nothing was sent in this drill, so there is nothing to measure.
alert-report-answer = { $rate ->
    [1] Times are the drill’s, which goes as fast as real time.
   *[other] Times are the drill’s, which goes { $rate } times as fast as real time.
}
alert-report-alert = Exercise no. { $number }
alert-report-steps = How long it took, from release on
alert-report-step = Step
alert-report-reached = Stations
alert-report-half = Half of them
alert-report-nine = Nine in ten
alert-report-last = The last
alert-report-never = not reached
alert-report-areas = Slowest areas, until: { $step }
alert-report-area = Area
alert-report-ways = How stations answered
alert-report-silent = { $count ->
    [0] Every station came to “{ $step }”.
    [one] One station did not come to “{ $step }”.
   *[other] { $count } stations did not come to “{ $step }”.
  }
alert-report-notes = Notes of those who watched
alert-report-print = For printing
alert-report-json = As JSON
