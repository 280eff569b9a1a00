//! CACAO 2.0 as tables: sections 3 (playbook), 4 (steps), 6 (authentication), 7 (agents and targets), 8 (extensions),
//! 9 (markings) and 10 (data types).

use super::shape::Form::{
    Any, Bool, ByKey, Command, Dict, Enum, Id, IdOf, Integer, Ipv4, Ipv6, List, Mac, Object, Open,
    Shape as Of, Text, TextOrNull, Time, TimeOrNull, Url,
};
use super::shape::Need::{May, Must, Never};
use super::shape::{Form, Key, Shape};
use super::terms;

const COUNT: Form = Integer(0, 100);
const REFERENCES: Form = List(&Of(&EXTERNAL_REFERENCE), 1);
const IDS: Form = List(&Id, 1);
const TEXTS: Form = List(&Text, 1);
const EXTENSIONS: Form = Dict(Key::IdOf("extension-definition"), &Object, 1);
const VARIABLES: Form = Dict(Key::Variable, &Of(&VARIABLE), 0);
const CONTACTS: Form = Dict(Key::Plain, &Text, 0);

pub(super) static PLAYBOOK: Shape = Shape {
    base: None,
    properties: &[
        ("type", Enum(&["playbook"]), Must),
        ("spec_version", Enum(&["cacao-2.0"]), Must),
        ("id", Id, Must),
        ("name", Text, Must),
        ("description", Text, May),
        ("playbook_types", List(&Open(terms::PLAYBOOK_TYPES), 0), May),
        ("playbook_activities", List(&Open(terms::ACTIVITIES), 1), May),
        ("playbook_processing_summary", Of(&SUMMARY), May),
        ("created_by", Id, Must),
        ("created", Time, Must),
        ("modified", Time, Must),
        ("revoked", Bool, May),
        ("valid_from", Time, May),
        ("valid_until", Time, May),
        ("derived_from", IDS, May),
        ("related_to", IDS, May),
        ("priority", COUNT, May),
        ("severity", COUNT, May),
        ("impact", COUNT, May),
        ("industry_sectors", List(&Open(terms::SECTORS), 1), May),
        ("labels", TEXTS, May),
        ("external_references", REFERENCES, May),
        ("markings", IDS, May),
        ("playbook_variables", VARIABLES, May),
        ("workflow_start", Id, Must),
        ("workflow_exception", Id, May),
        ("workflow", ByKey(STEPS), Must),
        ("playbook_extensions", EXTENSIONS, May),
        ("authentication_info_definitions", ByKey(AUTHENTICATION), May),
        ("agent_definitions", ByKey(AGENTS), May),
        ("target_definitions", ByKey(AGENTS), May),
        ("extension_definitions", ByKey(&[("extension-definition", &EXTENSION)]), May),
        ("data_marking_definitions", ByKey(MARKINGS), May),
        ("signatures", List(&Of(&SIGNATURE), 1), May),
    ],
};

/// Dictionaries that the schema wants filled, where they are.
pub(super) const FILLED: &[&str] =
    &["authentication_info_definitions", "agent_definitions", "target_definitions"];

static VARIABLE: Shape = Shape {
    base: None,
    properties: &[
        ("type", Open(terms::VARIABLE_TYPES), Must),
        ("description", Text, May),
        ("value", TextOrNull, May),
        ("constant", Bool, May),
        ("external", Bool, May),
    ],
};

pub(super) static EXTERNAL_REFERENCE: Shape = Shape {
    base: None,
    properties: &[
        ("name", Text, Must),
        ("description", Text, May),
        ("source", Text, May),
        ("url", Text, May),
        ("external_id", Text, May),
        ("reference_id", Text, May),
    ],
};

static SUMMARY: Shape = Shape {
    base: None,
    properties: &[
        ("manual_playbook", Bool, May),
        ("external_playbooks", Bool, May),
        ("parallel_processing", Bool, May),
        ("if_logic", Bool, May),
        ("while_logic", Bool, May),
        ("switch_logic", Bool, May),
        ("temporal_logic", Bool, May),
        ("data_markings", Bool, May),
        ("digital_signatures", Bool, May),
        ("countersigned_signatures", Bool, May),
        ("extensions", Bool, May),
    ],
};

static STEP: Shape = Shape {
    base: None,
    properties: &[
        ("name", Text, May),
        ("description", Text, May),
        ("external_references", REFERENCES, May),
        ("delay", Integer(1, i64::MAX), May),
        ("timeout", Integer(i64::MIN, i64::MAX), May),
        ("step_variables", VARIABLES, May),
        ("owner", Id, May),
        ("step_extensions", EXTENSIONS, May),
    ],
};

static GOES_ON: Shape = Shape {
    base: Some(&STEP),
    properties: &[("on_completion", Id, May), ("on_success", Id, May), ("on_failure", Id, May)],
};

