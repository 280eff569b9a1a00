//! A contest as it is typed: choices with their votes, and the outcome that follows from them under its law.

use scr_audits::assorter::Share;
use scr_audits::contest::Outcome;
use scr_audits::decimal::RiskLimit;
use scr_audits::record::{Contest, Method};
use scr_web::{FormState, Visit};
use std::cmp::Reverse;

/// The laws that can be chosen with a method, by their names in the form.
pub(super) fn laws(method: Method) -> &'static [&'static str] {
    match method {
        Method::AssertionComparison => &["most", "share", "runoff", "ranked", "dhondt", "sainte-lague"],
        Method::AssertionPolling => &["most", "share", "runoff", "dhondt", "sainte-lague"],
        Method::BatchComparison => &["most", "majority"],
        _ => &["most"],
    }
}

/// A line such as `Ann Lee 1234`, `Ann Lee: 1234` or `Ann Lee; 1234`.
fn line(text: &str) -> Option<(String, u64)> {
    let digits = text.trim_end().rsplit(|letter: char| !letter.is_ascii_digit()).next()?;
    let votes = digits.parse().ok().filter(|votes| *votes < 1 << 53)?;
    let name = text.trim_end().strip_suffix(digits)?;
    // Without anything between, the digits are the name's.
    let name = name.strip_suffix(|letter: char| letter.is_whitespace() || ":;,=".contains(letter))?;
    let name = name.trim_end_matches(|letter: char| letter.is_whitespace() || ":;,=".contains(letter)).trim();
    (!name.is_empty()).then(|| (name.to_owned(), votes))
}

/// The lines of a contest, as [`contest`] reads them.
pub(super) fn lines(contest: &Contest) -> String {
    let line = |(name, votes): (&String, &u64)| format!("{name}: {votes}");
    contest.choices.iter().zip(&contest.votes).map(line).collect::<Vec<_>>().join("\n")
}

/// The contest in a form. What is wrong stands at its field.
pub(super) fn contest(visit: &Visit, form: &mut FormState, method: Method) -> Option<Contest> {
    let (choices, votes) = choices(visit, form);
    let number = |form: &mut FormState, field: &str, least: u64| {
        let value = form.value(field).parse::<u64>().ok();
        let value = value.filter(|value| (least..1 << 53).contains(value));
        if value.is_none() {
            form.reject(field, visit.ta("audits-wrong-number", &[("least", least.into())]));
        }
        value.unwrap_or(least)
    };
    let name = form.value("name").to_owned();
    if name.is_empty() || name.len() > 200 {
        form.reject("name", visit.ta("audits-wrong-text", &[("max", 200.into())]));
    }
    let winners = number(form, "winners", 1);
    let votes_allowed = number(form, "votes_allowed", 1);
    let ballots = number(form, "ballots", 1);
    let limit = RiskLimit::parse(form.value("risk_limit"));
    if limit.is_err() {
        form.reject("risk_limit", visit.t("error-scr-aud-050"));
    }
    let mut contest = Contest {
        name,
        choices,
        votes,
        winners: usize::try_from(winners).unwrap_or(usize::MAX),
        votes_allowed,
        ballots,
        risk_limit: limit.map(|limit| limit.to_string()).unwrap_or_default(),
        targeted: !form.is("targeted", "no"),
        ..Contest::default()
    };
    if form.is_fine() {
        outcome(visit, form, method, &mut contest);
    }
    form.is_fine().then_some(contest)
}

fn choices(visit: &Visit, form: &mut FormState) -> (Vec<String>, Vec<u64>) {
    let typed = form.value("choices").to_owned();
    let mut found = Vec::new();
    for (number, text) in (1_usize..).zip(typed.lines()).filter(|(_, text)| !text.trim().is_empty()) {
        match line(text) {
            Some(one) => found.push(one),
            None => {
                form.reject("choices", visit.ta("audits-wrong-choice", &[("line", number.into())]));
                break;
            }
        }
    }
    if form.error("choices").is_none() && found.len() < 2 {
        form.reject("choices", visit.t("audits-wrong-choices"));
    }
    found.into_iter().unzip()
}

