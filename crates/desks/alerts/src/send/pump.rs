//! Handing messages over: many at once, written down before they go and after.
//!
//! One thread takes what is due (and with that writes down that it goes), some hand over, one writes down what came of it
//! and passes it on as acknowledgements. Written down are always many at a time: as many as have come while the ones before
//! were being written.

use super::gateway::{self, Gateway, Sealed, Settings, Way};
use super::listing::{self, fault, store};
use super::outbox::{self, Change, Going};
use super::prepare::{Cache, Prepared};
use super::wire::{Line, Outcome, Reason, Rules, rules};
use crate::know;
use scr_alerts::acks::{Ack, Channel, Step};
use scr_core::uuid_v7;
use scr_engine::{ActError, Fault};
use scr_store::{Statement, sql};
use scr_web::App;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, TryRecvError, channel, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long messages are handed to a gateway in one turn; what was taken and did not go by then is given back.
const SLICE: Duration = Duration::from_secs(5);
/// How often somebody looks for gateways that have something to do while others are at it.
const LOOK: Duration = Duration::from_secs(1);
/// Gateways of one way that have their turn at the same time.
const AT_ONCE: usize = 8;
/// How often leases are renewed.
const BEAT: Duration = Duration::from_secs(8);
/// Failures in a row after which a gateway is left alone for a while; messages of which nobody knows.
const MOST_FAILURES: u32 = 20;
const MOST_DOUBTS: u32 = 3;
/// Longest pause of a gateway that takes nothing, in seconds.
const LONGEST_PAUSE: i64 = 60;
/// Outcomes that are written down at once, and how long they are gathered: a disk writes some hundred times a second, however
/// little each time.
const BATCH: usize = 500;
const GATHER: Duration = Duration::from_millis(30);
/// Messages that are taken at a time: so many are in doubt when a server is killed.
const MOST_TAKEN: usize = 256;

/// Which ways this node is at work on: a second look finds nothing to do.
#[derive(Debug, Default)]
struct Node([AtomicBool; 3]);

/// Ends the work when it is dropped.
struct Turn<'a>(&'a AtomicBool);

impl<'a> Turn<'a> {
    fn take(flag: &'a AtomicBool) -> Option<Self> {
        (!flag.swap(true, Ordering::SeqCst)).then_some(Self(flag))
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::SeqCst);
    }
}

/// What is under way by one way: which gateways, and when each had its last turn.
#[derive(Default)]
struct Turns {
    running: BTreeSet<String>,
    /// Those that had nothing to hand over, or took nothing, since the last look.
    idle: BTreeSet<String>,
    last: BTreeMap<String, Instant>,
}

impl Turns {
    /// Who is next: whoever has waited longest.
    fn next(&mut self, mut usable: Vec<Gateway>) -> Vec<Gateway> {
        usable.retain(|one| !self.running.contains(&one.id) && !self.idle.contains(&one.id));
        usable.sort_by_key(|one| self.last.get(&one.id).copied());
        usable.truncate(AT_ONCE.saturating_sub(self.running.len()));
        for one in &usable {
            self.running.insert(one.id.clone());
            self.last.insert(one.id.clone(), Instant::now());
        }
        usable
    }

    fn ended(&mut self, id: &str, came: &Came) {
        self.running.remove(id);
        if came.taken == 0 || came.down.is_some() {
            self.idle.insert(id.to_owned());
        }
    }
}

/// Hands over what is due by one way until nothing is; gives how many messages were handed over. Each gateway has its turn beside
/// the others', so that nobody waits for a slow one of somebody else's; one that fails is logged, and the others go on. `go_on`
/// is asked several times a minute.
///
/// # Errors
/// Faults of the store, and what `go_on` gives.
pub(crate) fn pump<E: From<ActError>>(
    app: &App,
    way: Way,
    rules: &Rules,
    go_on: &mut dyn FnMut(u64) -> Result<(), E>,
) -> Result<u64, E> {
    let node = app.soft::<Node>();
    let at = Way::ALL.iter().position(|one| *one == way).unwrap_or(0);
    let Some(_turn) = node.0.get(at).and_then(Turn::take) else { return Ok(0) };
    let (cache, stop) = (Cache::new(app)?, AtomicBool::new(false));
    std::thread::scope(|scope| {
        let _ends = Ends(&stop);
        let (done, ended) = channel::<(String, Came)>();
        let (mut turns, mut handed) = (Turns::default(), 0);
        loop {
            go_on(handed)?;
            for gateway in turns.next(usable(app, way)?) {
                let (done, cache, stop) = (done.clone(), &cache, &stop);
                scope.spawn(move || {
                    let came = slice(app, &gateway, (cache, rules), stop);
                    // Nobody listens any more where the work ends.
                    drop(done.send((gateway.id, came)));
                });
            }
            if turns.running.is_empty() {
                return Ok(handed);
            }
            match ended.recv_timeout(LOOK) {
                Ok((id, came)) => {
                    handed += came.handed;
                    turns.ended(&id, &came);
                }
                // While a slow one is at it something may have come for the others.
                Err(_) => turns.idle.clear(),
            }
        }
    })
}

