//! Templates of objects that are domain objects of STIX: people, places, weaknesses, ways of attack.

/// Where a value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Put {
    /// In a property, as a text.
    Text(&'static str),
    /// In a property that is a list.
    List(&'static str),
    /// In a property that is a number with a fraction.
    Number(&'static str),
    /// In a property that is a truth value.
    Truth(&'static str),
    /// In a property that is a point in time.
    Time(&'static str),
    /// As the address of an external reference.
    Url,
    /// As the name, and as an external reference to the list of CVE numbers.
    Cve,
    /// As an external reference to the list of CAPEC numbers.
    Capec,
    /// In the contact information, with its relation.
    Contact,
}

/// A template of MISP objects that is a domain object of STIX.
#[derive(Debug)]
pub(crate) struct Domain {
    /// The name of the object's template.
    pub(crate) name: &'static str,
    pub(crate) meta_category: &'static str,
    /// The type of the object of STIX.
    pub(crate) kind: &'static str,
    /// Properties that all of them have.
    pub(crate) fixed: &'static [(&'static str, &'static str)],
    /// Relation, place, and type of the attribute for the way back.
    pub(crate) fields: &'static [(&'static str, Put, &'static str)],
}

const fn domain(
    name: &'static str,
    meta_category: &'static str,
    kind: &'static str,
    fixed: &'static [(&'static str, &'static str)],
    fields: &'static [(&'static str, Put, &'static str)],
) -> Domain {
    Domain { name, meta_category, kind, fixed, fields }
}

use Put::{Capec, Contact, Cve, List, Number, Text, Time, Truth, Url};

const INDIVIDUAL: &[(&str, &str)] = &[("identity_class", "individual")];
const ORGANISATION: &[(&str, &str)] = &[("identity_class", "organization")];

/// The templates. Of those with the same type and the same fixed properties the first is the one for the way back.
pub(crate) const DOMAIN: &[Domain] = &[
    domain(
        "vulnerability",
        "vulnerability",
        "vulnerability",
        &[],
        &[
            ("id", Cve, "vulnerability"),
            ("summary", Text("description"), "text"),
            ("description", Text("description"), "text"),
            ("references", Url, "link"),
        ],
    ),
    domain(
        "attack-pattern",
        "vulnerability",
        "attack-pattern",
        &[],
        &[
            ("name", Text("name"), "text"),
            ("id", Capec, "text"),
            ("summary", Text("description"), "text"),
            ("references", Url, "link"),
        ],
    ),
    domain(
        "course-of-action",
        "misc",
        "course-of-action",
        &[],
        &[("name", Text("name"), "text"), ("description", Text("description"), "text")],
    ),
    domain(
        "malware",
        "misc",
        "malware",
        &[],
        &[
            ("name", Text("name"), "text"),
            ("description", Text("description"), "text"),
            ("alias", List("aliases"), "text"),
            ("malware_type", List("malware_types"), "text"),
            ("is_family", Truth("is_family"), "boolean"),
            ("architecture_execution_env", List("architecture_execution_envs"), "text"),
            ("capability", List("capabilities"), "text"),
            ("implementation_language", List("implementation_languages"), "text"),
            ("first_seen", Time("first_seen"), "datetime"),
            ("last_seen", Time("last_seen"), "datetime"),
        ],
    ),
    domain(
        "intrusion-set",
        "misc",
        "intrusion-set",
        &[],
        &[
            ("name", Text("name"), "text"),
            ("description", Text("description"), "text"),
            ("aliases", List("aliases"), "text"),
            ("goals", List("goals"), "text"),
            ("primary-motivation", Text("primary_motivation"), "text"),
            ("secondary-motivation", List("secondary_motivations"), "text"),
            ("resource_level", Text("resource_level"), "text"),
            ("first_seen", Time("first_seen"), "datetime"),
            ("last_seen", Time("last_seen"), "datetime"),
        ],
    ),
    domain(
        "person",
        "misc",
        "identity",
        INDIVIDUAL,
        &[
            ("full-name", Text("name"), "full-name"),
            ("text", Text("description"), "text"),
            ("role", List("roles"), "text"),
            ("e-mail", Contact, "email"),
            ("phone-number", Contact, "phone-number"),
            ("address", Contact, "text"),
            ("fax-number", Contact, "phone-number"),
        ],
    ),
    domain(
        "employee",
        "misc",
        "identity",
        INDIVIDUAL,
        &[
            ("full-name", Text("name"), "full-name"),
            ("text", Text("description"), "text"),
            ("employee-type", List("roles"), "text"),
            ("email-address", Contact, "target-email"),
        ],
    ),
    domain(
        "organization",
        "misc",
        "identity",
        ORGANISATION,
        &[
            ("name", Text("name"), "text"),
            ("description", Text("description"), "text"),
            ("role", List("roles"), "text"),
            ("e-mail", Contact, "email"),
            ("phone-number", Contact, "phone-number"),
            ("address", Contact, "text"),
            ("fax-number", Contact, "phone-number"),
        ],
    ),
    domain(
        "legal-entity",
        "misc",
        "identity",
        ORGANISATION,
        &[
            ("name", Text("name"), "text"),
            ("text", Text("description"), "text"),
            ("business", List("sectors"), "text"),
            ("phone-number", Contact, "phone-number"),
            ("website", Contact, "link"),
        ],
    ),
    domain(
        "news-agency",
        "misc",
        "identity",
        ORGANISATION,
        &[
            ("name", Text("name"), "text"),
            ("e-mail", Contact, "email"),
            ("phone-number", Contact, "phone-number"),
            ("address", Contact, "text"),
            ("fax-number", Contact, "phone-number"),
            ("link", Contact, "link"),
        ],
    ),
    domain(
        "identity",
        "misc",
        "identity",
        &[],
        &[
            ("name", Text("name"), "text"),
            ("description", Text("description"), "text"),
            ("identity_class", Text("identity_class"), "text"),
            ("roles", List("roles"), "text"),
            ("sectors", List("sectors"), "text"),
            ("contact_information", Text("contact_information"), "text"),
        ],
    ),
    domain(
        "geolocation",
        "misc",
        "location",
        &[],
        &[
            ("text", Text("description"), "text"),
            ("region", Text("region"), "text"),
            ("countrycode", Text("country"), "text"),
            ("city", Text("city"), "text"),
            ("address", Text("street_address"), "text"),
            ("zipcode", Text("postal_code"), "text"),
            ("latitude", Number("latitude"), "float"),
            ("longitude", Number("longitude"), "float"),
        ],
    ),
];

/// The template of this name.
pub(crate) fn domain_template(name: &str) -> Option<&'static Domain> {
    DOMAIN.iter().find(|template| template.name == name)
}
