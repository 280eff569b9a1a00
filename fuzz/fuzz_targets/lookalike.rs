//! Lists of protected and of seen names, with an empty line of `--` between them: every line is a name or a fault, every
//! hit has a reason, and what is protected never looks like itself.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scr_names::{Allow, ListLimits, Matcher, Name, Settings, match_names, read_protect_list};

fuzz_target!(|bytes: &[u8]| {
    let limits = ListLimits { names_bytes: 1 << 16, protect_bytes: 1 << 14, hits: 100, ..ListLimits::default() };
    let middle = bytes.windows(4).position(|part| part == b"\n--\n").unwrap_or(bytes.len());
    let (protect, names) = bytes.split_at(middle);
    let names = names.get(4..).unwrap_or_default();
    let settings = Settings { min_score: 0, ..Settings::default() };
    match match_names(names, protect, &settings, &limits) {
        Ok(report) => {
            for hit in &report.hits {
                assert!(hit.hit.score <= 100 && !hit.hit.reasons.is_empty() && hit.hit.protected < report.protected);
                assert_eq!(Name::parse(&hit.name).expect("it was printed").to_string(), hit.name);
            }
        }
        Err(faults) => assert!(!faults.is_empty()),
    }
    let Ok(list) = read_protect_list(protect, &limits) else { return };
    let matcher = Matcher::build(&list.protected, &Allow::new(), &settings).expect("few names");
    for name in list.protected.iter().filter_map(|one| one.domain()).take(20) {
        assert_eq!(matcher.check(name), None, "{name}");
    }
});
