//! EML_NL: documents of our own (`fixtures/eml-nl`), against what the Electoral Council's program makes
//! of them, and each defect with its code.
#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_intake::{
    Format, Input, Intake, Limits, Mapping, RegistryIntake, RegistryMapping, codes, match_units, propose,
    read, registry,
};
use scr_results::{Table, checks, rules};
use std::io::Write as _;

const COUNT: &str = include_str!("../../../../fixtures/eml-nl/510b_telling.eml.xml");
const LISTS: &str = include_str!("../../../../fixtures/eml-nl/230b_kandidaten.eml.xml");
const DEFINITION: &str = include_str!("../../../../fixtures/eml-nl/110a_definitie.eml.xml");
const STATIONS: &str = include_str!("../../../../fixtures/eml-nl/110b_stembureaus.eml.xml");
/// The output of `eml2csv`.
const EXPECTED: &str = include_str!("../../../../fixtures/eml-nl/expected.csv");
const BOTH: &str = include_str!("../../../../rules/mappings/eml-nl.toml");

fn alone(text: &str) -> Intake {
    let mapping = Mapping::new(Format::EmlNl);
    read(Input { name: "f.xml", bytes: text.as_bytes() }, &mapping, &Limits::default())
}

fn stations(text: &str) -> RegistryIntake {
    let mapping = RegistryMapping::new(&["@document"]);
    registry(Input { name: "f.xml", bytes: text.as_bytes() }, &mapping, &Limits::default())
}

