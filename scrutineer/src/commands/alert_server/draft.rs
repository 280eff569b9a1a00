//! Drafts: begun here, completed, approved and released by people on the pages.

use super::{At, count, mark, named, plain, text};
use crate::commands::server::Server;
use crate::outcome::{Outcome, Problem};
use crate::source::read_text;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::Path;

/// What the server says against something, with the code.
fn why(one: &Value) -> String {
    let field = one["field"].as_str().map(|field| format!("{field}: ")).unwrap_or_default();
    format!("{field}{} ({})", plain(&one["detail"]), plain(&one["code"]))
}

/// What stands in the way of a release.
fn missing(all: &Value) -> String {
    all.as_array().into_iter().flatten().map(|one| format!("  - {}\n", why(one))).collect()
}

fn channel(one: &Value) -> String {
    let sms = &one["sms"];
    let cost = match &sms["cost"] {
        Value::Null => "no price is set".to_owned(),
        cost => format!("{} {}", text(&cost["amount"]), text(&cost["currency"])),
    };
    let state = if one["approved"] == true { "approved" } else { "not approved: does not go out yet" };
    format!(
        "\n{} ({state})\n  SMS       {}, {}, {} to {}, {cost}\n            {}\n  e-mail    {}\n  telephone {}\n",
        plain(&one["language"]),
        text(&sms["alphabet"]),
        count(sms["parts"].as_u64().unwrap_or(0), "part"),
        count(sms["messages"].as_u64().unwrap_or(0), "message"),
        count(sms["contacts"].as_u64().unwrap_or(0), "contact"),
        plain(&sms["text"]),
        plain(&one["mail"]["subject"]),
        plain(&one["spoken"]),
    )
}

/// What every channel would carry.
fn preview(preview: &Value) -> String {
    let mut said = format!(
        "{}For {} and {}.\n",
        mark(&preview["status"]),
        count(preview["stations"].as_u64().unwrap_or(0), "polling station"),
        count(preview["voters"].as_u64().unwrap_or(0), "voter"),
    );
    let _ = writeln!(
        said,
        "Besides {}, and {} told; {} reached by nobody.",
        count(preview["mails"].as_u64().unwrap_or(0), "e-mail"),
        count(preview["programs"].as_u64().unwrap_or(0), "program"),
        match preview["unreached"].as_u64().unwrap_or(0) {
            1 => "1 polling station is".to_owned(),
            all => format!("{all} polling stations are"),
        },
    );
    let bytes = &preview["bytes"];
    if preview["refusal"].is_object() {
        let _ = writeln!(said, "It cannot go out so: {}", why(&preview["refusal"]));
    } else {
        let code = preview["qr_version"].as_u64();
        let code =
            code.map_or_else(|| "no QR code holds it".to_owned(), |v| format!("QR code version {v} of 40"));
        let _ = writeln!(
            said,
            "All languages together take {} of {} bytes; the bundle {} bytes ({code}), the short form {}.",
            bytes["compact"], bytes["compact_most"], bytes["bundle"], bytes["short"]
        );
    }
    said.extend(preview["languages"].as_array().into_iter().flatten().map(channel));
    said
}

pub(super) fn draft(at: &At, file: &Path) -> Result<Outcome, Problem> {
    let body: Value = serde_json::from_str(&read_text(file)?)
        .map_err(|error| Problem::input("SCR-CLI-111", format!("{}: {error}", file.display())))?;
    let server = at.server()?;
    let (begun, _) = server.post("/api/v1/alerts/drafts", &body)?;
    let id = text(&begun["id"]).to_owned();
    let shown = server.get_own(&format!("/api/v1/alerts/drafts/{}/preview", named(&id)))?;
    let mut said = format!("The draft is {}\n", server.page(text(&begun["href"])));
    said.push_str(&preview(&shown));
    let left = missing(&begun["missing"]);
    if left.is_empty() {
        said.push_str("\nNothing stands in the way of its release.\n");
    } else {
        let _ = write!(said, "\nBefore it can be released:\n{left}");
    }
    let _ =
        writeln!(said, "People approve and release it on its page: scrutineer alert approve {} {id}", at.url);
    Ok(Outcome::done(
        said,
        json!({"draft": begun, "preview": shown, "page": server.page(text(&begun["href"]))}),
    ))
}

