//! Audit boards: two people at a tablet who have no account and say a passphrase of a few words.
//!
//! Nobody types beside it which audit or board it is for, so a passphrase is looked up alone: its argon2id hash, with
//! one salt for the whole site and the parameters of passwords, is the index. One attempt costs one hash. What a
//! shared salt takes away (one guess is tried on all boards at once) the words give back: they are drawn, not thought
//! of, and end with the round.

use crate::access::{Access, AccessError};
use crate::codes;
use crate::limits::Limit;
use crate::tables::{statement, text};
use crate::token::{Secret, stored};
use scr_canon::Hash32;
use scr_core::{BoardKey, BoardLogin, Entropy, OrgId, Refusal, RefusalKind};
use scr_ledger::{Param, Statement};
use scr_store::{Row, Store, sql};

/// A day's work: a board types its words once in the morning.
const SESSION_SECONDS: i64 = 14 * 3600;
/// Longest passphrase that is hashed, in bytes.
const MAX_WORDS: usize = 200;
/// How often other words are drawn when those drawn are taken.
const DRAWS: usize = 5;
const BUCKET: &str = "boards";

/// A pass to give to a board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardPass {
    /// For which board.
    pub key: BoardKey,
    /// The organisation that runs the audit.
    pub org: OrgId,
    /// Until when, in seconds since 1970, UTC.
    pub until: i64,
}

impl Access {
    /// Prepares a passphrase for a board: the words, to show once, and what to apply together with the recorded event.
    /// `words` makes them from random bytes, in the form in which [`Access::join_board`] will be given them. An earlier
    /// passphrase of the board stops working, and whoever came in by it is out.
    pub fn prepare_board_pass(
        &self,
        pass: &BoardPass,
        words: impl Fn(&[u8; 32]) -> String,
    ) -> Result<(String, Vec<Statement>), AccessError> {
        for _ in 0..DRAWS {
            let drawn = words(&self.entropy.bytes::<32>());
            let hash = self.pass_of(&drawn)?;
            let taken =
                self.rows("SELECT pass FROM access_board_pass WHERE pass = $1", vec![text(hash.clone())])?;
            if taken.is_empty() {
                return Ok((drawn, vec![end_sessions(&pass.key), self.pass_statement(pass, hash)]));
            }
        }
        Err(AccessError::Fault("the words for boards are all taken".to_owned()))
    }

    /// What ends the passes of every board of a round, and whoever came in by them: for the end of a round.
    pub fn prepare_end_of_boards(audit: &str, version: u32, round: u32) -> Vec<Statement> {
        let params = || vec![text(audit), Param::Int(version.into()), Param::Int(round.into())];
        vec![
            statement(
                "DELETE FROM access_board_session WHERE pass IN
                 (SELECT pass FROM access_board_pass WHERE audit = $1 AND version = $2 AND round = $3)",
                params(),
            ),
            statement(
                "DELETE FROM access_board_pass WHERE audit = $1 AND version = $2 AND round = $3",
                params(),
            ),
        ]
    }

    /// What ends the pass of one board, and whoever came in by it.
    pub fn prepare_end_of_board(key: &BoardKey) -> Vec<Statement> {
        let pass = statement(
            "DELETE FROM access_board_pass WHERE audit = $1 AND version = $2 AND round = $3 AND jurisdiction = $4
             AND board = $5",
            key_params(key),
        );
        vec![end_sessions(key), pass]
    }

    /// Lets in whoever says a board's words; gives the secret for the cookie. `words` are in the form in which the
    /// passphrase was given out. Several tablets of one board may come in by the same words. Refused with
    /// `SCR-ACC-005`, `-018`, and `-035` for words that belong to no board.
    pub fn join_board(&self, words: &str, address: &str) -> Result<Secret, AccessError> {
        let refused = || Refusal::new(RefusalKind::Forbidden, codes::NO_BOARD_PASS).on("words");
        let from = format!("boards address {address}");
        self.take(&from, Limit::BOARD_ADDRESS)?;
        self.take(BUCKET, Limit::BOARDS)?;
        if words.is_empty() || words.len() > MAX_WORDS {
            return Err(refused().into());
        }
        let pass = self.pass_of(words)?;
        let secret = Secret::new("", &*self.entropy);
        let now = self.clock.now();
        let joined = self.change(&[statement(
            "INSERT INTO access_board_session (token, pass, joined_at, ends_at)
             SELECT $1, pass, $2, CASE WHEN ends_at < $3 THEN ends_at ELSE $3 END
             FROM access_board_pass WHERE pass = $4 AND ends_at > $2",
            vec![
                text(stored("board", secret.reveal()).unwrap_or_default()),
                Param::Int(now),
                Param::Int(now + SESSION_SECONDS),
                text(pass),
            ],
        )])?;
        if joined.first() != Some(&1) {
            return Err(refused().into());
        }
        // Only wrong words use up what all boards share.
        // Hundreds of boards in one hall come from one address: right words cost nothing.
        self.give_back(&from, Limit::BOARD_ADDRESS)?;
        self.give_back(BUCKET, Limit::BOARDS)?;
        Ok(secret)
    }

