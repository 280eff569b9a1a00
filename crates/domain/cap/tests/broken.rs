//! Hostile and broken files: each is refused with its reason and its line, and none is read as two things.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_cap::xml::{Document, Fault, XmlError};
use scr_cap::{Limits, ReadError, read};

fn fault(text: &str) -> XmlError {
    Document::parse(text.as_bytes(), &Limits::default()).unwrap_err()
}

#[test]
fn entities_and_document_types_are_refused() {
    for text in [
        "<!DOCTYPE a><a/>",
        "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
        "<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY l \"l\"><!ENTITY m \"&l;&l;\">]><a>&m;</a>",
        "<!DOCTYPE a SYSTEM \"http://example.org/a.dtd\"><a/>",
        "<a/><!DOCTYPE a>",
        "<a><!DOCTYPE b></a>",
    ] {
        assert_eq!(fault(text).fault, Fault::DocumentType, "{text}");
    }
    assert!(fault("<!DOCTYPE a><a/>").to_string().contains("send the alert without it"));
    assert_eq!(fault("<a>&nbsp;</a>").fault, Fault::Entity("nbsp".to_owned()));
    assert_eq!(fault("<a b='&euro;'/>").fault, Fault::Entity("euro".to_owned()));
    let document =
        Document::parse(b"<a b='&lt;&#9;&#x41;'>&lt;&gt;&amp;&apos;&quot;&#228;</a>", &Limits::default());
    let document = document.unwrap();
    assert_eq!(document.root().text(), "<>&'\"ä");
    assert_eq!(document.root().attribute("b"), Some("<\tA"));
}

#[test]
fn what_is_not_well_formed_is_refused() {
    for text in [
        "",
        " ",
        "text",
        "<a>",
        "<a></b>",
        "<a/><b/>",
        "<a/>text",
        "text<a/>",
        "&#65;<a/>",
        "<a/><![CDATA[x]]>",
        "</a>",
        "<a b/>",
        "<a b=c/>",
        "<a b='1' b='2'/>",
        "<a b='1'c='2'/>",
        "<a b='<'/>",
        "<a b='&'/>",
        "<a b='1/>",
        "<a>&</a>",
        "<a>&;</a>",
        "<a>&#;</a>",
        "<a>&#x;</a>",
        "<a>&#+65;</a>",
        "<a>]]></a>",
        "<a><!-- -- --></a>",
        "<a><!-- ---></a>",
        "<a><?xml version='1.0'?></a>",
        " <?xml version='1.0'?><a/>",
        "<?xml?><a/>",
        "<?xml encoding='utf-8'?><a/>",
        "<?xml version='1.0' standalone='maybe'?><a/>",
        "<?xml version='1.0' encoding='utf-8' more='1'?><a/>",
        "<a><?XML x?></a>",
        "<a><? x?></a>",
        "<1/>",
        "<a:b:c xmlns:a='urn:a'/>",
        "<:a/>",
        "<a :b='1'/>",
        "<a xmlns:='urn:a'/>",
        "<a xmlns:1='urn:a'/>",
        "<a -b='1'/>",
        "<a",
        "<a><![CDATA[</a>",
        "<a><!-- </a>",
    ] {
        assert!(matches!(fault(text).fault, Fault::Syntax(_)), "{text}: {:?}", fault(text));
    }
    assert_eq!(fault("<a>\n\n<b>\n</a>").line, 4);
}

#[test]
fn namespaces_are_checked() {
    for text in [
        "<p:a/>",
        "<a p:b='1'/>",
        "<a xmlns:p=''/>",
        "<a xmlns:xmlns='urn:a'/>",
        "<a xmlns:xml='urn:a'/>",
        "<a xmlns:p='http://www.w3.org/XML/1998/namespace'/>",
        "<a xmlns='http://www.w3.org/2000/xmlns/'/>",
        "<a xmlns='relative'/>",
        "<a xmlns='urn:a b'/>",
        "<a xmlns='urn:]'/>",
        "<a xmlns='urn:%'/>",
        "<a xmlns='urn:ü'/>",
        "<a xmlns:p='urn:a' xmlns:q='urn:a' p:b='1' q:b='2'/>",
        "<a><b xmlns:p='urn:a'/><p:c/></a>",
    ] {
        assert!(matches!(fault(text).fault, Fault::Namespace(_)), "{text}: {:?}", fault(text));
    }
}

