//! An installation that a command works in by itself, while no server does: where its parts are, and how it is opened.

use crate::authorities::CaArgs;
use crate::config::Settings;
use crate::objects::{self, ObjectsArgs};
use crate::outcome::Problem;
use crate::site;
use crate::witnessing::Witnessing;
use scr_engine::{Engine, Installation};
use std::path::PathBuf;

/// Where the parts of an installation are.
#[derive(clap::Args)]
pub(crate) struct InstalledArgs {
    /// The installation's folder.
    #[arg(long)]
    pub(crate) data: PathBuf,
    /// The TOML file with the server's settings.
    #[arg(long)]
    config: Option<PathBuf>,
    /// The record's database, where it is not in the folder.
    #[arg(long)]
    database: Option<String>,
    /// The database of the keys of private content, where several nodes share it.
    #[arg(long)]
    keys_database: Option<String>,
    #[command(flatten)]
    objects: ObjectsArgs,
    #[command(flatten)]
    ca: CaArgs,
}

impl InstalledArgs {
    /// The installation itself.
    pub(crate) fn find(&self) -> Result<Installation, Problem> {
        Installation::find(&self.data).map_err(|e| Problem::input("SCR-CLI-031", e))
    }

    /// Its settings: the command line before the file.
    pub(crate) fn settings(&self) -> Result<Settings, Problem> {
        let line = Settings {
            database: self.database.clone(),
            keys_database: self.keys_database.clone(),
            ca: self.ca.ca.clone(),
            ..self.objects.settings()
        };
        line.over_file(self.config.as_deref())
    }

    /// Opens it for an act that becomes an entry, which must not be signed over what others keep of a larger tree:
    /// the witnesses are asked before.
    pub(crate) fn open(&self, settings: &Settings) -> Result<Engine, Problem> {
        let witnessing = Witnessing::open(&self.data, settings.policy.as_deref(), None)?;
        let seen = witnessing.over(settings.client_tls()?).ask(&self.data)?.seen;
        let (database, keys) = (settings.database()?, settings.keys_database()?);
        let objects = objects::place(settings)?;
        site::engine(&self.data, database.as_deref(), keys.as_deref(), objects, &seen)
    }
}

/// Says on standard error how far long work is, each tenth of it.
pub(crate) fn tenths() -> impl FnMut(u64, u64) {
    let mut shown = 0;
    move |done: u64, total: u64| {
        let tenth = (done * 10).checked_div(total).unwrap_or(10);
        if tenth > shown {
            shown = tenth;
            eprintln!("{done} of {total}");
        }
    }
}
