//! One source against another, on a public page and on a desk page.

pub(crate) mod data;
mod page;
mod route;
mod units;
mod view;
mod words;

pub(crate) use route::{desk_routes, public_routes};
pub(crate) use view::{ComparisonView, Number};

use crate::views::MAX_TABLE_BYTES;
use data::Side;
use scr_canon::Hash32;
use scr_engine::Fault;
use scr_results::compare::{Comparison, Pairing, compare};
use scr_results::{Table, published};
use scr_web::App;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// Comparisons that are kept: each is a function of two objects, so it is never out of date.
const KEPT: usize = 6;

static CACHE: Mutex<VecDeque<(String, String, Arc<Comparison>)>> = Mutex::new(VecDeque::new());

/// Compares two versions. One comparison is made at a time, so that many visitors cost no more memory
/// than one.
pub(crate) fn comparison(app: &App, first: &Side, second: &Side) -> Result<Arc<Comparison>, Fault> {
    let mut cache = CACHE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(at) = cache.iter().position(|(a, b, _)| *a == first.object && *b == second.object)
        && let Some(found) = cache.remove(at)
    {
        let made = Arc::clone(&found.2);
        cache.push_back(found);
        return Ok(made);
    }
    let made = Arc::new(compare(&table_of(app, first)?, &table_of(app, second)?, &Pairing::default()));
    if cache.len() >= KEPT {
        cache.pop_front();
    }
    cache.push_back((first.object.clone(), second.object.clone(), Arc::clone(&made)));
    Ok(made)
}

fn table_of(app: &App, side: &Side) -> Result<Table, Fault> {
    let hash: Hash32 = side.object.parse().map_err(|error| Fault::log(&error))?;
    let bytes = app.engine.objects().get(&hash, MAX_TABLE_BYTES)?;
    let bytes = bytes.ok_or_else(|| Fault::log(&"the object of a table is not here"))?;
    published::read(&bytes).map_err(|error| Fault::log(&error))
}
