//! The demonstration's witnesses: organisations as invented as its election, within the process. One of them is away.

use crate::outcome::Problem;
use crate::witnessing::WitnessFolder;
use scr_core::{Clock as _, SystemClock, SystemEntropy};
use scr_note::VerifierKey;
use scr_witness::{Reply, Transport, Witness};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const WITNESSES: [&str; 4] = ["Meadow-Party", "River-Party", "Civic-Watch", "Continental-Mission"];
const AWAY: &str = "Continental-Mission";

fn home(data: &Path, name: &str) -> PathBuf {
    data.join("demo-witnesses").join(name)
}

/// Makes their keys, and the policy that names them.
pub(crate) fn create(data: &Path, log: &VerifierKey) -> Result<(), Problem> {
    let write = |path: &Path, text: &str| {
        std::fs::write(path, text)
            .map_err(|e| Problem::fault("SCR-CLI-034", format!("{}: {e}", path.display())))
    };
    let mut policy = format!("log {log}\n");
    for name in WITNESSES {
        let folder = WitnessFolder::of(&home(data, name));
        let key = folder.create_key(&format!("{}.demo.example", name.to_lowercase()), &SystemEntropy)?;
        write(&folder.file("logs"), &format!("logs/v0\n\nvkey {log}\n"))?;
        let _ = writeln!(policy, "witness {name} {} http://{name}.invalid/witness", key.verifier());
    }
    policy += "group parties any Meadow-Party River-Party\ngroup civil-society any Civic-Watch\n\
               group international any Continental-Mission\n\
               group quorum 2 parties civil-society international\nquorum quorum\n";
    write(&WitnessFolder::of(data).file("policy"), &policy)
}

/// Those of a demonstration that was kept; `None` where it has none.
pub(crate) fn open(data: &Path) -> Result<Option<Invented>, Problem> {
    let mut witnesses = BTreeMap::new();
    for name in WITNESSES {
        if let Some(witness) = WitnessFolder::of(&home(data, name)).witness(None)? {
            witnesses.insert(name.to_owned(), witness);
        }
    }
    Ok((!witnesses.is_empty()).then_some(Invented(witnesses)))
}

/// Reaches them without a network.
pub(crate) struct Invented(BTreeMap<String, Witness>);

impl Invented {
    fn at(&self, url: &str) -> Result<(&Witness, String), String> {
        let rest = url.strip_prefix("http://").and_then(|rest| rest.split_once(".invalid/witness/"));
        let (name, path) = rest.filter(|(name, _)| *name != AWAY).ok_or("it is away")?;
        Ok((self.0.get(name).ok_or("nobody there")?, path.to_owned()))
    }
}

impl Transport for Invented {
    fn post(&self, url: &str, body: &[u8]) -> Result<Reply, String> {
        let answer = self.at(url)?.0.add_checkpoint(body, SystemClock.now());
        let content_type = answer.content_type.to_owned();
        let (status, retry_after) = (answer.status, answer.retry_after);
        Ok(Reply { status, content_type, body: answer.body.into_bytes(), retry_after })
    }

    fn get(&self, url: &str) -> Result<Reply, String> {
        let (witness, path) = self.at(url)?;
        let answer = witness.checkpoint(path.trim_end_matches("/checkpoint"));
        Ok(Reply { status: answer.status, body: answer.body.into_bytes(), ..Reply::default() })
    }
}
