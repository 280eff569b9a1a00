//! Real result files with the counts of `results/PROVENANCE.md`, `forensics/PROVENANCE.md` and
//! `forensics.md` 3.13, which were taken by other programs.

use crate::common::{field, intake, problems, saved, votes};
use scr_intake::{Format, Mapping, codes};
use std::collections::BTreeSet;

fn contests_and_choices(intake: &scr_intake::Intake) -> (usize, usize) {
    (intake.tables.len(), intake.tables.iter().map(|table| table.contestants().len()).sum())
}

fn units(intake: &scr_intake::Intake) -> usize {
    intake.tables.iter().flat_map(|table| table.units()).map(|row| row.unit()).collect::<BTreeSet<_>>().len()
}

#[test]
fn poland_2020_both_rounds() {
    for (round, rows, contestants) in [(1, 27_229, 11), (2, 27_231, 2)] {
        let path = format!("forensics/poland2020/round{round}_wyniki_gl_na_kand_po_obwodach_csv.zip");
        let Some(intake) = intake(&path, &saved(&format!("poland-2020-round{round}"))) else { return };
        assert_eq!(intake.counts.records, rows);
        assert_eq!(intake.counts.numberless, 4);
        assert_eq!(contests_and_choices(&intake), (1, contestants));
        let valid = field(&intake.tables[0], "votes_valid");
        // Hard identity of the protocol: valid votes are the sum of the candidates in every station.
        assert_eq!(valid, votes(&intake.tables));
        // Sums taken with Python's csv module, columns 12, 24 and 32 (from 0).
        let sums = ["registered", "ballots_cast", "votes_valid"].map(|name| field(&intake.tables[0], name));
        assert_eq!(
            sums,
            if round == 1 {
                [30_204_241, 19_486_433, 19_425_034]
            } else {
                [30_267_989, 20_638_465, 20_458_480]
            }
        );
    }
}

#[test]
fn bolivia_2019_three_states_of_the_count() {
    for (file, mapping, rows) in [
        ("trep_acta_2019-10-20_194057", "bolivia-2019-trep", 28_975),
        ("trep_acta_2019-10-21_182953", "bolivia-2019-trep", 32_806),
        ("final_computo", "bolivia-2019-computo", 34_555),
    ] {
        let Some(intake) = intake(&format!("forensics/bolivia2019/{file}.zip"), &saved(mapping)) else {
            return;
        };
        assert_eq!(intake.counts.units, rows);
        assert_eq!(contests_and_choices(&intake), (1, 9));
        assert_eq!(problems(&intake, codes::UNIT_TWICE), 0);
    }
}

#[test]
fn boulder_official_recount_and_two_formats_of_2025() {
    let pair = "results/boulder2023-pair";
    let Some(official) = intake(&format!("{pair}/official_statement_of_votes.csv"), &saved("boulder-2023"))
    else {
        return;
    };
    assert_eq!(official.counts.records, 4_975);
    assert_eq!(
        (units(&official), contests_and_choices(&official), votes(&official.tables)),
        (198, (37, 105), 1_197_993)
    );
    let Some(recount) = intake(&format!("{pair}/recount_statement_of_votes.csv"), &saved("boulder-2023"))
    else {
        return;
    };
    assert_eq!(recount.counts.records, 600);
    assert_eq!(
        (units(&recount), contests_and_choices(&recount), votes(&recount.tables)),
        (60, (1, 10), 113_374)
    );

    let Some(csv) = intake("results/xlsx/boulder2025_statement_of_votes.csv", &saved("boulder-2025")) else {
        return;
    };
    let Some(xlsx) = intake("results/xlsx/boulder2025_statement_of_votes.xlsx", &saved("boulder-2025-xlsx"))
    else {
        return;
    };
    for intake in [&csv, &xlsx] {
        assert_eq!(intake.counts.records, 4_342);
        assert_eq!(
            (units(intake), contests_and_choices(intake), votes(&intake.tables)),
            (198, (32, 80), 1_122_213)
        );
    }
    for (csv, xlsx) in csv.tables.iter().zip(&xlsx.tables) {
        assert_eq!(csv.contest, xlsx.contest);
        assert!(csv.rows().zip(xlsx.rows()).all(|(a, b)| a.unit() == b.unit() && a.values().eq(b.values())));
    }
    let Some(summary) =
        intake("results/xlsx/boulder2025_summary_of_votes.xlsx", &saved("boulder-2025-summary-xlsx"))
    else {
        return;
    };
    assert_eq!((summary.counts.records, votes(&summary.tables)), (80, 1_122_213));
}

#[test]
fn mineral_with_prose_above_the_header() {
    let Some(intake) = intake("results/xlsx/mineral2018_general_results.xlsx", &saved("mineral-2018")) else {
        return;
    };
    assert_eq!(intake.counts.records, 72);
    assert_eq!((units(&intake), intake.tables.len(), votes(&intake.tables)), (1, 33, 17_622));
}

