//! Signatures: what holds, what does not, and every way to make a signature cover less than what is read.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod made;

use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use scr_cap::c14n::{self, Options};
use scr_cap::xml::Document;
use scr_cap::{
    Broken, Checked, KeyError, Limits, Pin, Refusal, SignError, Signer, State, read, verify, write,
};
use sha2::{Digest as _, Sha256};

const DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";
const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
const KEY: [u8; 32] = [7; 32];

fn pins(key: [u8; 32]) -> Vec<Pin> {
    Pin::from_pem("kit", &Signer::from_bytes(&key).unwrap().public_key().unwrap().to_pem()).unwrap()
}

fn checked(text: &str) -> Vec<Checked> {
    let reading = read(text.as_bytes(), &Limits::default()).unwrap();
    verify(&reading, &pins(KEY), None, &Limits::default())
}

fn state(text: &str) -> State {
    let found = checked(text);
    assert_eq!(found.len(), 1, "{text}");
    found.into_iter().next().unwrap().state
}

/// An alert that says the same each time, with this inside before its end.
fn with(inside: &str) -> String {
    write(&made::alert(11)).unwrap().replace("</alert>", &format!("{inside}</alert>"))
}

/// A genuine signature over a SignedInfo that somebody made up: the key is the pinned one, the digest of the alert right.
fn forged(info: &str, attributes: &str, rest: &str) -> String {
    let base64 = |bytes: &[u8]| base64::Engine::encode(&base64::engine::general_purpose::STANDARD, bytes);
    let canonical = c14n::document(
        &Document::parse(with("").as_bytes(), &Limits::default()).unwrap(),
        &Options::EXCLUSIVE,
    );
    let info = info.replace("DIGEST", &base64(&Sha256::digest(canonical.as_bytes())));
    let whole = |value: &str| {
        with(&format!(
            "<Signature xmlns=\"{DSIG}\"{attributes}>{info}<SignatureValue>{value}</SignatureValue>{rest}</Signature>"
        ))
    };
    let document = Document::parse(whole("").as_bytes(), &Limits::default()).unwrap();
    let place = document.root().children().len() - 1;
    let signed = c14n::element(&document, &[place, 0], &Options::EXCLUSIVE).unwrap();
    let signature: Signature = SigningKey::from_slice(&KEY).unwrap().sign(signed.as_bytes());
    whole(&base64(&signature.to_bytes()))
}

const INFO: &str = "<SignedInfo><CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>\
    <SignatureMethod Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256\"/><Reference URI=\"\"><Transforms>\
    <Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>\
    <Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/></Transforms>\
    <DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/><DigestValue>DIGEST</DigestValue></Reference>\
    </SignedInfo>";

#[test]
fn what_was_signed_holds_until_anything_is_changed() {
    let signer = Signer::from_bytes(&KEY).unwrap();
    for seed in 0..200 {
        let alert = made::alert(seed);
        let text = signer.sign(&alert).unwrap();
        assert_eq!(state(&text), State::Valid { pin: 0 }, "{seed}");
        assert_eq!(text, signer.sign(&alert).unwrap(), "the same alert has the same signature");
        let reading = read(text.as_bytes(), &Limits::default()).unwrap();
        assert!(reading.is_valid() && reading.findings.is_empty());
        assert_eq!(reading.alert.as_ref(), Some(&alert));
        let other = verify(&reading, &pins([8; 32]), None, &Limits::default());
        assert_eq!(other[0].state, State::NoKey);
        // A letter more in the identifier, an attribute, an instruction before the root.
        for (from, to) in [
            ("<identifier>", "<identifier>x"),
            ("<status>", "<status a=\"\">"),
            ("<alert ", "<?a b?><alert "),
        ] {
            assert_eq!(state(&text.replacen(from, to, 1)), State::Broken(Broken::Digest), "{seed} {from}");
        }
        // What the canonical form does not see may change.
        let same = text
            .replacen("<alert ", "<!-- x --><alert  a:b='' xmlns:a='urn:a' ", 1)
            .replacen(" a:b=''", "", 1);
        assert_eq!(state(&same), State::Valid { pin: 0 }, "{seed}");
    }
}

