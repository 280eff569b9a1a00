//! Secrets that the server has to give to others again, such as the password for a partner's server: they stand sealed in
//! operational tables. The key is derived from the installation's own secret, which is a file that no database holds: a
//! copy of a database gives nothing away.

use crate::engine::Engine;
use crate::error::Fault;
use scr_canon::{b64, unb64};
use std::sync::Arc;
use zeroize::Zeroizing;

impl Engine {
    /// Seals a secret for an operational table. `purpose` and `owner` are bound to it: it opens for no other.
    ///
    /// # Errors
    /// A content that is longer than the cipher takes.
    pub fn seal_secret(&self, purpose: &str, owner: &str, content: &[u8]) -> Result<String, Fault> {
        let entropy = Arc::clone(self.entropy());
        let random: scr_vault::Random = Arc::new(move |buffer: &mut [u8]| entropy.fill(buffer));
        let key = self.role_keys.for_secrets(purpose);
        let sealed = scr_vault::encrypt(&random, &key, owner.as_bytes(), content);
        sealed.map(|bytes| b64(&bytes)).map_err(|error| Fault::log(&error))
    }

    /// The secret that was sealed; `None` where it was altered, is another's, or the installation has another key.
    pub fn open_secret(&self, purpose: &str, owner: &str, sealed: &str) -> Option<Zeroizing<Vec<u8>>> {
        let key = self.role_keys.for_secrets(purpose);
        let bytes = unb64(sealed).ok()?;
        scr_vault::decrypt(&key, owner.as_bytes(), &bytes).ok().map(Zeroizing::new)
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::TestEngine;

    #[test]
    fn a_secret_opens_for_its_purpose_and_owner_only() {
        let folder = tempfile::tempdir().unwrap();
        let test = TestEngine::new(folder.path(), &[], Vec::new()).unwrap();
        let engine = &test.engine;
        let sealed = engine.seal_secret("partners", "one", b"correct horse").unwrap();
        assert!(!sealed.contains("horse"));
        assert_ne!(sealed, engine.seal_secret("partners", "one", b"correct horse").unwrap(), "a nonce each");
        let open = |purpose: &str, owner: &str, text: &str| engine.open_secret(purpose, owner, text);
        assert_eq!(open("partners", "one", &sealed).unwrap().as_slice(), b"correct horse");
        assert!(open("partners", "two", &sealed).is_none() && open("others", "one", &sealed).is_none());
        let altered = sealed.replacen(&sealed[40..41], if &sealed[40..41] == "A" { "B" } else { "A" }, 1);
        assert!(open("partners", "one", &altered).is_none() && open("partners", "one", "x").is_none());
    }
}
