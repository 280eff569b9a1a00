//! Passkeys with a software authenticator written by others (webauthn-authenticator-rs).
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use scr_access::testing::TestAccess;
use scr_access::{AccessError, Settings, SignedIn};
use scr_core::{OrgId, Role};
use serde_json::Value;
use std::sync::Arc;
use webauthn_authenticator_rs::WebauthnAuthenticator;
use webauthn_authenticator_rs::prelude::Url;
use webauthn_authenticator_rs::softpasskey::SoftPasskey;

const NOW: i64 = 1_795_514_400;

fn origin() -> Url {
    Url::parse("http://localhost:8080").unwrap()
}

fn code<T: std::fmt::Debug>(result: Result<T, AccessError>) -> String {
    match result.unwrap_err() {
        AccessError::Refused(refusal) => refusal.code,
        AccessError::Fault(fault) => panic!("{fault}"),
    }
}

struct Owner {
    /// Kept as long as the tables are used.
    _folder: tempfile::TempDir,
    test: TestAccess,
    device: SoftPasskey,
    signed_in: SignedIn,
    /// base64url of the user handle that a real authenticator stores.
    handle: Value,
    /// The credential's descriptor.
    credential: Value,
}

impl Owner {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let test = TestAccess::new(folder.path(), NOW).unwrap();
        let signed_in = test.signed_in(Role::Supervisor, &OrgId::new("emb").unwrap()).unwrap();
        let mut device = SoftPasskey::new(true);
        let start = test.access.start_passkey(&signed_in.login).unwrap();
        let handle = start.options["publicKey"]["user"]["id"].clone();
        let options = serde_json::from_value(start.options).unwrap();
        let answer = device.do_registration(origin(), options).unwrap();
        let answer = serde_json::to_string(&answer).unwrap();
        test.access
            .finish_passkey(&signed_in.login, start.challenge.reveal(), "my telephone", &answer)
            .unwrap();
        assert_eq!(
            code(test.access.finish_passkey(&signed_in.login, start.challenge.reveal(), "again", &answer)),
            "SCR-ACC-015",
            "a challenge is good once"
        );
        let id = test.access.passkeys(&signed_in.login.actor.person).unwrap()[0].credential.clone();
        let credential = serde_json::json!({"type": "public-key", "id": id});
        Self { _folder: folder, test, device, signed_in, handle, credential }
    }

    fn answer(&mut self, mut options: Value, discoverable: bool) -> Value {
        if discoverable {
            // This authenticator stores nothing, so it is told what a real one would find by itself.
            options["publicKey"]["allowCredentials"] = Value::Array(vec![self.credential.clone()]);
        }
        let options = serde_json::from_value(options).unwrap();
        let answer = self.device.do_authentication(origin(), options).unwrap();
        let mut answer = serde_json::to_value(answer).unwrap();
        if discoverable {
            answer["response"]["userHandle"] = self.handle.clone();
        }
        answer
    }
}

#[test]
fn a_passkey_confirms_a_signing_act() {
    let mut owner = Owner::new();
    owner.test.clock.advance(600);
    let login = owner.signed_in.login.clone();
    let start = owner.test.access.start_passkey_confirmation(&login).unwrap();
    let answer = owner.answer(start.options, false).to_string();
    let access = Arc::clone(&owner.test.access);
    access.finish_passkey_confirmation(&login, start.challenge.reveal(), &answer).unwrap();
    let now = access.login(owner.signed_in.token.reveal()).unwrap().unwrap();
    assert!(access.require_fresh(&now).is_ok());
    let listed = access.passkeys(&login.actor.person).unwrap();
    assert_eq!((listed[0].label.as_str(), listed[0].used_at), ("my telephone", Some(NOW + 600)));
    assert_eq!(
        code(access.finish_passkey_confirmation(&login, start.challenge.reveal(), &answer)),
        "SCR-ACC-015"
    );
}

#[test]
fn a_passkey_signs_in_without_an_address() {
    let mut owner = Owner::new();
    let access = Arc::clone(&owner.test.access);
    let start = access.start_passkey_sign_in("192.0.2.1").unwrap();
    let answer = owner.answer(start.options, true).to_string();
    let signed_in = access.finish_passkey_sign_in(start.challenge.reveal(), &answer).unwrap();
    assert_eq!(signed_in.login.actor, owner.signed_in.login.actor);
}

#[test]
fn altered_late_and_foreign_answers_are_refused() {
    let mut owner = Owner::new();
    let access = Arc::clone(&owner.test.access);
    let start = access.start_passkey_sign_in("192.0.2.1").unwrap();
    let mut answer = owner.answer(start.options, true);
    answer["response"]["userHandle"] = Value::from("AAAAAAAAAAAAAAAAAAAAAA");
    let refused = access.finish_passkey_sign_in(start.challenge.reveal(), &answer.to_string());
    assert_eq!(code(refused), "SCR-ACC-015", "another person's handle");

    let start = access.start_passkey_sign_in("192.0.2.1").unwrap();
    let other = access.start_passkey_sign_in("192.0.2.1").unwrap();
    let answer = owner.answer(start.options, true).to_string();
    let refused = access.finish_passkey_sign_in(other.challenge.reveal(), &answer);
    assert_eq!(code(refused), "SCR-ACC-015", "another challenge");
    owner.test.clock.advance(301);
    let refused = access.finish_passkey_sign_in(start.challenge.reveal(), &answer);
    assert_eq!(code(refused), "SCR-ACC-015", "too late");

    let start = access.start_passkey_sign_in("192.0.2.1").unwrap();
    for garbage in ["", "{}", "[", &"x".repeat(40_000)] {
        let refused = access.finish_passkey_sign_in(start.challenge.reveal(), garbage);
        assert_eq!(code(refused), "SCR-ACC-015");
    }
}

#[test]
fn a_removed_passkey_no_longer_serves() {
    let mut owner = Owner::new();
    let access = Arc::clone(&owner.test.access);
    let person = owner.signed_in.login.actor.person.clone();
    let start = access.start_passkey_sign_in("192.0.2.1").unwrap();
    let answer = owner.answer(start.options, true).to_string();
    let credential = access.passkeys(&person).unwrap()[0].credential.clone();
    access.remove_passkey(&person, &credential).unwrap();
    assert_eq!(code(access.finish_passkey_sign_in(start.challenge.reveal(), &answer)), "SCR-ACC-015");
    assert_eq!(code(access.start_passkey_confirmation(&owner.signed_in.login)), "SCR-ACC-015");
}

#[test]
fn a_site_without_a_host_name_has_no_passkeys() {
    let folder = tempfile::tempdir().unwrap();
    let test = TestAccess::with(folder.path(), NOW, Settings::for_origin("http://127.0.0.1:8080")).unwrap();
    assert!(!test.access.has_passkeys());
    assert_eq!(code(test.access.start_passkey_sign_in("192.0.2.1")), "SCR-ACC-016");
}