/// The outcome that follows from the votes under the law that was chosen.
fn outcome(visit: &Visit, form: &mut FormState, method: Method, contest: &mut Contest) {
    let law = form.value("law").to_owned();
    if !laws(method).contains(&law.as_str()) {
        return form.reject("law", visit.t("audits-wrong-law"));
    }
    let places: Vec<u16> = (0..).take(contest.choices.len()).collect();
    match law.as_str() {
        "majority" => contest.runoff = true,
        "share" => {
            let Some(share) = share(form.value("share")) else {
                return form.reject("share", visit.t("audits-wrong-share"));
            };
            let over = |place: &u16| over(contest.votes[usize::from(*place)], valid(contest), share);
            let winners: Vec<u16> = places.iter().copied().filter(over).collect();
            contest.winners = winners.len().max(1);
            contest.rule = Some(Outcome::Share { share, winners });
        }
        "runoff" => {
            let share = Share { numerator: 1, denominator: 2 };
            let mut order = places;
            order.sort_by_key(|place| (Reverse(contest.votes[usize::from(*place)]), *place));
            let first = contest.votes[usize::from(order[0])];
            order.truncate(if over(first, valid(contest), share) { 1 } else { 2 });
            contest.winners = order.len();
            contest.rule = Some(Outcome::Runoff { share, advancing: order });
        }
        "ranked" => {
            let winner = contest.choices.iter().position(|choice| form.is("winner", choice));
            let Some(winner) = winner.and_then(|at| u16::try_from(at).ok()) else {
                return form.reject("winner", visit.t("audits-wrong-winner"));
            };
            contest.winners = 1;
            contest.rule = Some(Outcome::InstantRunoff { winner });
        }
        "dhondt" | "sainte-lague" => lists(visit, form, &law, contest),
        _ => {}
    }
}

/// Ballots with a valid vote, where a voter has one.
fn valid(contest: &Contest) -> u64 {
    contest.votes.iter().fold(0, |sum, votes| sum.saturating_add(*votes))
}

fn over(votes: u64, valid: u64, share: Share) -> bool {
    u128::from(votes) * u128::from(share.denominator) > u128::from(valid) * u128::from(share.numerator)
}

/// `2/3`.
fn share(text: &str) -> Option<Share> {
    let (numerator, denominator) = text.split_once('/')?;
    let (numerator, denominator) = (numerator.trim().parse().ok()?, denominator.trim().parse().ok()?);
    (0 < numerator && numerator < denominator && denominator <= 1_000_000)
        .then_some(Share { numerator, denominator })
}

