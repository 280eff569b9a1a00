# The public pages of audits
audit-public-list = Audits
audit-public-list-title = Audits of election results
audit-public-list-answer = People look at paper ballots, drawn by public dice, and see whether the reported outcome is right. Every step stands in the public record.
audit-public-home = Start
audit-public-none = No audit is recorded yet.
audit-public-plan-title = How much work would an audit be?
audit-public-plan-text = Type the votes of a contest and see how many ballots would be looked at, method by method.
audit-public-plan-link = Plan an audit
audit-public-less-than = less than { $risk }
audit-public-phase-draft = being prepared
audit-public-phase-committed = committed, seed to be drawn
audit-public-phase-seeded = seed drawn
audit-public-phase-round-open = ballots are being read
audit-public-phase-round-closed = round counted
audit-public-phase-full-hand-count = full hand count
audit-public-phase-finished = finished
audit-public-answer-draft = This audit is being prepared. Nothing is drawn yet.
audit-public-answer-reopened = This audit was reopened: version { $version } is being prepared. What came before stays in the record.
audit-public-answer-committed = Everything is fixed. Next the dice are thrown in public.
audit-public-answer-seeded = The dice are thrown. Which ballots are looked at follows from them.
audit-public-answer-open = Round { $round } is under way: { $read } of { $due } { $unit ->
        [batches] batches
        *[ballots] ballots
    } are read.
audit-public-answer-met = Round { $round } is counted, and every limit is met. A decision is due.
audit-public-answer-not-met = Round { $round } is counted. What was read is not enough yet to be sure; that says nothing against the result. A decision is due.
audit-public-answer-full = Everything is being counted by hand.
audit-public-answer-counted = Everything was counted by hand. What was counted stands in the record below.
audit-public-answer-confirmed = { $contests ->
        [one] The audit supports the reported outcome.
        *[other] The audit supports the reported outcomes.
    }
audit-public-answer-means = Had a reported outcome been wrong, the chance that this audit ended without a full hand count was at most { $limit }.
audit-public-read = looked at by people
audit-public-agree = agree exactly
audit-public-differ = differ
audit-public-checked = What was checked
audit-public-opportunistic = Measured on what was drawn for other contests; the audit does not go on for it.
audit-public-choice = Choice
audit-public-votes = Reported votes
audit-public-by-machine = In what was read: by machines
audit-public-by-hand = In what was read: by people
audit-public-won = reported as elected
audit-public-goes-on = reported as going on to the second round
audit-public-seats = { $seats ->
        [one] one seat reported
        *[other] { $seats } seats reported
    }
audit-public-votes-title = { $contest }: reported votes
audit-public-votes-subtitle = { $ballots } ballots could hold this contest
audit-public-after-round = After round { $round }:
audit-public-limit = limit { $limit }
audit-public-limit-text = Risk limit: { $limit }. A risk stands here once a round is closed.
audit-public-risk-title = Measured risk: { $risk }
audit-public-risk-subtitle = The chance to see what was seen if the outcome were wrong; smaller is surer, and the shaded part is enough.
audit-public-round = Round
audit-public-round-n = round { $round }
audit-public-board-n = board { $board }
audit-public-risk = Risk
audit-public-met = met
audit-public-not-met = not met yet
audit-public-claims = { $count ->
        [one] One claim means the outcome, in the words of the calculation
        *[other] { $count } claims together mean the outcome, in the words of the calculation
    }
audit-public-claim = Claim
audit-public-no-contest = No contest is chosen yet.
audit-public-sure-title = How sure does this make us?
audit-public-sure-text = Before the draw a risk limit is fixed. Paper is drawn and read until the chance of having seen this by luck, with a wrong outcome, is below the limit, or until everything is counted by hand. A full hand count corrects a wrong outcome.
audit-public-sure-not = What it does not say: whether everybody could vote, and whether the paper is complete. It says whether the count of this paper led to the right outcome.
audit-public-differences = Where people and machines differ
audit-public-differences-text = { $differ } of { $compared } { $unit ->
        [batches] batches
        *[ballots] ballots
    } differ. Reported less read by people: a plus means that machines had more. The measured risk takes each into account.
audit-public-place = Place
audit-public-change = Reported less read
audit-public-why = Explanation
audit-public-together = counted as one of { $count } batches
audit-public-missing = not found; counted as the most that it could change
audit-public-absent = people do not find the contest on the ballot; counted as the most that it could change
audit-public-ranks = machine: { $reported }; people: { $read }
audit-public-unexplained = no explanation yet
audit-public-more = { $count } more stand in the report:
audit-public-rounds = Rounds
audit-public-draws = Draws
audit-public-to-read = To read
audit-public-state = State
audit-public-round-abandoned = given up; nothing in it counts
audit-public-round-stop = closed; the audit ended
audit-public-round-next = closed; another round followed
audit-public-round-full = closed; everything is counted by hand
audit-public-round-closed = closed; a decision is due
audit-public-round-open = open
audit-public-places = Jurisdictions
audit-public-places-text = { $signed } of { $all } jurisdictions have signed what they handed in: { $ballots } ballots.
audit-public-places-show = { $count ->
    [one] Show the jurisdiction
   *[other] Show { $count } jurisdictions
 }
