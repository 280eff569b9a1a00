//! Sign-off by several people, over exactly one content: shared by results, alerts, audits, findings.
//!
//! ```text
//!             sign / recuse / dissent                    last needed signature
//!   Open ────────────────────────────▶ Open ─────────────────────────────────▶ Complete
//!    │  a dissent, where dissent blocks                                   (further stands refused)
//!    └──────────────▶ Blocked          named people left are too few ──▶ Unreachable
//! ```

use crate::codes;
use scr_canon::{Hash32, sha256};
use scr_core::{Actor, PersonId, Refusal, RefusalKind, Role};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// So many signatures by people in one of these roles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    /// Any of these roles will do.
    pub roles: Vec<Role>,
    /// How many different people.
    pub count: u8,
}

/// Who must sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignOffRule {
    /// All of them must be met, each person counting once.
    pub needs: Vec<Need>,
    /// The n people out of whom m sign; empty when anybody in the role may.
    pub named: BTreeSet<PersonId>,
    /// Those who took part in the work and may not sign it off (four eyes).
    pub excluded: BTreeSet<PersonId>,
    /// Whether one dissent holds the sign-off up.
    pub dissent_blocks: bool,
}

/// What a person says about the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Position {
    /// Signs it.
    Signs,
    /// Does not sign it, and says why.
    Dissents,
    /// Takes no part, because of a conflict of interest.
    Recuses,
}

/// One person's stand. It is final; another content is another sign-off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stand {
    /// Who, in what role.
    pub actor: Actor,
    /// What the person says.
    pub position: Position,
    /// The content the person saw: [`SignOff::content`].
    pub over: Hash32,
    /// When, in seconds since 1970, UTC.
    pub at: i64,
}

/// Where a sign-off stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum SignOffState {
    /// So many signatures are missing.
    Open {
        /// How many.
        missing: u32,
    },
    /// Everybody needed has signed.
    Complete,
    /// Somebody dissents, and the rule lets dissent block.
    Blocked,
    /// The named people who are left cannot complete it any more.
    Unreachable,
}

/// A sign-off over one content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignOff {
    rule: SignOffRule,
    over: Hash32,
    stands: Vec<Stand>,
}

impl SignOff {
    /// The hash that people sign: over the canonical bytes of what they see.
    pub fn content(canonical: &[u8]) -> Hash32 {
        sha256(&[b"scrutineer/sign-off/v1\n", canonical].concat())
    }

    /// A sign-off over a content, without any stand yet.
    pub fn new(rule: SignOffRule, over: Hash32) -> Self {
        Self { rule, over, stands: Vec::new() }
    }

    /// Takes a stand in. Refused with `SCR-ACC-030` (not among those who may), `-031` (has taken a
    /// stand), `-032` (other content), `-033` (took part in the work), `-034` (closed).
    pub fn take(&mut self, stand: Stand) -> Result<SignOffState, Refusal> {
        let refused = |code| Err(Refusal::new(RefusalKind::Conflict, code));
        let person = &stand.actor.person;
        if stand.over != self.over {
            return refused(codes::OTHER_BYTES);
        }
        if !matches!(self.state(), SignOffState::Open { .. }) {
            return refused(codes::CLOSED);
        }
        if self.rule.excluded.contains(person) {
            return refused(codes::TOOK_PART);
        }
        let named = self.rule.named.is_empty() || self.rule.named.contains(person);
        if !named || !self.rule.needs.iter().any(|need| need.roles.contains(&stand.actor.role)) {
            return refused(codes::NOT_ON_PANEL);
        }
        if self.stands.iter().any(|earlier| earlier.actor.person == *person) {
            return refused(codes::STAND_TAKEN);
        }
        self.stands.push(stand);
        Ok(self.state())
    }

    /// Where it stands.
    pub fn state(&self) -> SignOffState {
        let missing = self.missing();
        if missing == 0 {
            SignOffState::Complete
        } else if self.rule.dissent_blocks && self.has(Position::Dissents) {
            SignOffState::Blocked
        } else if !self.rule.named.is_empty() && missing > self.undecided() {
            SignOffState::Unreachable
        } else {
            SignOffState::Open { missing: u32::try_from(missing).unwrap_or(u32::MAX) }
        }
    }

    /// What people have said so far, in order.
    pub fn stands(&self) -> &[Stand] {
        &self.stands
    }

    /// Who must sign.
    pub fn rule(&self) -> &SignOffRule {
        &self.rule
    }

    /// The content.
    pub fn over(&self) -> &Hash32 {
        &self.over
    }

    fn has(&self, position: Position) -> bool {
        self.stands.iter().any(|stand| stand.position == position)
    }

    /// Named people who may sign and have not said anything.
    fn undecided(&self) -> usize {
        let silent = |person: &&PersonId| {
            !self.rule.excluded.contains(*person)
                && !self.stands.iter().any(|stand| stand.actor.person == **person)
        };
        self.rule.named.iter().filter(silent).count()
    }

    /// Signatures still needed when each signer serves where it helps most: a maximum matching of
    /// signers and needs (Kuhn's augmenting paths), because needs may share roles.
    fn missing(&self) -> usize {
        let seats: Vec<&Need> =
            self.rule.needs.iter().flat_map(|need| (0..need.count).map(move |_| need)).collect();
        let signers: Vec<Role> = self
            .stands
            .iter()
            .filter(|stand| stand.position == Position::Signs)
            .map(|stand| stand.actor.role)
            .collect();
        let mut taken: Vec<Option<usize>> = vec![None; seats.len()];
        let seated = (0..signers.len())
            .filter(|signer| find_seat(*signer, &signers, &seats, &mut taken, &mut BTreeSet::new()))
            .count();
        seats.len() - seated
    }
}

fn find_seat(
    signer: usize,
    signers: &[Role],
    seats: &[&Need],
    taken: &mut [Option<usize>],
    tried: &mut BTreeSet<usize>,
) -> bool {
    for (number, need) in seats.iter().enumerate() {
        let fits = signers.get(signer).is_some_and(|role| need.roles.contains(role));
        if !fits || !tried.insert(number) {
            continue;
        }
        let holder = taken.get(number).copied().flatten();
        if holder.is_none_or(|other| find_seat(other, signers, seats, taken, tried)) {
            if let Some(seat) = taken.get_mut(number) {
                *seat = Some(signer);
            }
            return true;
        }
    }
    false
}
