//! `scrutineer keys …`

use crate::installed::{InstalledArgs, tenths};
use crate::outcome::{Outcome, Problem};
use scr_agent::{Agent, Identity, KeyPlace, private_key};
use scr_core::{Entropy, SystemEntropy};
use scr_engine::{ActError, Installation, KeyHome, Rotated, write_secret};
use scr_note::{Algorithm, SignerKey, VerifierKey};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;
use zeroize::Zeroizing;

/// A conversation with an agent, while a person waits: they may have to touch a token.
const LIMIT: Duration = Duration::from_secs(30);

/// The keys of an installation: where they are, and how they move and change.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Say where the keys of log and witness are.
    #[command(after_help = "Example:\n  scrutineer keys show --data /var/lib/scrutineer")]
    Show {
        /// The installation's folder.
        #[arg(long)]
        data: PathBuf,
    },
    /// Let an agent sign with a key that it holds already, and destroy the key's file. Stop the server before.
    #[command(
        after_help = "Example:\n  scrutineer keys export --data /var/lib/scrutineer --to /media/stick/log-key\n  ssh-keygen -p -f /media/stick/log-key\n  ssh-agent -a /run/scrutineer-agent/socket\n  SSH_AUTH_SOCK=/run/scrutineer-agent/socket ssh-add /media/stick/log-key\n  scrutineer keys agent --data /var/lib/scrutineer --socket /run/scrutineer-agent/socket\n\nThe agent must hold the very key; it signs once, and that is checked, before anything changes. Run it again when the socket has\nmoved. Whatever speaks the protocol of ssh-agent will do: ssh-agent itself, also with a token behind it (PKCS#11), gpg-agent."
    )]
    Agent {
        /// The installation's folder.
        #[arg(long)]
        data: PathBuf,
        /// The agent's socket.
        #[arg(long)]
        socket: PathBuf,
        /// The witness' key instead of the log's.
        #[arg(long)]
        witness: bool,
    },
    /// Make the vault's next master key, and use it for nothing yet. Several nodes: bring it to each before `keys rotate`.
    #[command(
        after_help = "Example:\n  scrutineer keys prepare --data /var/lib/scrutineer\n  scp -p /var/lib/scrutineer/keys/vault.next other-node:/var/lib/scrutineer/keys/vault.next\n  scrutineer keys show --data /var/lib/scrutineer     # on each node: the same digits behind `next`\n\nServers go on meanwhile."
    )]
    Prepare {
        /// The installation's folder.
        #[arg(long)]
        data: PathBuf,
    },
    /// Give the vault another master key, and wrap all keys of private content anew. Stop this server before.
    #[command(
        after_help = "Examples:\n  scrutineer keys rotate --data /var/lib/scrutineer\n  scrutineer keys rotate --data /var/lib/scrutineer --config /etc/scrutineer.toml     # several nodes: the others go on\n  scrutineer backup create --data /var/lib/scrutineer --to /backup/today --keys /safe/keys --keep-keys-days 0\n\nIt happens wholly or not at all, also when it is cut off. Copies of the keys from before open nothing afterwards: take a new\none at once, and seal the new keys/vault."
    )]
    Rotate(Box<InstalledArgs>),
    /// Write a key into a file that ssh-keygen and ssh-add read, without a passphrase: give it one at once.
    #[command(
        after_help = "Example:\n  scrutineer keys export --data /var/lib/scrutineer --to /media/stick/log-key\n  ssh-keygen -p -f /media/stick/log-key"
    )]
    Export {
        /// The installation's folder.
        #[arg(long)]
        data: PathBuf,
        /// The new file.
        #[arg(long)]
        to: PathBuf,
        /// The witness' key instead of the log's.
        #[arg(long)]
        witness: bool,
    },
}

pub(crate) fn run(command: &Command) -> Result<Outcome, Problem> {
    match command {
        Command::Show { data } => show(data),
        Command::Agent { data, socket, witness } => agent(data, socket, *witness),
        Command::Prepare { data } => prepare(data),
        Command::Rotate(args) => rotate(args),
        Command::Export { data, to, witness } => export(data, to, *witness),
    }
}

