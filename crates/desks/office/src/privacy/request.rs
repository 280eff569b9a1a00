//! One request for an erasure: what goes, on what grounds, who has approved.

use super::commands::{self, request, take_stand};
use super::overview::given;
use super::{above, basis_text, field_text, scope_text};
use crate::door::act_error;
use crate::office::{Office, go, kept, status};
use askama::Template;
use axum::extract::Path;
use axum::response::IntoResponse;
use scr_access::{KeptSignOff, Position, SignOffState, Stand};
use scr_canon::Hash32;
use scr_core::{PersonId, Refusal, RefusalKind};
use scr_engine::ActError;
use scr_web::components::{Answer, Crumb, SignOff, Signer};
use scr_web::{FormState, Posted, Reply, Visit, page};

/// Payloads that the page lists; all of them go.
const SHOWN: usize = 100;
const NEEDED: u64 = 2;

struct PayloadRow {
    entry: u64,
    name: String,
}

#[derive(Template)]
#[template(path = "privacy/request.html")]
struct RequestPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    id: &'a str,
    form: &'a FormState,
    answers: Vec<Answer>,
    payloads: Vec<PayloadRow>,
    total: usize,
    sign_off: SignOff,
    given: usize,
    /// How it ended, in words.
    outcome: Option<String>,
    positions: Vec<(String, String)>,
    may_stand: bool,
    is_mine: bool,
}

fn name(office: &Office, person: &PersonId) -> Result<String, ActError> {
    let found = office.access.person(person).map_err(act_error)?;
    Ok(found.map_or_else(|| person.to_string(), |person| person.name))
}

fn panel(office: &Office, visit: &Visit, kept: &KeptSignOff) -> Result<SignOff, ActError> {
    let mut signers = Vec::new();
    let signed = |stand: &&Stand| stand.position == Position::Signs;
    for stand in kept.sign_off.stands().iter().filter(signed) {
        signers.push(Signer {
            name: name(office, &stand.actor.person)?,
            capacity: visit.role_name(&stand.actor.role),
            at: Some(stand.at),
        });
    }
    while kept.ended.is_none() && (signers.len() as u64) < NEEDED {
        signers.push(Signer {
            name: visit.t("privacy-somebody"),
            capacity: visit.t("privacy-somebody-roles"),
            at: None,
        });
    }
    Ok(SignOff {
        title: visit.t("privacy-approvals"),
        needed: NEEDED,
        signers,
        digest: kept.sign_off.over().to_hex(),
    })
}

fn request_page(
    office: &Office,
    visit: &Visit,
    kept: &KeptSignOff,
    form: &FormState,
) -> Result<Reply, ActError> {
    let person = office.login()?.actor.person;
    let text = |name: &str| kept.content[name].as_str().unwrap_or_default().to_owned();
    let answer = |key: &str, answer: String| Answer { question: visit.t(key), answer, change: None };
    let mut answers = vec![answer("privacy-asked-by", name(office, &kept.opened_by.person)?)];
    if kept.ended.is_none() {
        answers.push(answer("privacy-what", scope_text(office, visit, &text("scope"))?));
        answers.push(answer("privacy-basis", basis_text(visit, &text("basis"))));
        answers.push(answer("privacy-reason", text("reason")));
    }
    let all = kept.content["payloads"].as_array().map_or(&[][..], Vec::as_slice);
    let row = |one: &serde_json::Value| PayloadRow {
        entry: one["entry"].as_u64().unwrap_or_default(),
        name: field_text(visit, one["field"].as_str().unwrap_or_default()),
    };
    let has_stood = kept.sign_off.stands().iter().any(|stand| stand.actor.person == person);
    let is_mine = kept.opened_by.person == person;
    let open = kept.ended.is_none();
    let template = RequestPage {
        visit,
        crumbs: above(visit, true),
        id: &kept.id,
        form,
        answers,
        payloads: all.iter().take(SHOWN).map(row).collect(),
        total: all.len(),
        sign_off: panel(office, visit, kept)?,
        given: given(kept),
        // i18n: privacy-outcome-*
        outcome: kept.ended.as_ref().map(|(_, outcome)| visit.t(&format!("privacy-outcome-{outcome}"))),
        // i18n: privacy-stand-*
        positions: ["signs", "dissents", "recuses"]
            .map(|position| (position.to_owned(), visit.t(&format!("privacy-stand-{position}"))))
            .to_vec(),
        may_stand: open && !is_mine && !has_stood,
        is_mine: open && is_mine,
    };
    Ok((status(form), page(&template)).into_response().into())
}

pub(super) async fn show(office: Office, visit: Visit, Path(id): Path<String>) -> Reply {
    office
        .run(visit, move |office, visit| {
            request_page(office, visit, &request(&office.access, &id)?, &FormState::new())
        })
        .await
}

/// The position that was chosen, over the content that was shown.
fn wanted(form: &FormState) -> Result<(Position, Hash32), Refusal> {
    let position = match form.value("position") {
        "signs" => Position::Signs,
        "dissents" => Position::Dissents,
        "recuses" => Position::Recuses,
        _ => return Err(Refusal::new(RefusalKind::Invalid, commands::NO_STAND).on("position")),
    };
    let over = Hash32::from_hex(form.value("over"))
        .ok_or_else(|| Refusal::new(RefusalKind::Conflict, scr_access::codes::OTHER_BYTES))?;
    Ok((position, over))
}

pub(super) async fn stand(office: Office, Path(id): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    office
        .run(posted.visit, move |office, visit| {
            let actor = office.login()?.actor;
            let taken = wanted(&form).map_err(ActError::from).and_then(|(position, over)| {
                take_stand(&office.app.engine, &office.access, &actor, &id, position, over)
            });
            match kept(visit, &mut form, taken)? {
                Some((SignOffState::Complete, receipts)) => Ok(office.recorded("/desk/privacy", &receipts)),
                Some(_) => Ok(go(&format!("/desk/privacy/requests/{id}"))),
                None => request_page(office, visit, &request(&office.access, &id)?, &form),
            }
        })
        .await
}

pub(super) async fn withdraw(office: Office, Path(id): Path<String>, posted: Posted) -> Reply {
    office
        .run(posted.visit, move |office, _| {
            commands::withdraw_request(&office.access, &office.login()?.actor, &id)?;
            Ok(go("/desk/privacy"))
        })
        .await
}
