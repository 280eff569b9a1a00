//! The visit: who reads this page, in which language, with which filters.

use crate::app::{App, NavGroup};
use crate::assets::asset;
use crate::gate::LoginInfo;
use crate::markup::Markup;
use crate::notice::Notice;
use crate::seal::Seal;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE};
use axum::http::request::Parts;
use scr_canon::sha256;
use scr_core::{Role, Viewer};
use scr_i18n::{Arg, Lang, Texts, Zone};
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;

/// The cookie with the login token.
pub const LOGIN_COOKIE: &str = "scr_login";
/// The cookie with the token of an audit board, which is no login.
pub const BOARD_COOKIE: &str = "scr_board";
/// The cookie of a form before there is a login.
pub(crate) const FORM_COOKIE: &str = "scr_form";
/// The cookie with the language.
pub(crate) const LANG_COOKIE: &str = "scr_lang";
/// The cookie with the size of the log that this reader's own acts need to be seen.
pub const POSITION_COOKIE: &str = "scr_position";
const MAX_QUERY_PAIRS: usize = 40;
const MAX_QUERY_BYTES: usize = 4096;

/// The parameters of an address, in their order; at most 40, of 4 KiB in all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Reads the part of an address after `?`; what is beyond the limits is left out.
    pub fn parse(text: &str) -> Self {
        let text = text.get(..MAX_QUERY_BYTES.min(text.len())).unwrap_or_default();
        let pairs = serde_urlencoded::from_str::<Vec<(String, String)>>(text).unwrap_or_default();
        Self(pairs.into_iter().take(MAX_QUERY_PAIRS).collect())
    }

    /// The first value of a parameter that is not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }

    /// The address of `path` with one parameter set, or removed when `value` is `None`. Paging
    /// (`after`) starts again, because another filter is another list.
    pub fn with(&self, path: &str, name: &str, value: Option<&str>) -> String {
        let mut pairs: Vec<(&str, &str)> = self
            .0
            .iter()
            .map(|(k, v)| (k.as_str(), v.as_str()))
            .filter(|(k, _)| *k != name && *k != "after")
            .collect();
        pairs.extend(value.map(|value| (name, value)));
        let query = serde_urlencoded::to_string(&pairs).unwrap_or_default();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// All parameters but these.
    pub fn without(&self, names: &[&str]) -> Vec<(String, String)> {
        self.0.iter().filter(|(key, _)| !names.contains(&key.as_str())).cloned().collect()
    }
}

/// What every page knows about the one who reads it. Templates hold it as `visit`.
#[derive(Debug, Clone)]
pub struct Visit {
    texts: Texts,
    /// The time zone in which this page tells the time.
    pub zone: Zone,
    /// The path of the page.
    pub path: String,
    /// Its parameters.
    pub query: Query,
    /// Goes into every form that is posted.
    pub csrf: String,
    /// Who is signed in. Always `None` on public pages: they are the same for everybody.
    pub login: Option<LoginInfo>,
    /// Navigation by task, for desk pages.
    pub nav: Arc<Vec<NavGroup>>,
    /// True in a drill: every surface says so.
    pub exercise: bool,
    /// Finds this request in the server's log.
    pub request_id: String,
    /// The size of the log that the reader's own acts need to be seen.
    pub position: Option<u64>,
    /// True when this browser has chosen a language before.
    language_kept: bool,
    /// What a mirror says of itself.
    notice: Option<Notice>,
}

/// A whole number, or a reference to one (templates hold references).
pub trait Whole {
    /// The number.
    fn whole(self) -> i128;
}

macro_rules! whole {
    ($($kind:ty),+) => {$(
        impl Whole for $kind {
            fn whole(self) -> i128 {
                i128::from(self)
            }
        }
    )+};
}
whole!(u8, u16, u32, u64, i32, i64);

impl<T: Whole + Copy> Whole for &T {
    fn whole(self) -> i128 {
        (*self).whole()
    }
}

