//! Values that would do harm if somebody blocked them: addresses of large networks, names that everybody uses, names of
//! election bodies, and what leads nowhere. Lists come from their publishers; four small ones are always there.

use super::record::Import;
use super::shelf::Books;
use crate::share::Report;
use crate::view::assets::watched;
use rusqlite::{Connection, OptionalExtension};
use scr_core::Actor;
use scr_engine::{Fault, rusqlite};
use scr_misp::Limits;
use scr_misp::warninglist::Lists;
use scr_patterns::assets::{Asset, Assets, Relation};
use scr_patterns::ast::{Constant, Operator, PropertyTest, Step};
use scr_patterns::{EvalLimits, Pattern, Reading};
use scr_stix::Object;
use scr_threats::Despite;
use scr_web::{App, Visit};
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::sync::LazyLock;

/// Values of one object that are looked up.
const MOST_VALUES: usize = 200;
/// Warnings of one object.
const MOST_WARNINGS: usize = 20;

/// Objects of one request that are looked up.
const MOST_OBJECTS: usize = 5_000;
/// Warnings that are noted with what is shared.
const MOST_NOTED: usize = 500;

/// Why something should not be blocked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Why {
    /// It belongs to an election body.
    Election,
    /// It is the organisation's own.
    Own,
    /// It belongs to a network that carries many sites.
    Network,
    /// It answers for names everywhere.
    Resolver,
    /// It is a large service.
    Service,
    /// Many people use it.
    Popular,
    /// It stands on some other list.
    Listed,
    /// Every computer has it.
    Empty,
    /// It leads nowhere.
    Reserved,
}

impl Why {
    /// Its name in texts and answers.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Election => "election",
            Self::Own => "own",
            Self::Network => "network",
            Self::Resolver => "resolver",
            Self::Service => "service",
            Self::Popular => "popular",
            Self::Listed => "listed",
            Self::Empty => "empty",
            Self::Reserved => "reserved",
        }
    }

    /// What a list of this name is about, as far as its name says it.
    fn of_list(name: &str) -> Self {
        const WORDS: [(Why, &[&str]); 4] = [
            (Why::Resolver, &["dns resolver", "public dns", "dns server"]),
            (
                Why::Network,
                &[
                    "cloudflare",
                    "akamai",
                    "fastly",
                    "cloudfront",
                    "cdn",
                    "content delivery",
                    "stackpath",
                    "incapsula",
                ],
            ),
            (
                Why::Popular,
                &["top 1", "top 5", "top 10", "top-1", "alexa", "tranco", "umbrella", "majestic", "popular"],
            ),
            (
                Why::Service,
                &[
                    "office 365",
                    "microsoft",
                    "azure",
                    "google",
                    "gcp",
                    "amazon",
                    "aws",
                    "apple",
                    "bank",
                    "universit",
                ],
            ),
        ];
        let name = name.to_lowercase();
        let fits = |words: &[&str]| words.iter().any(|word| name.contains(word));
        WORDS.iter().find(|(_, words)| fits(words)).map_or(Self::Listed, |(why, _)| *why)
    }
}

/// A value that somebody should think about before sharing it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Warned {
    /// The object's id.
    pub(crate) object: String,
    /// The value.
    pub(crate) value: String,
    /// What of it stands on the list.
    pub(crate) entry: String,
    /// The list, by its publisher's name.
    pub(crate) list: String,
    /// Why.
    pub(crate) why: Why,
}

impl Warned {
    /// In a status, for programs.
    pub(crate) fn message(&self) -> String {
        match self.why {
            Why::Own => format!("warning: {} is your own ({})", self.value, self.entry),
            _ => format!("warning: {} stands on the list \"{}\" ({})", self.value, self.list, self.entry),
        }
    }

    /// As the record notes it.
    pub(crate) fn noted(&self) -> Despite {
        Despite { id: self.object.clone(), value: self.value.clone(), list: self.list.clone() }
    }
}

/// Lists with what they are about.
#[derive(Debug, Clone, Default)]
pub(crate) struct Warnings {
    lists: Vec<(Why, Lists)>,
}

const OWN: [(Why, &str); 4] = [
    (Why::Election, include_str!("../../lists/election-bodies.json")),
    (Why::Reserved, include_str!("../../lists/reserved-addresses.json")),
    (Why::Reserved, include_str!("../../lists/reserved-names.json")),
    (Why::Empty, include_str!("../../lists/empty-files.json")),
];

