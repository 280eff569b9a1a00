//! The table of routes: it feeds the router, the gate and the authorisation matrix.

use crate::app::App;
use crate::gate::{Allow, guard};
use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::from_fn;
use axum::routing::{MethodRouter, delete, get, post, put};
use std::sync::Arc;

/// One route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Its method.
    pub method: Method,
    /// Its path as axum writes it, for instance `/elections/{id}`.
    pub path: &'static str,
    /// Who may use it.
    pub allow: Allow,
    /// True for a signing act: whoever acts confirms with password or passkey first.
    pub fresh: bool,
}

/// The routes of a desk. A handler without an [`Allow`] cannot be added.
#[derive(Default)]
pub struct Routes {
    table: Vec<(Route, MethodRouter<Arc<App>>)>,
}

impl std::fmt::Debug for Routes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.table.iter().map(|(route, _)| route)).finish()
    }
}

impl Routes {
    /// No routes.
    pub fn new() -> Self {
        Self::default()
    }

    /// A page or a file.
    #[must_use]
    pub fn get<H, T>(self, path: &'static str, allow: Allow, handler: H) -> Self
    where
        H: Handler<T, Arc<App>>,
        T: 'static,
    {
        self.add(Method::GET, path, allow, get(handler))
    }

    /// An act. Handlers of forms take [`crate::Posted`], which checks the form's token.
    #[must_use]
    pub fn post<H, T>(self, path: &'static str, allow: Allow, handler: H) -> Self
    where
        H: Handler<T, Arc<App>>,
        T: 'static,
    {
        self.add(Method::POST, path, allow, post(handler))
    }

    /// A signing act: whoever has not given password or passkey in the last minutes is asked for it
    /// first, with everything that was typed kept. For forms (`application/x-www-form-urlencoded`).
    #[must_use]
    pub fn post_fresh<H, T>(mut self, path: &'static str, allow: Allow, handler: H) -> Self
    where
        H: Handler<T, Arc<App>>,
        T: 'static,
    {
        self = self.add(Method::POST, path, allow, post(handler));
        if let Some((route, _)) = self.table.last_mut() {
            route.fresh = true;
        }
        self
    }

    /// An upload of a raw body, for machines.
    #[must_use]
    pub fn put<H, T>(self, path: &'static str, allow: Allow, handler: H) -> Self
    where
        H: Handler<T, Arc<App>>,
        T: 'static,
    {
        self.add(Method::PUT, path, allow, put(handler))
    }

    /// A removal, for machines.
    #[must_use]
    pub fn delete<H, T>(self, path: &'static str, allow: Allow, handler: H) -> Self
    where
        H: Handler<T, Arc<App>>,
        T: 'static,
    {
        self.add(Method::DELETE, path, allow, delete(handler))
    }

    fn add(
        mut self,
        method: Method,
        path: &'static str,
        allow: Allow,
        handler: MethodRouter<Arc<App>>,
    ) -> Self {
        self.table.push((Route { method, path, allow, fresh: false }, handler));
        self
    }

    /// The routes of two tables.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.table.extend(other.table);
        self
    }

    /// Only what anybody may read.
    #[must_use]
    pub fn public(mut self) -> Self {
        let anybody = |route: &Route| matches!(route.allow, Allow::Public | Allow::Partner);
        self.table.retain(|(route, _)| anybody(route) && route.method == Method::GET);
        self
    }

    /// What the authorisation matrix is made from.
    pub fn table(&self) -> Vec<Route> {
        self.table.iter().map(|(route, _)| route.clone()).collect()
    }

    pub(crate) fn into_router(self, app: &Arc<App>) -> Router<Arc<App>> {
        let mut router = Router::new();
        for (route, handler) in self.table {
            let (app, path) = (Arc::clone(app), route.path);
            let gate = from_fn(move |request, next| guard(Arc::clone(&app), route.clone(), request, next));
            router = router.route(path, handler.layer(gate));
        }
        router
    }
}
