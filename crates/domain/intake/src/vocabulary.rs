//! Headings that mean something, in the languages of the files that were seen.

/// What a heading can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Meaning {
    Unit,
    /// A place above; the number orders them from the widest.
    Parent(u8),
    Name,
    Part,
    Contest,
    Contestant,
    Votes,
    Group,
    Field(&'static str),
    /// A number or text that is neither a field nor a contestant.
    Other,
}

/// Words are compared in lower case without marks; a heading that equals one is sure, one that
/// contains it as whole words is likely.
const WORDS: &[(Meaning, &[&str])] = &[
    (
        Meaning::Unit,
        &[
            "precinct",
            "precinct code",
            "precincts",
            "polling station",
            "station",
            "numer obwodu",
            "nr obwodu",
            "okrsek",
            "numero mesa",
            "número mesa",
            "mesa",
            "seccion",
            "sección",
            "secção",
            "bureau de vote",
            "code bureau",
            "участок",
            "уик",
            "номер уик",
            "дільниця",
            "номер дільниці",
            "секция",
            "номер секция",
            "رقم المركز",
            "المركز",
            "stembureau",
            "wahlbezirk",
            "stimmbezirk",
            "sectie",
            "secția",
            "nr sectie",
            "secție",
            "qv",
            "kodi qv",
            "qendra e votimit",
            "unit",
            "unit code",
            "election_district",
            "ward",
            "polling place",
            "zona eleitoral",
        ],
    ),
    (Meaning::Parent(0), &["country", "país", "pays", "страна", "країна", "land", "level1"]),
    (
        Meaning::Parent(1),
        &[
            "region",
            "state",
            "província",
            "departamento",
            "départment",
            "département",
            "województwo",
            "kraj",
            "регион",
            "область",
            "bundesland",
            "provincie",
            "judet",
            "județ",
            "prefectures",
            "qarku",
            "محافظة",
            "level2",
            "uf",
        ],
    ),
    (
        Meaning::Parent(2),
        &[
            "district",
            "county",
            "provincia",
            "powiat",
            "okres",
            "район",
            "kreis",
            "община",
            "level3",
            "circonscription",
        ],
    ),
    (
        Meaning::Parent(3),
        &[
            "municipality",
            "municipio",
            "município",
            "commune",
            "communes",
            "gmina",
            "obec",
            "gemeente",
            "gemeinde",
            "localitate",
            "bashkia",
            "level4",
        ],
    ),
    (Meaning::Parent(4), &["locality", "localidad", "town", "city", "zona", "level5"]),
    (
        Meaning::Name,
        &["name", "recinto", "siedziba", "nazwa", "nom", "nombre", "location", "местонахождение", "denumire"],
    ),
    (Meaning::Part, &["vote type", "counting group", "part", "mode of voting"]),
    (
        Meaning::Contest,
        &["contest", "contest title", "contest name", "office", "race", "cargo", "scrutin", "wybory"],
    ),
    (
        Meaning::Contestant,
        &[
            "candidate",
            "choice",
            "choice name",
            "candidate name",
            "candidato",
            "candidat",
            "kandydat",
            "kandidat",
            "кандидат",
            "кандидати",
            "مرشح",
            "المرشح",
            "kandidaat",
            "kandidati",
        ],
    ),
    (
        Meaning::Votes,
        &[
            "votes",
            "total votes",
            "votos",
            "voix",
            "głosy",
            "liczba głosów",
            "hlasy",
            "голоса",
            "голоси",
            "гласове",
            "أصوات",
            "الأصوات",
            "stemmen",
            "stimmen",
            "voturi",
            "vota",
        ],
    ),
    (
        Meaning::Group,
        &["party", "party name", "partido", "parti", "partia", "партия", "partij", "partei", "strana"],
    ),
    (
        Meaning::Field("registered"),
        &[
            "registered",
            "registered voters",
            "active voters",
            "eligible voters",
            "inscritos",
            "inscrits",
            "electorado",
            "liczba wyborców uprawnionych do głosowania",
            "uprawnieni",
            "vol_seznam",
            "zapsani volici",
            "зарегистрировано",
            "избиратели",
            "виборців",
            "kiesgerechtigden",
            "wahlberechtigte",
            "inscrisi",
            "zgjedhes",
            "nvoters",
            "الناخبون",
            "eleitores",
            "aptos",
        ],
    ),
    (
        Meaning::Field("ballots_received"),
        &["ballots received", "komisje obwodowe otrzymały kart do głosowania"],
    ),
    (Meaning::Field("ballots_unused"), &["unused ballots", "nie wykorzystano kart do głosowania"]),
    (
        Meaning::Field("ballots_issued"),
        &[
            "ballots issued",
            "issued",
            "liczba wyborców, którym wydano karty do głosowania",
            "vyd_obalky",
            "выдано",
        ],
    ),
    (
        Meaning::Field("ballots_cast"),
        &[
            "ballots",
            "ballots cast",
            "total ballots",
            "votantes",
            "votants",
            "odevz_obal",
            "received",
            "turnout",
            "liczba kart wyjętych z urny",
            "ballots counted",
            "uitgebrachte stemmen",
        ],
    ),
    (
        Meaning::Field("ballots_from_envelopes"),
        &["w tym liczba kart wyjętych z kopert na karty do głosowania"],
    ),
    (Meaning::Field("ballots_invalid"), &["liczba kart nieważnych", "invalid ballots"]),
    (Meaning::Field("ballots_valid"), &["liczba kart ważnych", "valid ballots"]),
    (
        Meaning::Field("votes_invalid"),
        &[
            "invalid",
            "invalid votes",
            "nulos",
            "votos nulos",
            "nuls",
            "liczba głosów nieważnych",
            "neplatne hlasy",
            "недействительные",
            "ongeldig",
            "ungültige",
            "voturi nule",
            "spoiled",
            "rejected",
        ],
    ),
    (
        Meaning::Field("votes_blank"),
        &["blank", "blank votes", "blancos", "blancs", "votos en blanco", "blanco"],
    ),
    (
        Meaning::Field("votes_valid"),
        &[
            "valid votes",
            "valid",
            "votos válidos",
            "exprimés",
            "pl_hl_celk",
            "nvalid",
            "liczba głosów ważnych oddanych łącznie na wszystkich kandydatów",
            "liczba głosów ważnych",
            "geldige stemmen",
            "gültige",
            "voturi valabile",
            "действителни",
            "действительных",
        ],
    ),
    (Meaning::Field("undervotes"), &["under votes", "undervotes", "undervote"]),
    (Meaning::Field("overvotes"), &["over votes", "overvotes", "overvote"]),
    (
        Meaning::Other,
        &[
            "total undervotes",
            "total overvotes",
            "percent",
            "turnout %",
            "lat",
            "lon",
            "latitude",
            "longitude",
            "id",
            "date",
            "time",
            "address",
            "winner",
            "type",
            "typ obwodu",
            "total",
            "line",
            "precinct count",
            "precincts reporting",
            "precincts reported",
            "number of precincts",
            "remarks",
            "remark",
            "notes",
            "note",
            "comment",
            "comments",
            "uwagi",
            "observaciones",
            "observations",
            "remarques",
            "bemerkungen",
            "opmerkingen",
            "poznamka",
            "примечание",
            "ملاحظات",
        ],
    ),
];

