//! Texts: the same in each language, and a text for each key that is made at run time.

use scr_desk_alerts::AlertsDesk;
use scr_i18n::Lang;
use scr_web::Desk as _;
use std::collections::BTreeSet;

fn keys(lang: Lang, begin: &str) -> BTreeSet<String> {
    let all = AlertsDesk.texts().iter().filter(|(one, _)| *one == lang);
    let lines = all.flat_map(|(_, text)| text.lines()).filter_map(|line| line.split_once(" = "));
    lines.map(|(key, _)| key.to_owned()).filter(|key| key.starts_with(begin)).collect()
}

#[test]
fn all_languages_have_the_same_texts() {
    for begin in ["send-", "error-scr-alr-25", "error-scr-alr-26"] {
        let english = keys(Lang::En, begin);
        assert!(english.len() >= 6, "{begin}: {english:?}");
        for lang in [Lang::Fr, Lang::Es, Lang::Ar] {
            assert_eq!(keys(lang, begin), english, "{}", lang.code());
        }
    }
}
