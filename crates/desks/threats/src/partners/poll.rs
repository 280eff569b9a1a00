//! One poll of one source: what is new comes in by the one way in, and only then is it written down how far it went. A
//! poll that is cut off anywhere is made again from there, and what comes twice is there already.

use super::address::Address;
use super::fetch::{Client, Rules};
use super::misp::{self, NoEvent};
use super::source::{Cursor, Kind, Lease, Polled, Source};
use super::taxii::{self, From};
use super::trouble::Trouble;
use crate::exchange::Exchange;
use crate::pages::rejected_line;
use crate::share::{self, Sharing, THERE};
use scr_core::{Actor, PersonId, Role, Tlp};
use scr_engine::ActError;
use scr_stix::{Object, Rejected, Timestamp};
use scr_web::App;
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

/// Objects that a page of another server is asked for.
const PAGE: usize = 500;
/// Objects and bytes that are shared together.
const PART_OBJECTS: usize = 500;
const PART_BYTES: usize = 4 << 20;
/// New objects of a page that are taken although the poll is full.
const LARGEST_PAGE: u64 = 1_000;
/// A moment of theirs that is so far ahead of ours is not believed: everything until then would be passed by.
const AHEAD_SECONDS: i64 = 24 * 3600;
/// Pages without an object in a row, although there is more.
const MAX_EMPTY: u32 = 5;

/// How much one poll takes; what is beyond comes with the next.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Caps {
    /// New objects.
    pub(crate) objects: u64,
    /// Pages of a collection, or events of a feed.
    pub(crate) pages: u32,
    /// Time.
    pub(crate) time: Duration,
}

impl Default for Caps {
    fn default() -> Self {
        Self { objects: 5_000, pages: 200, time: Duration::from_secs(300) }
    }
}

/// A poll that is being made.
pub(crate) struct Poll<'a> {
    pub(crate) app: &'a App,
    pub(crate) source: &'a Source,
    pub(crate) lease: &'a Lease<'a>,
    pub(crate) rules: &'a Rules,
    pub(crate) caps: Caps,
    /// Says to the queue that the work goes on; false where it must end.
    pub(crate) beat: &'a dyn Fn() -> bool,
}

/// What came in so far.
struct Intake<'a> {
    poll: &'a Poll<'a>,
    actor: Actor,
    sharing: Sharing,
    /// What waits for its batch since the last poll: it is here already, although no view has it.
    waits: BTreeSet<(String, String)>,
    begun: Instant,
    polled: Polled,
    part: Vec<Object>,
    bytes: usize,
    failed: Option<Trouble>,
}

