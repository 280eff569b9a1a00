//! What was typed: every mistake next to its field, all at once.

use super::lines::{self, Line};
use super::numbers::{decimal, percent, share, whole};
use scr_audits::plan::{Decimal, Divisors, Reported, Votes};
use scr_i18n::Arg;
use scr_web::{FormState, Visit};

/// Contests of one plan.
pub(super) const MAX_CONTESTS: usize = 5;
/// Choices of one contest.
pub(super) const MAX_CHOICES: usize = 40;
/// Candidates who are ranked.
pub(super) const MAX_RANKED: usize = 6;
/// Lines of rankings.
const MAX_RANKINGS: usize = 100;
/// Ballots of one contest.
pub(super) const MAX_BALLOTS: u64 = 500_000_000;
/// Batches, counted over all contests.
pub(super) const MAX_BATCHES: u64 = 5_000;
/// Seats of one contest.
const MAX_SEATS: u64 = 200;
/// Overstatements in a thousand ballots.
const MAX_ERRORS: f64 = 100.0;
/// Characters of a name.
const MAX_NAME: usize = 100;
/// An address with all its parameters: the links to other languages carry no more.
const MAX_ADDRESS: usize = 4_096;
/// Its parameters, without the language.
const MAX_PAIRS: usize = 39;

/// Fields of the whole plan.
const COMMON: [&str; 3] = ["limit", "errors", "batches"];
/// Fields of each contest; a number follows.
const OF_CONTEST: [&str; 7] = ["name", "rule", "votes", "winners", "marks", "ballots", "share"];

/// What is taken for fields of the whole plan that are empty.
const USUAL: [(&str, &str); 2] = [("limit", "5"), ("errors", "1")];

/// A form in which nothing was typed yet.
pub(super) fn empty() -> FormState {
    USUAL.into_iter().fold(FormState::new(), |form, (field, text)| form.with(field, text))
}

/// Who wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    Most,
    Approval,
    Share,
    Runoff,
    Dhondt,
    SainteLague,
    Ranked,
    Margin,
}

impl Rule {
    pub(super) const ALL: [Self; 8] = [
        Self::Most,
        Self::Approval,
        Self::Share,
        Self::Runoff,
        Self::Dhondt,
        Self::SainteLague,
        Self::Ranked,
        Self::Margin,
    ];

    /// As in an address.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Most => "most",
            Self::Approval => "approval",
            Self::Share => "share",
            Self::Runoff => "runoff",
            Self::Dhondt => "dhondt",
            Self::SainteLague => "sainte-lague",
            Self::Ranked => "ranked",
            Self::Margin => "margin",
        }
    }

    fn has_winners(self) -> bool {
        matches!(self, Self::Most | Self::Approval | Self::Dhondt | Self::SainteLague)
    }

    fn has_share(self) -> bool {
        matches!(self, Self::Share | Self::Dhondt | Self::SainteLague)
    }
}

/// A plan that can be made.
pub(super) struct Wanted {
    /// The risk limit, with its percent sign.
    pub(super) limit: String,
    /// Ballots in a thousand on which the CVR gives the winner one vote too many.
    pub(super) errors: String,
    /// Batches of each contest.
    pub(super) batches: Option<u64>,
    pub(super) contests: Vec<Contest>,
}

/// One contest.
pub(super) struct Contest {
    /// From 1, as in the names of its fields.
    pub(super) number: usize,
    pub(super) name: String,
    pub(super) rule: Rule,
    pub(super) ballots: u64,
    pub(super) reported: Reported,
}

/// What was typed.
pub(super) struct Typed {
    pub(super) form: FormState,
    /// `None`: something is wrong, and the form says what.
    pub(super) wanted: Option<Wanted>,
    /// Nothing was typed.
    pub(super) empty: bool,
}

