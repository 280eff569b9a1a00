//! A mirror's own pages: the same desks over a copy of somebody else's record.

use crate::outcome::Problem;
use crate::site::DESKS;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use scr_audits::record::Record;
use scr_desk_watch::WatchDesk;
use scr_engine::{Engine, EngineParts};
use scr_i18n::Lang;
use scr_mirror::OwnPages;
use scr_web::{App, Desk, Gate, LoginInfo, WebConfig, digested_body};
use std::collections::{BTreeSet, VecDeque};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Handle;
use tower::ServiceExt as _;

/// Longest own page that is compared.
const MAX_PAGE_BYTES: usize = 16 << 20;
/// How long the pages may need for what the copy holds already.
const VIEW_WAIT: Duration = Duration::from_secs(60);
/// What is not compared: the log is checked entry by entry, a number's receipt and a subject's history carry
/// the newest checkpoint's signatures, and the rest is about the server and not about the record.
const NOT_COMPARED: [&str; 11] = [
    "/desk",
    "/witness",
    "/log/",
    "/metrics",
    "/health",
    "/objects/",
    "/static/",
    "/watch",
    "/languages",
    "/record/about.json",
    "//",
];

/// Nobody signs in at a mirror.
struct Nobody;

impl Gate for Nobody {
    fn login(&self, _: &str) -> Option<LoginInfo> {
        None
    }
}

/// The public site over the copy.
pub(crate) fn site(parts: EngineParts, folder: &Path, web: WebConfig) -> Result<Site, Problem> {
    let fault = |e: &dyn std::fmt::Display| Problem::fault("SCR-CLI-030", e);
    let desks: Vec<&'static dyn Desk> = DESKS.iter().copied().chain([&WatchDesk as &dyn Desk]).collect();
    let kinds: Vec<_> = desks.iter().flat_map(|desk| desk.kinds().iter().copied()).collect();
    // The views of the desks alone: they must come to the origin's digests.
    let views = DESKS.iter().flat_map(|desk| desk.views()).collect();
    let engine = Engine::open(parts, folder, &kinds, views).map_err(|e| fault(&e))?;
    let web = WebConfig { public_only: true, ..web };
    let app = App::new(engine, Arc::new(Nobody), web, &desks).map_err(|e| fault(&e))?;
    let router = scr_web::router(&app, &desks);
    Ok(Site { app, router })
}

/// A mirror's site.
pub(crate) struct Site {
    pub(crate) app: Arc<App>,
    pub(crate) router: Router,
}

/// The pages of the site, asked as a reader asks.
pub(crate) struct Pages {
    pub(crate) app: Arc<App>,
    pub(crate) router: Router,
    pub(crate) runtime: Handle,
}

impl Pages {
    /// Body, and whether it is a page.
    fn get(&self, address: &str) -> Option<(String, bool)> {
        let request = Request::get(address).body(Body::empty()).ok()?;
        self.runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.ok()?;
            let (parts, body) = response.into_parts();
            if parts.status != StatusCode::OK {
                return None;
            }
            let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
            let is_page = kind.is_some_and(|kind| kind.starts_with("text/html"));
            let bytes = to_bytes(body, MAX_PAGE_BYTES).await.ok()?;
            Some((String::from_utf8_lossy(&bytes).into_owned(), is_page))
        })
    }
}

impl OwnPages for Pages {
    fn wait_for(&self, size: u64) -> bool {
        self.app.engine.wait_for(size, VIEW_WAIT)
    }

    fn addresses(&self, limit: usize) -> Vec<String> {
        let mut seen = BTreeSet::from(["/".to_owned(), "/record".to_owned(), "/verify".to_owned()]);
        let mut waiting: VecDeque<String> = seen.iter().cloned().collect();
        let (mut pages, mut files) = (Vec::new(), Vec::new());
        while let Some(address) = waiting.pop_front() {
            if pages.len() * Lang::ALL.len() + files.len() >= limit {
                break;
            }
            let Some((body, is_page)) = self.get(&address) else { continue };
            if !is_page {
                files.push(address);
                continue;
            }
            waiting.extend(links(&digested_body(&body)).filter(|link| seen.insert(link.clone())));
            pages.push(address);
        }
        let in_language = |lang: Lang| {
            pages.iter().map(move |page| {
                let mark = if page.contains('?') { '&' } else { '?' };
                format!("{page}{mark}lang={}", lang.code())
            })
        };
        let mut all: Vec<String> = files.clone();
        all.extend(Lang::ALL.into_iter().flat_map(in_language));
        all.truncate(limit);
        all
    }

    fn own(&self, address: &str) -> Option<Vec<u8>> {
        self.get(address).map(|(body, _)| comparable(&body))
    }

    fn compared(&self, body: Vec<u8>) -> Vec<u8> {
        comparable(&String::from_utf8_lossy(&body))
    }
}

/// A page without its seals; the record of an audit without the proofs in it, which stand under the newest checkpoint.
fn comparable(body: &str) -> Vec<u8> {
    let record = body.starts_with('{').then(|| Record::read(body.as_bytes()).ok()).flatten();
    let Some(mut record) = record else { return digested_body(body).into_bytes() };
    for published in record.published_mut() {
        published.evidence = None;
    }
    serde_json::to_vec(&record).unwrap_or_else(|_| body.as_bytes().to_vec())
}

/// The addresses on this site that a page leads to, without those of other languages.
fn links(html: &str) -> impl Iterator<Item = String> + '_ {
    let found = html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    found.filter_map(|link| {
        let link = link.split('#').next().unwrap_or_default().replace("&amp;", "&");
        let is_other = link.contains("lang=") || link.contains("/receipt?");
        let is_page = link.starts_with('/') && !NOT_COMPARED.iter().any(|prefix| link.starts_with(prefix));
        (is_page && !is_other).then_some(link)
    })
}

#[cfg(test)]
mod tests {
    use super::links;

    #[test]
    fn pages_of_this_site_are_found_once_in_each_language() {
        let html = r##"<a href="/record?kind=a&amp;before=3#x">a</a> <a href="https://other.example/">b</a>
            <a href="/desk">c</a> <link href="/static/x/y.css"> <a href="/?lang=ar">d</a> <a href="//other.example">e</a>"##;
        assert_eq!(links(html).collect::<Vec<_>>(), ["/record?kind=a&before=3"]);
    }
}
