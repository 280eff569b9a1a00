//! Texts of one source's records, those of joined files included.

use crate::codes;
use crate::columns::{Place, Sheet, tidy};
use crate::number;
use crate::plan::{Finder, Plan};
use crate::problems::Problems;
use std::collections::HashMap;

/// A sheet or file with its place in the input.
pub(crate) struct Source<'a, 'g> {
    pub(crate) file: &'a str,
    pub(crate) part: Option<&'a str>,
    pub(crate) sheet: &'a Sheet<'g>,
    pub(crate) joined: &'a [(String, Sheet<'g>)],
}

/// One source with its columns found.
pub(crate) struct Reading<'r, 'a, 'g> {
    pub(crate) source: &'r Source<'a, 'g>,
    pub(crate) plan: &'r Plan,
    pub(crate) finder: &'r Finder<'r, 'g>,
    /// Record of each joined file, by key.
    pub(crate) partners: Vec<HashMap<String, usize>>,
    pub(crate) key: Vec<Place>,
}

impl<'r, 'g> Reading<'r, '_, 'g> {
    pub(crate) fn line(&self, index: usize) -> u64 {
        self.source.sheet.records[index].line()
    }

    pub(crate) fn text(&self, place: Place, index: usize) -> &'g str {
        match place {
            Place::Cell(column) => self.source.sheet.records[index].cell(column),
            Place::Joined(at, column) => self
                .partner(at, index)
                .map_or("", |partner| self.source.joined[at].1.records[partner].cell(column)),
            Place::Line | Place::SheetName | Place::FileName => "",
        }
    }

    fn partner(&self, at: usize, index: usize) -> Option<usize> {
        let key: Vec<&str> = self
            .key
            .iter()
            .map(|place| match place {
                Place::Cell(column) => self.source.sheet.records[index].cell(*column).trim(),
                _ => "",
            })
            .collect();
        self.partners.get(at)?.get(&key.join("\u{1f}")).copied()
    }

    pub(crate) fn joined_text(&self, places: &[Place], index: usize, separator: &str) -> String {
        let texts = places.iter().map(|place| tidy(self.text(*place, index))).filter(|text| !text.is_empty());
        texts.collect::<Vec<_>>().join(separator)
    }

    /// A unit's code; what a spreadsheet program wrapped is unwrapped, and said.
    pub(crate) fn code(
        &self,
        places: &[Place],
        index: usize,
        separator: &str,
        problems: &mut Problems,
    ) -> String {
        let mut code = String::new();
        for place in places {
            let own = match place {
                Place::Line => self.line(index).to_string(),
                Place::SheetName => self.source.part.unwrap_or_default().to_owned(),
                Place::FileName => self.source.file.to_owned(),
                Place::Cell(_) | Place::Joined(..) => {
                    let text = self.text(*place, index);
                    match number::unwrapped(text) {
                        Some(inner) => {
                            let note = problems
                                .note(codes::CODE_UNWRAPPED)
                                .at_row(self.line(index))
                                .with_value(text);
                            problems.push(note.in_column(&self.finder.label(*place)));
                            tidy(inner)
                        }
                        None => tidy(text),
                    }
                }
            };
            if !own.is_empty() && !code.is_empty() {
                code.push_str(separator);
            }
            code.push_str(&own);
        }
        code
    }

    /// Says which records have no partner in a joined file.
    pub(crate) fn report_unmatched(&self, problems: &mut Problems) {
        for (at, (alias, _)) in self.source.joined.iter().enumerate() {
            for index in 0..self.source.sheet.records.len() {
                if self.partner(at, index).is_none() {
                    let problem =
                        problems.error(codes::JOIN_UNMATCHED).at_row(self.line(index)).with("join", alias);
                    problems.push(problem.with_value(self.source.sheet.records[index].cell(0)));
                }
            }
        }
    }
}
