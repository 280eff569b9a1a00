//! Cast vote records are handed in, and published when the audit has ended.

use super::site::{MANAGER, NORTH, Site, hidden, plain, site};
use axum::http::StatusCode;
use scr_audits::verify::Size;
use scr_audits::workflow::{BallotReading, BoardStep, ContestReading, Phase};
use scr_core::BoardKey;
use scr_core::{Actor, OrgId, PersonId, Role};
use scr_desk_audits::acts::{decide, finish, sign_uploads, type_seed};
use scr_desk_audits::boards::board_step;
use scr_desk_audits::data;
use scr_desk_audits::rounds::{close_round, deal_boards, open_round};
use scr_tabulation::cvr::columns::{Builder, Columns};
use scr_tabulation::cvr::{Card, Choice, ChoiceKind, Contest, Contests, Mark, Sink as _};

const BASE: &str = "/desk/audits/autumn";
const PLACE: &str = "/desk/audits/autumn/jurisdictions/North";

/// 20 cards for Ann and 10 for Ben; three are of a precinct of their own.
fn columns() -> Vec<u8> {
    let choice = |name: &str| Choice {
        id: name.to_owned(),
        name: name.to_owned(),
        party: String::new(),
        kind: ChoiceKind::Regular,
    };
    let mayor = Contest {
        id: "1".to_owned(),
        name: "Mayor".to_owned(),
        votes_allowed: 1,
        ranks: 0,
        choices: vec![choice("Ann"), choice("Ben")],
    };
    let contests = Contests::of(vec![mayor]).unwrap();
    let mut builder = Builder::new(100);
    let mut card = Card::default();
    for at in 1..=30_u32 {
        card.clear();
        card.tabulator.push_str("T1");
        card.batch.push_str("B1");
        card.position = at;
        card.id.push_str(&at.to_string());
        card.precinct.push_str(if at <= 3 { "Isle" } else { "Town" });
        card.add(0, &[Mark::vote(u16::from(at % 3 == 1))]);
        builder.card(&contests, &card).unwrap();
    }
    let mut bytes = Vec::new();
    let written = builder.finish("Autumn", &contests).write(|piece| {
        bytes.extend_from_slice(piece);
        Ok::<(), std::convert::Infallible>(())
    });
    written.unwrap();
    bytes
}

fn actor(name: &str, role: Role, place: Option<&str>) -> Actor {
    Actor {
        person: PersonId::new(name).unwrap(),
        org: OrgId::new("emb").unwrap(),
        role,
        place: place.map(str::to_owned),
    }
}

impl Site {
    async fn committed(&self) {
        let new = [("title", "Autumn"), ("method", "ballot-comparison"), ("seed_digits", "20")];
        self.post(MANAGER, "/desk/audits/new", &new).await;
        let contest = [
            ("name", "Mayor"),
            ("choices", "Ann: 20\nBen: 10"),
            ("ballots", "30"),
            ("winners", "1"),
            ("votes_allowed", "1"),
            ("risk_limit", "5%"),
            ("law", "most"),
        ];
        self.post(MANAGER, &format!("{BASE}/contests/new"), &contest).await;
        self.post(MANAGER, &format!("{BASE}/jurisdictions"), &[("names", "North")]).await;
        let manifest = b"Tabulator,Batch Name,Number of Ballots\nT1,B1,30\n".to_vec();
        for (what, content) in [("manifest", manifest), ("cvrs", columns())] {
            let looked = self.file(NORTH, &format!("{PLACE}/files/{what}"), &content).await;
            let shown = self.get(NORTH, &looked.to).await;
            if what == "cvrs" {
                let text = plain(&shown.body);
                assert!(text.contains("1 of 2 styles have fewer than 10 ballots"), "{text}");
            }
            let sha256 = hidden(&shown.body, "sha256");
            let done = self.post(NORTH, &looked.to, &[("sha256", &sha256)]).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", plain(&done.body));
        }
        let over = self.kept().audit.to_sign("North").unwrap();
        let north = actor("nora", Role::Supervisor, Some("North"));
        sign_uploads(&self.app.engine, &north, "autumn", ("North", &over)).unwrap();
        let root = hidden(&self.get(MANAGER, &format!("{BASE}/commit")).await.body, "root");
        let fields = [("root", root.as_str()), ("looked", "yes")];
        self.post(MANAGER, &format!("{BASE}/commit"), &fields).await;
        assert_eq!(self.phase(), Phase::Committed);
    }

