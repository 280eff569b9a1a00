//! Tree heads of real logs and of other programs.

use scr_canon::{Hash32, unb64};
use scr_names::ct::{
    CtLimits, HeadFault, KeyFault, LogId, LogKey, SignedHead, TreeHead, read_checkpoint, read_head,
};

fn key(base64: &str) -> LogKey {
    LogKey::from_der(&unb64(base64).unwrap()).unwrap()
}

/// Google's log Pilot, 4 April 2014: client/logclient_test.go and logid/logid_test.go of certificate-transparency-go @
/// 56578481.
const PILOT: &str = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEfahLEimAoz2t01p3uMziiLOl/fHTDM0YDOhBRuiBARsV4UvxG2LdNgoIGLrtCzWE0J5APC2em4JlvR8EEEFMoA==";
const PILOT_STH: &str = r#"{"tree_size": 3721782, "timestamp": 1396609800587,
    "sha256_root_hash": "SxKOxksguvHPyUaKYKXoZHzXl91Q257+JQ0AUMlFfeo=",
    "tree_head_signature": "BAMARjBEAiBUYO2tODlUUw4oWGiVPUHqZadRRyXs9T2rSXchA79VsQIgLASkQv3cu4XdPFCZbgFkIUefniNPCpO3LzzHX53l+wg="}"#;

#[test]
fn a_head_of_googles_pilot_holds() {
    let key = key(PILOT);
    assert_eq!(key.id().to_string(), "pLkJkLQYWBSHuxOizGdwCjw1mAT5G9+443fNDsgN3BA=");
    let head = read_head(PILOT_STH.as_bytes(), key.id(), &CtLimits::default()).unwrap();
    assert_eq!(head.verify(&key), Ok(()));
    assert_eq!((head.head.size, head.head.timestamp_ms), (3_721_782, 1_396_609_800_587));
    let mut other = head.clone();
    other.head.size += 1;
    assert_eq!(other.verify(&key), Err(HeadFault::Signature));
    // The log's name is not signed: who asks says which log was asked.
    let mut elsewhere = head;
    elsewhere.log = LogId(Hash32([7; 32]));
    assert_eq!(elsewhere.verify(&key), Err(HeadFault::OtherLog));
}

