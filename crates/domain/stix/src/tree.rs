//! An object taken apart so that parts can be taken out: what stays keeps its spelling and its order.

use crate::scan::{Fault, Scan};
use crate::selector::{Selector, Step};
use std::borrow::Cow;

/// A value of JSON.
#[derive(Debug, Clone)]
pub(crate) enum Node<'a> {
    Object(Vec<(Cow<'a, str>, Node<'a>)>),
    /// Items, each with its place in the list as it was.
    List(Vec<(usize, Node<'a>)>),
    /// Anything else, as it stands.
    Raw(Cow<'a, str>),
}

impl<'a> Node<'a> {
    /// Takes apart a text that an object was read from; `None` for anything that is not JSON, or too deep.
    pub(crate) fn read(text: &'a str) -> Option<Self> {
        let mut scan = Scan::new(text);
        let node = value(&mut scan, 0).ok()?;
        scan.peek().is_none().then_some(node)
    }

    /// A new text.
    pub(crate) fn text(text: &str) -> Self {
        Self::Raw(serde_json::Value::from(text).to_string().into())
    }

    /// The members of an object.
    pub(crate) fn members(&mut self) -> Option<&mut Vec<(Cow<'a, str>, Self)>> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    /// Sets a member, in its place or at the end.
    pub(crate) fn set(&mut self, name: &'static str, value: Self) {
        let Some(members) = self.members() else { return };
        match members.iter_mut().find(|(known, _)| known == name) {
            Some((_, place)) => *place = value,
            None => members.push((Cow::Borrowed(name), value)),
        }
    }

    /// Takes a member out.
    pub(crate) fn unset(&mut self, name: &str) {
        if let Some(members) = self.members() {
            members.retain(|(known, _)| known != name);
        }
    }

    /// Where something stands now that stood there when the object was taken apart; `None` when it is gone.
    pub(crate) fn moved(&self, selector: &Selector) -> Option<Selector> {
        let mut node = self;
        let mut steps = Vec::with_capacity(selector.steps().len());
        for step in selector.steps() {
            let (next, to) = match (node, step) {
                (Self::Object(members), Step::Name(name)) => {
                    let (_, next) = members.iter().find(|(known, _)| *known == name.as_ref())?;
                    (next, step.clone())
                }
                (Self::List(items), Step::Index(at)) => {
                    let place = items.iter().position(|(was, _)| was == at)?;
                    (&items.get(place)?.1, Step::Index(place))
                }
                _ => return None,
            };
            steps.push(to);
            node = next;
        }
        Some(Selector::from_steps(steps))
    }

    /// Takes out what is selected, and what is empty then; gives the texts that went. Nothing is selected twice.
    pub(crate) fn take(&mut self, selector: &Selector, gone: &mut Vec<String>) {
        self.take_steps(selector.steps(), gone);
    }

    /// Whether anything is left here.
    fn take_steps(&mut self, steps: &[Step], gone: &mut Vec<String>) -> bool {
        let Some((step, rest)) = steps.split_first() else {
            self.texts(gone);
            return false;
        };
        match (&mut *self, step) {
            (Self::Object(members), Step::Name(name)) => {
                if let Some(at) = members.iter().position(|(known, _)| *known == name.as_ref())
                    && let Some((_, node)) = members.get_mut(at)
                    && !node.take_steps(rest, gone)
                {
                    members.remove(at);
                }
                !members.is_empty()
            }
            (Self::List(items), Step::Index(index)) => {
                if let Some(at) = items.iter().position(|(was, _)| was == index)
                    && let Some((_, node)) = items.get_mut(at)
                    && !node.take_steps(rest, gone)
                {
                    items.remove(at);
                }
                !items.is_empty()
            }
            _ => true,
        }
    }

    /// The strings in it, as they stand between their quotation marks.
    fn texts(&self, into: &mut Vec<String>) {
        match self {
            Self::Object(members) => members.iter().for_each(|(_, node)| node.texts(into)),
            Self::List(items) => items.iter().for_each(|(_, node)| node.texts(into)),
            Self::Raw(raw) => {
                into.extend(raw.strip_prefix('"').and_then(|raw| raw.strip_suffix('"')).map(str::to_owned));
            }
        }
    }

    pub(crate) fn write(&self, out: &mut String) {
        match self {
            Self::Object(members) => {
                out.push('{');
                for (at, (name, node)) in members.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    out.push_str(&serde_json::Value::from(name.as_ref()).to_string());
                    out.push(':');
                    node.write(out);
                }
                out.push('}');
            }
            Self::List(items) => {
                out.push('[');
                for (at, (_, node)) in items.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    node.write(out);
                }
                out.push(']');
            }
            Self::Raw(raw) => out.push_str(raw),
        }
    }
}

/// Deeper than objects are read.
const DEEPEST: usize = 128;

fn value<'a>(scan: &mut Scan<'a>, depth: usize) -> Result<Node<'a>, Fault> {
    if depth > DEEPEST {
        return Err(Fault::Syntax);
    }
    match scan.peek() {
        Some(b'{') => {
            scan.take(b'{')?;
            let mut members = Vec::new();
            if !scan.is_empty(b'}') {
                loop {
                    let name = scan.string()?.text();
                    scan.take(b':')?;
                    members.push((name, value(scan, depth + 1)?));
                    if !scan.more(b'}')? {
                        break;
                    }
                }
            }
            Ok(Node::Object(members))
        }
        Some(b'[') => {
            scan.take(b'[')?;
            let mut items = Vec::new();
            if !scan.is_empty(b']') {
                loop {
                    items.push((items.len(), value(scan, depth + 1)?));
                    if !scan.more(b']')? {
                        break;
                    }
                }
            }
            Ok(Node::List(items))
        }
        Some(b'"') => scan.string().map(|token| Node::Raw(token.quoted.into())),
        _ => {
            let begin = scan.at;
            scan.scalar()?;
            Ok(Node::Raw(scan.text.get(begin..scan.at).unwrap_or_default().into()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(node: &Node<'_>) -> String {
        let mut out = String::new();
        node.write(&mut out);
        out
    }

    fn at(text: &str) -> Selector {
        Selector::parse(text).unwrap()
    }

    #[test]
    fn what_stays_keeps_spelling_and_order() {
        let text = r#"{"z":1.50,"a":[{"k":"\u0041"},{"k":"x"},1e2],"b":{"c":{"d":"D"}},"é":true}"#;
        let mut node = Node::read(text).unwrap();
        assert_eq!(written(&node), text);
        let mut gone = Vec::new();
        node.take(&at("a.[0].k"), &mut gone);
        node.take(&at("b.c.d"), &mut gone);
        node.take(&at("nothing.[3]"), &mut gone);
        assert_eq!(written(&node), r#"{"z":1.50,"a":[{"k":"x"},1e2],"é":true}"#);
        assert_eq!(gone, [r"\u0041", "D"]);
        let moved = |text: &str| node.moved(&at(text)).map(|selector| selector.to_string());
        assert_eq!(moved("a.[1].k").as_deref(), Some("a.[0].k"));
        assert_eq!((moved("a.[2]").as_deref(), moved("a.[0]"), moved("b.c")), (Some("a.[1]"), None, None));
    }
}
