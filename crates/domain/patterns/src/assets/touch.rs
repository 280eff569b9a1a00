//! Which assets is a pattern, or an object, about?

use super::index::{Assets, text_of};
use super::text::{Piece, armed, pieces};
use crate::ast::{Constant, ObjectPath, Operator, PropertyTest, Step};
use crate::compare::normal;
use crate::error::{EvalError, Unsupported, shortened};
use crate::limits::{EvalLimits, Limits};
use crate::network::{Family, Network};
use crate::pattern::{Pattern, Reading};
use crate::work::Work;
use serde_json::Value;
use std::collections::BTreeSet;

/// How what was found stands to an asset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// It is the asset.
    Same,
    /// A name below the asset's domain.
    Below,
    /// An address or network within the asset's range.
    Within,
    /// A network that contains addresses of the asset, and others.
    Around,
    /// A text in which the asset's name stands.
    Mentioned,
    /// A `LIKE` or `MATCHES` that the asset's text satisfies.
    Matched,
}

/// An asset that something is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Touch<K> {
    /// The asset's key.
    pub key: K,
    /// Where it stands: the object path of a pattern, or the place in an object.
    pub place: String,
    /// What stands there, at most 200 characters.
    pub value: String,
    /// How that stands to the asset.
    pub relation: Relation,
}

/// What came of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched<K> {
    /// Assets, in the order of their keys; one several times where it stands in several places.
    pub found: Vec<Touch<K>>,
    /// Places that may be about further assets, which was not looked into.
    pub unchecked: Vec<Unchecked>,
}

/// A place that could not be looked up among the assets.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unchecked {
    /// A `LIKE` or `MATCHES` without three characters that every match contains: it would have to be tried on every
    /// asset.
    TooGeneral {
        /// The object path.
        place: String,
    },
    /// A `LIKE` or `MATCHES` for the text of addresses, of which members own whole ranges.
    AddressText {
        /// The object path.
        place: String,
    },
    /// A regular expression that cannot be run.
    Unsupported {
        /// The object path.
        place: String,
        /// Why.
        why: String,
    },
    /// More than the limits allow: the rest was not looked at.
    TooMuch,
}

/// Properties that hold ids, words of the language and times, and nothing of anybody's.
const SKIPPED: [&str; 11] = [
    "created",
    "extension_type",
    "granular_markings",
    "id",
    "lang",
    "modified",
    "object_marking_refs",
    "pattern_type",
    "pattern_version",
    "spec_version",
    "type",
];

impl<K: Ord + Clone> Assets<K> {
    /// The assets that a pattern is about: those that its constants name, lie within or around, and those that satisfy
    /// its `LIKE` and `MATCHES`. What a pattern excludes (`NOT`, `!=`) it is not about.
    pub fn touched_by_pattern(&self, pattern: &Pattern, limits: &EvalLimits) -> Touched<K> {
        let mut search = Search::new(self, limits);
        search.pattern(pattern, "");
        search.finish()
    }

    /// The assets that a STIX object is about, a bundle or any other JSON: all its texts are searched, and the pattern
    /// of an indicator as a pattern.
    pub fn touched_by_object(&self, object: &Value, limits: &EvalLimits) -> Touched<K> {
        let mut search = Search::new(self, limits);
        search.object(object);
        search.finish()
    }
}

struct Search<'s, K> {
    assets: &'s Assets<K>,
    work: Work,
    found: BTreeSet<(usize, String, String, Relation)>,
    unchecked: BTreeSet<Unchecked>,
}

/// A value and how it was reached.
struct Node<'v> {
    parent: usize,
    step: Place<'v>,
}

enum Place<'v> {
    Root,
    Key(&'v str),
    Index(usize),
}

impl<'s, K: Ord + Clone> Search<'s, K> {
    fn new(assets: &'s Assets<K>, limits: &EvalLimits) -> Self {
        Self { assets, work: Work::new(limits), found: BTreeSet::new(), unchecked: BTreeSet::new() }
    }

    fn finish(self) -> Touched<K> {
        let found = self.found.into_iter().filter_map(|(at, place, value, relation)| {
            let (key, _) = self.assets.entry(at)?;
            Some(Touch { key: key.clone(), place, value, relation })
        });
        let mut found: Vec<_> = found.collect();
        found.sort();
        Touched { found, unchecked: self.unchecked.into_iter().collect() }
    }

    /// Takes steps; `false`, and said, when there are none left.
    fn may_go_on(&mut self, bytes: usize) -> bool {
        let is_left = self.work.spend_text(bytes).is_ok();
        if !is_left {
            self.unchecked.insert(Unchecked::TooMuch);
        }
        is_left
    }

