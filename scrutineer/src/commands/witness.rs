//! `scrutineer witness`

use crate::config::LISTEN;
use crate::front::{Reached, TlsArgs};
use crate::logging::LogArgs;
use crate::outcome::{Outcome, Problem};
use crate::site;
use crate::source::read_text;
use crate::ticker::{Ticker, Watched};
use crate::witnessing::{WitnessFolder, key_name};
use scr_core::{Clock, SystemClock, SystemEntropy};
use scr_engine::{Installation, KeyHome};
use scr_note::{Policy, SignerKey, VerifierKey};
use scr_witness::{Card, LogList, check_digits};
use serde_json::json;
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How often a changed list of logs is looked for.
const LOOK_EVERY: Duration = Duration::from_secs(10);

/// Cosign the logs of other organisations, and be cosigned by them.
#[derive(clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:\n  scrutineer witness init --data /var/lib/witness --name witness.party.example\n  scrutineer witness --data /var/lib/witness --listen 127.0.0.1:8090\n  scrutineer witness card --data /var/lib/scrutineer --site https://results.emb.example > card.txt\n  scrutineer witness accept their-card.txt --data /var/lib/scrutineer --group parties --digits \"…\"\n\nA server that `scrutineer serve` runs is a witness by itself: it needs no second process."
)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: Option<What>,
    #[command(flatten)]
    serve: Serve,
}

/// Serve a witness that stands alone.
#[derive(clap::Args)]
struct Serve {
    /// The witness' folder (see `scrutineer witness init`).
    #[arg(long)]
    data: Option<PathBuf>,
    /// Where to listen [default: 127.0.0.1:8080].
    #[arg(long)]
    listen: Option<SocketAddr>,
    /// The logs to be cosigned, in the form logs/v0 [default: witness/logs in the folder].
    #[arg(long)]
    logs: Option<PathBuf>,
    #[command(flatten)]
    tls: TlsArgs,
    #[command(flatten)]
    log: LogArgs,
}

#[derive(clap::Subcommand)]
enum What {
    /// Make the key of a witness.
    #[command(
        after_help = "Example:\n  scrutineer witness init --data /var/lib/witness --name witness.party.example"
    )]
    Init {
        /// The folder of the witness, or of an installation that is to be one.
        #[arg(long)]
        data: PathBuf,
        /// The name in its signatures: an address without https:// [an installation's: its log's host].
        #[arg(long)]
        name: Option<String>,
    },
    /// Print the card that another organisation needs: keys and addresses.
    #[command(
        after_help = "Example:\n  scrutineer witness card --data /var/lib/scrutineer --site https://results.emb.example > card.txt"
    )]
    Card {
        /// The folder.
        #[arg(long)]
        data: PathBuf,
        /// Where others reach this server.
        #[arg(long)]
        site: String,
    },
    /// Take another organisation's card: cosign its log, and let it cosign ours.
    #[command(
        after_help = "Example:\n  scrutineer witness accept their-card.txt --data /var/lib/scrutineer --name Party-A --group parties \\\n    --digits \"41027 88312 00871 55120 19384 77201 61120 09384 55102 33918 20571 84410\"\n\nCall the organisation on a number that you know and type what it reads to you. The server reads the change at\nits next start."
    )]
    Accept {
        /// Its card.
        card: PathBuf,
        /// Our folder.
        #[arg(long)]
        data: PathBuf,
        /// What our pages call it, without spaces [default: the name of its key].
        #[arg(long)]
        name: Option<String>,
        /// Its sector, without spaces: parties, observers, international.
        #[arg(long, default_value = "others")]
        group: String,
        /// The digits that it reads aloud.
        #[arg(long)]
        digits: String,
    },
}

pub(crate) fn run(args: &Args) -> Result<Outcome, Problem> {
    match (&args.what, &args.serve) {
        (Some(What::Init { data, name }), _) => init(data, name.as_deref()),
        (Some(What::Card { data, site }), _) => card(data, site),
        (Some(What::Accept { card, data, name, group, digits }), _) => {
            accept(card, data, name.as_deref(), group, digits)
        }
        (None, args) => serve(args),
    }
}

fn init(data: &Path, name: Option<&str>) -> Result<Outcome, Problem> {
    let origin = Installation::exists(data).then(|| Installation::find(data).ok()).flatten();
    let name = name.map(str::to_owned).or(origin.map(|found| key_name(found.origin())));
    let name = name.ok_or_else(|| {
        Problem::input("SCR-CLI-040", "a witness needs a name")
            .help("for instance --name witness.party.example")
    })?;
    let key = WitnessFolder::of(data).create_key(&name, &SystemEntropy)?;
    let (vkey, digits) = (key.verifier().to_string(), check_digits(key.verifier()));
    let text = format!("The key of the witness:\n  {vkey}\nIts digits, to be read aloud:\n  {digits}");
    Ok(Outcome::done(text, json!({"vkey": vkey, "digits": digits})))
}

