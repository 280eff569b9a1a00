//! What was chosen in the steps of sharing: where it goes, to whom, under which name, and the objects as they would go out.

use super::content::labelled;
use super::craft::{self, Copies};
use super::held::Draft;
use super::names::Names;
use super::place::Place;
use crate::label;
use crate::share::Sharing;
use scr_core::OrgId;
use scr_engine::ActError;
use scr_stix::Object;
use scr_stix::tlp::marking_id;
use scr_threats::{identity_of, identity_of_pseudonym};
use scr_web::{App, FormState, Visit};

/// Objects that are named.
const LISTED: usize = 200;

/// What was chosen: the sharing, and the objects as they would go out.
pub(super) struct Chosen {
    pub(super) sharing: Sharing,
    pub(super) objects: Vec<Object>,
    /// Copies without what keeps an object from others.
    pub(super) copies: Copies,
    /// Over everything that was chosen and is shared.
    pub(super) digest: String,
}

/// The name under which it is shared: a pseudonym, or nothing for the own name; `None` where that is not said.
fn shared_as(visit: &Visit, form: &mut FormState) -> Option<Option<String>> {
    match form.value("as") {
        "" | "name" => Some(None),
        "pseudonym" if !form.value("pseudonym").is_empty() => Some(Some(form.value("pseudonym").to_owned())),
        _ => {
            form.reject("pseudonym", visit.t("craft-wrong-pseudonym"));
            None
        }
    }
}

/// What a form says; what is wrong stands in it afterwards.
pub(super) fn chosen(
    app: &App,
    visit: &Visit,
    (place, draft): (&Place, &Draft),
    form: &mut FormState,
) -> Result<Option<Chosen>, ActError> {
    let tlp = label::parse(form.value("label"));
    if tlp.is_none() {
        form.reject("label", visit.t("threats-wrong-label"));
    }
    let collection = place.writable().into_iter().find(|one| form.is("collection", &one.id));
    if collection.is_none() {
        form.reject("collection", visit.t("threats-wrong-collection"));
    }
    let pseudonym = shared_as(visit, form);
    let Some(((tlp, collection), pseudonym)) = tlp.zip(collection).zip(pseudonym) else { return Ok(None) };
    let named: Vec<OrgId> =
        place.others().into_iter().filter(|org| form.is(&format!("to-{org}"), "yes")).collect();
    let marking = marking_id(tlp);
    let behind = pseudonym.as_ref().map(|name| identity_of_pseudonym(place.code(), name));
    let objects: Vec<Object> = if draft.is_made {
        let own = identity_of(&place.org);
        let own = behind.as_ref().map(|behind| (own.as_str(), behind.as_str()));
        draft.objects.iter().filter_map(|one| labelled(one, &marking, own)).collect()
    } else {
        draft.objects.clone()
    };
    let sharing = Sharing {
        community: place.code().to_owned(),
        collection: collection.id.clone(),
        pseudonym,
        audience: Some(named.clone()).filter(|named| !named.is_empty()),
        unmarked: Some(tlp),
        source: Some("page".to_owned()),
        despite: Vec::new(),
    };
    let copies = if form.is("copies", "yes") {
        craft::copies(app, visit, (place, draft), &objects, (&sharing, collection))?
    } else {
        Copies::default()
    };
    let mut text = format!("{}\n{}\n{named:?}\n{:?}\n", collection.id, label::name(tlp), sharing.pseudonym);
    let objects = [objects, copies.objects.clone()].concat();
    objects.iter().for_each(|one| text.push_str(one.raw()));
    Ok(Some(Chosen { sharing, objects, copies, digest: scr_canon::sha256(text.as_bytes()).to_hex() }))
}

/// Objects whose text names the organisation that wants to stay unnamed.
pub(super) fn naming(names: &Names, place: &Place, chosen: &Chosen) -> Vec<String> {
    if chosen.sharing.pseudonym.is_none() {
        return Vec::new();
    }
    let own = [names.say(place.org.as_str()).to_lowercase(), place.org.to_string()];
    let names_it = |one: &&Object| {
        let text = one.raw().to_lowercase();
        own.iter().any(|name| text.contains(name.as_str()))
    };
    let title =
        |one: &Object| one.head().title.as_deref().map_or_else(|| one.id().to_string(), str::to_owned);
    chosen.objects.iter().filter(names_it).take(LISTED).map(title).collect()
}
