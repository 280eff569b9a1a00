# Conducting an audit
audit-conduct-crumb-desk = Start
audit-conduct-crumb-audits = Audits
audit-conduct-version = Version { $version }

## The seed
audit-conduct-seed-title = The seed
audit-conduct-seed-of-round = The seed of round { $round }
audit-conduct-seed-agreed = Two people typed the same digits. This is the seed:
audit-conduct-seed-follows = From these digits and from what was committed to before, the sample follows. Anybody can draw it again.
audit-conduct-seed-dice = { $count } ten-sided dice are thrown.
audit-conduct-seed-none = Nobody has typed yet
audit-conduct-seed-half = One of two has typed
audit-conduct-seed-differs = The two typings differ: both type again ({ $count ->
    [one] { $count } time so far
   *[other] { $count } times so far
})
audit-conduct-seed-failed = Two typings differed before: { $count ->
    [one] { $count } time
   *[other] { $count } times
}.
audit-conduct-seed-two = Two people type what the dice show. Neither sees what the other has typed, and nothing is shown here before both have typed the same.
audit-conduct-seed-committed = What is committed to before the dice are thrown
audit-conduct-seed-draft = Nothing is committed to yet, so no dice are thrown.
audit-conduct-seed-draft-why = Manifests, results, contests, risk limits and the method are fixed in the public record first. Only then is a seed accepted.
audit-conduct-seed-refresh = This page renews itself every 5 seconds.
audit-conduct-seed-first = Type the digits as the dice show them. You are the first of two.
audit-conduct-seed-second = One of two has typed. Type the digits as the dice show them: you are the second.
audit-conduct-seed-mine = You have typed. Now somebody else types the same dice.
audit-conduct-seed-wall = Page for the wall
audit-conduct-seed-typed-first = What you typed is kept and is shown to nobody.
audit-conduct-seed-typed-differs = Both typings are put aside. The dice stay where they lie; two people type again.
audit-conduct-seed-typed-agreed = You typed what the first person typed. The seed stands.
audit-conduct-seed-field = Digits of the dice
audit-conduct-seed-hint = At least { $count } digits, in groups of five: 12345 67890 12345 67890. Spaces do not count. The second person must be somebody else.
audit-conduct-seed-will = that somebody typed, and whether both typed the same. The digits stay private until they do.
audit-conduct-seed-act = Hand in these digits

## Rounds
audit-conduct-phase-draft = Contests are chosen and jurisdictions hand in. No round is open yet.
audit-conduct-phase-committed = Everything is committed to. The seed comes next.
audit-conduct-phase-seeded = The seed is known. The next round can be opened.
audit-conduct-phase-round-open = A round is open: boards read what was drawn.
audit-conduct-phase-round-closed = A round is closed and its risk is measured. It has to be decided what follows.
audit-conduct-phase-full-hand-count = Everything is counted by hand. What the count found is still to be entered.
audit-conduct-phase-finished = The audit has ended.
audit-conduct-state-open = Open
audit-conduct-state-closed = Closed, to be decided
audit-conduct-state-stop = Closed: the audit ended
audit-conduct-state-next-round = Closed: another round followed
audit-conduct-state-full-hand-count = Closed: a full hand count followed
audit-conduct-state-abandoned = Given up
audit-conduct-act-seed = Type the seed
audit-conduct-act-open = Open the next round
audit-conduct-act-look = Look at the open round
audit-conduct-act-decide = Decide what follows
audit-conduct-act-hand-count = Enter the hand count
audit-conduct-rounds-title = Rounds
audit-conduct-rounds-caption = All rounds of all versions, the newest first. Rounds that were given up stay here.
audit-conduct-rounds-none = No round yet
audit-conduct-rounds-none-why = A round is opened once everything is committed to and the seed is known.
audit-conduct-round-word = Round
audit-conduct-round = Round { $round }
audit-conduct-state = State
audit-conduct-draws = Draws
audit-conduct-due = To be read
audit-conduct-risk = Risk
audit-conduct-limit = Risk limit
audit-conduct-seals = Opened, closed
audit-conduct-recorded = Recorded
audit-conduct-round-open = { $read } of { $due } are read.
audit-conduct-round-nothing-new = Everything that was drawn was read in earlier rounds: nothing has to be fetched, and the round can be closed at once.
audit-conduct-round-draws = { $draws } draws, of which { $due } have to be read
audit-conduct-progress = Progress
audit-conduct-progress-hint = Each jurisdiction: what is read, what waits for a decision, and who is waited for.
audit-conduct-jurisdiction = Jurisdiction
audit-conduct-boards = Boards
audit-conduct-signed = Signed
audit-conduct-unread = Unread
audit-conduct-read = Read
audit-conduct-disagreed = Disagreed
audit-conduct-waits-for = Waits for
audit-conduct-waits-nothing = Nothing: complete
audit-conduct-waits-deal = The jurisdiction: deal to boards
audit-conduct-waits-resolve = The jurisdiction: decide
audit-conduct-waits-read = Boards: read
audit-conduct-waits-sign = Boards: sign
audit-conduct-facts = Facts
audit-conduct-draw-list = List of draws (SHA-256)
audit-conduct-opened = Opened
audit-conduct-closed = Closed

