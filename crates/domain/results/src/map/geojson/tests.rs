use super::*;

const SQUARE: &str = "[[[0,0],[10,0],[10,10],[0,10.5],[0,0]]]";

fn feature(code: &str, kind: &str, coordinates: &str) -> String {
    let name = code.trim_matches('"');
    format!(
        r#"{{"type":"Feature","properties":{{"code":{code},"name":"N {name}","deep":{{"a":[1]}}}},"geometry":{{"coordinates":{coordinates},"type":"{kind}"}}}}"#
    )
}

fn file(features: &[String]) -> String {
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

fn read(text: &str) -> Result<Collection, MapError> {
    Collection::read(text.as_bytes())
}

#[test]
fn areas_and_points_are_read() {
    let collection = read(&file(&[
        feature("\"B\"", "Polygon", SQUARE),
        feature("1", "MultiPolygon", &format!("[{SQUARE}]")),
    ]))
    .unwrap();
    assert_eq!(collection.names(), ["code", "name"]);
    let map = collection.by("code").unwrap();
    assert_eq!((map.kind, map.features[0].code.as_str()), (Kind::Areas, "1"));
    let Shape::Area(rings) = &map.features[1].shape else { unreachable!() };
    assert_eq!(rings[0][3], (0, 10_500_000));
    let points = read(&file(&[feature("1", "Point", "[2.3522,48.8566,35]")])).unwrap().by("code").unwrap();
    assert_eq!(points.features[0].shape, Shape::Point((2_352_200, 48_856_600)));
}

#[test]
fn every_hostile_file_has_its_code() {
    let code = |text: &str| read(text).map(|_| ()).unwrap_err().code();
    assert_eq!(Collection::read(&vec![b' '; MAX_BYTES + 1]).unwrap_err().code(), "SCR-MAP-001");
    assert_eq!(code(&"[".repeat(10_000)), "SCR-MAP-002");
    assert_eq!(code(&format!("{{\"x\":{}", "[".repeat(10_000))), "SCR-MAP-002");
    assert_eq!(code(&file(&[feature("1", "Polygon", "[[[1e999,0],[0,0],[0,0],[0,0]]]")])), "SCR-MAP-002");
    assert_eq!(code("{\"type\":\"Point\"}"), "SCR-MAP-003");
    assert_eq!(code(&file(&[])), "SCR-MAP-003");
    for wrong in
        ["[[[0]]]", "[]", "[[[0,0],[1,1],[0,0]]]", "[[[0,0],[1,1],[1,0],[0,1]]]", "[[0,0],[[0,0]]]", "3"]
    {
        assert_eq!(code(&file(&[feature("1", "Polygon", wrong)])), "SCR-MAP-003", "{wrong}");
    }
    assert_eq!(code(&file(&[feature("1", "LineString", "[[0,0],[1,1]]")])), "SCR-MAP-003");
    assert_eq!(code(&file(&[feature("1", "Point", "[500000,600000]")])), "SCR-MAP-004");
    assert_eq!(code(&file(&[feature("1", "Point", "[18446744073709551615,0]")])), "SCR-MAP-004");
    let many = vec!["{}".to_owned(); MAX_FEATURES + 1];
    assert_eq!(code(&file(&many)), "SCR-MAP-005");
    let ring = format!("[[{}[0,0]]]", "[0,0],".repeat(MAX_POSITIONS));
    assert_eq!(code(&file(&[feature("1", "Polygon", &ring)])), "SCR-MAP-005");
    let system = r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::2180"}},"features":[]}"#;
    assert_eq!(code(system), "SCR-MAP-008");
    let over = "[[[179,0],[-179,0],[-179,1],[179,0]]]";
    assert_eq!(code(&file(&[feature("1", "Polygon", over)])), "SCR-MAP-009");
    assert_eq!(
        code(&file(&[feature("1", "Polygon", SQUARE), feature("2", "Point", "[0,0]")])),
        "SCR-MAP-010"
    );
}

#[test]
fn a_property_names_each_feature_once() {
    let by = |codes: [&str; 2]| {
        read(&file(&codes.map(|code| feature(code, "Polygon", SQUARE))))
            .unwrap()
            .by("code")
            .unwrap_err()
            .code()
    };
    assert_eq!(by(["null", "1"]), "SCR-MAP-006");
    assert_eq!(by(["\"1\"", "1"]), "SCR-MAP-007");
}

#[test]
fn the_older_names_of_the_one_system_are_taken() {
    let named = |name: &str| {
        let one = feature("1", "Polygon", SQUARE);
        format!(
            r#"{{"type":"FeatureCollection","crs":{{"type":"name","properties":{{"name":"{name}"}}}},"features":[{one}]}}"#
        )
    };
    for name in ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"] {
        assert!(read(&named(name)).is_ok(), "{name}");
    }
}

proptest::proptest! {
    /// Whatever is read from a damaged file has a recorded form that reads back.
    #[test]
    fn a_damaged_file_is_refused_or_whole(at in 0_usize..400, byte: u8, cut in 0_usize..400) {
        let mut text = file(&[feature("\"B\"", "Polygon", SQUARE), feature("1", "Polygon", SQUARE)]).into_bytes();
        let length = text.len();
        text[at % length] = byte;
        text.truncate(length - cut % 7);
        if let Ok(map) = Collection::read(&text).and_then(|collection| collection.by("code")) {
            proptest::prop_assert_eq!(Map::from_bytes(&map.to_bytes()), Ok(map));
        }
    }
}
