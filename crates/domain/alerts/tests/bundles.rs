//! Bundles and short forms: sizes, and that nothing that was changed is believed.

mod common;

use common::*;
use proptest::prelude::*;
use scr_alerts::{
    AlertText, Backing, Bundle, Kind, Label, Limits, MAX_BUNDLE_BYTES, Part, Refused, Scanned, Short, Status,
    authenticate, to_armour,
};
use scr_verify::Trust;

fn check(bytes: &[u8], trust: &Trust) -> Result<scr_alerts::Authentic, Refused> {
    authenticate(&Scanned::read(bytes)?, trust, &Limits::default())
}

#[test]
fn the_longest_alert_in_a_log_of_a_million_fits_one_qr_code() {
    let text = longest();
    let entry = entry(&text);
    let proof = proof(&entry, 654_321, 1_000_000, NOW + 10);
    let bytes = Bundle::from_proof(&proof, &entry, 16).unwrap().to_bytes().unwrap();
    let short = Short::from_promise(&promise(&entry, 654_321, NOW + 2), &entry).unwrap().to_bytes().unwrap();
    println!("entry {} bytes, bundle {} bytes, short form {} bytes", entry.len(), bytes.len(), short.len());
    assert!(bytes.len() <= MAX_BUNDLE_BYTES);
    // Version 18 at level L holds 718 bytes.
    assert!(short.len() <= 718, "{}", short.len());
    // Version 40 at level L holds 4,296 alphanumeric characters.
    assert!(to_armour(Label::Proven(Status::Actual), &bytes).len() <= 4_296);
    let found = check(&bytes, &trust(3)).unwrap();
    assert_eq!((found.alert, found.index), (text, 654_321));
    let Backing::Included { size, witnesses, of, seen } = found.backing else { panic!("without proof") };
    assert_eq!((size, witnesses.len(), of, seen), (1_000_000, 3, 3, Some(NOW + 11)));
    assert_eq!(check(&short, &trust(3)).unwrap().backing, Backing::Promised);
}

#[test]
fn both_forms_are_read_as_bytes_and_as_text_and_lead_back() {
    let text = text(Kind::Alert, 7, vec![]);
    let (bundle, short) = (bundle_at(&text, 17), short_at(&text, 17));
    let (long, brief) = (bundle.to_bytes().unwrap(), short.to_bytes().unwrap());
    assert_eq!(Bundle::parse(&long).unwrap(), bundle);
    assert_eq!(Short::parse(&brief).unwrap(), short);
    for (label, bytes) in [(Label::Proven(Status::Actual), &long), (Label::Unproven(Status::Actual), &brief)]
    {
        let coded = to_armour(label, bytes);
        assert_eq!(genuine(coded.as_bytes()), genuine(bytes));
        assert_eq!(genuine(coded.to_lowercase().replace('0', "O").as_bytes()), genuine(bytes));
    }
    for (label, bytes) in [(Label::Unproven(Status::Actual), &long), (Label::Proven(Status::Actual), &brief)]
    {
        assert!(matches!(Scanned::read(to_armour(label, bytes).as_bytes()), Err(Refused::Form(_))));
    }
    for status in [Status::Exercise, Status::Test] {
        let coded = to_armour(Label::Proven(status), &long);
        assert_eq!(check(coded.as_bytes(), &trust(2)), Err(Refused::Label));
    }
}

#[test]
fn every_flipped_bit_is_refused() {
    let text = text(Kind::Alert, 7, vec![]);
    for bytes in [bundle_at(&text, 17).to_bytes().unwrap(), short_at(&text, 17).to_bytes().unwrap()] {
        for bit in 0..bytes.len() * 8 {
            let mut bad = bytes.clone();
            bad[bit / 8] ^= 1 << (bit % 8);
            assert!(Scanned::read(&bad).is_err(), "bit {bit}");
        }
    }
}

#[test]
fn every_flipped_bit_with_a_mended_checksum_is_refused_by_who_needs_all_signatures() {
    let text = text(Kind::Alert, 7, vec![]);
    let (all, two) = (trust(3), trust(2));
    for bytes in [bundle_at(&text, 17).to_bytes().unwrap(), short_at(&text, 17).to_bytes().unwrap()] {
        let found = check(&bytes, &all).unwrap();
        for bit in 0..(bytes.len() - 4) * 8 {
            let mut bad = bytes.clone();
            bad[bit / 8] ^= 1 << (bit % 8);
            let bad = mended(&bad);
            assert!(check(&bad, &all).is_err(), "bit {bit}");
            // Whoever needs two witnesses of three may still believe it when the third one's key was changed into one that
            // nobody knows: it says the same then.
            if let Ok(other) = check(&bad, &two) {
                assert_eq!(
                    (other.alert, other.index, other.leaf),
                    (found.alert.clone(), found.index, found.leaf)
                );
            }
        }
    }
}