    /// The board of a cookie; `None` when its session or its passphrase has ended.
    pub fn board_of(&self, cookie: &str) -> Result<Option<BoardLogin>, AccessError> {
        let Some(token) = stored("board", cookie) else { return Ok(None) };
        let rows = self.rows(
            "SELECT p.audit, p.version, p.round, p.jurisdiction, p.board, p.org FROM access_board_session s
             JOIN access_board_pass p ON p.pass = s.pass
             WHERE s.token = $1 AND s.ends_at > $2 AND p.ends_at > $2",
            vec![text(token), Param::Int(self.clock.now())],
        )?;
        rows.first().map(login_at).transpose()
    }

    /// Ends one tablet's session.
    pub fn leave_board(&self, cookie: &str) -> Result<(), AccessError> {
        let token = stored("board", cookie).unwrap_or_default();
        self.apply(&[statement("DELETE FROM access_board_session WHERE token = $1", vec![text(token)])])
    }

    fn pass_of(&self, words: &str) -> Result<String, AccessError> {
        Ok(Hash32(self.hasher.lookup(words, self.board_salt.as_bytes())?).to_hex())
    }

    fn pass_statement(&self, pass: &BoardPass, hash: String) -> Statement {
        let mut params = key_params(&pass.key);
        params.extend([
            text(hash),
            text(pass.org.as_str()),
            Param::Int(self.clock.now()),
            Param::Int(pass.until),
        ]);
        statement(
            "INSERT INTO access_board_pass
               (audit, version, round, jurisdiction, board, pass, org, given_at, ends_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             ON CONFLICT (audit, version, round, jurisdiction, board)
             DO UPDATE SET pass = $6, org = $7, given_at = $8, ends_at = $9",
            params,
        )
    }
}

/// The salt of the site, made by whichever node is the first to ask.
pub(crate) fn salt(store: &Store, entropy: &dyn Entropy) -> Result<String, AccessError> {
    let new = Hash32(entropy.bytes::<32>()).to_hex();
    store.execute(&sql!(
        "INSERT INTO access_salt (purpose, salt) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        "boards",
        new
    ))?;
    let row = store.query_opt(&sql!("SELECT salt FROM access_salt WHERE purpose = $1", "boards"))?;
    let row = row.ok_or_else(|| AccessError::Fault("the salt was not kept".to_owned()))?;
    Ok(row.text("salt")?.to_owned())
}

fn key_params(key: &BoardKey) -> Vec<Param> {
    vec![
        text(&key.audit),
        Param::Int(key.version.into()),
        Param::Int(key.round.into()),
        text(&key.jurisdiction),
        Param::Int(key.board.into()),
    ]
}

fn end_sessions(key: &BoardKey) -> Statement {
    statement(
        "DELETE FROM access_board_session WHERE pass IN
         (SELECT pass FROM access_board_pass
          WHERE audit = $1 AND version = $2 AND round = $3 AND jurisdiction = $4 AND board = $5)",
        key_params(key),
    )
}

fn login_at(row: &Row) -> Result<BoardLogin, AccessError> {
    let number = |column: &str| {
        let value = row.int(column)?;
        u32::try_from(value).map_err(|error| AccessError::fault(&error))
    };
    Ok(BoardLogin {
        key: BoardKey {
            audit: row.text("audit")?.to_owned(),
            version: number("version")?,
            round: number("round")?,
            jurisdiction: row.text("jurisdiction")?.to_owned(),
            board: number("board")?,
        },
        org: OrgId::new(row.text("org")?).map_err(|error| AccessError::fault(&error))?,
    })
}