impl Warnings {
    /// The small lists that are always there.
    pub(crate) fn own() -> Self {
        static READ: LazyLock<Vec<(Why, Lists)>> = LazyLock::new(|| {
            let read = |(why, text): &(Why, &str)| {
                let mut lists = Lists::default();
                lists.add(text.as_bytes(), &Limits::default()).is_ok().then_some((*why, lists))
            };
            OWN.iter().filter_map(read).collect()
        });
        Self { lists: READ.clone() }
    }

    /// Adds a list that was imported.
    pub(crate) fn add(&mut self, import: &Import, lists: Lists) {
        self.lists.push((Why::of_list(&import.name), lists));
    }

    /// Name, description and length of every list.
    pub(crate) fn all(&self) -> impl Iterator<Item = (Why, &str, &str, usize)> {
        self.lists.iter().flat_map(|(why, lists)| {
            lists.all().iter().map(|list| (*why, list.name.as_str(), list.description.as_str(), list.len()))
        })
    }

    /// What of an object stands on a list; the same value once for each list.
    pub(crate) fn check(&self, object: &Object) -> Vec<Warned> {
        let mut found: Vec<Warned> = Vec::new();
        for (kind, value) in values(object) {
            for (why, lists) in &self.lists {
                for hit in lists.check(&value, &kind) {
                    let is_there = |one: &Warned| one.list == hit.list && one.entry == hit.entry;
                    if found.len() < MOST_WARNINGS && !found.iter().any(is_there) {
                        found.push(Warned {
                            object: object.id().to_string(),
                            value: value.clone(),
                            entry: hit.entry,
                            list: hit.list,
                            why: *why,
                        });
                    }
                }
            }
        }
        found.sort_by_key(|one| one.why);
        found
    }
}

/// What a list is called: ours in the reader's language, others as their publishers call them.
pub(crate) fn list_name(visit: &Visit, name: &str) -> String {
    match own_key(name) {
        // i18n: vocabulary-own-*
        Some(key) => visit.t(&format!("vocabulary-own-{key}")),
        None => name.to_owned(),
    }
}

/// What a list says of itself; see [`list_name`].
pub(crate) fn list_about(visit: &Visit, name: &str, about: &str) -> String {
    match own_key(name) {
        Some(key) => visit.t(&format!("vocabulary-own-{key}-about")),
        None => about.chars().take(300).collect(),
    }
}

fn own_key(name: &str) -> Option<&'static str> {
    match name {
        "Names of election bodies" => Some("election"),
        "Addresses that lead nowhere on the internet" => Some("addresses"),
        "Names that lead nowhere on the internet" => Some("names"),
        "Hashes of an empty file" => Some("empty"),
        _ => None,
    }
}

/// What of an object is the organisation's own: names and addresses that it watches, or this site's.
pub(crate) fn own_of(object: &Object, watched: &[String], site: &str) -> Vec<Warned> {
    let mut assets: Assets<String> = Assets::new();
    for line in watched.iter().map(String::as_str).chain([site]) {
        // A word that somebody watches, such as an acronym, is nobody's property.
        match Asset::parse(line) {
            Ok(Asset::Name(_) | Asset::Hash(_)) | Err(_) => {}
            Ok(asset) => drop(assets.insert(line.to_owned(), asset)),
        }
    }
    if assets.is_empty() || !is_checked(object) {
        return Vec::new();
    }
    let value = object.value();
    let limits = EvalLimits::default();
    let touched = if object.kind() == "indicator" {
        let text = value["pattern"].as_str().unwrap_or_default();
        let read = Pattern::parse_as(text, Reading::Tools, &scr_patterns::Limits::default());
        let Ok(pattern) = read else { return Vec::new() };
        assets.touched_by_pattern(&pattern, &limits)
    } else {
        assets.touched_by_object(&value, &limits)
    };
    let is_own = |relation: Relation| !matches!(relation, Relation::Mentioned | Relation::Matched);
    let touch = touched.found.into_iter().filter(|touch| is_own(touch.relation)).take(MOST_WARNINGS);
    touch
        .map(|touch| Warned {
            object: object.id().to_string(),
            value: touch.value,
            entry: touch.key,
            list: String::new(),
            why: Why::Own,
        })
        .collect()
}

/// Types of which values are looked up: what others would block.
fn is_checked(object: &Object) -> bool {
    matches!(
        object.kind(),
        "indicator" | "domain-name" | "ipv4-addr" | "ipv6-addr" | "url" | "email-addr" | "file" | "artifact"
    )
}