    fn pattern(&mut self, pattern: &Pattern, before: &str) {
        for test in pattern.expression().tests() {
            if !test.negated && self.may_go_on(0) {
                self.test(test, &|| format!("{before}{}", test.path));
            }
        }
    }

    fn test(&mut self, test: &PropertyTest, place: &impl Fn() -> String) {
        match &test.operator {
            Operator::Equal(constant) => self.constant(&test.path, constant, place),
            Operator::In(constants) => {
                for constant in constants {
                    self.constant(&test.path, constant, place);
                }
            }
            Operator::IsSubset(network) | Operator::IsSuperset(network) => self.network(*network, place),
            Operator::Like(like) => {
                let literals = like.literals();
                for literal in &literals {
                    self.text(literal, place);
                }
                match network_like(like.source()) {
                    Some(network) => self.network(network, place),
                    None => {
                        let longest = literals.iter().max_by_key(|literal| literal.len());
                        let matches = |text: &str, work: &mut Work| like.matches_text(&normal(text), work);
                        self.wildcard(test, longest.map(String::as_str), like.source(), &matches, place);
                    }
                }
            }
            Operator::Matches(regexp) => {
                for run in regexp.runs() {
                    self.text(&run, place);
                }
                let matches = |text: &str, work: &mut Work| regexp.finds_in_text(&normal(text), work);
                let literal = regexp.small_literal();
                self.wildcard(test, literal.as_deref(), regexp.source(), &matches, place);
            }
            Operator::NotEqual(_)
            | Operator::Less(_)
            | Operator::LessOrEqual(_)
            | Operator::Greater(_)
            | Operator::GreaterOrEqual(_)
            | Operator::Exists => {}
        }
    }

    fn constant(&mut self, path: &ObjectPath, constant: &Constant, place: &impl Fn() -> String) {
        match constant {
            Constant::Text(text) => self.text(text, place),
            Constant::Hex(bytes) | Constant::Binary(bytes) => {
                let digits = hex::encode(bytes);
                self.look(&digits, place, |assets, found| assets.by_hash(&digits, found));
            }
            Constant::Integer(number) if names_a_system(path) => {
                if let Ok(number) = u32::try_from(*number) {
                    self.system(number, place);
                }
            }
            Constant::Integer(_) | Constant::Float(_) | Constant::Boolean(_) | Constant::Timestamp(_) => {}
        }
    }

    fn network(&mut self, network: Network, place: &impl Fn() -> String) {
        self.look(&network.to_string(), place, |assets, found| assets.by_network(network, found));
    }

    fn system(&mut self, number: u32, place: &impl Fn() -> String) {
        self.look(&format!("AS{number}"), place, |assets, found| assets.by_system(number, found));
    }

    /// All that stands in a text.
    fn text(&mut self, text: &str, place: &impl Fn() -> String) {
        if !self.may_go_on(8 * text.len()) {
            return;
        }
        let text = armed(text);
        self.look(&text, place, |assets, found| assets.by_names(&text, found));
        let mut all: Vec<Piece<'_>> = Vec::new();
        pieces(&text, &mut |piece| all.push(piece));
        for piece in all {
            match piece {
                Piece::Network(network) => self.network(network, place),
                Piece::Email(local, domain) => {
                    self.look(&format!("{local}@{domain}"), place, |assets, found| {
                        assets.by_piece(piece, found)
                    });
                }
                Piece::Word(word) => self.look(word, place, |assets, found| assets.by_piece(piece, found)),
            }
        }
    }

    /// Notes what a look-up finds.
    fn look(
        &mut self,
        value: &str,
        place: &impl Fn() -> String,
        look_up: impl FnOnce(&Assets<K>, &mut dyn FnMut(usize, Relation)),
    ) {
        let found = &mut self.found;
        look_up(self.assets, &mut |at, relation| {
            found.insert((at, place(), shortened(value, 200), relation));
        });
    }

