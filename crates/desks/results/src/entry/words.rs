//! Names of lines, states, steps and warnings in the reader's language.

use super::data::Opening;
use super::paper::{Warning, field_column, vote_column};
use scr_results::field;
use scr_results::sheet::{Numbers, SheetState};
use scr_web::components::{Tag, Tone};
use scr_web::{FormState, Visit};

/// The name of a line of the sheet; a line that only a rule pack knows keeps its own.
pub(crate) fn field_name(visit: &Visit, name: &str) -> String {
    if field::STANDARD.contains(&name) {
        // i18n: entry-field-*
        visit.t(&format!("entry-field-{}", name.replace('_', "-")))
    } else {
        name.replace('_', " ")
    }
}

/// A state as a tag.
pub(crate) fn state_tag(visit: &Visit, state: &str) -> Tag {
    let tone = match state {
        "signed" => Tone::Good,
        "differs" | "warned" => Tone::Warn,
        "empty" => Tone::Plain,
        _ => Tone::Note,
    };
    Tag::new(tone, state_name(visit, state))
}

/// A state in words.
pub(crate) fn state_name(visit: &Visit, state: &str) -> String {
    // i18n: entry-state-*
    visit.t(&format!("entry-state-{state}"))
}

/// A step of a sheet's history in words.
pub(crate) fn step_name(visit: &Visit, step: &str) -> String {
    // i18n: entry-step-*
    visit.t(&format!("entry-step-{step}"))
}

/// The colour of a state in bars: the same on every page.
pub(crate) fn state_colour(state: SheetState) -> usize {
    match state {
        SheetState::Signed => 4,
        SheetState::Ready => 1,
        SheetState::Warned => 6,
        SheetState::Differs => 2,
        SheetState::EnteredOnce => 3,
        SheetState::Empty => 7,
    }
}

/// What a warning says, with its two numbers.
pub(crate) fn warning_text(visit: &Visit, opening: &Opening, warning: &Warning) -> String {
    let rule = warning.id.split_once('/').and_then(|(_, rule)| {
        let pack = opening.paper.pack()?;
        pack.rules.iter().find(|one| one.id == rule).map(|one| one.text.get(visit.lang_code()).to_owned())
    });
    match (rule, warning.left, warning.right) {
        (Some(rule), Some(left), Some(right)) => visit.ta(
            "entry-warning-rule",
            &[("rule", rule.into()), ("left", left.into()), ("right", right.into())],
        ),
        (_, Some(left), Some(right)) => {
            // i18n: entry-warning-*
            let key = format!("entry-warning-{}", warning.id);
            visit.ta(&key, &[("left", left.into()), ("right", right.into())])
        }
        _ => visit.t("entry-warning-numberless"),
    }
}

/// One line of the sheet on a page.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) column: String,
    pub(crate) label: String,
    pub(crate) group: String,
    /// True for a contestant.
    pub(crate) is_vote: bool,
    /// As typed, or as a number.
    pub(crate) value: String,
    pub(crate) error: Option<String>,
    /// The person says that the paper states no number.
    pub(crate) none: bool,
    /// The cursor begins here.
    pub(crate) focus: bool,
}

/// All lines as on the paper.
pub(crate) fn lines(visit: &Visit, opening: &Opening) -> Vec<Line> {
    let line = |column: String, label: String, group: String, is_vote: bool| Line {
        column,
        label,
        group,
        is_vote,
        value: String::new(),
        error: None,
        none: false,
        focus: false,
    };
    let fields = opening
        .paper
        .fields
        .iter()
        .map(|name| line(field_column(name), field_name(visit, name), String::new(), false));
    let votes =
        opening.paper.contestants.iter().map(|one| {
            line(vote_column(&one.id), one.name.clone(), one.group.clone().unwrap_or_default(), true)
        });
    fields.chain(votes).collect()
}

/// The lines with these numbers.
pub(crate) fn lines_with(visit: &Visit, opening: &Opening, numbers: &Numbers) -> Vec<Line> {
    let mut all = lines(visit, opening);
    for line in &mut all {
        line.value = number_text(visit, numbers.get(&line.column).copied().flatten());
    }
    all
}

/// The lines as somebody typed them, with what is wrong. The cursor goes to the first that is, or to
/// the first.
pub(crate) fn lines_typed(visit: &Visit, opening: &Opening, form: &FormState) -> Vec<Line> {
    let mut all = lines(visit, opening);
    for line in &mut all {
        form.value(&line.column).clone_into(&mut line.value);
        line.error = form.error(&line.column).map(str::to_owned);
        line.none = form.is(&none_field(&line.column), "yes");
    }
    let at = all.iter().position(|line| line.error.is_some()).unwrap_or(0);
    if let Some(line) = all.get_mut(at) {
        line.focus = true;
    }
    all
}

/// The field that says: the paper states no number here.
pub(crate) fn none_field(column: &str) -> String {
    format!("none-{column}")
}

/// A number, or the words for none.
pub(crate) fn number_text(visit: &Visit, value: Option<u64>) -> String {
    value.map_or_else(|| visit.t("entry-no-number"), |value| visit.texts().number(value))
}

/// What was typed into one field: digits of any script that has them; nothing only with a word.
pub(crate) fn typed_number(visit: &Visit, form: &mut FormState, column: &str) -> Option<u64> {
    let text = form.value(column).to_owned();
    let none = form.is(&none_field(column), "yes") || text == "-";
    if text.is_empty() || none {
        if !none {
            form.reject(column, visit.t("entry-wrong-empty"));
        }
        return None;
    }
    let digits: Option<String> = text.chars().map(ascii_digit).collect();
    let value = digits.filter(|digits| digits.len() <= 10).and_then(|digits| digits.parse::<u64>().ok());
    let value = value.filter(|value| *value <= scr_results::MAX_VALUE);
    if value.is_none() {
        form.reject(column, visit.t("error-scr-res-313"));
    }
    value
}

/// Western, Arabic-Indic and Persian digits: whatever the keyboard gives.
fn ascii_digit(c: char) -> Option<char> {
    let value = match c {
        '0'..='9' => u32::from(c) - u32::from('0'),
        '٠'..='٩' => u32::from(c) - u32::from('٠'),
        '۰'..='۹' => u32::from(c) - u32::from('۰'),
        _ => return None,
    };
    char::from_digit(value, 10)
}

/// All numbers of the form; what is wrong stands in the form.
pub(crate) fn typed_numbers(visit: &Visit, opening: &Opening, form: &mut FormState) -> Numbers {
    let columns = opening.paper.columns();
    columns
        .into_iter()
        .map(|column| {
            let value = typed_number(visit, form, &column);
            (column, value)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use scr_i18n::Lang;

    #[test]
    fn digits_of_each_script_are_read_and_nothing_else() {
        let visit = Visit::with_texts(Lang::En, super::super::ALL_TEXTS);
        let read = |text: &str| {
            let mut form = FormState::new().with("f", text);
            let value = typed_number(&visit, &mut form, "f");
            (value, form.is_fine())
        };
        for text in ["412", "٤١٢", "۴۱۲", " 412 "] {
            assert_eq!(read(text), (Some(412), true), "{text}");
        }
        assert_eq!(read("-"), (None, true));
        for wrong in ["", "4l2", "-3", "1.5", "1 000", "4294967295", "99999999999", "²"] {
            assert_eq!(read(wrong), (None, false), "{wrong}");
        }
    }
}
