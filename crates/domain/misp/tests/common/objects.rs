use scr_stix::Object;
use serde_json::Value;

/// Objects as a server has them.
pub(crate) fn objects(values: &[Value]) -> Vec<Object> {
    let read = |value: &Value| Object::read(value.to_string().as_bytes(), &scr_stix::Limits::default());
    values.iter().map(|value| read(value).unwrap()).collect()
}
