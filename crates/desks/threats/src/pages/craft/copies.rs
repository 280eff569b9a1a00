//! In the steps of sharing: of what a narrower part keeps from others, a copy without that part goes along.

use super::copy::trace_text;
use crate::craft::{Copying, Ids, Source, make, marked_above, narrower};
use crate::pages::held::Draft;
use crate::pages::place::Place;
use crate::share::Sharing;
use scr_core::Tlp;
use scr_engine::ActError;
use scr_stix::Object;
use scr_threats::Collection;
use scr_web::{App, Visit, refusal_text};
use std::collections::BTreeSet;

/// Copies of one draft; more of them are made one by one.
const MOST: usize = 200;

/// Copies that go along.
#[derive(Debug, Default)]
pub(in crate::pages) struct Copies {
    /// The copies, each with its relationship to the original.
    pub(in crate::pages) objects: Vec<Object>,
    /// Which of them are copies.
    pub(in crate::pages) ids: BTreeSet<String>,
    /// Originals of which there is none, and why.
    pub(in crate::pages) failures: Vec<(String, String)>,
}

/// Ids that are the same whenever somebody looks at a draft.
fn ids(draft: &Draft, object: &Object) -> Ids {
    let uuid = |what: &str| {
        let mut text = draft.seed.to_vec();
        text.extend_from_slice(format!("{what}\n{}\n{}", object.id(), object.raw()).as_bytes());
        let hash = scr_canon::sha256(&text);
        let mut bytes = [0_u8; 16];
        bytes.copy_from_slice(&hash.0[..16]);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    };
    Ids { copy: uuid("copy"), link: uuid("link"), at: draft.at }
}

/// Objects of a draft that a narrower part keeps from readers who could have the rest.
pub(in crate::pages) fn kept_back(objects: &[Object], unmarked: Tlp) -> usize {
    objects.iter().filter(|one| narrower(one, unmarked).is_some()).count()
}

/// A copy of each object that a narrower part keeps from others, under the label of the rest.
pub(in crate::pages) fn copies(
    app: &App,
    visit: &Visit,
    (place, draft): (&Place, &Draft),
    objects: &[Object],
    (sharing, collection): (&Sharing, &Collection),
) -> Result<Copies, ActError> {
    let mut copies = Copies::default();
    let unmarked = sharing.unmarked.unwrap_or(place.community().rules.unmarked);
    for object in objects {
        let Some(tlp) = narrower(object, unmarked) else { continue };
        let id = object.id().to_string();
        if copies.ids.len() >= MOST {
            copies.failures.push((id, visit.t("craft-copies-many")));
            continue;
        }
        let source = Source {
            object: object.clone(),
            tlp: Tlp::Red,
            collection: Some(collection.clone()),
            audience: sharing.audience.clone().unwrap_or_default(),
            is_own: true,
            pseudonym: sharing.pseudonym.clone(),
            unmarked,
        };
        let copying = Copying {
            drop: marked_above(&source, tlp),
            tlp,
            collection,
            audience: sharing.audience.clone(),
            discloses: false,
            ids: ids(draft, object),
            placeholder: visit.t("craft-placeholder"),
        };
        match make(app, &place.seen, &place.org, (&source, &copying)) {
            // Nobody has looked at it: a copy with any trace is made on the object's page.
            Ok(copied) => match copied.traces.first() {
                Some(trace) => copies.failures.push((id, trace_text(visit, trace))),
                None => {
                    copies.ids.insert(copied.redacted.copy.id().to_string());
                    copies.objects.extend([copied.redacted.copy, copied.redacted.relationship]);
                }
            },
            Err(ActError::Refused(refusal)) => copies.failures.push((id, refusal_text(visit, &refusal))),
            Err(fault @ ActError::Fault(_)) => return Err(fault),
        }
    }
    Ok(copies)
}
