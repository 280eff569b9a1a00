//! What problems of a file and refusals of this desk say.

use scr_i18n::Lang;

/// Texts for every code of `scr-intake`, `scr-results` and this desk, which have none themselves.
pub const PROBLEM_TEXTS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("../texts/problems/en.ftl")),
    (Lang::Fr, include_str!("../texts/problems/fr.ftl")),
    (Lang::Es, include_str!("../texts/problems/es.ftl")),
    (Lang::Ar, include_str!("../texts/problems/ar.ftl")),
];
