//! What playbooks may send requests to: the organisation's own list.

use super::acts::Person;
use super::codes;
use super::kinds::{TARGET_ALLOWED, TARGET_REMOVED};
use rusqlite::Connection;
use scr_core::{Refusal, RefusalKind, Role, uuid_v7};
use scr_engine::rusqlite;
use scr_engine::{ActError, Engine, Fault, NewEvent, Receipt};
use scr_playbooks::http::Allowed;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Every change of the list is about this.
const SUBJECT: &str = "response:targets";
/// Methods that a request may have.
pub(crate) const METHODS: [&str; 6] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
const MAX_NAME: usize = 200;
const MAX_PATH: usize = 500;

/// One entry of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// What people call it.
    pub name: String,
    /// What is allowed.
    pub allowed: Allowed,
}

/// An entry of the list in the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: String,
    /// Index of its entry.
    pub index: u64,
    /// When it was recorded.
    pub at: i64,
    /// The entry.
    pub target: Target,
}

/// What an organisation's playbooks may call.
pub(crate) fn of_org(views: &Connection, org: &str) -> rusqlite::Result<Vec<Listed>> {
    let sql = "SELECT t.target, t.idx, t.at, p.content FROM runs_target t
        JOIN runs_private_target p ON p.target = t.target WHERE t.org = ?1 AND t.removed_idx IS NULL ORDER BY t.idx";
    let mut statement = views.prepare_cached(sql)?;
    let rows = statement.query_map([org], |row| {
        let content: String = row.get(3)?;
        Ok((row.get(0)?, row.get::<_, i64>(1)?.cast_unsigned(), row.get(2)?, content))
    })?;
    let mut listed = Vec::new();
    for row in rows {
        let (id, index, at, content) = row?;
        // What cannot be read allows nothing.
        if let Ok(target) = serde_json::from_str(&content) {
            listed.push(Listed { id, index, at, target });
        }
    }
    Ok(listed)
}

fn wrong(field: &str) -> Refusal {
    Refusal::new(RefusalKind::Invalid, codes::TARGET).on(field)
}

fn check(target: &Target, may_be_private: bool) -> Result<(), Refusal> {
    let allowed = &target.allowed;
    if target.name.trim().is_empty() || target.name.len() > MAX_NAME {
        return Err(wrong("name"));
    }
    let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte);
    if allowed.host.is_empty() || allowed.host.len() > 253 || !allowed.host.bytes().all(is_letter) {
        return Err(wrong("host"));
    }
    if allowed.port == Some(0) {
        return Err(wrong("port"));
    }
    let is_path = |byte: u8| byte.is_ascii_graphic() && !b"?#\\\"<>^`{|}".contains(&byte);
    let path =
        allowed.path.strip_prefix('/').filter(|path| !path.starts_with('/')).ok_or_else(|| wrong("path"))?;
    let is_dots =
        |segment: &str| matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..");
    if allowed.path.len() > MAX_PATH || !path.bytes().all(is_path) || path.split('/').any(is_dots) {
        return Err(wrong("path"));
    }
    let is_method = |method: &String| METHODS.contains(&method.as_str());
    if allowed.methods.is_empty() || !allowed.methods.iter().all(is_method) {
        return Err(wrong("methods"));
    }
    // Without encryption only where the installation lets its servers be asked so at all.
    if allowed.plain && !may_be_private { Err(wrong("plain")) } else { Ok(()) }
}

fn may(person: Person<'_>) -> Result<(), Refusal> {
    if person.actor.role == Role::Manager {
        Ok(())
    } else {
        Err(Refusal::new(RefusalKind::Forbidden, codes::MAY_NOT_ALLOW))
    }
}

/// Lets playbooks call something. For managers, who have just said once more who they are.
///
/// # Errors
/// `SCR-RSP-065` (another role), `-062` (an entry that cannot be).
pub fn allow(
    engine: &Engine,
    person: Person<'_>,
    target: &Target,
    may_be_private: bool,
) -> Result<Vec<Receipt>, ActError> {
    may(person)?;
    check(target, may_be_private)?;
    let id = uuid_v7(&**engine.clock(), &**engine.entropy());
    let content = serde_json::to_vec(target).map_err(|error| Fault::log(&error))?;
    engine.record(person.actor, &|_, _| {
        let public = json!({"target": id, "org": person.actor.org.as_str()});
        let event = NewEvent::about(&TARGET_ALLOWED, SUBJECT, public);
        let event = event.private("target", format!("response-target:{id}"), content.clone());
        Ok(vec![person.sealed(event)])
    })
}

/// Takes an entry from the list.
///
/// # Errors
/// `SCR-RSP-065` (another role), `-063` (no such entry).
pub fn remove(engine: &Engine, person: Person<'_>, id: &str) -> Result<Vec<Receipt>, ActError> {
    may(person)?;
    engine.record(person.actor, &|views, _| {
        let listed = of_org(views, person.actor.org.as_str()).map_err(Fault::from)?;
        if !listed.iter().any(|one| one.id == id) {
            return Err(Refusal::new(RefusalKind::NotFound, codes::NO_TARGET).into());
        }
        Ok(vec![person.sealed(NewEvent::about(&TARGET_REMOVED, SUBJECT, json!({"target": id})))])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(host: &str, path: &str) -> Target {
        let allowed = Allowed {
            methods: vec!["POST".into()],
            host: host.into(),
            port: None,
            path: path.into(),
            plain: false,
            credential: None,
        };
        Target { name: "Tickets".into(), allowed }
    }

    #[test]
    fn an_entry_names_one_host_and_a_path_without_ways_out() {
        assert_eq!(check(&target("tickets.example", "/api/*/notes"), false), Ok(()));
        let field = |target: &Target| check(target, false).unwrap_err().field.unwrap();
        for host in ["", "Tickets.example", "a b", "https://a", "a:1", "a/b", "ä.example"] {
            assert_eq!(field(&target(host, "/")), "host", "{host}");
        }
        for path in ["", "api", "//x", "/a/../b", "/a/%2E%2e", "/a?b", "/a#b", "/a b", "/ä"] {
            assert_eq!(field(&target("a.example", path)), "path", "{path}");
        }
        let mut one = target("a.example", "/");
        one.allowed.plain = true;
        assert_eq!((field(&one).as_str(), check(&one, true)), ("plain", Ok(())));
        one.allowed.methods = vec!["CONNECT".into()];
        assert_eq!(field(&one), "methods");
        one.name = String::new();
        assert_eq!(field(&one), "name");
    }
}