    /// Tries a `LIKE` or `MATCHES` on the assets that have its literal.
    fn wildcard(
        &mut self,
        test: &PropertyTest,
        literal: Option<&str>,
        source: &str,
        matches: &impl Fn(&str, &mut Work) -> Result<bool, EvalError>,
        place: &impl Fn() -> String,
    ) {
        if test.path.object_type.ends_with("-addr") && test.path.object_type.starts_with("ip") {
            if self.assets.has_ranges() {
                self.unchecked.insert(Unchecked::AddressText { place: place() });
            }
            return;
        }
        let candidates = literal.and_then(|literal| self.assets.by_literal(literal));
        let Some(candidates) = candidates else {
            match matches("", &mut self.work) {
                Err(EvalError::Unsupported { why, .. }) => self.unsupported(&why, place),
                _ => {
                    self.unchecked.insert(Unchecked::TooGeneral { place: place() });
                }
            }
            return;
        };
        for at in candidates {
            let Some(text) = self.assets.entry(*at).and_then(|(_, asset)| text_of(asset)) else { continue };
            match matches(&text, &mut self.work) {
                Ok(true) => {
                    self.found.insert((*at, place(), shortened(source, 200), Relation::Matched));
                }
                Ok(false) => {}
                Err(EvalError::Unsupported { why, .. }) => {
                    self.unsupported(&why, place);
                    return;
                }
                Err(_) => {
                    self.unchecked.insert(Unchecked::TooMuch);
                    return;
                }
            }
        }
    }

    fn unsupported(&mut self, why: &Unsupported, place: &impl Fn() -> String) {
        self.unchecked.insert(Unchecked::Unsupported { place: place(), why: why.to_string() });
    }

    /// Every text of a JSON value, without calling itself.
    fn object(&mut self, object: &Value) {
        let mut nodes = vec![Node { parent: 0, step: Place::Root }];
        let mut open = vec![(0_usize, object)];
        while let Some((at, value)) = open.pop() {
            if !self.may_go_on(0) {
                return;
            }
            match value {
                Value::String(text) => self.text(text, &|| written(&nodes, at)),
                Value::Array(values) => {
                    for (index, value) in values.iter().enumerate() {
                        nodes.push(Node { parent: at, step: Place::Index(index) });
                        open.push((nodes.len() - 1, value));
                    }
                }
                Value::Object(properties) => {
                    let pattern = stix_pattern(value);
                    for (key, value) in properties {
                        nodes.push(Node { parent: at, step: Place::Key(key) });
                        match (&pattern, key.as_str()) {
                            (Some(pattern), "pattern") => {
                                self.pattern(pattern, &format!("{} ", written(&nodes, nodes.len() - 1)));
                            }
                            _ if is_skipped(key) => {}
                            _ => open.push((nodes.len() - 1, value)),
                        }
                    }
                    if value.get("type").and_then(Value::as_str) == Some("autonomous-system")
                        && let Some(number) = value.get("number").and_then(Value::as_u64)
                        && let Ok(number) = u32::try_from(number)
                    {
                        self.system(number, &|| written(&nodes, at));
                    }
                }
                Value::Null | Value::Bool(_) | Value::Number(_) => {}
            }
        }
    }
}

fn is_skipped(key: &str) -> bool {
    SKIPPED.binary_search(&key).is_ok()
        || key.ends_with("_ref")
        || key.ends_with("_refs")
        || key.ends_with("_bin")
}

/// The pattern of an indicator, where it is one of STIX and can be read.
fn stix_pattern(object: &Value) -> Option<Pattern> {
    let text = |key| object.get(key).and_then(Value::as_str);
    if text("type") != Some("indicator") || text("pattern_type").is_some_and(|kind| kind != "stix") {
        return None;
    }
    Pattern::parse_as(text("pattern")?, Reading::Tools, &Limits::default()).ok()
}

/// `objects[2].value`
fn written(nodes: &[Node<'_>], mut at: usize) -> String {
    let mut steps = Vec::new();
    while let Some(Node { parent, step }) = nodes.get(at) {
        match step {
            Place::Root => break,
            Place::Key(key) => steps.push(format!(".{key}")),
            Place::Index(index) => steps.push(format!("[{index}]")),
        }
        at = *parent;
    }
    steps.reverse();
    steps.concat().trim_start_matches('.').to_owned()
}

/// Whether a path leads to the number of an autonomous system.
fn names_a_system(path: &ObjectPath) -> bool {
    let is_reference =
        |step: &Step| matches!(step, Step::Key(key) if key.ends_with("_ref") || key.ends_with("_refs"));
    path.last_key() == Some("number")
        && (*path.object_type == *"autonomous-system" || path.steps.iter().any(is_reference))
}

/// The network that a `LIKE '192.0.2.%'` stands for.
fn network_like(source: &str) -> Option<Network> {
    let octets = source.strip_suffix(".%")?;
    let mut bits = 0_u128;
    let mut length = 0_u8;
    for octet in octets.split('.') {
        let is_plain = !octet.is_empty() && octet.bytes().all(|byte| byte.is_ascii_digit());
        let octet: u8 = octet.parse().ok().filter(|_| is_plain)?;
        bits = bits << 8 | u128::from(octet);
        length = length.checked_add(8).filter(|length| *length < 32)?;
    }
    Network::new(Family::V4, bits << (32 - length), length)
}
