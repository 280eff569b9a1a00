//! How a web server is to give the files: media types, and how long caches keep them.

/// Rules in the form that many hosts of files read under this name.
pub(crate) const HEADERS_FILE: &str = "_headers";

/// The rules. A host that knows another form finds media types in manifest.json.
pub(crate) const HEADERS: &str = "\
/*
  X-Content-Type-Options: nosniff
  Referrer-Policy: same-origin
/static/*
  Cache-Control: public, max-age=31536000, immutable
/objects/*
  Content-Type: application/octet-stream
  Cache-Control: public, max-age=31536000, immutable
/log/tile/*
  Content-Type: application/octet-stream
  Cache-Control: public, max-age=31536000, immutable
  Access-Control-Allow-Origin: *
/log/entry/*
  Content-Type: application/json
  Cache-Control: public, max-age=31536000, immutable
  Access-Control-Allow-Origin: *
/log/proof/*
  Content-Type: text/plain; charset=utf-8
/log/checkpoint
  Content-Type: text/plain; charset=utf-8
  Cache-Control: no-cache
  Access-Control-Allow-Origin: *
/log/vkey
  Content-Type: text/plain; charset=utf-8
/log/policy
  Content-Type: text/plain; charset=utf-8
/log/retired
  Content-Type: text/plain; charset=utf-8
";

/// The media type of a file of the copy.
pub(crate) fn media_type(file: &str) -> &'static str {
    let name = file.rsplit('/').next().unwrap_or_default();
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        _ if file.starts_with("log/tile/") || file.starts_with("objects/") => "application/octet-stream",
        _ if file.starts_with("log/entry/") => "application/json",
        _ if file.starts_with("log/") || file == HEADERS_FILE => "text/plain; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("json") => "application/json",
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("csv") => "text/csv; charset=utf-8",
        Some("atom") => "application/atom+xml; charset=utf-8",
        Some("xml") => "application/xml",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