impl Whole for usize {
    fn whole(self) -> i128 {
        i128::try_from(self).unwrap_or(i128::MAX)
    }
}

fn seconds(value: impl Whole) -> i64 {
    i64::try_from(value.whole()).unwrap_or_default()
}

fn count(value: impl Whole) -> u64 {
    u64::try_from(value.whole()).unwrap_or_default()
}

/// A language that the page can be read in.
#[derive(Debug, Clone)]
pub struct LanguageChoice {
    /// BCP 47 tag.
    pub code: &'static str,
    /// What its speakers call it.
    pub name: &'static str,
    /// The direction of its script.
    pub dir: &'static str,
    /// This page in this language.
    pub href: String,
    /// True for the language of the page.
    pub current: bool,
}

/// The number that the middleware gave the request.
#[derive(Debug, Clone)]
pub(crate) struct RequestId(pub(crate) String);

impl Visit {
    pub(crate) fn of(app: &App, parts: &Parts) -> Self {
        let query = Query::parse(parts.uri.query().unwrap_or_default());
        let accept = parts.headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let lang = Lang::negotiate(query.get("lang"), cookie(parts, LANG_COOKIE), accept);
        let login = parts.extensions.get::<LoginInfo>().cloned();
        let secret = cookie(parts, secret_cookie(parts.uri.path())).or_else(|| cookie(parts, FORM_COOKIE));
        Self {
            texts: app.catalogue.texts(lang),
            zone: app.config.zone.clone(),
            path: parts.uri.path().to_owned(),
            query,
            csrf: secret.map(csrf_of).unwrap_or_default(),
            nav: app.nav(login.as_ref().map(|login| login.actor.role)),
            login,
            exercise: app.config.exercise,
            request_id: parts.extensions.get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default(),
            position: cookie(parts, POSITION_COOKIE).and_then(|text| text.parse().ok()),
            language_kept: cookie(parts, LANG_COOKIE).is_some(),
            notice: app.notice(),
        }
    }

    /// The person's own language, where this browser has not chosen another.
    pub fn first_language(&self, own: &str) -> Option<Lang> {
        Lang::parse(own).filter(|_| !self.language_kept)
    }

    /// The cookie that keeps a language, for whoever signs in on a browser that has none yet.
    pub fn language_cookie(lang: Lang, secure: bool) -> String {
        let secure = if secure { "; Secure" } else { "" };
        format!("{LANG_COOKIE}={}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax{secure}", lang.code())
    }

    /// A visit for tests of pages: UTC, nobody signed in.
    pub fn for_tests(lang: Lang) -> Self {
        Self::with_texts(lang, crate::SHELL_TEXTS)
    }

    /// A visit for tests with the shell's and a desk's texts.
    pub fn with_texts(lang: Lang, sources: &[(Lang, &str)]) -> Self {
        let catalogue = scr_i18n::Catalogue::load(sources);
        #[expect(clippy::expect_used, reason = "for tests: a malformed text is what they are to find")]
        let texts = catalogue.expect("the texts are well-formed").texts(lang);
        Self {
            texts,
            zone: Zone::utc(),
            path: "/".into(),
            query: Query::default(),
            csrf: "test".into(),
            login: None,
            nav: Arc::default(),
            exercise: false,
            request_id: "test".into(),
            position: None,
            language_kept: false,
            notice: None,
        }
    }

    /// The same visit in another language: a page or paper that is for somebody else speaks theirs.
    #[must_use]
    pub fn in_language(&self, lang: Lang) -> Self {
        Self { texts: self.texts.other(lang), ..self.clone() }
    }

    /// The texts, numbers and dates of the reader's language.
    pub fn texts(&self) -> &Texts {
        &self.texts
    }

    /// Whether a page that follows what happens is asked for again by itself: until its reader stops it.
    pub fn is_live(&self) -> bool {
        self.query.get("live") != Some("no")
    }

    /// The address that stops it, or lets it go on.
    pub fn live_href(&self) -> String {
        self.query.with(&self.path, "live", self.is_live().then_some("no"))
    }

