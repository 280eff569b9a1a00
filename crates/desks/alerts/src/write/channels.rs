//! What each channel will carry, before anything is released: length, parts, cost.

use super::draft::{Draft, Spoken};
use super::events::texts;
use super::rules::{self, Facts};
use super::table::{fault, store};
use super::{acts, cap};
use crate::issued;
use crate::network::Network;
use crate::send::{self, Coding, Way};
use scr_alerts::{AlertText, Bundle, Cosignature, Short};
use scr_canon::{Hash32, b64};
use scr_core::Refusal;
use scr_engine::{ActError, utc_text};
use scr_store::{Migration, sql};
use scr_web::{App, Visit};
use serde_json::json;
use std::collections::BTreeMap;

/// What one part of an SMS costs. `price`: in hundred-thousandths of the currency.
pub(crate) const PRICE_TABLE: Migration = Migration {
    number: 5,
    name: "price of messages",
    sql: "CREATE TABLE alerts_price (org TEXT PRIMARY KEY, price BIGINT NOT NULL, currency TEXT NOT NULL)",
};

/// Bytes that a QR code of each version holds in byte mode at level L (ISO/IEC 18004, table 7).
const QR_BYTES: [usize; 40] = [
    17, 32, 53, 78, 106, 134, 154, 192, 230, 271, 321, 367, 425, 458, 520, 586, 644, 718, 792, 858, 929,
    1003, 1091, 1171, 1273, 1367, 1465, 1528, 1628, 1732, 1840, 1952, 2068, 2188, 2303, 2431, 2563, 2699,
    2809, 2953,
];

/// The smallest version of a QR code that holds so many bytes.
pub(crate) fn qr_version(bytes: usize) -> Option<usize> {
    QR_BYTES.iter().position(|most| bytes <= *most).map(|at| at + 1)
}

/// What goes out in one language.
pub(crate) struct InLanguage {
    /// ISO 639-1.
    pub(crate) language: String,
    /// Whether its words are approved.
    pub(crate) is_approved: bool,
    /// The SMS.
    pub(crate) sms: String,
    /// In which alphabet it travels.
    pub(crate) coding: Coding,
    /// How many messages the network counts for one.
    pub(crate) parts: u64,
    /// Whom an SMS in this language goes to.
    pub(crate) contacts: u64,
    /// How many messages the network counts for all of them, each at their reading level.
    pub(crate) messages: u64,
    /// Subject and text of the e-mail.
    pub(crate) mail: (String, String),
    /// What is read out at the telephone.
    pub(crate) spoken: String,
}

/// What every channel will carry.
pub(crate) struct Preview {
    /// Why it cannot be made, as far as it cannot.
    pub(crate) refusal: Option<Refusal>,
    /// Polling stations.
    pub(crate) stations: u64,
    /// Voters.
    pub(crate) voters: u64,
    /// E-mails and messages to programs.
    pub(crate) mails: u64,
    pub(crate) programs: u64,
    /// Polling stations that have nobody to reach.
    pub(crate) unreached: u64,
    /// Languages that have words.
    pub(crate) languages: Vec<InLanguage>,
    /// Bytes of the compact text.
    pub(crate) compact: usize,
    /// Bytes of the bundle as they are expected.
    pub(crate) bundle: usize,
    /// Bytes of the short form.
    pub(crate) short: usize,
    /// The CAP message, before its signature.
    pub(crate) cap: String,
}

/// What is read out at the telephone.
pub(crate) fn spoken_text(text: &AlertText, language: &str, sender: &str, ends: &str) -> String {
    let (Some(texts), Some(wording)) = (texts(language), text.wording(language)) else {
        return String::new();
    };
    let headline = cap::marked(text.status, &wording.language, &wording.headline);
    texts.ta(
        "alerts-spoken-script",
        &[
            ("sender", sender.into()),
            ("number", text.number.into()),
            ("headline", headline.into()),
            ("instruction", (&wording.instruction).into()),
            ("ends", ends.into()),
        ],
    )
}