/// Reads the parameters of an address of this length.
pub(super) fn read(visit: &Visit, pairs: Vec<(String, String)>, address: usize) -> Typed {
    let count = pairs.len();
    let (mut form, mut given) = (FormState::new(), false);
    for (name, value) in pairs {
        let known = COMMON.contains(&name.as_str())
            || (1..=MAX_CONTESTS).any(|number| OF_CONTEST.iter().any(|field| name == at(field, number)));
        if known && !value.trim().is_empty() {
            given = true;
            form = form.with(&name, value);
        }
    }
    // What is left empty stands in the form with the number that is taken for it.
    for (field, text) in USUAL {
        if form.value(field).is_empty() {
            form = form.with(field, text);
        }
    }
    let mut reader = Reader { visit, form };
    if address > MAX_ADDRESS || count > MAX_PAIRS + 1 {
        reader.reject("", "audit-plan-wrong-address", &[("most", MAX_ADDRESS.into())]);
    }
    let wanted = reader.all();
    let fine = reader.form.is_fine();
    Typed { form: reader.form, wanted: wanted.filter(|_| fine), empty: !given }
}

/// The name of a contest's field.
pub(super) fn at(field: &str, number: usize) -> String {
    format!("{field}{number}")
}

struct Reader<'a> {
    visit: &'a Visit,
    form: FormState,
}

