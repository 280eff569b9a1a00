//! The exchange of the demonstration: five organisations that do not trust each other, and what they share.

use super::demo_campaign::{self, Objects};
use scr_access::{Access, SignIn};
use scr_core::{Actor, OrgId, Tlp};
use scr_desk_threats::{Exchange, Share, acts};
use scr_engine::{ActError, Engine, Fault, write_secret};
use scr_store::Store;
use scr_threats::{Change, Collection, Founding, Members, Rules, Sector, Step};
use serde_json::{Value, json};
use std::path::Path;

/// The community's code in addresses.
pub(super) const COMMUNITY: &str = "lindenland";
/// Where the demonstration keeps tokens that everybody may know.
const FILE: &str = "demo-exchange.json";
const DAYS: i64 = 365;

/// The members: e-mail address of whoever acts for them, organisation, sector. The last is no member.
pub(super) const MEMBERS: [(&str, &str, Sector); 6] = [
    ("official@demo.example", "electoral-commission", Sector::ElectionBody),
    ("cert@demo.example", "national-cert", Sector::Cert),
    ("ngo@demo.example", "civic-watch", Sector::CivilSociety),
    ("media@demo.example", "daily-herald", Sector::Media),
    ("party@demo.example", "river-party", Sector::Party),
    ("vendor@demo.example", "tally-works", Sector::Vendor),
];

fn broken(what: &dyn std::fmt::Display) -> ActError {
    Fault::log(what).into()
}

fn org(id: &str) -> Result<OrgId, ActError> {
    OrgId::new(id).map_err(|error| broken(&error))
}

/// A collection: alias, title, description, readers, writers, circle, whether it is public.
type Plan = (
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
    &'static [&'static str],
    bool,
);

const COLLECTIONS: [Plan; 4] = [
    (
        "indicators",
        "Indicators and campaigns",
        "Addresses, names and tools that were used against elections, and who is behind them.",
        &[],
        &[],
        &["electoral-commission", "national-cert"],
        false,
    ),
    (
        "public",
        "For everybody",
        "What the community has cleared for publication.",
        &[],
        &["electoral-commission", "national-cert"],
        &[],
        true,
    ),
    (
        "notices",
        "Notices of the security centre",
        "Written by the national security centre, read by all members.",
        &[],
        &["national-cert"],
        &[],
        false,
    ),
    (
        "letterbox",
        "Letterbox of the security centre",
        "Whoever has seen something puts it here; only the security centre reads it.",
        &["national-cert"],
        &[],
        &["national-cert"],
        false,
    ),
];

fn collections() -> Result<Vec<Collection>, ActError> {
    let members = |list: &[&str]| match list {
        [] => Ok(Members::All),
        list => list.iter().map(|one| org(one)).collect::<Result<_, _>>().map(Members::These),
    };
    let one = |(number, plan): (usize, &Plan)| {
        let (alias, title, description, readers, writers, circle, is_public) = *plan;
        Ok(Collection {
            id: format!("5c0ffee0-0000-4000-8000-{:012}", number + 1),
            title: title.to_owned(),
            description: description.to_owned(),
            alias: Some(alias.to_owned()),
            readers: members(readers)?,
            writers: members(writers)?,
            circle: circle.iter().map(|one| org(one)).collect::<Result<_, ActError>>()?,
            is_public,
            is_closed: false,
        })
    };
    COLLECTIONS.iter().enumerate().map(one).collect()
}

