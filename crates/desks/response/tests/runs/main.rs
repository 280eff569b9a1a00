//! Runs of playbooks: by people on pages, by programs, across restarts, and against hostile ones.

mod exercise;
mod golden;
mod hostile;
mod made;
mod people;
mod refusals;
mod requests;
mod restart;
mod severity;
mod site;
mod texts;
