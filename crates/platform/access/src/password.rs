//! Passwords: what is accepted, and how it is kept.

use crate::access::AccessError;
use crate::codes;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use scr_core::{Entropy, Refusal, RefusalKind};
use std::sync::{Condvar, Mutex, PoisonError};
use unicode_normalization::UnicodeNormalization as _;

/// Fewest characters of a password (NIST SP 800-63B asks for 8, and 15 where it stands alone).
pub const MIN_CHARACTERS: usize = 12;
/// Most characters of a password.
pub const MAX_CHARACTERS: usize = 256;

/// argon2id memory in KiB, passes and lanes: the first choice of the OWASP password storage guide.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Passwords checked at the same time: a bound on memory (2 × 19 MiB) and processor.
const AT_ONCE: usize = 2;
/// Callers that may wait for their turn.
const WAITING: usize = 64;
/// Characters that must remain when everything guessable is counted once.
const MUST_REMAIN: usize = 7;

/// Words that guessers try first, beside the person's own.
const WORDS: &[&str] = &[
    "scrutineer",
    "password",
    "passwort",
    "motdepasse",
    "contrasena",
    "passw",
    "welcome",
    "bienvenue",
    "bienvenido",
    "willkommen",
    "admin",
    "administrator",
    "root",
    "login",
    "letmein",
    "iloveyou",
    "monkey",
    "dragon",
    "sunshine",
    "princess",
    "football",
    "baseball",
    "superman",
    "batman",
    "master",
    "shadow",
    "secret",
    "hello",
    "freedom",
    "whatever",
    "trustno",
    "michael",
    "charlie",
    "jordan",
    "summer",
    "winter",
    "spring",
    "autumn",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "friday",
    "election",
    "elections",
    "elecciones",
    "vote",
    "voter",
    "ballot",
    "results",
    "president",
    "parliament",
    "manager",
    "observer",
    "supervisor",
    "clerk",
    "viewer",
    "change",
    "changeme",
    "default",
    "test",
    "demo",
    "guest",
    "user",
    "temp",
    "office",
    "computer",
    "internet",
    "google",
    "country",
    "national",
    "commission",
];
/// Neighbours on keyboards and in alphabets.
const ROWS: &[&str] = &[
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiop",
    "yxcvbnm",
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
    "1qaz2wsx3edc4rfv",
    "ضصثقفغعهخحجد",
    "شسيبلاتنمكط",
];

/// Whether a password may be used. `about` holds what others know about the person (name, e-mail
/// address, organisation). Refused with `SCR-ACC-006` (length) or `SCR-ACC-007` (easy to guess).
pub fn check_password(password: &str, about: &[&str]) -> Result<(), Refusal> {
    let length = normal(password).chars().count();
    if !(MIN_CHARACTERS..=MAX_CHARACTERS).contains(&length) {
        return Err(Refusal::new(RefusalKind::Invalid, codes::PASSWORD_LENGTH)
            .on("password")
            .with("min", MIN_CHARACTERS)
            .with("max", MAX_CHARACTERS));
    }
    if unguessable_characters(password, about) < MUST_REMAIN {
        return Err(Refusal::new(RefusalKind::Invalid, codes::PASSWORD_GUESSABLE).on("password"));
    }
    Ok(())
}

/// NFC, as RFC 8265 section 4.2 asks: keyboards differ in how they write é.
fn normal(password: &str) -> String {
    password.nfc().collect()
}

/// Characters that remain when each known word, row of neighbours, repetition and year counts once.
fn unguessable_characters(password: &str, about: &[&str]) -> usize {
    let plain: Vec<char> = normal(password).chars().flat_map(char::to_lowercase).collect();
    let folded: Vec<char> = plain.iter().copied().map(without_disguise).collect();
    let mut guessed = vec![false; plain.len()];
    let own = about.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    for word in own.chain(WORDS.iter().copied()) {
        let word: Vec<char> = normal(word).chars().flat_map(char::to_lowercase).collect();
        mark_word(&plain, &word, &mut guessed);
        mark_word(&folded, &word, &mut guessed);
    }
    mark_neighbours(&plain, &mut guessed);
    mark_repetitions(&plain, &mut guessed);
    mark_years(&plain, &mut guessed);
    guessed.iter().filter(|known| !**known).count()
}

