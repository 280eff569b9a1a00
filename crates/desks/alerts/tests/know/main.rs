//! How it is known that an alert arrived.

mod calls;
mod codes;
mod due;
mod link;
mod pages;
mod record;
mod site;
mod texts;
