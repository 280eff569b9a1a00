//! Files of ballots: sessions with their cards.

use super::manifests::{Export, Member};
use crate::cvr::{Card, Mark, Sink};
use crate::read::table::{Seen, Watched};
use crate::read::{Limits, Problems, TextReader, numbered};
use scr_core::Problem;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{BufReader, Read, Seek};
use std::rc::Rc;
use zip::ZipArchive;

/// A member up to this size is unpacked into memory, which is faster; a larger one is read as a stream.
const IN_MEMORY: u64 = 48 << 20;
/// Bytes of a stream that are read ahead.
const AHEAD: usize = 1 << 20;

/// How an export is read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// What is too much.
    pub limits: Limits,
    /// Which marks count.
    pub marks: WhichMarks,
    /// A contest on a card with this outstack condition is left out (RCTab leaves out 7, for instance).
    pub without_outstack: Vec<u64>,
}

/// Which marks count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhichMarks {
    /// Those that the system counted (`IsVote`).
    #[default]
    Votes,
    /// Those that are not ambiguous, counted or not: what a ranked contest is counted from by RCTab.
    NotAmbiguous,
}

/// What was read so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ballots {
    /// The election as the first file names it.
    pub election: String,
    /// How many cards were given.
    pub cards: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Session<'a> {
    tabulator_id: u64,
    batch_id: u64,
    record_id: RecordId,
    #[serde(default)]
    counting_group_id: u64,
    #[serde(borrow, default)]
    image_mask: Cow<'a, str>,
    original: Record,
    #[serde(default)]
    modified: Option<Record>,
}

/// Record numbers are numbers, or the text `X` where they are withheld.
enum RecordId {
    Number(u64),
    Withheld,
}

