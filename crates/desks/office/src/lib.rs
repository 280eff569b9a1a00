//! The office desk: organisations, people, roles. So far it brings the words in which access refuses.

use scr_i18n::Lang;

/// The desk's texts in every language.
pub const TEXTS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("../texts/en.ftl")),
    (Lang::Fr, include_str!("../texts/fr.ftl")),
    (Lang::Es, include_str!("../texts/es.ftl")),
    (Lang::Ar, include_str!("../texts/ar.ftl")),
];
