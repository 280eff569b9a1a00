alerts-nav = Alerts
alertnet-home-title = Who is reached
alertnet-home-answer = Polling stations, people to reach and the line of authority of each election.
alertnet-home-none = There is no election yet
alertnet-home-none-text = An election is defined at the desk of results. Then its polling stations are imported here.
alertnet-election = Election
alertnet-day = Day
alertnet-state = State
alertnet-state-empty = No polling stations
alertnet-state-no-contacts = No contacts
alertnet-state-renew = Contacts to renew
alertnet-state-ready = Ready
alertnet-stations = Polling stations
alertnet-areas = Areas
alertnet-voters = Registered voters
alertnet-number = Number
alertnet-name = Name
alertnet-unit = Code in the registry
alertnet-area = Area
alertnet-overview-answer = { $stations ->
    [one] One polling station
   *[other] { $stations } polling stations
} in { $areas ->
    [one] one area
   *[other] { $areas } areas
}; { $reached } have a contact in force.
alertnet-overview-empty = Nothing is imported yet: begin with the polling stations.
alertnet-tasks = What must be there before an alert
alertnet-task-done = Done
alertnet-task-missing = To do
alertnet-task-later = Later
alertnet-task-stations = Polling stations and areas
alertnet-task-stations-none = From the registry of polling stations, or from two lists.
alertnet-task-stations-hint = { $stations } polling stations, { $areas } areas
alertnet-task-contacts = Contacts
alertnet-task-contacts-hint = { $reached } of { $stations } polling stations have a contact in force
alertnet-task-line = Line of authority
alertnet-task-line-set = Set for this election
alertnet-task-line-default = Not set: the usual line applies
alertnet-task-kit = Printed kit for the stations
alertnet-task-kit-hint = { $printed } sealed sheets printed for { $stations } polling stations, generation { $generation }
alertnet-version-title = Polling stations in force
alertnet-version = Version
alertnet-reason = Reason
alertnet-reason-hint = Why this version replaces the one before. Anybody can read it.
alertnet-stations-title = Polling stations
alertnet-stations-in = { $name } ({ $code }): { $stations } polling stations.
alertnet-stations-all = { $stations } polling stations in all areas.
alertnet-all-areas = All areas
alertnet-areas-below = Areas within
alertnet-more-areas = { $more ->
    [one] { $more } more area
   *[other] { $more } more areas
 }: choose a larger one first.