## Risk
audit-conduct-risk-title = Risk of each contest beside its limit
audit-conduct-risk-below = less than 0.01%
audit-conduct-risk-met = { $contest }: risk { $risk }, limit { $limit }: met.
audit-conduct-risk-not-met = { $contest }: risk { $risk }, limit { $limit }: not met.
audit-conduct-risk-finding = { $met } of { $all } contests have met their risk limit.
audit-conduct-risk-limit-is = limit { $limit }
audit-conduct-risk-subtitle = The largest chance that a wrong outcome would have passed so far; each step of the scale is ten times less.
audit-conduct-contest = Contest
audit-conduct-opportunistic = (measured beside the others)
audit-conduct-met = Limit met
audit-conduct-not-met = Limit not met

## Opening a round
audit-conduct-open-title = Open round { $round }
audit-conduct-open-answer = How many are drawn follows from the margin and from what was seen so far. The size is yours to say.
audit-conduct-open-plan = What the planner says
audit-conduct-open-hand-count = No sample can confirm this outcome: everything has to be counted by hand.
audit-conduct-open-enough = { $count } draws are enough in { $percent } of 100 audits if ballots are as reported.
audit-conduct-open-formula = { $count } draws by the formula of the method.
audit-conduct-open-draws = Draws
audit-conduct-open-draws-for = Draws for { $contest }
audit-conduct-open-wanted-for = Cards for { $contest }, all rounds together
audit-conduct-open-compared = Draws that are compared with cast vote records
audit-conduct-open-polled = Draws that are read without cast vote records
audit-conduct-open-proposed = Proposed: { $count }
audit-conduct-open-no-proposal = There is no proposal: the planner cannot size this from what it knows.
audit-conduct-open-extra = Counted although not drawn
audit-conduct-open-extra-hint = Names of batches, one on a line or with commas between them; where several jurisdictions have one of the name: Jurisdiction / Batch. They never enter the risk.
audit-conduct-open-check = Check
audit-conduct-open-look = Look once more. What is drawn then follows from the seed and cannot be chosen.
audit-conduct-open-consequence = The draws become public and boards can be dealt their lists. A round that is open can be closed or given up with a reason, but not taken back.
audit-conduct-open-will = the round with its draws, how much each jurisdiction has to read, and your organisation.
audit-conduct-open-act = Draw and open the round
audit-conduct-wrong-number = Enter a whole number, at most { $most }.
audit-conduct-extra-several = Several jurisdictions have a batch “{ $name }”. Write the jurisdiction before it: Jurisdiction / Batch.
audit-conduct-extra-near = There is no batch “{ $name }”. Did you mean “{ $near }”?
audit-conduct-extra-unknown = There is no batch “{ $name }”.
audit-conduct-consequence = What this does
audit-conduct-back = Back, change nothing
audit-conduct-reason = Reason
audit-conduct-reason-hint = It will be public. No names, addresses or telephone numbers.

