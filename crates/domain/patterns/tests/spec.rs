//! The examples of STIX 2.1 §9 against objects made for them.
//!
//! `patterns/spec_eval_inputs/`: timescale/rsigma, crates/rstix/tests/fixtures @ 1d4f64e9 (MIT). What must come out is
//! read off the text of §9, not off that project.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_patterns::{EvalError, EvalLimits, Limits, Observations, Pattern};
use serde_json::{Value, json};
use std::path::Path;

fn objects(folder: &Path, names: &[&str]) -> Vec<Value> {
    let read = |name: &&str| {
        let text = std::fs::read_to_string(folder.join(format!("{name}.json"))).unwrap();
        serde_json::from_str(&text).unwrap()
    };
    names.iter().map(read).collect()
}

fn outcome(pattern: &str, objects: &[Value]) -> Result<bool, EvalError> {
    let pattern =
        Pattern::parse(pattern, &Limits::default()).unwrap_or_else(|why| panic!("{pattern}: {why}"));
    let observations = Observations::from_objects(objects).unwrap();
    pattern.matches(&observations, &EvalLimits::default()).map(|outcome| outcome.is_match())
}

/// Pattern, files, whether it matches.
const CASES: [(&str, &[&str], bool); 32] = [
    ("[ipv4-addr:value = '198.51.100.1/32']", &["ipv4-addr-start-stop"], true),
    ("[ipv4-addr:value = '203.0.113.4']", &["observed-data-bundle"], true),
    // §9.5: both references must be those of one object.
    (
        "[network-traffic:src_ref.value = '203.0.113.10' AND network-traffic:dst_ref.value = '198.51.100.58']",
        &["spec-9-5-both-refs-bundle"],
        true,
    ),
    (
        "[network-traffic:src_ref.value = '203.0.113.10' AND network-traffic:dst_ref.value = '198.51.100.58']",
        &["spec-9-5-split-refs-bundle"],
        false,
    ),
    (
        "[network-traffic:src_ref.value = '203.0.113.10'] AND [network-traffic:dst_ref.value = '198.51.100.58']",
        &["spec-9-5-split-refs-bundle"],
        true,
    ),
    // §9.7.4: what a reference leads to is not there.
    ("[network-traffic:src_ref.value = '203.0.113.10']", &["spec-9-5-both-refs-nt"], false),
    ("[network-traffic:src_ref.value != '203.0.113.10']", &["spec-9-5-both-refs-nt"], false),
    ("[EXISTS network-traffic:src_ref]", &["spec-9-5-both-refs-nt"], true),
    ("[EXISTS network-traffic:src_ref.value]", &["spec-9-5-both-refs-nt"], false),
    // §9.8, one after another.
    (
        r"[email-message:from_ref.value MATCHES '.+\\@example\\.com$' AND email-message:body_multipart[*].body_raw_ref.name MATCHES '^Final Report.+\\.exe$']",
        &["spec-9-8-email-bundle"],
        true,
    ),
    (
        r"[email-message:from_ref.value MATCHES '.+\\@example\\.com$' AND email-message:body_multipart[0].body_raw_ref.name MATCHES '^Final Report.+\\.exe$']",
        &["spec-9-8-email-bundle"],
        false,
    ),
    (
        "[file:hashes.'SHA-256' = 'bf07a7fbb825fc0aae7bf4a1177b2b31fcf8a3feeaf7092761e18c859ee52a9c' OR file:hashes.MD5 = 'cead3f77f6cda6ec00f57d76c9a6879f']",
        &["level23-file-a"],
        true,
    ),
    (
        "[file:hashes.'SHA-256' = 'bf07a7fbb825fc0aae7bf4a1177b2b31fcf8a3feeaf7092761e18c859ee52a9c' OR file:hashes.MD5 = 'cead3f77f6cda6ec00f57d76c9a6879f'] AND [file:hashes.'SHA-256' = 'aec070645fe53ee3b3763059376134f058cc337247c978add178b6ccdfb0019f']",
        &["level23-file-a"],
        false,
    ),
    (
        "[user-account:account_type = 'unix' AND user-account:user_id = '1007' AND user-account:account_login = 'Peter'] AND [user-account:account_type = 'unix' AND user-account:user_id = '1008' AND user-account:account_login = 'Paul'] AND [user-account:account_type = 'unix' AND user-account:user_id = '1009' AND user-account:account_login = 'Mary']",
        &["spec-9-8-level23-users-bundle"],
        true,
    ),
    (
        "[user-account:user_id = '1007'] AND [user-account:user_id = '1008'] AND [user-account:user_id = '1009']",
        &["user-peter", "user-paul"],
        false,
    ),
    (
        r"[artifact:mime_type = 'application/vnd.tcpdump.pcap' AND artifact:payload_bin MATCHES '\\xd4\\xc3\\xb2\\xa1\\x02\\x00\\x04\\x00']",
        &["artifact-pcap-payload"],
        true,
    ),
    (
        r"[file:name = 'foo.dll' AND file:parent_directory_ref.path = 'C:\\Windows\\System32']",
        &["spec-9-8-file-parent-bundle"],
        true,
    ),
    (
        r"[file:name = 'foo.dll' AND file:parent_directory_ref.path = 'C:\\Windows\\System32']",
        &["spec-9-8-file-parent-bundle-file"],
        false,
    ),
    (
        "[file:extensions.'windows-pebinary-ext'.sections[*].entropy > 7.0]",
        &["file-with-pe-ext-embedded"],
        false,
    ),
    (
        "[file:extensions.'windows-pebinary-ext'.sections[*].entropy < 7]",
        &["file-with-pe-ext-embedded"],
        true,
    ),
    ("[file:mime_type = 'image/bmp' AND file:magic_number_hex = h'ffd8']", &["file-bmp-magic"], true),
    // §9.6.2: strings are compared by code points, so an address without its prefix is another string ...
    (
        "[network-traffic:dst_ref.type = 'ipv4-addr' AND network-traffic:dst_ref.value = '203.0.113.33/32']",
        &["spec-9-8-network-bundle"],
        false,
    ),
    // ... and the same network.
    (
        "[network-traffic:dst_ref.type = 'ipv4-addr' AND network-traffic:dst_ref.value ISSUBSET '203.0.113.33/32']",
        &["spec-9-8-network-bundle"],
        true,
    ),
    (
        "[domain-name:value = 'www.5z8.info' AND domain-name:resolves_to_refs[*].value ISSUPERSET '198.51.100.1/32']",
        &["spec-9-8-domain-bundle"],
        true,
    ),
    (
        "[network-traffic:dst_ref.type = 'domain-name' AND network-traffic:dst_ref.value = 'example.com'] REPEATS 5 TIMES",
        &["spec-9-8-level23-network-bundle"],
        false,
    ),
    (
        "[network-traffic:dst_ref.type = 'domain-name' AND network-traffic:dst_ref.value = 'example.com'] REPEATS 3 TIMES",
        &["spec-9-8-level23-network-bundle"],
        true,
    ),
    (
        "[url:value = 'http://example.com/foo' OR url:value = 'http://example.com/bar']",
        &["url-example-foo"],
        true,
    ),
    (
        "[x509-certificate:issuer = 'CN=WEBMAIL' AND x509-certificate:serial_number = '4c:0b:1d:19:74:86:a7:66:b4:1a:bf:40:27:21:76:28']",
        &["x509-webmail"],
        true,
    ),
    (
        r"[windows-registry-key:key = 'HKEY_CURRENT_USER\\Software\\CryptoLocker\\Files' OR windows-registry-key:key = 'HKEY_CURRENT_USER\\Software\\Microsoft\\CurrentVersion\\Run\\CryptoLocker_0388']",
        &["registry-cryptolocker"],
        true,
    ),
    (
        "[(file:name = 'pdf.exe' OR file:size = 371712) AND file:ctime = t'2014-01-13T07:03:17Z']",
        &["file-with-ctime"],
        true,
    ),
    ("[x-usb-device:usbdrive.serial_number = '575833314133343231313937']", &["custom-usb-device"], true),
    (
        "[network-traffic:dst_ref.value ISSUBSET '2001:0db8:dead:beef:0000:0000:0000:0000/64']",
        &["spec-9-8-ipv6-network-bundle"],
        true,
    ),
];