/// Steps by the type that their identifiers begin with.
pub(super) const STEPS: &[(&str, &Shape)] = &[
    (
        "start",
        &Shape {
            base: Some(&STEP),
            properties: &[
                ("type", Enum(&["start"]), Must),
                ("on_completion", Id, May),
                ("on_success", Id, Never),
                ("on_failure", Id, Never),
            ],
        },
    ),
    (
        "end",
        &Shape {
            base: Some(&STEP),
            properties: &[
                ("type", Enum(&["end"]), Must),
                ("on_completion", Id, Never),
                ("on_success", Id, Never),
                ("on_failure", Id, Never),
            ],
        },
    ),
    (
        "action",
        &Shape {
            base: Some(&GOES_ON),
            properties: &[
                ("type", Enum(&["action"]), Must),
                ("commands", List(&Command, 1), Must),
                ("agent", Id, Must),
                ("targets", IDS, May),
                ("in_args", TEXTS, May),
                ("out_args", TEXTS, May),
            ],
        },
    ),
    (
        "playbook-action",
        &Shape {
            base: Some(&GOES_ON),
            properties: &[
                ("type", Enum(&["playbook-action"]), Must),
                ("playbook_id", Id, Must),
                ("playbook_version", Time, May),
                ("in_args", TEXTS, May),
                ("out_args", TEXTS, May),
            ],
        },
    ),
    (
        "parallel",
        &Shape {
            base: Some(&GOES_ON),
            properties: &[("type", Enum(&["parallel"]), Must), ("next_steps", List(&Id, 2), Must)],
        },
    ),
    (
        "if-condition",
        &Shape {
            base: Some(&GOES_ON),
            properties: &[
                ("type", Enum(&["if-condition"]), Must),
                ("condition", Text, Must),
                ("on_true", Id, Must),
                ("on_false", Id, May),
            ],
        },
    ),
    (
        "while-condition",
        &Shape {
            base: Some(&GOES_ON),
            properties: &[
                ("type", Enum(&["while-condition"]), Must),
                ("condition", Text, Must),
                ("on_true", Id, Must),
            ],
        },
    ),
    (
        "switch-condition",
        &Shape {
            base: Some(&GOES_ON),
            properties: &[
                ("type", Enum(&["switch-condition"]), Must),
                ("switch", Text, Must),
                ("cases", Dict(Key::Any, &IdOf(terms::CASES), 0), Must),
            ],
        },
    ),
];

static CONTACT: Shape = Shape {
    base: None,
    properties: &[("email", CONTACTS, May), ("phone", CONTACTS, May), ("contact_details", Text, May)],
};

static LOCATION: Shape = Shape {
    base: None,
    properties: &[
        ("name", Text, May),
        ("description", Text, May),
        ("building_details", Text, May),
        ("network_details", Text, May),
        ("region", Enum(scr_stix::REGIONS), May),
        ("country", Text, May),
        ("administrative_area", Text, May),
        ("city", Text, May),
        ("street_address", Text, May),
        ("postal_code", Text, May),
        ("latitude", Text, May),
        ("longitude", Text, May),
        ("precision", Text, May),
    ],
};

static ADDRESS: Shape = Shape {
    base: None,
    properties: &[
        ("url", List(&Url, 0), May),
        ("l2mac", List(&Mac, 0), May),
        ("ipv4", List(&Ipv4, 0), May),
        ("ipv6", List(&Ipv6, 0), May),
        ("vlan", List(&Integer(0, 4095), 0), May),
        ("dname", List(&Text, 0), May),
    ],
};

static AGENT: Shape = Shape {
    base: None,
    properties: &[
        ("type", Text, Must),
        ("name", Text, Must),
        ("description", Text, May),
        ("location", Of(&LOCATION), May),
        ("agent_target_extensions", EXTENSIONS, May),
    ],
};

macro_rules! agent {
    ($kind:literal, $($property:expr),*) => {
        ($kind, &Shape { base: Some(&AGENT), properties: &[("type", Enum(&[$kind]), Must), $($property),*] })
    };
}

const CATEGORIES: Form = List(&Open(terms::CATEGORIES), 1);