/// Comments and the border of a CDATA section are not signed: whoever puts them into a text must not cut off what is read of it.
#[test]
fn what_is_not_signed_within_a_text_changes_nothing_that_is_read() {
    let alert = made::alert(11);
    let text = Signer::from_bytes(&KEY).unwrap().sign(&alert).unwrap();
    let place = text.find("<identifier>").unwrap() + "<identifier>".len() + 2;
    let (front, back) = text.split_at(place);
    let (rest, behind) = back.split_once("</identifier>").unwrap();
    for changed in [
        format!("{front}<!-- x -->{back}"),
        format!("{front}<!----><!-- > -->{back}"),
        format!("{front}<![CDATA[{rest}]]></identifier>{behind}"),
    ] {
        let reading = read(changed.as_bytes(), &Limits::default()).unwrap();
        assert_eq!(state(&changed), State::Valid { pin: 0 }, "{changed}");
        assert_eq!(reading.alert.as_ref(), Some(&alert), "{changed}");
    }
    // An instruction is signed, and is no part of the text.
    assert_eq!(state(&format!("{front}<?x y?>{back}")), State::Broken(Broken::Digest));
}

#[test]
fn the_forgery_of_these_tests_is_taken_where_nothing_is_forged() {
    assert_eq!(state(&forged(INFO, "", "")), State::Valid { pin: 0 });
    assert_eq!(
        state(&forged(INFO, " Id=\"a\"", "<KeyInfo><KeyName>k</KeyName></KeyInfo>")),
        State::Valid { pin: 0 }
    );
    let commented = INFO.replace("xml-exc-c14n#\"/></Tr", "xml-exc-c14n#WithComments\"/></Tr");
    assert_eq!(state(&forged(&commented, "", "")), State::Valid { pin: 0 });
}

#[test]
fn a_signature_over_something_else_is_refused() {
    let covers = |text: &str| matches!(state(text), State::Refused(Refusal::Covers(_)));
    let reference = &INFO[INFO.find("<Reference").unwrap()..INFO.find("</SignedInfo>").unwrap()];
    assert!(covers(&forged(&INFO.replace("URI=\"\"", "URI=\"#a\""), "", "")));
    assert!(covers(&forged(&INFO.replace("URI=\"\"", "URI=\"http://example.org/a.cap\""), "", "")));
    assert!(covers(&forged(&INFO.replace(" URI=\"\"", ""), "", "")));
    assert!(covers(&forged(&INFO.replace(reference, &format!("{reference}{reference}")), "", "")));
    assert!(covers(&forged(INFO, "", "<Object>anything</Object>")));
    let none =
        INFO.replace(&INFO[INFO.find("<Transforms>").unwrap()..INFO.find("<DigestMethod").unwrap()], "");
    assert!(covers(&forged(&none, "", "")));
}

#[test]
fn other_transforms_are_refused() {
    let transform = |text: &str| matches!(state(text), State::Refused(Refusal::Transform(_)));
    for name in [
        "http://www.w3.org/TR/1999/REC-xpath-19991116",
        "http://www.w3.org/2002/06/xmldsig-filter2",
        "http://www.w3.org/TR/1999/REC-xslt-19991116",
        "http://www.w3.org/2000/09/xmldsig#base64",
        "http://www.w3.org/2001/10/xml-exc-c14n",
    ] {
        let other = INFO.replace(
            "xml-exc-c14n#\"/></Tr",
            &format!("xml-exc-c14n#\"/><Transform Algorithm=\"{name}\"/></Tr"),
        );
        assert!(transform(&forged(&other, "", "")), "{name}");
        let other = INFO.replacen("http://www.w3.org/2000/09/xmldsig#enveloped-signature", name, 1);
        assert!(transform(&forged(&other, "", "")), "{name}");
        let other = INFO.replace(&format!("{EXCLUSIVE}\"/></Tr"), &format!("{name}\"/></Tr"));
        assert!(transform(&forged(&other, "", "")), "{name}");
    }
    let twice = INFO.replace("xml-exc-c14n#\"/></Tr", "xml-exc-c14n#\"/><Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/></Tr");
    assert!(transform(&forged(&twice, "", "")));
}

#[test]
fn weak_and_unknown_algorithms_never_count() {
    let ecdsa = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";
    for weak in [
        "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
        "http://www.w3.org/2000/09/xmldsig#dsa-sha1",
        "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1",
        "http://www.w3.org/2001/04/xmldsig-more#rsa-md5",
        "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
    ] {
        assert_eq!(state(&forged(&INFO.replace(ecdsa, weak), "", "")), State::Weak(weak.to_owned()));
    }
    let sha256 = "http://www.w3.org/2001/04/xmlenc#sha256";
    let sha1 = "http://www.w3.org/2000/09/xmldsig#sha1";
    assert_eq!(state(&forged(&INFO.replace(sha256, sha1), "", "")), State::Weak(sha1.to_owned()));
    for unknown in ["http://www.w3.org/2001/04/xmldsig-more#hmac-sha256", "urn:none", ""] {
        let refused = State::Refused(Refusal::Algorithm(unknown.to_owned()));
        assert_eq!(state(&forged(&INFO.replace(ecdsa, unknown), "", "")), refused);
        assert_eq!(state(&forged(&INFO.replace(sha256, unknown), "", "")), refused);
        let canonical = INFO.replacen(EXCLUSIVE, unknown, 1);
        assert_eq!(state(&forged(&canonical, "", "")), refused);
    }
}

