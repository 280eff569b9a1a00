//! How a copy is made.

use super::{RedactError, Redacted, Redaction};
use crate::check::{check, is_observable, is_required};
use crate::marking::{Effective, Meaning};
use crate::object::{GranularWhat, Limits, Object, Reference};
use crate::selector::{Selector, Step};
use crate::tree::Node;
use crate::{Id, id, tlp};
use scr_core::Tlp;
use serde_json::json;
use std::collections::BTreeMap;

/// Types of which a copy makes no sense: others refer to them by what they say.
const NOT_REDACTED: [&str; 3] = ["marking-definition", "extension-definition", "language-content"];
/// Properties that a copy has of its own; to drop them is no act.
const OWN: [&str; 6] =
    ["created", "modified", "created_by_ref", "object_marking_refs", "granular_markings", "revoked"];
/// Texts for which a placeholder may stand.
const REPLACEABLE: [&str; 3] = ["name", "content", "product"];
/// Texts that are shorter say nothing by standing somewhere else too.
const SHORTEST_REMAINING: usize = 4;
/// Texts that are looked for, and listed.
const MOST_REMAINING: usize = 200;

/// Makes a copy without what is to be dropped, and its relationship to the original.
///
/// # Errors
/// When the copy would not be what it must be, or would show what it must not: [`RedactError`].
pub fn redacted_copy(object: &Object, redaction: &Redaction<'_>) -> Result<Redacted, RedactError> {
    permitted(object, redaction)?;
    let mut tree = Node::read(object.raw()).ok_or_else(|| RedactError::Invalid("not JSON".to_owned()))?;
    let narrower = narrower_references(object, redaction)?;
    let (taken, replaced) = take_out(object, redaction, &narrower, &mut tree)?;
    mark(object, redaction, &mut tree)?;
    let copy = identified(object, redaction, &mut tree)?;
    sound(object, &copy)?;
    hidden(object, redaction, &narrower, &copy)?;
    let mut remaining: Vec<String> = taken
        .into_iter()
        .filter(|text| text.len() >= SHORTEST_REMAINING)
        .take(MOST_REMAINING)
        .filter(|text| copy.raw().contains(text.as_str()))
        .collect();
    remaining.sort();
    remaining.dedup();
    let relationship = relationship(object, redaction, copy.id())?;
    Ok(Redacted { copy, relationship, replaced, references: narrower, remaining })
}

fn permitted(object: &Object, redaction: &Redaction<'_>) -> Result<(), RedactError> {
    let kind = object.kind();
    if NOT_REDACTED.contains(&kind) {
        return Err(RedactError::Kind(kind.to_owned()));
    }
    if object.head().revoked {
        return Err(RedactError::Revoked);
    }
    let fits = [
        (redaction.new_id, kind),
        (redaction.relationship_id, "relationship"),
        (redaction.redactor, "identity"),
    ];
    for (id, kind) in fits {
        if id.kind() != kind {
            return Err(RedactError::Identifier(id.clone()));
        }
    }
    for id in [redaction.new_id, redaction.relationship_id] {
        if id == object.id() {
            return Err(RedactError::Identifier(id.clone()));
        }
    }
    let value = object.value();
    for selector in redaction.drop {
        if selector.find(&value).is_none() {
            return Err(RedactError::SelectsNothing(selector.clone()));
        }
        if ["id", "type", "spec_version"].contains(&selector.first()) {
            return Err(RedactError::Required(selector.to_string()));
        }
    }
    Ok(())
}

/// References that stay by themselves, and lead to what readers of the copy may not see.
fn narrower_references(object: &Object, redaction: &Redaction<'_>) -> Result<Vec<Reference>, RedactError> {
    let mut found = Vec::new();
    for reference in &object.head().refs {
        // A path that is no selector goes through a name that the standard does not allow; what is below it goes whole.
        let Some(place) = place_of(&reference.path) else { continue };
        let dropped = redaction.drop.iter().any(|selector| selector.covers(&place));
        if dropped || OWN.contains(&place.first()) {
            continue;
        }
        let of_original = reference.id == *object.id() && !redaction.disclose_original;
        let seen = (redaction.label_of)(&reference.id).is_some_and(|label| label <= redaction.marking);
        if of_original || !seen {
            let single = matches!(place.steps(), [Step::Name(_)]);
            if single && is_required(object.kind(), place.first()) {
                let (path, id) = (reference.path.to_string(), reference.id.clone());
                return Err(RedactError::RequiredReference { path, id });
            }
            found.push(reference.clone());
        }
    }
    Ok(found)
}