#[test]
fn belgium_with_lists_as_columns() {
    let Some(intake) = intake("results/xlsx/belgium2024_CK_CEListes.xlsx", &saved("belgium-2024-lists"))
    else {
        return;
    };
    assert_eq!((intake.counts.units, votes(&intake.tables)), (11, 6_839_229));
    let missing: Vec<_> = intake.problems.iter().filter(|p| p.code == codes::CONTESTANT_NUMBERLESS).collect();
    assert_eq!(missing.len(), 5);
    assert!(missing.iter().all(|problem| problem.file.ends_with("#Seat_C44021")));
}

#[test]
fn bulgaria_by_position_with_a_joined_file_and_parts() {
    let Some(intake) = intake("results/bulgaria2009/parliament2009.zip", &saved("bulgaria-2009")) else {
        return;
    };
    let table = &intake.tables[0];
    assert_eq!(intake.counts.units, 11_872);
    assert_eq!(units(&intake), 11_863);
    let electronic: Vec<_> = table.units().filter(|row| row.part() == Some("electronic")).collect();
    assert_eq!(electronic.len(), 9);
    assert_eq!(electronic.iter().filter_map(|row| row.votes_sum()).sum::<u64>(), 527);
    let paper = table.units().filter(|row| row.part().is_none());
    let (stated, summed) = paper.fold((0, 0), |(stated, summed), row| {
        (stated + row.field("votes_valid").unwrap_or(0), summed + row.votes_sum().unwrap_or(0))
    });
    assert_eq!((stated, summed), (4_225_667, 4_225_668));
}

#[test]
fn czech_turnout_without_contestants() {
    let Some(intake) = intake("results/czech2017/pst4.csv", &saved("czech-2017-turnout")) else { return };
    let table = &intake.tables[0];
    assert_eq!((intake.counts.units, table.contestants().len()), (14_865, 0));
    let sums = ["registered", "ballots_issued", "ballots_cast", "votes_valid"].map(|name| field(table, name));
    assert_eq!(sums, [8_374_501, 5_094_633, 5_091_065, 5_060_745]);
    assert_eq!(problems(&intake, codes::UNIT_TWICE), 0);
}

#[test]
fn albania_with_keys_that_repeat() {
    let Some(intake) = intake("forensics/albania2013/albania2013.zip", &saved("albania-2013")) else {
        return;
    };
    assert_eq!(intake.counts.units, 5_508);
    assert_eq!(intake.tables[0].contestants().len(), 66);
    // 5,448 distinct keys, counted with Python's csv module.
    assert_eq!((units(&intake), problems(&intake, codes::UNIT_TWICE)), (5_448, 60));
}

#[test]
fn russia_without_unit_codes() {
    for (year, rows) in [(2011, 95_225), (2012, 95_415), (2018, 97_699)] {
        let path = format!("forensics/russia/russia{year}_slim.csv.zip");
        let Some(intake) = intake(&path, &saved("russia-slices")) else { return };
        assert_eq!(intake.counts.units, rows);
        assert_eq!(problems(&intake, codes::UNITS_BY_ROW), 1);
    }
}

#[test]
fn iran_and_washington() {
    let Some(iran) = intake("forensics/iran2009/iran2009_provinces_30.csv", &saved("iran-2009-provinces"))
    else {
        return;
    };
    assert_eq!((iran.counts.units, iran.tables[0].contestants().len()), (30, 4));
    let Some(dc) = intake("forensics/usa2010dc/dc2010_mayor_143_precincts.csv", &saved("dc-2010-mayor"))
    else {
        return;
    };
    assert_eq!(dc.counts.units, 143);
}

#[test]
fn openelections_in_every_order_of_columns() {
    let mapping = Mapping::new(Format::Openelections);
    let folder = "results/openelections-de";
    let read = |name: &str| intake(&format!("{folder}/{name}.csv"), &mapping);
    let totals = |intake: &scr_intake::Intake| -> u64 {
        intake.tables.iter().flat_map(|table| table.totals()).filter_map(|row| row.votes_sum()).sum()
    };

    let Some(of_2007) = read("20070505__de__special__precinct") else { return };
    assert_eq!((of_2007.counts.records, units(&of_2007), votes(&of_2007.tables)), (45, 9, 4_161));
    assert_eq!(totals(&of_2007), 4_155);
    let Some(of_2009) = read("20090803__de__special__precinct") else { return };
    assert_eq!((of_2009.counts.records, units(&of_2009), votes(&of_2009.tables)), (68, 16, 6_884));
    assert_eq!(totals(&of_2009), 6_884);
    let Some(of_2015) = read("20150912__de__special__precinct") else { return };
    assert_eq!((of_2015.counts.records, of_2015.counts.contestant_totals), (30, 10));
    assert_eq!((votes(&of_2015.tables), field(&of_2015.tables[0], "votes_valid")), (1_577, 1_577));
    let Some(of_2020) = read("20200915__de__primary__precinct") else { return };
    assert_eq!((of_2020.counts.records, units(&of_2020), votes(&of_2020.tables)), (12_135, 439, 4_873_498));
    let Some(county) = read("20201103__de__general__county") else { return };
    assert_eq!((county.counts.records, units(&county), county.tables.len()), (144, 3, 58));
    assert_eq!(votes(&county.tables), 3_604_314);
}
