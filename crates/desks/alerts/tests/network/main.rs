//! Areas, stations, contacts, lines of authority, and what is printed of them.

mod contacts;
mod site;
mod texts;