/// Values with their types, each once.
fn values(object: &Object) -> Vec<(String, String)> {
    let mut all = BTreeSet::new();
    if !is_checked(object) {
        return Vec::new();
    }
    let value = object.value();
    if object.kind() == "indicator" {
        let is_stix = value["pattern_type"].as_str().unwrap_or("stix") == "stix";
        let text = value["pattern"].as_str().unwrap_or_default();
        let read = Pattern::parse_as(text, Reading::Tools, &scr_patterns::Limits::default());
        if let Some(pattern) = read.ok().filter(|_| is_stix) {
            for test in pattern.expression().tests().into_iter().filter(|test| !test.negated) {
                let kind = kind_of(test);
                all.extend(constants(&test.operator).into_iter().map(|value| (kind.clone(), value)));
            }
        }
    } else {
        if let Some(text) = value["value"].as_str() {
            all.insert((object.kind().to_owned(), text.to_owned()));
        }
        for (name, hash) in value["hashes"].as_object().into_iter().flatten() {
            all.insert((hash_kind(name), hash.as_str().unwrap_or_default().to_owned()));
        }
    }
    let hosts: Vec<(String, String)> = all.iter().filter_map(|(kind, value)| host(kind, value)).collect();
    all.extend(hosts);
    all.into_iter().filter(|(_, value)| !value.is_empty()).take(MOST_VALUES).collect()
}

/// `SHA-256` is `sha256`.
fn hash_kind(name: &str) -> String {
    name.to_lowercase().replace("sha-", "sha")
}

fn kind_of(test: &PropertyTest) -> String {
    let keys: Vec<&str> = test
        .path
        .steps
        .iter()
        .filter_map(|step| match step {
            Step::Key(key) => Some(&**key),
            _ => None,
        })
        .collect();
    match keys[..] {
        [.., "hashes", name] => hash_kind(name),
        ["name"] if &*test.path.object_type == "file" => "filename".to_owned(),
        _ => test.path.object_type.to_string(),
    }
}

fn constants(operator: &Operator) -> Vec<String> {
    let text = |constant: &Constant| match constant {
        Constant::Text(text) => Some(text.to_string()),
        _ => None,
    };
    match operator {
        Operator::Equal(one) => text(one).into_iter().collect(),
        Operator::In(list) => list.iter().filter_map(text).collect(),
        Operator::IsSubset(network) => vec![network.to_string()],
        _ => Vec::new(),
    }
}

/// Of an address of the web or of mail, and of an address in a connection: the host under its own type.
fn host(kind: &str, value: &str) -> Option<(String, String)> {
    let host = match kind {
        "url" => {
            let rest = value.split_once("//").map_or(value, |(_, rest)| rest);
            let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or(rest);
            let name = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
            match name.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
                Some((address, _)) => address,
                None => name.split(':').next().unwrap_or(name),
            }
        }
        "email-addr" => value.rsplit_once('@')?.1,
        "network-traffic" => value,
        _ => return None,
    };
    let kind = match host.parse::<IpAddr>() {
        Ok(IpAddr::V4(_)) => "ipv4-addr",
        Ok(IpAddr::V6(_)) => "ipv6-addr",
        Err(_) => "domain-name",
    };
    Some((kind.to_owned(), host.trim_end_matches('.').to_lowercase()))
}

/// As the record notes what was shared all the same.
pub(crate) fn noted(all: &[Warned]) -> Vec<Despite> {
    all.iter().take(MOST_NOTED).map(Warned::noted).collect()
}

/// What of these objects stands on a list, or is the organisation's own.
pub(crate) fn of_all<'a>(
    app: &App,
    actor: &Actor,
    objects: impl Iterator<Item = &'a Object>,
) -> Result<Vec<Warned>, Fault> {
    let books = Books::of(app)?;
    let (watched, site) = app.engine.read(|views| Ok((watched(views, actor.org.as_str())?, site(views)?)))?;
    let mut all = Vec::new();
    for object in objects.take(MOST_OBJECTS) {
        all.extend(own_of(object, &watched, &site));
        all.extend(books.warnings.check(object));
    }
    Ok(all)
}