/// Tells slices that the work ends, whatever ends it.
struct Ends<'a>(&'a AtomicBool);

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// A gateway's turn. What goes wrong is its own: it is logged and noted, and nobody else's messages wait for it.
fn slice(app: &App, gateway: &Gateway, (cache, rules): (&Cache<'_>, &Rules), stop: &AtomicBool) -> Came {
    let run = || {
        let came = match Slice::new(app, gateway, (cache, rules), stop) {
            Some(slice) => slice.run()?,
            None => Came { down: Some(Reason::Sealed), ..Came::default() },
        };
        note(app, gateway, &came)?;
        Ok::<_, ActError>(came)
    };
    // A panic would leave its place taken for good.
    let came = std::panic::catch_unwind(std::panic::AssertUnwindSafe(run));
    came.ok().and_then(Result::ok).unwrap_or_else(|| {
        tracing::error!(gateway = gateway.kind.as_str(), "the turn of a gateway was broken off");
        Came::default()
    })
}

/// As [`pump`] by the rules of this server.
pub(crate) fn pump_all(app: &App, way: Way) -> Result<u64, ActError> {
    pump(app, way, &rules(app), &mut |_| Ok::<(), ActError>(()))
}

/// The first gateway of each organisation that is used and takes messages at present.
fn usable(app: &App, way: Way) -> Result<Vec<Gateway>, ActError> {
    let now = app.clock.now();
    let mut all = gateway::all(store(app)?).map_err(|error| fault(&error))?;
    let mut seen = BTreeSet::new();
    all.retain(|one| {
        one.kind.way() == way && one.is_on && one.paused_until <= now && seen.insert(one.org.clone())
    });
    Ok(all)
}

/// What came of a slice.
#[derive(Debug, Default)]
struct Came {
    taken: u64,
    handed: u64,
    down: Option<Reason>,
}

/// What the threads of a slice share.
struct Slice<'a> {
    app: &'a App,
    gateway: &'a Gateway,
    sealed: Sealed,
    cache: &'a Cache<'a>,
    rules: &'a Rules,
    lease: String,
    /// After a failure one message goes first.
    is_trial: bool,
    /// Webhooks go to many servers, which say nothing about each other.
    are_many: bool,
    halted: AtomicBool,
    failures: AtomicU32,
    doubts: AtomicU32,
    handed: AtomicU64,
    down: Mutex<Option<Reason>>,
    begun: Instant,
    /// Set when the work ends.
    stop: &'a AtomicBool,
}

/// A message with what came of it; `None`: it was not tried.
type Done = (Going, Option<Outcome>, u64);

impl<'a> Slice<'a> {
    /// `None`: the login of the gateway cannot be opened, because the installation has another key.
    fn new(
        app: &'a App,
        gateway: &'a Gateway,
        (cache, rules): (&'a Cache<'a>, &'a Rules),
        stop: &'a AtomicBool,
    ) -> Option<Self> {
        let sealed = gateway.open(&app.engine)?;
        Some(Self {
            app,
            gateway,
            sealed,
            cache,
            rules,
            lease: uuid_v7(&*app.clock, &*app.entropy),
            is_trial: gateway.failures > 0,
            are_many: gateway.kind.way() == Way::Webhook,
            halted: AtomicBool::new(false),
            failures: AtomicU32::new(0),
            doubts: AtomicU32::new(0),
            handed: AtomicU64::new(0),
            down: Mutex::default(),
            begun: Instant::now(),
            stop,
        })
    }

    /// Whether no further message is begun in this turn.
    fn is_over(&self) -> bool {
        self.begun.elapsed() >= SLICE || self.stop.load(Ordering::SeqCst)
    }

    fn run(&self) -> Result<Came, ActError> {
        let threads = if self.is_trial { 1 } else { self.gateway.connections.clamp(1, 256) };
        let (to_workers, queue) = sync_channel::<Going>(if self.is_trial { 0 } else { 1 });
        let (to_writer, done) = channel::<Done>();
        let queue = Mutex::new(queue);
        let result: Result<u64, ActError> = std::thread::scope(|scope| {
            for _ in 0..threads {
                let (to_writer, queue) = (to_writer.clone(), &queue);
                scope.spawn(move || self.work(queue, &to_writer));
            }
            drop(to_writer);
            let writer = scope.spawn(move || self.write(&done));
            let fed = self.feed(&to_workers);
            // Those who work end when nothing more can come.
            drop(to_workers);
            let written = writer.join().unwrap_or_else(|_| Err(Fault::log(&"a thread broke").into()));
            written.and(fed)
        });
        let taken = result?;
        let down = *self.down.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(Came { taken, handed: self.handed.load(Ordering::SeqCst), down })
    }

    fn halt(&self, reason: Reason) {
        self.halted.store(true, Ordering::SeqCst);
        self.down.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(reason);
    }

    /// Takes what is due, no faster than the gateway may be asked.
    fn feed(&self, to_workers: &SyncSender<Going>) -> Result<u64, ActError> {
        let store = store(self.app)?;
        let mut taken = 0u64;
        let chunk =
            if self.is_trial { 1 } else { (self.gateway.connections as usize * 8).clamp(8, MOST_TAKEN) };
        while !self.is_over() && !self.halted.load(Ordering::SeqCst) {
            let may = match self.gateway.rate {
                0 => chunk,
                rate => {
                    let all = u64::from(rate)
                        .saturating_mul(u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX))
                        / 1_000
                        + 1;
                    usize::try_from(all.saturating_sub(taken)).unwrap_or(0).min(chunk)
                }
            };
            if may == 0 {
                std::thread::sleep(Duration::from_millis(20));
                continue;
            }
            let now = self.app.clock.now();
            let hold = (self.gateway, self.lease.as_str());
            let some = outbox::claim(store, hold, now, may).map_err(|error| fault(&error))?;
            if some.is_empty() {
                break;
            }
            for one in some {
                taken += 1;
                if to_workers.send(one).is_err() {
                    return Ok(taken);
                }
            }
        }
        Ok(taken)
    }