#[test]
fn malformed_signatures_are_refused() {
    let cases = [
        INFO.replace("DIGEST", "DIGEST<!-- -->"),
        INFO.replace("DIGEST", "no base64!"),
        INFO.replace("<DigestValue>DIGEST</DigestValue>", ""),
        INFO.replace("<SignatureMethod", "<Other/><SignatureMethod"),
        INFO.replace("<SignatureMethod", "text<SignatureMethod"),
        INFO.replace("<SignatureMethod", "<?a b?><SignatureMethod"),
        INFO.replace("<SignatureMethod", "<SignatureMethod a=\"\""),
        INFO.replace("<Transforms>", "<Transforms><Other/>"),
        INFO.replace("<SignedInfo>", "<SignedInfo xmlns=\"urn:other\">"),
        INFO.replace(
            "ecdsa-sha256\"/>",
            "ecdsa-sha256\"><HMACOutputLength>1</HMACOutputLength></SignatureMethod>",
        ),
        INFO.replace("sha256\"/><DigestValue>", "sha256\"><Other/></DigestMethod><DigestValue>"),
        INFO.replacen(" Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"", "", 1),
        String::new(),
    ];
    for info in cases {
        // Genuine but for that.
        let text = forged(&info, "", "");
        assert!(matches!(state(&text), State::Refused(Refusal::Malformed(_))), "{info}: {:?}", state(&text));
    }
    for (from, to) in [
        ("<SignatureValue>", "<SignatureValue><!---->"),
        ("</SignatureValue>", "</SignatureValue><SignatureValue/>"),
        ("</Signature>", "<KeyInfo a=\"\"/></Signature>"),
    ] {
        let text = forged(INFO, "", "").replace(from, to);
        assert!(matches!(state(&text), State::Refused(Refusal::Malformed(_))), "{to}: {:?}", state(&text));
    }
    let zeros = format!("<SignatureValue>{}==</SignatureValue>", "A".repeat(86));
    let text = forged(INFO, "", "");
    let value = &text[text.find("<SignatureValue>").unwrap()..text.find("</Signature>").unwrap()];
    // Without a key of its own a signature that fits no pin cannot be told from another's.
    assert_eq!(state(&text.replace(value, &zeros)), State::NoKey);
}

#[test]
fn copies_moved_elsewhere_are_refused() {
    let text = forged(INFO, "", "");
    let signature = &text[text.find("<Signature ").unwrap()..text.find("</alert>").unwrap()];
    // The whole signed alert within another one.
    let inner = text.split_once("?>").unwrap().1;
    let wrapped = with(&format!("<Signature xmlns=\"{DSIG}\"><Object>{inner}</Object></Signature>"));
    assert!(read(wrapped.as_bytes(), &Limits::default()).unwrap_err().to_string().contains("second alert"));
    let moved = with(&format!("<info>{signature}</info>"));
    assert_eq!(state(&moved), State::Refused(Refusal::Misplaced));
    let nested = text.replace("</Signature>", &format!("<Object>{signature}</Object></Signature>"));
    let states: Vec<State> = checked(&nested).into_iter().map(|one| one.state).collect();
    assert!(
        matches!(states[..], [State::Refused(Refusal::Covers(_)), State::Refused(Refusal::Misplaced)]),
        "{states:?}"
    );
    // Under another alert the digest is another.
    let other = write(&made::alert(12)).unwrap().replace("</alert>", &format!("{signature}</alert>"));
    assert_eq!(state(&other), State::Broken(Broken::Digest));
}

#[test]
fn the_same_id_twice_is_refused() {
    for (first, second) in [("Id=\"a\"", "Id=\"a\""), ("id=\"a\"", "ID=\"a\""), ("Id=\"a\"", "xml:id=\"a\"")]
    {
        let text =
            forged(INFO, &format!(" {first}"), "").replace("<identifier>", &format!("<identifier {second}>"));
        assert_eq!(state(&text), State::Refused(Refusal::DuplicateId("a".to_owned())), "{first} {second}");
    }
}

#[test]
fn several_signatures_are_each_reported() {
    let one = Signer::from_bytes(&KEY).unwrap();
    let other = Signer::from_bytes(&[8; 32]).unwrap();
    let text = one.sign_text(&other.sign(&made::alert(3)).unwrap()).unwrap();
    let both = [pins(KEY), pins([8; 32])].concat();
    let reading = read(text.as_bytes(), &Limits::default()).unwrap();
    let states = |limits: &Limits| -> Vec<State> {
        verify(&reading, &both, None, limits).into_iter().map(|one| one.state).collect()
    };
    // The second one covers the first; the first was made before there was a second.
    assert_eq!(states(&Limits::default()), [State::Broken(Broken::Digest), State::Valid { pin: 0 }]);
    let few = Limits { signatures: 1, ..Limits::default() };
    assert_eq!(states(&few), [State::Broken(Broken::Digest), State::Refused(Refusal::TooMany)]);
}

#[test]
fn keys_are_read_or_refused_in_words() {
    let fault = |text: &str| Pin::from_pem("", text).unwrap_err();
    assert_eq!(fault(""), KeyError::NotPem);
    assert_eq!(fault("-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----"), KeyError::NotPem);
    assert_eq!(fault("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"), KeyError::Der);
    assert_eq!(fault("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"), KeyError::Der);
    assert_eq!(
        fault("-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----"),
        KeyError::Private
    );
    for (name, error) in
        [("rsa1024.pem", KeyError::Weak), ("p384.pem", KeyError::Kind), ("ed25519.pem", KeyError::Kind)]
    {
        assert_eq!(fault(&signed(name)), error, "{name}");
    }
    assert_eq!(Signer::from_pem(&signed("rsa2048.pem"), None).unwrap_err(), SignError::Key);
    assert_eq!(Signer::from_bytes(&[0; 32]).unwrap_err(), SignError::Key);
}

fn signed(name: &str) -> String {
    std::fs::read_to_string(format!("{}/tests/signed/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// Made with signxml 5.2.0, cryptography 50.0.2 (PyPI) and Debian's xmlsec1 1.2.37 by `tools/interop/alerts/make_signed.py`; the keys are gone.
#[test]
fn signatures_of_others_are_verified() {
    let limits = Limits::default();
    let keys: Vec<Pin> = ["rsa2048.pem", "p256.pem"]
        .iter()
        .flat_map(|name| Pin::from_pem(name, &signed(name)).unwrap())
        .collect();
    for (name, pin) in [
        ("rsa_sha256_exclusive.cap", 0),
        ("rsa_sha512_c14n11.cap", 0),
        ("rsa_sha384_c14n10.cap", 0),
        ("ecdsa_exclusive_prefixes.cap", 1),
        ("ecdsa_c14n11.cap", 1),
    ] {
        let text = signed(name);
        let reading = read(text.as_bytes(), &limits).unwrap();
        let states = |pins: &[Pin]| verify(&reading, pins, None, &limits).remove(0).state;
        assert_eq!(states(&keys), State::Valid { pin }, "{name}");
        let State::UnknownSigner { key, .. } = states(&[]) else { panic!("{name} carries its key") };
        assert_eq!(&key, keys[pin].key(), "{name}");
        let changed = text.replacen("Severe", "Extreme", 1);
        let reading = read(changed.as_bytes(), &limits).unwrap();
        assert_eq!(verify(&reading, &keys, None, &limits)[0].state, State::Broken(Broken::Digest), "{name}");
    }
    for (name, weak) in [("rsa_sha1.cap", "rsa-sha1"), ("rsa1024.cap", "1024")] {
        let reading = read(signed(name).as_bytes(), &limits).unwrap();
        let State::Weak(why) = verify(&reading, &keys, None, &limits).remove(0).state else {
            panic!("{name}")
        };
        assert!(why.contains(weak) || weak == "1024", "{why}");
    }
}

/// RFC 6979, A.2.5: key, and the signatures of "sample" and "test" with SHA-256. The key is what our signer takes.
#[test]
fn signatures_are_those_of_rfc_6979() {
    let hex = |text: &str| -> Vec<u8> {
        (0..text.len() / 2).map(|at| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).unwrap()).collect()
    };
    let key = hex("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721");
    let signing = SigningKey::from_slice(&key).unwrap();
    for (message, r, s) in [
        (
            "sample",
            "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716",
            "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8",
        ),
        (
            "test",
            "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367",
            "019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083",
        ),
    ] {
        let signature: Signature = signing.sign(message.as_bytes());
        assert_eq!(signature.to_bytes().to_vec(), hex(&format!("{r}{s}")), "{message}");
    }
}