alertnet-areas-csv = Areas as CSV
alertnet-no-contact = None
alertnet-contact-count = { $count ->
    [one] One contact
   *[other] { $count } contacts
}
alertnet-import-title = Import polling stations
alertnet-import-again = Import again
alertnet-import-answer = Take them from the registry that is recorded for this election, or bring two lists.
alertnet-from-registry = From the registry of polling stations
alertnet-from-registry-text = Version { $version } of the registry has { $units } polling stations. Areas are made of the places above them.
alertnet-no-registry = No registry of polling stations is recorded for this election. It is imported at the desk of results.
alertnet-act-registry = Take the registry
alertnet-from-files = From two lists
alertnet-from-files-text = First the areas, then the polling stations. CSV, UTF-8, the first row names the columns.
alertnet-file-areas = List of areas
alertnet-file-areas-hint = At most { $max } MB. Columns:
alertnet-file-stations = List of polling stations
alertnet-file-stations-hint = Numbers below a million. All but the first three columns may be missing; with coordinates (decimal degrees) there is a map. Columns:
alertnet-placed = { $count } of { $stations } polling stations have coordinates: they are on the map of an alert's arrival.
alertnet-read = Read
alertnet-areas-wait = { $areas } areas wait for their polling stations.
alertnet-areas-kept = Without a new list the { $areas } areas of version { $version } stay.
alertnet-act-areas = Read the areas
alertnet-act-stations = Read the polling stations
alertnet-nothing-yet = Nothing is recorded yet
alertnet-nothing-yet-text = You see what will change before you confirm.
alertnet-cancel = Cancel
alertnet-problem = Error
alertnet-problems = What is wrong
alertnet-problem-value = It says: { $value }
alertnet-problem-closest = Perhaps meant: { $closest }
alertnet-place-row = , row { $row }
alertnet-place-column = , column { $column }
alertnet-wrong-problems = The file cannot be taken as it is. Everything that is wrong stands below.
alertnet-wrong-file = Choose a file.
alertnet-wrong-utf8 = The file is not UTF-8 text. Save it as CSV UTF-8.
alertnet-wrong-areas-first = Read the list of areas first.
alertnet-wrong-until = Give a day from today on, at most thirteen months ahead.
alertnet-source-registry = Registry of polling stations, version { $version }
alertnet-check-title = What will change
alertnet-check-answer = { $stations } polling stations in { $areas } areas, { $voters } registered voters.
alertnet-changes = Against the version before
alertnet-changes-none = No station comes, goes or moves; names or numbers of voters differ.
alertnet-change-added = Stations added
alertnet-change-gone = Stations gone
alertnet-change-moved = Stations in another area
alertnet-change-areas-added = Areas added
alertnet-change-areas-gone = Areas gone
alertnet-changes-some = Some of them
alertnet-area-before = Area before
alertnet-area-now = Area now
alertnet-new = new
alertnet-gone = gone
alertnet-reassigned = { $count ->
    [one] One number now belongs to another station
   *[other] { $count } numbers now belong to another station
}
alertnet-reassigned-text = A sealed sheet with such a number would be another station's. Keep the numbers, or print a new generation of sheets.
alertnet-record-network = The list of areas and polling stations, for anybody to read, as the next version.
alertnet-act-record = Record
alertnet-act-other-file = Another file
alertnet-act-look = Check the file
alertnet-contacts-title = Contacts
alertnet-contacts-answer = { $all ->
    [one] { $all } contact
   *[other] { $all } contacts
 }; { $reached ->
    [one] { $reached } of { $stations } polling stations has one in force.
   *[other] { $reached } of { $stations } polling stations have one in force.
 }
alertnet-contacts-import = Import contacts
alertnet-contacts-import-answer = One row for each person or office. Everything that is wrong is said at once.
alertnet-contacts-none = No contacts here
alertnet-contacts-none-text = Without a contact an alert reaches nobody by message or telephone.
alertnet-contacts-check = Check the contacts
alertnet-contacts-check-answer = { $total } contacts for { $stations } of { $all } polling stations.
alertnet-preview = The first rows
alertnet-contact-new = Add a contact
alertnet-contact-new-answer = For one polling station or one area. Fill in one of the two.
alertnet-stations-first = Import the polling stations first
alertnet-show = Show
alertnet-show-all = All
alertnet-show-ending = To renew
alertnet-holder = For
alertnet-holder-station = { $number } { $name }
alertnet-holder-area = { $name } ({ $code })
alertnet-who = Who
alertnet-function = Function
alertnet-reached-by = Reached by
alertnet-gets = Is sent
alertnet-until = Valid until
alertnet-until-hint = The last day, at most thirteen months ahead. Afterwards the contact is not used.
alertnet-over = Over
alertnet-ending = Ends soon
alertnet-in-force = In force
alertnet-renew = Renew
alertnet-renew-all = Renew all of these
alertnet-renew-notice = { $expired ->
    [one] { $expired } contact is over and is not used
   *[other] { $expired } contacts are over and are not used
 }; { $ending ->
    [one] { $ending } ends within 30 days
   *[other] { $ending } end within 30 days
 }
alertnet-renew-notice-text = Ask whether they are still right before you renew them.
alertnet-record-renew = { $count ->
    [one] { $count } contact with its new last day. Who it is stays private.
   *[other] { $count } contacts with their new last day. Who they are stays private.
 }
