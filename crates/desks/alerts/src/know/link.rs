//! A station's own link: what it reads there, and what it says. Opening the page says nothing: programs that look into mail open
//! links, too. The token in the address is who they are, so the forms need no cookie.

use super::boards::store;
use super::case::{self, Case};
use super::codec::Taken;
use super::sms::step_word;
use super::table::Limit;
use super::{intake, rows, view};
use crate::issued::Words;
use crate::network::contacts;
use crate::network::secrets::Master;
use askama::Template;
use axum::body::to_bytes;
use axum::extract::{FromRequestParts as _, Path, Request, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::IntoResponse as _;
use scr_alerts::acks::{Ack, Channel, Step};
use scr_alerts::strips::{check_link, link_token};
use scr_alerts::words::{Tongue, comparing_words};
use scr_alerts::{Severity, Status};
use scr_core::{Refusal, RefusalKind};
use scr_engine::{ActError, Fault};
use scr_i18n::Lang;
use scr_web::components::{Tag, Tone};
use scr_web::{App, Reply, Visit, go, page, peer_address, run};
use std::sync::Arc;

/// The link is nobody's.
const WRONG_LINK: &str = "SCR-ALR-283";
/// Too many links that are nobody's came from one address.
const TOO_MANY: &str = "SCR-ALR-284";
/// What was posted is nothing that this page asks.
const NO_STEP: &str = "SCR-ALR-285";
/// Largest form of these.
const MAX_FORM: usize = 4_096;
/// Other alerts that a token may be of, of each organisation.
const OTHERS: u16 = 32;

/// Alert, station, token as they stand in the address.
pub(super) type Address = Path<(String, String, String)>;

/// Whose link it is.
#[derive(Debug, Clone)]
struct Reader {
    case: Arc<Case>,
    station: u32,
}

enum Looked {
    Theirs(Reader),
    /// The token is the same station's, for another alert.
    Other(Arc<Case>),
    Nobodys,
}

fn numbers(index: &str, station: &str) -> Option<(u64, u32)> {
    let digits = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
    };
    let fine = digits(index, 15) && digits(station, 6);
    fine.then(|| Some((index.parse().ok()?, station.parse().ok()?))).flatten()
}

fn holds(master: &Master, case: &Case, station: u32, token: &str) -> bool {
    let secret = master.station(station);
    secret.is_some_and(|secret| check_link(token, &secret, case.issued.text.status, &case.issued.leaf))
}

fn look(app: &App, (index, station, token): (&str, &str, &str)) -> Result<Looked, ActError> {
    let Some((index, station)) = numbers(index, station) else { return Ok(Looked::Nobodys) };
    let case = match case::at(app, index) {
        Err(ActError::Refused(_)) => None,
        other => Some(other?),
    };
    if let Some(case) = &case
        && holds(&*case::master(app, &case.issued.election)?, case, station, token)
    {
        return Ok(Looked::Theirs(Reader { case: Arc::clone(case), station }));
    }
    let newest = app.engine.read(|views| crate::issued::newest_of(views, None, i64::MIN, OTHERS))?;
    for other in newest {
        let other = case::at(app, other)?;
        if holds(&*case::master(app, &other.issued.election)?, &other, station, token) {
            return Ok(Looked::Other(other));
        }
    }
    Ok(Looked::Nobodys)
}

/// The address of a station's own link.
///
/// # Errors
/// `SCR-ALR-280`, faults.
pub fn link_of(app: &App, alert: u64, station: u32) -> Result<Option<String>, ActError> {
    let case = case::at(app, alert)?;
    let secret = case::master(app, &case.issued.election)?.station(station);
    Ok(secret.map(|secret| {
        let token = link_token(&secret, case.issued.text.status, &case.issued.leaf);
        format!("/a/{alert}/{station}/{token}")
    }))
}

