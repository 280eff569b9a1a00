//! What the messages of an alert say.

use super::gateway::Way;
use super::gsm::{self, Coding};
use crate::issued::{Issued, Words};
use crate::know::DueCall;
use scr_alerts::{Kind, Status};
use scr_cap::Profile;
use scr_engine::Fault;
use scr_i18n::{Catalogue, Lang, Texts, Zone};
use serde_json::json;
use std::sync::Arc;

/// Most parts of one short message.
pub const MAX_PARTS: usize = 3;

const TEXTS: [(Lang, &str); 4] = [
    (Lang::En, include_str!("../../texts/sent.en.ftl")),
    (Lang::Fr, include_str!("../../texts/sent.fr.ftl")),
    (Lang::Es, include_str!("../../texts/sent.es.ftl")),
    (Lang::Ar, include_str!("../../texts/sent.ar.ftl")),
];

/// Makes the words of messages.
pub(crate) struct Writer {
    catalogue: Arc<Catalogue>,
    profile: Profile,
    zone: Zone,
    site: String,
}

/// The words of one alert in one language and level, without what differs from recipient to recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Draft {
    /// A short message up to its link, without a space at its end.
    pub(crate) short: String,
    /// Subject of an e-mail.
    pub(crate) subject: String,
    /// Body of an e-mail; `{link}` stands for the link.
    pub(crate) body: String,
}

/// Places that a station's link takes at most: it decides how much is left for words.
const LINK: &str = "/a/000000000/000000/000000000000000000000000000000";

impl Writer {
    pub(crate) fn new(site: Option<&str>, zone: Zone) -> Result<Self, Fault> {
        let catalogue = Catalogue::load(&TEXTS).map_err(|error| Fault::log(&error))?;
        let site = site.unwrap_or_default().trim_end_matches('/').to_owned();
        Ok(Self { catalogue, profile: Profile::new(""), zone, site })
    }

    /// The site, without a slash at its end; empty where it is not known.
    pub(crate) fn site(&self) -> &str {
        &self.site
    }

    /// The words of an alert for a language and a reading level. What is not there in the language is said in the alert's
    /// main one.
    pub(crate) fn draft(&self, issued: &Issued, language: &str, level: &str) -> Draft {
        let (language, words) = words(issued, language, level);
        let texts = self.catalogue.texts(Lang::parse(&language).unwrap_or(Lang::En));
        let marker = self.marker(issued.text.status, &language);
        let name = format!("{} {}", texts.t(title(issued.text.kind)), issued.text.number);
        let headline = unmarked(&words.headline, &marker);
        let front = if marker.is_empty() { String::new() } else { format!("{marker} - ") };
        let title = format!("{front}{name}: {headline}");
        Draft {
            short: self.short(&title, &words.instruction),
            body: self.body(issued, &texts, &title, &marker, &words),
            subject: title,
        }
    }

    /// A text of a message that only tests a gateway.
    pub(crate) fn test(&self, language: Lang, way: Way, at: i64) -> (String, String) {
        let texts = self.catalogue.texts(language);
        let marker = self.marker(Status::Test, language.code());
        let subject = format!("{marker} - {}", texts.t("sent-test-title"));
        let when = texts.moment(at, &self.zone);
        match way {
            Way::Sms => (subject, gsm::plain(&format!("{marker} - {} {when}", texts.t("sent-test-text")))),
            Way::Email | Way::Webhook => {
                let text = format!("{marker}\n\n{} {when}\n", texts.t("sent-test-text"));
                (subject, text)
            }
        }
    }

    /// What whoever is next in the line of authority is told.
    pub(crate) fn call(&self, issued: &Issued, call: &DueCall, language: &str) -> String {
        let lang = Lang::parse(language).unwrap_or(Lang::En);
        let texts = self.catalogue.texts(lang);
        let marker = self.marker(issued.text.status, lang.code());
        let front = if marker.is_empty() { String::new() } else { format!("{marker} - ") };
        let name = format!("{} {}", texts.t(title(issued.text.kind)), issued.text.number);
        let area = if call.area.1.is_empty() { &call.area.0 } else { &call.area.1 };
        let args = [("area", area.as_str().into()), ("stations", call.stations.into())];
        let link =
            if self.site.is_empty() { String::new() } else { format!(" {}/alerts/{}", self.site, issued.id) };
        format!("{}{link}", gsm::plain(&format!("{front}{name}: {}", texts.ta("sent-call", &args))))
    }

    fn marker(&self, status: Status, language: &str) -> String {
        let own = self.profile.markers_of(Some(language));
        let word = own.map(|own| match status {
            Status::Actual => String::new(),
            Status::Exercise => own.exercise.clone(),
            Status::Test => own.test.clone(),
        });
        word.unwrap_or_default()
    }

    /// Title, and as much of the instruction as fits beside the link: whole words, and three full stops where some are left
    /// out. Without its title an alert says nothing, so that is never cut.
    fn short(&self, title: &str, instruction: &str) -> String {
        let title = gsm::plain(title);
        let title = if title.ends_with(['.', '!', '?', '؟', '…']) { title } else { format!("{title}.") };
        let instruction = gsm::plain(instruction);
        let link = format!("{}{LINK}", self.site);
        let fits = |text: &str| gsm::parts(&format!("{text} {link}")).1 <= MAX_PARTS;
        let whole = format!("{title} {instruction}").trim_end().to_owned();
        if instruction.is_empty() || fits(&whole) {
            return whole;
        }
        let mut kept = title.clone();
        for word in instruction.split(' ').filter(|word| !word.is_empty()) {
            let longer = format!("{kept} {word}");
            if !fits(&format!("{longer}...")) {
                break;
            }
            kept = longer;
        }
        if kept == title { title } else { format!("{kept}...") }
    }