fn key(folder: &WitnessFolder) -> Result<SignerKey, Problem> {
    folder.key()?.ok_or_else(|| {
        Problem::input("SCR-CLI-041", "there is no key of a witness in this folder")
            .help("make one with `scrutineer witness init --data DIR`")
    })
}

/// The key of the log in a folder, where it holds one.
fn log_key(data: &Path) -> Result<Option<VerifierKey>, Problem> {
    KeyHome::log(data).verifier().map_err(|e| Problem::input("SCR-CLI-006", e))
}

fn card(data: &Path, site: &str) -> Result<Outcome, Problem> {
    if !(site.starts_with("https://") || site.starts_with("http://")) {
        return Err(Problem::input("SCR-CLI-036", format!("{site:?} is not an address of a site"))
            .help("for instance https://results.example"));
    }
    let witness = key(&WitnessFolder::of(data))?;
    let card = Card::new(log_key(data)?.as_ref(), witness.verifier(), Some(site));
    let mut text = card.to_string();
    for digits in card.digits() {
        let _ = writeln!(text, "# read aloud: {digits}");
    }
    Ok(Outcome::done(text, json!({"card": card.to_string(), "digits": card.digits()})))
}

fn accept(
    path: &Path,
    data: &Path,
    name: Option<&str>,
    group: &str,
    digits: &str,
) -> Result<Outcome, Problem> {
    let folder = WitnessFolder::of(data);
    let wrong = |what: &dyn std::fmt::Display| Problem::input("SCR-CLI-044", what);
    let mut theirs: Card =
        read_text(path)?.parse().map_err(|e| wrong(&format!("{}: {e}", path.display())))?;
    if !theirs.matches(digits) {
        let what = "the digits that were read aloud are not those of the keys in this card";
        return Err(Problem::does_not_hold("SCR-CLI-045", what)
            .help("listen again; if they still differ, somebody has changed the card on its way: take no key from it"));
    }
    if let Some(name) = name {
        name.clone_into(&mut theirs.witness.name);
    }
    let mut done = Vec::new();
    if let Some(log) = &theirs.log {
        key(&folder)?;
        if add_log(&folder, &log.key)? {
            done.push(format!("{} will be cosigned here", log.key.name()));
        }
    }
    let before = folder.policy(None)?;
    let is_known =
        before.as_ref().is_some_and(|policy| policy.witnesses().iter().any(|w| w.key == theirs.witness.key));
    if let Some(own) = log_key(data)?.filter(|_| !is_known) {
        let policy = with_witness(before.as_ref(), &own, &theirs, group).map_err(|e| wrong(&e))?;
        write(&folder.file("policy"), &policy.to_string())?;
        let (given, of) = (policy.groups().last().map_or(1, |g| g.threshold), policy.groups().len() - 1);
        done.push(format!("{} is asked to cosign our log, in the group {group}", theirs.witness.name));
        done.push(format!("an entry counts as confirmed when {given} of {of} groups have confirmed it"));
    }
    let text = if done.is_empty() { "Nothing is new.".to_owned() } else { done.join("\n") };
    Ok(Outcome::done(text, json!({"witness": theirs.witness.key.to_string(), "done": done})))
}

/// Adds a log to the list; false when it stands there.
fn add_log(folder: &WitnessFolder, log: &VerifierKey) -> Result<bool, Problem> {
    let list: LogList = folder.logs(None)?;
    if list.logs().iter().any(|known| known.key == *log) {
        return Ok(false);
    }
    let path = folder.file("logs");
    let before = if path.exists() { read_text(&path)? } else { "logs/v0\n".to_owned() };
    write(&path, &format!("{}\n\nvkey {log}\nqpd 86400\n", before.trim_end()))?;
    Ok(true)
}

const ALL: &str = "quorum";

/// The policy with one more witness: each sector is a group in which one is enough, and more than half
/// of the sectors must have cosigned. A policy of another shape was written by a person, and stays.
fn with_witness(
    before: Option<&Policy>,
    own: &VerifierKey,
    card: &Card,
    sector: &str,
) -> Result<Policy, String> {
    let mut sectors: Vec<(String, Vec<String>)> = Vec::new();
    let mut text = String::new();
    if let Some(policy) = before {
        let plain = policy.quorum() == Some(ALL)
            && policy.groups().iter().all(|group| group.name == ALL || group.threshold == 1);
        if !plain {
            return Err(format!(
                "the policy has a shape of its own; add by hand: witness {} {} {}",
                card.witness.name,
                card.witness.key,
                card.witness.url.as_deref().unwrap_or_default()
            ));
        }
        for group in policy.groups().iter().filter(|group| group.name != ALL) {
            sectors.push((group.name.clone(), group.members.clone()));
        }
        let lines = policy.to_string();
        let kept = lines
            .lines()
            .filter(|line| ["log ", "witness ", "#qpd "].iter().any(|word| line.starts_with(word)));
        kept.for_each(|line| {
            let _ = writeln!(text, "{line}");
        });
    } else {
        let _ = writeln!(text, "log {own}");
    }
    let witness = &card.witness;
    let _ = writeln!(
        text,
        "witness {} {} {}",
        witness.name,
        witness.key,
        witness.url.as_deref().unwrap_or_default()
    );
    match sectors.iter_mut().find(|(name, _)| name == sector) {
        Some((_, members)) => members.push(witness.name.clone()),
        None => sectors.push((sector.to_owned(), vec![witness.name.clone()])),
    }
    for (name, members) in &sectors {
        let _ = writeln!(text, "group {name} any {}", members.join(" "));
    }
    let names: Vec<&str> = sectors.iter().map(|(name, _)| name.as_str()).collect();
    let _ = writeln!(text, "group {ALL} {} {}\nquorum {ALL}", names.len() / 2 + 1, names.join(" "));
    text.parse().map_err(|e| format!("{e}"))
}

