//! An installation with one private field.

use rusqlite::Connection;
use scr_core::Role;
use scr_engine::testing::TestEngine;
use scr_engine::{Ctx, FieldSpec, FieldType, KindSpec, NewEvent};
use serde_json::json;
use std::path::Path;

pub(crate) const NOTED: KindSpec = KindSpec {
    name: "test.person.noted/1",
    public: &[FieldSpec::new("n", FieldType::Count)],
    private: &["who"],
};

/// Makes it, signed as a whole. Gives its size.
pub(crate) fn installation(folder: &Path) -> u64 {
    let test = TestEngine::new(folder, &[NOTED], Vec::new()).unwrap();
    let note = |_: &Connection, _: &Ctx<'_>| {
        let event = NewEvent::about(&NOTED, "people:all", json!({"n": 1}));
        Ok(vec![event.private("who", "person:1", "Ada")])
    };
    test.engine.record(&TestEngine::actor(Role::Manager), &note).unwrap();
    let size = test.engine.log().size().unwrap();
    while test.engine.log().checkpoint().unwrap().is_none_or(|signed| signed.size < size) {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    size
}
