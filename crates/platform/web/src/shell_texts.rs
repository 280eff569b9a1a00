//! The shell's own texts.

use scr_i18n::Lang;

/// Texts of layouts, components and errors, which every desk may use.
pub const SHELL_TEXTS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("../texts/en.ftl")),
    (Lang::Fr, include_str!("../texts/fr.ftl")),
    (Lang::Es, include_str!("../texts/es.ftl")),
    (Lang::Ar, include_str!("../texts/ar.ftl")),
];
