//! What stands at the beginning of every document: which document it is, and of which election.

use super::{NAMESPACE, at, id_of, missing, text_of};
use crate::codes;
use crate::problems::Problems;
use crate::xml::Element;
use scr_results::Closest;

/// The documents of EML_NL.
const KINDS: [&str; 12] =
    ["110a", "110b", "210", "230a", "230b", "230c", "510a", "510b", "510c", "510d", "520", "530"];
/// The version of the schema that all of them have.
const VERSION: &str = "5";
/// Categories, each with its subcategories; an election of the last five has no domain of its own.
const CATEGORIES: [(&str, &[&str]); 13] = [
    ("AB", &["AB1", "AB2"]),
    ("BC", &["BC"]),
    ("ER", &["ER1"]),
    ("GC", &["GC"]),
    ("GR", &["GR1", "GR2"]),
    ("IR", &["IR"]),
    ("LR", &["LR"]),
    ("PR", &["PR"]),
    ("PS", &["PS1", "PS2"]),
    ("EK", &["EK"]),
    ("EP", &["EP"]),
    ("NR", &["NR"]),
    ("TK", &["TK"]),
];
const NATION_WIDE: [&str; 4] = ["EK", "EP", "NR", "TK"];

/// A document whose head has been read.
pub(super) struct Head<'e> {
    pub(super) root: &'e Element,
    /// `510b`
    pub(super) kind: String,
    /// Id and name of the committee or authority that made the document; empty when it says neither.
    pub(super) authority: (String, String),
    /// `GR2026_Stadskanaal`
    pub(super) election: String,
    pub(super) name: String,
    pub(super) identifier: &'e Element,
    pub(super) body: &'e Element,
}

impl<'e> Head<'e> {
    /// Errors, each as a problem: not EML, of no known kind, without an election.
    pub(super) fn of(root: &'e Element, problems: &mut Problems) -> Option<Self> {
        if root.name != "EML" || root.namespace != NAMESPACE {
            let problem = at(problems.error(codes::EML_NOT_EML), root).with_value(&root.name);
            problems.push(problem.with("namespace", &root.namespace));
            return None;
        }
        let kind = id_of(root).unwrap_or_default().to_owned();
        if !KINDS.contains(&kind.as_str()) {
            let closest = Closest::among(KINDS).to(&kind);
            problems.push(at(problems.error(codes::EML_KIND), root).with_value(&kind).closest_to(closest));
            return None;
        }
        let version = root.attribute("SchemaVersion").unwrap_or_default();
        if version != VERSION {
            let problem = at(problems.warning(codes::EML_VERSION), root).with_value(version);
            problems.push(problem.with("known", VERSION));
        }
        let wrapper = ["ElectionEvent", "Nomination", "CandidateList", "Count", "Result"]
            .into_iter()
            .find_map(|name| root.child(name));
        let Some(body) = wrapper.and_then(|wrapper| wrapper.child("Election")) else {
            problems.push(missing(problems.error(codes::EML_MISSING), root, "Election"));
            return None;
        };
        let Some(identifier) = body.child("ElectionIdentifier") else {
            problems.push(missing(problems.error(codes::EML_MISSING), body, "ElectionIdentifier"));
            return None;
        };
        let Some(election) = id_of(identifier).map(str::to_owned) else {
            problems.push(missing(problems.error(codes::EML_MISSING), identifier, "Id"));
            return None;
        };
        let authority = root
            .child("ManagingAuthority")
            .and_then(|authority| authority.child("AuthorityIdentifier"))
            .map(|own| (id_of(own).unwrap_or_default().to_owned(), own.tidy()))
            .unwrap_or_default();
        let name = text_of(identifier, "ElectionName").unwrap_or_else(|| election.clone());
        Some(Self { root, kind, authority, election, name, identifier, body })
    }

