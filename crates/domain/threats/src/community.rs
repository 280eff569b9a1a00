//! A community: founded together, and changed only by more than one of its members.

use crate::codes;
use crate::collection::Collection;
use crate::rules::{Rules, Sector};
use scr_core::{OrgId, Refusal, RefusalKind};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

const MAX_NAME: usize = 200;
const MAX_FOUNDERS: usize = 100;
const MAX_MEMBERS: usize = 2_000;
const MAX_COLLECTIONS: usize = 500;
const MAX_OPEN: usize = 50;
const MAX_REASON: usize = 1_000;

/// What a community begins with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Founding {
    /// Its name for people.
    pub name: String,
    /// Its rules.
    pub rules: Rules,
    /// Who founds it. Each of them has to join.
    pub founders: BTreeMap<OrgId, Sector>,
    /// Its first collections.
    pub collections: Vec<Collection>,
}

/// A member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// What sort of organisation it is.
    pub sector: Sector,
    /// Since when, in seconds since 1970; `None` for a founder who has not joined yet.
    pub since: Option<i64>,
}

/// What members may agree on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// An organisation becomes a member.
    Admit {
        /// Which.
        org: OrgId,
        /// What sort.
        sector: Sector,
    },
    /// A member has to go.
    Exclude {
        /// Which.
        org: OrgId,
        /// Why.
        reason: String,
    },
    /// Other rules.
    Rules(Rules),
    /// A new collection, or another form of one.
    Collection(Collection),
    /// Who opens, two together, who stands behind a pseudonym.
    Custodians(BTreeSet<OrgId>),
}

impl Change {
    /// Its name in the record.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Admit { .. } => "admit",
            Self::Exclude { .. } => "exclude",
            Self::Rules(_) => "rules",
            Self::Collection(_) => "collection",
            Self::Custodians(_) => "custodians",
        }
    }

    /// The organisation that it is about.
    pub fn concerned(&self) -> Option<&OrgId> {
        match self {
            Self::Admit { org, .. } | Self::Exclude { org, .. } => Some(org),
            _ => None,
        }
    }
}

/// How a proposal ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Enough members want it: it holds.
    Adopted,
    /// So many are against it that it cannot be.
    Rejected,
    /// It could not be done any more when enough wanted it.
    Overtaken,
}

/// A change that somebody has proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Whose.
    pub by: OrgId,
    /// What.
    pub change: Change,
    /// When, in seconds since 1970.
    pub at: i64,
    /// Where members stand: for or against.
    pub stands: BTreeMap<OrgId, bool>,
    /// How it ended, and when.
    pub outcome: Option<(Outcome, i64)>,
}

/// A step of a community.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A founder joins.
    Join,
    /// A member proposes a change, and is for it.
    Propose(Change),
    /// A member is for a proposal, or against it.
    Stand {
        /// Its number, from 1.
        proposal: u32,
        /// For it.
        is_for: bool,
    },
    /// A member goes. What it has shared stays, with where it came from.
    Leave,
}

/// A community.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Community {
    /// Its name for people.
    pub name: String,
    /// Its rules.
    pub rules: Rules,
    /// Its members, and founders who have not joined yet.
    pub members: BTreeMap<OrgId, Member>,
    /// Organisations that were members, and until when.
    pub former: BTreeMap<OrgId, i64>,
    /// Its collections.
    pub collections: Vec<Collection>,
    /// Who opens, two together, who stands behind a pseudonym.
    pub custodians: BTreeSet<OrgId>,
    /// Every proposal, in order.
    pub proposals: Vec<Proposal>,
}

fn refuse<T>(kind: RefusalKind, code: &str) -> Result<T, Refusal> {
    Err(Refusal::new(kind, code))
}

