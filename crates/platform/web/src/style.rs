//! The style guide: every pattern with its states, on one page.

use crate::components::{
    Answer, Choice, Column, Crumb, Difference, DifferenceRow, FilterGroup, Frame, Moment, Pager, ProblemLine,
    Progress, Search, SignOff, Signer, Sort, Tag, Task, Tone,
};
use crate::forms::FormState;
use crate::problem::page;
use crate::seal::{Seal, SealState};
use crate::visit::Visit;
use askama::Template;
use axum::response::Response;
use scr_charts::{Bar, Colour, Tile};

/// Polls of the second round in Poland closed; the samples' time.
const SAMPLE_AT: i64 = 1_748_804_400;

#[derive(Template)]
#[template(path = "style.html")]
pub(crate) struct StylePage {
    visit: Visit,
    crumbs: Vec<Crumb>,
    seals: Vec<Seal>,
    tags: Vec<Tag>,
    tasks: Vec<Task>,
    groups: Vec<FilterGroup>,
    search: Option<Search>,
    columns: Vec<Column>,
    pager: Pager,
    form: FormState,
    steps: Vec<&'static str>,
    options: Vec<(&'static str, &'static str)>,
    answers: Vec<Answer>,
    difference: Difference,
    problems: Vec<ProblemLine>,
    progress: Progress,
    sign_off: SignOff,
    moments: Vec<Moment>,
    chart: Frame,
    map: Frame,
    deadline_at: i64,
}

pub(crate) async fn show(visit: Visit) -> Response {
    page(&samples(visit))
}

fn samples(visit: Visit) -> StylePage {
    let mut form = FormState::new().with("votes", "1,0O4").with("name", "North");
    form.reject("votes", "Enter the number with digits only, for instance 1004");
    StylePage {
        crumbs: vec![Crumb::new("/", "Elections"), Crumb::new("/style", "Design")],
        seals: seals(),
        tags: tags(),
        tasks: tasks(),
        groups: filters(),
        search: Some(Search {
            action: "/style".into(),
            label: "Station".into(),
            value: String::new(),
            keep: vec![],
        }),
        columns: columns(),
        pager: Pager {
            shown: 3,
            total: Some(10_004),
            first: None,
            next: Some("/style?after=3".into()),
            csv: Some("/style.csv".into()),
        },
        form,
        steps: vec!["Choose a file", "Match the columns", "Check", "Done"],
        options: vec!["first", "second"].into_iter().zip(["First count", "Second count"]).collect(),
        answers: vec![answer("Source", "Electoral commission"), answer("Rows", "10,004")],
        difference: difference(),
        problems: problems(),
        progress: Progress {
            title: "Reading results.csv".into(),
            done: 6_210,
            total: 10_004,
            per_second: Some(2_100),
            remaining_seconds: Some(2),
        },
        sign_off: sign_off(),
        moments: moments(),
        chart: chart(&visit),
        map: map(&visit),
        deadline_at: SAMPLE_AT + 172_800,
        visit,
    }
}

const CONFIRMED: SealState =
    SealState::Confirmed { given: 3, of: 4, enough: true, since: Some(SAMPLE_AT + 12) };
const TOO_FEW: SealState = SealState::Confirmed { given: 1, of: 4, enough: false, since: None };

fn seal(state: SealState) -> Seal {
    Seal { state, at: Some(SAMPLE_AT), href: "/receipts/17".into() }
}

fn seals() -> Vec<Seal> {
    [CONFIRMED, TOO_FEW, SealState::Operator, SealState::Waiting, SealState::Absent, SealState::Contradicted]
        .map(seal)
        .into()
}

fn tags() -> Vec<Tag> {
    vec![
        Tag::new(Tone::Plain, "not started"),
        Tag::new(Tone::Good, "complete"),
        Tag::new(Tone::Note, "under way"),
        Tag::new(Tone::Warn, "needs a look"),
        Tag::new(Tone::Alarm, "contradicted"),
    ]
}

fn tasks() -> Vec<Task> {
    let task = |text: &str, hint: &str, tag| Task {
        href: "/style".into(),
        text: text.into(),
        hint: Some(hint.into()),
        tag: Some(tag),
    };
    vec![
        task(
            "Resolve 3 sheets that differ",
            "Two clerks typed different figures",
            Tag::new(Tone::Warn, "needs a look"),
        ),
        task(
            "Import results of the second source",
            "The observers' file arrived at 21:40",
            Tag::new(Tone::Plain, "not started"),
        ),
    ]
}

fn filters() -> Vec<FilterGroup> {
    let choice = |text: &str, count, current| Choice {
        href: "/style".into(),
        text: text.into(),
        count: Some(count),
        current,
    };
    let choices =
        vec![choice("All", 10_004, true), choice("Counted", 9_812, false), choice("Missing", 192, false)];
    vec![FilterGroup { label: "State".into(), choices }]
}