/// What a station has said, the furthest step last, and how far that is.
fn said(app: &App, reader: &Reader) -> Result<Vec<Taken>, ActError> {
    let (index, station) = (reader.case.index(), reader.station);
    let recorded = app.engine.read(|views| view::heard_of(views, index, station))?;
    let open = rows::of_station(store(app)?, index, station).map_err(|error| Fault::log(&error))?;
    let all = recorded.into_iter().map(|(taken, _)| taken).chain(open.into_iter().map(|row| row.taken));
    let mut first: Vec<Taken> = Vec::new();
    for taken in all {
        match first.iter_mut().find(|one| one.step == taken.step) {
            Some(one) if (taken.at, taken.channel) < (one.at, one.channel) => *one = taken,
            Some(_) => {}
            None => first.push(taken),
        }
    }
    first.sort_by_key(|taken| taken.step);
    Ok(first)
}

/// Sentences that say something else than any alert asks for.
fn others(visit: &Visit) -> [String; 4] {
    ["know-other-1", "know-other-2", "know-other-3", "know-other-4"].map(|key| visit.t(key))
}

/// Three sentences of which one says what is to be done, in an order that differs from station to station; and which it is.
fn question(visit: &Visit, case: &Case, station: u32, right: &str) -> (Vec<String>, usize) {
    let seed = scr_canon::sha256(format!("{}\n{station}", case.index()).as_bytes()).0;
    let byte = |at: usize| usize::from(seed.get(at).copied().unwrap_or(0));
    let mut wrong: Vec<String> = others(visit).into_iter().filter(|one| one != right).collect();
    let turn = byte(0) % wrong.len().max(1);
    wrong.rotate_left(turn);
    wrong.truncate(2);
    let place = byte(1) % (wrong.len() + 1);
    wrong.insert(place, right.to_owned());
    (wrong, place)
}

struct Line {
    word: String,
    at: i64,
    is_late: bool,
}

#[derive(Template)]
#[template(path = "know/link.html")]
struct LinkPage<'a> {
    visit: &'a Visit,
    case: &'a Case,
    station: u32,
    name: String,
    words: Words,
    status: Option<Tag>,
    severity: Tag,
    said: Vec<Line>,
    /// What is asked next: `read`, `understood`, `acted`, or nothing more.
    asks: &'static str,
    question: Vec<String>,
    is_wrong_answer: bool,
    compare: String,
    leaf: String,
    newer: Option<(String, bool)>,
    is_over: bool,
    expires: i64,
    href: String,
    /// Whether the sentences are in another language than the page.
    other_language: Option<String>,
}

fn severity_tag(visit: &Visit, severity: Severity) -> Tag {
    match severity {
        Severity::Extreme => Tag::new(Tone::Alarm, visit.t("know-severity-extreme")),
        Severity::Severe => Tag::new(Tone::Alarm, visit.t("know-severity-severe")),
        Severity::Moderate => Tag::new(Tone::Warn, visit.t("know-severity-moderate")),
        Severity::Minor => Tag::new(Tone::Note, visit.t("know-severity-minor")),
        Severity::Unknown => Tag::new(Tone::Plain, visit.t("know-severity-unknown")),
    }
}

/// The language of a station's first contact, if the alert has words in it.
///
/// # Errors
/// Faults.
pub(super) fn station_language(app: &App, case: &Case, station: u32) -> Result<Option<Lang>, ActError> {
    let now = app.clock.now();
    let people = app.engine.read(|views| contacts::of_station(views, &case.issued.election, station, now))?;
    let mut languages = people.iter().filter_map(|one| Lang::parse(&one.language));
    Ok(languages.find(|lang| case.speaks(*lang)))
}

/// The visit in the station's language, unless the reader has chosen another, and only in one that the alert has words in.
fn in_station_words(app: &App, reader: &Reader, visit: &Visit) -> Result<Visit, ActError> {
    let chosen = visit.query.get("lang").is_some();
    let own = station_language(app, &reader.case, reader.station)?;
    let own = own.filter(|lang| !chosen && visit.first_language(lang.code()).is_some());
    Ok(in_words(&reader.case, &own.map_or_else(|| visit.clone(), |lang| visit.in_language(lang))))
}

/// The visit in a language that the alert has words in, marked as an exercise where it is one.
fn in_words(case: &Case, visit: &Visit) -> Visit {
    let lang = if case.speaks(visit.lang()) { visit.lang() } else { case.lang() };
    let mut visit = visit.in_language(lang);
    visit.zone = case.zone.clone();
    visit.exercise |= case.is_exercise();
    visit
}

