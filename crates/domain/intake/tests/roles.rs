//! Roles of columns: what a person corrects without seeing the mapping.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_intake::{Input, Limits, Mapping, Role, RoleFault, columns_of, propose, read, with_roles};

const WIDE: &str = "Region,Station,Registered,Extra,Ann,Bob\nNorth,1,100,5,40,30\nNorth,2,200,6,70,60\n";
const LONG: &str = "Station,Candidate,Votes\n1,Ann,40\n1,Bob,30\n2,Ann,70\n2,Bob,60\n";

fn input(text: &str) -> Input<'_> {
    Input { name: "a.csv", bytes: text.as_bytes() }
}

fn mapping(text: &str) -> Mapping {
    Mapping::parse(text, "mapping.toml").unwrap()
}

fn given(text: &str, mapping: &Mapping, roles: &[&str]) -> Result<Mapping, Vec<RoleFault>> {
    let roles: Vec<Role> = roles.iter().map(|code| Role::parse(code).unwrap()).collect();
    with_roles(input(text), mapping, &roles, false, &Limits::default())
}

#[test]
fn a_column_taken_for_a_contestant_is_left_out_and_the_rest_stays() {
    let old = mapping(
        "version = 1\nformat = \"delimited\"\n[unit]\nkey = [\"Station\"]\nparents = [\"Region\"]\n[fields]\nregistered = \"Registered\"\n[wide]\nafter = \"Registered\"\n",
    );
    let columns = columns_of(input(WIDE), &old, &Limits::default()).unwrap();
    let codes: Vec<String> = columns.roles.iter().map(Role::code).collect();
    assert_eq!(codes, ["place", "code-1", "field-registered", "contestant", "contestant", "contestant"]);
    assert!(columns.fits);
    assert_eq!(columns.sample[1], ["North", "2", "200", "6", "70", "60"]);
    let same = given(WIDE, &old, &codes.iter().map(String::as_str).collect::<Vec<_>>()).unwrap();
    assert_eq!(same, old, "what is said again changes nothing");
    let roles = ["place", "code-1", "field-registered", "out", "contestant", "contestant"];
    let new = given(WIDE, &old, &roles).unwrap();
    let intake = read(input(WIDE), &new, &Limits::default());
    let names: Vec<_> = intake.tables[0].contestants().iter().map(|one| one.name.clone()).collect();
    assert_eq!(names, ["Ann", "Bob"]);
    assert_eq!(intake.tables[0].rows().count(), 2);
    // The mapping is as good after it was saved.
    assert_eq!(mapping(&new.to_toml()), new);
}

#[test]
fn a_long_file_gets_its_two_columns() {
    let old = propose(input(LONG), &Limits::default()).mapping;
    let new = given(LONG, &old, &["code-1", "who", "votes"]).unwrap();
    let intake = read(input(LONG), &new, &Limits::default());
    assert_eq!(intake.tables[0].contestants().len(), 2, "{:?}", intake.problems);
    assert_eq!(given(LONG, &old, &["code-1", "who", "out"]), Err(vec![RoleFault::HalfLong]));
    let both = given(LONG, &old, &["who", "contestant", "votes"]);
    assert_eq!(both, Err(vec![RoleFault::NoCode, RoleFault::WideAndLong(1)]));
}

#[test]
fn what_makes_no_mapping_is_named_with_its_column() {
    let old = propose(input(WIDE), &Limits::default()).mapping;
    let all_out = given(WIDE, &old, &["out"; 6]);
    assert_eq!(all_out, Err(vec![RoleFault::NoCode, RoleFault::NoNumbers]));
    let roles = ["name", "code-1", "field-registered", "field-registered", "contestant", "name"];
    assert_eq!(given(WIDE, &old, &roles), Err(vec![RoleFault::Twice(3), RoleFault::Twice(5)]));
    assert_eq!(given(WIDE, &old, &["code-1"]), Err(vec![RoleFault::OtherFile]));
    for strange in ["", "code-0", "code-10", "field-", "field-A b", "what"] {
        assert_eq!(Role::parse(strange), None, "{strange}");
    }
}

#[test]
fn a_file_without_codes_is_read_by_its_rows_only_when_that_is_said() {
    let old = propose(input(WIDE), &Limits::default()).mapping;
    let roles = [Role::Place, Role::Out, Role::Out, Role::Out, Role::Contestant, Role::Contestant];
    let by_row = with_roles(input(WIDE), &old, &roles, true, &Limits::default()).unwrap();
    assert_eq!(by_row.unit.key, ["@row"]);
    let not = with_roles(input(WIDE), &old, &roles, false, &Limits::default());
    assert_eq!(not, Err(vec![RoleFault::NoCode]));
}

#[test]
fn a_mapping_of_another_file_does_not_fit() {
    let old = propose(input(WIDE), &Limits::default()).mapping;
    assert!(columns_of(input(WIDE), &old, &Limits::default()).unwrap().fits);
    let other = columns_of(input("Nr,Zofia,Jan\n1,2,3\n2,3,4\n"), &old, &Limits::default());
    assert!(!other.unwrap().fits);
}