/// signatures_test.go of certificate-transparency-go @ 56578481: the key of id b69d879e…, a made-up root.
#[test]
fn a_head_of_certificate_transparency_go_holds() {
    let key = key(
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAES0AfBkjr7b8b19p5Gk8plSAN16wWXZyhYsH6FMCEUK60t7pem/ckoPX8hupuaiJzJS0ZQ0SEoJGlFxkUFwft5g==",
    );
    assert_eq!(key.id().to_string(), "tp2Hnj8sRAJVbc2i9rLgL/a230eJxTAA4U9LElroR6o=");
    let hex = "04030048\
        3046022100befd8060563763a5e49ba53e6443c13f7624fd6403178113736e16012aca983e\
        022100f572568dbfe9a86490eb915c4ee16ad5ecd708fed35ed4e5cd1b2c3f087b4130";
    let signature =
        (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect();
    let root = Hash32::from_hex("18041bd4665083001fba8c5411d2d748e8abbfdcdfd9218cb02b68a78e7d4c23").unwrap();
    let head = TreeHead { size: 42, timestamp_ms: 1_348_589_667_204, root };
    assert_eq!(SignedHead { log: key.id(), head, signature }.verify(&key), Ok(()));
}

/// cmd/skylight/testdata/tree of FiloSottile/sunlight @ ed0bc387: key and checkpoint of a static log.
#[test]
fn a_checkpoint_of_sunlight_holds() {
    let key = key(
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEPIcer7RB32jt4bTEbhgUKLKvOctFD+I2hoDItFxUBlJiGFvftBuRk3fO7e1T7gC2ekyfL7XoO2oN/ObcZyc4EA==",
    );
    assert_eq!(key.id().to_string(), "CKIDXIl+znJaHUyhzhNVaSxIUov59RCXLh3fJXJExnk=");
    let text = "rome2026h1.example.org\n300\nlCkHUpkmVBEms2r2T1K6Og69+wUuuN3MIEW1/ezu2v0=\n\n\
        \u{2014} rome2026h1.example.org kVB1JgAAAZtxtEwABAMARzBFAiEAi+mTa2xjL1IdWpH82OeciGsGvwRAP+f1WkfKaSZCfFECIHoNPZ/Q3y6UNzvKOO9cuLr6V16vPNfhwhle9f6r5H/Z\n";
    let head =
        read_checkpoint(text.as_bytes(), &key, "rome2026h1.example.org", &CtLimits::default()).unwrap();
    assert_eq!((head.head.size, head.head.timestamp_ms), (300, 1_767_139_200_000));
    assert_eq!(head.verify(&key), Ok(()));
}

/// Made here with Python's cryptography 48.0.0: an RSA key of 2,048 bits, the empty tree, PKCS #1 v1.5 with SHA-256.
#[test]
fn a_head_signed_with_rsa_holds() {
    let key = key(
        "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAoaqMsBFQzsikaTldooVmhWkzH3kTSf29KmlydN9fJdzuh+MwrvxSn0l1QoMweiGd5oUMMXCwJ9ObPEjq6Bm3yVCH8s+5Xl3UklLDkNF4YMGrhW3q8o+6yyEFi5xEnsCMqIGjgp2NU1WhCQgiCeVo8c92699bUFYew9gL57GGv1ws7Fw3wHv6j/CLFPhGrRDDGHelvaq0sWSzzlNWl2WMAWPRBvlDAASOlHeRQqELHwCNu8zO+lBhVSbgZyTdECrwWk6Y7XS32YSxkKxr5dn9gLmH1eEl3Dq9RXMKO1Tyly+gEH7Tn9dFc2ijCUS9MRAl+Wb9RepaqmrdNuV1YkEBlwIDAQAB",
    );
    let signature = unb64("BAEBAGQ8hxOEh1QtA0ks0Ci7ROde1dF/BESJSWaHA/cJa6gCBmHU+RUTYsCFBRcHC/lfvxWWwB0h8wXF6ussuHQ0BC8YTF1W7U4XDC2jqNb8ivvhPcukxj43bo+nCi9Iot2HqZ9+3B+0ysfyikptqyH5y2H8OuNlu/VFhQEIPLHnahnAEqNHDwFuw6cPlW3rSIQ3co4jNGZdcFTn9gjURaFyPMs7b4KcqiMQsiGlqvM+wGOA9j3EOF7ZyALQpfEtQvbDBd553m2rW83f+5zM8c0ChKYBlgVlZYxad2rtpyExxIWGhrCYtv9tmPvGwuTgTluXUFi6hbjJHxGUjGNywzRn5bE=").unwrap();
    let head = TreeHead { size: 0, timestamp_ms: 1_764_000_000_000, root: scr_merkle::empty_root() };
    let mut signed = SignedHead { log: key.id(), head, signature };
    assert_eq!(signed.verify(&key), Ok(()));
    signed.signature[20] ^= 1;
    assert_eq!(signed.verify(&key), Err(HeadFault::Signature));
}

#[test]
fn keys_of_other_kinds_are_refused() {
    let ed25519 = "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=";
    assert_eq!(LogKey::from_der(&unb64(ed25519).unwrap()), Err(KeyFault::Algorithm));
    let mut longer = unb64(PILOT).unwrap();
    longer.push(0);
    assert_eq!(LogKey::from_der(&longer), Err(KeyFault::Der));
    assert_eq!(LogKey::from_der(&[]), Err(KeyFault::Der));
    // P-256 by name, but no point of it: no head of such a key holds.
    let mut no_point = unb64(PILOT).unwrap();
    no_point[30] ^= 1;
    let key = LogKey::from_der(&no_point).unwrap();
    let head = read_head(PILOT_STH.as_bytes(), key.id(), &CtLimits::default()).unwrap();
    assert_eq!(head.verify(&key), Err(HeadFault::Signature));
}
