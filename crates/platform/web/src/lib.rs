//! The web shell: routes with their permissions, the visit, pages, forms, errors, and the design
//! system that every desk's pages are made of.

mod acting;
pub mod api;
mod app;
mod assets;
mod blocking;
pub mod components;
mod confirmed;
mod copied;
mod forms;
mod fresh;
mod gate;
mod headers;
mod incoming;
mod jobs;
mod markup;
mod metrics;
mod notice;
mod pages;
mod problem;
mod routes;
mod seal;
mod serve;
mod shell_texts;
mod style;
mod tls;
mod visit;

pub use acting::{
    form_page, form_status, go, in_address, just_recorded, kept, live, recorded, run, run_heavy,
};
pub use app::{App, Desk, NavGroup, NavItem, WebConfig};
pub use assets::{Asset, asset};
pub use blocking::blocking;
pub use copied::words_for_forms;
pub use forms::{FieldError, FormState, Posted};
pub use fresh::{PasskeyQuestion, Proof};
pub use gate::{Allow, AtBoard, Gate, LoginInfo, Partner, Secret};
pub use headers::{OwnPolicy, with_script, with_sending_script};
pub use incoming::{Incoming, Keep, NotTaken, incoming};
pub use markup::Markup;
pub use metrics::Gauge;
pub use notice::MirrorNotice;
pub use pages::router;
pub use problem::{Problem, Reply, page, refusal_text};
pub use routes::{Route, Routes};
pub use seal::{Seal, SealState, digested_body, issuer_name};
pub use serve::{ServeLimits, redirect_router, serve};
pub use shell_texts::SHELL_TEXTS;
pub use tls::{Certificates, TlsFault, examine_files};
pub use visit::{
    BOARD_COOKIE, LOGIN_COOKIE, LanguageChoice, POSITION_COOKIE, Query, Visit, Whole, cookie, peer_address,
};
