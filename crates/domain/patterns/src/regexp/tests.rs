use super::*;
use crate::EvalLimits;

fn finds(source: &str, text: &str) -> bool {
    let regexp = Regexp::new(source, 1 << 20);
    regexp.finds_in_text(text, &mut Work::new(&EvalLimits::default())).unwrap_or_else(|why| panic!("{why}"))
}

fn finds_bytes(source: &str, octets: &[u8]) -> bool {
    let regexp = Regexp::new(source, 1 << 20);
    regexp
        .finds_in_bytes(octets, &mut Work::new(&EvalLimits::default()))
        .unwrap_or_else(|why| panic!("{why}"))
}

#[test]
fn the_search_is_unanchored_and_the_dot_matches_line_feeds() {
    assert!(finds("l+", "hello"));
    assert!(finds("a.b", "a\nb"));
    assert!(finds("(?-s)a.b", "a-b"));
    assert!(!finds("(?-s)a.b", "a\nb"));
    assert!(finds(r".+\@example\.com$", "x@example.com"));
    assert!(!finds(r".+\@example\.com$", "x@example.com.invalid"));
}

#[test]
fn a_dollar_matches_before_the_last_line_feed() {
    assert!(finds("abc$", "abc\n"));
    assert!(!finds("abc$", "abc\n\n"));
    assert!(!finds(r"abc\z", "abc\n"));
    assert!(finds(r"abc\Z", "abc\n"));
    assert!(finds_bytes("abc$", b"abc\n"));
}

#[test]
fn what_both_syntaxes_have_means_what_pcre_means() {
    // In the engine's own syntax these are an intersection, a difference, nested classes, borders of words.
    assert!(finds("^[a&&b]+$", "a&b"));
    assert!(finds("^[+--]+$", "+,-"));
    assert!(finds("^[[a]+$", "[a"));
    assert!(finds("^[a~~b]+$", "~"));
    assert!(finds(r"^\<a\>$", "<a>"));
    assert!(finds(r"^\v$", "\u{2028}"));
    assert!(!finds(r"^\v$", "\t"));
    assert!(finds(r"^[\w-.]+$", "a-b.c"));
    assert!(finds(r"^[a-\d]+$", "a-1"));
    assert!(finds(r"^[]a]+$", "]a"));
    assert!(finds(r"^[^]a]+$", "bc"));
    assert!(finds(r"^[\b]$", "\u{8}"));
    assert!(finds(r"^[[:alpha:]-]+$", "a-b"));
    assert!(finds(r"^\x41\x{42}[\103]\e\cA\0$", "ABC\u{1B}\u{1}\0"));
    assert!(finds(r"^\Qa.b*\E$", "a.b*"));
    assert!(finds("^a{x}{$", "a{x}{"));
    assert!(finds("^a{2}{3}$", "aaaaaa"));
    assert!(finds("^(?<n>a)(?P<m>b)(?'k'c)$", "abc"));
    assert!(finds("^a(?#a comment)+b$", "aab"));
    assert!(finds("(?i)ÄB", "äb"));
    assert!(finds("(?U)a+?b", "aab"));
    assert!(finds(r"^\w+$", "wählen"));
    assert!(finds(r"^\h\N$", "\u{A0}x"));
    assert!(finds(r"^\pL\p{Lu}\P{L}$", "aB1"));
    assert!(finds("^a}$", "a}"));
}

#[test]
fn what_cannot_be_run_is_unsupported_and_never_no_match() {
    for source in [
        r"(a)\1",
        r"(?<n>a)\k<n>",
        r"\g1",
        "(?=a)",
        "(?!a)",
        "(?<=a)b",
        "(?<!a)b",
        "(?>a)b",
        "a++",
        "a*+b",
        "a?+",
        "a{1,2}+",
        "(?R)",
        "(?0)",
        "(?1)",
        "(?&n)",
        "(?P>n)",
        "(?P=n)",
        "(?(1)a|b)",
        "(?|a|b)",
        "(*ACCEPT)",
        r"a\Kb",
        r"\Ga",
        r"\X",
        r"\C",
        r"\R",
        "(?x)a b",
        r"\i",
        r"\u0041",
        r"\",
        "[a",
        "a**",
        "(",
        "*",
        r"[\R]",
        "[[.a.]]",
        "a$b",
        "a{,3}",
        r"\p{^L}",
        r"\p{L&}",
        "(?^)a",
        r"\b{start}",
        r"\x{110000}",
        "[[:foo:]]",
    ] {
        let regexp = Regexp::new(source, 1 << 20);
        assert!(matches!(regexp.trouble(), Some(EvalError::Unsupported { .. })), "{source}");
    }
    let regexp = Regexp::new(r"\w{1000}", 10_000);
    assert!(matches!(regexp.trouble(), Some(EvalError::Unsupported { why: Unsupported::TooLarge, .. })));
    assert!(Regexp::new(&"(".repeat(100_000), 1 << 20).trouble().is_some());
}

#[test]
fn octets_are_matched_without_unicode() {
    let pcap = [0xD4, 0xC3, 0xB2, 0xA1, 2, 0, 4, 0];
    assert!(finds_bytes(r"\xd4\xc3\xb2\xa1\x02\x00\x04\x00", &pcap));
    assert!(finds_bytes("^é.$", &[0xE9, 0xFF]));
    assert!(finds_bytes(r"^[é-ÿ]\é$", &[0xF0, 0xE9]));
    assert!(!finds_bytes("ă", "ă".as_bytes()));
    assert!(!finds_bytes(r"\x{103}", "ă".as_bytes()));
    assert!(!finds_bytes(r"\w", &[0xE9]));
}

#[test]
fn a_known_literal_stands_in_every_match() {
    let literal = |source: &str| Regexp::new(source, 1 << 20).literal();
    assert_eq!(literal(r"^.+\.vote-gov\.com$").as_deref(), Some(".vote-gov.com"));
    assert_eq!(literal("abcd?efg").as_deref(), Some("abc"));
    assert_eq!(literal("abcd+ef").as_deref(), Some("abcd"));
    assert_eq!(literal("abc{0,2}d").as_deref(), Some("ab"));
    assert_eq!(literal("a(bcd)?e").as_deref(), Some("a"));
    assert_eq!(literal("abc|def"), None);
    assert_eq!(literal("(?i)abc"), None);
    assert_eq!(literal("(?i:a)bc"), None);
    assert_eq!(literal("abc(?#x)?"), None);
    assert_eq!(literal("[a-z]+"), None);
}
