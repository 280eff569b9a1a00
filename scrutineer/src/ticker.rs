//! What a server looks at again and again: a thread with a wake-up call, and files that people change.

use crate::outcome::Problem;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// A thread that works now and then. Dropped: it ends after what is under way.
pub(crate) struct Ticker {
    wake: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Ticker {
    /// Works after `first`, and then after each `every`, or when it is woken: then with `true`.
    pub(crate) fn start(
        name: &str,
        first: Duration,
        every: Duration,
        mut work: impl FnMut(bool) + Send + 'static,
    ) -> Result<Self, Problem> {
        let (wake, woken) = channel::<()>();
        let run = move || {
            let mut wait = first;
            loop {
                match woken.recv_timeout(wait) {
                    Ok(()) => work(true),
                    Err(RecvTimeoutError::Timeout) => work(false),
                    Err(RecvTimeoutError::Disconnected) => return,
                }
                wait = every;
            }
        };
        let thread = std::thread::Builder::new().name(name.to_owned()).spawn(run);
        let thread = thread.map_err(|e| Problem::fault("SCR-CLI-032", e))?;
        Ok(Self { wake: Some(wake), thread: Some(thread) })
    }

    /// Wakes it, for as long as this is kept.
    pub(crate) fn waker(&self) -> Option<Sender<()>> {
        self.wake.clone()
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        drop(self.wake.take());
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

/// A file that is read again when it has changed.
pub(crate) struct Watched {
    path: PathBuf,
    text: Option<String>,
}

impl Watched {
    /// The file as it stands now; it may be missing.
    pub(crate) fn at(path: PathBuf) -> Self {
        let text = read(&path).ok();
        Self { path, text }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Its text, when that is another than at the last look, or in any case when `again`. A file that is gone
    /// is told of once.
    pub(crate) fn changed(&mut self, again: bool) -> Option<Result<String, String>> {
        match read(&self.path) {
            Ok(text) if again || self.text.as_ref() != Some(&text) => {
                self.text = Some(text.clone());
                Some(Ok(text))
            }
            Ok(_) => None,
            Err(error) => {
                let before = self.text.take();
                before.is_some().then(|| Err(format!("{}: {error}", self.path.display())))
            }
        }
    }
}

fn read(path: &Path) -> Result<String, String> {
    crate::source::read_text(path).map_err(|problem| problem.words())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_again_when_it_changes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("policy");
        let mut watched = Watched::at(path.clone());
        assert_eq!(watched.changed(false), None, "it was never there");
        std::fs::write(&path, "a").unwrap();
        assert_eq!(watched.changed(false), Some(Ok("a".to_owned())));
        assert_eq!(watched.changed(false), None);
        assert_eq!(watched.changed(true), Some(Ok("a".to_owned())), "somebody asks for it");
        std::fs::write(&path, "b").unwrap();
        assert_eq!(watched.changed(false), Some(Ok("b".to_owned())));
        std::fs::remove_file(&path).unwrap();
        assert!(watched.changed(false).is_some_and(|gone| gone.is_err()));
        assert_eq!(watched.changed(false), None, "it is told of once");
    }
}