#[test]
fn the_examples_come_out_as_the_text_says() {
    let Some(folder) = scr_testing::data("threats/patterns/spec_eval_inputs") else { return };
    for (pattern, files, expected) in CASES {
        assert_eq!(outcome(pattern, &objects(&folder, files)), Ok(expected), "{pattern} {files:?}");
    }
}

#[test]
fn one_side_of_an_or_is_enough() {
    let Some(folder) = scr_testing::data("threats/patterns/spec_eval_inputs") else { return };
    let pattern = r"([file:name = 'foo.dll'] AND [windows-registry-key:key = 'HKEY_LOCAL_MACHINE\\foo\\bar']) OR [process:image_ref.name = 'fooproc' OR process:image_ref.name = 'procfoo']";
    let bundle = objects(&folder, &["spec-9-8-level23-or-bundle"]);
    assert_eq!(outcome(pattern, &bundle), Ok(true));
    let all = bundle[0]["objects"].as_array().unwrap();
    let without = |left_out: &[usize]| -> Vec<Value> {
        let kept = all.iter().enumerate().filter(|(at, _)| !left_out.contains(at));
        kept.map(|(_, object)| object.clone()).collect()
    };
    assert_eq!(outcome(pattern, &without(&[0])), Ok(true));
    assert_eq!(outcome(pattern, &without(&[3])), Ok(true));
    assert_eq!(outcome(pattern, &without(&[1, 2])), Ok(false));
}