/// The one Ed25519 key that an agent holds, or the one with this fingerprint or comment.
pub(crate) fn choose(socket: &Path, wanted: Option<&str>) -> Result<Identity, Problem> {
    let held = Agent::at(socket, LIMIT).identities().map_err(|e| Problem::input("SCR-CLI-080", e))?;
    let fits = |one: &&Identity| wanted.is_none_or(|text| one.fingerprint() == text || one.comment == text);
    let mut fitting = held.iter().filter(fits);
    match (fitting.next(), fitting.next()) {
        (Some(one), None) => Ok(one.clone()),
        (first, _) => {
            let what = if first.is_none() { "no such Ed25519 key" } else { "several Ed25519 keys" };
            let mut text = format!("the agent holds {what}");
            for one in &held {
                let _ = write!(text, "\n  {} {}", one.fingerprint(), one.comment);
            }
            Err(Problem::input("SCR-CLI-080", text)
                .help("make one with `ssh-keygen -t ed25519`, add it with `ssh-add`, and name it by --agent-key FINGERPRINT"))
        }
    }
}

/// A key of this name that an agent holds, once it has signed with it.
pub(crate) fn placed(
    name: &str,
    algorithm: Algorithm,
    public: &[u8],
    socket: &Path,
) -> Result<KeyPlace, Problem> {
    let wrong = |what: &dyn std::fmt::Display| Problem::input("SCR-CLI-080", what);
    let key = VerifierKey::new(name, algorithm, public).map_err(|e| wrong(&e))?;
    let socket = std::path::absolute(socket).map_err(|e| wrong(&e))?;
    let place = KeyPlace { key, socket };
    place.check().map_err(|e| {
        wrong(&e).help("look with `SSH_AUTH_SOCK=SOCKET ssh-add -l` whether it is there and holds the key; nothing was changed")
    })?;
    Ok(place)
}

fn home(data: &Path, witness: bool) -> KeyHome {
    if witness { KeyHome::witness(&data.join("witness")) } else { KeyHome::log(data) }
}

fn verifier(home: &KeyHome) -> Result<VerifierKey, Problem> {
    let key = home.verifier().map_err(|e| Problem::input("SCR-CLI-031", e))?;
    key.ok_or_else(|| {
        Problem::input("SCR-CLI-031", format!("{}: there is no such key", home.file().display()))
    })
}

fn fingerprint(key: &VerifierKey) -> String {
    key.public_bytes().try_into().map(|public| scr_agent::fingerprint(&public)).unwrap_or_default()
}

fn show(data: &Path) -> Result<Outcome, Problem> {
    let mut text = String::new();
    let mut keys = Vec::new();
    for (what, home) in [("log", home(data, false)), ("witness", home(data, true))] {
        if what == "witness" && !home.exists() {
            continue;
        }
        let key = verifier(&home)?;
        let place = home.place().map_err(|e| Problem::input("SCR-CLI-031", e))?;
        let state = place.as_ref().map(KeyPlace::check);
        let (words, socket, signs) = match (&place, &state) {
            (Some(place), Some(Ok(()))) => (
                format!("with the agent at {}, which signs", place.socket.display()),
                json!(place.socket),
                json!(true),
            ),
            (Some(place), Some(Err(why))) => (
                format!("with the agent at {}: {why}", place.socket.display()),
                json!(place.socket),
                json!(false),
            ),
            _ => (format!("in the file {}", home.file().display()), Value::Null, json!(true)),
        };
        let _ = writeln!(text, "{what}: {key}\n  {}\n  {words}", fingerprint(&key));
        keys.push(json!({"of": what, "key": key.to_string(), "fingerprint": fingerprint(&key), "socket": socket, "signs": signs}));
    }
    let prints = Installation::find(data).map_err(|e| Problem::input("SCR-CLI-031", e))?.vault_key_prints();
    let known = |print: &Option<String>| print.clone().unwrap_or_else(|| "cannot be read".to_owned());
    let _ = write!(text, "vault: master key {}", known(&prints.current));
    if prints.next.is_some() {
        let _ = write!(text, "\n  next: {}, which `scrutineer keys rotate` will take", known(&prints.next));
    }
    Ok(Outcome::done(text, json!({"keys": keys, "vault": {"current": prints.current, "next": prints.next}})))
}

/// The right to work in the folder alone.
fn locked(data: &Path) -> Result<std::fs::File, Problem> {
    let held = scr_ledger::lock_file(&data.join("lock")).map_err(|e| Problem::fault("SCR-CLI-030", e))?;
    held.ok_or_else(|| {
        let what = format!("a server works in {}", data.display());
        Problem::input("SCR-CLI-081", what).help("stop it first: it holds keys in memory")
    })
}

fn agent(data: &Path, socket: &Path, witness: bool) -> Result<Outcome, Problem> {
    let home = home(data, witness);
    let key = verifier(&home)?;
    let _until_the_end = locked(data)?;
    let place = placed(key.name(), key.algorithm(), key.public_bytes(), socket)?;
    home.give_to_agent(&place).map_err(|e| Problem::fault("SCR-CLI-030", e))?;
    let text = format!(
        "The agent at {} signs with the key {} from now on.\nIts file is destroyed here. Destroy the copies, but for the sealed one, and remember backups and snapshots of this disk.",
        place.socket.display(),
        fingerprint(&key)
    );
    Ok(Outcome::done(
        text,
        json!({"key": key.to_string(), "fingerprint": fingerprint(&key), "socket": place.socket}),
    ))
}