impl Community {
    /// A community that `by` founds with others; it has joined with that.
    ///
    /// # Errors
    /// `SCR-THR-003`, `-005`, `-011`, `-014`.
    pub fn found(by: &OrgId, founding: Founding, at: i64) -> Result<Self, Refusal> {
        let Founding { name, rules, founders, collections } = founding;
        if name.trim().is_empty() || name.len() > MAX_NAME {
            return Err(Refusal::new(RefusalKind::Invalid, codes::WRONG_NAME).on("name"));
        }
        rules.check()?;
        if !(2..=MAX_FOUNDERS).contains(&founders.len()) || !founders.contains_key(by) {
            return Err(Refusal::new(RefusalKind::Invalid, codes::FOUNDERS).on("founders"));
        }
        let member = |(org, sector): (OrgId, Sector)| {
            let since = (org == *by).then_some(at);
            (org, Member { sector, since })
        };
        let mut community = Self {
            name,
            rules,
            members: founders.into_iter().map(member).collect(),
            former: BTreeMap::new(),
            collections: Vec::new(),
            custodians: BTreeSet::new(),
            proposals: Vec::new(),
        };
        for collection in collections {
            community.check(&Change::Collection(collection.clone()))?;
            community.collections.push(collection);
        }
        Ok(community)
    }

    /// Whether all founders have joined.
    pub fn is_active(&self) -> bool {
        self.members.values().all(|member| member.since.is_some())
    }

    /// Whether this organisation is a member now.
    pub fn has(&self, org: &OrgId) -> bool {
        self.members.get(org).is_some_and(|member| member.since.is_some())
    }

    /// A collection by its id or alias.
    pub fn collection(&self, name: &str) -> Option<&Collection> {
        self.collections.iter().find(|one| one.id == name || one.alias.as_deref() == Some(name))
    }

    /// How many members a proposal needs, those left out whom it concerns.
    pub fn needed(&self, change: &Change) -> usize {
        self.rules.needed(self.voters(change).count())
    }

    fn voters<'a>(&'a self, change: &'a Change) -> impl Iterator<Item = &'a OrgId> {
        self.members.keys().filter(move |org| change.concerned() != Some(org))
    }

    /// The community after a step of one of its members.
    ///
    /// # Errors
    /// `SCR-THR-001`, `-006` to `-009`, `-014`, `-016`, `-018`.
    pub fn step(mut self, by: &OrgId, step: Step, at: i64) -> Result<Self, Refusal> {
        match step {
            Step::Join => match self.members.get_mut(by) {
                Some(member) if member.since.is_none() => member.since = Some(at),
                Some(_) => return refuse(RefusalKind::Conflict, codes::NOTHING_CHANGES),
                None => return refuse(RefusalKind::Forbidden, codes::NO_MEMBER),
            },
            Step::Leave => {
                self.active_member(by)?;
                self.remove(by, at);
                self.settle(at);
            }
            Step::Propose(change) => {
                self.active_member(by)?;
                self.check(&change)?;
                if self.proposals.iter().filter(|one| one.outcome.is_none()).count() >= MAX_OPEN {
                    return refuse(RefusalKind::TooMany, codes::TOO_MANY);
                }
                // Whoever is to go may propose it of itself, but has no say in it.
                let own = change.concerned() != Some(by);
                let stands = own.then(|| (by.clone(), true)).into_iter().collect();
                self.proposals.push(Proposal { by: by.clone(), change, at, stands, outcome: None });
                self.settle(at);
            }
            Step::Stand { proposal, is_for } => {
                self.active_member(by)?;
                let place = (proposal as usize).checked_sub(1);
                let Some(one) = place.and_then(|place| self.proposals.get_mut(place)) else {
                    return refuse(RefusalKind::NotFound, codes::NO_PROPOSAL);
                };
                if one.outcome.is_some() || one.stands.get(by) == Some(&is_for) {
                    return refuse(RefusalKind::Conflict, codes::DECIDED);
                }
                if one.change.concerned() == Some(by) {
                    return refuse(RefusalKind::Forbidden, codes::CONCERNED);
                }
                one.stands.insert(by.clone(), is_for);
                self.settle(at);
            }
        }
        Ok(self)
    }

    fn active_member(&self, org: &OrgId) -> Result<(), Refusal> {
        if !self.has(org) {
            return refuse(RefusalKind::Forbidden, codes::NO_MEMBER);
        }
        if self.is_active() { Ok(()) } else { refuse(RefusalKind::Conflict, codes::NOT_ACTIVE) }
    }

