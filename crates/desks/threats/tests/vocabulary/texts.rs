//! Every code of vocabularies has its words in four languages.

use scr_desk_threats::ThreatsDesk;
use scr_i18n::Lang;
use scr_web::{Desk as _, Visit};

#[test]
fn every_code_has_its_words() {
    for lang in [Lang::En, Lang::Fr, Lang::Es, Lang::Ar] {
        let visit = Visit::with_texts(lang, ThreatsDesk.texts());
        // SCR-THR-090, SCR-THR-091, SCR-THR-092, SCR-THR-093, SCR-THR-094
        for number in 90..=94 {
            let key = format!("error-scr-thr-{number:03}");
            let text = visit.ta(&key, &[("why", "x".into()), ("max", 7.into())]);
            assert!(!text.contains(&key) && text.len() > 10, "{lang:?} {text}");
        }
    }
}
