//! What PyMISP asks before it searches.

use crate::event::Org;
use crate::types::describe_types;
use serde_json::{Value, json};

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Me {
    /// A number for the user.
    pub id: u64,
    /// The address that the user is known by.
    pub email: String,
    /// The user's organisation.
    pub org: Org,
}

/// The answer of `servers/getPyMISPVersion.json`.
pub fn pymisp_version_answer(pymisp: &str) -> Value {
    json!({ "version": pymisp })
}

/// The answer of `servers/getVersion`: the version of MISP whose interface this is, and what the user may do here.
/// Nothing can be written.
pub fn version_answer(misp: &str, pymisp: &str) -> Value {
    json!({
        "version": misp,
        "pymisp_recommended_version": pymisp,
        "perm_sync": false,
        "perm_sighting": false,
        "perm_galaxy_editor": false,
        "perm_analyst_data": false,
        "request_encoding": ["gzip"],
        "filter_sightings": false,
    })
}

/// The answer of `users/view/me`.
pub fn me_answer(me: &Me) -> Value {
    let not = ["modify", "modify_org", "publish", "delegate", "sync", "admin", "audit", "site_admin"];
    let more = ["regexp_access", "tagger", "template", "sharing_group", "tag_editor", "sighting", "add"];
    let last =
        ["object_template", "publish_zmq", "publish_kafka", "decaying", "galaxy_editor", "warninglist"];
    let mut role = json!({
        "id": "0",
        "name": "Read only",
        "default_role": false,
        "perm_auth": true,
        "permission": "0",
        "permission_description": "read",
    });
    if let Value::Object(map) = &mut role {
        for name in not.into_iter().chain(more).chain(last) {
            map.insert(format!("perm_{name}"), false.into());
        }
    }
    json!({
        "User": {
            "id": me.id.to_string(),
            "email": me.email,
            "org_id": "0",
            "role_id": "0",
            "disabled": false,
            "autoalert": false,
            "contactalert": false,
        },
        "Role": role,
        "Organisation": {"id": "0", "name": me.org.name, "uuid": me.org.uuid.to_string()},
        "UserSetting": [],
    })
}

/// The answer of `attributes/describeTypes.json`.
pub fn describe_types_answer() -> Value {
    json!({ "result": describe_types() })
}
