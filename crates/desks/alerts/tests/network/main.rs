//! Areas, stations, contacts, lines of authority, and what is printed of them.

mod api;
mod contacts;
mod kit;
mod pages;
mod site;
mod texts;
