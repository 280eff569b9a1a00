//! What the pages share, and what a desk brings.

use crate::api::Operation;
use crate::gate::{Allow, Gate};
use crate::metrics::{Gauge, Metrics};
use crate::notice::{MirrorNotice, Notice};
use crate::routes::{Route, Routes};
use crate::seal::{Seal, SealState};
use crate::shell_texts::SHELL_TEXTS;
use crate::tls::Certificates;
use axum::http::Method;
use scr_core::{Clock, Entropy, Refusal, RefusalKind, Role};
use scr_engine::{Engine, FIXITY_DAYS, Finding, KindSpec, View};
use scr_i18n::{Catalogue, Lang, Texts, TextsFault, Zone};
use scr_jobs::{JobState, Jobs, Work};
use scr_note::Retirement;
use scr_store::{Migration, Store, StoreError};
use scr_witness::{Board, Witness};
use std::any::{Any, TypeId};
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Settings of the shell.
#[derive(Debug, Clone)]
pub struct WebConfig {
    /// The time zone of pages that belong to no election.
    pub zone: Zone,
    /// The address under which readers reach the site, `https://results.example`, where it is known.
    pub site: Option<String>,
    /// True in a drill.
    pub exercise: bool,
    /// True for a mirror: only what anybody may read is served, and nobody can sign in or write.
    pub public_only: bool,
    /// True when readers reach the server by https.
    pub https: bool,
    /// Longest time for one request, in seconds. Uploads have [`WebConfig::upload_seconds`].
    pub timeout_seconds: u64,
    /// Longest time for one upload, in seconds.
    pub upload_seconds: u64,
    /// Proxies in front of the server: only they are believed when they say whom they speak for.
    pub trusted_proxies: Vec<IpAddr>,
    /// Largest upload, in bytes.
    pub max_upload_bytes: usize,
    /// Files that are read at the same time; each may hold its whole content in memory.
    pub heavy_at_once: usize,
    /// How long somebody waits for their turn before they are told to come back.
    pub heavy_wait: Duration,
    /// Days after which everything that is held is hashed again.
    pub fixity_days: u16,
    /// Seconds after which what members share with some of them only is recorded, all in one entry.
    pub batch_seconds: u16,
    /// Whether that entry is written when there is nothing to record, too: then its time says nothing either.
    pub batch_when_empty: bool,
    /// Whether servers of others may be machines that are not on the public internet, and be asked without encryption.
    pub private_partners: bool,
    /// Certificates of authorities that are believed beside the public ones when servers of others are asked, PEM.
    pub authorities: Vec<u8>,
}

impl Default for WebConfig {
    fn default() -> Self {
        let max_upload_bytes = 256 << 20;
        Self {
            zone: Zone::utc(),
            site: None,
            exercise: false,
            public_only: false,
            https: false,
            timeout_seconds: 60,
            upload_seconds: 30 * 60,
            trusted_proxies: Vec::new(),
            max_upload_bytes,
            heavy_at_once: 2,
            heavy_wait: Duration::from_secs(20),
            fixity_days: FIXITY_DAYS,
            batch_seconds: 60,
            batch_when_empty: true,
            private_partners: false,
            authorities: Vec::new(),
        }
    }
}

/// One entry of the navigation at the side of desk pages.
#[derive(Debug, Clone, Copy)]
pub struct NavItem {
    /// The key of its group's title, for instance `nav-group-results`.
    pub group: &'static str,
    /// The key of its text.
    pub text: &'static str,
    /// Its address.
    pub href: &'static str,
}

/// A group of the navigation.
#[derive(Debug, Clone)]
pub struct NavGroup {
    /// The key of its title.
    pub title: &'static str,
    /// Its entries.
    pub items: Vec<NavItem>,
}

