//! Prints how fast names are checked, how many of the known look-alikes are found, and how many ordinary names are taken
//! for one. `cargo run --release -p scr-names --example names_speed [-- WORDLIST…]`: word lists (one word a line) take the
//! place of the small vocabulary that is committed; Debian's wamerican, wfrench, wspanish and wngerman are such.

#![expect(clippy::unwrap_used, reason = "an example stops at what it does not expect")]

#[path = "../tests/lookalike/combos.rs"]
mod combos;
#[path = "../tests/lookalike/draw.rs"]
mod draw;
#[path = "../tests/lookalike/ordinary.rs"]
mod ordinary;
#[path = "../tests/lookalike/protected.rs"]
mod protected;

use scr_names::{Allow, Hit, Matcher, Name, Protected, Settings};
use std::collections::BTreeMap;
use std::time::Instant;

fn main() {
    let lists: Vec<String> = std::env::args().skip(1).collect();
    let words = if lists.is_empty() { ordinary::vocabulary() } else { words_of(&lists) };
    println!("{} words from {} lists", words.len(), lists.len());
    let names = ordinary::ordinary(&words, 400_000, 46);
    recall_of_dnstwist();
    recall_of_combos();
    let (six, offices, many) =
        (protected::of(&protected::TWISTED), protected::of(&protected::OFFICES), protected::many(10_000, 7));
    for (what, list) in [("6 names", six), ("40 offices", offices), ("10,000 names", many)] {
        speed_and_false_alarms(what, &list, &names);
    }
}

fn words_of(lists: &[String]) -> Vec<String> {
    let mut words = Vec::new();
    for list in lists {
        let text = std::fs::read_to_string(list).unwrap();
        let own: Vec<String> = text
            .lines()
            .filter(|word| word.len() > 2 && word.chars().all(char::is_alphabetic))
            .map(str::to_lowercase)
            .collect();
        // The lists are of very different lengths: as many of each.
        let step = (own.len() / 40_000).max(1);
        words.extend(own.into_iter().step_by(step));
    }
    words
}

fn matcher(protected: &[Protected]) -> Matcher {
    Matcher::build(protected, &Allow::new(), &Settings::default()).unwrap()
}

fn recall_of_dnstwist() {
    let Some(folder) = scr_testing::data("threats/lookalike") else { return };
    let mut counts: BTreeMap<String, (usize, usize, u64)> = BTreeMap::new();
    let mut missed: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for name in protected::TWISTED {
        let text = std::fs::read_to_string(folder.join(format!("dnstwist20250130_{name}.json"))).unwrap();
        let list: Vec<BTreeMap<String, String>> = serde_json::from_str(&text).unwrap();
        let matcher = matcher(&protected::of(&[name]));
        for row in list.iter().filter(|row| row["fuzzer"] != "*original") {
            let hit = matcher.check_text(&row["domain"]).unwrap();
            let count = counts.entry(row["fuzzer"].clone()).or_default();
            count.0 += 1;
            match hit {
                Some(hit) => {
                    count.1 += 1;
                    count.2 += u64::from(hit.score);
                }
                None => missed.entry(row["fuzzer"].clone()).or_default().push(row["domain"].clone()),
            }
        }
    }
    table("dnstwist 20250130, six names", &counts, &missed);
}

fn recall_of_combos() {
    let mut counts: BTreeMap<String, (usize, usize, u64)> = BTreeMap::new();
    let mut missed: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for name in protected::OFFICES.iter().filter(|name| name.contains('.')) {
        let parsed = Name::parse(name).unwrap();
        let suffix = parsed.suffix().to_owned();
        let label = name.strip_suffix(&format!(".{suffix}")).unwrap();
        let matcher = matcher(&protected::of(&[name]));
        for (class, made) in combos::combos(label, &suffix) {
            let Some(hit) = matcher.check_text(&made).unwrap() else {
                let count = counts.entry(class.to_owned()).or_default();
                count.0 += 1;
                missed.entry(class.to_owned()).or_default().push(made);
                continue;
            };
            let count = counts.entry(class.to_owned()).or_default();
            *count = (count.0 + 1, count.1 + 1, count.2 + u64::from(hit.score));
        }
    }
    table("combosquats of 38 offices", &counts, &missed);
}