    /// One ballot is read, and then everything is counted by hand.
    fn ended(&self) {
        let engine = &self.app.engine;
        let manager = actor("mary", Role::Manager, None);
        let observer = actor("olga", Role::Observer, None);
        for who in [&manager, &observer] {
            type_seed(engine, who, "autumn", "34363370190391208563").unwrap();
        }
        open_round(engine, &manager, "autumn", (&Size::Draws(1), &[])).unwrap();
        let north = actor("nora", Role::Supervisor, Some("North"));
        deal_boards(engine, &north, "autumn", ("North", 1)).unwrap();
        let key = BoardKey {
            audit: "autumn".to_owned(),
            version: 1,
            round: 1,
            jurisdiction: "North".to_owned(),
            board: 1,
        };
        let names = vec!["Ines".to_owned(), "Omar".to_owned()];
        let mayor = ContestReading::Votes { choices: vec![0], invalid_write_in: false };
        let reading = BallotReading::Found { contests: vec![mayor], comment: String::new() };
        board_step(engine, &key, &BoardStep::Join { names: names.clone() }).unwrap();
        board_step(engine, &key, &BoardStep::Read { unit: 0, reading }).unwrap();
        let work = engine.read(|views| Ok(scr_desk_audits::boards::work(views, &key))).unwrap().unwrap().1;
        let over = work.to_sign().unwrap();
        board_step(engine, &key, &BoardStep::Sign { names, over }).unwrap();
        close_round(engine, &manager, "autumn").unwrap();
        let decision = scr_audits::record::Decision::FullHandCount;
        decide(engine, &manager, "autumn", (decision, "the margin is small")).unwrap();
        let count = serde_json::json!({"contest": 0, "votes": [20, 10], "winners": [0]});
        finish(engine, &manager, "autumn", &[serde_json::from_value(count).unwrap()]).unwrap();
    }
}

#[tokio::test]
async fn cast_vote_records_are_published_when_boards_have_read() {
    let site = site();
    site.committed().await;
    let path = format!("{PLACE}/publish");
    // What machines recorded stays unseen while somebody reads.
    assert_eq!(site.get(MANAGER, &path).await.status, StatusCode::CONFLICT);
    let fields = [("smallest", "0"), ("reason", "everybody may check it")];
    let early = site.post(MANAGER, &path, &fields).await;
    assert!(early.status.is_client_error(), "{}", early.status);
    site.ended();
    assert_eq!(site.get(NORTH, &path).await.status, StatusCode::FORBIDDEN);
    assert!(site.get(MANAGER, PLACE).await.body.contains(&path));
    let shown = plain(&site.get(MANAGER, &path).await.body);
    assert!(
        shown.contains("30 cards of 2 styles") && shown.contains("30 of 30 cards go into pools"),
        "{shown}"
    );
    let silent = site.post(MANAGER, &path, &[("smallest", "10")]).await;
    assert!(plain(&silent.body).contains("Say why"), "{}", silent.body);
    let other = site.post(MANAGER, &path, &[("smallest", "7"), ("reason", "so")]).await;
    assert!(plain(&other.body).contains("Choose what is published"), "{}", other.body);
    for (smallest, pooled) in [("0", 0), ("5", 30)] {
        let fields = [("smallest", smallest), ("reason", "everybody may check it")];
        let done = site.post(MANAGER, &path, &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", plain(&done.body));
        let published = site.app.engine.read(|views| data::published_cvrs(views, "autumn", 1)).unwrap();
        let bytes = site.app.engine.objects().get(&published[0].1, 1 << 20).unwrap().unwrap();
        let found = Columns::read(&bytes).unwrap();
        let silent = (0..30).filter(|at| found.marks(*at, 0).is_none()).count();
        assert_eq!((found.cards(), silent), (30, pooled));
        assert_eq!(bytes == columns(), smallest == "0", "unpooled they have the hash that was committed to");
    }
}
