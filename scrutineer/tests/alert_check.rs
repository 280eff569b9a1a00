//! `scrutineer alert check`: what it says, and how it ends.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_scrutineer")).args(args).output().unwrap()
}

fn file(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

/// Files that scr-cap's tests have: signed by signxml 5.2.0.
fn signed(name: &str) -> String {
    let path: PathBuf =
        [env!("CARGO_MANIFEST_DIR"), "../crates/domain/cap/tests/signed", name].iter().collect();
    path.to_str().unwrap().to_owned()
}

fn said(args: &[&str]) -> (Option<i32>, String) {
    let out = run(args);
    (out.status.code(), String::from_utf8(out.stdout).unwrap() + &String::from_utf8(out.stderr).unwrap())
}

#[test]
fn signatures_are_told_apart_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let alert = signed("ecdsa_c14n11.cap");
    let (status, text) = said(&["alert", "check", &alert, "--pin", &signed("p256.pem")]);
    assert_eq!(status, Some(0), "{text}");
    assert!(text.contains("valid: made with the key that you trust") && text.contains("0 errors"), "{text}");
    // Among others, and under another alone.
    let (status, _) =
        said(&["alert", "check", &alert, "--pin", &signed("rsa2048.pem"), "--pin", &signed("p256.pem")]);
    assert_eq!(status, Some(0));
    let (status, text) = said(&["alert", "check", &alert, "--pin", &signed("rsa2048.pem")]);
    assert_eq!(status, Some(1), "{text}");
    assert!(text.contains("the signer is unknown") && text.contains("do not act on this alert"), "{text}");
    let (status, text) = said(&["alert", "check", &alert]);
    assert!(
        status == Some(0) && text.contains("the signer is unknown. It calls itself CN=made for tests"),
        "{text}"
    );

    let changed = std::fs::read_to_string(&alert).unwrap().replace("Severe", "Minor");
    let changed = file(folder.path(), "changed.cap", &changed);
    for pin in [&["--pin", &signed("p256.pem")][..], &[]] {
        let (status, text) = said(&[&["alert", "check", &changed], pin].concat());
        assert_eq!(status, Some(1), "{text}");
        assert!(text.contains("BROKEN: the alert was changed after it was signed"), "{text}");
    }
    let (status, text) = said(&["alert", "check", &signed("rsa_sha1.cap"), "--pin", &signed("rsa2048.pem")]);
    assert!(status == Some(1) && text.contains("rsa-sha1 can be forged"), "{text}");

    let out = run(&["--json", "alert", "check", &changed]);
    let json: Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(json["signatures"][0]["state"], "broken");
    assert_eq!(json["signatures"][0]["reason"], "digest");
    assert_eq!(json["trusted"], false);
    assert_eq!(json["alert"]["status"], "Actual");
}

#[test]
fn findings_are_printed_with_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(signed("ecdsa_c14n11.cap")).unwrap();
    let bare = format!("{}</cap:alert>", &text[..text.find("<ds:Signature").unwrap()]);
    let sound = file(folder.path(), "sound.cap", &bare);
    let (status, text) = said(&["alert", "check", &sound]);
    assert!(
        status == Some(0) && text.contains("there is no signature: anybody can have written this"),
        "{text}"
    );
    let (status, text) = said(&["alert", "check", &sound, "--districts", "districts"]);
    assert!(status == Some(1) && text.contains("error[expires-missing]: line 9, alert/info[1]: "), "{text}");
    let styled = file(
        folder.path(),
        "styled.cap",
        &bare.replace("<cap:alert", "<?xml-stylesheet href='a'?><cap:alert"),
    );
    assert_eq!(said(&["alert", "check", &styled]).0, Some(0));
    assert_eq!(said(&["alert", "check", &styled, "--strict"]).0, Some(1));
    let wrong =
        file(folder.path(), "wrong.cap", &bare.replace("Likely", "Perhaps\u{7}".trim_end_matches('\u{7}')));
    let (status, text) = said(&["alert", "check", &wrong]);
    assert!(
        status == Some(1) && text.contains("error[value-unknown]: line 14, alert/info[1]/certainty"),
        "{text}"
    );
}

#[test]
fn what_cannot_be_read_ends_with_two() {
    let folder = tempfile::tempdir().unwrap();
    let bomb = "<!DOCTYPE a [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><alert>&b;</alert>";
    let include = "<!DOCTYPE a [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><alert>&a;</alert>";
    for (name, text, words) in [
        ("bomb.cap", bomb, "a document type (<!DOCTYPE) is not taken"),
        ("include.cap", include, "a document type (<!DOCTYPE) is not taken"),
        ("feed.atom", "<feed xmlns=\"http://www.w3.org/2005/Atom\"/>", "this is no alert of CAP"),
        ("broken.cap", "<alert>", "not well-formed"),
        ("long.cap", &" ".repeat((1 << 20) + 1), "more than 1048576 bytes"),
    ] {
        let (status, said) = said(&["alert", "check", &file(folder.path(), name, text)]);
        assert!(status == Some(2) && said.contains("SCR-CLI-130") && said.contains(words), "{name}: {said}");
    }
    assert_eq!(said(&["alert", "check", "/nonexistent"]).0, Some(2));
    let alert = signed("ecdsa_c14n11.cap");
    let private = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----";
    for (text, words) in [("", "neither a public key nor a certificate"), (private, "this is a private key")]
    {
        let (status, said) =
            said(&["alert", "check", &alert, "--pin", &file(folder.path(), "pin.pem", text)]);
        assert!(status == Some(2) && said.contains("SCR-CLI-131") && said.contains(words), "{said}");
    }
}