/// Seats go one after another to the list with the highest quotient, of those that reach the threshold where there is
/// one. Where two have the same for the last seat the check before the commitment says that no sample could confirm who
/// has it.
fn lists(visit: &Visit, form: &mut FormState, law: &str, contest: &mut Contest) {
    let seats = contest.winners;
    if seats > 1_000 {
        return form.reject("winners", visit.t("audits-wrong-seats"));
    }
    let typed = form.value("share").to_owned();
    let threshold = share(&typed);
    let valid = valid(contest);
    let reaches = |votes: u64, of: Share| {
        u128::from(votes) * u128::from(of.denominator) >= u128::from(valid) * u128::from(of.numerator)
    };
    let let_in = |at: &usize| threshold.is_none_or(|of| reaches(contest.votes[*at], of));
    let let_in: Vec<usize> = (0..contest.votes.len()).filter(let_in).collect();
    if let_in.is_empty() || (threshold.is_none() && !typed.is_empty()) {
        return form.reject("share", visit.t("audits-wrong-share"));
    }
    let step = if law == "dhondt" { 1 } else { 2 };
    let divisors: Vec<u32> = (0..).take(seats + 1).map(|at: u32| at * step + 1).collect();
    let mut won = vec![0_u32; contest.choices.len()];
    for _ in 0..seats {
        let quotient = |at: usize| (u128::from(contest.votes[at]), u128::from(divisors[won[at] as usize]));
        let higher = |one: usize, other: usize| {
            let ((votes, divisor), (others, by)) = (quotient(one), quotient(other));
            (votes * by).cmp(&(others * divisor)).then(other.cmp(&one))
        };
        let Some(next) = let_in.iter().copied().max_by(|one, other| higher(*one, *other)) else { return };
        won[next] += 1;
    }
    contest.rule = Some(Outcome::HighestAverages { seats: won, divisors, threshold });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_in_votes() {
        for (text, name, votes) in [
            ("Ann Lee 1234", "Ann Lee", 1234),
            ("Ann Lee: 1234 ", "Ann Lee", 1234),
            ("Measure 7; 0", "Measure 7", 0),
            ("Lee, Ann, 12", "Lee, Ann", 12),
            ("List 9\t15", "List 9", 15),
        ] {
            assert_eq!(line(text), Some((name.to_owned(), votes)), "{text}");
        }
        for text in ["Ann Lee", "1234", ": 5", "Ann5", "Ann 99999999999999999999"] {
            assert_eq!(line(text), None, "{text}");
        }
    }

    #[test]
    fn seats_go_to_the_highest_quotients() {
        // Wikipedia, "D'Hondt method": 100,000, 80,000, 30,000, 20,000 votes and eight seats.
        let mut contest = Contest {
            choices: ["A", "B", "C", "D"].map(str::to_owned).to_vec(),
            votes: vec![100_000, 80_000, 30_000, 20_000],
            winners: 8,
            ..Contest::default()
        };
        let visit = Visit::for_tests(scr_i18n::Lang::En);
        let mut seats = |law| {
            lists(&visit, &mut FormState::new(), law, &mut contest);
            match &contest.rule {
                Some(Outcome::HighestAverages { seats, .. }) => seats.clone(),
                _ => Vec::new(),
            }
        };
        assert_eq!((seats("dhondt"), seats("sainte-lague")), (vec![4, 3, 1, 0], vec![3, 3, 1, 1]));
    }

    /// Hainaut, Chamber of Representatives, 2024: ecolo is below 5 % of the valid votes, and has no seat.
    #[test]
    fn a_list_below_the_threshold_has_no_seat() {
        let votes =
            [192_759, 213_501, 114_559, 103_339, 14_184, 15_189, 36_750, 2_426, 7_201, 4_680, 22_039, 13_224];
        let choices = votes.iter().map(u64::to_string).collect();
        let mut contest = Contest { choices, votes: votes.to_vec(), winners: 17, ..Contest::default() };
        let visit = Visit::for_tests(scr_i18n::Lang::En);
        let mut seats = |share: &str| {
            let mut form = FormState::new().with("share", share);
            lists(&visit, &mut form, "dhondt", &mut contest);
            match &contest.rule {
                Some(Outcome::HighestAverages { seats, .. }) if form.is_fine() => seats[..7].to_vec(),
                _ => Vec::new(),
            }
        };
        assert_eq!(seats("1/20"), [5, 6, 3, 3, 0, 0, 0], "as the official result has it");
        assert_eq!(seats(""), [5, 6, 3, 2, 0, 0, 1]);
        assert_eq!((seats("5%"), seats("9/10")), (Vec::new(), Vec::new()));
    }

    #[test]
    fn shares_are_fractions() {
        assert_eq!(share("2/3"), Some(Share { numerator: 2, denominator: 3 }));
        assert!(["", "0.5", "3/2", "0/3", "1/0", "1/1"].iter().all(|text| share(text).is_none()));
        assert!(over(67, 100, Share { numerator: 2, denominator: 3 }));
        assert!(!over(50, 100, Share { numerator: 1, denominator: 2 }));
    }
}
