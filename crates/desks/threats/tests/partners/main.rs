//! Objects from servers of others: our own TAXII server as a partner, feeds of MISP, and servers that mean no good.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod feeds;
mod hostile;
mod lies;
mod loops;
mod own;
mod pages;
mod postgres;
mod rights;
mod site;
