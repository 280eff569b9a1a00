//! Assorters: an assertion about a contest as the mean of numbers, one for each card (SHANGRLA: Stark, "Sets of
//! Half-Average Nulls Generate Risk-Limiting Audits", 2020). An assertion holds exactly when the mean is above 1/2.

use crate::raire::Assertion as IrvAssertion;
use scr_tabulation::cvr::columns::{Columns, Told};
use scr_tabulation::cvr::{Card, ChoiceNo, Contest, ContestNo, Mark};
use serde::{Deserialize, Serialize};

/// What is asserted, and so what each card is worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Assorter {
    /// The winner has more votes than the loser (plurality, several winners, approval; SHANGRLA section 2.1).
    Plurality {
        /// Who won.
        winner: ChoiceNo,
        /// Who lost.
        loser: ChoiceNo,
    },
    /// The choice has more than this share of the valid votes (SHANGRLA section 2.3), as a fraction.
    AtLeastShare {
        /// The choice.
        choice: ChoiceNo,
        /// The share.
        share: Share,
    },
    /// The choice has less than this share of the valid votes (Blom et al., arXiv 2107.11903, section 5).
    BelowShare {
        /// The choice.
        choice: ChoiceNo,
        /// The share.
        share: Share,
    },
    /// In a highest-averages method the last seat of one list beats the next seat of another (arXiv 2107.11903,
    /// section 4).
    LastSeat {
        /// Whose last seat.
        winner: ChoiceNo,
        /// Its divisor.
        last_divisor: u32,
        /// Who would have had the seat.
        loser: ChoiceNo,
        /// The divisor of the first seat that it did not get.
        next_divisor: u32,
    },
    /// An assertion of an instant-runoff contest (SHANGRLA section 2.5).
    Irv(
        /// The assertion, by numbers of choices.
        IrvAssertion,
    ),
}

/// A fraction between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// Above the line.
    pub numerator: u32,
    /// Below the line; not 0.
    pub denominator: u32,
}

impl Share {
    fn value(self) -> f64 {
        f64::from(self.numerator) / f64::from(self.denominator)
    }
}

impl std::fmt::Display for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.numerator, self.denominator)
    }
}

/// Whether samples are drawn from the cards that hold the contest, as the CVRs tell, or from all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CardStyle {
    /// From cards with the contest: the margin is a share of these.
    Known,
    /// From all cards: one without the contest is worth 1/2.
    Unknown,
}

impl Assorter {
    /// The greatest value that a card can have.
    pub fn upper_bound(&self) -> f64 {
        match self {
            Self::Plurality { .. } | Self::Irv(_) => 1.0,
            Self::AtLeastShare { share, .. } => 1.0 / (2.0 * share.value()),
            Self::BelowShare { share, .. } => 1.0 / (2.0 * (1.0 - share.value())),
            Self::LastSeat { last_divisor, next_divisor, .. } => {
                f64::midpoint(1.0, f64::from(*next_divisor) / f64::from(*last_divisor))
            }
        }
    }

    /// What a card with these marks in the contest is worth. An overvote is no vote.
    pub fn value(&self, contest: &Contest, marks: &[Mark]) -> f64 {
        if let Self::Irv(assertion) = self {
            return irv(assertion, &ranking(marks));
        }
        let valid = contest.told(marks) == Told::Votes;
        let votes = |choice: ChoiceNo| {
            if valid { marks.iter().filter(|mark| mark.choice == choice).count() } else { 0 }
        };
        match self {
            Self::Plurality { winner, loser } => {
                let (winner, loser) = (votes(*winner).min(1), votes(*loser).min(1));
                // (w - l + 1) / 2
                [0.0, 0.5, 1.0][winner + 1 - loser]
            }
            Self::AtLeastShare { choice, .. } if valid => {
                if votes(*choice) > 0 {
                    self.upper_bound()
                } else {
                    0.0
                }
            }
            Self::BelowShare { choice, .. } if valid => {
                if votes(*choice) > 0 {
                    0.0
                } else {
                    self.upper_bound()
                }
            }
            Self::LastSeat { winner, loser, .. } if valid => {
                if votes(*winner) > 0 {
                    self.upper_bound()
                } else if votes(*loser) > 0 {
                    0.0
                } else {
                    0.5
                }
            }
            _ => 0.5,
        }
    }

    /// What a card is worth on which the contest is, with these marks, or is not.
    pub fn value_of(&self, contest: &Contest, marks: Option<&[Mark]>) -> f64 {
        marks.map_or(0.5, |marks| self.value(contest, marks))
    }

    /// The mean over the cards that say something about it: over those with the contest, or over `population`
    /// cards of which the others are worth 1/2 (cards without the contest, phantoms).
    pub fn mean(&self, columns: &Columns, contest: ContestNo, population: Population) -> f64 {
        let spec = &columns.contests()[usize::from(contest)];
        let (mut sum, mut with) = (0.0, 0_u64);
        for pattern in columns.patterns(contest) {
            // A pattern is valued once; halves of counts below 2^52 are exact.
            sum += self.value(spec, pattern.marks) * count(pattern.cards);
            with += pattern.cards;
        }
        let all = match population {
            Population::WithContest => with,
            Population::Of(cards) => cards.max(with),
        };
        (sum + 0.5 * count(all - with)) / count(all)
    }

