//! Taxonomies and galaxies as their publishers ship them (MISP/misp-taxonomies @ 7591c551, MISP/misp-galaxy @
//! 9434ace4); counts taken from the files with Python's `json`.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_misp::galaxy::{Galaxies, read_clusters, read_galaxy};
use scr_misp::tag::MachineTag;
use scr_misp::taxonomy::{Taxonomies, read_taxonomy};
use scr_misp::{Limits, ReadError};
use std::path::Path;

fn files(folder: &Path, prefix: &str) -> Vec<std::path::PathBuf> {
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        !name.starts_with('_') && name.starts_with(prefix)
    });
    files.sort();
    files
}

#[test]
fn all_taxonomies_are_read() {
    let Some(folder) = scr_testing::data("threats/misp/taxonomies") else { return };
    let mut all = Taxonomies::default();
    for path in files(&folder, "") {
        let (taxonomy, warnings) = read_taxonomy(&std::fs::read(&path).unwrap(), &Limits::default()).unwrap();
        let odd: Vec<_> = warnings.listed().iter().filter(|w| !w.path.starts_with("predicates")).collect();
        assert!(odd.is_empty(), "{}: {odd:?}", path.display());
        for entry in &taxonomy.entries {
            let tag = MachineTag::parse(&entry.tag).unwrap_or_else(|| panic!("{}", entry.tag));
            assert_eq!(tag.to_string(), entry.tag);
            assert_eq!(tag.namespace, taxonomy.namespace);
        }
        all.add(taxonomy);
    }
    assert_eq!(all.all().len(), 21);
    // 3,124 values under predicates and 47 predicates without values.
    assert_eq!(all.all().iter().map(|taxonomy| taxonomy.entries.len()).sum::<usize>(), 3_124 + 47);
    let (tlp, entry) = all.find("TLP:amber+strict").unwrap();
    assert!(tlp.exclusive);
    assert!(entry.name.contains("AMBER+STRICT"), "{}", entry.name);
    assert!(all.find("tlp:ex:chr").is_some());
    let (_, entry) = all.find("rsit:availability=\"ddos\"").unwrap();
    assert_eq!(entry.name, "Availability: Distributed Denial of Service");
    let (_, entry) = all.find("admiralty-scale:source-reliability=\"a\"").unwrap();
    assert_eq!(entry.number, Some(100));
    assert!(all.find("veris:action:malware:variety=\"Worm\"").is_some());
    assert!(all.find("tlp:nothing").is_none());
}

#[test]
fn all_galaxies_are_read() {
    let Some(folder) = scr_testing::data("threats/misp/galaxies") else { return };
    let mut all = Galaxies::default();
    let mut clusters = 0;
    for path in files(&folder, "cluster_") {
        let (entries, warnings) = read_clusters(&std::fs::read(&path).unwrap(), &Limits::default()).unwrap();
        assert_eq!(warnings.listed(), [], "{}", path.display());
        clusters += entries.len();
        all.add_clusters(entries);
    }
    for path in files(&folder, "galaxy_") {
        let (galaxy, warnings) = read_galaxy(&std::fs::read(&path).unwrap(), &Limits::default()).unwrap();
        assert_eq!(warnings.listed(), [], "{}", path.display());
        all.add_galaxy(galaxy);
    }
    assert_eq!((clusters, all.galaxies().count()), (810, 8));
    for (kind, count) in [
        ("disarm-techniques", 298),
        ("disarm-countermeasures", 139),
        ("disarm-detections", 94),
        ("disarm-actortypes", 33),
        ("dima-techniques", 44),
        ("amitt-misinformation-pattern", 61),
        ("sector", 118),
        ("guidelines", 23),
    ] {
        assert_eq!(all.clusters(kind).count(), count, "{kind}");
        for entry in all.clusters(kind) {
            assert!(
                std::ptr::eq(all.by_uuid(&entry.cluster.uuid.unwrap()).unwrap(), entry),
                "{}",
                entry.cluster.tag
            );
        }
    }
    let technique = all.by_external_id("disarm-techniques", "t0002").unwrap();
    assert_eq!(technique.cluster.value, "Facilitate State Propaganda");
    assert_eq!(technique.phases().collect::<Vec<_>>(), [("tactics", "Plan Objectives")]);
    assert!(!technique.related.is_empty());
    let other = all.by_external_id("amitt-misinformation-pattern", "T0002").unwrap();
    assert_eq!(other.cluster.value, "Facilitate State Propaganda");
    assert_ne!(other.cluster.uuid, technique.cluster.uuid);
    assert_eq!(
        all.by_tag("misp-galaxy:disarm-techniques=\"facilitate state propaganda\"").unwrap(),
        technique
    );
    let threat = all.by_tag("misp-galaxy:guidelines=\"Tampering with registrations\"").unwrap();
    assert_eq!(threat.phases().next(), Some(("example-of-threats", "setup | party/candidate-registration")));
    assert_eq!(all.galaxy("guidelines").unwrap().phases["example-of-threats"].len(), 6);
}

#[test]
fn other_files_are_refused() {
    let limits = Limits::default();
    assert_eq!(read_taxonomy(b"{}", &limits).err(), Some(ReadError::NotThis("a MISP taxonomy")));
    let empty = br#"{"namespace":"a","predicates":[]}"#;
    assert_eq!(read_taxonomy(empty, &limits).err(), Some(ReadError::NotThis("a MISP taxonomy")));
    assert_eq!(read_galaxy(b"{\"type\":\"a\"}", &limits).err(), Some(ReadError::NotThis("a MISP galaxy")));
    let no_values = b"{\"type\":\"a\",\"values\":{}}";
    assert_eq!(
        read_clusters(no_values, &limits).err(),
        Some(ReadError::NotThis("a file of MISP galaxy clusters"))
    );
    let limits = Limits { entries: 1, ..limits };
    let two = br#"{"type":"a","values":[{"value":"x"},{"value":"y"}]}"#;
    assert!(matches!(read_clusters(two, &limits), Err(ReadError::TooMany { .. })));
}
