//! Methods by the names that laws and books give them.

use crate::seats::{Divisors, Method, Quota, TooMany};
use crate::votes::{Base, Rule};
use scr_core::Closest;
use serde::{Deserialize, Serialize};

/// How winners or seats follow from votes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Procedure {
    /// Seats of lists.
    Seats(Method),
    /// Seats of lists by the Dutch Elections Act, councils.
    Kieswet,
    /// Seats of lists by the Dutch Elections Act, House of Representatives and European Parliament.
    KieswetParliament,
    /// Winners among choices.
    Votes(Rule),
}

/// A name that no method has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("SCR-TAB-056 no method is called {name:?}{}; methods are {}", closest.map(|name| format!(", perhaps {name}")).unwrap_or_default(), Procedure::names().join(", "))]
pub struct UnknownMethod {
    /// The name.
    pub name: String,
    /// What was perhaps meant.
    pub closest: Option<&'static str>,
}

type Make = fn() -> Procedure;

const fn averages(divisors: Divisors) -> Procedure {
    Procedure::Seats(Method::HighestAverages(divisors))
}

const fn remainders(quota: Quota) -> Procedure {
    Procedure::Seats(Method::LargestRemainders { quota, too_many: TooMany::Refuse })
}

const fn most() -> Procedure {
    Procedure::Votes(Rule::Most { winners: 1 })
}

/// Each method under the name that we print and those that others use.
const METHODS: &[(&[&str], Make)] = &[
    (&["dhondt", "d'hondt", "jefferson", "greatest-divisors"], || averages(Divisors::DHondt)),
    (&["sainte-lague", "sainte-laguë", "webster", "major-fractions"], || averages(Divisors::SainteLague)),
    (&["modified-sainte-lague", "modified-sainte-laguë"], || {
        averages(Divisors::ModifiedSainteLague { numerator: 7, denominator: 5 })
    }),
    (&["adams", "smallest-divisors"], || averages(Divisors::Adams)),
    (&["huntington-hill", "hill", "equal-proportions"], || averages(Divisors::HuntingtonHill)),
    (&["dean", "harmonic-mean"], || averages(Divisors::Dean)),
    (&["danish"], || averages(Divisors::Danish)),
    (&["imperiali-divisors", "imperiali"], || averages(Divisors::Imperiali)),
    (&["hare", "hamilton", "hare-niemeyer", "vinton", "largest-remainder"], || remainders(Quota::Hare)),
    (&["droop"], || remainders(Quota::Droop)),
    (&["hagenbach-bischoff"], || remainders(Quota::HagenbachBischoff)),
    (&["imperiali-quota"], || remainders(Quota::Imperiali)),
    (&["kieswet", "kieswet-council"], || Procedure::Kieswet),
    (&["kieswet-parliament", "tweede-kamer"], || Procedure::KieswetParliament),
    (&["plurality", "first-past-the-post", "multi-winner-plurality", "block-vote"], most),
    (&["approval"], most),
    (&["cumulative"], most),
    (&["supermajority", "share"], || {
        Procedure::Votes(Rule::Share { share: (1, 2), more_than: true, of: Base::Valid })
    }),
    (&["runoff", "two-round"], || Procedure::Votes(Rule::Runoff { of: Base::Valid })),
];

impl Procedure {
    /// The method of this name. Capitals, blanks and hyphens do not matter. A supermajority is more than half until
    /// rules give its share.
    ///
    /// # Errors
    /// [`UnknownMethod`], with the closest name.
    pub fn parse(name: &str) -> Result<Self, UnknownMethod> {
        let wanted = folded(name);
        let found = METHODS.iter().find(|(names, _)| names.iter().any(|name| folded(name) == wanted));
        if let Some((_, make)) = found {
            return Ok(make());
        }
        let all = METHODS.iter().flat_map(|(names, _)| names.iter().copied());
        Err(UnknownMethod { name: name.chars().take(100).collect(), closest: Closest::among(all).to(name) })
    }

    /// The names of all methods.
    pub fn names() -> Vec<&'static str> {
        METHODS.iter().filter_map(|(names, _)| names.first().copied()).collect()
    }
}

fn folded(name: &str) -> String {
    let letters = name.chars().flat_map(char::to_lowercase);
    letters
        .filter(|letter| letter.is_alphanumeric())
        .map(|letter| if letter == 'ë' { 'e' } else { letter })
        .collect()
}
