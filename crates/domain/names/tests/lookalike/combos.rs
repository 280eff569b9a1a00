//! Names that are registered to deceive without a slip of the keyboard: what permutation tools do not make. Each class
//! is a way in which a person would do it; made for any protected name.

/// A class and a name of it.
type Made = Vec<(&'static str, String)>;

const WORDS: [&str; 10] = [
    "results",
    "register",
    "ballot",
    "official",
    "resultados",
    "élection",
    "wahl",
    "uitslag",
    "2027",
    "polling",
];
const PAIRS: [[&str; 2]; 5] = [
    ["results", "ballot"],
    ["register", "poll"],
    ["official", "results"],
    ["resultats", "vote"],
    ["2026", "ballots"],
];

/// What is made of `label` (with the dots of deeper names) and `suffix`.
pub(crate) fn combos(label: &str, suffix: &str) -> Made {
    let mut out = Vec::new();
    with_suffix(label, suffix, &mut out);
    with_words(label, suffix, &mut out);
    with_digits(label, suffix, &mut out);
    out
}

fn with_suffix(label: &str, suffix: &str, out: &mut Made) {
    let (flat, run, merged) = (label.replace('.', "-"), label.replace('.', ""), suffix.replace('.', ""));
    for tld in ["com", "org", "net", "info", "online", "vote"] {
        if tld != suffix {
            out.push(("tld-swap", format!("{label}.{tld}")));
        }
    }
    for tld in ["com", "org", "info", "co"] {
        out.push(("suffix-hyphen", format!("{flat}-{merged}.{tld}")));
        out.push(("suffix-joined", format!("{run}{merged}.{tld}")));
        out.push(("suffix-first", format!("{merged}-{flat}.{tld}")));
    }
    for rest in ["results.example", "login-portal.com", "verify.info", "github.io"] {
        out.push(("in-front", format!("{label}.{suffix}.{rest}")));
        out.push(("in-front", format!("www.{label}.{suffix}.{rest}")));
    }
}

fn with_words(label: &str, suffix: &str, out: &mut Made) {
    let (flat, run, merged) = (label.replace('.', "-"), label.replace('.', ""), suffix.replace('.', ""));
    for word in WORDS {
        out.push(("suffix-and-word", format!("{flat}-{merged}-{word}.com")));
        out.push(("suffix-and-word-joined", format!("{run}{merged}{word}.com")));
        out.push(("word-and-suffix", format!("{word}-{flat}-{merged}.org")));
        out.push(("word-between", format!("{flat}-{word}-{merged}.com")));
    }
    for [a, b] in PAIRS {
        out.push(("two-words", format!("{flat}-{a}-{b}.com")));
        out.push(("two-words-joined", format!("{run}{a}{b}.com")));
    }
    for word in ["results", "register", "ballot", "uitslag", "tulemused", "resultats"] {
        out.push(("one-word", format!("{flat}-{word}.com")));
        out.push(("one-word-same-suffix", format!("{flat}-{word}.{suffix}")));
    }
}

fn with_digits(label: &str, suffix: &str, out: &mut Made) {
    let digits = |text: &str| text.replace('o', "0").replace(['i', 'l'], "1").replace('e', "3");
    let flat = label.replace('.', "-");
    if digits(&flat) != flat {
        out.push(("digits-and-suffix", format!("{}-{}.com", digits(&flat), suffix.replace('.', ""))));
    }
    // Of a deeper name the registrable label: below that, names are the owner's own.
    let (above, registrable) =
        label.rsplit_once('.').map_or((String::new(), label), |(a, b)| (format!("{a}."), b));
    if digits(registrable) != registrable {
        out.push(("digits", format!("{above}{}.{suffix}", digits(registrable))));
    }
}
