//! Templates of objects that are observables.

use super::Form::{
    Address, AddressList, Hash, Integer, Key, Linked, LinkedList, List, Protocol, Text, Time, Truth, Url,
};
use super::{Field, Template, field};

/// Hashes of files, in the order in which patterns name them.
macro_rules! hashes {
    ($($more:expr),* $(,)?) => {
        &[
            field("md5", "hashes.MD5", Hash, "md5"),
            field("sha1", "hashes.SHA-1", Hash, "sha1"),
            field("sha256", "hashes.SHA-256", Hash, "sha256"),
            field("sha512", "hashes.SHA-512", Hash, "sha512"),
            field("sha224", "hashes.SHA-224", Hash, "sha224"),
            field("sha384", "hashes.SHA-384", Hash, "sha384"),
            field("sha3-224", "hashes.SHA3-224", Hash, "sha3-224"),
            field("sha3-256", "hashes.SHA3-256", Hash, "sha3-256"),
            field("sha3-384", "hashes.SHA3-384", Hash, "sha3-384"),
            field("sha3-512", "hashes.SHA3-512", Hash, "sha3-512"),
            field("ssdeep", "hashes.SSDEEP", Hash, "ssdeep"),
            field("tlsh", "hashes.TLSH", Hash, "tlsh"),
            $($more),*
        ]
    };
}

const FILE: &[Field] = hashes![
    field("authentihash", "hashes.AUTHENTIHASH", Hash, "authentihash"),
    field("imphash", "hashes.IMPHASH", Hash, "imphash"),
    field("vhash", "hashes.VHASH", Hash, "vhash"),
    field("pehash", "hashes.PEHASH", Hash, "pehash"),
    field("impfuzzy", "hashes.IMPFUZZY", Hash, "impfuzzy"),
    field("cdhash", "hashes.CDHASH", Hash, "cdhash"),
    field("telfhash", "hashes.TELFHASH", Hash, "telfhash"),
    field("sha512/224", "hashes.SHA-512-224", Hash, "sha512/224"),
    field("sha512/256", "hashes.SHA-512-256", Hash, "sha512/256"),
    field("filename", "name", Text, "filename"),
    field("size-in-bytes", "size", Integer, "size-in-bytes"),
    field("file-encoding", "name_enc", Text, "text"),
    field("mime-type", "mime_type", Text, "mime-type"),
    field("path", "parent_directory_ref", Linked("directory", "path"), "text"),
    field("access-time", "atime", Time, "datetime"),
    field("creation-time", "ctime", Time, "datetime"),
    field("modification-time", "mtime", Time, "datetime"),
];

const ARTIFACT: &[Field] = hashes![
    field("mime_type", "mime_type", Text, "mime-type"),
    field("url", "url", Url, "url"),
    field("decryption_key", "decryption_key", Text, "text"),
    field("encryption_algorithm", "encryption_algorithm", Text, "text"),
];

const CERTIFICATE: &[Field] = &[
    field("x509-fingerprint-md5", "hashes.MD5", Hash, "x509-fingerprint-md5"),
    field("x509-fingerprint-sha1", "hashes.SHA-1", Hash, "x509-fingerprint-sha1"),
    field("x509-fingerprint-sha256", "hashes.SHA-256", Hash, "x509-fingerprint-sha256"),
    field("issuer", "issuer", Text, "text"),
    field("serial-number", "serial_number", Text, "text"),
    field("signature_algorithm", "signature_algorithm", Text, "text"),
    field("subject", "subject", Text, "text"),
    field("version", "version", Text, "text"),
    field("pubkey-info-algorithm", "subject_public_key_algorithm", Text, "text"),
    field("pubkey-info-exponent", "subject_public_key_exponent", Integer, "text"),
    field("pubkey-info-modulus", "subject_public_key_modulus", Text, "text"),
    field("validity-not-before", "validity_not_before", Time, "datetime"),
    field("validity-not-after", "validity_not_after", Time, "datetime"),
    field("self_signed", "is_self_signed", Truth, "boolean"),
];

const MAIL: &[Field] = &[
    field("from", "from_ref", Linked("email-addr", "value"), "email-src"),
    field("to", "to_refs", LinkedList("email-addr", "value"), "email-dst"),
    field("cc", "cc_refs", LinkedList("email-addr", "value"), "email-dst"),
    field("bcc", "bcc_refs", LinkedList("email-addr", "value"), "email-dst"),
    field("subject", "subject", Text, "email-subject"),
    field("email-body", "body", Text, "email-body"),
    field("send-date", "date", Time, "datetime"),
    field("message-id", "message_id", Text, "email-message-id"),
    field("reply-to", "additional_header_fields.Reply-To", Text, "email-reply-to"),
    field("x-mailer", "additional_header_fields.X-Mailer", Text, "email-x-mailer"),
    field("header", "received_lines", List, "email-header"),
    field("attachment", "body_multipart[].body_raw_ref", Linked("file", "name"), "email-attachment"),
];