## A jurisdiction in a round
audit-conduct-place-nothing = Nothing was drawn here in this round.
audit-conduct-place-undealt = { $due } have to be read here. They are not dealt to boards yet.
audit-conduct-boards-title = Boards and their containers
audit-conduct-board-word = Board
audit-conduct-board = Board { $board }
audit-conduct-containers = Containers
audit-conduct-board-state-signed = Signed
audit-conduct-board-state-empty = Nothing to do
audit-conduct-board-state-disagreed = Waits for a decision
audit-conduct-board-state-read = All read, not signed
audit-conduct-board-state-reading = Reads
audit-conduct-board-state-waiting = Has not begun
audit-conduct-deal-title = Deal to boards
audit-conduct-deal-anew = Deal anew
audit-conduct-deal-why = One container stays with one board, and every board gets about as much. It can be dealt anew until a board has signed.
audit-conduct-deal-count = Number of boards
audit-conduct-deal-hint = Two people make a board.
audit-conduct-deal-look = Show who would get what
audit-conduct-deal-preview = Who would get what
audit-conduct-deal-consequence = The boards get new lists. What they have read so far in this round is put aside and has to be read again.
audit-conduct-deal-will = how many boards there are and the list of each.
audit-conduct-deal-act = { $count ->
    [one] Deal to one board
   *[other] Deal to { $count } boards
 }
audit-conduct-pass-title = Passphrases of the boards
audit-conduct-pass-why = Each board comes in by a passphrase of four words. It is shown once. A new passphrase ends the earlier one, and whoever came in by it is out.
audit-conduct-pass-all = Give all boards a new passphrase
audit-conduct-pass-one = Board { $board } alone
audit-conduct-cards-back = Back to the jurisdiction
audit-conduct-cards-once = These words are shown once. Print the cards now, or write the words down. Each board gets its own card and no other.
audit-conduct-cards-units = To be read: { $count }
audit-conduct-cards-open = On the tablet, open
audit-conduct-cards-type = Type the four words. Capitals and hyphens do not matter.
audit-conduct-cards-two = Both members type their names, read, and sign together.
audit-conduct-cards-qr = QR code with the address of the page for boards
audit-conduct-disagreed-title = Members disagree
audit-conduct-disagreed-hint = Look at the ballot itself, then decide.
audit-conduct-batch = Batch
audit-conduct-position = Ballot in the batch
audit-conduct-said = What the members said
audit-conduct-todo = To do
audit-conduct-resolve-title = Decide what stands on a ballot
audit-conduct-resolve-answer = The members of board { $board } disagree about batch { $batch }, ballot { $position }.
audit-conduct-resolve-act = Decide
audit-conduct-resolve-reason = Why the ballot is read so. It will be public; that the members disagreed stays in the record.
audit-conduct-resolve-will = that the jurisdiction decided, and why. What stands on the ballot becomes public when the round is closed.
audit-conduct-comment = Remark of the board
audit-conduct-members-said = The members wrote:
audit-conduct-both-read = Both read:
audit-conduct-reading-votes = These are marked
audit-conduct-reading-blank = Nothing is marked
audit-conduct-reading-none = The contest is not on the ballot
audit-conduct-rank = rank, empty for none
audit-conduct-wrong-kind = { $contest }: say what stands on the ballot.
audit-conduct-wrong-votes = { $contest }: choose what is marked.
audit-conduct-wrong-ranks = { $contest }: a rank is a whole number from 1 to { $most }, and no two choices have the same.
audit-conduct-reopen-title = Give the list back to board { $board } of { $jurisdiction }
audit-conduct-reopen-answer = The board can then read again and must sign again.
audit-conduct-reopen-consequence = The signature falls, and the round cannot be closed before the board has signed anew.
audit-conduct-reopen-will = that the board got its list back, and why.
audit-conduct-reopen-act = Give the list back

