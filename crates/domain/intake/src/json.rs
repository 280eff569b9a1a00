//! JSON to the same tree as XML, so that one reader serves both forms of NIST SP 1500-100.
//!
//! Stricter than JSON itself: an object with a name twice is refused, because which of the two values
//! counts depends on who reads it. Depth and number of values have the limits of XML.

use crate::codes;
use crate::limits::Limits;
use crate::problems::Problems;
use crate::xml::Element;
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use std::cell::Cell;
use std::collections::BTreeSet;
use std::fmt;

/// Reads a document. `@id` becomes the attribute `ObjectId`, `@type` the attribute `type`.
pub(crate) fn parse(text: &str, limits: &Limits, problems: &mut Problems) -> Option<Element> {
    let state = State { limits, nodes: Cell::new(0), code: Cell::new(codes::JSON_SYNTAX) };
    let mut root = Element { name: "ElectionReport".into(), ..Element::default() };
    let mut reader = serde_json::Deserializer::from_str(text);
    let seed = Fill { element: &mut root, state: &state, depth: 0 };
    match seed.deserialize(&mut reader).and_then(|()| reader.end()) {
        Ok(()) => Some(root),
        Err(error) => {
            let code = if error.to_string().starts_with("recursion limit") {
                codes::TOO_DEEP
            } else {
                state.code.get()
            };
            problems.push(problems.error(code).at_row(error.line() as u64).with("why", error));
            None
        }
    }
}

/// What holds for the whole document.
struct State<'l> {
    limits: &'l Limits,
    nodes: Cell<usize>,
    /// Why the reader has stopped, when it was not the syntax.
    code: Cell<&'static str>,
}

impl State<'_> {
    fn stop<E: serde::de::Error>(&self, code: &'static str, why: impl fmt::Display) -> E {
        self.code.set(code);
        E::custom(why)
    }

    fn count<E: serde::de::Error>(&self) -> Result<(), E> {
        self.nodes.set(self.nodes.get() + 1);
        if self.nodes.get() > self.limits.nodes {
            return Err(self.stop(codes::XML_TOO_MANY_NODES, "too many values"));
        }
        Ok(())
    }
}

/// Puts a value into an element.
struct Fill<'e, 's> {
    element: &'e mut Element,
    state: &'s State<'s>,
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for Fill<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Fill<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or a value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        if self.depth >= self.state.limits.depth {
            return Err(self.state.stop(codes::TOO_DEEP, "too deep"));
        }
        let mut seen = BTreeSet::new();
        while let Some(name) = map.next_key::<String>()? {
            map.next_value_seed(Member {
                element: &mut *self.element,
                name: &name,
                state: self.state,
                depth: self.depth + 1,
            })?;
            if !seen.insert(name.clone()) {
                return Err(self.state.stop(codes::JSON_NAME_TWICE, format!("{name:?} stands here twice")));
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<(), A::Error> {
        Err(A::Error::custom("an array where an object is expected"))
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.element.text.push_str(text);
        Ok(())
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        self.element.text.push_str(&number.to_string());
        Ok(())
    }

    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
        self.element.text.push_str(&number.to_string());
        Ok(())
    }

    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        self.element.text.push_str(&number.to_string());
        Ok(())
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.element.text.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

/// A member of an object: a child, an attribute, or several children.
struct Member<'e, 'n, 's> {
    element: &'e mut Element,
    name: &'n str,
    state: &'s State<'s>,
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for Member<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Member<'_, '_, '_> {
    fn child<E: serde::de::Error>(self, fill: impl FnOnce(Fill<'_, '_>) -> Result<(), E>) -> Result<(), E> {
        self.state.count()?;
        let mut child = Element { name: self.name.to_owned(), ..Element::default() };
        fill(Fill { element: &mut child, state: self.state, depth: self.depth })?;
        self.element.children.push(child);
        Ok(())
    }
}

impl<'de> Visitor<'de> for Member<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<(), E> {
        match self.name {
            "@id" => self.element.attributes.push(("ObjectId".into(), text.to_owned())),
            "@type" => {
                self.element.attributes.push(("type".into(), text.to_owned()));
                if text.starts_with("ElectionResults.") {
                    self.element.namespace.push_str("ElectionResults");
                }
            }
            // The text of a translated name stands in `Content` here and between the tags in XML.
            "Content" => self.element.text.push_str(text),
            _ => return self.child(|fill| fill.visit_str(text)),
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        loop {
            self.state.count()?;
            let mut child = Element { name: self.name.to_owned(), ..Element::default() };
            let fill = Fill { element: &mut child, state: self.state, depth: self.depth };
            if items.next_element_seed(fill)?.is_none() {
                return Ok(());
            }
            self.element.children.push(child);
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        self.child(|fill| fill.visit_map(map))
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<(), E> {
        self.child(|fill| fill.visit_u64(number))
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<(), E> {
        self.child(|fill| fill.visit_i64(number))
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<(), E> {
        self.child(|fill| fill.visit_f64(number))
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<(), E> {
        self.child(|fill| fill.visit_bool(value))
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
        self.child(|_| Ok(()))
    }
}