/// The name under which this installation's record is published.
fn site(views: &Connection) -> rusqlite::Result<String> {
    let issuer: Option<String> = views
        .prepare_cached("SELECT issuer FROM threats_act ORDER BY idx LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    Ok(issuer.unwrap_or_default().split('/').next().unwrap_or_default().to_owned())
}

/// Says in a report what stands on a list: the objects are taken all the same.
pub(crate) fn say_in(app: &App, actor: &Actor, objects: &[Object], report: &mut Report) -> Result<(), Fault> {
    let mut said: BTreeMap<String, String> = BTreeMap::new();
    for one in of_all(app, actor, objects.iter())? {
        let text = said.entry(one.object.clone()).or_default();
        if text.len() < 500 {
            text.push_str(if text.is_empty() { "" } else { "; " });
            text.push_str(&one.message());
        }
    }
    for line in report.successes.iter_mut().chain(&mut report.pendings) {
        if line.message.is_none() {
            line.message = said.get(&line.id).cloned();
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use scr_stix::Limits as StixLimits;
    use serde_json::{Value, json};

    fn object(value: &Value) -> Object {
        Object::read(value.to_string().as_bytes(), &StixLimits::default()).unwrap()
    }

    fn indicator(pattern: &str) -> Object {
        object(&json!({
            "type": "indicator", "spec_version": "2.1", "id": "indicator--7d3a0000-0000-4000-8000-000000000001",
            "created": "2026-11-01T00:00:00Z", "modified": "2026-11-01T00:00:00Z", "pattern": pattern,
            "pattern_type": "stix", "valid_from": "2026-11-01T00:00:00Z",
        }))
    }

    #[test]
    fn what_leads_nowhere_and_what_elections_need_is_found() {
        let own = Warnings::own();
        assert_eq!(own.all().count(), OWN.len(), "each of ours can be read");
        assert!(own.all().all(|(_, name, ..)| own_key(name).is_some()), "and has a name in each language");
        let whys = |pattern: &str| -> Vec<Why> {
            own.check(&indicator(pattern)).into_iter().map(|one| one.why).collect()
        };
        // RFC 5737, 1918, 3849, 2606.
        for value in
            ["192.0.2.7", "198.51.100.0/28", "203.0.113.255", "10.1.2.3", "172.31.0.1", "192.168.1.1"]
        {
            let operator = if value.contains('/') { "ISSUBSET" } else { "=" };
            assert_eq!(whys(&format!("[ipv4-addr:value {operator} '{value}']")), [Why::Reserved], "{value}");
        }
        assert_eq!(whys("[ipv6-addr:value = '2001:db8::1']"), [Why::Reserved]);
        assert_eq!(whys("[domain-name:value = 'www.Example.COM']"), [Why::Reserved]);
        assert_eq!(whys("[url:value = 'https://x.test/login']"), [Why::Reserved]);
        assert_eq!(whys("[url:value = 'http://10.0.0.1:8080/']"), [Why::Reserved]);
        assert_eq!(whys("[email-addr:value = 'a@b.invalid']"), [Why::Reserved]);
        assert_eq!(
            whys("[domain-name:value = 'a.vote.gov' OR domain-name:value = 'b.test']"),
            [Why::Election, Why::Reserved]
        );
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(whys(&format!("[file:hashes.'SHA-256' = '{empty}']")), [Why::Empty]);
        for fine in [
            "[domain-name:value = 'vote-gov.com']",
            "[domain-name:value NOT = 'example.com']",
            "[ipv4-addr:value = '8.8.4.4']",
            "[ipv4-addr:value = '172.32.0.1']",
            "no pattern",
        ] {
            assert_eq!(whys(fine), [], "{fine}");
        }
        let file = object(
            &json!({"type": "file", "spec_version": "2.1", "id": "file--7d3a0000-0000-4000-8000-000000000001",
            "hashes": {"MD5": "D41D8CD98F00B204E9800998ECF8427E"}}),
        );
        assert_eq!(own.check(&file)[0].why, Why::Empty);
    }

    #[test]
    fn a_list_says_by_its_name_what_it_is_about() {
        for (name, why) in [
            ("List of known Cloudflare IP ranges", Why::Network),
            ("List of known IPv4 public DNS resolvers", Why::Resolver),
            ("Top 1000 website from Alexa", Why::Popular),
            ("List of known Office 365 URLs", Why::Service),
            ("TLDs as known by IANA", Why::Listed),
        ] {
            assert_eq!(Why::of_list(name), why, "{name}");
        }
    }

    #[test]
    fn what_is_ones_own_is_found_below_and_around_it() {
        let watched = ["office.lindenau.eu", "198.18.0.0/15", "allow:x.example"].map(str::to_owned);
        let own = |pattern: &str| own_of(&indicator(pattern), &watched, "record.lindenau.eu");
        assert_eq!(own("[ipv4-addr:value = '198.18.7.7']").len(), 1);
        assert_eq!(own("[domain-name:value = 'record.lindenau.eu']").len(), 1);
        assert_eq!(own("[url:value = 'https://mail.office.lindenau.eu/x']")[0].entry, "office.lindenau.eu");
        assert_eq!(own("[domain-name:value = 'other.eu']"), []);
    }
}
