//! A log of one's own: keys, certificates and precertificates, and both forms in which logs are served. Shared with the
//! example that writes a log for other programs.

use rcgen::{
    CertificateParams, CustomExtension, DnType, IsCa, Issuer, KeyPair, PublicKeyData as _, SigningKey as _,
};
use scr_canon::{Hash32, b64, sha256};
use scr_merkle::tile::{TilePath, TileSource};
use scr_merkle::{Frontier, ProofError, consistency_proof, inclusion_proof, leaf_hash, root_of};
use scr_names::ct::{DataTile, LogKey, SignedHead, TreeHead};
use std::collections::BTreeMap;

/// Object identifier of the poison extension (RFC 6962 section 3.1).
const POISON: [u64; 10] = [1, 3, 6, 1, 4, 1, 11129, 2, 4, 3];
/// When the log took in its first entry: 2026-11-03 00:00 UTC.
pub(crate) const BEGAN_MS: u64 = 1_793_664_000_000;

/// Who issues certificates.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    /// Its certificate.
    pub(crate) der: Vec<u8>,
    key_hash: Hash32,
    leaf_key: KeyPair,
}

impl Authority {
    pub(crate) fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, "Test Authority");
        let der = params.self_signed(&key).unwrap().der().to_vec();
        let key_hash = sha256(&key.subject_public_key_info());
        let leaf_key = KeyPair::generate().unwrap();
        Self { issuer: Issuer::new(params, key), der, key_hash, leaf_key }
    }

    /// A certificate, or the precertificate of it.
    pub(crate) fn issue(&self, names: &[&str], poisoned: bool) -> Vec<u8> {
        let mut params =
            CertificateParams::new(names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()).unwrap();
        params.distinguished_name = rcgen::DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, names.first().copied().unwrap_or("nobody"));
        params.not_before = rcgen::date_time_ymd(2026, 11, 2);
        params.not_after = rcgen::date_time_ymd(2027, 2, 1);
        if poisoned {
            let mut poison = CustomExtension::from_oid_content(&POISON, vec![5, 0]);
            poison.set_criticality(true);
            params.custom_extensions.push(poison);
        }
        params.signed_by(&self.leaf_key, &self.issuer).unwrap().der().to_vec()
    }
}

/// The first element of a DER sequence: a certificate's TBSCertificate.
fn first_of(der: &[u8]) -> Vec<u8> {
    let header = |bytes: &[u8]| match bytes[1] {
        short @ 0..=0x7f => (2, usize::from(short)),
        long => {
            let width = usize::from(long & 0x7f);
            (2 + width, bytes[2..2 + width].iter().fold(0, |length, byte| length << 8 | usize::from(*byte)))
        }
    };
    let inner = &der[header(der).0..];
    let (head, length) = header(inner);
    inner[..head + length].to_vec()
}

fn vector(width: usize, bytes: &[u8]) -> Vec<u8> {
    let length = u64::try_from(bytes.len()).unwrap().to_be_bytes();
    [&length[8 - width..], bytes].concat()
}

/// An entry in both forms.
#[derive(Clone)]
pub(crate) struct Entry {
    pub(crate) leaf_input: Vec<u8>,
    pub(crate) extra_data: Vec<u8>,
    pub(crate) tile_leaf: Vec<u8>,
}

pub(crate) struct Log {
    pub(crate) key: KeyPair,
    pub(crate) origin: String,
    pub(crate) entries: Vec<Entry>,
    pub(crate) leaves: Vec<Hash32>,
    /// Whether entries say where they stand.
    pub(crate) indexed: bool,
}

impl Log {
    pub(crate) fn new(origin: &str, indexed: bool) -> Self {
        let key = KeyPair::generate().unwrap();
        Self { key, origin: origin.to_owned(), entries: Vec::new(), leaves: Vec::new(), indexed }
    }

    pub(crate) fn size(&self) -> u64 {
        u64::try_from(self.entries.len()).unwrap()
    }

    pub(crate) fn public_key(&self) -> Vec<u8> {
        self.key.subject_public_key_info()
    }

    pub(crate) fn log_key(&self) -> LogKey {
        LogKey::from_der(&self.public_key()).unwrap()
    }

    /// Adds a certificate, every other time (of an even number) as a precertificate.
    pub(crate) fn add(&mut self, authority: &Authority, names: &[&str]) {
        let precertificate = self.size().is_multiple_of(2);
        let certificate = authority.issue(names, false);
        let chain = &authority.der;
        let mut entry = (BEGAN_MS + self.size()).to_be_bytes().to_vec();
        let (mut extra, mut beside) = (Vec::new(), Vec::new());
        if precertificate {
            entry.extend([0, 1]);
            entry.extend(authority.key_hash.0);
            entry.extend(vector(3, &first_of(&certificate)));
            let poisoned = vector(3, &authority.issue(names, true));
            extra.extend(&poisoned);
            beside.extend(poisoned);
        } else {
            entry.extend([0, 0]);
            entry.extend(vector(3, &certificate));
        }
        let index = vector(2, &self.size().to_be_bytes()[3..]);
        let extensions = if self.indexed { [&[0][..], &index].concat() } else { Vec::new() };
        entry.extend(vector(2, &extensions));
        extra.extend(vector(3, &vector(3, chain)));
        beside.extend(vector(2, &sha256(chain).0));
        self.push(&entry, &extra, &beside);
    }