/// The ends of a connection. Several relations lead to one property; the first is the one for the way back.
macro_rules! traffic {
    ($($more:expr),* $(,)?) => {
        &[
            field("ip-src", "src_ref", Address, "ip-src"),
            field("ip-dst", "dst_ref", Address, "ip-dst"),
            field("hostname-src", "src_ref", Address, "hostname"),
            field("hostname-dst", "dst_ref", Address, "hostname"),
            field("src-port", "src_port", Integer, "port"),
            field("dst-port", "dst_port", Integer, "port"),
            $($more),*
        ]
    };
}

const CONNECTION: &[Field] = traffic![
    field("layer3-protocol", "protocols", Protocol, "text"),
    field("layer4-protocol", "protocols", Protocol, "text"),
    field("layer7-protocol", "protocols", Protocol, "text"),
    field("first-packet-seen", "start", Time, "datetime"),
];

const IP_PORT: &[Field] = traffic![
    field("ip", "dst_ref", Address, "ip-dst"),
    field("domain", "dst_ref", Address, "domain"),
    field("hostname", "dst_ref", Address, "hostname"),
    field("protocol", "protocols", Protocol, "text"),
    field("first-seen", "start", Time, "datetime"),
    field("last-seen", "end", Time, "datetime"),
];

const FLOW: &[Field] = traffic![
    field("protocol", "protocols", Protocol, "text"),
    field("byte-count", "src_byte_count", Integer, "counter"),
    field("packet-count", "src_packets", Integer, "counter"),
    field("first-packet-seen", "start", Time, "datetime"),
    field("last-packet-seen", "end", Time, "datetime"),
];

const SOCKET: &[Field] = traffic![
    field("protocol", "protocols", Protocol, "text"),
    field("address-family", "extensions.socket-ext.address_family", Text, "text"),
    field("socket-type", "extensions.socket-ext.socket_type", Text, "text"),
];

const REQUEST: &[Field] = traffic![
    field("host", "dst_ref", Address, "hostname"),
    field("method", "extensions.http-request-ext.request_method", Text, "http-method"),
    field("uri", "extensions.http-request-ext.request_value", Text, "uri"),
    field("url", "extensions.http-request-ext.request_value", Text, "url"),
    field("user-agent", "extensions.http-request-ext.request_header.User-Agent", List, "user-agent"),
    field("content-type", "extensions.http-request-ext.request_header.Content-Type", List, "other"),
    field("cookie", "extensions.http-request-ext.request_header.Cookie", List, "text"),
    field("referer", "extensions.http-request-ext.request_header.Referer", List, "other"),
];

const ACCOUNT: &[Field] = &[
    field("account-type", "account_type", Text, "text"),
    field("display-name", "display_name", Text, "text"),
    field("password", "credential", Text, "text"),
    field("user-id", "user_id", Text, "text"),
    field("username", "account_login", Text, "text"),
    field("can_escalate_privs", "can_escalate_privs", Truth, "boolean"),
    field("disabled", "is_disabled", Truth, "boolean"),
    field("is_service_account", "is_service_account", Truth, "boolean"),
    field("privileged", "is_privileged", Truth, "boolean"),
    field("created", "account_created", Time, "datetime"),
    field("expires", "account_expires", Time, "datetime"),
    field("first_login", "account_first_login", Time, "datetime"),
    field("last_login", "account_last_login", Time, "datetime"),
    field("password_last_changed", "credential_last_changed", Time, "datetime"),
    field("group", "extensions.unix-account-ext.groups", List, "text"),
    field("group-id", "extensions.unix-account-ext.gid", Integer, "text"),
    field("home_dir", "extensions.unix-account-ext.home_dir", Text, "text"),
    field("shell", "extensions.unix-account-ext.shell", Text, "text"),
];

/// `user_id`, `account_login` and `display_name` under the names that each service has for them.
macro_rules! account {
    ($id:literal, $login:literal) => {
        &[field($id, "user_id", Text, "text"), field($login, "account_login", Text, "text")]
    };
    ($id:literal, $login:literal, $name:literal) => {
        &[
            field($id, "user_id", Text, "text"),
            field($login, "account_login", Text, "text"),
            field($name, "display_name", Text, "text"),
        ]
    };
}