fn archive(count: &str, lists: &str) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [("Telling_510b.eml.xml", count), ("Kandidaten_230b.eml.xml", lists)] {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn both(count: &str, lists: &str) -> Intake {
    let mapping = Mapping::parse(BOTH, "eml-nl.toml").unwrap();
    read(Input { name: "f.zip", bytes: &archive(count, lists) }, &mapping, &Limits::default())
}

/// Rows of the program's table: its first four cells, and the numbers of the totals and the stations.
fn expected() -> Vec<([String; 4], Vec<u64>)> {
    let rows = EXPECTED.lines().skip_while(|line| !line.starts_with("\"Postcode\"")).skip(1);
    rows.map(|line| {
        let cells: Vec<String> = line.split(';').map(|cell| cell.trim_matches('"').to_owned()).collect();
        let numbers = cells[4..].iter().map(|cell| cell.parse().unwrap()).collect();
        ([cells[0].clone(), cells[1].clone(), cells[2].clone(), cells[3].clone()], numbers)
    })
    .collect()
}

/// The same numbers of a table: the totals first.
fn numbers(table: &Table, value: impl Fn(&scr_results::RowView<'_>) -> Option<u64>) -> Vec<u64> {
    table.totals().chain(table.units()).map(|row| value(&row).unwrap_or(0)).collect()
}

#[test]
fn every_figure_is_that_of_the_electoral_council_s_program() {
    let intake = both(COUNT, LISTS);
    assert!(intake.problems.is_empty(), "{:?}", intake.problems);
    let table = &intake.tables[0];
    assert_eq!((intake.counts.units, intake.counts.totals), (3, 1));
    assert_eq!(table.contest, "Gemeenteraad Voorbeeldstad 2026");
    let fields = [
        ("opgeroepenen", "registered"),
        ("geldige stempas", "poll_cards"),
        ("geldig volmachtbewijs", "proxy_certificates"),
        ("toegelaten kiezers", "voters"),
        ("geldige stembiljetten", "votes_valid"),
        ("blanco stembiljetten", "votes_blank"),
        ("ongeldige stembiljetten", "votes_invalid"),
        ("meer stembiljetten dan toegelaten kiezers", "ballots_too_many"),
        ("minder stembiljetten dan toegelaten kiezers", "ballots_too_few"),
    ];
    let (mut list, mut compared) = ((String::new(), String::new()), 0);
    for ([number, text, candidate, name], wanted) in expected() {
        if let Some((_, field)) = fields.iter().find(|(label, _)| *label == text) {
            assert_eq!(numbers(table, |row| row.field(field)), wanted, "{text}");
            compared += 1;
        } else if !candidate.is_empty() {
            let id = format!("{}-{candidate}", list.0);
            let at = table.contestant_index(&id).unwrap();
            assert_eq!(numbers(table, |row| row.votes(at)), wanted, "{id}");
            let own = &table.contestants()[at];
            assert_eq!(own.group.as_deref(), Some(list.1.as_str()));
            let (last, initials) = name.split_once(", ").unwrap();
            assert_eq!(own.name, format!("{initials} {last}"));
            compared += 1;
        } else if !number.is_empty() {
            list = (number, text);
        }
    }
    assert_eq!((compared, table.contestants().len()), (9 + 5, 5));
    let second = table.units().nth(1).unwrap();
    assert_eq!((second.unit(), second.field("registered")), ("9990::SB2", None), "0 stands for not known");
}

#[test]
fn a_count_alone_has_numbers_instead_of_names() {
    let intake = alone(COUNT);
    assert!(intake.problems.is_empty(), "{:?}", intake.problems);
    let first = &intake.tables[0].contestants()[0];
    assert_eq!((first.id.as_str(), first.name.as_str()), ("1-1", "Partij van de Molen, 1"));
}

#[test]
fn the_rules_of_the_netherlands_hold_and_are_broken_where_a_figure_is() {
    let packs = [rules::shipped_by_id("nl-eml").unwrap().unwrap()];
    let departing = |text: &str| {
        let intake = alone(text);
        let report = checks::check(&checks::Input { packs: &packs, ..checks::Input::new(&intake.tables[0]) });
        let broken = report.groups.iter().filter(|group| group.rule.is_some());
        broken.map(|group| (group.rule.clone().unwrap(), group.tested, group.count)).collect::<Vec<_>>()
    };
    let good = departing(COUNT);
    assert_eq!(good.len(), 3);
    assert!(good.iter().all(|(_, tested, count)| *tested >= 3 && *count == 0), "{good:?}");
    let changed = COUNT.replacen("\"toegelaten kiezers\">256<", "\"toegelaten kiezers\">300<", 1);
    assert!(departing(&changed).iter().any(|(_, _, count)| *count == 1));
}

#[test]
fn an_archive_is_proposed_with_count_and_candidates() {
    let bytes = archive(COUNT, LISTS);
    let input = Input { name: "f.zip", bytes: &bytes };
    let proposal = propose(input, &Limits::default());
    assert_eq!(proposal.mapping.format, Format::EmlNl);
    assert_eq!(proposal.contests, ["Gemeenteraad Voorbeeldstad 2026"]);
    let intake = read(input, &proposal.mapping, &Limits::default());
    assert!(intake.is_complete(), "{:?}", intake.problems);
    assert_eq!(intake.tables[0].contestants()[1].name, "C.D. van Dijk");
    let alone = propose(Input { name: "f.xml", bytes: COUNT.as_bytes() }, &Limits::default());
    assert_eq!((alone.mapping.format, alone.contests.len()), (Format::EmlNl, 1));
}

#[test]
fn candidate_lists_and_definitions_have_contests_and_no_results() {
    for (text, contestants) in [(LISTS, 5), (DEFINITION, 0)] {
        let intake = alone(text);
        let said: Vec<_> = intake.problems.iter().map(|problem| problem.code).collect();
        assert_eq!(said, [codes::EML_NO_RESULTS]);
        assert_eq!((intake.tables.len(), intake.tables[0].contestants().len()), (1, contestants));
    }
}

#[test]
fn polling_stations_are_a_registry_that_the_count_finds() {
    let registry = stations(STATIONS);
    assert!(registry.problems.is_empty(), "{:?}", registry.problems);
    let shown: Vec<_> = registry
        .places
        .iter()
        .map(|place| (place.code.as_str(), place.name.as_str(), place.address.as_str(), place.registered))
        .collect();
    assert_eq!(
        shown,
        [
            ("9990::SB1", "Stadhuis", "1234 AB", Some(900)),
            ("9990::SB2", "Sporthal De Dijk", "1234 CD", None),
            ("9990::SB12", "Basisschool 't Anker", "1235 EF", Some(700)),
        ]
    );
    let intake = alone(COUNT);
    let units: Vec<_> = intake.tables[0].units().map(|row| (row.unit(), row.line())).collect();
    let matches = match_units("f", &units, &registry.places, 10);
    assert_eq!(matches.places, [Some(0), Some(1), Some(2)]);
    assert!(matches.problems.is_empty());
}

#[test]
fn each_defect_of_a_count_has_its_code_and_its_line() {
    let cases = [
        ("Id=\"510b\"", "Id=\"510e\"", codes::EML_KIND, 2),
        ("Id=\"510b\"", "Id=\"520\"", codes::EML_KIND, 2),
        ("<EML ", "<ELM ", codes::XML_SYNTAX, 0),
        ("evs:schema:eml\"", "evs:schema:other\"", codes::EML_NOT_EML, 2),
        ("SchemaVersion=\"5\"", "SchemaVersion=\"6\"", codes::EML_VERSION, 2),
        ("<ElectionIdentifier Id=\"GR2026_Voorbeeldstad\">", "<ElectionIdentifier>", codes::EML_MISSING, 0),
        ("<ElectionCategory>GR<", "<ElectionCategory>XX<", codes::EML_VALUE, 0),
        (">GR1<", ">PS1<", codes::EML_SUBCATEGORY, 0),
        (">2026-03-18<", ">18-03-2026<", codes::EML_VALUE, 0),
        ("ReasonCode=\"ongeldig\"", "ReasonCode=\"ongeldg\"", codes::EML_REASON, 0),
        ("ReasonCode=\"geldige stempassen\"", "ReasonCode=\"geldige passen\"", codes::EML_REASON, 0),
        ("<AffiliationIdentifier Id=\"1\">", "<AffiliationIdentifier Id=\"3\">", codes::EML_ORDER, 0),
        ("<AffiliationIdentifier Id=\"1\">", "<AffiliationIdentifier Id=\"2\">", codes::EML_TWICE, 0),
        ("<CandidateIdentifier Id=\"1\"/>", "<CandidateIdentifier Id=\"2\"/>", codes::EML_TWICE, 0),
        ("<CandidateIdentifier Id=\"1\"/>", "<CandidateIdentifier Id=\"0\"/>", codes::EML_VALUE, 0),
        ("9990::SB2\"", "9990::SB1\"", codes::EML_TWICE, 0),
        ("<ValidVotes>157</ValidVotes>", "<ValidVotes>158</ValidVotes>", codes::EML_LIST_SUM, 0),
        ("<ValidVotes>205</ValidVotes>", "<ValidVotes>206</ValidVotes>", codes::EML_TOTALS_DIFFER, 0),
        ("<ValidVotes>205</ValidVotes>", "<ValidVotes>-205</ValidVotes>", codes::NEGATIVE, 0),
        ("<ValidVotes>205</ValidVotes>", "<ValidVotes>20,5</ValidVotes>", codes::FRACTION, 0),
        ("<ValidVotes>205</ValidVotes>", "<ValidVotes/>", codes::NOT_A_NUMBER, 0),
        (
            "<ValidVotes>205</ValidVotes>",
            "<ValidVotes>99999999999999999999</ValidVotes>",
            codes::NUMBER_TOO_LARGE,
            0,
        ),
        ("<Cast>2300</Cast>", "", codes::EML_MISSING, 0),
    ];
    for (from, to, code, line) in cases {
        assert!(COUNT.contains(from), "{from}");
        let intake = alone(&COUNT.replacen(from, to, 1));
        let found = intake.problems.iter().find(|problem| problem.code == code);
        let found = found.unwrap_or_else(|| panic!("{from} to {to}: {code} not in {:?}", intake.problems));
        assert!(found.row.is_some() && (line == 0 || found.row == Some(line)), "{code}: {found:?}");
        assert!(intake.is_complete() || intake.tables.is_empty(), "{code}: half imported");
    }
    let near = alone(&COUNT.replacen("\"ongeldig\"", "\"ongeldg\"", 1));
    assert!(near.problems.iter().any(|problem| problem.closest.as_deref() == Some("ongeldig")));
}

#[test]
fn defects_of_the_other_documents_have_theirs() {
    let said = |intake: &Intake, code: &str| intake.problems.iter().any(|problem| problem.code == code);
    for (from, to, code) in [
        ("<kr:NominationDate>2026-02-02<", "<kr:NominationDate>2026-03-18<", codes::EML_DATES),
        ("<kr:NumberOfSeats>9<", "<kr:NumberOfSeats>8<", codes::EML_SEATS),
        ("<kr:NumberOfSeats>9<", "<kr:NumberOfSeats>19<", codes::EML_SEATS),
        ("<kr:PreferenceThreshold>50<", "<kr:PreferenceThreshold>25<", codes::EML_THRESHOLD),
        ("<VotingMethod>SPV<", "<VotingMethod>STV<", codes::EML_VALUE),
        ("<VotingMethod>SPV<", "<VotingMethod><", codes::EML_MISSING),
        ("kr:Region ", "kr:Other ", codes::XML_SYNTAX),
    ] {
        assert!(said(&alone(&DEFINITION.replacen(from, to, 1)), code), "{code}");
    }
    let other = LISTS.replace("GR2026_Voorbeeldstad", "GR2026_Elders");
    assert!(said(&both(COUNT, &other), codes::EML_OTHER_ELECTION));
    assert!(said(&both(COUNT, STATIONS), codes::EML_KIND));
    let fewer = LISTS.replacen("<CandidateIdentifier Id=\"3\"/>", "<CandidateIdentifier Id=\"4\"/>", 1);
    let intake = both(COUNT, &fewer);
    let found = intake.problems.iter().find(|problem| problem.code == codes::EML_NO_CANDIDATE).unwrap();
    assert_eq!(found.value.as_deref(), Some("1-3"));
    let start = LISTS.find("          <Candidate>").unwrap();
    let end = LISTS.find("        </Affiliation>").unwrap();
    let empty = format!("{}{}", &LISTS[..start], &LISTS[end..]);
    assert!(said(&alone(&empty), codes::EML_EMPTY_LIST));
    let central = {
        let start = COUNT.find("          <ReportingUnitVotes>").unwrap();
        let end = COUNT.rfind("</ReportingUnitVotes>").unwrap() + "</ReportingUnitVotes>".len();
        format!("{}{}", &COUNT[..start], &COUNT[end..])
    };
    let central = alone(&central);
    assert!(said(&central, codes::EML_TOTALS_ONLY) && central.counts.units == 1);
}

#[test]
fn defects_of_polling_stations_have_theirs() {
    let said = |text: &str, code: &str| {
        let registry = stations(text);
        registry.problems.iter().any(|problem| problem.code == code)
    };
    assert!(said(&STATIONS.replacen("Id=\"12\"", "Id=\"1\"", 1), codes::EML_TWICE));
    assert!(said(&STATIONS.replacen("<MaxVotes>1600<", "<MaxVotes>1700<", 1), codes::EML_STATION_SUM));
    assert!(said(&STATIONS.replacen(">900<", ">9OO<", 1), codes::NOT_A_NUMBER));
    assert!(said(COUNT, codes::EML_KIND));
    let start = STATIONS.find("        <PollingPlace").unwrap();
    let end = STATIONS.find("      </Contest>").unwrap();
    assert!(said(&format!("{}{}", &STATIONS[..start], &STATIONS[end..]), codes::EML_NO_STATIONS));
}

#[test]
fn the_election_expected_and_the_contest_wanted_are_checked() {
    let mut mapping = Mapping::new(Format::EmlNl);
    mapping.eml.election = Some("GR2026_Elders".into());
    let input = Input { name: "f.xml", bytes: COUNT.as_bytes() };
    let intake = read(input, &mapping, &Limits::default());
    assert_eq!(intake.problems[0].code, codes::EML_OTHER_ELECTION);
    let mut mapping = Mapping::new(Format::EmlNl);
    mapping.contest.only = vec!["Gemeenteraad Voorbeeldstadt 2026".into()];
    let intake = read(input, &mapping, &Limits::default());
    assert_eq!(intake.problems[0].code, codes::NO_SUCH_CONTEST);
    assert_eq!(intake.problems[0].closest.as_deref(), Some("Gemeenteraad Voorbeeldstad 2026"));
}