/// Agents and targets by the type that their identifiers begin with.
const AGENTS: &[(&str, &Shape)] = &[
    agent!("group", ("contact", Of(&CONTACT), May)),
    agent!("individual", ("contact", Of(&CONTACT), May)),
    agent!("organization", ("contact", Of(&CONTACT), May)),
    agent!("location", ("logical", TEXTS, May)),
    agent!("sector", ("sector", Open(terms::SECTORS), Must)),
    agent!("security-category", ("category", CATEGORIES, Must)),
    agent!(
        "net-address",
        ("address", Of(&ADDRESS), May),
        ("authentication_info", Id, May),
        ("category", CATEGORIES, May)
    ),
    agent!(
        "http-api",
        ("address", Of(&ADDRESS), Must),
        ("port", Text, May),
        ("authentication_info", Id, May),
        ("category", CATEGORIES, May)
    ),
    agent!(
        "linux",
        ("address", Of(&ADDRESS), Must),
        ("port", Text, May),
        ("authentication_info", Id, May),
        ("category", CATEGORIES, May)
    ),
    agent!(
        "ssh",
        ("address", Of(&ADDRESS), Must),
        ("port", Text, May),
        ("authentication_info", Id, May),
        ("category", CATEGORIES, May)
    ),
];

static AUTH: Shape = Shape {
    base: None,
    properties: &[
        ("name", Text, May),
        ("description", Text, May),
        ("authentication_info_extensions", EXTENSIONS, May),
        ("kms", Bool, May),
        ("kms_key_identifier", Text, May),
    ],
};

const AUTHENTICATION: &[(&str, &Shape)] = &[
    (
        "http-basic",
        &Shape {
            base: Some(&AUTH),
            properties: &[
                ("type", Enum(&["http-basic"]), Must),
                ("user_id", Text, May),
                ("password", Text, May),
            ],
        },
    ),
    (
        "oauth2",
        &Shape {
            base: Some(&AUTH),
            properties: &[
                ("type", Enum(&["oauth2"]), Must),
                ("oauth_header", Text, Must),
                ("token", Text, Must),
            ],
        },
    ),
    (
        "user-auth",
        &Shape {
            base: Some(&AUTH),
            properties: &[
                ("type", Enum(&["user-auth"]), Must),
                ("username", Text, May),
                ("password", Text, May),
            ],
        },
    ),
];

static EXTENSION: Shape = Shape {
    base: None,
    properties: &[
        ("type", Enum(&["extension-definition"]), Must),
        ("name", Text, Must),
        ("description", Text, May),
        ("created_by", Id, Must),
        ("schema", Text, Must),
        ("version", Text, Must),
        ("external_references", List(&Of(&EXTERNAL_REFERENCE), 0), May),
    ],
};

static MARKING: Shape = Shape {
    base: None,
    properties: &[
        ("id", Id, Must),
        ("created_by", Id, Must),
        ("created", Time, Must),
        ("name", Text, May),
        ("description", Text, May),
        ("revoked", Bool, May),
        ("valid_from", Time, May),
        ("valid_until", Time, May),
        ("labels", TEXTS, May),
        ("marking_extensions", EXTENSIONS, May),
    ],
};

const MARKINGS: &[(&str, &Shape)] = &[
    (
        "marking-tlp",
        &Shape {
            base: Some(&MARKING),
            properties: &[
                ("type", Enum(&["marking-tlp"]), Must),
                ("tlpv2_level", Enum(terms::TLP), Must),
                ("external_references", REFERENCES, May),
            ],
        },
    ),
    (
        "marking-statement",
        &Shape {
            base: Some(&MARKING),
            properties: &[
                ("type", Enum(&["marking-statement"]), Must),
                ("statement", Text, Must),
                ("external_references", REFERENCES, May),
            ],
        },
    ),
    (
        "marking-iep",
        &Shape {
            base: Some(&MARKING),
            properties: &[
                ("type", Enum(&["marking-iep"]), Must),
                ("name", Text, Must),
                ("description", Text, Must),
                ("tlp", Text, Must),
                ("iep_version", Integer(i64::MIN, i64::MAX), Must),
                ("start_date", Time, Must),
                ("end_date", TimeOrNull, Must),
                ("encrypt_in_transit", Text, Must),
                ("permitted_actions", Text, Must),
                ("affected_party_notifications", Text, Must),
                ("attribution", Text, Must),
                ("unmodified_resale", Text, Must),
                // The schema asks for a list of references and of texts at once: no list but the empty one is both.
                ("external_references", List(&Any, 0), Must),
            ],
        },
    ),
];

static SIGNATURE: Shape = Shape {
    base: None,
    properties: &[
        ("type", Enum(&["jss"]), Must),
        ("id", Id, Must),
        ("created_by", Id, May),
        ("created", Time, Must),
        ("modified", Time, Must),
        ("revoked", Bool, May),
        ("signee", Text, Must),
        ("valid_from", Time, May),
        ("valid_until", Time, May),
        ("related_to", Id, Must),
        ("related_version", Time, Must),
        ("hash_algorithm", Text, Must),
        ("algorithm", Open(terms::ALGORITHMS), Must),
        ("public_key", Text, May),
        ("public_cert_chain", TEXTS, May),
        ("cert_url", Text, May),
        ("thumbprint", Text, May),
        ("value", Text, Must),
        ("signature", Of(&SIGNATURE), May),
    ],
};