audit-public-batches = Batches
audit-public-ballots = Ballots
audit-public-signed = Signed
audit-public-unread = To read
audit-public-yes = yes
audit-public-no = no
audit-public-events = Order of events
audit-public-events-count = { $count } events, each with its seal.
audit-public-all-events = Every event, from the first
audit-public-step-resolve = the jurisdiction decided what its members disagreed about
audit-public-step-combine = batches are counted as one
audit-public-decision-stop = the audit ends
audit-public-decision-next-round = another round
audit-public-decision-full-hand-count = full hand count
audit-public-check = Check it yourself
audit-public-check-text = The record holds everything that was fixed before the dice, every draw, and everything that people read. This command draws and measures it all again, on any computer, without asking this server:
audit-public-check-later = Once everything is committed to, the record can be downloaded here and checked by anybody.
audit-public-record = Audit record (JSON)
audit-public-sampler = What was drawn from (JSON)
audit-public-report = Report in sections (CSV)
audit-public-cvrs = Cast vote records of
audit-public-cvrs-later = Cast vote records are not published. Until they are, whoever checks the record needs them from the jurisdictions.
audit-public-log = Recorded in the log
audit-public-method-batch-comparison = Comparison of batches
audit-public-method-ballot-comparison = Comparison of ballots
audit-public-method-ballot-comparison-colorado = Comparison of ballots as in Colorado
audit-public-method-ballot-polling = Ballot polling
audit-public-method-minerva = Ballot polling (Minerva)
audit-public-method-providence = Ballot polling (Providence)
audit-public-method-assertion-polling = Ballot polling by assertions
audit-public-method-assertion-comparison = Comparison of ballots by assertions
audit-public-method-hybrid = Comparison and polling together
audit-public-means-batch-comparison = Whole batches of paper are drawn and counted by hand; each count is compared with the reported one.
audit-public-means-ballot-comparison = Single ballots are drawn and read by people; each is compared with what a machine recorded of the same ballot.
audit-public-means-ballot-comparison-colorado = Single ballots are drawn and read by people; each is compared with what a machine recorded of the same ballot.
audit-public-means-ballot-polling = Single ballots are drawn and read by people, as in a poll: do the winners have enough votes in the sample?
audit-public-means-minerva = Single ballots are drawn and read by people, as in a poll: do the winners have enough votes in the sample?
audit-public-means-providence = Single ballots are drawn and read by people, as in a poll: do the winners have enough votes in the sample?
audit-public-means-assertion-polling = Single ballots are drawn and read by people; claims that together mean the outcome are tested on them.
audit-public-means-assertion-comparison = Single ballots are drawn, read by people and compared with what a machine recorded; claims that together mean the outcome are tested on them.
audit-public-means-hybrid = Where machines recorded single ballots, these are compared; the others are polled.
audit-public-count = How the votes were counted
audit-public-count-link = How the votes were counted, round by round
audit-public-count-answer = From the first round to the last, as the machines counted what was committed to. The audit checks whether the outcome is right.
audit-public-count-none = Nothing here was counted in rounds: who has the most votes is elected.
audit-public-count-ranked = { $rounds ->
        [one] { $winner } is elected in the first round.
        *[other] { $winner } is elected after { $rounds } rounds. After each round whoever has the fewest votes is out, and each of these ballots counts for the next choice on it.
    }
audit-public-count-round = Round { $round }: { $who } is out
audit-public-count-last = Round { $round }: { $who } is elected
audit-public-count-subtitle = { $votes } ballots count for somebody, { $exhausted } for nobody who is left
audit-public-count-votes = Ballots
audit-public-count-out = out
audit-public-count-exhausted = For nobody who is left
audit-public-count-lists = { $seats } seats go to the lists, one after another
audit-public-count-lists-subtitle = Seats by list
audit-public-count-seats = { $seats ->
        [one] one seat
        *[other] { $seats } seats
    }
audit-public-count-seats-head = Seats
audit-public-count-how = Each seat goes to the list with the largest quotient: its votes over a divisor that grows with every seat it has.
audit-public-count-order = The seats in their order
audit-public-count-seat = Seat
audit-public-count-quotient = Votes over divisor
