//! `scrutineer taxii …`: objects of other TAXII 2.1 servers.

use crate::authorities::CaArgs;
use crate::outcome::{Outcome, Problem};
use scr_core::{Clock as _, SystemClock};
use scr_desk_threats::partners::{Got, Wanted, read_collection};
use serde_json::json;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Longest password or token, in bytes.
const MAX_SECRET: u64 = 4_096;

/// Other TAXII 2.1 servers.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Read a collection of another server once, and write its objects, byte for byte, as one envelope.
    #[command(
        after_help = "Example:\n  scrutineer taxii get https://taxii.example/root/collections/365fed99-08fa-fdcd-a1b3-fb247eb41d01/ \\\n    --user analyst --secret-file password --out objects.json\n\nThe answer says from where to go on: give that as --added-after the next time. Nothing is shared: `stix validate` looks at\nwhat came, and the pages share it."
    )]
    Get {
        /// The address of the collection.
        url: String,
        /// The user. Without one the secret is a bearer token.
        #[arg(long)]
        user: Option<String>,
        /// A file whose first line is the password or the token.
        #[arg(long, value_name = "FILE")]
        secret_file: Option<PathBuf>,
        /// Only what was added after this moment, as an earlier answer says it.
        #[arg(long, value_name = "TIME")]
        added_after: Option<String>,
        /// Where to write; it must not be there yet.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        #[command(flatten)]
        ca: CaArgs,
    },
}

pub(crate) fn run(command: &Command) -> Result<Outcome, Problem> {
    let Command::Get { url, user, secret_file, added_after, out, ca } = command;
    let secret = secret_file.as_deref().map(first_line).transpose()?;
    let wanted = Wanted {
        address: url,
        user: user.as_deref(),
        secret: secret.as_deref(),
        added_after: added_after.as_deref(),
        now: SystemClock.now(),
        tls: crate::authorities::tls(ca.ca.as_deref())?,
    };
    let unwritable =
        |error: std::io::Error| Problem::input("SCR-CLI-101", format!("{}: {error}", out.display()));
    let mut file = BufWriter::new(File::create_new(out).map_err(unwritable)?);
    file.write_all(b"{\"objects\":[").map_err(unwritable)?;
    let mut got = Got::default();
    let mut is_first = true;
    let mut each = |object: &str| {
        let between: &[u8] = if std::mem::take(&mut is_first) { b"\n" } else { b",\n" };
        file.write_all(between)?;
        file.write_all(object.as_bytes())
    };
    let read = read_collection(&wanted, &mut each, &mut got);
    // What came before it failed is whole, too.
    file.write_all(b"\n]}\n").and_then(|()| file.flush()).map_err(unwritable)?;
    match read {
        Ok(()) => Ok(said(&got, out)),
        Err(what) => Err(Problem::input("SCR-CLI-150", format!("the other server: {what}"))
            .help(format!("{} objects came before, and stand in the file", got.objects))),
    }
}

fn said(got: &Got, out: &Path) -> Outcome {
    let mut text = format!("{} objects in {}", got.objects, out.display());
    if got.broken_count > 0 {
        text.push_str(&format!("; {} could not be read: {}", got.broken_count, got.broken.join("; ")));
    }
    if let Some(after) = &got.added_after {
        text.push_str(&format!("\ngo on with --added-after {after}"));
    }
    let document = json!({
        "objects": got.objects, "broken": got.broken_count, "reasons": got.broken, "added_after": got.added_after,
    });
    Outcome::done(text, document)
}

fn first_line(path: &Path) -> Result<String, Problem> {
    let bytes = crate::source::read_bytes(path, MAX_SECRET)?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok(text.lines().next().unwrap_or_default().trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_before_a_failure_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("objects.json");
        let get = || Command::Get {
            // Nobody listens there.
            url: "http://127.0.0.1:1/root/collections/x/".to_owned(),
            user: None,
            secret_file: None,
            added_after: None,
            out: out.clone(),
            ca: CaArgs::default(),
        };
        assert!(run(&get()).is_err_and(|problem| problem.code() == "SCR-CLI-150"));
        let written: serde_json::Value = serde_json::from_slice(&std::fs::read(&out).unwrap()).unwrap();
        assert_eq!(written, json!({"objects": []}));
        assert!(run(&get()).is_err_and(|problem| problem.code() == "SCR-CLI-101"), "nothing is written over");
    }
}