/// Replaces a file by way of another, so that it is never half written.
fn write(path: &Path, text: &str) -> Result<(), Problem> {
    let beside = path.with_extension("new");
    let done = std::fs::create_dir_all(path.parent().unwrap_or(path))
        .and_then(|()| std::fs::write(&beside, text))
        .and_then(|()| std::fs::rename(&beside, path));
    done.map_err(|e| Problem::fault("SCR-CLI-030", format!("{}: {e}", path.display())))
}

fn serve(args: &Serve) -> Result<Outcome, Problem> {
    let data = args.data.as_deref().ok_or_else(|| {
        Problem::input("SCR-CLI-041", "--data is missing").help("see scrutineer witness --help")
    })?;
    args.log.start();
    let front = args.tls.front(args.listen.unwrap_or(LISTEN))?;
    let folder = WitnessFolder::of(data);
    key(&folder)?;
    let witness = folder.witness(args.logs.as_deref())?;
    let witness = Arc::new(witness.ok_or_else(|| Problem::fault("SCR-CLI-030", "the key is gone"))?);
    let count = witness.logs().logs().len();
    let clock = SystemClock;
    let router = scr_desk_record::witness_router(Arc::clone(&witness), Arc::new(move || clock.now()));
    let path = args.logs.clone().unwrap_or_else(|| folder.file("logs"));
    let mut logs = Watched::at(path);
    let changed = Arc::clone(&witness);
    let look = move |woken| {
        let Some(read) = logs.changed(woken) else { return };
        match read.and_then(|text| text.parse::<LogList>().map_err(|e| e.to_string())) {
            Ok(list) => changed.use_logs(list),
            Err(error) => eprintln!("the list of logs cannot be used, the one before goes on: {error}"),
        }
    };
    let ticker = Ticker::start("logs", LOOK_EVERY, LOOK_EVERY, look)?;
    let ready = |reached: Reached| {
        eprintln!("scrutineer witnesses {count} logs at {reached}/witness");
        eprintln!("  key     {}\n  digits  {}", witness.verifier(), check_digits(witness.verifier()));
    };
    site::serve_router(front, router, ready, ticker.waker())?;
    Ok(Outcome::silent())
}

#[cfg(test)]
mod tests {
    use super::*;
    use scr_note::Algorithm;

    fn card(name: &str, seed: u8) -> Card {
        let key =
            SignerKey::from_seed(&format!("{name}.example"), Algorithm::Cosignature, &[seed; 32]).unwrap();
        let mut card = Card::new(None, key.verifier(), Some("https://x.example"));
        name.clone_into(&mut card.witness.name);
        card
    }

    #[test]
    fn sectors_must_agree_by_more_than_half() {
        let own = SignerKey::from_seed("log.example", Algorithm::Ed25519, &[1; 32]).unwrap();
        let mut policy: Option<Policy> = None;
        for (seed, (name, sector)) in
            (2..).zip([("a", "parties"), ("b", "parties"), ("c", "observers"), ("d", "abroad")])
        {
            policy = Some(with_witness(policy.as_ref(), own.verifier(), &card(name, seed), sector).unwrap());
        }
        let policy = policy.unwrap();
        for (cosigned, met) in
            [(&["a", "b"][..], false), (&["a", "c"], true), (&["c", "d"], true), (&["d"], false)]
        {
            assert_eq!(policy.is_met_by(cosigned), met, "{cosigned:?}");
        }
        assert!(
            with_witness(Some(&policy), own.verifier(), &card("a", 9), "parties").is_err(),
            "a name twice"
        );
        let by_hand: Policy =
            policy.to_string().replace("group parties 1", "group parties 2").parse().unwrap();
        assert!(
            with_witness(Some(&by_hand), own.verifier(), &card("e", 9), "parties")
                .unwrap_err()
                .contains("by hand")
        );
    }
}
