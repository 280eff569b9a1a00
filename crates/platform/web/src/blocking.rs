//! Work that may wait for a disk or a database.

/// Runs it beside the event loop, as part of the request that is under way.
///
/// # Errors
/// When the work panics.
pub async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, tokio::task::JoinError> {
    let span = tracing::Span::current();
    tokio::task::spawn_blocking(move || span.in_scope(work)).await
}