alertnet-act-renew = Renew
alertnet-remove = Take out
alertnet-remove-text = The contact is not used from then on. What was recorded before stays sealed until it is erased, which two others approve.
alertnet-act-remove = Take this contact out
alertnet-superseded = Earlier contacts that can be erased
alertnet-superseded-text = Others have taken their place; nothing needs them. Erasing destroys their key and needs two approvals.
alertnet-superseded-entry = Entry { $index }
alertnet-file = List of contacts
alertnet-file-hint = CSV, UTF-8, at most { $max } MB and { $rows } rows.
alertnet-columns = Columns of the list
alertnet-column-must = must be there
alertnet-column-station = Number of the polling station
alertnet-column-unit = or its code in the registry
alertnet-column-area = or the code of an area. A row fills one of the three
alertnet-column-function = for instance "head of the polling station" or "duty officer of the municipality"
alertnet-column-level = expert, official or public: how much detail they are sent
alertnet-column-language = two letters, for instance en
alertnet-column-authority = national, regional, local or ally
alertnet-column-sms = Number for text messages, with + and country code
alertnet-column-email = E-mail address
alertnet-column-telephone = Number for calls, with + and country code
alertnet-column-webhook = Address that a program of theirs listens on, https only
alertnet-column-valid_until = Last day, for instance 2027-06-30, at most thirteen months ahead
alertnet-column-order = Who comes first, from 1; 1 when left empty
alertnet-private = Contacts are private: only managers see them, and the public record says how many there are, never who.
alertnet-mode = What becomes of the contacts there are
alertnet-mode-hint = { $all } are there now.
alertnet-mode-all = The new ones take their place
alertnet-mode-added = They stay, and these are added
alertnet-record-contacts = How many contacts there are, for anybody to read. Who they are stays private, under a key that can be destroyed.
alertnet-sms = Number for text messages
alertnet-email = E-mail address
alertnet-telephone = Number for calls
alertnet-webhook = Address for programs
alertnet-level = Detail
alertnet-level-expert = Expert
alertnet-level-official = Official
alertnet-level-public = Public
alertnet-language = Language
alertnet-order = Order
alertnet-authority = Level of authority
alertnet-authority-national = National
alertnet-authority-regional = Regional
alertnet-authority-local = Local
alertnet-authority-ally = Ally
alertnet-line-title = Line of authority
alertnet-line-answer = When polling stations stay silent after an alert, these are called, one after the other.
alertnet-line-version = Version { $version }
alertnet-line-default = Nobody has set it for this election yet: this is the usual line.
alertnet-line-edit = Change the line
alertnet-line-edit-answer = Names of offices, never of people: anybody can read them. A row without a name is left out.
alertnet-line-picture = Who is called, from the station upwards
alertnet-line-subtitle = Minutes count from the moment the alert is sent
alertnet-picture-rung = when stations have not { $goal } it
alertnet-picture-after = after { $time }
alertnet-picture-ally = { $act }, from severity { $severity }
alertnet-picture-within = within { $time }
alertnet-minutes = { $minutes } min
alertnet-hours = { $hours } h
alertnet-body = Office
alertnet-whom = Level
alertnet-goal = If stations have not
alertnet-after = Minutes after sending
alertnet-rungs = Who is called
alertnet-rung = Step { $at }
alertnet-rung-station = The polling station itself
alertnet-rung-0 = The whole country
alertnet-rung-1 = The region
alertnet-rung-2 = The municipality
alertnet-rung-deeper = Areas { $depth } levels below the country
alertnet-goal-delivered = received
alertnet-goal-read = read
alertnet-goal-understood = understood
alertnet-goal-acted = acted on
alertnet-allies = Allies
alertnet-allies-text = Bodies abroad that are consulted or told.
alertnet-allies-none = No allied body is named.
alertnet-ally = Allied body
alertnet-ally-number = Ally { $at }
alertnet-act = What is done
alertnet-act-consult = Consult
alertnet-act-tell = Tell
alertnet-from-severity = From severity
alertnet-within = Within minutes
alertnet-severity-minor = minor
alertnet-severity-moderate = moderate
alertnet-severity-severe = severe
alertnet-severity-extreme = extreme
alertnet-record-line = The line of authority with the names of offices, for anybody to read, as the next version.