    fn work(&self, queue: &Mutex<Receiver<Going>>, to_writer: &Sender<Done>) {
        let mut line = Line::new(&self.sealed.settings, self.rules);
        loop {
            let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok(going) = next else { return };
            let (outcome, parts) = if self.halted.load(Ordering::SeqCst) || self.is_over() {
                (None, 0)
            } else {
                let (outcome, parts) = self.hand(&mut line, &going);
                self.judge(&outcome);
                (Some(outcome), parts)
            };
            if to_writer.send((going, outcome, parts)).is_err() {
                return;
            }
        }
    }

    fn hand(&self, line: &mut Line, going: &Going) -> (Outcome, u64) {
        let Some(to) = listing::open(&self.app.engine, &going.reference, &going.sealed) else {
            return (Outcome::Refused(Reason::Sealed), 0);
        };
        let prepared: Option<std::sync::Arc<Prepared>> = self.cache.get(going.alert);
        let Some(prepared) = prepared else { return (Outcome::Later(Reason::Sealed), 0) };
        let (way, now) = (self.gateway.kind.way(), self.app.clock.now());
        if way == Way::Email && prepared.is_early(now) {
            return (Outcome::Early, 0);
        }
        let made = prepared.make(self.cache.writer(), way, going, &self.report_to(going));
        let message = made.ready(&to, now);
        (line.hand(&self.sealed, &message), made.parts())
    }

    /// The address under which the gateway reports on a message.
    fn report_to(&self, going: &Going) -> String {
        let own = self.sealed.settings.callback();
        let base = if own.is_empty() { self.cache.writer().site() } else { own.trim_end_matches('/') };
        if base.is_empty() {
            return String::new();
        }
        let what = match self.sealed.settings {
            Settings::Kannel { .. } => "&type=%d",
            _ => "",
        };
        let (id, segment) = (&self.gateway.id, &self.sealed.segment.0);
        format!("{base}/sms/{id}/{segment}?ref={}{what}", going.reference)
    }

    /// Whether the gateway is still to be asked.
    fn judge(&self, outcome: &Outcome) {
        match outcome {
            Outcome::Handed(_) | Outcome::Refused(_) => {
                self.failures.store(0, Ordering::SeqCst);
                self.doubts.store(0, Ordering::SeqCst);
            }
            Outcome::Early => {}
            Outcome::Down(reason) => self.halt(*reason),
            Outcome::Later(reason) => {
                let failures = self.failures.fetch_add(1, Ordering::SeqCst) + 1;
                if !self.are_many && (self.is_trial || failures >= MOST_FAILURES) {
                    self.halt(*reason);
                }
            }
            Outcome::Unknown(reason) => {
                let doubts = self.doubts.fetch_add(1, Ordering::SeqCst) + 1;
                if !self.are_many && (self.is_trial || doubts >= MOST_DOUBTS) {
                    self.halt(*reason);
                }
            }
        }
    }