const fn template(
    name: &'static str,
    meta_category: &'static str,
    kind: &'static str,
    fields: &'static [Field],
) -> Template {
    Template { name, meta_category, kind, fixed: &[], fields }
}

const fn of_service(
    name: &'static str,
    fixed: &'static [(&'static str, &'static str)],
    fields: &'static [Field],
) -> Template {
    Template { name, meta_category: "misc", kind: "user-account", fixed, fields }
}

/// The templates. Of those with the same type of observable the first is the one for the way back.
pub(crate) const OBSERVABLES: &[Template] = &[
    template("file", "file", "file", FILE),
    template(
        "domain-ip",
        "network",
        "domain-name",
        &[
            field("domain", "value", Text, "domain"),
            field("hostname", "value", Text, "hostname"),
            field("ip", "resolves_to_refs", AddressList, "ip-dst"),
        ],
    ),
    template("url", "network", "url", &[field("url", "value", Url, "url")]),
    template("email", "network", "email-message", MAIL),
    template("network-connection", "network", "network-traffic", CONNECTION),
    template("ip-port", "network", "network-traffic", IP_PORT),
    template("ip|port", "network", "network-traffic", IP_PORT),
    template("netflow", "network", "network-traffic", FLOW),
    template("network-socket", "network", "network-traffic", SOCKET),
    template("http-request", "network", "network-traffic", REQUEST),
    template("x509", "network", "x509-certificate", CERTIFICATE),
    template(
        "asn",
        "network",
        "autonomous-system",
        &[field("asn", "number", Integer, "AS"), field("description", "name", Text, "text")],
    ),
    template("artifact", "file", "artifact", ARTIFACT),
    template(
        "directory",
        "file",
        "directory",
        &[
            field("path", "path", Text, "text"),
            field("path-encoding", "path_enc", Text, "text"),
            field("creation-time", "ctime", Time, "datetime"),
            field("modification-time", "mtime", Time, "datetime"),
            field("access-time", "atime", Time, "datetime"),
        ],
    ),
    template("mutex", "misc", "mutex", &[field("name", "name", Text, "text")]),
    template(
        "registry-key",
        "file",
        "windows-registry-key",
        &[
            field("key", "key", Key, "regkey"),
            field("name", "values[].name", Text, "text"),
            field("data", "values[].data", Text, "text"),
            field("data-type", "values[].data_type", Text, "text"),
            field("last-modified", "modified_time", Time, "datetime"),
        ],
    ),
    template(
        "process",
        "misc",
        "process",
        &[
            field("command-line", "command_line", Text, "text"),
            field("pid", "pid", Integer, "text"),
            field("current-directory", "cwd", Text, "text"),
            field("creation-time", "created_time", Time, "datetime"),
            field("hidden", "is_hidden", Truth, "boolean"),
            field("image", "image_ref", Linked("file", "name"), "filename"),
        ],
    ),
    template(
        "cpe-asset",
        "misc",
        "software",
        &[
            field("cpe", "cpe", Text, "cpe"),
            field("product", "name", Text, "text"),
            field("vendor", "vendor", Text, "text"),
            field("version", "version", Text, "text"),
            field("language", "languages", List, "text"),
        ],
    ),
    template("user-account", "misc", "user-account", ACCOUNT),
    template(
        "credential",
        "misc",
        "user-account",
        &[field("username", "user_id", Text, "text"), field("password", "credential", Text, "text")],
    ),
    of_service("facebook-account", &[("account_type", "facebook")], account!("account-id", "account-name")),
    of_service("github-user", &[("account_type", "github")], account!("id", "username", "user-fullname")),
    of_service("gitlab-user", &[("account_type", "gitlab")], account!("id", "username", "name")),
    of_service("parler-account", &[("account_type", "parler")], account!("account-id", "account-name")),
    of_service("reddit-account", &[("account_type", "reddit")], account!("account-id", "account-name")),
    of_service("telegram-account", &[("account_type", "telegram")], account!("id", "username")),
    of_service("twitter-account", &[("account_type", "twitter")], account!("id", "name", "displayed-name")),
    // No templates of MISP: attributes that are observables of one value.
    template("", "", "email-addr", &[field("value", "value", Text, "email")]),
    template("", "", "mac-addr", &[field("value", "value", Text, "mac-address")]),
    template("", "", "ipv4-addr", &[field("value", "value", Text, "ip-dst")]),
    template("", "", "ipv6-addr", &[field("value", "value", Text, "ip-dst")]),
];

/// The template of this name.
pub(crate) fn observable_template(name: &str) -> Option<&'static Template> {
    OBSERVABLES.iter().find(|template| template.name == name && !name.is_empty())
}