    /// Adds an entry of these bytes.
    pub(crate) fn push(&mut self, entry: &[u8], extra_data: &[u8], beside: &[u8]) {
        let leaf_input = [&[0, 0], entry].concat();
        self.leaves.push(leaf_hash(&leaf_input));
        let tile_leaf = [entry, beside].concat();
        self.entries.push(Entry { leaf_input, extra_data: extra_data.to_vec(), tile_leaf });
    }

    fn upto(&self, size: u64) -> &[Hash32] {
        &self.leaves[..usize::try_from(size).unwrap()]
    }

    pub(crate) fn head(&self, size: u64, timestamp_ms: u64) -> SignedHead {
        self.signed(size, timestamp_ms, root_of(self.upto(size)))
    }

    /// Whatever root it is.
    pub(crate) fn signed(&self, size: u64, timestamp_ms: u64, root: Hash32) -> SignedHead {
        let mut message = vec![0, 1];
        message.extend(timestamp_ms.to_be_bytes());
        message.extend(size.to_be_bytes());
        message.extend(root.0);
        let signature = [&[4, 3][..], &vector(2, &self.key.sign(&message).unwrap())].concat();
        SignedHead { log: self.log_key().id(), head: TreeHead { size, timestamp_ms, root }, signature }
    }

    pub(crate) fn get_sth(&self, head: &SignedHead) -> String {
        format!(
            "{{\"tree_size\":{},\"timestamp\":{},\"sha256_root_hash\":\"{}\",\"tree_head_signature\":\"{}\"}}",
            head.head.size,
            head.head.timestamp_ms,
            head.head.root,
            b64(&head.signature)
        )
    }

    pub(crate) fn checkpoint(&self, head: &SignedHead) -> String {
        let mut name = [self.origin.as_bytes(), b"\n\x05"].concat();
        name.extend(head.log.0.0);
        let mut bytes = sha256(&name).0[..4].to_vec();
        bytes.extend(head.head.timestamp_ms.to_be_bytes());
        bytes.extend(&head.signature);
        let other = format!("\u{2014} witness.example {}", b64(&[7; 70]));
        format!(
            "{0}\n{1}\n{2}\n\n{other}\n\u{2014} {0} {3}\n",
            self.origin,
            head.head.size,
            head.head.root,
            b64(&bytes)
        )
    }

    pub(crate) fn get_entries(&self, start: u64, end: u64) -> String {
        let range = usize::try_from(start).unwrap()..usize::try_from(end).unwrap();
        let entries = self.entries[range].iter().map(|entry| {
            format!(
                "{{\"leaf_input\":\"{}\",\"extra_data\":\"{}\"}}",
                b64(&entry.leaf_input),
                b64(&entry.extra_data)
            )
        });
        format!("{{\"entries\":[{}]}}", entries.collect::<Vec<_>>().join(","))
    }

    pub(crate) fn get_entry_and_proof(&self, index: u64, size: u64) -> String {
        let entry = &self.entries[usize::try_from(index).unwrap()];
        let path = inclusion_proof(&self.upto(size), index, size).unwrap();
        let path = path.iter().map(|hash| format!("\"{hash}\"")).collect::<Vec<_>>();
        format!(
            "{{\"leaf_input\":\"{}\",\"extra_data\":\"{}\",\"audit_path\":[{}]}}",
            b64(&entry.leaf_input),
            b64(&entry.extra_data),
            path.join(",")
        )
    }

    pub(crate) fn get_consistency(&self, old: u64, new: u64) -> String {
        let hashes = self.consistency(old, new).iter().map(|hash| format!("\"{hash}\"")).collect::<Vec<_>>();
        format!("{{\"consistency\":[{}]}}", hashes.join(","))
    }

    pub(crate) fn consistency(&self, old: u64, new: u64) -> Vec<Hash32> {
        if old == 0 || old == new {
            return Vec::new();
        }
        consistency_proof(&self.upto(new), old, new).unwrap()
    }

    pub(crate) fn data_tile(&self, tile: DataTile) -> Vec<u8> {
        let first = usize::try_from(tile.first()).unwrap();
        let range = first..first + usize::from(tile.width());
        self.entries[range].iter().flat_map(|entry| entry.tile_leaf.clone()).collect()
    }

    /// Every tile of hashes of the tree of `size` entries.
    pub(crate) fn tiles(&self, size: u64) -> Tiles {
        let mut tiles = BTreeMap::new();
        for update in Frontier::new().extend(self.upto(size)) {
            let width = u16::try_from(update.bytes.len() / 32).unwrap();
            tiles.insert(TilePath::hashes(update.level, update.index, width).unwrap(), update.bytes);
        }
        Tiles(tiles)
    }
}

/// Tiles of hashes.
pub(crate) struct Tiles(pub(crate) BTreeMap<TilePath, Vec<u8>>);

impl TileSource for Tiles {
    type Error = ProofError;

    fn tile(&self, path: &TilePath) -> Result<Vec<u8>, ProofError> {
        self.0.get(path).cloned().ok_or(ProofError::Tile(path.to_string()))
    }
}