## Paper
audit-conduct-paper-title = On paper
audit-conduct-paper-retrieval = Retrieval list
audit-conduct-paper-placeholders = Placeholders
audit-conduct-paper-labels = Labels, 30 to a sheet
audit-conduct-paper-tally = Tally sheets
audit-conduct-paper-names = Name: ____________________   Signature: ____________________   Time: __________
audit-conduct-page-of = Page { $page } of { $pages }
audit-conduct-fetched = Fetched
audit-conduct-returned = Put back
audit-conduct-container = Container
audit-conduct-tabulator = Scanner
audit-conduct-ballots = Ballots
audit-conduct-tickets = Tickets
audit-conduct-not-drawn = not drawn, counted all the same
audit-conduct-before-title = Drawn again and read before: not fetched
audit-conduct-slip = Board { $board } · { $number } of { $of }
audit-conduct-ballot = Ballot { $position }
audit-conduct-placeholder = What lay here was taken out for the audit and comes back.
audit-conduct-tally-ballots = { $count } ballots by the manifest
audit-conduct-tally-strokes = Strokes
audit-conduct-tally-first = First member
audit-conduct-tally-second = Second member
audit-conduct-choice = Choice

## The end of a round
audit-conduct-close-title = Close round { $round }
audit-conduct-close-not-yet = The round cannot be closed yet. It waits for { $count ->
    [one] { $count } jurisdiction:
   *[other] { $count } jurisdictions:
}
audit-conduct-close-ready = Everything that was drawn is read and signed.
audit-conduct-close-consequence = What the boards have read becomes public, and the risk is measured. Contests: { $count }. Nothing can be read again in this round, and the passphrases of its boards end.
audit-conduct-close-will = what was read, and the risk of each contest.
audit-conduct-close-act = Close the round
audit-conduct-close-waits = What the round waits for
audit-conduct-decide-title = What follows round { $round }
audit-conduct-decide-met = Every targeted contest has met its risk limit: the audit can stop.
audit-conduct-decide-not-met = Not every targeted contest has met its risk limit: the audit goes on.
audit-conduct-decide-question = What follows?
audit-conduct-decide-stop = The audit stops: the reported outcomes are confirmed within their risk limits
audit-conduct-decide-next-round = Another round
audit-conduct-decide-full-hand-count = Everything is counted by hand
audit-conduct-decide-reason = Needed where the audit goes on although every limit is met. It will be public.
audit-conduct-decide-consequence = The decision is public at once and cannot be taken back.
audit-conduct-decide-will = what was decided, and the reason.
audit-conduct-decide-act = Record this decision
audit-conduct-wrong-decision = Choose what follows.
audit-conduct-abandon-title = Give up round { $round }
audit-conduct-abandon-answer = A round is given up when it cannot be finished as it was drawn.
audit-conduct-abandon-consequence = The round stays visible with its draws and your reason. Nothing that was read in it counts, and the passphrases of its boards end.
audit-conduct-abandon-fresh = The next round needs a new seed.
audit-conduct-abandon-same = The next round goes on with the same seed, after the draws of this one.
audit-conduct-abandon-will = that the round was given up, and why.
audit-conduct-abandon-act = Give up the round

## Full hand count
audit-conduct-hand-title = What the full hand count found
audit-conduct-hand-answer = Enter the votes of every choice and who won. With this the audit ends.
audit-conduct-hand-winners = Winners: { $count }
audit-conduct-hand-ranked = Enter first preferences.
audit-conduct-reported = Reported
audit-conduct-hand-votes = Counted by hand
audit-conduct-hand-won = Won
audit-conduct-hand-consequence = The result of the hand count stands beside the reported one for everybody to see, and the audit ends.
audit-conduct-hand-will = votes and winners of each contest as they were counted by hand.
audit-conduct-hand-act = End the audit with this count
audit-conduct-wrong-count = Enter the votes as a whole number; 0 where there are none.
audit-conduct-wrong-winners = { $contest }: say who won. Winners: { $count }.
