//! What a publisher's file is, and what is in it. The file says so itself: its name does not count.

use super::model::{Kind, Vocabulary, of_bundle, of_taxonomy, slug};
use scr_misp::galaxy::{self, Galaxy, read_clusters, read_galaxy};
use scr_misp::taxonomy::read_taxonomy;
use scr_misp::warninglist::Lists;
use scr_stix::vocabulary::{Columns, attack, disarm};
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::io::{BufReader, Read};

/// Largest file, in bytes: ATT&CK for companies has about 45 million.
pub(crate) const MAX_BYTES: u64 = 64 << 20;
/// Oddities that are kept.
const MOST_ODD: usize = 100;
/// Longest name, in bytes.
const MAX_NAME: usize = 200;

/// Whose form a file has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Family {
    /// A bundle of ATT&CK.
    Attack,
    /// The bundle of DISARM.
    Disarm,
    /// The columns of DISARM: the order of its phases.
    Columns,
    /// Clusters of a MISP galaxy.
    Clusters,
    /// What a MISP galaxy says of itself.
    Galaxy,
    /// A MISP taxonomy.
    Taxonomy,
    /// A MISP warning list.
    WarningList,
}

impl Family {
    const ALL: [Self; 7] = [
        Self::Attack,
        Self::Disarm,
        Self::Columns,
        Self::Clusters,
        Self::Galaxy,
        Self::Taxonomy,
        Self::WarningList,
    ];

    /// Its name in the record and in answers.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Attack => "attack",
            Self::Disarm => "disarm",
            Self::Columns => "disarm-columns",
            Self::Clusters => "galaxy-clusters",
            Self::Galaxy => "galaxy",
            Self::Taxonomy => "taxonomy",
            Self::WarningList => "warning-list",
        }
    }

    /// By its name.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == text)
    }

    /// Whether it has terms to look up.
    pub(crate) fn has_terms(self) -> bool {
        matches!(self, Self::Attack | Self::Disarm | Self::Clusters | Self::Taxonomy)
    }
}

/// Clusters as read: terms are made of them when their galaxy is known too.
#[derive(Debug, Clone)]
pub(crate) struct Clusters {
    /// The kind of the galaxy.
    pub(crate) kind: String,
    /// As the file calls itself.
    pub(crate) title: String,
    /// Its version.
    pub(crate) version: Option<String>,
    /// The clusters.
    pub(crate) entries: Vec<galaxy::Entry>,
}

/// What is in a file.
#[derive(Debug, Clone)]
pub(crate) enum Content {
    /// Terms.
    Terms(Vocabulary),
    /// Terms of a galaxy.
    Clusters(Clusters),
    /// The order of phases of a galaxy.
    Galaxy(Galaxy),
    /// The order of phases of DISARM.
    Columns(Columns),
    /// A warning list.
    Warnings(Lists),
}

/// A file that was read.
#[derive(Debug, Clone)]
pub(crate) struct Book {
    /// Under which name it is kept: a later one of the same name takes its place.
    pub(crate) key: String,
    /// Its form.
    pub(crate) family: Family,
    /// How it is called.
    pub(crate) name: String,
    /// The version that it states.
    pub(crate) version: Option<String>,
    /// Techniques, or tags, or entries of a list.
    pub(crate) techniques: u64,
    /// Phases, remedies.
    pub(crate) others: u64,
    /// What is odd.
    pub(crate) odd: Vec<String>,
    /// What is in it.
    pub(crate) content: Content,
}

/// What stands on the outside of a file.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Outside {
    #[serde(rename = "type")]
    kind: Loose,
    name: Loose,
    version: Loose,
    namespace: Loose,
    objects: Option<IgnoredAny>,
    predicates: Option<IgnoredAny>,
    values: Option<IgnoredAny>,
    list: Option<IgnoredAny>,
}

/// A word or a number.
#[derive(Debug, Default, Deserialize)]
#[serde(untagged)]
enum Loose {
    Word(String),
    Number(serde_json::Number),
    #[default]
    Nothing,
    Other(IgnoredAny),
}

impl Loose {
    fn text(&self) -> Option<String> {
        match self {
            Self::Word(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
            Self::Number(number) => Some(number.to_string()),
            Self::Nothing | Self::Other(_) => None,
        }
    }
}

/// Where a file's bytes come from: it is read from its beginning as often as its reader needs it.
pub(crate) trait Source {
    /// From the beginning.
    fn open(&mut self) -> std::io::Result<Box<dyn Read + '_>>;
}

impl Source for &[u8] {
    fn open(&mut self) -> std::io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(*self))
    }
}