/// The object with observed-data around it.
fn observed(object: &Value, first: &str, last: &str) -> Value {
    let id = object["id"].as_str().unwrap();
    json!({"type": "bundle", "id": format!("bundle--{id}"), "objects": [
        {"type": "observed-data", "id": format!("observed-data--{id}"), "first_observed": first, "last_observed": last,
         "number_observed": 1, "object_refs": [id]},
        object,
    ]})
}

#[test]
fn what_follows_is_a_question_of_time() {
    let Some(folder) = scr_testing::data("threats/patterns/spec_eval_inputs") else { return };
    let pattern = "[process:command_line MATCHES '^.+>-add GlobalSign.cer -c -s -r localMachine Root$'] FOLLOWEDBY [process:command_line MATCHES'^.+>-add GlobalSign.cer -c -s -r localMachineTrustedPublisher$'] WITHIN 300 SECONDS";
    let within = pattern
        .replace("[process:command_line MATCHES '^", "([process:command_line MATCHES '^")
        .replace("] WITHIN", "]) WITHIN");
    let processes = objects(&folder, &["process-globalsign-root", "process-globalsign-publisher"]);
    assert_eq!(outcome(pattern, &processes), Err(EvalError::NoTime));
    let at = |first: &str, second: &str| {
        [observed(&processes[0], first, first), observed(&processes[1], second, second)]
    };
    let (noon, later, much_later) = ("2024-01-01T12:00:00Z", "2024-01-01T12:04:59Z", "2024-01-01T12:05:00Z");
    assert_eq!(outcome(pattern, &at(noon, later)), Ok(true));
    assert_eq!(outcome(pattern, &at(noon, noon)), Ok(true));
    assert_eq!(outcome(pattern, &at(later, noon)), Ok(false));
    // The qualifier applies to the second expression alone, unless there are parentheses.
    assert_eq!(outcome(pattern, &at(noon, much_later)), Ok(true));
    assert_eq!(outcome(&within, &at(noon, later)), Ok(true));
    assert_eq!(outcome(&within, &at(noon, much_later)), Ok(false));
}