#[test]
fn what_is_cut_off_or_put_together_is_refused() {
    let text = text(Kind::Alert, 7, vec![]);
    let (one, other) = (bundle_at(&text, 17).to_bytes().unwrap(), short_at(&text, 17).to_bytes().unwrap());
    for bytes in [&one, &other] {
        for length in 0..bytes.len() {
            assert!(Scanned::read(&bytes[..length]).is_err());
            if length > 8 {
                assert!(Scanned::read(&mended(&bytes[..length])).is_err());
            }
        }
        for more in [&b"\0"[..], b"\n", &one, &other] {
            assert!(Scanned::read(&[bytes, more].concat()).is_err());
            assert!(Scanned::read(&mended(&[bytes, more, b"...."].concat())).is_err());
        }
    }
}

#[test]
fn each_check_says_that_it_was_the_one() {
    let good = bundle_at(&text(Kind::Alert, 7, vec![]), 17);
    let said =
        |bundle: &Bundle, trust: &Trust| check(&bundle.to_bytes().unwrap(), trust).unwrap_err().check();
    let changed = |change: &dyn Fn(&mut Bundle)| {
        let mut bundle = good.clone();
        change(&mut bundle);
        bundle
    };
    let code = |bundle: &Bundle, trust: &Trust| check(&bundle.to_bytes().unwrap(), trust).unwrap_err().code();
    assert_eq!(code(&good, &Trust::Nobody), "SCR-ALR-012");
    assert_eq!(code(&changed(&|b| b.log_key = [0; 4]), &trust(2)), "SCR-ALR-013");
    assert_eq!(code(&changed(&|b| b.index = 18), &trust(2)), "SCR-ALR-014");
    assert_eq!(said(&good, &Trust::Nobody), "no-trust");
    assert_eq!(said(&changed(&|b| b.log_key = [0; 4]), &trust(2)), "other-log");
    assert_eq!(said(&changed(&|b| b.log_signature[9] ^= 1), &trust(2)), "signature");
    assert_eq!(said(&changed(&|b| b.cosignatures[1].signature[9] ^= 1), &trust(2)), "signature");
    assert_eq!(said(&changed(&|b| b.cosignatures[1].time += 1), &trust(2)), "signature");
    assert_eq!(
        said(
            &changed(&|b| {
                b.cosignatures.remove(0);
            }),
            &trust(3)
        ),
        "witnesses"
    );
    assert_eq!(said(&changed(&|b| b.cosignatures.clear()), &trust(2)), "witnesses");
    assert_eq!(said(&changed(&|b| b.index = 18), &trust(2)), "inclusion");
    assert_eq!(said(&changed(&|b| b.path[0].0[0] ^= 1), &trust(2)), "inclusion");
    assert_eq!(
        said(
            &changed(&|b| {
                b.path.pop();
            }),
            &trust(2)
        ),
        "inclusion"
    );
    assert_eq!(said(&changed(&|b| b.root.0[0] ^= 1), &trust(2)), "signature");
    let other = entry(&text(Kind::Alert, 8, vec![]));
    assert_eq!(said(&changed(&|b| b.entry.clone_from(&other)), &trust(2)), "inclusion");
    let mut short = short_at(&text(Kind::Alert, 7, vec![]), 17);
    short.index = 18;
    let refused = check(&short.to_bytes().unwrap(), &trust(2)).unwrap_err();
    assert_eq!((refused.check(), refused.code()), ("promise", "SCR-ALR-015"));
    for (refused, code) in [
        (Refused::BackDated { seconds: 1 }, "SCR-ALR-017"),
        (Refused::Older { named: 1 }, "SCR-ALR-018"),
        (Refused::Label, "SCR-ALR-019"),
        (Refused::FromTheFuture, "SCR-ALR-020"),
    ] {
        assert_eq!((refused.code(), refused.exit_code()), (code, 1));
        assert!(refused.to_string().starts_with(code));
    }
}

#[test]
fn an_entry_in_the_log_is_an_alert_only_by_its_kind_text_and_time() {
    let issued = |kind: &scr_entry::KindSpec, text: &[u8], at: u64| {
        let entry = entry_of(kind, text, at);
        let proof = proof(&entry, 3, 9, at.max(NOW) + 10);
        check(&Bundle::from_proof(&proof, &entry, 16).unwrap().to_bytes().unwrap(), &trust(2))
    };
    let text = text(Kind::Alert, 7, vec![]).to_bytes().unwrap();
    assert!(issued(&KIND, &text, NOW + 5).is_ok());
    let drafted = scr_entry::KindSpec { name: "alerts.alert.drafted/1", ..KIND };
    assert_eq!(issued(&drafted, &text, NOW + 5).unwrap_err().code(), "SCR-ALR-016");
    assert_eq!(issued(&KIND, &text[..text.len() - 1], NOW + 5).unwrap_err().code(), "SCR-ALR-011");
    // Recorded two days after it says it was sent, and ten minutes before.
    assert_eq!(issued(&KIND, &text, NOW + 2 * 86_400), Err(Refused::BackDated { seconds: 172_800 }));
    assert_eq!(issued(&KIND, &text, NOW - 600), Err(Refused::BackDated { seconds: -600 }));
    // Recorded an hour after the witnesses saw it.
    let entry = entry_of(&KIND, &text, NOW + 3_600);
    let early = Bundle::from_proof(&proof(&entry, 3, 9, NOW), &entry, 16).unwrap().to_bytes().unwrap();
    assert_eq!(check(&early, &trust(2)), Err(Refused::FromTheFuture));
}