/// What people use, one area of it.
pub trait Desk: Send + Sync {
    /// Its name in lower case.
    fn name(&self) -> &'static str;
    /// The event kinds it knows.
    fn kinds(&self) -> &'static [KindSpec];
    /// Its views.
    fn views(&self) -> Vec<Box<dyn View>>;
    /// Its pages and interfaces.
    fn routes(&self) -> Routes;
    /// Its entries in the navigation.
    fn nav(&self) -> &'static [NavItem];
    /// Its operational tables: what is queued or answered, never what matters.
    fn tables(&self) -> &'static [Migration] {
        &[]
    }
    /// What it does in the background.
    fn works(&self, _app: &Arc<App>) -> Vec<Arc<dyn Work>> {
        Vec::new()
    }
    /// Its calls below `/api/v1/`.
    fn operations(&self) -> &'static [Operation] {
        &[]
    }
    /// Its texts in every language.
    fn texts(&self) -> &'static [(Lang, &'static str)];
}

/// Asked anew for each page.
type NoticeSource = Box<dyn Fn() -> MirrorNotice + Send + Sync>;
type FindingSource = Box<dyn Fn() -> Vec<Finding> + Send + Sync>;

/// The state behind every page.
pub struct App {
    /// The record and its views.
    pub engine: Engine,
    /// Who is signed in.
    pub gate: Arc<dyn Gate>,
    /// Settings.
    pub config: WebConfig,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The source of random bytes.
    pub entropy: Arc<dyn Entropy>,
    pub(crate) catalogue: Arc<Catalogue>,
    /// The navigation of each role: only what the role may open.
    nav: BTreeMap<Option<Role>, Arc<Vec<NavGroup>>>,
    pub(crate) sources: Vec<(String, Vec<(Lang, &'static str)>)>,
    pub(crate) table: Vec<Route>,
    pub(crate) operations: Vec<Operation>,
    pub(crate) metrics: Metrics,
    jobs: OnceLock<Jobs>,
    store: OnceLock<Store>,
    notice: OnceLock<NoticeSource>,
    findings: OnceLock<FindingSource>,
    heavy: Arc<Semaphore>,
    soft: Mutex<BTreeMap<TypeId, Arc<dyn Any + Send + Sync>>>,
    /// Size of the last signed checkpoint that was read. Checkpoints only grow: what lies below needs
    /// no other look.
    signed: AtomicU64,
    board: OnceLock<Arc<Board>>,
    witness: OnceLock<Arc<Witness>>,
    certificates: OnceLock<Arc<Certificates>>,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").field("config", &self.config).finish_non_exhaustive()
    }
}

impl App {
    /// The state for these desks. Fails when a text is malformed or defined twice.
    pub fn new(
        engine: Engine,
        gate: Arc<dyn Gate>,
        config: WebConfig,
        desks: &[&dyn Desk],
    ) -> Result<Arc<Self>, TextsFault> {
        let mut sources = vec![("shell".to_owned(), SHELL_TEXTS.to_vec())];
        sources.extend(desks.iter().map(|desk| (desk.name().to_owned(), desk.texts().to_vec())));
        let all: Vec<(Lang, &str)> = sources.iter().flat_map(|(_, texts)| texts.iter().copied()).collect();
        let catalogue = Catalogue::load(&all)?;
        let table: Vec<Route> = crate::pages::routes(desks, config.public_only).table();
        let items: Vec<NavItem> =
            desks.iter().flat_map(|desk| desk.nav()).copied().chain([crate::jobs::NAV]).collect();
        let roles = Role::ALL.into_iter().map(Some).chain([None]);
        let nav = roles.map(|role| (role, Arc::new(navigation(&items, &table, role)))).collect();
        let (clock, entropy) = (Arc::clone(engine.clock()), Arc::clone(engine.entropy()));
        let metrics = Metrics::begin(clock.now());
        let heavy = Arc::new(Semaphore::new(config.heavy_at_once));
        Ok(Arc::new(Self {
            engine,
            gate,
            config,
            clock,
            entropy,
            catalogue,
            nav,
            sources,
            table,
            operations: desks.iter().flat_map(|desk| desk.operations()).copied().collect(),
            metrics,
            jobs: OnceLock::new(),
            store: OnceLock::new(),
            notice: OnceLock::new(),
            findings: OnceLock::new(),
            heavy,
            soft: Mutex::default(),
            signed: AtomicU64::new(0),
            board: OnceLock::new(),
            witness: OnceLock::new(),
            certificates: OnceLock::new(),
        }))
    }

