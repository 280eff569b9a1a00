//! Playbooks to begin with, for the five situations that every election plans for. Written by us for an office with two
//! people for its machines, in four languages; manual steps only. French, Spanish and Arabic wait for the review of native
//! speakers.

/// A playbook that comes with the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Starter {
    /// Its short name, which is its file's name without `.json`, and its `situation`.
    pub name: &'static str,
    /// The playbook: CACAO 2.0.
    pub text: &'static str,
}

/// The languages of their texts, the playbooks' own first.
pub const LANGUAGES: [&str; 4] = ["en", "fr", "es", "ar"];

/// All five.
pub const STARTERS: [Starter; 5] = [
    Starter { name: "insider", text: include_str!("../starters/insider.json") },
    Starter { name: "social-accounts", text: include_str!("../starters/social-accounts.json") },
    Starter { name: "results-reporting", text: include_str!("../starters/results-reporting.json") },
    Starter { name: "voting-systems", text: include_str!("../starters/voting-systems.json") },
    Starter { name: "disinformation", text: include_str!("../starters/disinformation.json") },
];
