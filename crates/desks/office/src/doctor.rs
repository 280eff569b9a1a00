//! What is wrong with the installation, for administrators.

use crate::office::{Office, crumbs};
use askama::Template;
use scr_core::{Refusal, RefusalKind};
use scr_engine::{Finding, FixityStated, Level};
use scr_web::components::{Crumb, Tag, Tone};
use scr_web::{Reply, Seal, Visit, page, refusal_text};

struct Row {
    code: &'static str,
    tag: Tag,
    text: String,
}

#[derive(Template)]
#[template(path = "office/doctor.html")]
struct DoctorPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    rows: Vec<Row>,
    checks: usize,
    fixity: Option<(FixityStated, Seal)>,
    every_days: u16,
    may_check: bool,
}

fn row(visit: &Visit, finding: &Finding) -> Row {
    let (tone, key) = match finding.level {
        Level::Alarm => (Tone::Alarm, "doctor-alarm"),
        Level::Warn => (Tone::Warn, "doctor-warn"),
        Level::Note => (Tone::Note, "doctor-note"),
    };
    let mut words = Refusal::new(RefusalKind::Unavailable, finding.code);
    words.args.clone_from(&finding.args);
    Row { code: finding.code, tag: Tag::new(tone, visit.t(key)), text: refusal_text(visit, &words) }
}

/// Whether two findings give one reason; the running program puts a code before it.
fn is_same(known: &Finding, new: &Finding) -> bool {
    let reason = |finding: &Finding| finding.args.get("reason").cloned().unwrap_or_default();
    known.code == new.code && reason(new).ends_with(&reason(known))
}

pub(crate) async fn show(office: Office, visit: Visit) -> Reply {
    office
        .run(visit, |office, visit| {
            let app = &office.app;
            let every_days = app.config.fixity_days;
            let site = Some(office.access.settings().origin.as_str());
            let mut diagnosis = app.engine.examine(site, every_days);
            if let Some(certificates) = app.certificates() {
                diagnosis.add(certificates.examine(site, app.clock.now()));
            }
            // The files say some of it as well.
            for finding in app.findings() {
                if !diagnosis.findings.iter().any(|known| is_same(known, &finding)) {
                    diagnosis.findings.push(finding);
                }
            }
            diagnosis.findings.sort_by_key(|finding| std::cmp::Reverse(finding.level));
            let fixity = app.engine.last_fixity()?;
            let template = DoctorPage {
                visit,
                crumbs: crumbs(visit, &[("/desk", "office-start")]),
                rows: diagnosis.findings.iter().map(|finding| row(visit, finding)).collect(),
                checks: diagnosis.checks,
                fixity: fixity.map(|last| (last, app.seal(last.entry, last.at))),
                every_days,
                may_check: app.jobs().is_some(),
            };
            Ok(page(&template).into())
        })
        .await
}