    /// Whether a change could be made now.
    fn check(&self, change: &Change) -> Result<(), Refusal> {
        let nothing = || refuse(RefusalKind::Conflict, codes::NOTHING_CHANGES);
        match change {
            Change::Admit { org, .. } if self.members.contains_key(org) => nothing(),
            Change::Admit { .. } if self.members.len() >= MAX_MEMBERS => {
                refuse(RefusalKind::TooMany, codes::TOO_MANY)
            }
            Change::Admit { .. } => Ok(()),
            Change::Exclude { org, .. } if !self.members.contains_key(org) => nothing(),
            Change::Exclude { reason, .. } if reason.trim().is_empty() || reason.len() > MAX_REASON => {
                Err(Refusal::new(RefusalKind::Invalid, codes::WRONG_RULES).on("reason"))
            }
            Change::Exclude { .. } => Ok(()),
            Change::Rules(rules) if *rules == self.rules => nothing(),
            Change::Rules(rules) => rules.check(),
            Change::Collection(collection) => self.check_collection(collection),
            Change::Custodians(orgs) if *orgs == self.custodians => nothing(),
            Change::Custodians(orgs) => {
                if orgs.len() < 2 || !orgs.iter().all(|org| self.members.contains_key(org)) {
                    return Err(Refusal::new(RefusalKind::Invalid, codes::NO_MEMBER).on("custodians"));
                }
                Ok(())
            }
        }
    }

    fn check_collection(&self, collection: &Collection) -> Result<(), Refusal> {
        collection.check()?;
        let others = self.collections.iter().filter(|one| one.id != collection.id);
        let names_it = |one: &Collection| collection.alias.is_some() && one.alias == collection.alias;
        if others.clone().any(names_it) {
            return Err(Refusal::new(RefusalKind::Conflict, codes::WRONG_COLLECTION).on("alias"));
        }
        if self.collections.contains(collection) {
            return refuse(RefusalKind::Conflict, codes::NOTHING_CHANGES);
        }
        if others.count() >= MAX_COLLECTIONS {
            return refuse(RefusalKind::TooMany, codes::TOO_MANY);
        }
        Ok(())
    }

    /// Ends proposals of which it is clear how they end.
    fn settle(&mut self, at: i64) {
        let mut place = 0;
        while place < self.proposals.len() {
            let decided = self.decided(place);
            if let Some(is_adopted) = decided {
                let outcome = if !is_adopted {
                    Outcome::Rejected
                } else if self.check(&self.proposals[place].change).is_ok() {
                    let change = self.proposals[place].change.clone();
                    self.make(change, at);
                    Outcome::Adopted
                } else {
                    Outcome::Overtaken
                };
                self.proposals[place].outcome = Some((outcome, at));
                // Another number of members: earlier proposals may have enough now.
                place = 0;
                continue;
            }
            place += 1;
        }
    }

    /// Whether an open proposal has enough for it (true) or can have no longer (false).
    fn decided(&self, place: usize) -> Option<bool> {
        let proposal = self.proposals.get(place).filter(|one| one.outcome.is_none())?;
        let voters: BTreeSet<&OrgId> = self.voters(&proposal.change).collect();
        let needed = self.rules.needed(voters.len());
        let count = |stand: bool| {
            proposal.stands.iter().filter(|(org, is_for)| voters.contains(org) && **is_for == stand).count()
        };
        if count(true) >= needed {
            return Some(true);
        }
        let possible = voters.len() - count(false);
        (count(false) > 0 && possible < needed).then_some(false)
    }

    fn make(&mut self, change: Change, at: i64) {
        match change {
            Change::Admit { org, sector } => {
                self.former.remove(&org);
                self.members.insert(org, Member { sector, since: Some(at) });
            }
            Change::Exclude { org, .. } => self.remove(&org, at),
            Change::Rules(rules) => self.rules = rules,
            Change::Collection(collection) => {
                match self.collections.iter_mut().find(|one| one.id == collection.id) {
                    Some(one) => *one = collection,
                    None => self.collections.push(collection),
                }
            }
            Change::Custodians(orgs) => self.custodians = orgs,
        }
    }

    fn remove(&mut self, org: &OrgId, at: i64) {
        if self.members.remove(org).is_some() {
            self.former.insert(org.clone(), at);
        }
        self.custodians.remove(org);
    }
}
