//! A ballot as it is typed: the fields of its form, what is wrong in them, and what they say in words.
//!
//! Everything here follows from [`ContestForm`]: no figure that a machine has counted can reach these pages.

use scr_audits::workflow::{BallotReading, ContestForm, ContestReading};
use scr_web::{FormState, Visit};
use std::collections::BTreeSet;

/// A contest as the form asks for it.
pub(crate) struct Asked {
    /// The name of its part of the form: `c0`, `c1` …
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) votes_allowed: u64,
    pub(crate) ranked: bool,
    /// The field of each choice with its words.
    pub(crate) choices: Vec<(String, String)>,
}

impl Asked {
    fn of((at, form): (usize, &ContestForm)) -> Self {
        let id = format!("c{at}");
        let choices = (0..).zip(&form.choices);
        Self {
            choices: choices
                .map(|(choice, name): (usize, _)| (format!("{id}-{choice}"), name.clone()))
                .collect(),
            id,
            name: form.name.clone(),
            votes_allowed: form.votes_allowed,
            ranked: form.ranked,
        }
    }

    /// The ranks that can stand beside a choice.
    pub(crate) fn ranks(&self) -> Vec<String> {
        (1..=self.choices.len()).map(|rank| rank.to_string()).collect()
    }

    /// The field of something that can stand there beside the choices.
    pub(crate) fn field(&self, what: &str) -> String {
        format!("{}-{what}", self.id)
    }
}

/// The contests of a form.
pub(crate) fn asked(contests: &[ContestForm]) -> Vec<Asked> {
    contests.iter().enumerate().map(Asked::of).collect()
}

/// What was typed, or what is wrong, which then stands in the form.
pub(crate) fn typed(visit: &Visit, contests: &[ContestForm], form: &mut FormState) -> Option<BallotReading> {
    let comment = form.value("comment").to_owned();
    let asked = asked(contests);
    if form.is("gone", "yes") {
        if asked.iter().any(|contest| !kinds(contest, form).is_empty()) {
            form.reject("gone", visit.t("board-wrong-gone"));
            return None;
        }
        return Some(BallotReading::NotFound { comment });
    }
    let mut readings = Vec::new();
    for contest in &asked {
        match contest_typed(contest, form) {
            Ok(reading) => readings.push(reading),
            Err(wrong) => {
                let args =
                    [("contest", contest.name.as_str().into()), ("most", contest.choices.len().into())];
                // i18n: board-wrong-*
                form.reject(&contest.id, visit.ta(&format!("board-wrong-{wrong}"), &args));
            }
        }
    }
    form.is_fine().then_some(BallotReading::Found { contests: readings, comment })
}

/// The kinds of answers that were given for a contest: one is right.
fn kinds(contest: &Asked, form: &FormState) -> Vec<&'static str> {
    let marked = contest.choices.iter().any(|(field, _)| !form.value(field).is_empty());
    let set = |what: &str| form.is(&contest.field(what), "yes");
    let mut kinds: Vec<&str> = marked.then_some("marks").into_iter().collect();
    kinds.extend(["blank", "absent"].into_iter().filter(|what| set(what)));
    // Whoever says about what they disagree, disagrees.
    if !form.value(&contest.field("note")).is_empty() {
        kinds.push("note");
    }
    // Beside marks a write-in that is no vote stands; alone it leaves the contest blank.
    if set("writein") && !marked && !set("blank") {
        kinds.push("writein");
    }
    kinds
}

/// The reading of a contest, or the end of the key of the text that says what is wrong.
fn contest_typed(contest: &Asked, form: &FormState) -> Result<ContestReading, &'static str> {
    let invalid_write_in = form.is(&contest.field("writein"), "yes");
    match kinds(contest, form)[..] {
        [] => Err("nothing"),
        ["marks"] if contest.ranked => {
            Ok(ContestReading::Votes { choices: ranked(contest, form)?, invalid_write_in })
        }
        ["marks"] => {
            let marked =
                |(choice, (field, _)): (u16, &(String, String))| form.is(field, "yes").then_some(choice);
            let choices: Vec<u16> = (0..).zip(&contest.choices).filter_map(marked).collect();
            if choices.is_empty() {
                Err("nothing")
            } else {
                Ok(ContestReading::Votes { choices, invalid_write_in })
            }
        }
        ["blank" | "writein"] => Ok(ContestReading::Blank { invalid_write_in }),
        ["absent"] => Ok(ContestReading::NotOnBallot),
        ["note"] => Ok(ContestReading::Disagreement { note: form.value(&contest.field("note")).to_owned() }),
        _ => Err("both"),
    }
}