/// Undoes the usual disguises: `P@ssw0rd` is `password`.
fn without_disguise(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        _ => c,
    }
}

fn mark(guessed: &mut [bool], from: usize, count: usize) {
    for known in guessed.iter_mut().skip(from).take(count) {
        *known = true;
    }
}

fn mark_word(text: &[char], word: &[char], guessed: &mut [bool]) {
    if word.len() < 3 {
        return;
    }
    for (start, window) in text.windows(word.len()).enumerate() {
        if window == word {
            mark(guessed, start + 1, word.len() - 1);
        }
    }
}

fn mark_neighbours(text: &[char], guessed: &mut [bool]) {
    let rows: Vec<Vec<char>> =
        ROWS.iter().flat_map(|row| [row.chars().collect::<Vec<_>>(), row.chars().rev().collect()]).collect();
    for (start, window) in text.windows(3).enumerate() {
        if rows.iter().any(|row| row.windows(3).any(|three| three == window)) {
            mark(guessed, start + 1, 2);
        }
    }
}

/// A stretch that repeats what stood `period` characters before it.
fn mark_repetitions(text: &[char], guessed: &mut [bool]) {
    for period in 1..=text.len() / 2 {
        let mut run = 0;
        for position in period..text.len() {
            run = if text.get(position) == text.get(position - period) { run + 1 } else { 0 };
            if run >= period {
                mark(guessed, position + 1 - run, run);
            }
        }
    }
}

fn mark_years(text: &[char], guessed: &mut [bool]) {
    for (start, window) in text.windows(4).enumerate() {
        let year: String = window.iter().collect();
        if (year.starts_with("19") || year.starts_with("20")) && year.bytes().all(|b| b.is_ascii_digit()) {
            mark(guessed, start + 1, 3);
        }
    }
}

/// argon2id with a bound on how many run at once.
pub(crate) struct Hasher {
    argon2: Argon2<'static>,
    /// (running, waiting)
    turns: Mutex<(usize, usize)>,
    freed: Condvar,
}