impl Poll<'_> {
    /// Makes it. What was taken until it failed is taken.
    pub(crate) fn run(&self) -> (Polled, Option<Trouble>) {
        let begun = self.source.secret(&self.app.engine).and_then(|(address, login)| {
            Ok((Client::new(&address, &login, self.rules)?, address, Intake::new(self)?))
        });
        let (client, address, mut intake) = match begun {
            Ok(begun) => begun,
            Err(trouble) => return (Polled::default(), Some(trouble)),
        };
        let done = match self.source.kind {
            Kind::Taxii => self.collection(&client, &address, &mut intake),
            Kind::Misp => self.feed(&client, &address, &mut intake),
        };
        (intake.polled, done.err())
    }

    fn goes_on(&self) -> bool {
        (self.beat)() && self.lease.renew(self.app.clock.now())
    }

    fn keep(&self, cursor: &Cursor) -> Result<(), Trouble> {
        match self.lease.keep(cursor) {
            Ok(true) => Ok(()),
            _ => Err(Trouble::Own),
        }
    }

    /// Reads a collection of TAXII from where the last poll ended. A cursor of theirs is used once: what was read in part,
    /// because the connection broke or this server died, is read again from the last sure moment. Some servers (medallion)
    /// give the next page, not the same one, to whoever asks with a cursor again.
    fn collection(&self, client: &Client, at: &Address, intake: &mut Intake<'_>) -> Result<(), Trouble> {
        let mut cursor = self.source.cursor.clone();
        let mut walk = Walk::new(self.app.clock.now());
        for _ in 0..self.caps.pages {
            if !self.goes_on() {
                return Err(Trouble::Own);
            }
            self.keep(&cursor.sure())?;
            let from = From { after: cursor.after.as_deref(), next: cursor.next.as_deref(), limit: PAGE };
            let before = intake.count();
            let mut beat = || self.goes_on();
            let page = taxii::page(client, at, &from, &mut beat, &mut |object| intake.take(object));
            let page = match page {
                // Their cursor has ended.
                Err(Trouble::Status { status: 400 } | Trouble::Missing)
                    if cursor.next.is_some() && walk.may_go_back() =>
                {
                    cursor = cursor.sure();
                    continue;
                }
                other => other,
            };
            intake.flush();
            if let Some(trouble) = intake.failed.take() {
                return Err(trouble);
            }
            let Some(page) = page? else {
                intake.polled.more = true;
                return Ok(());
            };
            let is_empty = intake.count() == before;
            if !walk.step(&mut cursor, &page, is_empty, &mut intake.polled)? {
                return self.keep(&cursor);
            }
            if intake.is_full() {
                break;
            }
        }
        intake.polled.more = true;
        self.keep(&cursor)
    }

    /// Reads the events of a feed that are new or have changed, the oldest first.
    fn feed(&self, client: &Client, at: &Address, intake: &mut Intake<'_>) -> Result<(), Trouble> {
        let own = |_| Trouble::Own;
        let unmarked = intake.unmarked()?;
        let known = self.lease.events().map_err(own)?;
        let manifest = misp::manifest(client, at, &mut || self.goes_on())?;
        let mut wanted: Vec<(i64, uuid::Uuid)> = manifest
            .wanted(|event| known.get(event).copied())
            .map(|(event, entry)| (entry.timestamp, *event))
            .collect();
        wanted.sort_unstable();
        for (done, (stamp, event)) in (0_u32..).zip(wanted) {
            if done >= self.caps.pages || intake.is_full() {
                intake.polled.more = true;
                return Ok(());
            }
            if !self.goes_on() {
                return Err(Trouble::Own);
            }
            match misp::event(client, at, event, unmarked, &mut || self.goes_on()) {
                Ok(objects) => {
                    // An event is taken whole: its parts refer to each other.
                    for object in objects {
                        if intake.take(object).is_break() && intake.failed.is_some() {
                            break;
                        }
                    }
                    intake.flush();
                    if let Some(trouble) = intake.failed.take() {
                        return Err(trouble);
                    }
                }
                Err(NoEvent::Wrong(why)) => intake.polled.refused.add(&why, &event.to_string()),
                Err(NoEvent::Missing) => {
                    intake.polled.refused.add("its file is not there", &event.to_string());
                    continue;
                }
                Err(NoEvent::Trouble(trouble)) => return Err(trouble),
            }
            self.lease.keep_event(&event, stamp).map_err(own)?;
        }
        Ok(())
    }
}

impl<'a> Intake<'a> {
    fn new(poll: &'a Poll<'a>) -> Result<Self, Trouble> {
        let source = poll.source;
        let person = PersonId::new(source.person.clone()).map_err(|_| Trouble::Own)?;
        // A source does what a clerk may: it shares.
        let actor = Actor { person, org: source.org.clone(), role: Role::Clerk, place: None };
        let sharing = Sharing {
            community: source.community.clone(),
            collection: source.collection.clone(),
            pseudonym: None,
            audience: None,
            unmarked: None,
            source: Some("partner".to_owned()),
            despite: Vec::new(),
        };
        let store = share::store(&Exchange::of(poll.app)).map_err(|_| Trouble::Own)?;
        let waits = share::waiting_for(store, &source.id).map_err(|_| Trouble::Own)?;
        Ok(Self {
            poll,
            actor,
            sharing,
            waits,
            begun: Instant::now(),
            polled: Polled::default(),
            part: Vec::new(),
            bytes: 0,
            failed: None,
        })
    }

    /// The label of what has none, by the community's rules.
    fn unmarked(&self) -> Result<Tlp, Trouble> {
        let place = self.poll.app.engine.read(|views| Ok(share::place(views, &self.actor, &self.sharing)));
        match place {
            Ok(Ok((community, _))) => Ok(community.rules.unmarked),
            Ok(Err(error)) => Err(trouble_here(error)),
            Err(_) => Err(Trouble::Own),
        }
    }

    fn count(&self) -> u64 {
        self.polled.taken + self.polled.known + self.polled.refused.total() + self.part.len() as u64
    }

    fn is_full(&self) -> bool {
        self.polled.taken >= self.poll.caps.objects || self.is_late()
    }

    fn is_late(&self) -> bool {
        self.begun.elapsed() >= self.poll.caps.time
    }