fn columns() -> Vec<Column> {
    let sort = |ascending| Some(Sort { href: "/style?sort=station".into(), ascending });
    vec![
        Column { text: "Station".into(), numeric: false, sort: sort(Some(true)) },
        Column { text: "Valid votes".into(), numeric: true, sort: sort(None) },
        Column { text: "State".into(), numeric: false, sort: None },
    ]
}

fn answer(question: &str, answer: &str) -> Answer {
    Answer { question: question.into(), answer: answer.into(), change: Some("/style".into()) }
}

fn difference() -> Difference {
    let row = |label: &str, left: &str, right: &str| DifferenceRow {
        label: label.into(),
        left: left.into(),
        right: right.into(),
    };
    Difference {
        title: "Station 146501-12, two entries".into(),
        left: "First entry".into(),
        right: "Second entry".into(),
        rows: vec![
            row("Ballots cast", "1,004", "1,004"),
            row("Invalid", "12", "21"),
            row("Valid", "992", "983"),
        ],
    }
}

fn problems() -> Vec<ProblemLine> {
    let line = |place: &str, tone, word: &str, text: &str, code: &str| ProblemLine {
        place: place.into(),
        tag: Tag::new(tone, word),
        text: text.into(),
        code: code.into(),
    };
    vec![
        line(
            "Row 41, votes_valid",
            Tone::Alarm,
            "error",
            "“12a” is not a number. Correct the cell.",
            "SCR-EXAMPLE-1",
        ),
        line(
            "Row 77, unit",
            Tone::Warn,
            "warning",
            "The registry has no 146501-99. Closest: 146501-09.",
            "SCR-EXAMPLE-2",
        ),
    ]
}

fn sign_off() -> SignOff {
    let signer = |name: &str, capacity: &str, at| Signer { name: name.into(), capacity: capacity.into(), at };
    SignOff {
        title: "Publish the results of the first round".into(),
        needed: 2,
        signers: vec![
            signer("A. Nowak", "Chair", Some(SAMPLE_AT)),
            signer("M. Zielińska", "Deputy chair", None),
        ],
        digest: "3c9f0b6a51de77aa04c1f2b8".into(),
    }
}

fn moments() -> Vec<Moment> {
    vec![
        Moment {
            at: SAMPLE_AT + 900,
            text: "Second entry typed".into(),
            seal: Some(seal(SealState::Operator)),
        },
        Moment { at: SAMPLE_AT, text: "First entry typed".into(), seal: Some(seal(CONFIRMED)) },
    ]
}

fn chart(visit: &Visit) -> Frame {
    let total = 20_000;
    let bar = |label: &str, value: u64, n| {
        let share = visit.texts().share(value, total, 1).unwrap_or_default();
        Bar {
            label: label.into(),
            value,
            figure: format!("{} ({share})", visit.texts().number(value)),
            colour: Colour::Mark(n),
        }
    };
    let data = [
        bar("Ada Lindqvist", 9_120, 1),
        bar("Komitet Wyborczy Wyborców Bartosza Kowalskiego", 7_654, 2),
        bar("سلمى حداد", 3_226, 3),
    ];
    Frame {
        title: "Lindqvist leads with 45.6% of 20,000 valid votes".into(),
        subtitle: "Votes, 9,812 of 10,004 polling stations. Example data.".into(),
        svg: scr_charts::bars("Votes by contestant", "Example data", &data, total, visit.is_rtl()),
        svg_href: Some("/style.svg".into()),
        csv_href: Some("/style.csv".into()),
    }
}

fn map(visit: &Visit) -> Frame {
    let tile = |i: usize| Tile {
        text: format!("Station {i}"),
        colour: if i.is_multiple_of(17) { Colour::Missing } else { Colour::Step(1 + i * 7 % 5) },
    };
    let units: Vec<Tile> = (1..=180).map(tile).collect();
    Frame {
        title: "170 of 180 stations have reported".into(),
        subtitle: "One square per station. Example data.".into(),
        svg: scr_charts::tiles("Turnout by station", "Example data", &units, visit.is_rtl()),
        svg_href: None,
        csv_href: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use scr_i18n::Lang;

    #[test]
    fn every_pattern_renders_in_every_language_without_style_or_script() {
        for lang in Lang::ALL {
            let html = samples(Visit::for_tests(lang)).render().unwrap();
            assert!(html.contains(&format!("lang=\"{}\" dir=\"{}\"", lang.code(), lang.dir())));
            for forbidden in ["style=\"", "<script", "onclick", "[shell-", "[seal-"] {
                assert!(!html.contains(forbidden), "{forbidden}");
            }
            assert!(html.len() < 100_000, "{}", html.len());
        }
    }
}