/// What every channel will carry of a draft; languages that are not approved are there too, and say so.
pub(crate) fn preview(
    app: &App,
    sender: &str,
    draft: &Draft,
    (facts, network): (&Facts, Option<&Network>),
) -> Result<Preview, ActError> {
    let whole = |language: &&str| draft.words.get(*language).is_some_and(Spoken::is_whole);
    let languages: Vec<&str> = draft.languages().into_iter().filter(whole).collect();
    let mut seen = facts.clone();
    for language in &languages {
        let said = super::view::Said {
            index: 0,
            language: (*language).to_owned(),
            hash: String::new(),
            at: 0,
            person: String::new(),
        };
        seen.approved.entry((*language).to_owned()).or_insert(said);
    }
    let empty = Network {
        tree: scr_alerts::areas::AreaTree::default(),
        stations: scr_alerts::areas::Stations::default(),
        names: BTreeMap::new(),
        places: scr_alerts::areas::Places::default(),
    };
    let network = network.unwrap_or(&empty);
    let content = acts::content(app, sender, draft, (&seen, network))?;
    let number = app.engine.read(|views| issued::next_number(views, &draft.election, draft.status()))?;
    let reach = content.reach;
    let mut preview = Preview {
        refusal: None,
        stations: reach.map_or(0, |reach| reach.stations),
        voters: reach.map_or(0, |reach| reach.voters),
        mails: 0,
        programs: 0,
        unreached: 0,
        languages: Vec::new(),
        compact: 0,
        bundle: 0,
        short: 0,
        cap: String::new(),
    };
    let named = &facts.named;
    let (text, bytes) = match rules::compact(draft, &languages, number.unwrap_or(1).max(1), named, facts.now)
    {
        Ok(found) => found,
        Err(refusal) => {
            preview.refusal = Some(refusal);
            return Ok(preview);
        }
    };
    let one = acts::as_issued(draft, &text, &content, facts.now);
    if let Err(ActError::Refused(refusal)) = acts::check_message(app, draft, &one, network) {
        preview.refusal = Some(refusal);
    }
    preview.languages = in_languages(app, sender, (&languages, facts), (&text, &one))?;
    count(app, draft, &one, &mut preview)?;
    preview.compact = bytes.len();
    (preview.bundle, preview.short) = sizes(app, draft, &bytes);
    preview.cap = written(app, draft, &one)?;
    Ok(preview)
}

/// What goes out in each language, by whoever sends it, so that what is shown is what goes out.
fn in_languages(
    app: &App,
    sender: &str,
    (languages, facts): (&[&str], &Facts),
    (text, one): (&AlertText, &issued::Issued),
) -> Result<Vec<InLanguage>, ActError> {
    let zone = &app.config.zone;
    let until = text.expires().cast_signed();
    let said = |language: &&str| -> Result<InLanguage, ActError> {
        let sent = send::preview((app.config.site.as_deref(), zone), one, language, "official")?;
        let ends = texts(language).map_or_else(String::new, |texts| texts.moment(until, zone));
        Ok(InLanguage {
            language: (*language).to_owned(),
            is_approved: facts.approved.contains_key(*language),
            coding: sent.coding,
            parts: u64::try_from(sent.parts).unwrap_or(u64::MAX),
            contacts: 0,
            messages: 0,
            sms: sent.text,
            mail: (sent.subject, sent.mail),
            spoken: spoken_text(text, language, sender, &ends),
        })
    };
    languages.iter().map(said).collect()
}