impl Hasher {
    pub(crate) fn new() -> Result<Self, AccessError> {
        let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|e| AccessError::fault(&e))?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        Ok(Self { argon2, turns: Mutex::new((0, 0)), freed: Condvar::new() })
    }

    /// The hash to store, as a PHC string with its parameters.
    pub(crate) fn hash(&self, password: &str, entropy: &dyn Entropy) -> Result<String, AccessError> {
        let salt = entropy.bytes::<16>();
        let password = normal(password);
        let hash: PasswordHash = self
            .in_turn(|| self.argon2.hash_password_with_salt(password.as_bytes(), &salt))?
            .map_err(|e| AccessError::fault(&e))?;
        Ok(hash.to_string())
    }

    /// Whether the password belongs to the stored hash. A password that is too long is wrong
    /// without being hashed.
    pub(crate) fn verify(&self, password: &str, stored: &str) -> Result<bool, AccessError> {
        if password.len() > MAX_CHARACTERS * 4 {
            return Ok(false);
        }
        let hash = PasswordHash::new(stored).map_err(|e| AccessError::fault(&e))?;
        let password = normal(password);
        self.in_turn(|| self.argon2.verify_password(password.as_bytes(), &hash).is_ok())
    }

    /// 32 bytes with a salt that is the same for all, so that a secret which says no name can be looked up. The
    /// secret must be random: whoever has table and salt tries one guess on all of them.
    pub(crate) fn lookup(&self, secret: &str, salt: &[u8]) -> Result<[u8; 32], AccessError> {
        let mut hash = [0; 32];
        self.in_turn(|| self.argon2.hash_password_into(secret.as_bytes(), salt, &mut hash))?
            .map_err(|e| AccessError::fault(&e))?;
        Ok(hash)
    }

    fn in_turn<T>(&self, work: impl FnOnce() -> T) -> Result<T, AccessError> {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        if turns.1 >= WAITING {
            return Err(Refusal::new(RefusalKind::Unavailable, codes::BUSY).into());
        }
        turns.1 += 1;
        let mut turns = self
            .freed
            .wait_while(turns, |(running, _)| *running >= AT_ONCE)
            .unwrap_or_else(PoisonError::into_inner);
        turns.1 -= 1;
        turns.0 += 1;
        drop(turns);
        let result = work();
        self.turns.lock().unwrap_or_else(PoisonError::into_inner).0 -= 1;
        self.freed.notify_one();
        Ok(result)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use scr_core::SeededEntropy;

    #[test]
    fn length_is_counted_in_characters() {
        assert_eq!(check_password("kvo8#Rz!mwq", &[]).unwrap_err().code, "SCR-ACC-006");
        assert_eq!(check_password(&"kvo8#Rz!".repeat(40), &[]).unwrap_err().code, "SCR-ACC-006");
        assert!(check_password("بحر قمر كتاب نهر", &[]).is_ok());
    }

    #[test]
    fn what_guessers_try_first_is_refused() {
        for guess in [
            "aaaaaaaaaaaa",
            "abababababab",
            "abcabcabcabc",
            "123456789012",
            "qwertyuiop123",
            "Password2026!",
            "P@ssw0rdP@ssw0rd",
            "scrutineer2026",
            "election-2026",
            "adalovelace123",
            "ada.lovelace@",
            "1qaz2wsx3edc",
            "zyxwvutsrqponm",
            "Administrator1",
            "WelcomeElection2026",
            "electoral-99-",
        ] {
            let about = ["Ada Lovelace", "ada.lovelace@electoral.example"];
            assert_eq!(check_password(guess, &about).unwrap_err().code, "SCR-ACC-007", "{guess}");
        }
    }

    #[test]
    fn phrases_and_random_passwords_are_accepted() {
        for fine in ["kvo8#Rz!mwqT", "correct horse battery", "Le chat boit du thé", "Tr3buchet-over-Niger"]
        {
            assert!(check_password(fine, &["Ada Lovelace", "ada@emb.example"]).is_ok(), "{fine}");
        }
    }

    #[test]
    fn the_stored_form_states_its_parameters_and_fits_one_password_only() {
        let hasher = Hasher::new().unwrap();
        let stored = hasher.hash("Café au bord du lac", &SeededEntropy::new(3)).unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(hasher.verify("Cafe\u{301} au bord du lac", &stored).unwrap(), "NFC");
        assert!(!hasher.verify("Cafe au bord du lac", &stored).unwrap());
        assert!(!hasher.verify(&"x".repeat(5000), &stored).unwrap());
    }

    /// Made by the C reference implementation through Python's argon2-cffi 25.1.0:
    /// `hash_secret(b"correct horse battery", b"somesalt12345678", 2, 19456, 1, 32, Type.ID)`.
    #[test]
    fn a_hash_of_the_reference_implementation_verifies() {
        let hasher = Hasher::new().unwrap();
        let theirs = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$\
                      TF2s+BxXXkq+AjpBEgc5wHOhZK9bDkPqMKd49TXum2g";
        assert!(hasher.verify("correct horse battery", theirs).unwrap());
        assert!(!hasher.verify("correct horse batterz", theirs).unwrap());
    }

    #[test]
    fn callers_beyond_the_queue_are_turned_away() {
        let hasher = Hasher::new().unwrap();
        hasher.turns.lock().unwrap().1 = WAITING;
        let error = hasher.hash("kvo8#Rz!mwqT", &SeededEntropy::new(3)).unwrap_err();
        assert!(matches!(error, AccessError::Refused(refusal) if refusal.code == "SCR-ACC-018"));
    }
}
