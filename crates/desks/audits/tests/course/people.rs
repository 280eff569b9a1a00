//! An installation with the people of an audit, and the ways in which they act.

use scr_audits::record::{Counted, Record};
use scr_audits::verify::Size;
use scr_audits::workflow::hand_in::Prepared;
use scr_audits::workflow::{BoardStep, BoardWork, Inputs, Upload, What};
use scr_canon::{sha256, to_canonical};
use scr_core::BoardKey;
use scr_core::{Actor, PersonId, Refusal, Role};
use scr_desk_audits::AuditsDesk;
use scr_desk_audits::acts::{
    NewAudit, NewUpload, SeedTyped, choose_contest, create, name_jurisdictions, sign_uploads, type_seed,
    upload,
};
use scr_desk_audits::assembled::public_record;
use scr_desk_audits::boards::{board_step, work};
use scr_desk_audits::data::{self, Kept};
use scr_desk_audits::rounds::{close_round, commit, deal_boards, open_round};
use scr_engine::testing::TestEngine;
use scr_engine::{ActError, Engine};
use scr_web::Desk as _;
use std::collections::BTreeSet;

pub(crate) struct Place {
    pub(crate) test: TestEngine,
    pub(crate) folder: tempfile::TempDir,
}

pub(crate) fn place() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let test = TestEngine::new(folder.path(), AuditsDesk.kinds(), AuditsDesk.views()).unwrap();
    Place { test, folder }
}

pub(crate) fn somebody(name: &str, role: Role, place: Option<&str>) -> Actor {
    let person = PersonId::new(name).unwrap();
    Actor { person, place: place.map(str::to_owned), ..TestEngine::actor(role) }
}

pub(crate) fn manager() -> Actor {
    somebody("mary", Role::Manager, None)
}

pub(crate) fn supervisor(place: &str) -> Actor {
    somebody("sam", Role::Supervisor, Some(place))
}

pub(crate) fn refused<T>(result: Result<T, ActError>) -> Refusal {
    match result {
        Err(ActError::Refused(refusal)) => refusal,
        _ => Refusal::new(scr_core::RefusalKind::Invalid, "not refused"),
    }
}

/// An audit that goes on.
pub(crate) struct Course<'a> {
    pub(crate) engine: &'a Engine,
    pub(crate) id: String,
    pub(crate) prepared: Prepared,
}

impl<'a> Course<'a> {
    /// From the contests and batches of a record to the commitment.
    pub(crate) fn committed(engine: &'a Engine, of: &Record, fresh_seeds: bool) -> Self {
        let new =
            NewAudit { title: of.title.clone(), election: None, settings: of.settings.clone(), fresh_seeds };
        let (id, _) = create(engine, &manager(), &new).unwrap();
        let names: BTreeSet<String> = of.batches.iter().map(|batch| batch.jurisdiction.clone()).collect();
        name_jurisdictions(engine, &manager(), &id, &names).unwrap();
        for contest in &of.contests {
            choose_contest(engine, &manager(), &id, contest).unwrap();
        }
        let inputs = Inputs { batches: of.batches.clone(), ..Inputs::default() };
        let containers = vec![None; inputs.batches.len()];
        let course = Self { engine, id, prepared: Prepared { inputs, cvrs: Default::default(), containers } };
        // All jurisdictions hand in on one afternoon.
        let list: Vec<&String> = names.iter().collect();
        std::thread::scope(|scope| {
            for some in list.chunks(list.len().div_ceil(12).max(1)) {
                let course = &course;
                scope.spawn(move || some.iter().for_each(|name| course.hand_in(of, name)));
            }
        });
        commit(engine, &manager(), &course.id, &course.prepared).unwrap();
        course
    }