    /// The same visit on a page of a drill: it says so, whatever the rest of the server is.
    #[must_use]
    pub fn in_exercise(&self, is_exercise: bool) -> Self {
        Self { exercise: self.exercise || is_exercise, ..self.clone() }
    }

    /// The language.
    pub fn lang(&self) -> Lang {
        self.texts.lang()
    }

    /// The `lang` attribute.
    pub fn lang_code(&self) -> &'static str {
        self.lang().code()
    }

    /// The `dir` attribute.
    pub fn dir(&self) -> &'static str {
        self.lang().dir()
    }

    /// True when the page runs from right to left.
    pub fn is_rtl(&self) -> bool {
        self.lang().is_rtl()
    }

    /// A text, plain.
    pub fn t(&self, key: &str) -> String {
        self.texts.t(key)
    }

    /// A text with values, plain: for attributes and titles.
    pub fn ta(&self, key: &str, args: &[(&str, Arg)]) -> String {
        self.texts.ta(key, args)
    }

    /// A text as HTML.
    pub fn th(&self, key: &str) -> Markup {
        self.tha(key, &[])
    }

    /// A text as HTML with every value in `<bdi>`.
    pub fn tha(&self, key: &str, args: &[(&str, Arg)]) -> Markup {
        Markup(self.texts.html(key, args))
    }

    /// A whole number.
    pub fn number(&self, value: impl Whole) -> Markup {
        Markup::isolated(&self.texts.number(value.whole()))
    }

    /// A share with `places` decimals, or a dash where there is none.
    pub fn share(&self, part: impl Whole, whole: impl Whole, places: u8) -> Markup {
        self.texts
            .share(count(part), count(whole), places)
            .map_or_else(|| Markup::text("–"), |text| Markup::isolated(&text))
    }

    /// Date, time and zone.
    pub fn moment(&self, at: impl Whole) -> Markup {
        let at = seconds(at);
        self.time_element(at, &self.texts.moment(at, &self.zone))
    }

    /// The date.
    pub fn date(&self, at: impl Whole) -> Markup {
        let at = seconds(at);
        self.time_element(at, &self.texts.date(at, &self.zone))
    }

    /// The time of day; the page must name the zone elsewhere.
    pub fn time(&self, at: impl Whole) -> Markup {
        let at = seconds(at);
        self.time_element(at, &self.texts.time(at, &self.zone))
    }

    fn time_element(&self, at: i64, words: &str) -> Markup {
        Markup(format!(
            "<time datetime=\"{}\"><bdi>{}</bdi></time>",
            self.texts.machine(at),
            Markup::text(words)
        ))
    }

    /// A hash or code.
    pub fn hash(&self, text: impl std::fmt::Display) -> Markup {
        Markup(format!("<bdi class=\"hash\" dir=\"ltr\">{}</bdi>", Markup::text(&text.to_string())))
    }

    /// The seal with its words.
    pub fn seal(&self, seal: &Seal) -> Markup {
        seal.html(self, false)
    }

    /// The seal alone, for table rows; screen readers hear the words.
    pub fn seal_short(&self, seal: &Seal) -> Markup {
        seal.html(self, true)
    }

    /// The name of a role.
    pub fn role_name(&self, role: &Role) -> String {
        // i18n: role-*
        self.t(&format!("role-{}", role.as_str()))
    }

    /// What a kind of entry is called: the text `kind-results-table-imported` for
    /// `results.table.imported/1`; a kind of which this program knows no name keeps its code.
    pub fn kind_name(&self, kind: &str) -> String {
        // i18n: kind-*
        let key = format!("kind-{}", kind.split('/').next().unwrap_or(kind).replace(['.', '_'], "-"));
        if self.texts.has(&key) { self.t(&key) } else { kind.to_owned() }
    }

    /// What a mirror says of itself on its public pages; nothing elsewhere.
    pub fn notice(&self) -> Markup {
        self.notice.as_ref().map(|notice| notice.html(self)).unwrap_or_default()
    }

    /// For whom a marking is decided.
    pub fn viewer(&self) -> Viewer {
        self.login.as_ref().map_or(Viewer::Public, |login| Viewer::Member(login.actor.org.clone()))
    }

    /// The languages, each with the address of this page in it.
    pub fn languages(&self) -> Vec<LanguageChoice> {
        let href = |lang: Lang| {
            let mut pairs = self.query.without(&["lang"]);
            pairs.push(("lang".into(), lang.code().into()));
            format!("{}?{}", self.path, serde_urlencoded::to_string(pairs).unwrap_or_default())
        };
        let choice = |lang: Lang| LanguageChoice {
            code: lang.code(),
            name: lang.own_name(),
            dir: lang.dir(),
            href: href(lang),
            current: lang == self.lang(),
        };
        Lang::ALL.map(choice).into()
    }

    /// False while no native speaker has signed this language's texts.
    pub fn reviewed(&self) -> bool {
        self.lang().is_reviewed()
    }

    /// True when this page or one below it is at `href`.
    pub fn is_here(&self, href: &str) -> bool {
        let reaches =
            |one: &str| self.path == one || (one != "/desk" && self.path.starts_with(&format!("{one}/")));
        // Of two entries of the navigation the page belongs to the nearer one.
        let is_nearer = |one: &str| one.len() > href.len() && reaches(one);
        reaches(href) && !self.nav.iter().flat_map(|group| &group.items).any(|item| is_nearer(item.href))
    }

    /// The address of the style sheet; it changes with its content.
    pub fn stylesheet(&self) -> String {
        asset("scrutineer.css").href
    }

    /// The address of the icon.
    pub fn icon(&self) -> String {
        asset("icon.svg").href
    }
}