fn export(data: &Path, to: &Path, witness: bool) -> Result<Outcome, Problem> {
    let home = home(data, witness);
    let key = verifier(&home)?;
    let refused = |what: &dyn std::fmt::Display| Problem::input("SCR-CLI-082", what);
    let text = home.private_text().map_err(|e| refused(&e))?;
    let text = text.ok_or_else(|| {
        refused(&"the private key is with an agent, which gives it to nobody")
            .help("its own copy is where it was made: the token, or the sealed file")
    })?;
    let public: [u8; 32] = key.public_bytes().try_into().map_err(|_| refused(&"not an Ed25519 key"))?;
    let seed = SignerKey::seed_of(text.trim()).map_err(|e| refused(&e))?;
    let check = (&SystemEntropy as &dyn Entropy).bytes::<4>();
    let file: Zeroizing<String> = private_key(&seed, &public, key.name(), check);
    write_secret(to, file.as_bytes()).map_err(|e| refused(&e))?;
    let text = format!(
        "Wrote {}, WITHOUT a passphrase. Give it one now: ssh-keygen -p -f {0}\nFingerprint {}",
        to.display(),
        fingerprint(&key)
    );
    Ok(Outcome::done(text, json!({"file": to, "fingerprint": fingerprint(&key)})))
}

fn prepare(data: &Path) -> Result<Outcome, Problem> {
    let installation = Installation::find(data).map_err(|e| Problem::input("SCR-CLI-031", e))?;
    let made =
        installation.prepare_vault_key(&SystemEntropy).map_err(|e| Problem::fault("SCR-CLI-085", e))?;
    let next = installation.vault_key_prints().next.unwrap_or_default();
    let text = format!(
        "{} {}/keys/vault.next: {next}\nNothing uses it yet. Several nodes: copy this file to keys/vault.next of each of the others, over a safe way, and compare\nthe digits there with `scrutineer keys show`. Then stop one node, and run `scrutineer keys rotate` there.",
        if made { "The next master key is in" } else { "There is a next master key already, in" },
        data.display()
    );
    Ok(Outcome::done(text, json!({"made": made, "next": next})))
}

fn rotate(args: &InstalledArgs) -> Result<Outcome, Problem> {
    let (installation, settings) = (args.find()?, args.settings()?);
    drop(locked(&args.data)?);
    let rotated = args.open(&settings)?.rotate_vault_key(&mut tenths());
    let rotated = rotated.map_err(|error| match error {
        ActError::Refused(refusal) => {
            let (means, help) = crate::words::explain(&refusal.code).unwrap_or_default();
            Problem::input(&refusal.code, means).help(help)
        }
        ActError::Fault(fault) => Problem::fault("SCR-CLI-085", fault)
            .help("nothing has changed: `scrutineer fixity` names a damaged key. Otherwise run it again"),
    })?;
    let print = installation.vault_key_prints().current;
    let text = told(&args.data, &rotated, print.as_deref(), settings.keys_database()?.is_some());
    Ok(Outcome::done(
        text,
        json!({"generation": rotated.generation, "payloads": rotated.payloads, "entry": rotated.entry, "rewritten": rotated.rewritten, "vault": print}),
    ))
}

fn told(data: &Path, rotated: &Rotated, print: Option<&str>, is_shared: bool) -> String {
    let mut text = format!(
        "The vault has another master key, number {}: {}. {} keys of content were wrapped anew, and the old master key is\ndestroyed here. Copies of the keys from before open nothing any more: take a new one now, delete the older ones, and seal\nthe new keys/vault.",
        rotated.generation,
        print.unwrap_or("which cannot be read"),
        rotated.payloads,
    );
    text += &if is_shared {
        "\nThe other nodes take the new key by themselves, each as soon as it is there as keys/vault.next. Back up the database of\nkeys with its own tools.".to_owned()
    } else {
        format!(
            "\n  scrutineer backup create --data {} --to DIR --keys DIR --keep-keys-days 0",
            data.display()
        )
    };
    if !rotated.rewritten {
        text += "\nBytes of the old wrapping still stand in the database's files, because somebody reads it: each start tries again.";
    }
    text += &match rotated.entry {
        Some(entry) => format!("\nRecorded as entry {entry}."),
        None => "\nIt is not recorded yet: a start does that once the log accepts.".to_owned(),
    };
    text
}
