//! C2SP tlog-policy: which log, and which witnesses must have cosigned.

use crate::checkpoint::{Checkpoint, decimal};
use crate::keys::{Algorithm, VerifierKey};
use crate::note::{Note, NoteError, Verified};
use std::fmt;
use std::str::FromStr;

/// Most logs, witnesses or groups in one file. The specification demands at least 32.
const MAX_ITEMS: usize = 1_000;

/// Why a policy is refused, or not met.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// A line of the file is wrong.
    #[error("line {line} of the policy: {what}")]
    Line {
        /// Counted from 1.
        line: usize,
        /// In words.
        what: &'static str,
    },
    /// The file lacks something that it must have.
    #[error("the policy {0}")]
    Incomplete(&'static str),
    /// The note does not hold.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The text is no checkpoint.
    #[error("the note is not a checkpoint")]
    NotACheckpoint,
    /// No log of the policy has signed, or another origin stands in the checkpoint.
    #[error("no log of the policy has signed this checkpoint")]
    NotTheLog,
    /// Too few witnesses.
    #[error("{found} of the policy's witnesses have cosigned, which does not meet its quorum")]
    Quorum {
        /// Witnesses that have cosigned.
        found: usize,
    },
}

/// A log of the policy.
#[derive(Debug, Clone)]
pub struct PolicyLog {
    /// Its key; the name is its origin.
    pub key: VerifierKey,
    /// Where it can be reached.
    pub url: Option<String>,
}

/// A witness of the policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyWitness {
    /// Its name within the policy.
    pub name: String,
    /// Its key.
    pub key: VerifierKey,
    /// Where it can be reached.
    pub url: Option<String>,
    /// How often a day it may be asked, where the policy says so: a line `#qpd <name> <number>`, which is a
    /// comment to everybody else.
    pub per_day: Option<u64>,
}

/// A group of witnesses, or of groups: a sector, for instance.
#[derive(Debug, Clone)]
pub struct PolicyGroup {
    /// Its name within the policy.
    pub name: String,
    /// How many of its members must have cosigned.
    pub threshold: usize,
    /// Names of witnesses and of groups defined before it.
    pub members: Vec<String>,
}

/// A policy file.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    logs: Vec<PolicyLog>,
    witnesses: Vec<PolicyWitness>,
    groups: Vec<PolicyGroup>,
    quorum: Option<String>,
}

/// A checkpoint that meets a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The checkpoint.
    pub checkpoint: Checkpoint,
    /// The log's signatures.
    pub log: Vec<Verified>,
    /// Names within the policy of the witnesses that have cosigned, with the times they state.
    pub witnesses: Vec<(String, Option<u64>)>,
    /// How many witnesses the policy names.
    pub of: usize,
}

impl Policy {
    /// The logs, any one of which suffices.
    pub fn logs(&self) -> &[PolicyLog] {
        &self.logs
    }

    /// The witnesses.
    pub fn witnesses(&self) -> &[PolicyWitness] {
        &self.witnesses
    }

    /// Checks a signed checkpoint against the policy.
    pub fn check(&self, checkpoint: &str) -> Result<Verdict, PolicyError> {
        let note: Note = checkpoint.parse()?;
        let keys: Vec<VerifierKey> = self
            .logs
            .iter()
            .map(|log| &log.key)
            .chain(self.witnesses.iter().map(|w| &w.key))
            .cloned()
            .collect();
        let verified = note.open(&keys).map_err(|error| match error {
            NoteError::Unsigned => PolicyError::NotTheLog,
            other => PolicyError::Note(other),
        })?;
        let checkpoint: Checkpoint = note.text.parse().map_err(|_| PolicyError::NotACheckpoint)?;
        let signed = |key: &VerifierKey| verified.iter().find(|v| v.name == key.name() && v.id == key.id());
        let log: Vec<Verified> = self
            .logs
            .iter()
            .filter(|log| log.key.name() == checkpoint.origin)
            .filter_map(|log| signed(&log.key).cloned())
            .collect();
        if log.is_empty() {
            return Err(PolicyError::NotTheLog);
        }
        let witnesses: Vec<(String, Option<u64>)> =
            self.witnesses.iter().filter_map(|w| Some((w.name.clone(), signed(&w.key)?.time))).collect();
        let names: Vec<&str> = witnesses.iter().map(|(name, _)| name.as_str()).collect();
        if !self.is_met_by(&names) {
            return Err(PolicyError::Quorum { found: witnesses.len() });
        }
        Ok(Verdict { checkpoint, log, witnesses, of: self.witnesses.len() })
    }

    /// The groups, each after those that it names.
    pub fn groups(&self) -> &[PolicyGroup] {
        &self.groups
    }

    /// The witness or group that must have cosigned; `None` when the log's signature is enough.
    pub fn quorum(&self) -> Option<&str> {
        self.quorum.as_deref()
    }

    /// Whether these witnesses, by their names within the policy, meet its quorum.
    pub fn is_met_by(&self, cosigned: &[&str]) -> bool {
        self.quorum.as_ref().is_none_or(|name| self.met(name, cosigned))
    }

    /// Whether a witness has, or enough of a group's members have, cosigned. Groups name earlier
    /// ones only, so this ends.
    fn met(&self, name: &str, cosigned: &[&str]) -> bool {
        match self.groups.iter().find(|group| group.name == name) {
            Some(group) => {
                group.members.iter().filter(|member| self.met(member, cosigned)).count() >= group.threshold
            }
            None => cosigned.contains(&name),
        }
    }

    fn known(&self, name: &str) -> bool {
        self.witnesses.iter().any(|w| w.name == name) || self.groups.iter().any(|g| g.name == name)
    }

