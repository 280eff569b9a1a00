//! What somebody does about a step: takes it, hands it in, signs it, sends it back, refuses it, lets a request be sent again.

use super::acts::{self, Deed, Person};
use super::board::actor;
use super::step::{Address, place_of, show};
use super::words::{href, step_href};
use super::{data, multipart, requests};
use axum::extract::{Multipart, Path, State as Extract};
use axum::http::header;
use axum::response::IntoResponse as _;
use scr_engine::{ActError, Receipt};
use scr_playbooks::run::Place;
use scr_web::{App, FormState, Posted, Reply, Visit, kept as kept_in, recorded, run};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Who acts, with the name that the login gives.
pub(super) fn person(visit: &Visit) -> Result<Person<'_>, ActError> {
    let login = visit.login.as_ref().ok_or_else(data::absent)?;
    Ok(Person { actor: &login.actor, name: &login.name })
}

/// After an act: the board where the step has ended, else the step; a refusal stays on the page.
fn after(
    app: &App,
    visit: &Visit,
    (id, place): (&str, &Place),
    mut form: FormState,
    result: Result<Vec<Receipt>, ActError>,
) -> Result<Reply, ActError> {
    match kept_in(visit, &mut form, result)? {
        Some(receipts) => {
            let kept = data::seen(&app.engine, actor(visit)?, id)?;
            let stays = kept.fold.tasks().get(place).is_some_and(|task| task.handed.is_none());
            let to = if stays { step_href(id, place) } else { href(id) };
            Ok(recorded(app, &to, &receipts))
        }
        None => {
            let kept = data::seen(&app.engine, actor(visit)?, id)?;
            show(app, visit, &kept, (place, &form))
        }
    }
}

/// A form without a file.
async fn posted(
    app: Arc<App>,
    (id, place): (String, String),
    posted: Posted,
    deed: fn(Place, &FormState) -> Deed,
) -> Reply {
    let form = posted.form;
    run(posted.visit, move |visit| {
        let place = place_of(&place)?;
        let result = acts::act(&app.engine, person(visit)?, &id, &deed(place.clone(), &form));
        after(&app, visit, (&id, &place), form, result)
    })
    .await
}

pub(super) async fn take(Extract(app): Extract<Arc<App>>, Path(address): Address, form: Posted) -> Reply {
    posted(app, address, form, |place, form| Deed::Take { place, over: form.is("over", "yes") }).await
}

pub(super) async fn sign(Extract(app): Extract<Arc<App>>, Path(address): Address, form: Posted) -> Reply {
    posted(app, address, form, |place, _| Deed::Countersign { place }).await
}

pub(super) async fn send_back(
    Extract(app): Extract<Arc<App>>,
    Path(address): Address,
    form: Posted,
) -> Reply {
    let deed = |place, form: &FormState| Deed::SendBack { place, reason: form.value("reason").to_owned() };
    posted(app, address, form, deed).await
}

pub(super) async fn refuse(Extract(app): Extract<Arc<App>>, Path(address): Address, form: Posted) -> Reply {
    let deed = |place, form: &FormState| Deed::Refuse { place, reason: form.value("reason").to_owned() };
    posted(app, address, form, deed).await
}

pub(super) async fn repeat(
    Extract(app): Extract<Arc<App>>,
    Path((id, place)): Address,
    posted: Posted,
) -> Reply {
    run(posted.visit, move |visit| {
        let place = place_of(&place)?;
        let result = requests::repeat(&app.engine, person(visit)?, &id, &place);
        after(&app, visit, (&id, &place), FormState::new(), result)
    })
    .await
}

pub(super) async fn done(
    Extract(app): Extract<Arc<App>>,
    visit: Visit,
    Path((id, place)): Address,
    mut parts: Multipart,
) -> Reply {
    let sent = match multipart::take(&visit, &mut parts).await {
        Ok(sent) => sent,
        Err(reply) => return reply,
    };
    run(visit, move |visit| {
        let kept = data::seen(&app.engine, actor(visit)?, &id)?;
        let place = place_of(&place)?;
        let outputs = kept.plan.steps.get(place.step()).map(|step| step.returns.clone()).unwrap_or_default();
        let value = |name: &String| (name.clone(), sent.form.value(&format!("value-{name}")).to_owned());
        let deed = Deed::Done {
            place: place.clone(),
            note: sent.form.value("note").to_owned(),
            file: Some(sent.file).filter(|file| !file.is_empty()),
            outputs: outputs.iter().map(value).collect::<BTreeMap<_, _>>(),
        };
        let result = acts::act(&app.engine, person(visit)?, &id, &deed);
        after(&app, visit, (&id, &place), sent.form, result)
    })
    .await
}

/// A file that was handed in, for those who take part. It is saved, never shown: it comes from people.
pub(super) async fn evidence(
    Extract(app): Extract<Arc<App>>,
    visit: Visit,
    Path((id, sequence)): Address,
) -> Reply {
    run(visit, move |visit| {
        data::seen(&app.engine, actor(visit)?, &id)?;
        let sequence = sequence.parse::<u32>().map_err(|_| data::absent())?;
        let file = data::file(&app.engine, &id, u64::from(sequence))?.ok_or_else(data::absent)?;
        let name = format!("attachment; filename=\"evidence-{sequence}.bin\"");
        let headers = [
            (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
            (header::CONTENT_DISPOSITION, name),
            (header::CACHE_CONTROL, "private, no-store".to_owned()),
        ];
        Ok((headers, file).into_response().into())
    })
    .await
}
