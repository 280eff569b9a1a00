//! Rules that tables do not hold.

use super::{Checker, Code, forms, is_known_type, relations};
use crate::object::Object;
use crate::{Id, id, marking, tlp};
use serde_json::{Map, Value};

type Members = Map<String, Value>;

/// The kinds of extensions, by definition, that an object says to have.
pub(super) fn extension_types(members: &Members) -> Vec<&str> {
    let extensions = members.get("extensions").and_then(Value::as_object);
    extensions
        .into_iter()
        .flat_map(Map::values)
        .filter_map(|extension| extension.get("extension_type").and_then(Value::as_str))
        .collect()
}

fn text<'m>(members: &'m Members, name: &str) -> Option<&'m str> {
    members.get(name).and_then(Value::as_str)
}

impl Checker {
    pub(super) fn rules(&mut self, object: &Object, members: &Members, old: bool) {
        self.identifier(object, members);
        self.selectors(object, members);
        let flag = |name: &str| members.get(name).and_then(Value::as_bool);
        let has = |name: &str| members.contains_key(name);
        match object.kind() {
            "indicator" if !old && (!has("name") || !has("description")) => {
                self.add(Code::IndicatorUnnamed, Vec::new());
            }
            "malware" if flag("is_family") == Some(true) && !has("name") => {
                self.at("name", |checker| checker.add(Code::RequiredMissing, Vec::new()));
            }
            "network-traffic" if flag("is_active") == Some(true) && has("end") => {
                self.exclusive("is_active", "end");
            }
            "email-message" if flag("is_multipart") == Some(true) && has("body") => {
                self.exclusive("is_multipart", "body");
            }
            "email-message" if flag("is_multipart") == Some(false) && has("body_multipart") => {
                self.exclusive("is_multipart", "body_multipart");
            }
            "observed-data" if has("objects") && !old => {
                self.at("objects", |checker| checker.add(Code::Deprecated, Vec::new()));
            }
            "windows-registry-key" => self.registry_key(members),
            "relationship" => self.relationship(members),
            "marking-definition" => self.definition(object, members),
            "extension-definition" => self.extension_definition(members),
            "language-content" => self.languages(members),
            _ => {}
        }
    }

    fn identifier(&mut self, object: &Object, members: &Members) {
        let uuid = object.id().uuid().as_bytes();
        let version = uuid.get(14).copied().unwrap_or_default();
        let variant = uuid.get(19).is_some_and(|byte| b"89ab".contains(byte));
        let follows = id::sco_id_of(object.kind(), members);
        self.at("id", |checker| match follows {
            Some(expected) if expected != *object.id() => {
                checker.add(Code::IdDiffers, vec![("expected", expected.to_string())]);
            }
            Some(_) => {}
            // The identifiers of TLP and other meta objects are fixed by the standard.
            None if version == b'4' && variant => {}
            None if tlp::of_marking(object.id()).is_some() => {}
            None if !is_known_type(object.kind()) && version == b'5' && variant => {}
            None => checker.add(Code::UuidVersion, vec![("expected", "4".to_owned())]),
        });
    }

    fn selectors(&mut self, object: &Object, members: &Members) {
        if object.head().granular_markings.is_empty() {
            return;
        }
        let value = Value::Object(members.clone());
        for dangling in marking::dangling(object.head(), &value) {
            self.at(&dangling.path, |checker| checker.say(Code::SelectorDangling, &dangling.selector));
        }
    }

    /// Section 6.17: hives are written out.
    fn registry_key(&mut self, members: &Members) {
        let hive = text(members, "key").and_then(|key| key.split('\\').next()).unwrap_or_default();
        let short = ["HKLM", "HKCC", "HKCR", "HKCU", "HKU"];
        if short.iter().any(|short| short.eq_ignore_ascii_case(hive)) {
            self.at("key", |checker| checker.say(Code::HiveAbbreviated, hive));
        }
    }

    fn relationship(&mut self, members: &Members) {
        let Some(relation) = text(members, "relationship_type") else { return };
        if !forms::is_relation(relation) {
            return self
                .at("relationship_type", |checker| checker.say(Code::RelationshipTypeInvalid, relation));
        }
        let kind = |name: &str| text(members, name).and_then(|text| Id::parse(text).ok());
        let (Some(source), Some(target)) = (kind("source_ref"), kind("target_ref")) else { return };
        let known = is_known_type(source.kind()) && is_known_type(target.kind());
        if known && !relations::is_listed(source.kind(), relation, target.kind()) {
            self.at("relationship_type", |checker| {
                checker.add(
                    Code::RelationshipUnusual,
                    vec![
                        ("value", relation.to_owned()),
                        ("source", source.kind().to_owned()),
                        ("target", target.kind().to_owned()),
                    ],
                );
            });
        }
    }

    /// Section 7.2.1.
    fn definition(&mut self, object: &Object, members: &Members) {
        let head = object.head();
        if head.refs.iter().any(|reference| reference.id == head.id) {
            self.add(Code::MarkingCircular, Vec::new());
        }
        if let Some(built_in) = tlp::definition(&head.id) {
            // Whoever sends it along may leave out what can be left out, but not say something else.
            let differs = ["definition_type", "definition", "name", "extensions", "created"]
                .iter()
                .any(|name| members.get(*name).is_some_and(|value| built_in.get(*name) != Some(value)));
            if differs {
                self.add(Code::DefinitionDiffers, Vec::new());
            }
        }
        let definition = members.get("definition");
        let complete = match text(members, "definition_type") {
            Some("statement") => definition.and_then(|d| d.get("statement")).is_some_and(Value::is_string),
            Some("tlp") => tlp::of_marking(&head.id).is_some() && definition.is_some(),
            Some(_) => definition.is_some(),
            None => members.contains_key("extensions"),
        };
        if !complete {
            self.add(Code::DefinitionMissing, Vec::new());
        }
    }

    /// Section 7.3.
    fn extension_definition(&mut self, members: &Members) {
        if !members.contains_key("created_by_ref") {
            self.at("created_by_ref", |checker| checker.add(Code::RequiredMissing, Vec::new()));
        }
        let kinds = members.get("extension_types").and_then(Value::as_array);
        let top = kinds.is_some_and(|kinds| kinds.iter().any(|kind| kind == "toplevel-property-extension"));
        if members.contains_key("extension_properties") && !top {
            self.at("extension_properties", |checker| {
                checker.add(Code::Needs, vec![("other", "toplevel-property-extension".to_owned())]);
            });
        }
    }

    /// Section 7.1.
    fn languages(&mut self, members: &Members) {
        let Some(contents) = members.get("contents").and_then(Value::as_object) else { return };
        self.at("contents", |checker| {
            for (language, translated) in contents {
                checker.at(language, |checker| {
                    if !forms::is_language(language) {
                        checker.say(Code::LanguageInvalid, language);
                    }
                    if !translated.is_object() {
                        checker.add(Code::TypeWrong, vec![("expected", "object".to_owned())]);
                    }
                });
            }
        });
    }
}
