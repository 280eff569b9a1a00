//! `scrutineer export …`

use crate::authorities::{self, CaArgs};
use crate::export::{self, Crawl, Rules, Staged, Trouble};
use crate::outcome::{Outcome, Problem};
use crate::source::trust;
use indicatif::{ProgressBar, ProgressStyle};
use scr_mirror::{HttpRemote, MAX_CHECKPOINT_BYTES, Remote as _};
use scr_note::VerifierKey;
use scr_verify::{DirectorySource, EntryRules, Trust};
use serde_json::json;
use std::path::PathBuf;

/// The public site as files.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Copy a server's public pages, files and log to a folder that any web server, cache or bucket serves.
    #[command(
        after_help = "Examples:\n  scrutineer export site /srv/www/results --from http://127.0.0.1:8080 --vkey emb.vkey\n  scrutineer export site /srv/www/results --from http://127.0.0.1:8080 --site https://results.emb.example\n\nIt asks as any reader asks, beside a running server, your own or somebody else's. Made again, it writes what has\nchanged only. The copy is made beside the folder and takes its place in one step; manifest.json lists every file with\ndigest and media type. `scrutineer log fsck FOLDER --vkey KEY` checks the log in it. The copy stands at the root of a host."
    )]
    Site(Box<SiteArgs>),
    /// Read every file of such a folder, and compare it with manifest.json.
    #[command(after_help = "Example:\n  scrutineer export check /srv/www/results")]
    Check {
        /// The folder.
        folder: PathBuf,
    },
}

#[derive(clap::Args)]
pub(crate) struct SiteArgs {
    /// The folder of the copy. It must be empty, absent, or an earlier copy.
    folder: PathBuf,
    /// The server that is copied.
    #[arg(long, value_name = "URL")]
    from: String,
    /// Where links and forms lead that need a server (searching, signing in), `https://results.example` [default:
    /// they are taken out].
    #[arg(long, value_name = "URL")]
    site: Option<String>,
    /// A key that you trust, or a file of such keys [default: those that the server itself names].
    #[arg(long)]
    vkey: Vec<String>,
    /// A C2SP tlog-policy, in place of keys.
    #[arg(long, conflicts_with = "vkey")]
    policy: Option<PathBuf>,
    /// Leave out what begins so, for instance /receipts. May be given more than once.
    #[arg(long, value_name = "PATH")]
    leave_out: Vec<String>,
    /// The most pages and files.
    #[arg(long, default_value_t = 200_000)]
    limit: usize,
    #[command(flatten)]
    ca: CaArgs,
}

pub(crate) fn run(command: &Command) -> Result<Outcome, Problem> {
    match command {
        Command::Site(args) => site(args),
        Command::Check { folder } => {
            let (manifest, bytes) = export::check(folder).map_err(problem)?;
            let (files, size, origin) = (manifest.files.len(), manifest.size, manifest.origin);
            let text =
                format!("{files} files of {bytes} bytes are as {origin} with {size} entries was copied.");
            let json = json!({"holds": true, "origin": origin, "size": size, "files": files, "bytes": bytes});
            Ok(Outcome::done(text, json))
        }
    }
}

fn site(args: &SiteArgs) -> Result<Outcome, Problem> {
    let tls = authorities::tls(args.ca.ca.as_deref())?;
    let remote = HttpRemote::new(&args.from, &tls).ok_or_else(|| no_address(&args.from))?;
    let site = args.site.as_deref().map(checked_site).transpose()?;
    let given = trust(args.policy.as_deref(), &args.vkey, None)?;
    let words = scr_web::words_for_forms().map_err(|e| Problem::fault("SCR-CLI-030", e))?;
    let bar = progress();
    let mut staged = Staged::begin(&args.folder).map_err(problem)?;
    export::first_look(&remote, &staged).map_err(problem)?;
    let rules = Rules { site, limit: args.limit, leave_out: &args.leave_out, words: &words };
    let signed = Crawl::new(&remote, &mut staged, rules, &bar).run().map_err(problem)?;
    let is_trusted = !matches!(given, Trust::Nobody);
    let trust = if is_trusted { given } else { named_by(&remote)? };
    check_log(&staged, &trust, signed.size)?;
    let changed = staged.changed;
    let (manifest, removed) = staged.finish(&signed.origin, signed.size).map_err(problem)?;
    bar.finish_and_clear();
    let (origin, size, count) = (signed.origin, signed.size, manifest.files.len());
    let mut text = format!(
        "{origin} with {size} entries: {count} files, {changed} of them new or changed, {removed} gone. In {}.\n",
        args.folder.display()
    );
    text += if is_trusted {
        "Every entry and tile of the copied log was checked."
    } else {
        "Every entry and tile of the copied log was checked, against the keys that the server itself names: give --vkey with one that you have from elsewhere."
    };
    let json = json!({
        "origin": origin, "size": size, "files": count, "changed": changed, "removed": removed,
        "trusted": is_trusted, "folder": args.folder,
    });
    Ok(Outcome::done(text, json))
}

