//! For whom a playbook is meant: its Traffic Light Protocol label (CACAO 2.0 section 9).

use crate::playbook::Playbook;
use scr_core::Tlp;
use scr_stix::tlp::parse_label;
use serde_json::Value;

pub use scr_stix::tlp::label;

impl Playbook {
    /// The narrowest label of its markings; CLEAR where it has none. A marking that is not defined, or that cannot be read,
    /// counts as RED: nobody knows whom its author wanted to keep out. A statement (such as a copyright) keeps nobody out.
    pub fn tlp(&self) -> Tlp {
        let markings = match self.members().get("markings") {
            None => return Tlp::Clear,
            Some(Value::Array(list)) => list,
            Some(_) => return Tlp::Red,
        };
        let each = |id: &Value| {
            let definition = id.as_str().and_then(|id| self.entry("data_marking_definitions", id));
            definition.and_then(of_definition).unwrap_or(Tlp::Red)
        };
        markings.iter().map(each).max().unwrap_or(Tlp::Clear)
    }
}

fn of_definition(definition: &Value) -> Option<Tlp> {
    let text = |name: &str| definition.get(name).and_then(Value::as_str);
    match text("type")? {
        "marking-tlp" => parse_label(text("tlpv2_level")?),
        // The exchange policy of FIRST names a colour; RED is written `RED`, CLEAR was `WHITE`.
        "marking-iep" => parse_label(text("tlp")?),
        "marking-statement" => Some(Tlp::Clear),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;
    use serde_json::json;

    fn tlp(value: &Value) -> Tlp {
        Playbook::from_value(value, &Limits::default()).unwrap().tlp()
    }

    #[test]
    fn the_narrowest_marking_counts_and_an_unknown_one_is_red() {
        let definitions = json!({
            "marking-tlp--1": {"type": "marking-tlp", "tlpv2_level": "TLP:GREEN"},
            "marking-tlp--2": {"type": "marking-tlp", "tlpv2_level": "TLP:AMBER+STRICT"},
            "marking-tlp--3": {"type": "marking-tlp", "tlpv2_level": "TLP:PURPLE"},
            "marking-tlp--4": {"type": "marking-tlp", "tlpv2_level": "TLP:CLEAR"},
            "marking-iep--1": {"type": "marking-iep", "tlp": "WHITE"},
            "marking-statement--1": {"type": "marking-statement", "statement": "ours"},
        });
        let of =
            |markings: Value| tlp(&json!({"markings": markings, "data_marking_definitions": definitions}));
        assert_eq!(tlp(&json!({})), Tlp::Clear);
        assert_eq!(of(json!([])), Tlp::Clear);
        assert_eq!(of(json!(["marking-statement--1", "marking-tlp--4", "marking-iep--1"])), Tlp::Clear);
        assert_eq!(of(json!(["marking-tlp--4", "marking-tlp--1"])), Tlp::Green);
        assert_eq!(of(json!(["marking-tlp--2", "marking-tlp--1"])), Tlp::AmberStrict);
        for unknown in
            [json!(["marking-tlp--3"]), json!(["marking-tlp--9"]), json!([7]), json!("x"), json!({})]
        {
            assert_eq!(of(unknown.clone()), Tlp::Red, "{unknown}");
        }
        assert_eq!(tlp(&json!({"markings": ["marking-tlp--1"]})), Tlp::Red);
    }
}