impl Source for std::path::PathBuf {
    fn open(&mut self) -> std::io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(BufReader::with_capacity(256 << 10, std::fs::File::open(self)?)))
    }
}

type Taken = Result<Book, String>;

fn said(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// Reads a file. What is wrong with one that cannot be taken is said in English, as its reader says it.
pub(crate) fn read(source: &mut dyn Source) -> Taken {
    let mut first = [0_u8; 64];
    let length = source.open().and_then(|mut read| read.read(&mut first)).map_err(said)?;
    let begin = first.iter().take(length).find(|byte| !byte.is_ascii_whitespace() && **byte < 0x80);
    if begin != Some(&b'{') {
        return columns(&whole(source)?);
    }
    let outside: Outside = {
        // Windows editors put a byte order mark in front.
        let mut read = BufReader::with_capacity(256 << 10, source.open().map_err(said)?.take(MAX_BYTES));
        if std::io::BufRead::fill_buf(&mut read).map_err(said)?.starts_with(b"\xef\xbb\xbf") {
            std::io::BufRead::consume(&mut read, 3);
        }
        serde_json::from_reader(read).map_err(|error| format!("this is not JSON: {error}"))?
    };
    if outside.objects.is_some() {
        return bundle(source);
    }
    let bytes = whole(source)?;
    if outside.predicates.is_some() {
        taxonomy(&bytes)
    } else if outside.list.is_some() {
        warning_list(&bytes)
    } else if outside.values.is_some() {
        clusters(&bytes, &outside)
    } else if outside.namespace.text().is_some() {
        of_galaxy(&bytes, &outside)
    } else {
        Err("this is neither a STIX bundle, nor a MISP galaxy, taxonomy or warning list".to_owned())
    }
}

/// All bytes, within the limit.
fn whole(source: &mut dyn Source) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    source.open().and_then(|read| read.take(MAX_BYTES + 1).read_to_end(&mut bytes)).map_err(said)?;
    if bytes.len() as u64 > MAX_BYTES { Err(format!("more than {MAX_BYTES} bytes")) } else { Ok(bytes) }
}

/// At most so long in the record, cut between characters.
fn short(text: &str) -> String {
    let mut end = text.len().min(MAX_NAME);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default().trim().chars().filter(|c| !c.is_control()).collect()
}

fn few(mut odd: Vec<String>) -> Vec<String> {
    let more = odd.len().saturating_sub(MOST_ODD);
    odd.truncate(MOST_ODD);
    for one in &mut odd {
        *one = one.chars().take(300).collect();
    }
    if more > 0 {
        odd.push(format!("… {more}"));
    }
    odd
}

fn count(number: usize) -> u64 {
    number as u64
}

fn bundle(source: &mut dyn Source) -> Taken {
    let limits = scr_stix::Limits { total_bytes: MAX_BYTES, ..scr_stix::Limits::default() };
    let mut bundle = attack(source.open().map_err(said)?, &limits).map_err(said)?;
    // Tactics of DISARM are TA01 to TA18, those of ATT&CK have four digits; the names in both say `mitre-attack`.
    let is_disarm = bundle.tactics.iter().all(|tactic| tactic.external_id.len() < 6);
    if is_disarm {
        bundle = disarm(source.open().map_err(said)?, None, &limits).map_err(said)?;
    }
    let (family, key) = match (is_disarm, bundle.chain.as_deref()) {
        (true, _) => (Family::Disarm, "disarm".to_owned()),
        (false, Some("mitre-attack")) => (Family::Attack, "attack-enterprise".to_owned()),
        (false, Some(chain)) => {
            let domain = chain.trim_start_matches("mitre-").trim_end_matches("-attack");
            (Family::Attack, format!("attack-{}", slug(domain)))
        }
        (false, None) => (Family::Attack, "attack".to_owned()),
    };
    let vocabulary = of_bundle(&bundle);
    let techniques = vocabulary.of(Kind::Technique).count();
    Ok(Book {
        key,
        family,
        name: short(&vocabulary.name),
        version: vocabulary.version.clone(),
        techniques: count(techniques),
        others: count(vocabulary.terms.len() - techniques),
        odd: few(vocabulary.odd.clone()),
        content: Content::Terms(vocabulary),
    })
}

