//! Writing an entry.

use crate::commit::Commitment;
use crate::entry::{
    EntryError, EntryRef, EntrySignature, Form, MAX_ENTRY_BYTES, is_subject, key_name, signed_message,
};
use crate::kind::{KindSpec, WhitelistError};
use crate::time::utc_text;
use scr_canon::b64;
use scr_note::{SignError, SignerKey};
use serde_json::{Map, Value};

/// Why a draft cannot become an entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// A public field is not allowed.
    #[error(transparent)]
    Whitelist(#[from] WhitelistError),
    /// A commitment to a field that the kind does not have.
    #[error("{kind} has no private field {field}")]
    Private {
        /// The kind.
        kind: String,
        /// The field.
        field: String,
    },
    /// A subject that is not of the form `kind:name`, or named twice.
    #[error("not a subject, or named twice: {0:?}")]
    Subject(String),
    /// It would be too long, or not canonical.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// The author's key does not sign.
    #[error("the author's key: {0}")]
    Sign(#[from] SignError),
}

/// Everything of an entry that is known before the ledger gives it its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    form: Form,
}

impl Draft {
    /// A draft of this kind. The public fields must be on the kind's whitelist.
    pub fn new(
        kind: &KindSpec,
        id: &str,
        subjects: &[String],
        public: Map<String, Value>,
        commitments: Vec<Commitment>,
        refs: Vec<EntryRef>,
    ) -> Result<Self, DraftError> {
        kind.check(&public)?;
        if let Some(unknown) = commitments.iter().find(|c| !kind.private.contains(&c.n.as_str())) {
            return Err(DraftError::Private { kind: kind.name.to_owned(), field: unknown.n.clone() });
        }
        for (position, subject) in subjects.iter().enumerate() {
            if !is_subject(subject) || subjects[..position].contains(subject) {
                return Err(DraftError::Subject(subject.clone()));
            }
        }
        let form = Form {
            at: String::new(),
            com: commitments,
            id: id.to_owned(),
            iss: String::new(),
            public,
            refs,
            seq: subjects.iter().map(|subject| (subject.clone(), 0)).collect(),
            sig: Vec::new(),
            sub: subjects.to_vec(),
            t: kind.name.to_owned(),
            v: 1,
        };
        let draft = Self { form };
        // Counts and times grow by a few bytes at most; a signature takes about 200.
        let length = scr_canon::to_canonical(&draft.form).map_err(EntryError::from)?.len();
        if length + 512 + 20 * subjects.len() > MAX_ENTRY_BYTES {
            return Err(EntryError::TooLong(length).into());
        }
        Ok(draft)
    }

    /// What it is about.
    pub fn subjects(&self) -> &[String] {
        &self.form.sub
    }

    /// The entry's bytes: at this time, with these counts (in the order of [`Self::subjects`]),
    /// signed by the acting organisation's key.
    pub fn compose(&self, at: i64, counts: &[u64], author: &SignerKey) -> Result<Vec<u8>, DraftError> {
        let mut form = self.form.clone();
        form.at = utc_text(at);
        form.iss = author.verifier().name().to_owned();
        form.seq = form.sub.iter().cloned().zip(counts.iter().copied()).collect();
        let message = signed_message(&form)?;
        let signature = author.sign(&message, 0)?;
        form.sig = vec![EntrySignature { k: key_name(author.verifier()), s: b64(&signature) }];
        let bytes = scr_canon::to_canonical(&form).map_err(EntryError::from)?;
        if bytes.len() > MAX_ENTRY_BYTES { Err(EntryError::TooLong(bytes.len()).into()) } else { Ok(bytes) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::{FieldSpec, FieldType};
    use crate::{Commitment, CommitmentKind, Entry, commitment};
    use proptest::prelude::*;
    use scr_note::Algorithm;
    use serde_json::json;

    const KIND: KindSpec = KindSpec {
        name: "test.thing.done/1",
        public: &[FieldSpec::new("n", FieldType::Count)],
        private: &["who"],
    };

    fn author(seed: u8) -> SignerKey {
        SignerKey::from_seed("emb.example", Algorithm::Ed25519, &[seed; 32]).unwrap()
    }

    fn draft(subjects: &[&str], private: &str) -> Result<Draft, DraftError> {
        let subjects: Vec<String> = subjects.iter().map(|s| (*s).to_owned()).collect();
        let com = vec![Commitment {
            h: commitment(&[1; 32], b"x"),
            k: CommitmentKind::Blob,
            n: private.to_owned(),
        }];
        Draft::new(&KIND, "id-1", &subjects, json!({"n": 3}).as_object().unwrap().clone(), com, vec![])
    }

    #[test]
    fn a_composed_entry_is_read_back_and_its_author_checked() {
        let bytes = draft(&["election:b", "case:a"], "who")
            .unwrap()
            .compose(1_795_514_400, &[7, 1], &author(1))
            .unwrap();
        let entry = Entry::parse(&bytes).unwrap();
        assert_eq!(
            (entry.kind(), entry.issuer(), entry.at()),
            ("test.thing.done/1", "emb.example", 1_795_514_400)
        );
        assert_eq!(entry.counts()["election:b"], 7);
        assert_eq!(entry.counts()["case:a"], 1);
        entry.verify_author(author(1).verifier()).unwrap();
        assert_eq!(entry.verify_author(author(2).verifier()), Err(EntryError::Signature));
        let text = String::from_utf8(bytes).unwrap();
        let forged = Entry::parse(text.replace("\"n\":3", "\"n\":4").as_bytes()).unwrap();
        assert_eq!(forged.verify_author(author(1).verifier()), Err(EntryError::Signature));
    }

    #[test]
    fn drafts_that_must_not_be_recorded_are_refused() {
        assert!(matches!(draft(&["a:b"], "other"), Err(DraftError::Private { .. })));
        for wrong in [&["a b:c"][..], &["noname"], &["a:"], &["a:b", "a:b"], &["A:b"]] {
            assert!(matches!(draft(wrong, "who"), Err(DraftError::Subject(_))), "{wrong:?}");
        }
    }

    #[test]
    fn bytes_that_are_no_entry_are_refused() {
        let good =
            String::from_utf8(draft(&["a:b"], "who").unwrap().compose(0, &[1], &author(1)).unwrap()).unwrap();
        for (from, to) in [
            ("\"v\":1", "\"v\":2"),
            ("{\"at\"", "{\"aa\":1,\"at\""),
            ("\"a:b\":1", "\"a:b\":0"),
            ("\"a:b\":1", "\"a:c\":1"),
            ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00"),
            ("\"sub\":[\"a:b\"]", "\"sub\":[]"),
            ("\"n\":3", "\"n\":3.5"),
            ("\"t\":", "\"t\": "),
        ] {
            let bad = good.replace(from, to);
            assert_ne!(bad, good);
            assert!(Entry::parse(bad.as_bytes()).is_err(), "{from} -> {to}");
        }
        assert_eq!(
            Entry::parse(&vec![b' '; MAX_ENTRY_BYTES + 1]),
            Err(EntryError::TooLong(MAX_ENTRY_BYTES + 1))
        );
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let _ = Entry::parse(&bytes);
        }
    }
}