    /// The reported margin of the assorter: twice the mean, less 1.
    pub fn margin(&self, columns: &Columns, contest: ContestNo, population: Population) -> f64 {
        2.0 * self.mean(columns, contest, population) - 1.0
    }
}

/// Which cards a mean is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Population {
    /// Those with the contest.
    WithContest,
    /// So many.
    Of(u64),
}

#[expect(clippy::cast_precision_loss, reason = "counts of cards are far below 2^53")]
fn count(cards: u64) -> f64 {
    cards as f64
}

/// The choices in the order of their ranks. A rank with more than one mark ends it, because nobody can tell who was
/// meant; a choice ranked twice counts where it is ranked first, and a rank left out is passed over.
pub fn ranking(marks: &[Mark]) -> Vec<ChoiceNo> {
    let mut order: Vec<ChoiceNo> = Vec::with_capacity(marks.len());
    for same in marks.chunk_by(|one, other| one.rank == other.rank) {
        let [mark] = same else { break };
        if mark.choice == Mark::OVERVOTE {
            break;
        }
        if !order.contains(&mark.choice) {
            order.push(mark.choice);
        }
    }
    order
}

fn irv(assertion: &IrvAssertion, ranking: &[ChoiceNo]) -> f64 {
    let is = |choice: &ChoiceNo, candidate: usize| usize::from(*choice) == candidate;
    match assertion {
        IrvAssertion::NotEliminatedBefore { winner, loser } => {
            if ranking.first().is_some_and(|first| is(first, *winner)) {
                return 1.0;
            }
            let first = ranking.iter().find(|choice| is(choice, *winner) || is(choice, *loser));
            if first.is_some_and(|first| is(first, *loser)) { 0.0 } else { 0.5 }
        }
        IrvAssertion::NotEliminatedNext { winner, loser, continuing } => {
            match ranking.iter().find(|choice| continuing.contains(&usize::from(**choice))) {
                Some(first) if is(first, *winner) => 1.0,
                Some(first) if is(first, *loser) => 0.0,
                _ => 0.5,
            }
        }
    }
}

/// What is known of a drawn card by hand.
#[derive(Debug, Clone, Copy)]
pub enum ByHand<'a> {
    /// It was found and read.
    Card(&'a Card),
    /// It was not found, or there is none: whatever speaks most against the assertion is assumed.
    NotFound,
}

/// What is known of a drawn card by the machine.
#[derive(Debug, Clone, Copy)]
pub enum ByMachine<'a> {
    /// Its CVR.
    Card(&'a Card),
    /// A card of the manifest without a CVR.
    Phantom,
    /// A card of a pool of which only totals are known: the mean of the assorter over the pool (ONEAudit).
    Pool(f64),
}

/// Comparison of cards with their CVRs (SHANGRLA section 3.2).
#[derive(Debug, Clone)]
pub struct Comparison<'a> {
    /// The assorter.
    pub assorter: &'a Assorter,
    /// The contest.
    pub contest: &'a Contest,
    /// Its number on cards.
    pub number: ContestNo,
    /// Its reported margin.
    pub margin: f64,
    /// From which cards is drawn.
    pub style: CardStyle,
}

impl Comparison<'_> {
    /// The value of the comparison that has no error: `1 / (2 - margin/u)`.
    pub fn without_error(&self) -> f64 {
        1.0 / (2.0 - self.margin / self.assorter.upper_bound())
    }

    /// The greatest value that a comparison can have.
    pub fn upper_bound(&self) -> f64 {
        2.0 * self.without_error()
    }

    /// B: the value of one comparison, whose mean over all cards is above 1/2 exactly when the assertion holds.
    pub fn value(&self, machine: ByMachine<'_>, hand: ByHand<'_>) -> f64 {
        (1.0 - self.overstatement(machine, hand) / self.assorter.upper_bound()) * self.without_error()
    }

    /// How much more the CVR is worth than the card: what was overstated.
    ///
    /// A CVR without the contest although the card was drawn for it counts as 1/2 (SHANGRLA issue 104 asks; so does
    /// a phantom). A card without the contest is worth 0 where the style is known (the worst that it could have
    /// hidden) and 1/2 where it is not.
    pub fn overstatement(&self, machine: ByMachine<'_>, hand: ByHand<'_>) -> f64 {
        let reported = match machine {
            ByMachine::Card(card) => self.assorter.value_of(self.contest, card.marks(self.number)),
            ByMachine::Phantom => 0.5,
            ByMachine::Pool(mean) => mean,
        };
        let found = match hand {
            ByHand::NotFound => 0.0,
            ByHand::Card(card) => match (card.marks(self.number), self.style) {
                (Some(marks), _) => self.assorter.value(self.contest, marks),
                (None, CardStyle::Known) => 0.0,
                (None, CardStyle::Unknown) => 0.5,
            },
        };
        reported - found
    }
}