    /// Gives the desks their operational tables, which are made where they are not there yet. Once only.
    ///
    /// # Errors
    /// When the database fails, or has tables that are not these.
    pub fn use_store(&self, store: Store, desks: &[&dyn Desk]) -> Result<(), StoreError> {
        for desk in desks.iter().filter(|desk| !desk.tables().is_empty()) {
            store.migrate(desk.name(), desk.tables())?;
        }
        drop(self.store.set(store));
        Ok(())
    }

    /// The desks' operational tables; `None` on a mirror, which has none.
    pub fn store(&self) -> Option<&Store> {
        self.store.get()
    }

    /// Gives the pages the queue of jobs, and its figures to `/metrics`. Once only.
    pub fn use_jobs(&self, jobs: Jobs) {
        let counted = jobs.clone();
        if self.jobs.set(jobs).is_err() {
            return;
        }
        self.add_metrics(move || {
            let counts = counted.counts().unwrap_or(JobState::ALL.map(|state| (state, 0)));
            let values =
                counts.map(|(state, count)| (format!("state=\"{}\"", state.as_str()), count.cast_signed()));
            vec![Gauge { name: "scrutineer_jobs", help: "Jobs in each state", values: values.into() }]
        });
    }

    /// The queue of jobs; `None` where there is none (in tests of pages).
    pub fn jobs(&self) -> Option<&Jobs> {
        self.jobs.get()
    }

    /// Gives the seals the organisations that cosign this log. Once only.
    pub fn use_board(&self, board: Arc<Board>) {
        drop(self.board.set(board));
    }

    /// The organisations that cosign this log; `None` where no policy names any.
    pub fn board(&self) -> Option<&Arc<Board>> {
        self.board.get()
    }

    /// Makes this server a witness for other logs. Once only.
    pub fn use_witness(&self, witness: Arc<Witness>) {
        drop(self.witness.set(witness));
    }

    /// This server as a witness for other logs; `None` where it has no key for that.
    pub fn witness(&self) -> Option<&Arc<Witness>> {
        self.witness.get()
    }

    /// Lets the state of the installation and `/metrics` speak of the server's certificate. Once only.
    pub fn use_certificates(&self, certificates: Arc<Certificates>) {
        let measured = Arc::clone(&certificates);
        if self.certificates.set(certificates).is_ok() {
            self.add_metrics(move || measured.gauges());
        }
    }

    /// The server's own certificate; `None` where TLS ends elsewhere.
    pub fn certificates(&self) -> Option<&Arc<Certificates>> {
        self.certificates.get()
    }

    /// Lets every public page say what a mirror says of itself. Once only.
    pub fn use_notice(&self, notice: impl Fn() -> MirrorNotice + Send + Sync + 'static) {
        drop(self.notice.set(Box::new(notice)));
    }

    /// Lets the page on the state of the installation say what only the running program knows. Once only.
    pub fn use_findings(&self, findings: impl Fn() -> Vec<Finding> + Send + Sync + 'static) {
        drop(self.findings.set(Box::new(findings)));
    }

    /// What only the running program knows to be wrong.
    pub fn findings(&self) -> Vec<Finding> {
        self.findings.get().map(|findings| findings()).unwrap_or_default()
    }

    /// The log's statement that it has ended; `None` while it goes on.
    pub fn retirement(&self) -> Option<Retirement> {
        let log = self.engine.ledger();
        Retirement::open(&log.retirement()?, log.verifiers()).ok()
    }

