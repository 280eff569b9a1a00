//! Witnesses, and a network between them and the nodes that loses, delays, doubles and replays.
//!
//! The witnesses are the real ones, with their files. Each has choices of its own, so that it does not
//! matter in which order a round's threads reach them: one seed gives one history.

use crate::check::Broken;
use crate::random::Random;
use crate::world::ORIGIN;
use scr_canon::Hash32;
use scr_note::{Algorithm, Checkpoint, Note, NoteSignature, Policy, SignerKey, VerifierKey};
use scr_witness::server::SIZE_TYPE;
use scr_witness::{AddCheckpoint, LogList, Reply, Transport, Witness, WitnessedLog};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Honest witnesses; one more lies.
pub(crate) const HONEST: usize = 3;

/// A tree: entries and root.
pub(crate) type Tree = (u64, Hash32);

/// One witness, and the wire to it.
pub(crate) struct Peer {
    number: usize,
    key: SignerKey,
    log: VerifierKey,
    path: PathBuf,
    /// `None` for the one that lies.
    witness: Option<Witness>,
    random: Random,
    cut: bool,
    /// Requests that are still on their way.
    late: Vec<Vec<u8>>,
    /// Answers that it gave, and checkpoints that it showed: somebody on the wire replays them.
    told: Vec<Reply>,
    kept: Vec<Reply>,
    /// The tree that the log's node was shown when it last asked, if the answer reached it.
    pub(crate) showed: Option<Tree>,
    /// Every tree that it has cosigned, in order.
    pub(crate) cosigned: Vec<Tree>,
    /// How many of these were held against each other.
    pub(crate) compared: usize,
    /// Calls that did not go as they should.
    pub(crate) faults: u64,
}

/// All of them.
pub(crate) struct Net {
    peers: Vec<Mutex<Peer>>,
    clock: Arc<AtomicI64>,
    /// Nothing goes wrong on the wire.
    pub(crate) calm: bool,
}

fn key(name: &str, algorithm: Algorithm, seed: u8) -> Result<SignerKey, Broken> {
    SignerKey::from_seed(name, algorithm, &[seed; 32]).map_err(|e| e.to_string())
}

/// Three of four: two trees that meet it were cosigned by one honest witness at least.
pub(crate) fn policy(log: &VerifierKey) -> Result<Policy, Broken> {
    let mut text = format!("log {log}\n");
    for number in 0..=HONEST {
        let key = witness_key(number)?;
        let _ = writeln!(text, "witness w{number} {} http://w{number}/", key.verifier());
    }
    text += "group most 3 w0 w1 w2 w3\nquorum most\n";
    text.parse().map_err(|e| format!("{e}"))
}

fn witness_key(number: usize) -> Result<SignerKey, Broken> {
    let seed = 10 + u8::try_from(number).unwrap_or(0);
    key(&format!("w{number}.example"), Algorithm::Cosignature, seed)
}

impl Net {
    pub(crate) fn new(
        folder: &Path,
        log: &VerifierKey,
        clock: &Arc<AtomicI64>,
        random: &mut Random,
    ) -> Result<Self, Broken> {
        let mut peers = Vec::new();
        for number in 0..=HONEST {
            let mut peer = Peer {
                number,
                key: witness_key(number)?,
                log: log.clone(),
                path: folder.join(format!("w{number}.db")),
                witness: None,
                random: Random::new(random.next()),
                cut: false,
                late: Vec::new(),
                told: Vec::new(),
                kept: Vec::new(),
                showed: None,
                cosigned: Vec::new(),
                compared: 0,
                faults: 0,
            };
            if number < HONEST {
                peer.open()?;
            }
            peers.push(Mutex::new(peer));
        }
        Ok(Self { peers, clock: Arc::clone(clock), calm: false })
    }

