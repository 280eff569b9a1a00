use super::*;

fn check(pattern_type: &str, text: &str) -> Result<Check, OtherError> {
    Language::of(pattern_type).unwrap().check(text, &Limits::default())
}

fn fault(pattern_type: &str, text: &str) -> (Fault, usize) {
    let error = check(pattern_type, text).expect_err(text);
    (error.fault, error.offset)
}

#[test]
fn pcre_is_compiled() {
    assert_eq!(check("pcre", r"^vote\.gov$"), Ok(Check::Checked));
    assert_eq!(check("pcre", r"(a)\1"), Ok(Check::Unsupported(Unsupported::Construct("back-references"))));
    assert_eq!(check("pcre", "a(?=b)"), Ok(Check::Unsupported(Unsupported::Construct("look-ahead"))));
    assert!(matches!(check("pcre", "(a"), Ok(Check::Unsupported(Unsupported::Syntax(_)))));
}

#[test]
fn what_is_not_understood_is_carried() {
    assert_eq!(check("sigma", "title: x\ndetection:\n  a: [b\n"), Ok(Check::Carried));
    assert_eq!(check("x-own", "anything {"), Ok(Check::Carried));
    assert_eq!(Language::of("stix"), None);
    assert_eq!(fault("sigma", " \n"), (Fault::Empty, 0));
    assert_eq!(fault("sigma", "a\0"), (Fault::Control, 1));
    let limits = Limits { bytes: 3, ..Limits::default() };
    assert_eq!(Language::Sigma.check("abcd", &limits), Err(OtherError { offset: 3, fault: Fault::TooLong }));
}

#[test]
fn the_outline_of_network_rules_is_looked_at() {
    for text in [
        "alert tcp any any -> any any (msg:\"x\"; sid:1;)",
        "alert tcp [10.0.0.0/8, !10.1.0.0/16] any -> $HOME_NET [80,443] (content:\"a\\\"b;)\"; nocase; sid:1; )",
        "# a comment\n\nalert http any any <> any any ( \\\n  msg:\"x\"; \\\n  sid:2; \\\n)\ndrop udp any any -> any 53 (sid:3;)\r\n",
        "alert http (msg:\"Snort 3\"; sid:4;)",
    ] {
        assert_eq!(check("snort", text), Ok(Check::Outline), "{text}");
        assert_eq!(check("suricata", text), Ok(Check::Outline), "{text}");
    }
    for (text, expected) in [
        ("# nothing", (Fault::NoRule, 0)),
        ("alert tcp any any -> any any", (Fault::NoRule, 0)),
        ("(sid:1;)", (Fault::NoRule, 0)),
        ("alert tcp any -> any any (sid:1;)", (Fault::Head, 0)),
        ("alert tcp any any - any any (sid:1;)", (Fault::Head, 0)),
        ("alert tcp [a any -> any any (sid:1;)", (Fault::Bracket, 0)),
        ("alert tcp any any -> any any (sid:1;", (Fault::Bracket, 36)),
        ("alert tcp any any -> any any (sid:1)", (Fault::Option, 30)),
        ("alert tcp any any -> any any (sid:1;;)", (Fault::Option, 36)),
        ("alert tcp any any -> any any (msg:\"x; sid:1;)", (Fault::Unclosed, 34)),
        ("alert tcp any any -> any any (sid:1;) \\", (Fault::Unclosed, 0)),
    ] {
        assert_eq!(fault("snort", text), expected, "{text}");
    }
}

#[test]
fn the_outline_of_yara_rules_is_looked_at() {
    for text in [
        "rule a { condition: true }",
        "import \"pe\"\nprivate rule a : t1 t2 {\n meta: x = \"{\"\n strings:\n $a = { 9C 50 ?? [2-4] (A1|B2) }\n $b = /a{2}\\/}\"/i // }\n condition: /* } */ $a and pe.number_of_sections / 2 > 1 and x matches /}/ }\nrule b { condition: a }",
    ] {
        assert_eq!(check("yara", text), Ok(Check::Outline), "{text}");
    }
    for (text, expected) in [
        ("import \"pe\"", (Fault::NoRule, 0)),
        ("rule a", (Fault::NoRule, 0)),
        ("{ condition: true }", (Fault::NoRule, 0)),
        ("rule a { strings: $a = \"x\" }", (Fault::NoCondition, 0)),
        ("rule a { condition true }", (Fault::NoCondition, 0)),
        ("rule a { condition: true", (Fault::Bracket, 7)),
        ("rule a { condition: (true }", (Fault::Bracket, 26)),
        ("rule a { condition: true }}", (Fault::Bracket, 26)),
        ("rule a { strings: $a = \"x\n condition: $a }", (Fault::Unclosed, 23)),
        ("rule a { strings: $a = /x condition: $a }", (Fault::Unclosed, 23)),
        ("rule a { /* condition: true }", (Fault::Unclosed, 9)),
    ] {
        assert_eq!(fault("yara", text), expected, "{text}");
    }
}