    /// Writes down what came of messages, all that have come since the last time at once.
    fn write(&self, done: &Receiver<Done>) -> Result<(), ActError> {
        let mut renewed = Instant::now();
        loop {
            let first = done.recv_timeout(BEAT);
            let mut batch = Vec::new();
            let ends = match first {
                Ok(one) => {
                    batch.push(one);
                    std::thread::sleep(GATHER);
                    false
                }
                Err(std::sync::mpsc::RecvTimeoutError::Timeout) => false,
                Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => true,
            };
            while batch.len() < BATCH && !batch.is_empty() {
                match done.try_recv() {
                    Ok(one) => batch.push(one),
                    Err(TryRecvError::Empty | TryRecvError::Disconnected) => break,
                }
            }
            self.keep(&batch)?;
            if ends {
                return Ok(());
            }
            if renewed.elapsed() >= BEAT {
                renewed = Instant::now();
                outbox::renew(store(self.app)?, &self.lease, self.app.clock.now())
                    .map_err(|error| fault(&error))?;
            }
        }
    }

    /// First the acknowledgements, which count once however often they are said; then the messages. Cut off between the two,
    /// a message is in doubt, and nothing is lost.
    fn keep(&self, batch: &[Done]) -> Result<(), ActError> {
        if batch.is_empty() {
            return Ok(());
        }
        let now = self.app.clock.now();
        let mut acks: BTreeMap<u64, Vec<Ack>> = BTreeMap::new();
        let mut changes: BTreeMap<Change, Vec<i64>> = BTreeMap::new();
        let repeats = self.sealed.settings.recognises_repeats();
        for (going, outcome, parts) in batch {
            if let (Some(Outcome::Handed(_)), Some(station)) = (outcome, going.station) {
                let seconds = know::at(self.app, going.alert)?.now(self.app);
                let ack = Ack::new(station, Step::Sent, Channel::Gateway, seconds, seconds);
                acks.entry(going.alert).or_default().extend(ack.ok());
            }
            if matches!(outcome, Some(Outcome::Handed(_))) {
                self.handed.fetch_add(1, Ordering::SeqCst);
            }
            let change = outcome
                .as_ref()
                .map_or(Change::Back { due: now }, |outcome| change(going, outcome, *parts, repeats, now));
            changes.entry(change).or_default().push(going.number);
        }
        for (alert, acks) in &acks {
            know::take(self.app, *alert, acks)?;
        }
        let statements: Vec<Statement> =
            changes.iter().map(|(change, numbers)| change.statement(numbers, now)).collect();
        store(self.app)?.execute_all(&statements).map_err(|error| fault(&error))
    }
}

fn change(going: &Going, outcome: &Outcome, parts: u64, repeats: bool, now: i64) -> Change {
    match outcome {
        Outcome::Handed(None) => Change::Handed { parts },
        Outcome::Handed(Some(theirs)) => Change::Numbered { parts, theirs: theirs.clone() },
        Outcome::Refused(reason) => Change::Failed { reason: *reason },
        Outcome::Later(reason) => Change::Again { reason: *reason, due: now + outbox::pause(going.tries) },
        Outcome::Down(_) => Change::Back { due: now },
        Outcome::Early => Change::Back { due: now + 2 },
        // Whoever recognises a repeat can be asked again without harm.
        Outcome::Unknown(reason) if repeats => {
            Change::Again { reason: *reason, due: now + outbox::pause(going.tries) }
        }
        Outcome::Unknown(reason) => Change::Doubtful { reason: *reason },
    }
}

/// Keeps how a gateway is.
fn note(app: &App, gateway: &Gateway, came: &Came) -> Result<(), ActError> {
    let now = app.clock.now();
    let failures = match came.down {
        None if came.handed == 0 => return Ok(()),
        None => 0,
        Some(_) if came.handed > 0 => 1,
        Some(_) => gateway.failures.saturating_add(1),
    };
    let pause = if failures == 0 { 0 } else { outbox::pause(failures.into()).min(LONGEST_PAUSE) };
    if let Some(reason) = came.down {
        // i18n: send-reason-*
        tracing::warn!(
            gateway = gateway.kind.as_str(),
            reason = reason.key(),
            "a gateway takes nothing at present"
        );
    }
    let text = "UPDATE alerts_gateway SET ok_at = CASE WHEN $2 > 0 THEN $3 ELSE ok_at END,
            failing_since = CASE WHEN $4 = 0 THEN 0 WHEN failing_since = 0 THEN $3 ELSE failing_since END,
            trouble = $5, paused_until = CASE WHEN $4 = 0 THEN 0 ELSE $6 END, failures = $4 WHERE id = $1";
    let trouble = came.down.map_or("", Reason::key);
    let handed = came.handed.cast_signed();
    let statement = sql!(text, &gateway.id, handed, now, i64::from(failures), trouble, now + pause);
    store(app)?.execute(&statement).map(drop).map_err(|error| fault(&error))
}
