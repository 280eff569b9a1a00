//! What may be found in an alert, with a stable name each.

use scr_core::Severity;
use std::fmt;

/// Which rule a finding rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// The schema of CAP 1.2: the file is not valid.
    Schema,
    /// The text of CAP 1.2, or what its readers stumble over.
    Standard,
    /// The election profile of this program.
    Profile,
}

macro_rules! codes {
    ($($name:ident = $text:literal, $basis:ident, $severity:ident, $what:literal, $todo:literal;)*) => {
        /// What was found, stable across versions of this program.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $what] $name,)*
        }

        impl Code {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The name by which programs know it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// Which rule it rests on.
            pub fn basis(self) -> Basis {
                match self { $(Self::$name => Basis::$basis,)* }
            }

            /// An error breaks the rule; a warning is what others may stumble over.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }

            /// What is the matter, in English.
            pub fn what(self) -> &'static str {
                match self { $(Self::$name => $what,)* }
            }

            /// What to do about it, in English.
            pub fn todo(self) -> &'static str {
                match self { $(Self::$name => $todo,)* }
            }
        }
    };
}

codes! {
    // What the schema says.
    ElementMissing = "element-missing", Schema, Error, "A required element is missing.", "Add it.";
    ElementUnknown = "element-unknown", Schema, Error, "CAP has no such element here; what it says is left out.", "Remove it, or carry it in a parameter.";
    ElementOrder = "element-order", Schema, Error, "The elements are not in the order of the standard.", "Move it to its place.";
    ElementRepeated = "element-repeated", Schema, Error, "The element may stand only once; the first one is read.", "Leave one.";
    AttributeUnknown = "attribute-unknown", Schema, Error, "CAP has no attributes.", "Remove it.";
    TextStray = "text-stray", Schema, Error, "Text stands where only elements may.", "Move it into an element, or remove it.";
    ValueUnknown = "value-unknown", Schema, Error, "The value is none of those the standard lists.", "Choose one of the list.";
    ValueSpaced = "value-spaced", Schema, Error, "White space stands around a value of a list.", "Remove the white space.";
    TimeForm = "time-form", Schema, Error, "The time is not written as 2026-11-03T20:00:00-00:00; Z and fractions are not allowed.", "Write it so; UTC is -00:00.";
    LanguageForm = "language-form", Schema, Error, "The language is not written as en or en-US.", "Write it as RFC 5646 has it.";
    UriForm = "uri-form", Schema, Error, "The value is not an address.", "Write it as https://example.org/page, without spaces.";
    NumberForm = "number-form", Schema, Error, "The value is not a number.", "Write a decimal number such as 12.5.";
    // What the standard's text says.
    NamespaceOld = "namespace-old", Standard, Warning, "The file is CAP 1.0 or 1.1; it is read, and written as 1.2.", "Ask the sender for CAP 1.2.";
    TimeFormOld = "time-form-old", Standard, Warning, "The time has Z, a fraction or no zone, as CAP before 1.2 allowed.", "Write it as 2026-11-03T20:00:00-00:00.";
    ElementOld = "element-old", Standard, Warning, "CAP 1.2 does not have this element any more; it is left out.", "Nothing, or carry it in a parameter.";
    ElementForeign = "element-foreign", Standard, Warning, "The element belongs to XML Signature but is no signature; it is left out.", "Remove it.";
    AttributeIgnored = "attribute-ignored", Standard, Warning, "The attribute names a schema; nothing is fetched.", "Remove it.";
    InstructionIgnored = "instruction-ignored", Standard, Warning, "A processing instruction (such as a stylesheet) is not followed.", "Remove it.";
    SizeForm = "size-form", Standard, Error, "The size is not a number of bytes.", "Write a whole number, or leave it out.";
    NumberRange = "number-range", Standard, Error, "The number has more than nine digits before or after the point.", "Round it.";
    RequiredEmpty = "required-empty", Standard, Error, "A required element is empty.", "Fill it in.";
    ElementEmpty = "element-empty", Standard, Warning, "The element is empty; an optional one counts as missing.", "Fill it in, or leave it out.";
    IdentifierCharacters = "identifier-characters", Standard, Error, "Identifier and sender have no white space, comma, < or &.", "Replace the character; others refer to the alert by this text.";
    ScopeRestriction = "scope-restriction", Standard, Error, "A restriction goes with scope Restricted, and only with it.", "Add the restriction or change the scope.";
    ScopeAddresses = "scope-addresses", Standard, Error, "Scope Private needs addresses.", "Name the recipients.";
    AddressesForm = "addresses-form", Standard, Error, "A quotation mark in a list is not closed.", "Close it.";
    NoteMissing = "note-missing", Standard, Warning, "An exercise says in its note what it is an exercise of; an Error message what is wrong.", "Add a note.";
    ReferencesMissing = "references-missing", Standard, Error, "Update, Cancel, Ack and Error name the messages they are about.", "Add references.";
    ReferencesUnexpected = "references-unexpected", Standard, Warning, "A new alert (msgType Alert) refers to earlier ones.", "Use Update, or leave the references out.";
    ReferenceForm = "reference-form", Standard, Error, "A reference is sender,identifier,sent.", "Write it so, several with white space between them.";
    ReferenceSelf = "reference-self", Standard, Error, "The message refers to itself.", "Refer to the message before it.";
    ReferenceLater = "reference-later", Standard, Error, "The message refers to one that was sent after it.", "Correct the time, or refer to an earlier message.";
    ReferenceRepeated = "reference-repeated", Standard, Warning, "A message is referred to twice.", "Leave one.";
    InfoMissing = "info-missing", Standard, Warning, "An alert or update without an info block says nothing.", "Add one.";
    ExpiresSent = "expires-sent", Standard, Error, "The alert expires before or when it is sent.", "Set a later time of expiry.";
    ExpiresEffective = "expires-effective", Standard, Error, "The alert expires before or when it takes effect.", "Set a later time of expiry.";
    ExpiresOnset = "expires-onset", Standard, Warning, "The alert expires before what it warns of begins.", "Set a later time of expiry.";
    HeadlineLong = "headline-long", Standard, Warning, "The headline has more than 160 characters; SMS and displays cut it.", "Shorten it.";
    LanguageRepeated = "language-repeated", Standard, Warning, "Two info blocks have the same language and the same event.", "Give each its own language; without a language en-US counts.";
    WebRelative = "web-relative", Standard, Error, "The address of the web page is not complete.", "Write it with https://.";
    UriRelative = "uri-relative", Standard, Error, "A relative uri needs derefUri, which carries the file itself.", "Write the whole address, or add derefUri.";
    MimeTypeForm = "mime-type-form", Standard, Error, "The type of the file is not written as image/png.", "Write it so (RFC 2046).";
    DigestForm = "digest-form", Standard, Error, "The digest is not a SHA-1 of 40 hexadecimal digits.", "Compute it again, or leave it out.";
    DerefUriForm = "deref-uri-form", Standard, Error, "derefUri is not base64.", "Encode the file as base64.";
    CeilingAltitude = "ceiling-altitude", Standard, Error, "A ceiling needs an altitude.", "Add the altitude.";
    CeilingBelow = "ceiling-below", Standard, Error, "The ceiling is not above the altitude.", "Exchange them.";
    PointForm = "point-form", Standard, Error, "A point is latitude,longitude in degrees.", "Write it as 48.2082,16.3738.";
    PointRange = "point-range", Standard, Error, "Latitudes lie from -90 to 90, longitudes from -180 to 180 degrees.", "Correct it; the latitude comes first.";
    PolygonShort = "polygon-short", Standard, Error, "A polygon has four points or more.", "Add points, or use a circle.";
    PolygonOpen = "polygon-open", Standard, Error, "The first and the last point of a polygon are the same.", "Repeat the first point at the end.";
    PolygonCrossing = "polygon-crossing", Standard, Error, "The line of a polygon crosses or touches itself.", "Draw it anew, or as two.";
    PolygonUnchecked = "polygon-unchecked", Standard, Warning, "The polygon has too many points to see whether it crosses itself.", "Simplify it.";
    PointsTooMany = "points-too-many", Standard, Error, "The polygons have more points than are read; this one is left out.", "Simplify it.";
    CircleForm = "circle-form", Standard, Error, "A circle is latitude,longitude and a radius in kilometres.", "Write it as 48.2082,16.3738 5.";
    CircleRadius = "circle-radius", Standard, Error, "The radius of a circle is not negative.", "Correct it.";
    PairForm = "pair-form", Standard, Error, "In CAP 1.0 this is name=value.", "Ask the sender for CAP 1.2.";
    // The election profile.
    MessageForm = "message-form", Profile, Error, "An alert about an election is an Alert, an Update or a Cancel with an info block.", "Add an info block.";
    AckScope = "ack-scope", Profile, Error, "An acknowledgement has the scope Private.", "Set the scope, and the address of the sender of the alert.";
    Draft = "draft", Profile, Warning, "The status is Draft: this must not be sent.", "Set Actual, Exercise or Test when it is approved.";
    CategoryMissing = "category-missing", Profile, Error, "The category is Security or Infra.", "Add one of them.";
    ExpiresMissing = "expires-missing", Profile, Error, "The alert does not say when it expires.", "Set a time of expiry.";
    ExpiresLate = "expires-late", Profile, Error, "The alert is valid for longer than is allowed.", "Set an earlier time of expiry, and send an update when needed.";
    EventCodeMissing = "event-code-missing", Profile, Error, "The code of the event is missing.", "Choose the event from the list of threats.";
    EventCodeUnknown = "event-code-unknown", Profile, Error, "The code of the event is not in the list.", "Choose one of the list.";
    AreaMissing = "area-missing", Profile, Error, "The alert does not say where it holds.", "Choose polling districts.";
    GeocodeMissing = "geocode-missing", Profile, Error, "An area has no code of a polling district; a polygon alone does not tell stations that they are meant.", "Choose polling districts.";
    GeocodeUnknown = "geocode-unknown", Profile, Error, "There is no polling district with this code.", "Choose one of the register.";
    HeadlineMissing = "headline-missing", Profile, Error, "There is no headline, which SMS and displays show.", "Write one.";
    MarkerMissing = "marker-missing", Profile, Error, "An exercise or a test does not begin with the word that says so.", "Put the word in front.";
    MarkerWrong = "marker-wrong", Profile, Error, "The text begins with the word for an exercise or a test, and the status says otherwise.", "Change the status or the text.";
    LanguageMissing = "language-missing", Profile, Error, "An info block does not name its language.", "Name it.";
    LanguageTwice = "language-twice", Profile, Error, "Two info blocks have the same language; which one counts cannot be said.", "Give each its own language.";
    TranslationsDiffer = "translations-differ", Profile, Error, "The languages do not say the same: urgency, severity, certainty, expiry, event or places differ.", "Make them equal; only the texts may differ.";
    ParameterMissing = "parameter-missing", Profile, Error, "A parameter that the profile asks for is missing.", "Add it.";
    ParameterRepeated = "parameter-repeated", Profile, Error, "A parameter stands twice.", "Leave one.";
    ParameterValue = "parameter-value", Profile, Error, "The value of a parameter is not one of those allowed.", "Correct it.";
    AckLate = "ack-late", Profile, Error, "Acknowledgements are asked for by a time before the alert is sent or after it expires.", "Set a time between the two.";
    // About the list itself.
    More = "more", Standard, Warning, "There are more findings, which are not listed.", "Correct these first.";
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub code: Code,
    /// Where, as `alert/info[2]/area[1]/polygon[1]`; places count from 1.
    pub path: String,
    /// Line of the file, where the finding comes from reading one.
    pub line: Option<u32>,
    /// What stands there or is missing, at most 200 characters; may be empty.
    pub value: String,
}