    fn body(&self, issued: &Issued, texts: &Texts, title: &str, marker: &str, words: &Words) -> String {
        let mut body = String::new();
        let mut add = |text: &str| {
            if !text.is_empty() {
                body.push_str(text);
                body.push_str("\n\n");
            }
        };
        // i18n: sent-marked-*
        match issued.text.status {
            Status::Actual => {}
            Status::Exercise => add(&texts.t("sent-marked-exercise")),
            Status::Test => add(&texts.t("sent-marked-test")),
        }
        add(title);
        add(&unmarked(&words.description, marker));
        add(&words.instruction);
        let until = texts.moment(issued.text.expires().cast_signed(), &self.zone);
        add(&texts.ta("sent-until", &[("until", (&until).into())]));
        if !self.site.is_empty() {
            add(&format!("{}\n{{link}}", texts.t("sent-link")));
        }
        add(&texts.t("sent-verify"));
        if issued.text.status != Status::Actual {
            add(marker);
        }
        format!("{}\n", body.trim_end())
    }

    /// The public facts of an alert for a program.
    pub(crate) fn facts(&self, issued: &Issued) -> String {
        let text = &issued.text;
        let link = |rest: &str| {
            if self.site.is_empty() {
                String::new()
            } else {
                format!("{}/alerts/{}{rest}", self.site, issued.id)
            }
        };
        let references: Vec<u64> = text.references.iter().map(|one| one.index).collect();
        json!({
            "type": "scrutineer.alert/1",
            "id": issued.id,
            "index": issued.index,
            "leaf": issued.leaf,
            "election": issued.election,
            "number": text.number,
            "kind": text.kind,
            "status": text.status,
            "severity": text.severity,
            "audience": text.audience,
            "sent": text.sent,
            "effective": text.effective(),
            "expires": text.expires(),
            "references": references,
            "areas": text.areas,
            "category": issued.content.category,
            "event": issued.content.event,
            "urgency": issued.content.urgency,
            "certainty": issued.content.certainty,
            "acknowledge_by": issued.content.acknowledge_by,
            "drill": issued.drill,
            "words": issued.content.words,
            "page": link(""),
            "cap": link(".cap"),
        })
        .to_string()
    }
}

fn title(kind: Kind) -> &'static str {
    match kind {
        Kind::Alert => "sent-kind-alert",
        Kind::Update => "sent-kind-update",
        Kind::Cancel => "sent-kind-cancel",
    }
}

/// The words for a language and level, and the language they are in. A level that is not there is the official one, then
/// any; a language that is not there is the alert's main one.
fn words(issued: &Issued, language: &str, level: &str) -> (String, Words) {
    let main = issued.text.wordings.first().map_or("en", |one| one.language.as_str());
    for language in [language, main] {
        if let Some(levels) = issued.content.words.get(language) {
            let found =
                levels.get(level).or_else(|| levels.get("official")).or_else(|| levels.values().next());
            if let Some(words) = found {
                return (language.to_owned(), words.clone());
            }
        }
        if let Some(own) = issued.text.wordings.iter().find(|one| one.language == language) {
            let words = Words {
                headline: own.headline.clone(),
                description: String::new(),
                instruction: own.instruction.clone(),
            };
            return (language.to_owned(), words);
        }
    }
    ("en".to_owned(), Words::default())
}

/// The language in which whoever reads one at a level is written to: theirs, or the alert's main one.
pub fn spoken_in(issued: &Issued, language: &str, level: &str) -> String {
    words(issued, language, level).0
}

/// A text without the marker that stands at its beginning already.
fn unmarked(text: &str, marker: &str) -> String {
    let text = text.trim();
    if marker.is_empty() {
        return text.to_owned();
    }
    match text.strip_prefix(marker) {
        Some(rest) if !rest.starts_with(char::is_alphanumeric) => {
            rest.trim_start_matches(|c: char| !c.is_alphanumeric()).to_owned()
        }
        _ => text.to_owned(),
    }
}

/// How a short message goes to a station, and in how many parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The text with a link of the longest kind.
    pub text: String,
    /// The alphabet.
    pub coding: Coding,
    /// Parts, each of which is paid.
    pub parts: usize,
    /// Subject of the e-mail.
    pub subject: String,
    /// Its text.
    pub mail: String,
}

/// What the messages say to whoever reads a language at a level, as they will be sent: for previews. The link is of the longest
/// kind. `zone`: of the times in them.
///
/// # Errors
/// Texts that are malformed.
pub fn preview(
    (site, zone): (Option<&str>, &Zone),
    issued: &Issued,
    language: &str,
    level: &str,
) -> Result<Preview, Fault> {
    let writer = Writer::new(site, zone.clone())?;
    let draft = writer.draft(issued, language, level);
    let link = format!("{}{LINK}", writer.site());
    let text = format!("{} {link}", draft.short);
    let (coding, parts) = gsm::parts(&text);
    Ok(Preview { mail: draft.body.replace("{link}", &link), subject: draft.subject, text, coding, parts })
}
