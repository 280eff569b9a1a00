//! Answers of certificate logs: every reader answers, nothing is believed without a signature, and what the tree does not
//! cover does not change its leaves.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scr_names::ct::{
    Batch, CertificateNames, CtFault, CtLimits, Cursor, DataTile, Leaf, LeafKind, LogKey, SignedHead, StaticPath, Step,
    TreeHead, read_checkpoint, read_consistency, read_data_tile, read_entries, read_head,
};

/// Google's log Pilot.
const KEY: &[u8] = b"\x30\x59\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07\x03\x42\x00\
    \x04\x7d\xa8\x4b\x12\x29\x80\xa3\x3d\xad\xd3\x5a\x77\xb8\xcc\xe2\x88\xb3\xa5\xfd\xf1\xd3\x0c\xcd\x18\x0c\xe8\x41\
    \x46\xe8\x81\x01\x1b\x15\xe1\x4b\xf1\x1b\x62\xdd\x36\x0a\x08\x18\xba\xed\x0b\x35\x84\xd0\x9e\x40\x3c\x2d\x9e\x9b\
    \x82\x65\xbd\x1f\x04\x10\x41\x4c\xa0";

fuzz_target!(|bytes: &[u8]| {
    let limits = CtLimits { body: 1 << 20, entries: 300, proof: 64, names: 50 };
    let key = LogKey::from_der(KEY).expect("a key of a real log");
    let _ = LogKey::from_der(bytes);
    let _ = read_consistency(bytes, &limits);
    let _ = read_checkpoint(bytes, &key, "ct.example/2026h2", &limits).map(|head| head.verify(&key));
    if let Ok(head) = read_head(bytes, key.id(), &limits) {
        let _ = head.verify(&key);
    }
    if let Some(path) = std::str::from_utf8(bytes).ok().and_then(|text| text.parse::<StaticPath>().ok()) {
        assert_eq!(path.to_string().as_bytes(), bytes);
    }
    for width in [1, 2, 3, 256] {
        let tile = DataTile::new(0, width).expect("1 to 256");
        if let Ok(leaves) = read_data_tile(bytes, tile, &limits) {
            believe_nothing(&key, Batch::of_tile(tile, leaves, 0), &limits);
        }
    }
    if let Ok(leaves) = read_entries(bytes, &limits) {
        believe_nothing(&key, Batch { first: 0, leaves }, &limits);
    }
    if let Some((length, rest)) = bytes.split_first_chunk::<2>() {
        let (input, extra) = rest.split_at(usize::from(u16::from_be_bytes(*length)).min(rest.len()));
        if let Ok(leaf) = Leaf::decode(input, extra) {
            assert_eq!(leaf.hash, scr_merkle::leaf_hash(input));
            let _ = leaf.leaf_index();
        }
    }
    let _ = CertificateNames::of_certificate(bytes, 50);
    let _ = CertificateNames::of_tbs(bytes, 50);
});

fn believe_nothing(key: &LogKey, batch: Batch, limits: &CtLimits) {
    for leaf in &batch.leaves {
        let _ = match &leaf.kind {
            LeafKind::Certificate(der) => CertificateNames::of_certificate(der, 50),
            LeafKind::Precertificate { tbs, .. } => CertificateNames::of_tbs(tbs, 50),
        };
    }
    let leaves: Vec<_> = batch.leaves.iter().map(|leaf| leaf.hash).collect();
    let size = u64::try_from(leaves.len()).expect("few");
    let head = TreeHead { size, timestamp_ms: 1, root: scr_merkle::root_of(&leaves) };
    let head = SignedHead { log: key.id(), head, signature: vec![4, 3, 0, 2, 0x30, 0] };
    let step = Step { head: &head, growth: &[], batch: &batch, reach: &[] };
    assert!(matches!(Cursor::start(key.id()).advance(key, &step, limits), Err(CtFault::Head(_))));
}