fn table(what: &str, counts: &BTreeMap<String, (usize, usize, u64)>, missed: &BTreeMap<String, Vec<String>>) {
    println!(
        "\n{what}\n{:<24} {:>7} {:>7} {:>8} {:>6}  missed",
        "class", "names", "found", "recall", "score"
    );
    let mut total = (0, 0);
    for (class, (all, found, score)) in counts {
        total = (total.0 + all, total.1 + found);
        let some: Vec<&str> = missed.get(class).into_iter().flatten().map(String::as_str).take(4).collect();
        let mean = score / u64::try_from((*found).max(1)).unwrap();
        println!(
            "{class:<24} {all:>7} {found:>7} {:>7.1}% {mean:>6}  {}",
            percent(*found, *all),
            some.join(" ")
        );
    }
    println!("{:<24} {:>7} {:>7} {:>7.1}%", "all", total.0, total.1, percent(total.1, total.0));
}

/// As long as names can be: many parts, one letter, words of elections, and protected names themselves.
fn hostile() -> Vec<String> {
    vec![
        "a.".repeat(125) + "com",
        format!("{0}.{0}.{0}.com", "a".repeat(63)),
        format!("{0}.{0}.{0}.com", "vote".repeat(15)),
        "vote.".repeat(49) + "com",
        "vote-".repeat(12) + "x." + &"vote-".repeat(12) + "x.com",
        "gov-vote.".repeat(27) + "com",
        "elections.".repeat(24) + "com",
        format!("{0}.{0}.{0}.com", "elections-ca-vote-gov-results".repeat(2)),
    ]
}

fn percent(part: usize, whole: usize) -> f64 {
    let number = |n: usize| f64::from(u32::try_from(n).unwrap());
    100.0 * number(part) / number(whole.max(1))
}

fn speed_and_false_alarms(what: &str, protected: &[Protected], names: &[String]) {
    let began = Instant::now();
    let matcher = matcher(protected);
    let built = began.elapsed();
    let mut best = f64::MAX;
    let mut hits: Vec<(&String, Hit)> = Vec::new();
    for _ in 0..3 {
        let began = Instant::now();
        hits = names
            .iter()
            .filter_map(|name| matcher.check_text(name).ok().flatten().map(|hit| (name, hit)))
            .collect();
        best = best.min(began.elapsed().as_secs_f64());
    }
    let count = f64::from(u32::try_from(names.len()).unwrap());
    println!(
        "\n{what}: built in {:.0} ms, {} keys; {:.0} names/s on one core",
        built.as_secs_f64() * 1e3,
        matcher.keys(),
        count / best
    );
    let slowest = hostile().into_iter().map(|name| {
        let began = Instant::now();
        let _ = matcher.check_text(&name);
        (began.elapsed(), name)
    });
    let (took, name) = slowest.max().unwrap();
    println!("  slowest name made to be slow: {} µs ({name:.40}…)", took.as_micros());
    for score in [50u8, 60, 70, 80, 90] {
        let found = hits.iter().filter(|(_, hit)| hit.score >= score).count();
        let found = f64::from(u32::try_from(found).unwrap());
        print!("  score >= {score}: {:.1} of 100,000;", 100_000.0 * found / count);
    }
    println!();
    hits.sort_by_key(|(_, hit)| u8::MAX - hit.score);
    for (name, hit) in hits.iter().step_by((hits.len() / 12).max(1)) {
        println!("    {name} looks like {} {} {:?}", hit.looks_like, hit.score, hit.reasons);
    }
}