/// Where a reference stands; the nearest whole that has it, when a name on the way is none of the standard's.
fn place_of(path: &str) -> Option<Selector> {
    let mut path = path;
    loop {
        match Selector::parse(path) {
            Ok(selector) => return Some(selector),
            Err(_) => path = path.rsplit_once('.')?.0,
        }
    }
}

fn take_out<'t>(
    object: &Object,
    redaction: &Redaction<'_>,
    narrower: &[Reference],
    tree: &mut Node<'t>,
) -> Result<(Vec<String>, Vec<Selector>), RedactError> {
    let (mut taken, mut replaced) = (Vec::new(), Vec::new());
    let references = narrower.iter().filter_map(|reference| place_of(&reference.path));
    let drop = redaction.drop.iter().enumerate().filter_map(|(at, selector)| {
        // What goes with something else is not looked for again.
        let with =
            |(other, whole): (usize, &Selector)| whole.covers(selector) && (whole != selector || other < at);
        let goes = redaction.drop.iter().enumerate().any(with);
        (!goes && !OWN.contains(&selector.first())).then(|| selector.clone())
    });
    for selector in drop.chain(references) {
        let first = selector.first().to_owned();
        let before = present(tree, &first);
        tree.take(&selector, &mut taken);
        if !before || present(tree, &first) {
            continue;
        }
        let required = is_required(object.kind(), &first) || (object.kind() == "malware" && first == "name");
        let name = REPLACEABLE.into_iter().find(|name| *name == first);
        match name {
            _ if !required => {}
            Some(name) if !is_observable(object.kind()) => {
                tree.set(name, Node::text(redaction.placeholder));
                replaced.push(selector);
            }
            _ => return Err(RedactError::Required(selector.to_string())),
        }
    }
    Ok((taken, replaced))
}

fn present(tree: &Node<'_>, name: &str) -> bool {
    matches!(tree, Node::Object(members) if members.iter().any(|(known, _)| known == name))
}

/// The markings of the copy: its label, statements of the original, and what is granular and still there.
fn mark(object: &Object, redaction: &Redaction<'_>, tree: &mut Node<'_>) -> Result<(), RedactError> {
    let head = object.head();
    let statement =
        |id: &Id| tlp::of_marking(id).is_none() && (redaction.known)(id) == Some(Meaning::Statement);
    let kept = head.object_marking_refs.iter().filter(|id| statement(id)).map(|id| id.as_str().to_owned());
    let refs: Vec<String> = std::iter::once(tlp::marking_id(redaction.marking)).chain(kept).collect();
    let label_of = |id: &Id| match tlp::of_marking(id).map(Meaning::Label).or_else(|| (redaction.known)(id)) {
        Some(Meaning::Label(label)) => Some(label),
        Some(Meaning::Statement) => None,
        None => Some(Tlp::Red),
    };
    let mut granular = Vec::new();
    for marking in &head.granular_markings {
        let stays = |text: &&str| {
            let selector = Selector::parse(text).ok()?;
            let dropped = redaction.drop.iter().any(|drop| drop.covers(&selector));
            if dropped { None } else { tree.moved(&selector) }
        };
        let selectors: Vec<(&str, String)> = marking
            .selectors
            .iter()
            .map(|text| text.as_ref())
            .filter_map(|text: &str| Some((text, stays(&text)?.to_string())))
            .collect();
        let Some((first, _)) = selectors.first() else { continue };
        let names: Vec<&String> = selectors.iter().map(|(_, now)| now).collect();
        match &marking.what {
            GranularWhat::Marking(id) if label_of(id).is_some_and(|label| label > redaction.marking) => {
                return Err(RedactError::StillNarrower { selector: (*first).to_owned() });
            }
            GranularWhat::Marking(id) => granular.push(json!({"marking_ref": id, "selectors": names})),
            GranularWhat::Lang(lang) => granular.push(json!({"lang": lang, "selectors": names})),
        }
    }
    tree.set("object_marking_refs", Node::Raw(json!(refs).to_string().into()));
    if granular.is_empty() {
        tree.unset("granular_markings");
    } else {
        tree.set("granular_markings", Node::Raw(json!(granular).to_string().into()));
    }
    Ok(())
}