    /// What readers are told on each page; `None` where a log goes on as it should.
    pub(crate) fn notice(&self) -> Option<Notice> {
        match self.notice.get() {
            Some(mirror) => {
                Some(Notice::Mirror(mirror(), self.retirement().map(|end| end.successor.name().to_owned())))
            }
            None => self.engine.ledger().stopped().as_ref().map(Notice::of),
        }
    }

    /// A turn for work that holds a whole file in memory. Few have one at the same time; who waits too
    /// long is refused with `SCR-ENG-007`, and nothing has happened.
    pub async fn heavy_turn(&self) -> Result<OwnedSemaphorePermit, Refusal> {
        let busy = || Refusal::new(RefusalKind::Unavailable, "SCR-ENG-007");
        let turn = Arc::clone(&self.heavy).acquire_owned();
        tokio::time::timeout(self.config.heavy_wait, turn).await.map_err(|_| busy())?.map_err(|_| busy())
    }

    /// What a desk keeps in memory beside the record, by its type: it is empty after each start and
    /// is another on every node, so nothing may depend on it that must be right.
    pub fn soft<T: Any + Default + Send + Sync>(&self) -> Arc<T> {
        let Ok(mut all) = self.soft.lock() else { return Arc::default() };
        let kept = all.entry(TypeId::of::<T>()).or_insert_with(|| Arc::new(T::default()));
        Arc::clone(kept).downcast().unwrap_or_default()
    }

    /// The texts in one language, for what is no page: answers to text messages, say.
    pub fn texts(&self, lang: Lang) -> Texts {
        self.catalogue.texts(lang)
    }

    /// The navigation of somebody in this role.
    pub(crate) fn nav(&self, role: Option<Role>) -> Arc<Vec<NavGroup>> {
        self.nav.get(&role).cloned().unwrap_or_default()
    }

    /// The seal of an entry: confirmed by other organisations, signed by the operator only, or still
    /// waiting for its checkpoint.
    pub fn seal(&self, index: u64, at: i64) -> Seal {
        Seal { state: self.seal_state(index), at: Some(at), href: format!("/receipts/{index}") }
    }

    fn seal_state(&self, index: u64) -> SealState {
        let confirmed = self.board().map(|board| board.confirmation(index));
        match confirmed {
            Some(c) if c.disputed => SealState::Contradicted,
            Some(c) if c.given > 0 => {
                SealState::Confirmed { given: c.given, of: c.of, enough: c.met, since: c.at }
            }
            _ if index < self.signed.load(Ordering::Relaxed) || index < self.read_signed() => {
                SealState::Operator
            }
            _ => SealState::Waiting,
        }
    }

    fn read_signed(&self) -> u64 {
        let size = self.engine.log().checkpoint().ok().flatten().map_or(0, |checkpoint| checkpoint.size);
        self.signed.fetch_max(size, Ordering::Relaxed).max(size)
    }

    /// Adds figures to `/metrics`; `source` is asked each time.
    pub fn add_metrics(&self, source: impl Fn() -> Vec<Gauge> + Send + Sync + 'static) {
        self.metrics.add(Box::new(source));
    }

    /// The authorisation matrix: every route of every desk with who may use it.
    pub fn matrix(&self) -> &[Route] {
        &self.table
    }

    /// True when some route lets everybody write: there must be none that is not meant to.
    pub fn public_writes(&self) -> Vec<&Route> {
        let open = |route: &&Route| route.allow == Allow::Public && route.method != Method::GET;
        self.table.iter().filter(open).collect()
    }
}

/// The entries whose page the role may open, in their groups.
fn navigation(items: &[NavItem], table: &[Route], role: Option<Role>) -> Vec<NavGroup> {
    let mut nav: Vec<NavGroup> = Vec::new();
    for item in items {
        let page = |route: &&Route| route.method == Method::GET && route.path == item.href;
        if !table.iter().find(page).is_some_and(|route| route.allow.admits(role)) {
            continue;
        }
        match nav.iter_mut().find(|group| group.title == item.group) {
            Some(group) => group.items.push(*item),
            None => nav.push(NavGroup { title: item.group, items: vec![*item] }),
        }
    }
    nav
}