#[test]
fn names_of_namespaces_are_short() {
    let declared = |length: usize| format!("<a xmlns='urn:{}'/>", "x".repeat(length - 4));
    assert!(Document::parse(declared(256).as_bytes(), &Limits::default()).is_ok());
    assert!(matches!(fault(&declared(257)).fault, Fault::Namespace(_)));
}

/// As many namespaces, prefixes and signatures as the limits allow: neither time nor memory may explode.
#[test]
fn the_worst_file_is_verified_in_a_moment() {
    let declarations = |depth: usize| -> String {
        (0..60).map(|at| format!(" xmlns:p{depth}x{at}='urn:{}{at}'", "y".repeat(200))).collect()
    };
    let inner: String = (0..14_000).map(|at| format!("<p0x{}:e/>", at % 60)).collect();
    let list: Vec<String> = (0..32).map(|at| format!("p0x{at}")).collect();
    let form = format!(
        "Algorithm='http://www.w3.org/2001/10/xml-exc-c14n#'><i:InclusiveNamespaces xmlns:i='http://www.w3.org/2001/10/xml-exc-c14n#' PrefixList='{}'/>",
        list.join(" ")
    );
    let signature = format!(
        "<Signature xmlns='http://www.w3.org/2000/09/xmldsig#'><SignedInfo><CanonicalizationMethod {form}</CanonicalizationMethod>\
         <SignatureMethod Algorithm='http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256'/><Reference URI=''><Transforms>\
         <Transform Algorithm='http://www.w3.org/2000/09/xmldsig#enveloped-signature'/><Transform {form}</Transform></Transforms>\
         <DigestMethod Algorithm='http://www.w3.org/2001/04/xmlenc#sha256'/><DigestValue>AAAA</DigestValue></Reference>\
         </SignedInfo><SignatureValue>AAAA</SignatureValue></Signature>"
    );
    let open: String = (0..20).map(|depth| format!("<d{}>", declarations(depth))).collect();
    let text = format!(
        "<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'{}>{open}{inner}{}{}</alert>",
        declarations(0),
        "</d>".repeat(20),
        signature.repeat(20)
    );
    let reading = read(text.as_bytes(), &Limits::default()).unwrap();
    let found = scr_cap::verify(&reading, &[], None, &Limits::default());
    let states: Vec<&str> = found.iter().map(|one| one.state.as_str()).collect();
    assert_eq!(states, [vec!["broken"; 8], vec!["refused"]].concat());
}