    /// What the identifier of the election must say, and whether it is the election expected.
    pub(super) fn check(&self, expected: Option<&str>, problems: &mut Problems) {
        if let Some(expected) = expected.filter(|expected| *expected != self.election) {
            let problem = at(problems.error(codes::EML_OTHER_ELECTION), self.identifier);
            problems.push(problem.with_value(&self.election).with("expected", expected));
        }
        let own = self.identifier;
        for required in ["ElectionName", "ElectionDate"] {
            if text_of(own, required).is_none() {
                problems.push(missing(problems.warning(codes::EML_MISSING), own, required));
            }
        }
        self.check_category(problems);
        let mut dates = ["ElectionDate", "NominationDate"].map(|name| {
            let element = own.child(name)?;
            let text = element.tidy();
            if !text.is_empty() && !is_date(&text) {
                problems.push(at(problems.error(codes::EML_VALUE), element).with_value(&text));
                return None;
            }
            Some((element, text)).filter(|(_, text)| !text.is_empty())
        });
        if let [Some((_, election)), Some((element, nomination))] = &mut dates
            // ISO dates are in order as texts.
            && *nomination >= *election
        {
            let problem = at(problems.error(codes::EML_DATES), element).with_value(nomination);
            problems.push(problem.with("election", &*election));
        }
    }

    fn check_category(&self, problems: &mut Problems) {
        let own = self.identifier;
        let Some(element) = own.child("ElectionCategory") else {
            problems.push(missing(problems.warning(codes::EML_MISSING), own, "ElectionCategory"));
            return;
        };
        let category = element.tidy();
        let Some((_, subcategories)) = CATEGORIES.iter().find(|(known, _)| *known == category) else {
            let closest = Closest::among(CATEGORIES.map(|(known, _)| known)).to(&category);
            let problem = at(problems.error(codes::EML_VALUE), element).with_value(&category);
            problems.push(problem.closest_to(closest));
            return;
        };
        if let Some(element) = own.child("ElectionSubcategory") {
            let text = element.tidy();
            if !subcategories.contains(&text.as_str()) {
                let problem = at(problems.error(codes::EML_SUBCATEGORY), element).with_value(&text);
                problems.push(problem.with("category", &category).with("known", subcategories.join(", ")));
            }
        }
        if own.child("ElectionDomain").is_none() && !NATION_WIDE.contains(&category.as_str()) {
            problems.push(missing(problems.warning(codes::EML_MISSING), own, "ElectionDomain"));
        }
    }

    pub(super) fn date(&self) -> Option<String> {
        text_of(self.identifier, "ElectionDate")
    }

    pub(super) fn category(&self) -> String {
        text_of(self.identifier, "ElectionCategory").unwrap_or_default()
    }

    pub(super) fn subcategory(&self) -> String {
        text_of(self.identifier, "ElectionSubcategory").unwrap_or_default()
    }

    /// The contests with their names: that of the election, with the contest's where there are several.
    pub(super) fn contests(&self) -> impl Iterator<Item = (&'e Element, String)> + use<'e> {
        let body = self.body;
        let wrapped = body.all("Contests").flat_map(|list| list.all("Contest"));
        let contests: Vec<&'e Element> = body.all("Contest").chain(wrapped).collect();
        let (name, several) = (self.name.clone(), contests.len() > 1);
        contests.into_iter().enumerate().map(move |(index, contest)| {
            let own = match contest.child("ContestIdentifier") {
                Some(id) => text_of(id, "ContestName").or_else(|| id_of(id).map(str::to_owned)),
                None => None,
            };
            let own = own.unwrap_or_else(|| (index + 1).to_string());
            (contest, if several { format!("{name} / {own}") } else { name.clone() })
        })
    }
}

/// `2026-03-18`
fn is_date(text: &str) -> bool {
    let number = |range: std::ops::Range<usize>| text.get(range).and_then(|part| part.parse::<u8>().ok());
    text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() })
        && number(5..7).is_some_and(|month| (1..=12).contains(&month))
        && number(8..10).is_some_and(|day| (1..=31).contains(&day))
}
