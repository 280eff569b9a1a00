//! Lists in one element: white space between the items, quotation marks around those that have some (CAP 1.2, 3.2.1:
//! addresses and incidents).

use crate::xml::is_space;

/// The items; `None` when a quotation mark is not closed.
pub(crate) fn split(text: &str) -> Option<Vec<String>> {
    let mut items = Vec::new();
    let mut rest = text.trim_start_matches(is_space);
    while !rest.is_empty() {
        let (item, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => {
                let end = rest.find(is_space).unwrap_or(rest.len());
                rest.split_at(end)
            }
        };
        if !item.is_empty() {
            items.push(item.to_owned());
        }
        rest = after.trim_start_matches(is_space);
    }
    Some(items)
}

/// Whether an item can be written so that it is read again.
pub(crate) fn is_item(item: &str) -> bool {
    !item.is_empty() && !item.contains('"')
}

pub(crate) fn join(items: &[String]) -> String {
    let quoted =
        items.iter().map(|item| if item.contains(is_space) { format!("\"{item}\"") } else { item.clone() });
    quoted.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_split_and_joined() {
        let items = split(" a \"b c\"\n\"\"  d").unwrap();
        assert_eq!(items, ["a", "b c", "d"]);
        assert_eq!(split(&join(&items)), Some(items));
        assert_eq!(split("a \"b"), None);
        assert_eq!(split("  "), Some(Vec::new()));
        assert!(is_item("a b") && !is_item("") && !is_item("a\"b"));
    }
}
