//! The packs in the program.

use super::pack::{Pack, PackError};

/// File name and text of each.
const SHIPPED: [(&str, &str); 6] = [
    ("bg-2009.toml", include_str!("../../rules/bg-2009.toml")),
    ("bo-2019.toml", include_str!("../../rules/bo-2019.toml")),
    ("generic.toml", include_str!("../../rules/generic.toml")),
    ("nl-eml.toml", include_str!("../../rules/nl-eml.toml")),
    ("pl-pkw-2020.toml", include_str!("../../rules/pl-pkw-2020.toml")),
    ("ru-2011.toml", include_str!("../../rules/ru-2011.toml")),
];

/// All packs in the program, in order of their ids.
pub fn shipped() -> Result<Vec<Pack>, PackError> {
    SHIPPED.iter().map(|(_, text)| Pack::parse(text)).collect()
}

/// The text of the pack in the program with this id, as it would be recorded.
pub fn shipped_text(id: &str) -> Option<&'static str> {
    SHIPPED.iter().find(|(name, _)| name.strip_suffix(".toml") == Some(id)).map(|(_, text)| *text)
}

/// The pack in the program with this id.
pub fn shipped_by_id(id: &str) -> Result<Option<Pack>, PackError> {
    shipped_text(id).map(Pack::parse).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words that pass judgement do not belong into a rule (reference, section 5).
    const VERDICTS: [&str; 14] = [
        "fraud",
        "stolen",
        "rigged",
        "proof",
        "fake",
        "suspicious",
        "guilty",
        "fraude",
        "volé",
        "truqué",
        "robad",
        "amañad",
        "تزوير",
        "مسروق",
    ];

    #[test]
    fn every_pack_is_sound_and_named_like_its_file() {
        let packs = shipped().unwrap();
        for ((name, _), pack) in SHIPPED.iter().zip(&packs) {
            assert_eq!(*name, format!("{}.toml", pack.id));
            assert!(!pack.rules.is_empty());
        }
        assert!(packs.is_sorted_by_key(|pack| &pack.id));
        assert!(shipped_by_id("generic").unwrap().is_some());
        assert!(shipped_by_id("nowhere").unwrap().is_none());
    }

    #[test]
    fn no_pack_passes_judgement() {
        for (name, text) in SHIPPED {
            let lower = text.to_lowercase();
            for verdict in VERDICTS {
                assert!(!lower.contains(verdict), "{name}: {verdict}");
            }
        }
    }
}