    fn add_log(&mut self, words: &[&str]) -> Result<(), &'static str> {
        let (key, url) = match words {
            [key] => (key, None),
            [key, url] => (key, Some((*url).to_owned())),
            _ => return Err("expected: log <vkey> [<url>]"),
        };
        let key: VerifierKey = key.parse().map_err(|_| "the log's key cannot be read")?;
        if key.algorithm() == Algorithm::Cosignature {
            return Err("a log does not sign with a witness key");
        }
        if self.logs.iter().any(|log| log.key.public_bytes() == key.public_bytes()) {
            return Err("two logs with one key");
        }
        self.logs.push(PolicyLog { key, url });
        Ok(())
    }

    fn add_witness(&mut self, words: &[&str]) -> Result<(), &'static str> {
        let (name, key, url) = match words {
            [name, key] => (name, key, None),
            [name, key, url] => (name, key, Some((*url).to_owned())),
            _ => return Err("expected: witness <name> <vkey> [<url>]"),
        };
        let key: VerifierKey = key.parse().map_err(|_| "the witness' key cannot be read")?;
        if key.algorithm() == Algorithm::Ed25519 {
            return Err("a witness does not sign with a log key");
        }
        if *name == "none" || self.known(name) {
            return Err("the name is taken");
        }
        if self.witnesses.iter().any(|w| w.key.public_bytes() == key.public_bytes()) {
            return Err("two witnesses with one key");
        }
        self.witnesses.push(PolicyWitness { name: (*name).to_owned(), key, url, per_day: None });
        Ok(())
    }

    fn add_budget(&mut self, words: &[&str]) -> Result<(), &'static str> {
        let [name, number] = words else { return Err("expected: #qpd <name> <number>") };
        let per_day = decimal(number).filter(|n| *n > 0).ok_or("qpd is no number above 0")?;
        let witness = self.witnesses.iter_mut().find(|w| w.name == *name);
        witness.ok_or("qpd of a witness that is not defined before")?.per_day = Some(per_day);
        Ok(())
    }

    fn add_group(&mut self, words: &[&str]) -> Result<(), &'static str> {
        let [name, threshold, members @ ..] = words else {
            return Err("expected: group <name> all|any|<k> <name>…");
        };
        if *name == "none" || self.known(name) {
            return Err("the name is taken");
        }
        if members.is_empty() {
            return Err("a group has members");
        }
        for (position, member) in members.iter().enumerate() {
            if !self.known(member) {
                return Err("a member is not defined before");
            }
            if members[..position].contains(member)
                || self.groups.iter().any(|g| g.members.iter().any(|m| m == member))
            {
                return Err("a name is a member more than once");
            }
        }
        let threshold = match *threshold {
            "all" => members.len(),
            "any" => 1,
            number => {
                decimal(number).and_then(|k| usize::try_from(k).ok()).ok_or("the threshold is no number")?
            }
        };
        if threshold == 0 || threshold > members.len() {
            return Err("the threshold is not between 1 and the number of members");
        }
        let members = members.iter().map(|m| (*m).to_owned()).collect();
        self.groups.push(PolicyGroup { name: (*name).to_owned(), threshold, members });
        Ok(())
    }

    fn add_line(&mut self, line: &str, quorum_seen: &mut bool) -> Result<(), &'static str> {
        if line.chars().any(|c| c.is_control() && c != '\t') {
            return Err("it contains control characters");
        }
        let words: Vec<&str> = line.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
        let Some((first, rest)) = words.split_first() else { return Ok(()) };
        match *first {
            "#qpd" => self.add_budget(rest),
            comment if comment.starts_with('#') => Ok(()),
            "log" => self.add_log(rest),
            "witness" => self.add_witness(rest),
            "group" => self.add_group(rest),
            "quorum" => {
                if std::mem::replace(quorum_seen, true) {
                    return Err("a second quorum");
                }
                match rest {
                    ["none"] => Ok(()),
                    [name] if self.known(name) => {
                        self.quorum = Some((*name).to_owned());
                        Ok(())
                    }
                    _ => Err("the quorum names nothing that is defined before"),
                }
            }
            _ => Err("it begins with none of log, witness, group, quorum"),
        }
    }
}

impl fmt::Display for Policy {
    /// The policy as a file, without the comments that it may have had, `#qpd` excepted.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = |url: &Option<String>| url.as_ref().map_or_else(String::new, |url| format!(" {url}"));
        for log in &self.logs {
            writeln!(f, "log {}{}", log.key, url(&log.url))?;
        }
        for witness in &self.witnesses {
            writeln!(f, "witness {} {}{}", witness.name, witness.key, url(&witness.url))?;
            if let Some(per_day) = witness.per_day {
                writeln!(f, "#qpd {} {per_day}", witness.name)?;
            }
        }
        for group in &self.groups {
            writeln!(f, "group {} {} {}", group.name, group.threshold, group.members.join(" "))?;
        }
        writeln!(f, "quorum {}", self.quorum().unwrap_or("none"))
    }
}

impl FromStr for Policy {
    type Err = PolicyError;

    fn from_str(text: &str) -> Result<Self, PolicyError> {
        let mut policy = Self::default();
        let mut quorum_seen = false;
        for (position, line) in text.split('\n').enumerate() {
            policy
                .add_line(line, &mut quorum_seen)
                .map_err(|what| PolicyError::Line { line: position + 1, what })?;
            if policy.logs.len() + policy.witnesses.len() + policy.groups.len() > MAX_ITEMS {
                return Err(PolicyError::Incomplete("names more than 1,000 logs, witnesses and groups"));
            }
        }
        if !quorum_seen {
            return Err(PolicyError::Incomplete("has no quorum line"));
        }
        if policy.logs.is_empty() {
            return Err(PolicyError::Incomplete("names no log"));
        }
        Ok(policy)
    }
}
