//! Records and their published schema.

use crate::every_rule;
use scr_audits::assorter::{CardStyle, Share};
use scr_audits::contest::Outcome;
use scr_audits::record::{
    CvrFile, Evidence, FullCount, Published, Record, SignOffs, Signature, TestRule, Version,
};

/// The published schema describes everything that a record can hold, and every record reads back as it was written.
#[test]
fn records_of_every_kind_are_as_their_schema_says() {
    let schema: serde_json::Value =
        serde_json::from_str(include_str!("../../../../../docs/schemas/audit-record.schema.json")).unwrap();
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.add_resource("schema.json", schema).unwrap();
    let index = compiler.compile("schema.json", &mut schemas).unwrap();
    let mut full = every_rule();
    full.contests[2].assertions = vec![
        scr_audits::raire::Assertion::NotEliminatedBefore { winner: 0, loser: 1 },
        scr_audits::raire::Assertion::NotEliminatedNext { winner: 0, loser: 1, continuing: vec![0, 1] },
    ];
    full.contests[0].valid = Some(990);
    full.contests[1].rule =
        Some(Outcome::Runoff { share: Share { numerator: 1, denominator: 2 }, advancing: vec![0, 1] });
    let published = || {
        Some(Published {
            at: "2026-11-10T09:00:00Z".to_owned(),
            origin: "log.example/2026".to_owned(),
            index: 4,
            evidence: Some(Evidence { entry: "{}".to_owned(), proof: "c2sp.org/tlog-proof@v1".to_owned() }),
        })
    };
    let by = |by: &str| vec![Signature { role: "board".to_owned(), by: by.to_owned(), entry: Some(7) }];
    full.commitment.published = published();
    full.commitment.signed = by("one");
    full.rounds[0].signed = by("two");
    full.rounds[0].counted[0].signed = by("three");
    (full.rounds[0].reason, full.rounds[0].wanted) = ("lost keys".to_owned(), vec![1, 2, 3]);
    full.rounds[0].draws[0].contest = Some(1);
    full.versions =
        vec![Version { root: full.commitment.root, reason: "late".to_owned(), published: published() }];
    full.batches[0].pool = true;
    full.batches[0].cvrs = Some(false);
    full.cvr_files = vec![CvrFile { jurisdiction: "J".to_owned(), sha256: full.commitment.root, cards: 3 }];
    full.full_counts = vec![FullCount { contest: 0, votes: vec![750, 250], winners: vec![0] }];
    full.settings.card_style = CardStyle::Known;
    full.settings.test = Some(TestRule::Alpha { d: 100.0 });
    full.settings.sign_offs = SignOffs { commitment: 1, counted: 2, round: 1 };
    for record in [full, every_rule()] {
        let value = serde_json::to_value(&record).unwrap();
        schemas.validate(&value, index).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(Record::read(value.to_string().as_bytes()).unwrap(), record);
    }
}