/// Founds the community, has its members join and agree, and shares the story of a campaign.
pub(super) fn fill(
    engine: &Engine,
    store: &Store,
    actor: &dyn Fn(&str) -> Result<Actor, ActError>,
) -> Result<(), ActError> {
    let [first, founders @ .., _] = &MEMBERS;
    let founder = actor(first.0)?;
    let founding = Founding {
        name: "Lindenland Election Exchange".to_owned(),
        rules: Rules {
            text: "Members share what threatens elections, whoever it threatens. Nobody uses what is shared against another member. What carries no label is GREEN: for members, and not for publication.".to_owned(),
            unmarked: Tlp::Green,
            more_than_percent: 50,
        },
        founders: MEMBERS[..5].iter().map(|(_, id, sector)| Ok((org(id)?, *sector))).collect::<Result<_, ActError>>()?,
        collections: collections()?,
    };
    acts::found(engine, &founder, COMMUNITY, &founding)?;
    for (email, _, _) in founders {
        acts::step(engine, &actor(email)?, COMMUNITY, &Step::Join)?;
    }
    let custodians = [org("national-cert")?, org("civic-watch")?].into_iter().collect();
    acts::step(engine, &founder, COMMUNITY, &Step::Propose(Change::Custodians(custodians)))?;
    for email in ["ngo@demo.example", "media@demo.example"] {
        acts::step(engine, &actor(email)?, COMMUNITY, &Step::Stand { proposal: 1, is_for: true })?;
    }
    let admit = Change::Admit { org: org("tally-works")?, sector: Sector::Vendor };
    acts::step(engine, &actor("cert@demo.example")?, COMMUNITY, &Step::Propose(admit))?;
    let exchange = Exchange { engine, store: Some(store) };
    let share = |email: &str, collection: &str, audience: Option<&[OrgId]>, objects: Objects| {
        let objects: Vec<String> = objects.iter().map(Value::to_string).collect();
        let new = Share { community: COMMUNITY, collection, audience, objects: &objects };
        exchange.share(&actor(email)?, &new).map(drop)
    };
    share("cert@demo.example", "indicators", None, demo_campaign::campaign())?;
    share("media@demo.example", "indicators", None, demo_campaign::seen_by_newsroom())?;
    share("party@demo.example", "indicators", None, demo_campaign::seen_by_party())?;
    share("cert@demo.example", "public", None, demo_campaign::published())?;
    let watched = [
        "electoral-commission.example",
        "203.0.113.0/24",
        "@electoral-commission.example",
        "name:Polling station",
    ];
    exchange.watch(&founder, &watched.map(str::to_owned))?;
    let named = [org("electoral-commission")?];
    share("cert@demo.example", "indicators", Some(&named), demo_campaign::for_the_commission())
}

/// A token for each member, and one for whoever is none, as clients of TAXII need them.
pub(super) fn tokens(access: &Access, data: &Path, password: &str) -> Result<(), ActError> {
    let mut members = serde_json::Map::new();
    for (email, id, _) in MEMBERS {
        let form = SignIn { email, password, address: "127.0.0.1" };
        let login = access.sign_in(&form).map_err(|error| broken(&error))?.login;
        let token =
            access.new_api_token(&login, "Exchange", DAYS * 24 * 3600).map_err(|error| broken(&error))?;
        access.sign_out(&login).map_err(|error| broken(&error))?;
        members.insert(id.to_owned(), json!({"user": id, "password": token.reveal(), "organisation": id}));
    }
    let outsider = members.remove("tally-works");
    let names: Vec<&str> = MEMBERS[..5].iter().map(|(_, id, _)| *id).collect();
    let listed = |list: &[&str]| if list.is_empty() { json!(names) } else { json!(list) };
    let collections: serde_json::Map<String, Value> = collections()?
        .into_iter()
        .zip(COLLECTIONS)
        .map(|(collection, (alias, _, _, readers, writers, _, _))| {
            (
                alias.to_owned(),
                json!({"id": collection.id, "can_read": listed(readers), "can_write": listed(writers)}),
            )
        })
        .collect();
    let file = json!({
        "api_root": format!("/taxii2/{COMMUNITY}/"), "members": members, "outsider": outsider, "collections": collections,
    });
    write_secret(&data.join(FILE), format!("{file:#}\n").as_bytes()).map_err(|error| broken(&error))
}

/// The tokens, as lines for whoever starts the demonstration.
pub(super) fn announced(data: &Path) -> Vec<(String, String)> {
    let Ok(text) = std::fs::read_to_string(data.join(FILE)) else { return Vec::new() };
    let file: Value = serde_json::from_str(&text).unwrap_or_default();
    let all = file["members"].as_object().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    all.values().map(|one| (text(&one["user"]), text(&one["password"]))).collect()
}