    pub(crate) fn peer(&self, number: usize) -> MutexGuard<'_, Peer> {
        self.peers[number].lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn honest(&self) -> impl Iterator<Item = MutexGuard<'_, Peer>> {
        (0..HONEST).map(|number| self.peer(number))
    }

    /// The wire to a witness is cut or mended, or the witness starts again.
    pub(crate) fn change(&self, random: &mut Random, forgets: bool) -> Result<(), Broken> {
        let mut peer = self.peer(random.place(HONEST + 1));
        if peer.witness.is_some() && (forgets || random.one_in(3)) {
            peer.witness = None;
            if forgets {
                std::fs::remove_file(&peer.path).map_err(|e| e.to_string())?;
            }
            return peer.open();
        }
        peer.cut = !peer.cut;
        Ok(())
    }

    /// Nobody can be reached any more.
    pub(crate) fn cut_all(&self) {
        (0..self.peers.len()).for_each(|number| self.peer(number).cut = true);
    }

    /// The network works again: nothing is cut, and what was on its way has arrived or never will.
    pub(crate) fn heal(&mut self) {
        self.calm = true;
        for number in 0..self.peers.len() {
            let mut peer = self.peer(number);
            peer.cut = false;
            peer.late.clear();
        }
    }

    /// Nobody was asked yet.
    pub(crate) fn forget_what_was_shown(&self) {
        (0..self.peers.len()).for_each(|number| self.peer(number).showed = None);
    }

    fn of(&self, url: &str) -> Result<MutexGuard<'_, Peer>, String> {
        let number = url.strip_prefix("http://w").and_then(|rest| rest.split('/').next()?.parse().ok());
        let number: usize = number.filter(|number| *number < self.peers.len()).ok_or("no such host")?;
        Ok(self.peer(number))
    }
}

impl Transport for Net {
    fn post(&self, url: &str, body: &[u8]) -> Result<Reply, String> {
        self.of(url)?.post(body, self.clock.load(Ordering::SeqCst), self.calm)
    }

    fn get(&self, url: &str) -> Result<Reply, String> {
        self.of(url)?.get(self.calm)
    }
}

impl Peer {
    fn open(&mut self) -> Result<(), Broken> {
        let log = WitnessedLog {
            origin: ORIGIN.to_owned(),
            key: self.log.clone(),
            per_day: Some(u64::MAX),
            contact: None,
        };
        let key = witness_key(self.number)?;
        let witness = Witness::open(key, LogList::new(vec![log]), &self.path);
        self.witness = Some(witness.map_err(|e| e.to_string())?);
        Ok(())
    }

    /// The newest tree that it keeps.
    pub(crate) fn keeps(&self) -> Option<Tree> {
        let seen = self.witness.as_ref()?.seen().ok()?;
        seen.first().map(|seen| (seen.size, seen.root))
    }

    fn post(&mut self, body: &[u8], now: i64, calm: bool) -> Result<Reply, String> {
        if self.cut {
            return Err("no route".to_owned());
        }
        if calm {
            return Ok(self.deliver(body, now));
        }
        // What was held up comes now, perhaps in another order, and nobody waits for the answer.
        while !self.late.is_empty() && self.random.one_in(2) {
            let at = self.random.place(self.late.len());
            let late = self.late.swap_remove(at);
            self.deliver(&late, now);
        }
        let what = self.random.below(12);
        self.faults += u64::from(what < 5);
        match what {
            0 => Err("the request is lost".to_owned()),
            1 => {
                self.late.push(body.to_vec());
                Err("no answer in time".to_owned())
            }
            2 => {
                self.deliver(body, now);
                Err("the answer is lost".to_owned())
            }
            3 => {
                let first = self.deliver(body, now);
                let second = self.deliver(body, now);
                Ok(if self.random.one_in(2) { first } else { second })
            }
            4 if !self.told.is_empty() => {
                let at = self.random.place(self.told.len());
                Ok(self.told[at].clone())
            }
            _ => Ok(self.deliver(body, now)),
        }
    }

