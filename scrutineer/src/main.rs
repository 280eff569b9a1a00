//! scrutineer: elections whose every act that matters anyone can verify.

mod authorities;
mod background;
mod backup;
mod commands;
mod config;
mod contradiction;
mod demo_data;
mod export;
mod front;
mod installed;
mod logging;
mod mirror;
mod objects;
mod otlp;
mod outcome;
mod site;
mod source;
mod ticker;
mod witnessing;
mod words;

use clap::{CommandFactory as _, Parser, Subcommand};
use outcome::Outcome;
use std::process::ExitCode;

/// Elections that anyone can check: every act that matters lands in a public, tamper-evident record.
#[derive(Parser)]
#[command(name = "scrutineer", version, propagate_version = true, arg_required_else_help = true)]
#[command(
    after_help = "Exit status: 0 done; 1 the answer is \"no\" or \"does not hold\"; 2 usage or input; 3 internal fault."
)]
struct Cli {
    /// Write the result as one JSON document on standard output, errors as one on standard error.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve a demonstration election on the embedded database.
    Demo(commands::demo::Args),
    /// Serve an installation.
    Serve(Box<commands::serve::Args>),
    /// Follow somebody else's log, check all of it, and serve its public pages from an own copy.
    Mirror(commands::mirror::Args),
    /// Create a new installation: keys, and the name of its log.
    Init(commands::init::Args),
    /// Check one proof, promise or number's receipt, without a network.
    Verify(commands::verify::Args),
    /// Look into a log: check all of it, or fetch one entry or proof.
    #[command(subcommand)]
    Log(commands::log::Command),
    /// Cast vote records in files: read, count, find rare styles.
    #[command(subcommand)]
    Cvr(commands::cvr::Command),
    /// Count votes, or give seats, by the method that the law names.
    Tabulate(commands::tabulate::Args),
    /// Audits from files: plan, draw, measure, and check again from the record alone.
    #[command(subcommand)]
    Audit(commands::audit::Command),
    /// Results in files: propose a mapping, check, compare two sources.
    #[command(subcommand)]
    Results(commands::results::Command),
    /// Alerts: genuine or not, without a network; and those of a server.
    #[command(subcommand)]
    Alert(commands::alert::Command),
    /// Names that look like the names one protects.
    #[command(subcommand)]
    Names(commands::names::Command),
    /// CACAO 2.0 playbooks in files: check, show, and five to begin with.
    #[command(subcommand)]
    Playbook(commands::playbook::Command),
    /// Runs of playbooks on a server: what is to be done, taking it up, handing it in; how severe an incident is.
    #[command(subcommand)]
    Response(commands::response::Command),
    /// STIX 2.1 in files: check objects, try patterns.
    #[command(subcommand)]
    Stix(commands::stix::Command),
    /// Vocabularies and warning lists as their publishers ship them: import.
    #[command(subcommand)]
    Vocabulary(commands::vocabulary::Command),
    /// Objects of other TAXII 2.1 servers.
    #[command(subcommand)]
    Taxii(commands::taxii::Command),
    /// Cosign the logs of other organisations, and be cosigned by them.
    Witness(commands::witness::Args),
    /// Back up an installation, also while its server runs.
    #[command(subcommand)]
    Backup(commands::backup::Command),
    /// Put a backup back, after checking all of it.
    Restore(commands::backup::Args),
    /// Copy the public site to files, for any web server, cache or bucket.
    #[command(subcommand)]
    Export(commands::export::Command),
    /// Say in plain words what is wrong with an installation, and what to do.
    Doctor(commands::doctor::Args),
    /// Hash everything again that an installation holds, and record what came of it.
    Fixity(commands::fixity::Args),
    /// Several nodes on one PostgreSQL: add one.
    #[command(subcommand)]
    Node(commands::node::Command),
    /// The keys of an installation: where they are, and how they move.
    #[command(subcommand)]
    Keys(commands::keys::Command),
    /// Print completions for a shell.
    Completions {
        /// bash, zsh, fish, elvish or powershell.
        shell: clap_complete::Shell,
    },
}

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            drop(error.print());
            return ExitCode::from(u8::from(error.use_stderr()) * 2);
        }
    };
    let outcome = match cli.command {
        Command::Demo(args) => commands::demo::run(&args),
        Command::Serve(args) => commands::serve::run(&args),
        Command::Mirror(args) => commands::mirror::run(&args),
        Command::Results(command) => commands::results::run(&command),
        Command::Cvr(command) => commands::cvr::run(&command),
        Command::Tabulate(args) => commands::tabulate::run(&args),
        Command::Audit(command) => commands::audit::run(&command),
        Command::Alert(command) => commands::alert::run(&command, cli.json),
        Command::Names(command) => commands::names::run(&command),
        Command::Playbook(command) => commands::playbook::run(&command),
        Command::Response(command) => commands::response::run(&command),
        Command::Stix(command) => commands::stix::run(&command),
        Command::Vocabulary(command) => commands::vocabulary::run(&command),
        Command::Taxii(command) => commands::taxii::run(&command),
        Command::Init(args) => commands::init::run(&args),
        Command::Verify(args) => commands::verify::run(&args),
        Command::Backup(command) => commands::backup::run(&command),
        Command::Export(command) => commands::export::run(&command),
        Command::Doctor(args) => commands::doctor::run(&args),
        Command::Fixity(args) => commands::fixity::run(&args),
        Command::Keys(command) => commands::keys::run(&command),
        Command::Restore(args) => commands::backup::restore(&args),
        Command::Log(command) => commands::log::run(&command),
        Command::Node(command) => commands::node::run(&command),
        Command::Witness(args) => commands::witness::run(&args),
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Cli::command(), "scrutineer", &mut std::io::stdout());
            Ok(Outcome::silent())
        }
    };
    outcome::finish(outcome, cli.json)
}