/// Whom it would go to by which way, chosen as the outbox chooses, and what the network counts for that.
fn count(app: &App, draft: &Draft, one: &issued::Issued, preview: &mut Preview) -> Result<(), ActError> {
    let counted = send::counted(app, (&draft.election, &draft.areas), &draft.org)?;
    (preview.mails, preview.programs) = (counted.of(Way::Email), counted.of(Way::Webhook));
    preview.unreached = counted.unreached;
    let mut by_words: BTreeMap<(String, &str), u64> = BTreeMap::new();
    for ((_, language, level), contacts) in counted.messages.iter().filter(|((way, ..), _)| *way == Way::Sms)
    {
        let spoken = send::spoken_in(one, language, level.as_str());
        *by_words.entry((spoken, level.as_str())).or_default() += contacts;
    }
    for ((language, level), contacts) in by_words {
        let sent = send::preview((app.config.site.as_deref(), &app.config.zone), one, &language, level)?;
        let parts = u64::try_from(sent.parts).unwrap_or(u64::MAX);
        if let Some(line) = preview.languages.iter_mut().find(|line| line.language == language) {
            line.contacts += contacts;
            line.messages = line.messages.saturating_add(contacts.saturating_mul(parts));
        }
    }
    Ok(())
}

fn written(app: &App, draft: &Draft, one: &issued::Issued) -> Result<String, ActError> {
    let earlier = app.engine.read(|views| {
        draft.names.iter().map(|index| issued::at(views, *index)).collect::<Result<Vec<_>, _>>()
    })?;
    let earlier: Vec<issued::Issued> = earlier.into_iter().flatten().collect();
    let message = cap::message(app.engine.ledger().origin(), one, &earlier);
    Ok(scr_cap::write(&message).unwrap_or_else(|error| error.to_string()))
}

/// Bytes of bundle and short form, with an entry like the one that will be recorded, a path as long as the log is high, and
/// the cosignatures of all witnesses.
fn sizes(app: &App, draft: &Draft, text: &[u8]) -> (usize, usize) {
    let (origin, (size, _)) = (app.engine.ledger().origin(), app.engine.progress());
    let issuer = format!("{origin}/org/{}", draft.org);
    let (alert, election) = (format!("alert:{}", draft.id), format!("election:{}", draft.election));
    let signature = b64(&[7; 68]);
    let entry = json!({
        "at": utc_text(app.clock.now()), "com": [], "id": draft.id, "iss": issuer,
        "pub": {"alert": b64(text), "object": Hash32([7; 32])}, "ref": [],
        "seq": {alert.as_str(): 3, election.as_str(): size}, "sig": [{"k": format!("{issuer}+b0cebccb"), "s": signature}],
        "sub": [alert, election], "t": scr_alerts::ISSUED, "v": 1,
    });
    let entry = scr_canon::to_canonical(&entry).unwrap_or_default();
    let height = u64::BITS - size.leading_zeros();
    let witnesses = app.board().map_or(0, |board| board.standings().len()).min(u8::MAX.into());
    let cosignature = |key: u8| Cosignature { key: [key; 4], time: 1, signature: [7; 64] };
    let bundle = Bundle {
        entry: entry.clone(),
        index: size,
        size: size + 1,
        root: Hash32([7; 32]),
        path: (0..height).map(|_| Hash32([7; 32])).collect(),
        log_key: [7; 4],
        log_signature: [7; 64],
        cosignatures: (0u8..).take(witnesses).map(cosignature).collect(),
    };
    let short = Short { entry, index: size, at: 1, log_key: [7; 4], signature: [7; 64] };
    let length = |made: Result<Vec<u8>, scr_alerts::MakeError>| match made {
        Ok(bytes) => bytes.len(),
        Err(scr_alerts::MakeError::TooLong { found, .. }) => found,
        Err(scr_alerts::MakeError::Source(_)) => 0,
    };
    (length(bundle.to_bytes()), length(short.to_bytes()))
}

impl Preview {
    /// SMS parts of all languages.
    pub(crate) fn messages(&self) -> u64 {
        self.languages.iter().map(|one| one.messages).fold(0, u64::saturating_add)
    }

    /// What so many parts cost, where a price is set.
    pub(crate) fn cost(app: &App, visit: &Visit, messages: u64) -> Result<Option<String>, ActError> {
        let org = visit.login.as_ref().map(|login| login.actor.org.to_string()).unwrap_or_default();
        Ok(price(app, &org)?.map(|(price, currency)| money(visit, price.saturating_mul(messages), &currency)))
    }
}