impl Reader<'_> {
    fn reject(&mut self, field: &str, key: &str, args: &[(&str, Arg)]) {
        self.form.reject(field, self.visit.ta(key, args));
    }

    fn all(&mut self) -> Option<Wanted> {
        let limit = self.limit();
        let errors = self.errors();
        let numbers: Vec<usize> =
            (1..=MAX_CONTESTS).filter(|number| *number == 1 || self.has(*number)).collect();
        let batches = self.batches(numbers.len());
        let contests: Vec<Option<Contest>> = numbers.into_iter().map(|number| self.contest(number)).collect();
        let contests = contests.into_iter().collect::<Option<Vec<Contest>>>()?;
        Some(Wanted { limit: limit?, errors: errors?, batches, contests })
    }

    /// Whether a contest is typed: its rule always has a value.
    fn has(&self, number: usize) -> bool {
        OF_CONTEST.iter().any(|field| *field != "rule" && !self.form.value(&at(field, number)).is_empty())
    }

    fn limit(&mut self) -> Option<String> {
        let found = percent(self.form.value("limit"));
        if found.is_none() {
            self.reject("limit", "audit-plan-wrong-limit", &[]);
        }
        found
    }

    fn errors(&mut self) -> Option<String> {
        let found = decimal(self.form.value("errors"));
        let found = found.filter(|digits| digits.parse::<f64>().is_ok_and(|errors| errors <= MAX_ERRORS));
        if found.is_none() {
            self.reject("errors", "audit-plan-wrong-errors", &[]);
        }
        found
    }

    fn batches(&mut self, contests: usize) -> Option<u64> {
        let text = self.form.value("batches");
        if text.is_empty() {
            return None;
        }
        let most = MAX_BATCHES / (contests as u64).max(1);
        let found = whole(text).filter(|batches| (2..=most).contains(batches));
        if found.is_none() {
            self.reject("batches", "audit-plan-wrong-batches", &[("most", most.into())]);
        }
        found
    }

    fn contest(&mut self, number: usize) -> Option<Contest> {
        let name = self.name(number);
        let ballots = self.ballots(number);
        let field = at("rule", number);
        let text = self.form.value(&field);
        let rule = if text.is_empty() {
            Some(Rule::Most)
        } else {
            Rule::ALL.into_iter().find(|rule| rule.name() == text)
        };
        let Some(rule) = rule else {
            self.reject(&field, "audit-plan-wrong-rule", &[]);
            return None;
        };
        self.unneeded(number, rule);
        let reported = match rule {
            Rule::Margin => self.margin(number, ballots),
            Rule::Ranked => self.ranked(number, ballots),
            _ => self.votes(number, rule, ballots),
        };
        Some(Contest { number, name: name?, rule, ballots: ballots?, reported: reported? })
    }

    fn name(&mut self, number: usize) -> Option<String> {
        let field = at("name", number);
        let name = self.form.value(&field).to_owned();
        if name.is_empty() {
            return Some(self.visit.ta("audit-plan-contest-number", &[("number", number.into())]));
        }
        if name.chars().count() > MAX_NAME || name.chars().any(char::is_control) {
            self.reject(&field, "audit-plan-wrong-name", &[("most", MAX_NAME.into())]);
            return None;
        }
        Some(name)
    }

    fn ballots(&mut self, number: usize) -> Option<u64> {
        let field = at("ballots", number);
        let found = whole(self.form.value(&field)).filter(|ballots| (1..=MAX_BALLOTS).contains(ballots));
        if found.is_none() {
            self.reject(&field, "audit-plan-wrong-ballots", &[("most", MAX_BALLOTS.into())]);
        }
        found
    }

    /// A number that a rule does not know would be thought to count.
    fn unneeded(&mut self, number: usize, rule: Rule) {
        for (field, needed) in
            [("winners", rule.has_winners()), ("marks", rule == Rule::Most), ("share", rule.has_share())]
        {
            let field = at(field, number);
            if !needed && !self.form.value(&field).is_empty() {
                self.reject(&field, "audit-plan-wrong-unneeded", &[]);
            }
        }
    }

    /// A whole number from 1; `None`, where it is wrong, has its message already.
    fn small(&mut self, field: &str, most: u64, default: Option<u32>, key: &str) -> Option<u32> {
        let text = self.form.value(field);
        let found = if text.is_empty() {
            default
        } else {
            whole(text).filter(|found| (1..=most).contains(found)).and_then(|found| u32::try_from(found).ok())
        };
        if found.is_none() {
            self.reject(field, key, &[("most", most.into())]);
        }
        found
    }

    fn share(&mut self, number: usize, needed: bool) -> Option<Option<Decimal>> {
        let field = at("share", number);
        let text = self.form.value(&field);
        if text.is_empty() && !needed {
            return Some(None);
        }
        let found = share(text);
        if found.is_none() {
            self.reject(&field, "audit-plan-wrong-share", &[]);
        }
        found.map(|share| Some(Decimal(share)))
    }

    fn votes(&mut self, number: usize, rule: Rule, ballots: Option<u64>) -> Option<Reported> {
        let field = at("votes", number);
        let votes = self.choices(&field);
        let choices = votes.as_ref().map_or(MAX_CHOICES, Votes::len) as u64;
        let seats = matches!(rule, Rule::Dhondt | Rule::SainteLague);
        let winners = match rule {
            _ if !rule.has_winners() => Some(1),
            _ if seats => self.small(&at("winners", number), MAX_SEATS, None, "audit-plan-wrong-seats"),
            _ => {
                let most = choices.saturating_sub(1).max(1);
                self.small(&at("winners", number), most, Some(1), "audit-plan-wrong-winners")
            }
        };
        let marks = match rule {
            Rule::Most => self.small(&at("marks", number), choices, Some(1), "audit-plan-wrong-marks"),
            _ => Some(1),
        };
        let share = if rule.has_share() { self.share(number, rule == Rule::Share) } else { Some(None) };
        let (votes, winners, marks, share) = (votes?, winners?, marks?, share?);
        let most = if rule == Rule::Approval { u64::MAX } else { u64::from(marks) };
        self.fit(&field, &votes, ballots?, most)?;
        let divisors = if rule == Rule::Dhondt { Divisors::Dhondt } else { Divisors::SainteLague };
        Some(match rule {
            Rule::Approval => Reported::Approval { votes, winners },
            Rule::Share => Reported::Share { votes, share: share?, valid: None },
            Rule::Runoff => Reported::Runoff { votes, valid: None },
            Rule::Dhondt | Rule::SainteLague => {
                Reported::HighestAverages { votes, seats: winners, divisors, threshold: share }
            }
            Rule::Most | Rule::Ranked | Rule::Margin => {
                Reported::Plurality { votes, winners, votes_allowed: marks, won: Vec::new() }
            }
        })
    }

    /// Votes of at least two choices, a line for each.
    fn choices(&mut self, field: &str) -> Option<Votes> {
        let lines = self.lines(field, MAX_CHOICES, MAX_NAME)?;
        let (mut votes, mut fine) = (Votes::new(), true);
        for line in lines {
            if votes.insert(line.name.clone(), line.count).is_some() {
                let args = [("line", line.place.into()), ("name", line.name.into())];
                self.reject(field, "audit-plan-wrong-twice", &args);
                fine = false;
            }
        }
        if fine && votes.len() < 2 {
            self.reject(field, "audit-plan-wrong-few", &[]);
            fine = false;
        }
        fine.then_some(votes)
    }

    /// Lines with a name and a number each.
    fn lines(&mut self, field: &str, most: usize, longest: usize) -> Option<Vec<Line>> {
        let (lines, wrong) = lines::read(self.form.value(field), longest, MAX_BALLOTS);
        if lines.len() + wrong.len() > most {
            self.reject(field, "audit-plan-wrong-many", &[("most", most.into())]);
            return None;
        }
        for place in &wrong {
            self.reject(field, "audit-plan-wrong-line", &[("line", (*place).into())]);
        }
        wrong.is_empty().then_some(lines)
    }

    /// `Some` where the votes fit on the ballots.
    fn fit(&mut self, field: &str, votes: &Votes, ballots: u64, marks: u64) -> Option<()> {
        let more: Vec<_> = votes.iter().filter(|(_, votes)| **votes > ballots).collect();
        for (name, votes) in &more {
            let args = [("name", (*name).into()), ("votes", (**votes).into()), ("ballots", ballots.into())];
            self.reject(field, "audit-plan-wrong-more", &args);
        }
        let sum = votes.values().fold(0_u64, |sum, votes| sum.saturating_add(*votes));
        if more.is_empty() && sum > ballots.saturating_mul(marks) {
            let args = [("votes", sum.into()), ("ballots", ballots.into()), ("marks", marks.into())];
            self.reject(field, "audit-plan-wrong-sum", &args);
            return None;
        }
        more.is_empty().then_some(())
    }

    fn margin(&mut self, number: usize, ballots: Option<u64>) -> Option<Reported> {
        let field = at("votes", number);
        let margin =
            whole(self.form.value(&field)).filter(|margin| *margin <= ballots.unwrap_or(MAX_BALLOTS));
        if margin.is_none() {
            self.reject(&field, "audit-plan-wrong-margin", &[]);
        }
        margin.map(|margin| Reported::Margin { margin })
    }

    fn ranked(&mut self, number: usize, ballots: Option<u64>) -> Option<Reported> {
        let field = at("votes", number);
        let lines = self.lines(&field, MAX_RANKINGS, MAX_NAME * MAX_RANKED)?;
        let wrong = lines::rankings(&lines);
        match wrong {
            Err(place) => {
                self.reject(&field, "audit-plan-wrong-ranking", &[("line", place.into())]);
                None
            }
            Ok((candidates, _)) if candidates.len() > MAX_RANKED => {
                self.reject(&field, "audit-plan-wrong-candidates", &[("most", MAX_RANKED.into())]);
                None
            }
            Ok((candidates, _)) if candidates.len() < 2 => {
                self.reject(&field, "audit-plan-wrong-few", &[]);
                None
            }
            Ok((candidates, rankings)) => {
                let sum = rankings.iter().fold(0_u64, |sum, ranking| sum.saturating_add(ranking.ballots));
                let ballots = ballots?;
                if sum > ballots {
                    let args = [("votes", sum.into()), ("ballots", ballots.into()), ("marks", 1.into())];
                    self.reject(&field, "audit-plan-wrong-sum", &args);
                    return None;
                }
                Some(Reported::InstantRunoff { candidates, rankings, winner: None })
            }
        }
    }
}
