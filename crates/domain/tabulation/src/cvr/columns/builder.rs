//! From cards to columns, one card after another.

use super::chunk::{Naming, Open};
use super::{Columns, Dictionary, Names};
use crate::cvr::{Card, ContestNo, Contests, Mark, Sink};
use scr_core::{Problem, Severity};
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// Letters of a name of a card (tabulator, batch, id, precinct …), at most, in bytes.
pub const MAX_NAME: usize = 256;

/// Takes cards and makes [`Columns`] of them. The same cards in the same order give the same bytes, also when they
/// came through several builders that were [appended](Builder::append).
#[derive(Debug)]
pub struct Builder {
    limit: u64,
    cards: u64,
    open: Open,
    chunks: Vec<super::chunk::Chunk>,
    names: [Interner; 5],
    patterns: Vec<Patterns>,
    /// Which cards there were.
    seen: HashSet<u128>,
}

/// Where the names of a card stand in `names`.
const COLUMNS: [Naming; 5] =
    [Naming::Tabulator, Naming::Batch, Naming::Group, Naming::Precinct, Naming::Style];

/// Texts that repeat, by number. 0 is the empty text.
#[derive(Debug, Default)]
struct Interner {
    list: Vec<String>,
    by_text: HashMap<String, u32>,
    last: u32,
}

impl Interner {
    fn number(&mut self, text: &str) -> u32 {
        // Most cards have the names of the card before.
        if self.list.get(self.last as usize).is_some_and(|last| last == text) {
            return self.last;
        }
        self.last = match self.by_text.get(text) {
            Some(number) => *number,
            None => {
                if self.list.is_empty() && !text.is_empty() {
                    self.list.push(String::new());
                    self.by_text.insert(String::new(), 0);
                }
                let number = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
                self.list.push(text.to_owned());
                self.by_text.insert(text.to_owned(), number);
                number
            }
        };
        self.last
    }
}

/// The patterns of marks in one contest. Number 0 is "not on the card".
#[derive(Debug, Default)]
struct Patterns {
    list: Vec<Box<[Mark]>>,
    by_marks: HashMap<Box<[Mark]>, u32>,
    /// Number of the pattern of one mark without rank, by choice: most contests of most cards.
    single: Vec<u32>,
    /// Number of the pattern without a mark.
    blank: u32,
}

impl Patterns {
    fn number(&mut self, marks: &[Mark]) -> u32 {
        match marks {
            [] if self.blank != 0 => return self.blank,
            [Mark { rank: 0, choice }] => {
                if let Some(number) = self.single.get(usize::from(*choice)).filter(|number| **number != 0) {
                    return *number;
                }
            }
            _ => {
                if let Some(number) = self.by_marks.get(marks) {
                    return *number;
                }
            }
        }
        self.insert(marks)
    }

    fn insert(&mut self, marks: &[Mark]) -> u32 {
        if self.list.is_empty() {
            self.list.push(Box::default());
        }
        let number = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        self.list.push(marks.into());
        match marks {
            [] => self.blank = number,
            [Mark { rank: 0, choice }] => {
                let at = usize::from(*choice);
                if self.single.len() <= at {
                    self.single.resize(at + 1, 0);
                }
                self.single[at] = number;
            }
            _ => {
                self.by_marks.insert(marks.into(), number);
            }
        }
        number
    }
}

impl Builder {
    /// For at most so many cards.
    pub fn new(limit: u64) -> Self {
        Self {
            limit,
            cards: 0,
            open: Open::default(),
            chunks: Vec::new(),
            names: std::array::from_fn(|_| Interner::default()),
            patterns: Vec::new(),
            seen: HashSet::new(),
        }
    }

    /// Cards taken.
    pub fn cards(&self) -> u64 {
        self.cards
    }

    fn begin(&mut self) -> Result<(), Box<Problem>> {
        if self.cards >= self.limit {
            let problem = Problem::new("SCR-CVR-001", Severity::Error, "").with("limit", self.limit);
            return Err(Box::new(problem));
        }
        Ok(())
    }

    fn end(&mut self) {
        self.open.end_card();
        self.cards += 1;
        if self.open.is_full() {
            self.chunks.push(self.open.seal());
        }
    }

    fn mark(&mut self, contest: ContestNo, marks: &[Mark]) {
        let contest = usize::from(contest);
        if self.patterns.len() <= contest {
            self.patterns.resize_with(contest + 1, Patterns::default);
        }
        let pattern = self.patterns[contest].number(marks);
        self.open.mark(contest, pattern);
    }