#[test]
fn encodings_are_checked() {
    let parse = |bytes: &[u8]| Document::parse(bytes, &Limits::default());
    let latin = parse(b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9</a>").unwrap();
    assert_eq!(latin.root().text(), "é");
    assert_eq!(parse(b"\xEF\xBB\xBF<a>\xC3\xA9\r\n\r</a>").unwrap().root().text(), "é\n\n");
    let fault = |bytes: &[u8]| parse(bytes).unwrap_err().fault;
    assert_eq!(fault(b"<a>\xE9</a>"), Fault::Bytes("UTF-8"));
    assert_eq!(fault(b"<?xml version='1.0' encoding='US-ASCII'?><a>\xE9</a>"), Fault::Bytes("US-ASCII"));
    assert_eq!(fault(b"\xFF\xFE<\0a\0/\0>\0"), Fault::Encoding("UTF-16 or UTF-32".to_owned()));
    for name in ["UTF-16", "UTF-7", "windows-1252", "IBM037"] {
        let text = format!("<?xml version='1.0' encoding='{name}'?><a/>");
        assert_eq!(fault(text.as_bytes()), Fault::Encoding(name.to_owned()));
    }
    assert_eq!(fault(b"<?xml version='1.1'?><a/>"), Fault::Version("1.1".to_owned()));
    for (text, code) in
        [("<a>\u{1}</a>", 1), ("<a>&#0;</a>", 0), ("<a>&#xFFFE;</a>", 0xFFFE), ("<a>&#xD800;</a>", 0xD800)]
    {
        assert_eq!(fault(text.as_bytes()), Fault::Character(code));
    }
    assert_eq!(fault(b"<a>&#99999999999;</a>"), Fault::Character(u32::MAX));
}

#[test]
fn limits_hold() {
    let limits =
        Limits { bytes: 2_000, depth: 4, nodes: 20, attributes: 3, attribute_bytes: 10, ..Limits::default() };
    let fault = |text: &str| Document::parse(text.as_bytes(), &limits).map_err(|error| error.fault);
    assert_eq!(fault(&" ".repeat(2_001)), Err(Fault::TooLong(2_000)));
    assert!(fault("<a><a><a><a/></a></a></a>").is_ok());
    assert_eq!(fault("<a><a><a><a><a/></a></a></a></a>"), Err(Fault::TooDeep(4)));
    assert_eq!(fault(&format!("<a>{}</a>", "<b/>".repeat(20))), Err(Fault::TooMany(20)));
    assert_eq!(fault(&format!("<a>{}</a>", "<!---->".repeat(20))), Err(Fault::TooMany(20)));
    assert_eq!(fault("<a b='' c='' d='' e=''/>"), Err(Fault::TooManyAttributes(3)));
    assert_eq!(fault("<a b='12345678901'/>"), Err(Fault::AttributeTooLong(10)));
    // The default depth holds against a bomb of a megabyte.
    let bomb = "<a>".repeat(300_000);
    assert_eq!(Document::parse(bomb.as_bytes(), &Limits::default()).unwrap_err().fault, Fault::TooDeep(32));
    let points = Limits { points: 7, ..Limits::default() };
    let alert = format!(
        "{HEAD}<area><areaDesc>d</areaDesc><polygon>0,0 0,1 1,1 0,0</polygon><polygon>0,0 0,1 1,1 0,0</polygon></area></info></alert>"
    );
    let reading = read(alert.as_bytes(), &points).unwrap();
    assert_eq!(reading.findings[0].code.as_str(), "points-too-many");
    assert_eq!(reading.alert.unwrap().infos[0].areas[0].polygons.len(), 1);
}

const HEAD: &str = "<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'><identifier>i</identifier><sender>s</sender>\
    <sent>2026-11-03T20:00:00-00:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope><info>\
    <category>Security</category><event>e</event><urgency>Past</urgency><severity>Minor</severity>\
    <certainty>Likely</certainty>";

#[test]
fn what_is_no_alert_or_two_is_refused() {
    for text in [
        "<alert/>",
        "<alert xmlns='urn:oasis:names:tc:emergency:cap:1.3'/>",
        "<a xmlns='urn:oasis:names:tc:emergency:cap:1.2'/>",
        "<feed xmlns='http://www.w3.org/2005/Atom'/>",
    ] {
        let error = read(text.as_bytes(), &Limits::default()).unwrap_err();
        assert!(matches!(error, ReadError::NotAnAlert { .. }), "{text}: {error}");
    }
    for inner in ["<alert/>", "<x xmlns='urn:x'><alert xmlns='urn:oasis:names:tc:emergency:cap:1.1'/></x>"] {
        let text = format!("{HEAD}\n{inner}</info></alert>");
        let error = read(text.as_bytes(), &Limits::default()).unwrap_err();
        assert_eq!(error, ReadError::SecondAlert { line: 2 }, "{inner}");
    }
}