#[test]
fn an_alert_about_another_election_is_nothing_under_this_card() {
    let found = proven(&text(Kind::Alert, 7, vec![]), 17);
    assert_eq!(found.elections, ["ex-2026"]);
    assert_eq!(found.must_be_about("ex-2026"), Ok(()));
    for other in ["party-2026", "ex-202", "", "EX-2026"] {
        let refused = found.must_be_about(other).unwrap_err();
        assert_eq!(
            (refused.code(), refused.check(), refused.exit_code()),
            ("SCR-ALR-021", "other-election", 1)
        );
    }
}

#[test]
fn damage_is_told_from_forgery() {
    let mut bytes = bundle_at(&text(Kind::Alert, 7, vec![]), 17).to_bytes().unwrap();
    bytes[100] ^= 4;
    let refused = check(&bytes, &trust(2)).unwrap_err();
    assert_eq!((refused.code(), refused.check(), refused.exit_code()), ("SCR-ALR-010", "damaged", 2));
    assert!(matches!(Scanned::read(b"hello"), Err(Refused::Form(broken)) if broken.part == Part::Bundle));
}

#[test]
fn a_bundle_that_would_not_fit_is_not_made() {
    let mut bundle = bundle_at(&text(Kind::Alert, 7, vec![]), 17);
    bundle.entry = vec![b'x'; 3_000];
    assert!(bundle.to_bytes().unwrap_err().to_string().starts_with("SCR-ALR-003"));
    let mut short = short_at(&text(Kind::Alert, 7, vec![]), 17);
    short.entry = vec![b'x'; 3_000];
    assert!(short.to_bytes().is_err());
    assert!(
        Short::from_promise(&promise(b"other", 1, NOW), b"entry")
            .unwrap_err()
            .to_string()
            .starts_with("SCR-ALR-002")
    );
    assert!(Bundle::from_proof("nothing", b"", 3).is_err());
}

#[test]
fn texts_that_could_deceive_are_not_written() {
    let ok = text(Kind::Alert, 7, vec![]);
    let first = AlertText { number: 0, ..ok.clone() }.to_bytes().unwrap_err();
    assert!(first.to_string().starts_with("SCR-ALR-001"));
    let refused = |change: &dyn Fn(&mut AlertText)| {
        let mut text = ok.clone();
        change(&mut text);
        text.to_bytes().unwrap_err().field
    };
    assert_eq!(refused(&|t| t.wordings[0].headline = "polls \u{202e}close".to_owned()), "headline");
    assert_eq!(refused(&|t| t.wordings[0].headline = String::new()), "headline");
    assert_eq!(refused(&|t| t.wordings[0].instruction = "line\nline".to_owned()), "instruction");
    assert_eq!(refused(&|t| t.wordings[0].instruction = " x".to_owned()), "instruction");
    assert_eq!(refused(&|t| t.wordings[1].language = "en".to_owned()), "languages");
    assert_eq!(refused(&|t| t.wordings[1].language = "EN".to_owned()), "languages");
    assert_eq!(refused(&|t| t.wordings.clear()), "languages");
    assert_eq!(refused(&|t| t.areas.clear()), "areas");
    assert_eq!(refused(&|t| t.areas.swap(0, 1)), "areas");
    assert_eq!(refused(&|t| t.areas[0] = "EX 04".to_owned()), "areas");
    assert_eq!(refused(&|t| t.expires_after = 0), "expires");
    assert_eq!(refused(&|t| t.expires_after = 91 * 86_400), "expires");
    assert_eq!(refused(&|t| t.number = 0), "number");
    assert_eq!(refused(&|t| t.kind = Kind::Cancel), "references");
    assert_eq!(refused(&|t| t.sent = 1 << 40), "sent");
    assert_eq!(refused(&|t| t.wordings[0].instruction = "x".repeat(255)), "text");
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..500)) {
        let _ = Scanned::read(&bytes);
        let _ = Scanned::read(&mended(&[b"SCB\x01".as_slice(), &bytes, b"...."].concat()));
        if let Ok(text) = AlertText::parse(&bytes) {
            prop_assert_eq!(text.to_bytes().unwrap(), bytes);
        }
    }
}