    /// Takes all cards of another, whose contests have the same numbers, after its own.
    ///
    /// # Errors
    /// SCR-CVR-001: more cards than the limit. SCR-CVR-005: the same card in both.
    pub fn append(&mut self, other: Self) -> Result<(), Box<Problem>> {
        for seen in &other.seen {
            if !self.seen.insert(*seen) {
                return Err(Box::new(Problem::new("SCR-CVR-005", Severity::Error, "")));
            }
        }
        let contests = Contests::default();
        let other = other.finish("", &contests);
        let mut numbers: Vec<Vec<u32>> =
            other.dictionaries.iter().map(|all| vec![0; all.patterns.len()]).collect();
        for chunk in &other.chunks {
            for row in 0..chunk.cards() {
                self.begin()?;
                for (at, what) in COLUMNS.into_iter().enumerate() {
                    let text = other.names.text(at, chunk.naming(what, row));
                    let number = self.names[at].number(text);
                    self.open.name(what, number);
                }
                for what in [Naming::Position, Naming::Sheet] {
                    self.open.name(what, chunk.naming(what, row));
                }
                self.open.say(chunk.text(Naming::Id, row), chunk.text(Naming::Imprinted, row));
                for contest in chunk.contests() {
                    let pattern = chunk.contest(contest).at(row) as usize;
                    if pattern == 0 {
                        continue;
                    }
                    let contest = contest as usize;
                    if self.patterns.len() <= contest {
                        self.patterns.resize_with(contest + 1, Patterns::default);
                    }
                    let known = &mut numbers[contest][pattern];
                    if *known == 0 {
                        *known =
                            self.patterns[contest].number(&other.dictionaries[contest].patterns[pattern]);
                    }
                    self.open.mark(contest, *known);
                }
                self.end();
            }
        }
        Ok(())
    }

    /// The columns of all cards taken.
    pub fn finish(mut self, election: &str, contests: &Contests) -> Columns {
        if !self.open.is_empty() {
            self.chunks.push(self.open.seal());
        }
        self.patterns.resize_with(self.patterns.len().max(contests.list().len()), Patterns::default);
        Columns {
            election: election.to_owned(),
            contests: contests.clone(),
            names: Names(self.names.map(|names| names.list)),
            dictionaries: self
                .patterns
                .into_iter()
                .map(|patterns| Dictionary {
                    patterns: if patterns.list.is_empty() { vec![Box::default()] } else { patterns.list },
                })
                .collect(),
            cards: self.cards,
            chunks: self.chunks,
        }
    }
}

/// What no two cards share: where a card lies, or its id where that is not said. 128 bits, so that no two of millions
/// agree by chance.
fn identity(card: &Card) -> u128 {
    let half = |salt: u8| {
        let mut hash = DefaultHasher::new();
        salt.hash(&mut hash);
        (&card.tabulator, &card.batch, card.position, card.sheet).hash(&mut hash);
        if card.position == 0 {
            card.id.hash(&mut hash);
        }
        u128::from(hash.finish())
    };
    half(0) << 64 | half(1)
}

impl Sink for Builder {
    fn card(&mut self, _: &Contests, card: &Card) -> Result<(), Box<Problem>> {
        self.begin()?;
        let names = [&card.tabulator, &card.batch, &card.group, &card.precinct, &card.style];
        for text in names.into_iter().chain([&card.id, &card.imprinted]) {
            if text.len() > MAX_NAME {
                let problem =
                    Problem::new("SCR-CVR-002", Severity::Error, "").with_value(text).with("limit", MAX_NAME);
                return Err(Box::new(problem));
            }
        }
        if !self.seen.insert(identity(card)) {
            let named =
                [card.tabulator.as_str(), &card.batch, &card.position.to_string(), &card.id].join(" ");
            return Err(Box::new(Problem::new("SCR-CVR-005", Severity::Error, "").with_value(&named)));
        }
        for (at, (what, text)) in COLUMNS.into_iter().zip(names).enumerate() {
            let number = self.names[at].number(text);
            self.open.name(what, number);
        }
        self.open.name(Naming::Position, card.position);
        self.open.name(Naming::Sheet, card.sheet);
        self.open.say(&card.id, &card.imprinted);
        for (contest, marks) in card.contests() {
            self.mark(contest, marks);
        }
        self.end();
        Ok(())
    }
}
