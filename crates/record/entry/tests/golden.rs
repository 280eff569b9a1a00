//! The walk over golden files sees what it should, and does not accept what it should not.
#![expect(clippy::unwrap_used, reason = "a test fails by unwrapping")]

use scr_entry::golden::check_golden;
use scr_entry::{Catalogue, Draft, FieldSpec, FieldType, KindSpec, Upcast};
use scr_note::{Algorithm, SignerKey};
use serde_json::json;
use std::path::PathBuf;

const OLD: KindSpec = KindSpec {
    name: "test.table.imported/1",
    public: &[FieldSpec::new("title", FieldType::Text(40))],
    private: &[],
};
const NEW: KindSpec = KindSpec {
    name: "test.table.imported/2",
    public: &[FieldSpec::new("name", FieldType::Text(40))],
    private: &[],
};
const RENAME: Upcast = |old| old.into_iter().map(|(_, title)| ("name".to_owned(), title)).collect();

struct Golden(PathBuf);

impl Golden {
    /// One entry of the older version stands in its folder.
    fn new(name: &str) -> Self {
        let root = std::env::temp_dir().join(format!("scr-golden-{name}-{}", std::process::id()));
        let folder = root.join("test.table.imported/1");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("plain.json"), entry()).unwrap();
        Self(root)
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.0.join("test.table.imported/1").join(name), bytes).unwrap();
    }
}

impl Drop for Golden {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

fn entry() -> Vec<u8> {
    let author = SignerKey::from_seed("emb.example", Algorithm::Ed25519, &[1; 32]).unwrap();
    let public = json!({"title": "Bolivia 2019"}).as_object().unwrap().clone();
    let draft = Draft::new(&OLD, "id-1", &["table:t1".to_owned()], public, vec![], vec![]).unwrap();
    draft.compose(1_645_557_742, &[1], &author).unwrap()
}

#[test]
fn kinds_without_a_file_are_named() {
    let golden = Golden::new("missing");
    let both = Catalogue::new([OLD, NEW]).unwrap();
    let report = check_golden(&golden.0, &both).unwrap();
    assert_eq!(report.failures, Vec::<String>::new());
    assert_eq!(report.missing, [NEW.name]);
    assert!(!report.is_fine());
    assert!(check_golden(&golden.0, &Catalogue::new([OLD]).unwrap()).unwrap().is_fine());
}

#[test]
fn what_an_upcast_makes_is_golden_too() {
    let golden = Golden::new("upcast");
    let both = Catalogue::new([OLD, NEW]).unwrap().with_upcast(OLD.name, NEW.name, RENAME).unwrap();
    assert_eq!(check_golden(&golden.0, &both).unwrap().failures.len(), 1, "no .current file yet");
    golden.write("plain.current", b"{\"name\":\"Bolivia 2019\"}\n");
    assert_eq!(check_golden(&golden.0, &both).unwrap().failures, Vec::<String>::new());
    golden.write("plain.current", b"{\"name\":\"Bolivia 2020\"}\n");
    assert_eq!(check_golden(&golden.0, &both).unwrap().failures.len(), 1);
}

#[test]
fn files_that_do_not_decode_fail() {
    let golden = Golden::new("broken");
    let old = Catalogue::new([OLD]).unwrap();
    golden.write("empty.json", b"{}");
    golden.write("altered.json", &[entry(), b" ".to_vec()].concat());
    assert_eq!(check_golden(&golden.0, &old).unwrap().failures.len(), 2);
    assert_eq!(check_golden(&golden.0, &Catalogue::default()).unwrap().failures.len(), 3, "kind unknown");
}

#[test]
fn fields_that_a_kind_does_not_list_do_not_decode() {
    const NARROW: KindSpec = KindSpec { name: "test.table.imported/1", public: &[], private: &[] };
    let golden = Golden::new("narrow");
    assert_eq!(check_golden(&golden.0, &Catalogue::new([NARROW]).unwrap()).unwrap().failures.len(), 1);
}