impl<'de> Deserialize<'de> for RecordId {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Either;
        impl Visitor<'_> for Either {
            type Value = RecordId;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("the number of a record, or a text where it is withheld")
            }

            fn visit_u64<E>(self, number: u64) -> Result<RecordId, E> {
                Ok(RecordId::Number(number))
            }

            fn visit_str<E>(self, text: &str) -> Result<RecordId, E> {
                Ok(numbered(text).map_or(RecordId::Withheld, RecordId::Number))
            }
        }
        from.deserialize_any(Either)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Record {
    #[serde(default)]
    precinct_portion_id: u64,
    #[serde(default)]
    ballot_type_id: u64,
    #[serde(default = "yes")]
    is_current: bool,
    #[serde(default)]
    cards: Vec<CardRecord>,
    #[serde(default)]
    contests: Vec<ContestRecord>,
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct CardRecord {
    #[serde(default)]
    contests: Vec<ContestRecord>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ContestRecord {
    id: u64,
    #[serde(default)]
    overvotes: u64,
    #[serde(default)]
    outstack_condition_ids: Vec<u64>,
    #[serde(default)]
    marks: Vec<MarkRecord>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct MarkRecord {
    candidate_id: u64,
    #[serde(default)]
    rank: u16,
    #[serde(default)]
    is_ambiguous: bool,
    #[serde(default = "yes")]
    is_vote: bool,
}

/// Reads one file, giving its cards to the sink.
struct File<'a> {
    export: &'a Export,
    options: &'a Options,
    sink: &'a mut dyn Sink,
    problems: &'a mut Problems,
    ballots: &'a mut Ballots,
    card: Card,
    marks: Vec<Mark>,
    /// Which session of the file, from 1.
    session: u64,
    ended: bool,
    /// How much of a session may still be read, where a file is read as a stream.
    seen: Rc<Seen>,
}

impl Export {
    /// Reads some of the members, in the order given.
    ///
    /// # Errors
    /// Everything that is wrong.
    pub fn read_members<R: Read + Seek>(
        &self,
        archive: &mut ZipArchive<R>,
        which: &[usize],
        options: &Options,
        sink: &mut dyn Sink,
        ballots: &mut Ballots,
    ) -> Result<Vec<Problem>, Vec<Problem>> {
        let mut problems = Problems::of(self.file());
        let mut bytes = Vec::new();
        for member in which.iter().filter_map(|at| self.members().get(*at)) {
            problems.now_in(&format!("{}#{}", self.file(), member.name));
            let mut file = File {
                export: self,
                options,
                sink,
                problems: &mut problems,
                ballots,
                card: Card::default(),
                marks: Vec::new(),
                session: 0,
                ended: false,
                seen: Rc::new(Seen::default()),
            };
            file.allow(options.limits.record);
            if let Err(what) = file.member(archive, member, &mut bytes) {
                let code = if file.seen.left.get() == 0 { "SCR-CVR-039" } else { "SCR-CVR-035" };
                let session = file.session;
                let problem = problems.error(code).with("what", what).with("session", session);
                problems.add(problem);
            } else if file.ended {
                break;
            }
            if problems.are_many() {
                break;
            }
        }
        problems.finish()
    }
}

impl File<'_> {
    fn member<R: Read + Seek>(
        &mut self,
        archive: &mut ZipArchive<R>,
        member: &Member,
        bytes: &mut Vec<u8>,
    ) -> Result<(), String> {
        let mut unpacked = archive.by_index(member.at).map_err(|error| error.to_string())?;
        if member.size > IN_MEMORY {
            let text = TextReader::new(unpacked.take(member.size + 1)).map_err(|error| error.to_string())?;
            let watched = Watched { inner: text, seen: Rc::clone(&self.seen) };
            let mut json = serde_json::Deserializer::from_reader(BufReader::with_capacity(AHEAD, watched));
            return Root(self)
                .deserialize(&mut json)
                .and_then(|()| {
                    self.seen.left.set(usize::MAX);
                    json.end()
                })
                .map_err(|error| error.to_string());
        }
        bytes.clear();
        // What the archive states can be false: no more than one byte beyond it is read.
        unpacked.by_ref().take(member.size + 1).read_to_end(bytes).map_err(|error| error.to_string())?;
        if bytes.len() as u64 != member.size {
            return Err(format!("it does not have the {} bytes that the archive states", member.size));
        }
        if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
            let mut decoded = Vec::new();
            let text = TextReader::new(bytes.as_slice()).and_then(|mut text| text.read_to_end(&mut decoded));
            text.map_err(|error| error.to_string())?;
            *bytes = decoded;
        }
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut json = serde_json::Deserializer::from_slice(text);
        Root(self).deserialize(&mut json).and_then(|()| json.end()).map_err(|error| error.to_string())
    }

    /// Lets one more record be read.
    fn allow(&self, limit: usize) {
        self.seen.left.set(limit.max(2 * AHEAD));
    }

    fn take(&mut self, session: &Session<'_>) {
        self.session += 1;
        self.allow(self.options.limits.record);
        let record = match &session.modified {
            Some(modified) if modified.is_current || !session.original.is_current => modified,
            _ => &session.original,
        };
        if record.cards.is_empty() {
            self.card_of(session, record, &record.contests, None);
        }
        for (at, card) in (1_u32..).zip(&record.cards) {
            let which = (record.cards.len() > 1).then_some(at);
            self.card_of(session, record, &card.contests, which);
        }
    }

    fn card_of(
        &mut self,
        session: &Session<'_>,
        record: &Record,
        contests: &[ContestRecord],
        which: Option<u32>,
    ) {
        let Some(position) = self.position(session) else { return };
        let mut card = std::mem::take(&mut self.card);
        card.clear();
        // Writing to a text cannot fail.
        let _ = write!(card.tabulator, "{}", session.tabulator_id);
        let _ = write!(card.batch, "{}", session.batch_id);
        let _ = write!(card.id, "{}-{}-{position}", session.tabulator_id, session.batch_id);
        if let Some(which) = which {
            let _ = write!(card.id, "-{which}");
            card.sheet = which;
        }
        card.position = position;
        let names = &self.export.names;
        let name =
            |text: &mut String, list: &std::collections::HashMap<u64, String>, id: u64| match list.get(&id) {
                Some(name) => text.push_str(name),
                None if id != 0 => {
                    let _ = write!(text, "{id}");
                }
                None => {}
            };
        name(&mut card.group, &names.groups, session.counting_group_id);
        name(&mut card.precinct, &names.portions, record.precinct_portion_id);
        name(&mut card.style, &names.styles, record.ballot_type_id);
        contests.iter().for_each(|contest| self.contest(contest, &mut card));
        self.give(&card);
        self.card = card;
    }

    fn give(&mut self, card: &Card) {
        match self.sink.card(self.export.contests(), card) {
            Ok(()) => self.ballots.cards += 1,
            Err(problem) => {
                self.ended |= problem.code == "SCR-CVR-001";
                self.problems.add(problem.at_row(self.session));
            }
        }
    }

    /// The record number; where it is withheld the last number of the image's name.
    fn position(&mut self, session: &Session<'_>) -> Option<u32> {
        let found = match &session.record_id {
            RecordId::Number(number) => u32::try_from(*number).ok(),
            RecordId::Withheld => last_number(&session.image_mask),
        };
        if found.is_none() {
            let problem = self.problems.error("SCR-CVR-036").at_row(self.session).in_column("RecordId");
            self.problems.add(problem.with_value(&session.image_mask));
        }
        found
    }

    fn contest(&mut self, record: &ContestRecord, card: &mut Card) {
        if record.outstack_condition_ids.iter().any(|one| self.options.without_outstack.contains(one)) {
            return;
        }
        let Some(number) = self.export.contest_by_id.get(&record.id).copied() else {
            let problem = self.problems.error("SCR-CVR-037").at_row(self.session).in_column("Contests");
            self.problems.add(problem.with_value(&record.id.to_string()));
            return;
        };
        let at = usize::from(number);
        let ranked = self.export.contests().list()[at].ranks > 0;
        let mut marks = std::mem::take(&mut self.marks);
        marks.clear();
        for mark in &record.marks {
            let counts = match self.options.marks {
                WhichMarks::Votes => mark.is_vote,
                WhichMarks::NotAmbiguous => !mark.is_ambiguous,
            };
            if !counts {
                continue;
            }
            match self.export.choices[at].get(&mark.candidate_id) {
                Some(choice) => {
                    marks.push(Mark { rank: if ranked { mark.rank } else { 0 }, choice: *choice })
                }
                None => {
                    let problem = self.problems.error("SCR-CVR-038").at_row(self.session).in_column("Marks");
                    self.problems.add(problem.with_value(&mark.candidate_id.to_string()));
                }
            }
        }
        // The marks of an overvote are not votes: without this it would look blank.
        if !ranked && record.overvotes > 0 && marks.is_empty() {
            marks.push(Mark::vote(Mark::OVERVOTE));
        }
        card.add(number, &marks);
        self.marks = marks;
    }
}