/// The copy under its own identifier, as its redactor's.
fn identified(
    object: &Object,
    redaction: &Redaction<'_>,
    tree: &mut Node<'_>,
) -> Result<Object, RedactError> {
    if object.head().created.is_some() {
        let now = redaction.now.to_millis();
        tree.set("created_by_ref", Node::text(redaction.redactor.as_str()));
        tree.set("created", Node::text(now.as_str()));
        tree.set("modified", Node::text(now.as_str()));
    }
    tree.set("id", Node::text(redaction.new_id.as_str()));
    let copy = read(tree)?;
    if id::contributing(object.kind()).is_none() {
        return Ok(copy);
    }
    let original = id::sco_id(object.kind(), &object.value());
    match id::sco_id(object.kind(), &copy.value()) {
        // Nothing identified the original either.
        None if original.is_none() => Ok(copy),
        None => Err(RedactError::Unidentified),
        Some(follows) if follows == *object.id() => Ok(copy),
        Some(follows) => {
            tree.set("id", Node::text(follows.as_str()));
            read(tree)
        }
    }
}

fn read(tree: &Node<'_>) -> Result<Object, RedactError> {
    let mut text = String::new();
    tree.write(&mut text);
    // The original was within its limits, and the copy is hardly larger.
    let limits = Limits { object_bytes: usize::MAX, references: usize::MAX, ..Limits::default() };
    let limits = Limits { depth: usize::MAX, ..limits };
    Object::read(text.as_bytes(), &limits).map_err(|rejected| RedactError::Invalid(rejected.message()))
}

/// The copy breaks nothing that the original does not.
fn sound(object: &Object, copy: &Object) -> Result<(), RedactError> {
    let mut before: BTreeMap<_, usize> = BTreeMap::new();
    for finding in check(object).iter().filter(|finding| finding.is_error()) {
        *before.entry(finding.code).or_default() += 1;
    }
    for finding in check(copy).iter().filter(|finding| finding.is_error()) {
        let left = before.entry(finding.code).or_default();
        match left.checked_sub(1) {
            Some(less) => *left = less,
            None => return Err(RedactError::Invalid(finding.to_string())),
        }
    }
    Ok(())
}

/// Nothing in the copy is narrower than its label, or names what its readers may not know of.
fn hidden(
    object: &Object,
    redaction: &Redaction<'_>,
    narrower: &[Reference],
    copy: &Object,
) -> Result<(), RedactError> {
    let effective = Effective::of(copy.head(), redaction.known, None);
    if effective.ceiling() != redaction.marking {
        return Err(RedactError::StillNarrower { selector: "object_marking_refs".to_owned() });
    }
    let original = (!redaction.disclose_original).then_some(object.id());
    let seen = |id: &Id| (redaction.label_of)(id).is_some_and(|label| label <= redaction.marking);
    let author = object.head().created_by_ref.as_ref().filter(|id| *id != redaction.redactor && !seen(id));
    for id in original.into_iter().chain(author).chain(narrower.iter().map(|reference| &reference.id)) {
        if copy.raw().contains(id.as_str()) {
            return Err(RedactError::Names(id.clone()));
        }
    }
    Ok(())
}

fn relationship(object: &Object, redaction: &Redaction<'_>, copy: &Id) -> Result<Object, RedactError> {
    let label = if redaction.disclose_original {
        redaction.marking
    } else {
        Effective::of(object.head(), redaction.known, None).ceiling().max(redaction.marking)
    };
    let now = redaction.now.to_millis();
    let text = json!({
        "type": "relationship",
        "spec_version": "2.1",
        "id": redaction.relationship_id,
        "created_by_ref": redaction.redactor,
        "created": now,
        "modified": now,
        "relationship_type": "derived-from",
        "source_ref": copy,
        "target_ref": object.id(),
        "object_marking_refs": [tlp::marking_id(label)],
    })
    .to_string();
    Object::read(text.as_bytes(), &Limits::default())
        .map_err(|rejected| RedactError::Invalid(rejected.message()))
}