/// What a heading means, and how sure that is in percent.
pub(crate) fn meaning(heading: &str) -> Option<(Meaning, u8)> {
    let plain = plain(heading);
    if plain.is_empty() {
        return None;
    }
    let mut best: Option<(Meaning, u8, usize)> = None;
    for (meaning, words) in WORDS {
        for word in *words {
            let word = self::plain(word);
            if word == plain {
                return Some((*meaning, 95));
            }
            let inside = format!(" {plain} ").contains(&format!(" {word} "));
            // A word is evidence in as far as it makes up the heading.
            if inside && word.len() >= 4 && best.is_none_or(|(_, _, length)| word.len() > length) {
                let share = u8::try_from(word.len() * 30 / plain.len().max(1)).unwrap_or(30);
                best = Some((*meaning, 50 + share, word.len()));
            }
        }
    }
    best.filter(|(_, confidence, _)| *confidence >= 60).map(|(meaning, confidence, _)| (meaning, confidence))
}

/// Lower case, words with one space between them; Latin letters without their marks.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        let c = match c {
            'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ă' | 'ą' => 'a',
            'é' | 'è' | 'ê' | 'ë' | 'ę' | 'ě' => 'e',
            'í' | 'ì' | 'î' | 'ï' => 'i',
            'ó' | 'ò' | 'ô' | 'ö' | 'õ' => 'o',
            'ú' | 'ù' | 'û' | 'ü' | 'ů' => 'u',
            'ç' | 'č' | 'ć' => 'c',
            'ñ' | 'ń' | 'ň' => 'n',
            'ł' => 'l',
            'ś' | 'š' | 'ș' | 'ş' => 's',
            'ț' | 'ţ' | 'ť' => 't',
            'ż' | 'ź' | 'ž' => 'z',
            c if c.is_alphanumeric() => c,
            _ => ' ',
        };
        if c != ' ' || !out.ends_with(' ') {
            out.push(c);
        }
    }
    out.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_in_many_languages() {
        let cases = [
            ("Número Mesa", Meaning::Unit),
            ("Numer obwodu", Meaning::Unit),
            ("Номер секция", Meaning::Unit),
            ("Inscritos", Meaning::Field("registered")),
            ("Active \nVoters*", Meaning::Field("registered")),
            ("Województwo", Meaning::Parent(1)),
            ("Choice Name", Meaning::Contestant),
            ("Liczba głosów nieważnych", Meaning::Field("votes_invalid")),
            ("Votos Nulos", Meaning::Field("votes_invalid")),
        ];
        for (heading, wanted) in cases {
            assert_eq!(meaning(heading).map(|found| found.0), Some(wanted), "{heading}");
        }
        assert_eq!(meaning("Andrzej Sebastian DUDA"), None);
        assert_eq!(meaning("MAS - IPSP"), None);
    }
}