    fn hand_in(&self, of: &Record, name: &str) {
        let own: Vec<_> = of.batches.iter().filter(|batch| batch.jurisdiction == name).collect();
        let bytes = to_canonical(&own).unwrap();
        let ballots = own.iter().map(|batch| u64::from(batch.ballots)).sum();
        for what in What::needed(of.settings.method) {
            let upload = Upload { sha256: sha256(&bytes), rows: own.len() as u64, ballots };
            let new = NewUpload {
                jurisdiction: name.to_owned(),
                what: *what,
                bytes: &bytes,
                upload,
                file_name: "manifest.csv".to_owned(),
            };
            self::upload(self.engine, &supervisor(name), &self.id, &new).unwrap();
        }
        let over = self.kept().audit.to_sign(name).unwrap();
        sign_uploads(self.engine, &supervisor(name), &self.id, (name, &over)).unwrap();
    }

    pub(crate) fn kept(&self) -> Kept {
        self.engine.read(|views| data::audit(views, &self.id)).unwrap().unwrap()
    }

    /// Two people throw and type.
    pub(crate) fn seed(&self, digits: &str) {
        let observer = somebody("olga", Role::Observer, None);
        assert_eq!(type_seed(self.engine, &manager(), &self.id, digits).unwrap().0, SeedTyped::First);
        assert_eq!(type_seed(self.engine, &observer, &self.id, digits).unwrap().0, SeedTyped::Agreed);
    }

    /// A round: drawn, dealt to so many boards in each jurisdiction, read, signed and closed.
    pub(crate) fn round(
        &self,
        (draws, extra): (usize, &[usize]),
        boards: usize,
        read: &(dyn Fn(&BoardWork, usize) -> Vec<BoardStep> + Sync),
    ) {
        open_round(self.engine, &manager(), &self.id, (&Size::Draws(draws), extra)).unwrap();
        let kept = self.kept();
        let last = kept.audit.rounds().last().unwrap().clone();
        for name in last.opening.units.keys() {
            deal_boards(self.engine, &supervisor(name), &self.id, (name, boards)).unwrap();
        }
        let lines = self
            .engine
            .read(|views| data::boards(views, (&self.id, kept.audit.version(), last.number), None))
            .unwrap();
        // Boards work beside each other.
        let busy: Vec<_> = lines.iter().filter(|line| line.units > 0).collect();
        std::thread::scope(|scope| {
            for some in busy.chunks(busy.len().div_ceil(16).max(1)) {
                scope.spawn(move || some.iter().for_each(|line| self.board(&line.key, read)));
            }
        });
        close_round(self.engine, &manager(), &self.id).unwrap();
    }

    pub(crate) fn work(&self, key: &BoardKey) -> BoardWork {
        self.engine.read(|views| Ok(work(views, key))).unwrap().unwrap().1
    }

    pub(crate) fn board(&self, key: &BoardKey, read: &dyn Fn(&BoardWork, usize) -> Vec<BoardStep>) {
        let names = vec!["Ines".to_owned(), "Omar".to_owned()];
        let step = |step: &BoardStep| board_step(self.engine, key, step).unwrap();
        step(&BoardStep::Join { names: names.clone() });
        let empty = self.work(key);
        for unit in 0..empty.units().len() {
            read(&empty, unit).iter().for_each(|one| drop(step(one)));
        }
        let over = self.work(key).to_sign().unwrap();
        step(&BoardStep::Sign { names, over });
    }

    pub(crate) fn record(&self) -> Record {
        public_record(self.engine, &self.kept()).unwrap()
    }
}

/// What hand counts say of batches, as steps of a board.
pub(crate) fn counts(counted: &Counted, unit: usize, ballots: &dyn Fn(usize) -> u64) -> Vec<BoardStep> {
    let others = counted.together.iter().filter(|at| **at != counted.batch);
    let with: std::collections::BTreeMap<usize, u64> = others.map(|at| (*at, ballots(*at))).collect();
    let reason = "they lay in one box".to_owned();
    let votes: Vec<Vec<u64>> = counted.votes.iter().map(|votes| votes.clone().unwrap()).collect();
    let counts = (0..2).map(|member| BoardStep::Count { unit, member, votes: votes.clone() });
    let combine = (!with.is_empty()).then_some(BoardStep::Combine { unit, with, reason });
    combine.into_iter().chain(counts).collect()
}
