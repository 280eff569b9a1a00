//! Answers as tables, with the columns of MISP's `returnFormat` csv.

use super::Query;
use super::evaluate::AttributeHit;

/// The columns in their order.
pub const CSV_COLUMNS: &[&str] = &[
    "uuid",
    "event_id",
    "category",
    "type",
    "value",
    "comment",
    "to_ids",
    "date",
    "object_relation",
    "attribute_tag",
    "object_uuid",
    "object_name",
    "object_meta_category",
];

/// The names of the columns that are wanted, with a line break; nothing where no names are wanted.
pub fn csv_head(query: &Query) -> String {
    if query.headerless { String::new() } else { format!("{}\n", columns(query).join(",")) }
}

fn columns(query: &Query) -> &[&'static str] {
    if query.columns.is_empty() { CSV_COLUMNS } else { &query.columns }
}

/// One attribute, with a line break.
pub fn csv_line(query: &Query, hit: &AttributeHit<'_>) -> String {
    let values: Vec<String> = columns(query).iter().map(|name| cell(name, hit)).collect();
    format!("{}\n", values.join(","))
}

fn cell(name: &str, hit: &AttributeHit<'_>) -> String {
    let (attribute, object) = (hit.attribute, hit.object);
    match name {
        "uuid" => quoted(&attribute.uuid.to_string()),
        "event_id" => hit.entry.id.to_string(),
        "category" => quoted(&attribute.category),
        "type" => quoted(&attribute.kind),
        "value" => quoted(&attribute.value),
        "comment" => quoted(&attribute.comment),
        "to_ids" => u8::from(attribute.to_ids).to_string(),
        "date" => attribute.timestamp.to_string(),
        "object_relation" => quoted(&attribute.relation),
        "attribute_tag" => {
            let tags: Vec<&str> = attribute.tags.iter().map(|tag| tag.name.as_str()).collect();
            quoted(&tags.join(","))
        }
        "object_uuid" => object.map(|one| quoted(&one.uuid.to_string())).unwrap_or_default(),
        "object_name" => object.map(|one| quoted(&one.name)).unwrap_or_default(),
        "object_meta_category" => object.map(|one| quoted(&one.meta_category)).unwrap_or_default(),
        _ => String::new(),
    }
}

/// Always within quotes (RFC 4180), as MISP does; nothing stays nothing.
fn quoted(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("\"{}\"", text.replace('"', "\"\"")) }
}