/// How many sign a release, and where.
fn release(server: &Server, draft: &Value) -> String {
    let release = &draft["release"];
    let (agreed, needed) = (release["agreed"].as_u64().unwrap_or(0), release["needed"].as_u64().unwrap_or(1));
    let people =
        if needed > 1 { format!(", by {needed} people, of whom {agreed} agreed") } else { String::new() };
    format!("Release{people}: {}\n", server.page(text(&release["page"])))
}

fn listed(server: &Server) -> Result<Outcome, Problem> {
    let answer = server.get_own("/api/v1/alerts/drafts")?;
    let mut said = String::new();
    for draft in answer["drafts"].as_array().into_iter().flatten() {
        let of = |state: &str| {
            let all = draft["languages"].as_object().into_iter().flatten();
            all.filter(|(_, is)| *is == state)
                .map(|(language, _)| language.as_str())
                .collect::<Vec<_>>()
                .join(", ")
        };
        let next = match (of("waits"), draft["missing"].as_array().is_some_and(Vec::is_empty)) {
            (_, true) if draft["release"]["agreed"].as_u64() > Some(0) => {
                "waits for the second person".to_owned()
            }
            (_, true) => "waits for its release".to_owned(),
            (waits, false) if waits.is_empty() => "is not complete".to_owned(),
            (waits, false) => format!("waits for approval in {waits}"),
        };
        let _ = writeln!(
            said,
            "{}  {}{}  {next}",
            plain(&draft["id"]),
            mark(&draft["status"]),
            plain(&draft["headline"])
        );
    }
    if said.is_empty() {
        said.push_str("No draft is open.\n");
    }
    Ok(Outcome::done(said, answer))
}

/// The words of one language, with what an approval is over.
fn waits(server: &Server, language: &str, words: &Value) -> String {
    let mut said = format!(
        "\n{language}: {}\n  {}\n  {}\n",
        match text(&words["state"]) {
            "approved" => format!("approved, entry {}", words["approved"]),
            "waits" => "waits for approval".to_owned(),
            _ => "not complete".to_owned(),
        },
        plain(&words["headline"]),
        plain(&words["instruction"]),
    );
    for (level, long) in words["levels"].as_object().into_iter().flatten() {
        let lines = ["headline", "description", "instruction"].map(|name| plain(&long[name]));
        let lines: Vec<&str> = lines.iter().map(String::as_str).filter(|line| !line.is_empty()).collect();
        let _ = writeln!(said, "  for {level}: {}", lines.join(" / "));
    }
    let _ = writeln!(said, "  hash {}", text(&words["hash"]));
    if text(&words["state"]) == "waits" {
        let _ = writeln!(said, "  approve on {}", server.page(text(&words["page"])));
    }
    said
}

pub(super) fn approve(at: &At, draft: Option<&str>, language: Option<&str>) -> Result<Outcome, Problem> {
    let server = at.server()?;
    let Some(name) = draft else { return listed(&server) };
    let draft = server.get_own(&format!("/api/v1/alerts/drafts/{}", named(name)))?;
    let state = text(&draft["state"]);
    let mut said =
        format!("{}Draft {}: {state}\n", mark(&draft["status"]), server.page(text(&draft["href"])));
    let all = draft["words"].as_object().cloned().unwrap_or_default();
    if let Some(language) = language
        && !all.contains_key(language)
    {
        return Err(Problem::input("SCR-ALR-228", format!("the draft has no words in {language:?}"))
            .help("leave --language out to see which it has"));
    }
    let chosen: Vec<_> = all.iter().filter(|(code, _)| language.is_none_or(|one| one == *code)).collect();
    for (code, words) in &chosen {
        said.push_str(&waits(&server, code, words));
    }
    if state != "open" {
        let _ = writeln!(said, "\nNothing of it can be approved any more.");
        return Ok(Outcome::done(said, draft));
    }
    let left = missing(&draft["missing"]);
    if !left.is_empty() {
        let _ = write!(said, "\nBefore it can be released:\n{left}");
    }
    said.push('\n');
    said.push_str(&release(&server, &draft));
    said.push_str(
        "To approve and to release is to sign: people do it on these pages, with their password.\n",
    );
    let is_done = chosen.iter().all(|(_, words)| words["state"] != "waits");
    let outcome = Outcome::done(said, draft);
    Ok(if is_done { outcome } else { outcome.answering_no() })
}