/// The choices in the order of their ranks; ranks that are left out leave nothing between them.
fn ranked(contest: &Asked, form: &FormState) -> Result<Vec<u16>, &'static str> {
    let mut ranks: Vec<(usize, u16)> = Vec::new();
    for (choice, (field, _)) in (0..).zip(&contest.choices) {
        let text = form.value(field);
        if text.is_empty() {
            continue;
        }
        let rank = text.parse().ok().filter(|rank| (1..=contest.choices.len()).contains(rank));
        ranks.push((rank.ok_or("rank")?, choice));
    }
    ranks.sort_unstable();
    let distinct: BTreeSet<usize> = ranks.iter().map(|(rank, _)| *rank).collect();
    if distinct.len() == ranks.len() {
        Ok(ranks.into_iter().map(|(_, choice)| choice).collect())
    } else {
        Err("same-rank")
    }
}

/// The form of a ballot as it was read before.
pub(crate) fn filled(contests: &[ContestForm], reading: &BallotReading) -> FormState {
    let (BallotReading::Found { comment, .. } | BallotReading::NotFound { comment }) = reading;
    let form = FormState::new().with("comment", comment);
    let BallotReading::Found { contests: read, .. } = reading else { return form.with("gone", "yes") };
    asked(contests)
        .iter()
        .zip(read)
        .fold(form, |form, (contest, reading)| contest_filled(contest, reading, form))
}

fn contest_filled(contest: &Asked, reading: &ContestReading, form: FormState) -> FormState {
    let set = |form: FormState, what: &str| form.with(&contest.field(what), "yes");
    match reading {
        ContestReading::Votes { choices, invalid_write_in } => {
            let mark = |form: FormState, (place, choice): (usize, &u16)| {
                let field = contest.field(&choice.to_string());
                if contest.ranked { form.with(&field, place + 1) } else { form.with(&field, "yes") }
            };
            let form = choices.iter().enumerate().fold(form, mark);
            if *invalid_write_in { set(form, "writein") } else { form }
        }
        ContestReading::Blank { invalid_write_in: true } => set(form, "writein"),
        ContestReading::Blank { .. } => set(form, "blank"),
        ContestReading::NotOnBallot => set(form, "absent"),
        ContestReading::Disagreement { note } => form.with(&contest.field("note"), note),
    }
}

/// What a reading says of a contest, to be read aloud.
pub(crate) struct Said {
    pub(crate) contest: String,
    /// Names of choices, in the order of the ranks where voters rank; or the words for what else stands there.
    pub(crate) answers: Vec<Answer>,
    /// An overvote: how many are marked.
    pub(crate) overvote: Option<usize>,
    pub(crate) votes_allowed: u64,
    pub(crate) write_in: bool,
}

/// A choice, or words of ours.
pub(crate) struct Answer {
    pub(crate) text: String,
    /// The rank, where voters rank.
    pub(crate) rank: Option<usize>,
    /// The words are ours or the board's, and no choice.
    pub(crate) is_remark: bool,
}

/// What a reading says, contest by contest; nothing of a ballot that was not found.
pub(crate) fn said(visit: &Visit, contests: &[ContestForm], reading: &BallotReading) -> Vec<Said> {
    let BallotReading::Found { contests: read, .. } = reading else { return Vec::new() };
    contests.iter().zip(read).map(|(form, reading)| contest_said(visit, form, reading)).collect()
}

fn contest_said(visit: &Visit, form: &ContestForm, reading: &ContestReading) -> Said {
    let ours = |text: String| vec![Answer { text, rank: None, is_remark: true }];
    let (answers, write_in) = match reading {
        ContestReading::Votes { choices, invalid_write_in } => {
            let answer = |(place, choice): (usize, &u16)| Answer {
                text: form.choices.get(usize::from(*choice)).cloned().unwrap_or_default(),
                rank: form.ranked.then_some(place + 1),
                is_remark: false,
            };
            (choices.iter().enumerate().map(answer).collect(), *invalid_write_in)
        }
        ContestReading::Blank { invalid_write_in } => (ours(visit.t("board-blank")), *invalid_write_in),
        ContestReading::NotOnBallot => (ours(visit.t("board-absent")), false),
        ContestReading::Disagreement { note } => {
            (ours(visit.ta("board-disagreed-about", &[("note", note.as_str().into())])), false)
        }
    };
    let overvote = reading.is_overvote(form).then_some(answers.len());
    Said { contest: form.name.clone(), answers, overvote, votes_allowed: form.votes_allowed, write_in }
}

#[cfg(test)]
mod tests {
    use super::*;
    use scr_i18n::Lang;