/// The last number in the name of an image: `00005_00001_000022*.*` is the 22nd.
fn last_number(mask: &str) -> Option<u32> {
    let end = mask.rfind(|letter: char| letter.is_ascii_digit())? + 1;
    let begin = mask[..end].rfind(|letter: char| !letter.is_ascii_digit()).map_or(0, |at| at + 1);
    mask[begin..end].parse().ok()
}

/// The document: `{"Version", "ElectionId", "Sessions": […]}`.
struct Root<'f, 'a>(&'f mut File<'a>);

impl<'de> DeserializeSeed<'de> for Root<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Root<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an export with Version, ElectionId and Sessions")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        let mut has_sessions = false;
        while let Some(name) = map.next_key::<Cow<'de, str>>()? {
            match name.as_ref() {
                "ElectionId" => {
                    let election: Cow<'de, str> = map.next_value()?;
                    if self.0.ballots.election.is_empty() {
                        self.0.ballots.election = election.into_owned();
                    }
                }
                "Sessions" => {
                    has_sessions = true;
                    map.next_value_seed(Sessions(self.0))?;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        if has_sessions { Ok(()) } else { Err(serde::de::Error::missing_field("Sessions")) }
    }
}

struct Sessions<'f, 'a>(&'f mut File<'a>);

impl<'de> DeserializeSeed<'de> for Sessions<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Sessions<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a list of sessions")
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut list: S) -> Result<(), S::Error> {
        while let Some(session) = list.next_element::<Session<'de>>()? {
            self.0.take(&session);
            if self.0.ended || self.0.problems.are_many() {
                self.0.seen.left.set(usize::MAX);
                while list.next_element::<IgnoredAny>()?.is_some() {}
            }
        }
        Ok(())
    }
}
