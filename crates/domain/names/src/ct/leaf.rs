//! What stands in the leaves of a log's tree (RFC 6962 section 3.4).

use super::wire::{Wire, WireFault};
use scr_canon::Hash32;
use scr_merkle::leaf_hash;

/// MerkleTreeLeaf.version (v1) and .leaf_type (timestamped_entry): the only ones there are.
const HEAD: [u8; 2] = [0, 0];

/// What was logged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeafKind {
    /// A certificate in DER.
    Certificate(Vec<u8>),
    /// A certificate that is to be issued.
    Precertificate {
        /// SHA-256 of the issuer's public key (SubjectPublicKeyInfo in DER).
        issuer_key: Hash32,
        /// TBSCertificate in DER, without the poison extension.
        tbs: Vec<u8>,
    },
}

/// A leaf: what the tree commits to, and what a log says beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// When the log promised to take it in, in milliseconds since 1970, UTC.
    pub timestamp_ms: u64,
    /// What was logged.
    pub kind: LeafKind,
    /// CtExtensions as they are; RFC 6962 defines none.
    pub extensions: Vec<u8>,
    /// Its hash in the tree.
    pub hash: Hash32,
    /// The precertificate as it was submitted. Not covered by the tree.
    pub precertificate: Option<Vec<u8>>,
    /// Certificates of the chain, from the issuer on. Not covered by the tree; static-ct-api gives their hashes alone.
    pub chain: Vec<Vec<u8>>,
    /// SHA-256 of the certificates of the chain, where a static log gives them.
    pub chain_hashes: Vec<Hash32>,
}

impl Leaf {
    /// Decodes `leaf_input` and `extra_data` of get-entries (RFC 6962 section 4.6).
    ///
    /// # Errors
    /// [`WireFault`]; where it lies in `extra_data`, offsets count on from the end of `leaf_input`.
    pub fn decode(leaf_input: &[u8], extra_data: &[u8]) -> Result<Self, WireFault> {
        let mut wire = Wire::new(leaf_input);
        if wire.array()? != HEAD {
            return Err(WireFault { at: 0, what: "neither version 1 nor a timestamped entry" });
        }
        let mut leaf = Self::timestamped(&mut wire)?;
        wire.end()?;
        let mut extra = Wire::new(extra_data);
        let decoded = leaf.extra(&mut extra).and_then(|()| extra.end());
        decoded.map_err(|fault| WireFault { at: leaf_input.len() + fault.at, what: fault.what })?;
        Ok(leaf)
    }

    fn extra(&mut self, wire: &mut Wire<'_>) -> Result<(), WireFault> {
        if matches!(self.kind, LeafKind::Precertificate { .. }) {
            self.precertificate = Some(wire.some(3)?.to_vec());
        }
        let before = wire.at();
        let mut chain = Wire::new(wire.vector(3)?);
        while !chain.is_done() {
            let one = chain.some(3);
            let one = one.map_err(|fault| WireFault { at: before + 3 + fault.at, what: fault.what })?;
            self.chain.push(one.to_vec());
        }
        Ok(())
    }

    /// One TileLeaf of static-ct-api ("Log entries").
    pub(super) fn tile_leaf(wire: &mut Wire<'_>) -> Result<Self, WireFault> {
        let mut leaf = Self::timestamped(wire)?;
        if matches!(leaf.kind, LeafKind::Precertificate { .. }) {
            leaf.precertificate = Some(wire.some(3)?.to_vec());
        }
        let hashes = wire.vector(2)?;
        let whole = hashes.len().is_multiple_of(32);
        whole.then_some(()).ok_or_else(|| wire.fault("fingerprints have 32 bytes each"))?;
        leaf.chain_hashes =
            hashes.chunks_exact(32).filter_map(|hash| Hash32::from_slice(hash).ok()).collect();
        Ok(leaf)
    }

    fn timestamped(wire: &mut Wire<'_>) -> Result<Self, WireFault> {
        let start = wire.at();
        let timestamp_ms = wire.number(8)?;
        let kind = match wire.number(2)? {
            0 => LeafKind::Certificate(wire.some(3)?.to_vec()),
            1 => LeafKind::Precertificate { issuer_key: Hash32(wire.array()?), tbs: wire.some(3)?.to_vec() },
            _ => return Err(wire.fault("neither a certificate nor a precertificate")),
        };
        let extensions = wire.vector(2)?.to_vec();
        let hash = leaf_hash(&[&HEAD, wire.since(start)].concat());
        Ok(Self {
            timestamp_ms,
            kind,
            extensions,
            hash,
            precertificate: None,
            chain: Vec::new(),
            chain_hashes: Vec::new(),
        })
    }

    /// The extension leaf_index of static-ct-api ("SCT Extension"): its place in the log, from 0. `None` where there is
    /// none.
    ///
    /// # Errors
    /// [`WireFault`] where the extensions are no list, or one stands there twice.
    pub fn leaf_index(&self) -> Result<Option<u64>, WireFault> {
        let mut wire = Wire::new(&self.extensions);
        let mut seen = [false; 256];
        let mut index = None;
        while !wire.is_done() {
            let [kind] = wire.array()?;
            let before = std::mem::replace(&mut seen[usize::from(kind)], true);
            let mut data = Wire::new(wire.vector(2)?);
            if before {
                return Err(wire.fault("an extension stands there twice"));
            }
            if kind == 0 {
                index = Some(data.number(5)?);
                data.end()?;
            }
        }
        Ok(index)
    }
}