    fn contests() -> Vec<ContestForm> {
        let choices = || vec!["Ada".to_owned(), "Ben".to_owned(), "Cem".to_owned()];
        vec![
            ContestForm { name: "Mayor".into(), choices: choices(), votes_allowed: 1, ranked: false },
            ContestForm { name: "Council".into(), choices: choices(), votes_allowed: 3, ranked: true },
        ]
    }

    fn form(fields: &[(&str, &str)]) -> FormState {
        fields.iter().fold(FormState::new(), |form, (name, value)| form.with(name, value))
    }

    fn read(fields: &[(&str, &str)]) -> Result<BallotReading, Vec<(String, String)>> {
        let visit = Visit::with_texts(Lang::En, &super::super::TEXTS);
        let mut form = form(fields);
        let reading = typed(&visit, &contests(), &mut form);
        reading.ok_or_else(|| form.errors.into_iter().map(|error| (error.field, error.text)).collect())
    }

    fn votes(choices: &[u16], invalid_write_in: bool) -> ContestReading {
        ContestReading::Votes { choices: choices.to_vec(), invalid_write_in }
    }

    fn found(mayor: ContestReading, council: ContestReading) -> BallotReading {
        BallotReading::Found { contests: vec![mayor, council], comment: String::new() }
    }

    #[test]
    fn everything_that_can_stand_on_a_ballot_goes_through_the_form_and_back() {
        let blank = |invalid_write_in| ContestReading::Blank { invalid_write_in };
        let gone = |comment: &str| BallotReading::NotFound { comment: comment.to_owned() };
        let disagreed = ContestReading::Disagreement { note: "Ada or Ben".to_owned() };
        for reading in [
            found(votes(&[1], false), votes(&[2, 0, 1], false)),
            found(votes(&[0, 1, 2], true), votes(&[1], true)),
            found(blank(false), blank(true)),
            found(ContestReading::NotOnBallot, disagreed),
            gone(""),
            gone("the box is empty"),
        ] {
            let mut form = filled(&contests(), &reading);
            let visit = Visit::with_texts(Lang::En, &super::super::TEXTS);
            assert_eq!(typed(&visit, &contests(), &mut form).as_ref(), Some(&reading), "{:?}", form.errors);
            assert_eq!(reading.check(&contests()), Ok(()));
        }
    }

    #[test]
    fn a_form_is_read_as_it_stands() {
        let both = [("c0-0", "yes"), ("c0-2", "yes"), ("c1-1", "3"), ("c1-2", "1")];
        assert_eq!(
            read(&both),
            Ok(found(votes(&[0, 2], false), votes(&[2, 1], false))),
            "an overvote; a rank left out"
        );
        let write_in = [("c0-writein", "yes"), ("c1-writein", "yes"), ("c1-blank", "yes")];
        let blank = || ContestReading::Blank { invalid_write_in: true };
        assert_eq!(read(&write_in), Ok(found(blank(), blank())));
    }

    #[test]
    fn what_is_left_out_or_contradicts_itself_is_asked_again() {
        let wrong = |fields: &[(&str, &str)]| -> Vec<String> {
            read(fields).unwrap_err().into_iter().map(|(field, _)| field).collect()
        };
        assert_eq!(wrong(&[]), ["c0", "c1"]);
        assert_eq!(wrong(&[("c0-0", "yes"), ("c0-blank", "yes"), ("c1-absent", "yes")]), ["c0"]);
        assert_eq!(wrong(&[("c0-absent", "yes"), ("c0-writein", "yes"), ("c1-absent", "yes")]), ["c0"]);
        assert_eq!(wrong(&[("c0-note", "Ada?"), ("c0-0", "yes"), ("c1-absent", "yes")]), ["c0"]);
        assert_eq!(wrong(&[("c0-0", "yes"), ("c1-0", "1"), ("c1-1", "1")]), ["c1"], "one rank twice");
        for rank in ["0", "4", "-1", "first", "99999999999999999999999"] {
            assert_eq!(wrong(&[("c0-0", "yes"), ("c1-0", rank)]), ["c1"], "{rank}");
        }
        assert_eq!(wrong(&[("gone", "yes"), ("c0-0", "yes")]), ["gone"]);
        assert_eq!(wrong(&[("c0-0", "other"), ("c1-absent", "yes")]), ["c0"], "a mark has one value");
    }

    #[test]
    fn an_overvote_is_said_and_ranks_never_are_one() {
        let visit = Visit::with_texts(Lang::En, &super::super::TEXTS);
        let said = said(&visit, &contests(), &found(votes(&[0, 1], false), votes(&[2, 0, 1], false)));
        assert_eq!((said[0].overvote, said[1].overvote), (Some(2), None));
        assert_eq!(said[1].answers[0].rank, Some(1));
        assert_eq!(said[1].answers[0].text, "Cem");
    }
}
