//! What may be found, with a stable name each.

use scr_core::Severity;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $severity:ident;)*) => {
        /// What was found, stable across versions of this program.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[$doc])* $name,)*
        }

        impl Code {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The name by which programs know it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// An error breaks a MUST of the standard; a warning a SHOULD, or something that others may stumble over.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    /// A property that the type requires is missing.
    RequiredMissing = "required-missing", Error;
    /// A value of another type than `expected`.
    TypeWrong = "type-wrong", Error;
    /// A list, dictionary or extension without anything in it.
    Empty = "empty", Error;
    /// `null`.
    Null = "null", Error;
    /// A text without characters, or with nothing but white space.
    TextEmpty = "text-empty", Warning;
    /// A number outside `least` to `most`.
    OutOfRange = "out-of-range", Error;
    /// A value that a closed vocabulary does not have.
    NotInEnumeration = "not-in-enumeration", Error;
    /// A value that an open vocabulary does not have.
    NotInVocabulary = "not-in-vocabulary", Warning;
    /// A timestamp of another form, or that does not exist.
    TimestampInvalid = "timestamp-invalid", Error;
    /// `created` or `modified` with fewer than three digits of a fraction.
    TimestampCoarse = "timestamp-coarse", Error;
    /// A timestamp that must come after `other` and does not.
    TimestampOrder = "timestamp-order", Error;
    /// The same where the standard says nothing.
    TimestampOrderUnlikely = "timestamp-order-unlikely", Warning;
    /// A reference without an identifier.
    ReferenceInvalid = "reference-invalid", Error;
    /// A reference to an object of a type that may not stand here.
    ReferenceType = "reference-type", Error;
    /// A reference to a custom type where others are expected.
    ReferenceCustom = "reference-custom", Warning;
    /// A reference to nothing that came along.
    ReferenceUnresolved = "reference-unresolved", Warning;
    /// A hash of another form than its algorithm gives.
    HashInvalid = "hash-invalid", Error;
    /// The name of an algorithm that is none.
    HashNameInvalid = "hash-name-invalid", Error;
    /// Text that is not hexadecimal.
    HexInvalid = "hex-invalid", Error;
    /// Text that is not base64.
    Base64Invalid = "base64-invalid", Error;
    /// Not an address of this kind.
    AddressInvalid = "address-invalid", Error;
    /// Not a URL.
    UrlInvalid = "url-invalid", Error;
    /// Not a media type.
    MediaTypeInvalid = "media-type-invalid", Error;
    /// Not the name of a character set.
    CharsetInvalid = "charset-invalid", Error;
    /// Not a language (RFC 5646).
    LanguageInvalid = "language-invalid", Error;
    /// Not a country (ISO 3166-1 alpha-2).
    CountryInvalid = "country-invalid", Warning;
    /// Not a name of CPE 2.3.
    CpeInvalid = "cpe-invalid", Error;
    /// A key of the registry with an abbreviated hive.
    HiveAbbreviated = "hive-abbreviated", Error;
    /// A CVE or CAPEC that is not written as one.
    ExternalIdInvalid = "external-id-invalid", Error;
    /// None of `properties` is there, and at least one must.
    OneNeeded = "one-needed", Error;
    /// Two of `properties` that exclude each other.
    Exclusive = "exclusive", Error;
    /// A property that needs `other` beside it.
    Needs = "needs", Error;
    /// The name of a property with other characters than a-z, 0-9 and _, or not 3 to 250 of them.
    NameInvalid = "name-invalid", Error;
    /// The name of a property that the standard keeps for later.
    NameReserved = "name-reserved", Error;
    /// A selector that selects nothing.
    SelectorDangling = "selector-dangling", Error;
    /// A marking definition that refers to itself.
    MarkingCircular = "marking-circular", Error;
    /// A marking definition without anything that this program, or the standard, knows.
    DefinitionMissing = "definition-missing", Error;
    /// A built-in marking with other contents than the standard's.
    DefinitionDiffers = "definition-differs", Error;
    /// A relationship that the standard does not list for these types.
    RelationshipUnusual = "relationship-unusual", Warning;
    /// A type of relationship with other characters than a-z, 0-9 and -.
    RelationshipTypeInvalid = "relationship-type-invalid", Error;
    /// An observable whose identifier is not `expected`, which follows from its properties.
    IdDiffers = "id-differs", Warning;
    /// A UUID of another version than the standard asks for.
    UuidVersion = "uuid-version", Warning;
    /// An object of STIX 2.0.
    Stix20 = "stix-2-0", Warning;
    /// A version of STIX that this program does not know.
    SpecVersionUnknown = "spec-version-unknown", Warning;
    /// No version at all.
    SpecVersionInvalid = "spec-version-invalid", Error;
    /// A type that the standard does not have.
    CustomType = "custom-type", Warning;
    /// A property that the standard does not have.
    CustomProperty = "custom-property", Warning;
    /// An extension that the standard does not have, and that no definition describes.
    CustomExtension = "custom-extension", Warning;
    /// A property that the standard gives up.
    Deprecated = "deprecated", Warning;
    /// An indicator without a name or description.
    IndicatorUnnamed = "indicator-unnamed", Warning;
    /// Something other than an observable within observed data.
    NotAnObservable = "not-an-observable", Error;
    /// A translation of a property that the object does not have.
    TranslationOfNothing = "translation-of-nothing", Warning;
    /// A translation of another type, or another length of list, than the property.
    TranslationDiffers = "translation-differs", Error;
    /// A translation of another version of the object.
    TranslationOfOtherVersion = "translation-of-other-version", Warning;
    /// Another object of the same identifier and version with other bytes.
    VersionConflict = "version-conflict", Error;
    /// More was found than is listed.
    More = "more", Warning;
}