    fn take(&mut self, object: Result<Object, Box<Rejected>>) -> ControlFlow<()> {
        match object {
            Ok(object) => {
                let line = share::Line::of(&object);
                if self.waits.contains(&(line.id, line.version)) {
                    self.polled.known += 1;
                } else {
                    self.bytes += object.raw().len();
                    self.part.push(object);
                }
            }
            Err(rejected) => {
                let line = rejected_line(&rejected);
                self.polled.refused.add(line.message.as_deref().unwrap_or_default(), &line.id);
            }
        }
        if self.part.len() >= PART_OBJECTS || self.bytes >= PART_BYTES {
            self.flush();
        }
        // A page of the size that was asked for is read to its end: nobody can go on in the middle of one.
        let is_large = self.polled.taken >= self.poll.caps.objects + LARGEST_PAGE || self.is_late();
        if self.failed.is_some() || is_large { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// Shares what came in.
    fn flush(&mut self) {
        let objects = std::mem::take(&mut self.part);
        self.bytes = 0;
        if objects.is_empty() || self.failed.is_some() {
            return;
        }
        if !self.poll.goes_on() {
            self.failed = Some(Trouble::Own);
            return;
        }
        let (exchange, source) = (Exchange::of(self.poll.app), self.poll.source);
        let shared = share::share_from_partner(
            &exchange,
            &self.actor,
            &self.sharing,
            source.at_least,
            &objects,
            &source.id,
        );
        match shared {
            Ok(report) => {
                for line in report.successes {
                    if line.message.as_deref() == Some(THERE) {
                        self.polled.known += 1;
                    } else {
                        self.polled.taken += 1;
                    }
                }
                self.polled.taken += report.pendings.len() as u64;
                self.waits.extend(report.pendings.into_iter().map(|line| (line.id, line.version)));
                for line in report.failures {
                    self.polled.refused.add(line.message.as_deref().unwrap_or_default(), &line.id);
                }
            }
            Err(error) => self.failed = Some(trouble_here(error)),
        }
    }
}

fn trouble_here(error: ActError) -> Trouble {
    match error {
        ActError::Refused(refusal) => Trouble::Here { code: refusal.code },
        ActError::Fault(_) => Trouble::Own,
    }
}

/// A walk through the pages of a collection.
pub(super) struct Walk {
    now: i64,
    /// Pages that came. A cursor may be the same on every page (medallion's is), the pages may not.
    pages: BTreeSet<[u8; 32]>,
    empty: u32,
    went_back: bool,
}

impl Walk {
    pub(super) fn new(now: i64) -> Self {
        Self { now, pages: BTreeSet::new(), empty: 0, went_back: false }
    }

    /// Once in a walk, a cursor that is not taken any more is no fault.
    fn may_go_back(&mut self) -> bool {
        self.pages.clear();
        !std::mem::replace(&mut self.went_back, true)
    }

    /// Takes note of a page whose objects are shared; gives whether there is another one.
    pub(super) fn step(
        &mut self,
        cursor: &mut Cursor,
        page: &taxii::Page,
        is_empty: bool,
        polled: &mut Polled,
    ) -> Result<bool, Trouble> {
        let moment = page.last.as_deref().filter(|text| self.is_believed(text));
        polled.undated |= moment.is_none() && !is_empty;
        let is_newer =
            moment.is_some_and(|text| later(text, cursor.seen.as_deref().or(cursor.after.as_deref())));
        if is_newer {
            cursor.seen = moment.map(str::to_owned);
        }
        self.empty = if is_empty { self.empty + 1 } else { 0 };
        if page.envelope.more != Some(true) {
            // Only now is it certain that nothing between is missing.
            cursor.next = None;
            cursor.after = cursor.seen.take().or_else(|| cursor.after.take());
            return Ok(false);
        }
        if self.empty >= MAX_EMPTY || (!is_empty && !self.pages.insert(page.digest)) {
            return Err(Trouble::Loop);
        }
        match &page.envelope.next {
            Some(next) => cursor.next = Some(next.clone()),
            // Versions of this standard before its errata page by the moment alone.
            None if is_newer => {
                cursor.next = None;
                cursor.after = cursor.seen.take();
            }
            None => return Err(Trouble::Stuck),
        }
        Ok(true)
    }

    fn is_believed(&self, text: &str) -> bool {
        let latest = (self.now + AHEAD_SECONDS).saturating_mul(1_000_000);
        Timestamp::parse(text).is_ok_and(|moment| moment.micros() <= latest)
    }
}

fn later(text: &str, than: Option<&str>) -> bool {
    let micros = |text: &str| Timestamp::parse(text).map(|moment| moment.micros()).ok();
    match than {
        None => true,
        Some(than) => micros(text) > micros(than),
    }
}