fn letter(app: &App, visit: &Visit, reader: &Reader, is_wrong_answer: bool) -> Result<Reply, ActError> {
    let case = &*reader.case;
    let lang = visit.lang();
    let words = case.words(lang);
    let said = said(app, reader)?;
    let expires = case.issued.text.expires();
    let tongue = Tongue::of_code(lang.code()).unwrap_or(Tongue::En);
    let newer = match case::newer(app, case)? {
        Some(newer) => {
            let is_cancel = newer.issued.text.kind == scr_alerts::Kind::Cancel;
            link_of(app, newer.index(), reader.station)?.map(|href| (href, is_cancel))
        }
        None => None,
    };
    let network = super::boards::network_of(app, case);
    let name = network.map_or_else(|_| String::new(), |network| network.name(reader.station));
    let template = LinkPage {
        visit,
        case,
        station: reader.station,
        name,
        status: match case.issued.text.status {
            Status::Actual => None,
            Status::Exercise => Some(Tag::new(Tone::Warn, visit.t("know-exercise"))),
            Status::Test => Some(Tag::new(Tone::Warn, visit.t("know-test"))),
        },
        severity: severity_tag(visit, case.issued.text.severity),
        asks: match said.last().map(|taken| taken.step) {
            None | Some(Step::Sent | Step::Delivered) => "read",
            Some(Step::Read) => "understood",
            Some(Step::Understood) => "acted",
            Some(Step::Acted) => "",
        },
        said: said
            .iter()
            .filter(|taken| taken.step >= Step::Read)
            .map(|taken| Line {
                word: step_word(visit.texts(), taken.step),
                at: taken.at.cast_signed(),
                is_late: taken.received >= expires,
            })
            .collect(),
        question: question(visit, case, reader.station, &words.instruction).0,
        is_wrong_answer,
        compare: comparing_words(&case.issued.leaf, tongue).join(" "),
        leaf: case.issued.leaf.to_hex().chars().take(16).collect(),
        newer,
        is_over: case.now(app) >= expires,
        expires: expires.cast_signed(),
        href: link_of(app, case.index(), reader.station)?.unwrap_or_default(),
        other_language: (!case.speaks(lang)).then(|| case.lang().code().to_owned()),
        words,
    };
    let status = if is_wrong_answer { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, private(page(&template))).into_response().into())
}

/// A page for one station is kept nowhere on its way.
fn private(mut response: axum::response::Response) -> axum::response::Response {
    let value = axum::http::HeaderValue::from_static("no-store");
    response.headers_mut().insert(axum::http::header::CACHE_CONTROL, value);
    response
}

/// What somebody reads whose link is not theirs: nothing of the alert.
fn nobodys(app: &App, peer: &str) -> Result<Reply, ActError> {
    let wait = Limit::LINK.take(store(app)?, "link", peer, app.clock.now_ms());
    if let Some(seconds) = wait.map_err(|error| Fault::log(&error))? {
        return Err(Refusal::new(RefusalKind::TooMany, TOO_MANY).with("seconds", seconds).into());
    }
    Err(Refusal::new(RefusalKind::NotFound, WRONG_LINK).into())
}

#[derive(Template)]
#[template(path = "know/other_link.html")]
struct OtherPage<'a> {
    visit: &'a Visit,
    href: String,
    number: u16,
}

fn answer(
    app: &App,
    visit: &Visit,
    (address, peer): (&(String, String, String), &str),
    is_wrong_answer: bool,
) -> Result<Reply, ActError> {
    let (index, station, token) = address;
    match look(app, (index, station, token))? {
        Looked::Theirs(reader) => {
            // After a wrong answer the page stays in the language in which it was asked.
            let visit = if is_wrong_answer {
                in_words(&reader.case, visit)
            } else {
                in_station_words(app, &reader, visit)?
            };
            letter(app, &visit, &reader, is_wrong_answer)
        }
        Looked::Other(case) => {
            let visit = in_words(&case, visit);
            let href = format!("/a/{}/{station}/{token}", case.index());
            let number = case.issued.text.number;
            let shown = page(&OtherPage { visit: &visit, href, number });
            Ok((StatusCode::NOT_FOUND, private(shown)).into_response().into())
        }
        Looked::Nobodys => nobodys(app, peer),
    }
}

