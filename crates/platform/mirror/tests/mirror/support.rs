//! A log to follow, and a server in between that can be made to lie.

use scr_canon::Hash32;
use scr_core::{Actor, Clock, FixedClock, Role, SeededEntropy};
use scr_engine::testing::{NOW, TestEngine};
use scr_engine::{Engine, EngineParts, FieldSpec, FieldType, KindSpec, NewEvent};
use scr_ledger::ReadError;
use scr_mirror::remote::Sink;
use scr_mirror::{MirrorFolder, Monitor, MonitorConfig, PageLimits, Remote, RemoteError};
use scr_note::VerifierKey;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// An entry that names an object.
pub(crate) const FILED: KindSpec = KindSpec {
    name: "test.paper.filed/1",
    public: &[FieldSpec::new("object", FieldType::Hash)],
    private: &[],
};

/// A log of its own.
pub(crate) struct Log {
    pub(crate) test: TestEngine,
    pub(crate) folder: tempfile::TempDir,
}

impl Log {
    pub(crate) fn new() -> Self {
        Self::over(tempfile::tempdir().unwrap())
    }

    fn over(folder: tempfile::TempDir) -> Self {
        let test = TestEngine::new(folder.path(), &[FILED], Vec::new()).unwrap();
        let log = Self { test, folder };
        log.published(1);
        log
    }

    /// A log with the same key and the same entries so far, which goes its own way.
    pub(crate) fn fork(self) -> (Self, Self) {
        let other = tempfile::tempdir().unwrap();
        let Self { test, folder } = self;
        drop(test);
        copy(folder.path(), other.path());
        (Self::over(folder), Self::over(other))
    }

    pub(crate) fn engine(&self) -> &Engine {
        &self.test.engine
    }

    pub(crate) fn keys(&self) -> Vec<VerifierKey> {
        self.engine().ledger().verifiers().to_vec()
    }

    /// Files a paper: one entry, one object.
    pub(crate) fn file(&self, text: &str) -> Hash32 {
        let hash = self.engine().objects().put(text.as_bytes()).unwrap();
        self.file_all([text.to_owned()]);
        hash
    }

    /// Files papers in one act, and waits for their checkpoint.
    pub(crate) fn file_all(&self, texts: impl IntoIterator<Item = String>) {
        let actor: Actor = TestEngine::actor(Role::Manager);
        let put = |text: String| self.engine().objects().put(text.as_bytes()).unwrap();
        let objects: Vec<Hash32> = texts.into_iter().map(put).collect();
        let filed = |hash: &Hash32| NewEvent::about(&FILED, "paper:all", json!({"object": hash.to_string()}));
        let receipts = self.engine().record(&actor, &|_, _| Ok(objects.iter().map(filed).collect())).unwrap();
        self.published(receipts.last().unwrap().index + 1);
    }

    /// Waits until a checkpoint covers `size` entries.
    pub(crate) fn published(&self, size: u64) {
        while self.engine().log().checkpoint().unwrap().is_none_or(|signed| signed.size < size) {
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    pub(crate) fn checkpoint(&self) -> String {
        self.engine().log().checkpoint_note().unwrap().unwrap()
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in from.read_dir().unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// What the server in between answers instead of the log's own answer.
pub(crate) type Lie = Box<dyn Fn(&str, Option<Vec<u8>>) -> Option<Vec<u8>> + Send>;

/// A server in front of a log.
#[derive(Clone)]
pub(crate) struct Server(Arc<Mutex<(Arc<Log>, Lie)>>);

impl Server {
    pub(crate) fn of(log: &Arc<Log>) -> Self {
        Self(Arc::new(Mutex::new((Arc::clone(log), Box::new(|_, answer| answer)))))
    }

    /// From now on it answers for another log.
    pub(crate) fn switch(&self, log: &Arc<Log>) {
        self.0.lock().unwrap().0 = Arc::clone(log);
    }

    /// From now on it lies like this.
    pub(crate) fn lie(&self, lie: impl Fn(&str, Option<Vec<u8>>) -> Option<Vec<u8>> + Send + 'static) {
        self.0.lock().unwrap().1 = Box::new(lie);
    }
}

impl Remote for Server {
    fn fetch(&self, path: &str, max_bytes: u64, sink: Sink<'_>) -> Result<bool, RemoteError> {
        let guard = self.0.lock().unwrap();
        let engine = guard.0.engine();
        let answer = if let Some(hash) = path.strip_prefix("/objects/") {
            let hash = Hash32::from_hex(hash).unwrap();
            engine.objects().get(&hash, 1 << 20).unwrap()
        } else if let Some(resource) = path.strip_prefix("/log/") {
            match engine.log().resource(resource) {
                Ok(bytes) => Some(bytes),
                Err(ReadError::NotFound) => None,
                Err(error) => panic!("{error}"),
            }
        } else {
            Some(format!("page {path}").into_bytes())
        };
        let Some(bytes) = (guard.1)(path, answer) else { return Ok(false) };
        if bytes.len() as u64 > max_bytes {
            return Err(RemoteError::TooLong { path: path.to_owned(), max_bytes });
        }
        sink(&bytes).map(|()| true).map_err(|what| RemoteError::Own { path: path.to_owned(), what })
    }
}

/// A mirror of a server.
pub(crate) struct Mirror {
    pub(crate) monitor: Monitor,
    pub(crate) parts: Option<EngineParts>,
    pub(crate) clock: Arc<FixedClock>,
}

pub(crate) const STALE_SECONDS: i64 = 1_800;

impl Mirror {
    pub(crate) fn open(folder: &Path, keys: Vec<VerifierKey>, server: impl Remote + 'static) -> Self {
        let clock = Arc::new(FixedClock::at(NOW));
        let opened = MirrorFolder::open(
            folder,
            keys,
            Arc::clone(&clock) as Arc<dyn Clock>,
            Arc::new(SeededEntropy::new(3)),
        );
        let opened = opened.unwrap();
        let pages = PageLimits { known: 50, at_once: 50, settle: Duration::ZERO };
        let monitor = Monitor::new(
            opened.follower,
            Box::new(server),
            (opened.alarms_folder, opened.alarms),
            ("https://log.test.example", &opened.origin),
            Arc::clone(&clock) as Arc<dyn Clock>,
            MonitorConfig { stale_seconds: STALE_SECONDS, pages },
        );
        Self { monitor, parts: Some(opened.parts), clock }
    }

    /// One round; its code, or nothing.
    pub(crate) fn round(&mut self) -> Result<(), String> {
        self.monitor.round(&mut |_, _| ()).map(|_| ()).map_err(|trouble| trouble.to_string())
    }

    pub(crate) fn size(&self) -> u64 {
        self.monitor.watch().now().size
    }

    /// The open alarms: code and words.
    pub(crate) fn alarms(&self) -> Vec<(String, String)> {
        let state = self.monitor.watch().now();
        let open = state.alarms.iter().filter(|alarm| alarm.ended_at.is_none());
        open.map(|alarm| (alarm.code.clone(), alarm.words.clone())).collect()
    }

    /// A file of evidence of the newest alarm.
    pub(crate) fn evidence(&self, name: &str) -> Vec<u8> {
        let state = self.monitor.watch().now();
        let alarm = state.alarms.last().unwrap();
        scr_mirror::Alarms::file(&state.folder, alarm, name).unwrap()
    }

    pub(crate) fn folder(&self) -> PathBuf {
        self.monitor.watch().now().folder
    }
}
