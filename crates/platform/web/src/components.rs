//! What the macros of `components.html` are given.

use crate::visit::Visit;

/// The colour family of a tag; the word beside it says the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// No judgement.
    Plain,
    /// Done, complete.
    Good,
    /// For information, under way.
    Note,
    /// Needs a look.
    Warn,
    /// Needs somebody now.
    Alarm,
}

impl Tone {
    /// The class in the style sheet.
    pub fn class(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Good => "good",
            Self::Note => "note",
            Self::Warn => "warn",
            Self::Alarm => "alarm",
        }
    }
}

/// A short word with a tone.
#[derive(Debug, Clone)]
pub struct Tag {
    /// Its tone.
    pub tone: Tone,
    /// The word.
    pub text: String,
}

impl Tag {
    /// A tag.
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self { tone, text: text.into() }
    }
}

/// A page above this one.
#[derive(Debug, Clone)]
pub struct Crumb {
    /// Its address.
    pub href: String,
    /// Its name.
    pub text: String,
}

impl Crumb {
    /// A breadcrumb.
    pub fn new(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self { href: href.into(), text: text.into() }
    }
}

/// Something that needs the person.
#[derive(Debug, Clone)]
pub struct Task {
    /// Where to do it.
    pub href: String,
    /// What to do.
    pub text: String,
    /// Why, or until when.
    pub hint: Option<String>,
    /// Its state.
    pub tag: Option<Tag>,
}

/// A row of filters over a table.
#[derive(Debug, Clone)]
pub struct FilterGroup {
    /// What is filtered.
    pub label: String,
    /// The choices, each a link.
    pub choices: Vec<Choice>,
}

/// One choice of a filter.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The address with this choice taken.
    pub href: String,
    /// Its name.
    pub text: String,
    /// How many rows it leaves.
    pub count: Option<u64>,
    /// True when it is taken now.
    pub current: bool,
}

/// A search box over a table; it keeps the other filters.
#[derive(Debug, Clone)]
pub struct Search {
    /// The page's path.
    pub action: String,
    /// What is searched.
    pub label: String,
    /// What was searched for.
    pub value: String,
    /// Other parameters to keep.
    pub keep: Vec<(String, String)>,
}

/// A column of a table.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its heading.
    pub text: String,
    /// Numbers stand at the end of the cell.
    pub numeric: bool,
    /// The link that sorts by it.
    pub sort: Option<Sort>,
}

/// How a column is sorted, and the link that changes it.
#[derive(Debug, Clone)]
pub struct Sort {
    /// The address that sorts by this column, or turns its order round.
    pub href: String,
    /// `None`: the table is sorted by another column.
    pub ascending: Option<bool>,
}

impl Sort {
    /// The value of `aria-sort`.
    pub fn aria(&self) -> &'static str {
        match self.ascending {
            None => "none",
            Some(true) => "ascending",
            Some(false) => "descending",
        }
    }

    /// An arrow, or nothing.
    pub fn arrow(&self) -> &'static str {
        match self.ascending {
            None => "",
            Some(true) => "▲",
            Some(false) => "▼",
        }
    }
}

/// Keyset paging under a table.
#[derive(Debug, Clone, Default)]
pub struct Pager {
    /// Rows on this page.
    pub shown: u64,
    /// Rows in all, where that is known cheaply.
    pub total: Option<u64>,
    /// The first page, unless this is it.
    pub first: Option<String>,
    /// The next page, where there is one.
    pub next: Option<String>,
    /// Exactly these rows as CSV.
    pub csv: Option<String>,
}

/// One line of a check-your-answers page.
#[derive(Debug, Clone)]
pub struct Answer {
    /// What was asked.
    pub question: String,
    /// What was answered.
    pub answer: String,
    /// Where to change it.
    pub change: Option<String>,
}

/// Two entries side by side.
#[derive(Debug, Clone)]
pub struct Difference {
    /// What is compared.
    pub title: String,
    /// Whose entry stands first.
    pub left: String,
    /// Whose entry stands second.
    pub right: String,
    /// The fields.
    pub rows: Vec<DifferenceRow>,
}

/// One field of two entries.
#[derive(Debug, Clone)]
pub struct DifferenceRow {
    /// The field.
    pub label: String,
    /// The first value as shown.
    pub left: String,
    /// The second value as shown.
    pub right: String,
}

impl DifferenceRow {
    /// True when the two values are not the same.
    pub fn differs(&self) -> bool {
        self.left != self.right
    }
}

/// One problem of a file.
#[derive(Debug, Clone)]
pub struct ProblemLine {
    /// Where: line and column.
    pub place: String,
    /// How grave.
    pub tag: Tag,
    /// What, and what to do.
    pub text: String,
    /// Its stable code.
    pub code: String,
}

/// Work that takes long.
#[derive(Debug, Clone)]
pub struct Progress {
    /// What is done.
    pub title: String,
    /// Units done.
    pub done: u64,
    /// Units in all.
    pub total: u64,
    /// Units a second.
    pub per_second: Option<u64>,
    /// Estimated seconds that remain.
    pub remaining_seconds: Option<u64>,
}

impl Progress {
    /// The bar.
    pub fn svg(&self, visit: &Visit) -> String {
        let parts = [scr_charts::Part { label: String::new(), value: self.done, colour: 1 }];
        scr_charts::progress(&self.title, &parts, self.total, visit.is_rtl())
    }
}

/// Who must sign, and who has.
#[derive(Debug, Clone)]
pub struct SignOff {
    /// What is signed.
    pub title: String,
    /// Signatures needed.
    pub needed: u64,
    /// Who may sign.
    pub signers: Vec<Signer>,
    /// The hash of exactly what is signed.
    pub digest: String,
}

impl SignOff {
    /// Signatures given so far.
    pub fn given(&self) -> u64 {
        self.signers.iter().filter(|signer| signer.at.is_some()).count() as u64
    }
}

/// One who may sign.
#[derive(Debug, Clone)]
pub struct Signer {
    /// Name or office.
    pub name: String,
    /// In what capacity.
    pub capacity: String,
    /// When they signed.
    pub at: Option<i64>,
}

/// One moment of a timeline.
#[derive(Debug, Clone)]
pub struct Moment {
    /// When, in seconds since 1970, UTC.
    pub at: i64,
    /// What happened.
    pub text: String,
    /// Its seal.
    pub seal: Option<crate::seal::Seal>,
}

/// A chart or map with what belongs around it.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The finding, as a sentence.
    pub title: String,
    /// Unit and source.
    pub subtitle: String,
    /// The drawing, from `scr-charts`.
    pub svg: String,
    /// The drawing as a file.
    pub svg_href: Option<String>,
    /// The data as a file.
    pub csv_href: Option<String>,
}
