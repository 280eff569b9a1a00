//! One suite for objects in a folder and in S3.

use crate::common::UnderTest;
use scr_canon::sha256;
use scr_objects::{PutIf, Trouble};
use std::io::Read as _;

fn on_each(test: fn(&UnderTest)) {
    test(&UnderTest::folder());
    if let Some(s3) = UnderTest::s3() {
        test(&s3);
    }
}

#[test]
fn objects_are_found_by_their_hash_and_checked() {
    on_each(|store| {
        let objects = &store.objects;
        let hash = objects.put(b"results").unwrap();
        assert_eq!(hash, sha256(b"results"));
        assert_eq!(objects.put(b"results").unwrap(), hash);
        assert_eq!(objects.get(&hash, 7).unwrap(), Some(b"results".to_vec()));
        assert_eq!(objects.size(&hash).unwrap(), Some(7));
        assert_eq!(objects.get(&hash, 6).unwrap_err().trouble, Trouble::Other);
        assert_eq!(objects.get(&sha256(b"other"), 9).unwrap(), None);
        assert_eq!(objects.size(&sha256(b"other")).unwrap(), None);
        assert!(objects.reader(&sha256(b"other")).unwrap().is_none());
        let empty = objects.put(b"").unwrap();
        assert_eq!(objects.get(&empty, 0).unwrap(), Some(Vec::new()));
        objects.look().unwrap();
        assert_eq!((objects.away(), objects.outages()), (None, 0));
    });
}

/// SCR-OBJ-003
#[test]
fn an_altered_object_is_named() {
    on_each(|store| {
        let objects = &store.objects;
        let hash = objects.put(b"results").unwrap();
        store.alter(&hash, b"resultz");
        let error = objects.get(&hash, 9).unwrap_err();
        assert_eq!((error.trouble, error.trouble.code()), (Trouble::Altered, "SCR-OBJ-003"));
        assert!(error.to_string().contains(&hash.to_hex()), "{error}");
        assert!(!error.is_away());
    });
}

#[test]
fn pieces_come_to_the_same_object_and_what_is_not_finished_leaves_nothing() {
    on_each(|store| {
        let objects = &store.objects;
        let mut writer = objects.writer().unwrap();
        for piece in ["res", "", "ults"] {
            writer.write(piece.as_bytes()).unwrap();
        }
        assert_eq!(writer.finish().unwrap(), sha256(b"results"));
        let mut given_up = objects.writer().unwrap();
        given_up.write(b"half").unwrap();
        drop(given_up);
        let mut other = objects.writer().unwrap();
        other.write(b"other than was said").unwrap();
        assert!(!other.finish_as(&sha256(b"what was said")).unwrap());
        let all: Vec<_> = objects.all().unwrap().into_iter().map(|(hash, _)| hash).collect();
        assert_eq!(all, [sha256(b"results")]);
        let left = |folder: &std::path::Path| {
            let files = folder.read_dir().unwrap().flatten();
            files.filter(|file| file.path().extension().is_some_and(|end| end == "new")).count()
        };
        assert_eq!(left(store.folder.path()), 0);
        let (mut read, mut text) = (objects.reader(&sha256(b"results")).unwrap().unwrap(), String::new());
        assert_eq!((read.size(), read.read_to_string(&mut text).unwrap(), text.as_str()), (7, 7, "results"));
    });
}

#[test]
fn large_objects_come_back_whole() {
    on_each(|store| {
        let bytes: Vec<u8> = (0..3_000_000_u32).flat_map(u32::to_le_bytes).take(9_999_999).collect();
        let mut writer = store.objects.writer().unwrap();
        bytes.chunks(1 << 20).for_each(|piece| writer.write(piece).unwrap());
        let hash = writer.finish().unwrap();
        assert_eq!(hash, sha256(&bytes));
        assert_eq!(store.objects.get(&hash, 10 << 20).unwrap().unwrap(), bytes);
        // There already: read back and compared.
        assert_eq!(store.objects.put(&bytes).unwrap(), hash);
    });
}

#[test]
fn every_object_is_listed() {
    on_each(|store| {
        // More than S3 lists in one answer.
        let mut wanted = store.put_many(1_001);
        let mut found: Vec<_> = store.beside().all().unwrap().into_iter().map(|(hash, _)| hash).collect();
        wanted.sort();
        found.sort();
        assert_eq!(found, wanted);
    });
}

#[test]
fn an_object_that_was_put_again_is_not_removed() {
    on_each(|store| {
        let objects = &store.objects;
        let hash = objects.put(b"upload").unwrap();
        assert!(!objects.remove(&hash, 1_000).unwrap(), "it is young");
        let before = store.grow_old(&hash);
        store.beside().put(b"upload").unwrap();
        if store.bucket().is_none() {
            // Nobody can set the time of an object in S3: there the next test looks for the refreshing.
            assert!(!objects.remove(&hash, before).unwrap(), "somebody has just put it");
            store.grow_old(&hash);
        }
        assert!(objects.remove(&hash, before).unwrap());
        assert!(!objects.remove(&hash, before).unwrap());
        assert_eq!(objects.size(&hash).unwrap(), None);
        assert_eq!(objects.put(b"upload").unwrap(), hash);
    });
}

#[test]
fn what_a_killed_node_left_does_not_stand_in_the_way() {
    on_each(|store| {
        let hash = store.objects.put(b"upload").unwrap();
        let before = store.grow_old(&hash);
        std::fs::write(store.folder.path().join("1-1.new"), b"half").unwrap();
        let Some(bucket) = store.bucket() else { return };
        store.objects.remove_unfinished(i64::MAX).unwrap();
        assert!(!store.folder.path().join("1-1.new").exists());
        // The mark of a node that was killed while it removed.
        let mark = format!("removing/{}", hash.to_hex());
        bucket.put(&mark, b"", "application/octet-stream", PutIf::Absent).unwrap();
        assert!(!store.objects.remove(&hash, before).unwrap(), "the first round takes the mark away");
        assert_eq!(bucket.size(&mark).unwrap(), None);
        bucket.put(&mark, b"", "application/octet-stream", PutIf::Absent).unwrap();
        assert_eq!(store.objects.put(b"upload").unwrap(), hash);
        assert!(store.objects.remove(&hash, before).unwrap());
    });
}

#[test]
fn a_condition_is_kept_by_the_store() {
    let Some(store) = UnderTest::s3() else { return };
    let bucket = store.bucket().unwrap();
    assert!(bucket.put("site/a b+c.html", b"one", "text/html", PutIf::Absent).unwrap());
    assert!(!bucket.put("site/a b+c.html", b"two", "text/html", PutIf::Absent).unwrap());
    assert_eq!(bucket.get("site/a b+c.html", 9).unwrap().as_deref(), Some(&b"one"[..]));
    assert!(bucket.put("site/a b+c.html", b"two", "text/html", PutIf::Always).unwrap());
    let listed = bucket.list("site/").unwrap();
    assert_eq!((listed[0].key.as_str(), listed[0].size), ("site/a b+c.html", 3));
    assert!((listed[0].at - crate::common::machine_now()).abs() < 100, "{}", listed[0].at);
    bucket.remove("site/a b+c.html").unwrap();
    bucket.remove("site/a b+c.html").unwrap();
    assert_eq!(bucket.get("site/a b+c.html", 9).unwrap(), None);
}