impl Finding {
    /// Whether it breaks a rule.
    pub fn is_error(&self) -> bool {
        self.code.severity() == Severity::Error
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.code.what())?;
        if !self.value.is_empty() {
            write!(f, " ({})", self.value.escape_debug())?;
        }
        write!(f, " {}", self.code.todo())
    }
}

/// Findings that are listed.
const MOST: usize = 200;
/// Longest value that is repeated, in characters.
const LONGEST: usize = 200;

/// Collects findings.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    found: Vec<Finding>,
}

impl Findings {
    pub(crate) fn add(&mut self, code: Code, path: &str, line: Option<u32>, value: &str) {
        let value = value.chars().take(LONGEST).collect();
        match self.found.len() {
            0..MOST => self.found.push(Finding { code, path: path.to_owned(), line, value }),
            MOST => {
                let (path, value) = ("alert".to_owned(), String::new());
                self.found.push(Finding { code: Code::More, path, line: None, value });
            }
            _ => {}
        }
    }

    pub(crate) fn say(&mut self, code: Code, path: &str, value: &str) {
        self.add(code, path, None, value);
    }

    pub(crate) fn into_vec(self) -> Vec<Finding> {
        self.found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_stable_and_each_its_own() {
        let mut names: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        let form = |name: &str| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        assert!(names.iter().all(|name| form(name)));
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Code::ALL.len());
    }
}