    fn deliver(&mut self, body: &[u8], now: i64) -> Reply {
        let Some(witness) = &self.witness else { return self.lie(body, now) };
        let answer = witness.add_checkpoint(body, now);
        if answer.status == 200
            && let Some(checkpoint) = checkpoint_of(body)
        {
            self.cosigned.push((checkpoint.size, checkpoint.root));
        }
        let content_type = answer.content_type.split(';').next().unwrap_or_default().to_owned();
        let (status, retry_after) = (answer.status, answer.retry_after);
        let reply = Reply { status, content_type, body: answer.body.into_bytes(), retry_after };
        self.told.push(reply.clone());
        reply
    }

    /// The witness that lies: it cosigns whatever comes, or says what is not so.
    fn lie(&mut self, body: &[u8], now: i64) -> Reply {
        let text = checkpoint_of(body).map(|checkpoint| checkpoint.to_string()).unwrap_or_default();
        let now = u64::try_from(now).unwrap_or(1);
        let reply = |status, content_type: &str, body: String| Reply {
            status,
            content_type: content_type.to_owned(),
            body: body.into_bytes(),
            retry_after: None,
        };
        let line = |text: &str, time| {
            let key = self.key.verifier();
            let signature = self.key.sign(text, time).unwrap_or_default();
            NoteSignature { name: key.name().to_owned(), id: key.id(), signature }.to_string()
        };
        let answer = match self.random.below(7) {
            0 => reply(409, SIZE_TYPE, format!("{}\n", self.random.below(1 << 40))),
            1 => reply(422, "text/plain", "it does not continue\n".to_owned()),
            2 => reply(200, "text/plain", line(&text, now + 10_000_000)),
            3 => reply(200, "text/plain", line(&format!("{ORIGIN}\n9\n{}\n", Hash32([7; 32])), now)),
            4 => reply(200, "text/plain", "— w3.example AAAA\n".to_owned()),
            _ => reply(200, "text/plain", line(&text, now)),
        };
        self.told.push(answer.clone());
        answer
    }

    fn get(&mut self, calm: bool) -> Result<Reply, String> {
        if self.cut || (!calm && self.random.one_in(6)) {
            self.faults += 1;
            return Err("no answer".to_owned());
        }
        let reply = match &self.witness {
            Some(witness) => {
                let answer = witness.checkpoint(&scr_canon::sha256(ORIGIN.as_bytes()).to_hex());
                Reply { status: answer.status, body: answer.body.into_bytes(), ..Reply::default() }
            }
            None => self.false_checkpoint(),
        };
        self.kept.push(reply.clone());
        let reply = if calm || !self.random.one_in(6) {
            reply
        } else {
            self.faults += 1;
            let at = self.random.place(self.kept.len());
            self.kept[at].clone()
        };
        if self.witness.is_some() && reply.status == 200 {
            self.showed = tree_of(&reply.body);
        }
        Ok(reply)
    }

    /// A larger tree that only the liar has signed, or nobody.
    fn false_checkpoint(&mut self) -> Reply {
        let root = Hash32([self.random.next().to_le_bytes()[0]; 32]);
        let text = Checkpoint::new(ORIGIN, self.random.below(1 << 40), root).to_string();
        let time = self.random.below(1 << 31);
        let note = Note::sign(&text, &[&self.key], time).map(|note| note.to_string()).unwrap_or_default();
        let body = if self.random.one_in(2) {
            note
        } else {
            // The log's name over a signature of somebody else.
            note.replace("— w3.example", &format!("— {ORIGIN}"))
        };
        Reply { status: 200, body: body.into_bytes(), ..Reply::default() }
    }
}

fn checkpoint_of(body: &[u8]) -> Option<Checkpoint> {
    let request: AddCheckpoint = std::str::from_utf8(body).ok()?.parse().ok()?;
    let note: Note = request.checkpoint.parse().ok()?;
    note.text.parse().ok()
}

fn tree_of(note: &[u8]) -> Option<Tree> {
    let note: Note = std::str::from_utf8(note).ok()?.parse().ok()?;
    let checkpoint: Checkpoint = note.text.parse().ok()?;
    Some((checkpoint.size, checkpoint.root))
}
