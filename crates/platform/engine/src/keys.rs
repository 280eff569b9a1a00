//! The keys that organisations act with. The server holds them, and SECURITY says so.

use crate::erasure::PAYLOAD_ERASED;
use scr_canon::sha256;
use scr_core::OrgId;
use scr_entry::{FieldSpec, FieldType, KindSpec};
use scr_note::{Algorithm, KeyError, SignerKey};
use zeroize::Zeroizing;

/// The first entry of every log: whose it is, and with which keys it is signed.
pub const LOG_OPENED: KindSpec = KindSpec {
    name: "log.origin.opened/1",
    public: &[
        FieldSpec::new("origin", FieldType::Name(255)),
        FieldSpec::new("keys", FieldType::List(8, &FieldType::Name(2_000))),
        FieldSpec::new("operator_key", FieldType::Name(400)),
    ],
    private: &[],
};

/// The last entry of a log that was ended in order: which log goes on, and why.
pub const LOG_RETIRED: KindSpec = KindSpec {
    name: "log.origin.retired/1",
    public: &[
        FieldSpec::new("origin", FieldType::Name(255)),
        FieldSpec::new("successor", FieldType::Name(2_000)),
        FieldSpec::new("reason", FieldType::Text(500)),
    ],
    private: &[],
};

/// How many entries there are about each subject below a signed size: the root over the rows of an object.
pub const INDEX_PUBLISHED: KindSpec = KindSpec {
    name: "record.index.published/1",
    public: &[
        FieldSpec::new("size", FieldType::Count),
        FieldSpec::new("root", FieldType::Hash),
        FieldSpec::new("subjects", FieldType::Count),
        FieldSpec::new("subjects_root", FieldType::Hash),
        FieldSpec::new("object", FieldType::Hash),
    ],
    private: &[],
};

/// Everything that is held was hashed again: counts, and one root over the hashes.
pub const FIXITY_CHECKED: KindSpec = KindSpec {
    name: "vault.fixity.checked/1",
    public: &[
        FieldSpec::new("size", FieldType::Count),
        FieldSpec::new("objects", FieldType::Count),
        FieldSpec::new("opened", FieldType::Count),
        FieldSpec::new("erased", FieldType::Count),
        FieldSpec::new("without_key", FieldType::Count),
        FieldSpec::new("damaged", FieldType::Count),
        FieldSpec::new("root", FieldType::Hash),
    ],
    private: &[],
};

/// The vault has another master key: its generation, and how many keys of content were wrapped anew.
pub const VAULT_KEY_ROTATED: KindSpec = KindSpec {
    name: "vault.key.rotated/1",
    public: &[FieldSpec::new("generation", FieldType::Count), FieldSpec::new("payloads", FieldType::Count)],
    private: &[],
};

/// The operator certifies the key with which an organisation's acts are signed from here on.
pub const ORG_KEY_ADDED: KindSpec = KindSpec {
    name: "org.key.added/1",
    public: &[FieldSpec::new("org", FieldType::Code(64)), FieldSpec::new("key", FieldType::Name(400))],
    private: &[],
};

/// The kinds that the engine records itself.
pub const OWN_KINDS: &[KindSpec] = &[
    FIXITY_CHECKED,
    INDEX_PUBLISHED,
    LOG_OPENED,
    LOG_RETIRED,
    ORG_KEY_ADDED,
    PAYLOAD_ERASED,
    VAULT_KEY_ROTATED,
];

/// Role keys, derived from one secret of the installation.
pub struct RoleKeys {
    origin: String,
    secret: Zeroizing<[u8; 32]>,
}

impl RoleKeys {
    /// The role keys of the installation with this secret.
    pub fn new(origin: &str, secret: Zeroizing<[u8; 32]>) -> Self {
        Self { origin: origin.to_owned(), secret }
    }

    /// The operator's own key: signs the opening of the log and certifies organisations' keys.
    pub fn operator(&self) -> Result<SignerKey, KeyError> {
        self.derive("operator", "operator")
    }

    /// The key of an organisation.
    pub fn organisation(&self, org: &OrgId) -> Result<SignerKey, KeyError> {
        self.derive(&format!("org/{org}"), &format!("organisation {org}"))
    }

    /// The key under which secrets of this purpose are kept in operational tables.
    pub(crate) fn for_secrets(&self, purpose: &str) -> Zeroizing<[u8; 32]> {
        self.bytes_for("scrutineer/kept-secret/v1\n", purpose)
    }

    fn bytes_for(&self, domain: &str, purpose: &str) -> Zeroizing<[u8; 32]> {
        let mut input = Zeroizing::new(domain.as_bytes().to_vec());
        input.extend_from_slice(&*self.secret);
        input.extend_from_slice(purpose.as_bytes());
        Zeroizing::new(sha256(&input).0)
    }

    fn derive(&self, name: &str, purpose: &str) -> Result<SignerKey, KeyError> {
        let seed = self.bytes_for("scrutineer/role-key/v1\n", purpose);
        SignerKey::from_seed(&format!("{}/{name}", self.origin), Algorithm::Ed25519, &seed)
    }
}