fn columns(bytes: &[u8]) -> Taken {
    let read = Columns::read(bytes)
        .map_err(|error| format!("this is neither JSON nor DISARM's file of columns: {error}"))?;
    Ok(Book {
        key: "disarm-columns".to_owned(),
        family: Family::Columns,
        name: "DISARM: order of phases".to_owned(),
        version: None,
        techniques: count(read.columns.iter().map(|column| column.techniques.len()).sum()),
        others: count(read.columns.len()),
        odd: Vec::new(),
        content: Content::Columns(read),
    })
}

fn listed(warnings: &scr_misp::Warnings) -> Vec<String> {
    few(warnings.listed().iter().map(ToString::to_string).collect())
}

fn taxonomy(bytes: &[u8]) -> Taken {
    let (read, warnings) = read_taxonomy(bytes, &scr_misp::Limits::default()).map_err(said)?;
    let vocabulary = of_taxonomy(&read);
    Ok(Book {
        key: format!("taxonomy-{}", slug(&read.namespace)),
        family: Family::Taxonomy,
        name: short(&vocabulary.name),
        version: vocabulary.version.clone(),
        techniques: count(vocabulary.terms.len()),
        others: 0,
        odd: listed(&warnings),
        content: Content::Terms(vocabulary),
    })
}

fn clusters(bytes: &[u8], outside: &Outside) -> Taken {
    let (entries, warnings) = read_clusters(bytes, &scr_misp::Limits::default()).map_err(said)?;
    let kind = outside.kind.text().ok_or("a galaxy without a type")?;
    let title = super::model::named(&outside.name.text().unwrap_or_else(|| kind.clone()), &kind);
    let version = outside.version.text();
    Ok(Book {
        key: format!("galaxy-{}", slug(&kind)),
        family: Family::Clusters,
        name: short(&title),
        version: version.clone(),
        techniques: count(entries.len()),
        others: 0,
        odd: listed(&warnings),
        content: Content::Clusters(Clusters { kind, title, version, entries }),
    })
}

fn of_galaxy(bytes: &[u8], outside: &Outside) -> Taken {
    let (galaxy, warnings) = read_galaxy(bytes, &scr_misp::Limits::default()).map_err(said)?;
    Ok(Book {
        key: format!("galaxy-{}-phases", slug(&galaxy.kind)),
        family: Family::Galaxy,
        name: short(&super::model::named(&galaxy.name, &galaxy.kind)),
        version: outside.version.text(),
        techniques: 0,
        others: count(galaxy.phases.values().map(Vec::len).sum()),
        odd: listed(&warnings),
        content: Content::Galaxy(galaxy),
    })
}

fn warning_list(bytes: &[u8]) -> Taken {
    let mut lists = Lists::default();
    let list = lists.add(bytes, &scr_misp::Limits::default()).map_err(said)?;
    let key = slug(&list.name);
    if key.is_empty() {
        return Err("a warning list without a name that can be written".to_owned());
    }
    Ok(Book {
        key: format!("list-{key}"),
        family: Family::WarningList,
        name: short(&list.name),
        version: Some(list.version.to_string()),
        techniques: count(list.len()),
        others: 0,
        odd: few(list.left_out.clone()),
        content: Content::Warnings(lists),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(text: &str) -> Taken {
        read(&mut text.as_bytes())
    }

    #[test]
    fn a_file_says_itself_what_it_is() {
        let tag = r#"{"namespace":"x","predicates":[{"value":"a"}],"version":3}"#;
        let book = taken(tag).unwrap();
        assert_eq!((book.family, &*book.key, book.techniques), (Family::Taxonomy, "taxonomy-x", 1));
        let list =
            "\u{feff}{\"name\":\"My list\",\"type\":\"hostname\",\"list\":[\"a.example\"],\"version\":\"7\"}";
        let book = taken(list).unwrap();
        assert_eq!(
            (book.family, &*book.key, book.version.as_deref()),
            (Family::WarningList, "list-my-list", Some("7"))
        );
        let clusters = r#"{"type":"k","name":"K","values":[{"value":"One"}]}"#;
        assert_eq!(taken(clusters).unwrap().key, "galaxy-k");
        assert_eq!(taken("P01\nTA01\nT0001\n").unwrap().family, Family::Columns);
        for wrong in ["", "[]", "{}", "{\"objects\":[]}", "{\"list\":[]}", "{\"name\":", "P01,\nT1"] {
            assert!(taken(wrong).is_err(), "{wrong}");
        }
        assert!(Family::ALL.iter().all(|one| Family::parse(one.as_str()) == Some(*one)));
    }
}