/// The page. It takes nothing as read.
pub(super) async fn show(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path(address): Address,
    parts: Parts,
) -> Reply {
    let peer = peer_address(&parts);
    run(visit, move |visit| answer(&app, visit, (&address, &peer), false)).await
}

/// What is said: `step` and, for "understood", the place of the sentence.
struct Saying {
    step: Step,
    choice: Option<usize>,
    lang: Option<String>,
}

fn saying(body: &[u8]) -> Option<Saying> {
    let text = std::str::from_utf8(body).ok()?;
    let query = scr_web::Query::parse(text);
    let step = match query.get("step")? {
        "read" => Step::Read,
        "understood" => Step::Understood,
        "acted" => Step::Acted,
        _ => return None,
    };
    let choice = query.get("choice").and_then(|choice| choice.parse().ok());
    Some(Saying { step, choice, lang: query.get("lang").map(str::to_owned) })
}

/// What a station says. It is durable when this answers.
pub(super) async fn say(State(app): State<Arc<App>>, Path(address): Address, request: Request) -> Reply {
    let (mut parts, body) = request.into_parts();
    let bytes = to_bytes(body, MAX_FORM).await.ok();
    let found = looked(Arc::clone(&app), address.clone()).await;
    if let (Ok(Looked::Theirs(reader)), Some(saying)) = (&found, bytes.as_deref().and_then(saying)) {
        return take(&app, parts, reader, &saying, address).await;
    }
    let peer = peer_address(&parts);
    let Ok(visit) = Visit::from_request_parts(&mut parts, &app).await;
    match found {
        Ok(Looked::Theirs(_)) => Reply::refused(&visit, &Refusal::new(RefusalKind::Invalid, NO_STEP)),
        Ok(_) => run(visit, move |visit| answer(&app, visit, (&address, &peer), false)).await,
        Err(error) => Reply::act(&visit, &error),
    }
}

async fn take(
    app: &Arc<App>,
    mut parts: Parts,
    reader: &Reader,
    saying: &Saying,
    address: (String, String, String),
) -> Reply {
    let Ok(visit) = Visit::from_request_parts(&mut parts, app).await;
    if saying.step == Step::Understood {
        // The sentences stood there in the language of the page.
        let lang = saying.lang.as_deref().and_then(Lang::parse);
        let words =
            in_words(&reader.case, &lang.map_or_else(|| visit.clone(), |lang| visit.in_language(lang)));
        let right = reader.case.words(words.lang()).instruction;
        let (sentences, place) = question(&words, &reader.case, reader.station, &right);
        let asks = !right.is_empty() && sentences.len() > 1;
        if asks && saying.choice != Some(place) {
            let (app, peer) = (Arc::clone(app), peer_address(&parts));
            return run(words, move |words| answer(&app, words, (&address, &peer), true)).await;
        }
    }
    let now = reader.case.now(app);
    let taken = match Ack::new(reader.station, saying.step, Channel::Link, now, now) {
        Ok(ack) => intake::take_one(app, &reader.case, &ack, now).await,
        Err(error) => Err(Fault::log(&error).into()),
    };
    match taken {
        Ok(()) => go(&format!("/a/{}/{}/{}#said", address.0, address.1, address.2)),
        Err(error) => Reply::act(&visit, &error),
    }
}

/// Whose link it is; from memory where everything is there, else where blocking is allowed.
async fn looked(app: Arc<App>, address: (String, String, String)) -> Result<Looked, ActError> {
    if let Some(reader) = at_hand(&app, &address) {
        return Ok(Looked::Theirs(reader));
    }
    let work = move || look(&app, (&address.0, &address.1, &address.2));
    scr_web::blocking(work).await.map_err(|error| ActError::from(Fault::log(&error)))?
}

fn at_hand(app: &App, (index, station, token): &(String, String, String)) -> Option<Reader> {
    let (index, station) = numbers(index, station)?;
    let case = case::kept(app, index)?;
    let master = case::kept_master(app, &case.issued.election)?;
    holds(&master, &case, station, token).then_some(Reader { case, station })
}