/// An amount in hundred-thousandths, to the hundredth.
pub(crate) fn money(visit: &Visit, amount: u64, currency: &str) -> String {
    format!("{} {currency}", visit.texts().decimal(&digits(amount)))
}

/// The same for programs: `12.50`.
pub(crate) fn digits(amount: u64) -> String {
    let hundredths = amount.saturating_add(500) / 1_000;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// What one part of an SMS costs an organisation, in hundred-thousandths, and in which currency.
pub(crate) fn price(app: &App, org: &str) -> Result<Option<(u64, String)>, ActError> {
    let select = sql!("SELECT price, currency FROM alerts_price WHERE org = $1", org.to_owned());
    let Some(row) = store(app)?.query_opt(&select).map_err(|error| fault(&error))? else { return Ok(None) };
    let price = row.count("price").map_err(|error| fault(&error))?;
    Ok(Some((price, row.text("currency").map_err(|error| fault(&error))?.to_owned())))
}

/// Sets it.
pub(crate) fn set_price(app: &App, org: &str, price: u64, currency: &str) -> Result<(), ActError> {
    let upsert = sql!(
        "INSERT INTO alerts_price (org, price, currency) VALUES ($1, $2, $3)
         ON CONFLICT (org) DO UPDATE SET price = excluded.price, currency = excluded.currency",
        org.to_owned(),
        price.cast_signed(),
        currency.to_owned()
    );
    store(app)?.execute(&upsert).map_err(|error| fault(&error))?;
    Ok(())
}

/// A price as somebody typed it, `0.045`: in hundred-thousandths.
pub(crate) fn read_price(text: &str) -> Option<u64> {
    let (whole, rest) = text.trim().split_once(['.', ',']).unwrap_or((text.trim(), ""));
    if rest.len() > 5
        || whole.len() > 6
        || !rest.bytes().chain(whole.bytes()).all(|byte| byte.is_ascii_digit())
    {
        return None;
    }
    let parts: u64 = format!("{rest:0<5}").parse().ok()?;
    Some(whole.parse::<u64>().ok()? * 100_000 + parts)
}

/// The name of an alphabet on the page.
pub(crate) fn alphabet(coding: Coding) -> &'static str {
    match coding {
        Coding::Gsm7 => "GSM-7",
        Coding::Ucs2 => "UCS-2",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::draft::tests::draft;

    #[test]
    fn a_qr_code_grows_with_what_it_holds() {
        assert_eq!(
            [17, 18, 644, 645, 1_732, 2_953, 2_954].map(qr_version),
            [Some(1), Some(2), Some(17), Some(18), Some(30), Some(40), None]
        );
    }

    #[test]
    fn prices_are_read_to_the_hundred_thousandth() {
        let read = ["0.045", "1", "0,1", "", "1.000001", "-1", "0.x"].map(read_price);
        assert_eq!(read, [Some(4_500), Some(100_000), Some(10_000), None, None, None, None]);
    }

    #[test]
    fn exercises_and_tests_say_so_when_they_are_read_out() {
        let mut draft = draft();
        for (status, language, mark) in [
            ("actual", "en", ""),
            ("exercise", "en", "EXERCISE"),
            ("exercise", "ar", "تمرين"),
            ("test", "en", "TEST"),
        ] {
            status.clone_into(&mut draft.status);
            let (text, _) = rules::compact(&draft, &["en", "ar"], 3, &[], 10_000).unwrap();
            let spoken = spoken_text(&text, language, "EMB", "now").replace(['\u{2068}', '\u{2069}'], "");
            assert!(spoken.contains(mark), "{spoken}");
            assert_eq!(
                status == "actual",
                !spoken.contains("EXERCISE") && !spoken.contains("TEST") && !spoken.contains("تمرين")
            );
        }
    }
}