/// Checks the copied log before the copy takes its place, and that it continues the earlier one.
fn check_log(staged: &Staged, trust: &Trust, size: u64) -> Result<(), Problem> {
    let source = DirectorySource::new(staged.folder().join("log"));
    let checked = scr_verify::fsck(&source, trust, EntryRules::Signed);
    checked.map_err(|error| {
        Problem::new(error.exit_code(), error.code(), error)
            .help("there is no new copy; the earlier one stays as it is")
    })?;
    if staged.before().is_some() {
        export::continues(staged.target(), staged.folder(), size).map_err(problem)?;
    }
    Ok(())
}

/// The keys that a server names for its log: they show that the copy is whole, and not whose it is.
fn named_by(remote: &HttpRemote) -> Result<Trust, Problem> {
    let fault = |what: String| problem(Trouble::NoLog(what));
    let bytes = remote.get("/log/vkey", MAX_CHECKPOINT_BYTES).map_err(|e| fault(e.to_string()))?;
    let text = String::from_utf8(bytes.unwrap_or_default()).map_err(|e| fault(e.to_string()))?;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let keys: Result<Vec<VerifierKey>, _> = lines.map(str::parse).collect();
    let keys = keys.map_err(|e| fault(format!("its keys: {e}")))?;
    if keys.is_empty() {
        return Err(fault("it names no keys".to_owned()));
    }
    Ok(Trust::Keys(keys))
}

fn no_address(given: &str) -> Problem {
    Problem::input("SCR-EXPORT-009", format!("{given:?} is not the address of a site"))
        .help("for instance http://127.0.0.1:8080 or https://results.emb.example")
}

/// `http://` or `https://` and a host: links are put behind it.
fn checked_site(site: &str) -> Result<&str, Problem> {
    let site = site.trim_end_matches('/');
    let host = site.strip_prefix("https://").or_else(|| site.strip_prefix("http://"));
    let is_host = |host: &str| {
        !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b))
    };
    if host.is_some_and(is_host) { Ok(site) } else { Err(no_address(site)) }
}

fn problem(trouble: Trouble) -> Problem {
    let help = match trouble {
        Trouble::Source(_) | Trouble::NoLog(_) => "the earlier copy stays; try again when the server answers",
        Trouble::Other(_) => "give a folder of its own; what is in this one was not made by this export",
        Trouble::TooMany(_) => {
            "allow more with --limit, or leave out what is many with --leave-out /receipts"
        }
        Trouble::Own(_) => "look at space and permissions; the earlier copy stays",
        Trouble::Damaged(_) => "run `scrutineer export site` again",
        Trouble::Busy(_) => "wait until it has ended",
        Trouble::Departs(_) => {
            "keep the folder: its log/checkpoint is signed, and is evidence; compare with a mirror, and ask the operator"
        }
    };
    let status = match trouble {
        Trouble::Damaged(_) | Trouble::Departs(_) => 1,
        Trouble::Other(_) | Trouble::TooMany(_) => 2,
        _ => 3,
    };
    Problem::new(status, trouble.code(), trouble).help(help)
}

fn progress() -> ProgressBar {
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos} of {len} addresses, {per_sec}, {elapsed}")
    {
        bar.set_style(style);
    }
    bar
}