impl FromRequestParts<Arc<App>> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Infallible> {
        Ok(Self::of(app, parts))
    }
}

/// The cookie whose secret the forms of a page are bound to: that of whoever acts there.
pub(crate) fn secret_cookie(path: &str) -> &'static str {
    if is_board(path) { BOARD_COOKIE } else { LOGIN_COOKIE }
}

/// Whether a page is one of the audit boards'.
pub(crate) fn is_board(path: &str) -> bool {
    path == "/board" || path.starts_with("/board/")
}

/// The value of a cookie.
pub fn cookie<'a>(parts: &'a Parts, name: &str) -> Option<&'a str> {
    let lines = parts.headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// The network address that a request comes from, for limits; empty in tests, where there is none.
pub fn peer_address(parts: &Parts) -> String {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    peer.map_or_else(String::new, |peer| peer.0.ip().to_string())
}

/// The token of forms, from the secret of a cookie that scripts and other sites cannot read.
pub(crate) fn csrf_of(secret: &str) -> String {
    sha256(format!("scrutineer form v1\n{secret}").as_bytes()).to_hex()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_are_links_that_keep_one_another() {
        let query = Query::parse("state=open&q=a%26b&after=17&empty=");
        assert_eq!(query.get("q"), Some("a&b"));
        assert_eq!(query.get("empty"), None);
        assert_eq!(query.with("/x", "state", Some("done")), "/x?q=a%26b&empty=&state=done");
        assert_eq!(Query::parse("a=1").with("/x", "a", None), "/x");
        assert!(Query::parse(&"a=1&".repeat(500)).0.len() <= MAX_QUERY_PAIRS);
    }

    #[test]
    fn boards_have_their_own_pages() {
        assert!(is_board("/board") && is_board("/board/units/3"));
        assert!(!is_board("/boards") && !is_board("/desk/board"));
    }

    #[test]
    fn the_language_switch_keeps_the_page() {
        let mut visit = Visit::for_tests(Lang::Ar);
        visit.path = "/elections/x".into();
        visit.query = Query::parse("sort=name&lang=ar");
        let choices = visit.languages();
        assert_eq!(choices[1].href, "/elections/x?sort=name&lang=fr");
        assert!(choices[3].current);
    }
}
