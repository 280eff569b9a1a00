//! Every code of these pages has its words, in four languages.

use scr_desk_threats::ThreatsDesk;
use scr_i18n::Lang;
use scr_web::{Desk as _, Visit};

#[test]
fn every_code_has_its_words() {
    for lang in [Lang::En, Lang::Fr, Lang::Es, Lang::Ar] {
        let visit = Visit::with_texts(lang, ThreatsDesk.texts());
        for number in 110..=115 {
            let key = format!("error-scr-thr-{number:03}");
            let text = visit.ta(&key, &[("max", 100.into())]);
            assert!(!text.contains(&key) && text.len() > 10, "{lang:?} {text}");
        }
    }
}
