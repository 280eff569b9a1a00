//! Lists of names to protect.

use super::draw::Draw;
use scr_names::Protected;

/// The names of which dnstwist's permutations are at hand.
pub(crate) const TWISTED: [&str; 6] =
    ["vote.gov", "eac.gov", "elections.ca", "valimised.ee", "sos.ca.gov", "kiesraad.nl"];

/// Election offices of the world, as they publish their addresses, and two names of organisations.
pub(crate) const OFFICES: [&str; 40] = [
    "vote.gov",
    "eac.gov",
    "elections.ca",
    "valimised.ee",
    "sos.ca.gov",
    "kiesraad.nl",
    "electoralcommission.org.uk",
    "aec.gov.au",
    "elections.nz",
    "elections.org.za",
    "iebc.or.ke",
    "eci.gov.in",
    "ec.gov.gh",
    "inecnigeria.org",
    "ine.mx",
    "tse.jus.br",
    "servel.cl",
    "registraduria.gov.co",
    "jne.gob.pe",
    "bundeswahlleiterin.de",
    "elections.interieur.gouv.fr",
    "valg.no",
    "val.se",
    "vaalit.fi",
    "valg.dk",
    "kosning.is",
    "pkw.gov.pl",
    "volby.cz",
    "cvk.lv",
    "vrk.lt",
    "cec.gov.ge",
    "isie.tn",
    "comelec.gov.ph",
    "kpu.go.id",
    "electionsontario.ca",
    "votetexas.gov",
    "elections.ny.gov",
    "results.vote.example",
    "Elections Canada",
    "Electoral Commission",
];

/// `count` names of places, offices and suffixes that nobody has made up before.
pub(crate) fn many(count: usize, seed: u64) -> Vec<Protected> {
    const FIRST: [&str; 24] = [
        "mar", "tol", "ash", "bren", "cal", "dun", "el", "fair", "gran", "hart", "jef", "ken", "lin", "mon",
        "nor", "oak", "pem", "ros", "stan", "tur", "wal", "win", "york", "zan",
    ];
    const MIDDLE: [&str; 12] = ["", "a", "er", "ing", "o", "i", "en", "ar", "field", "wood", "ling", "ber"];
    const LAST: [&str; 14] = [
        "ton", "ville", "burg", "ford", "bury", "ham", "dale", "mont", "port", "wick", "stead", "land",
        "ridge", "haven",
    ];
    let mut draw = Draw(seed);
    let mut names = std::collections::BTreeSet::new();
    while names.len() < count {
        let place = format!("{}{}{}", draw.of(&FIRST), draw.of(&MIDDLE), draw.of(&LAST));
        names.insert(match draw.below(8) {
            0 => format!("{place}countyvotes.gov"),
            1 => format!("vote{place}.gov"),
            2 => format!("elections.{place}.gov"),
            3 => format!("{place}elections.org"),
            4 => format!("{place}county.gov"),
            5 => format!("{place}-clerk.us"),
            6 => format!("results.{place}.example"),
            _ => format!("{place}.ca"),
        });
    }
    names.iter().map(|name| Protected::new(name, "test").unwrap()).collect()
}

/// These names, protected.
pub(crate) fn of(names: &[&str]) -> Vec<Protected> {
    names.iter().map(|name| Protected::new(name, "test").unwrap()).collect()
}
