//! What a store answers in XML: lists of objects, and the code of an error. Everything in it is hostile.

use quick_xml::events::Event;
use quick_xml::reader::Reader;

/// Objects in one answer: the most that S3 gives.
const MAX_ROWS: usize = 1_000;
/// The longest text that is kept: a name has at most 1,024 bytes in S3, tokens are a little longer.
const MAX_TEXT: usize = 4_096;
/// Elements within one another.
const MAX_DEPTH: usize = 16;

/// One object of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its whole name in the bucket.
    pub key: String,
    /// When it was last written, in seconds since 1970, UTC, by the store's clock.
    pub at: i64,
    /// Its length in bytes.
    pub size: u64,
}

/// One answer to ListObjectsV2.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// The objects in it.
    pub objects: Vec<Listed>,
    /// What to ask for the rest with.
    pub next: Option<String>,
}

/// Reads an answer to ListObjectsV2.
///
/// # Errors
/// In words, what is wrong with it.
pub fn listing(xml: &[u8]) -> Result<Listing, String> {
    let (mut listing, mut row, mut root) = (Listing::default(), Row::default(), String::new());
    let mut is_truncated = false;
    elements(xml, &mut |path, text| {
        if root.is_empty() {
            path.first().map(String::as_str).unwrap_or_default().clone_into(&mut root);
        }
        match path.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["ListBucketResult", "IsTruncated"] => is_truncated = text == "true",
            ["ListBucketResult", "NextContinuationToken"] => listing.next = Some(text.to_owned()),
            ["ListBucketResult", "Contents", "Key"] => row.key = Some(text.to_owned()),
            ["ListBucketResult", "Contents", "LastModified"] => row.at = time(text),
            ["ListBucketResult", "Contents", "Size"] => row.size = text.parse().ok(),
            ["ListBucketResult", "Contents"] => {
                let row = std::mem::take(&mut row);
                let (Some(key), Some(at), Some(size)) = (row.key, row.at, row.size) else {
                    return Err("an object without name, time or size".to_owned());
                };
                if listing.objects.len() >= MAX_ROWS {
                    return Err(format!("more than {MAX_ROWS} objects in one answer"));
                }
                listing.objects.push(Listed { key, at, size });
            }
            _ => {}
        }
        Ok(())
    })?;
    if root != "ListBucketResult" {
        return Err("it is no list of objects".to_owned());
    }
    if is_truncated != listing.next.is_some() {
        return Err("it does not say how the list goes on".to_owned());
    }
    Ok(listing)
}

#[derive(Default)]
struct Row {
    key: Option<String>,
    at: Option<i64>,
    size: Option<u64>,
}

/// `2009-10-12T17:50:30.000Z`, with or without parts of a second.
fn time(text: &str) -> Option<i64> {
    let (seconds, rest) = text.split_at_checked(19)?;
    let parts = rest.strip_suffix('Z')?;
    let digits = parts.strip_prefix('.').unwrap_or(parts);
    let is_time = digits.bytes().all(|byte| byte.is_ascii_digit());
    is_time.then(|| scr_entry::parse_utc(&format!("{seconds}Z"))).flatten()
}

/// The code of an error document, `NoSuchKey`: letters and digits only, since it ends up in a log.
pub(super) fn error_code(xml: &[u8]) -> Option<String> {
    let mut code = None;
    let read = elements(xml, &mut |path, text| {
        if path.iter().map(String::as_str).eq(["Error", "Code"]) && code.is_none() {
            code = Some(text.to_owned());
        }
        Ok(())
    });
    read.ok().and(code).filter(|code| code.len() <= 64 && code.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Is called with the path and the text of an element.
type Each<'a> = dyn FnMut(&[String], &str) -> Result<(), String> + 'a;

/// Calls `each` with the path and the text of every element, when it ends. No document types, no entities
/// but the five of XML and numbers.
fn elements(xml: &[u8], each: &mut Each<'_>) -> Result<(), String> {
    let xml = std::str::from_utf8(xml).map_err(|e| e.to_string())?;
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let (mut path, mut text) = (Vec::<String>::new(), String::new());
    loop {
        match reader.read_event().map_err(|e| e.to_string())? {
            Event::Start(start) => {
                if path.len() >= MAX_DEPTH {
                    return Err("too many elements within one another".to_owned());
                }
                path.push(start.name().local_name().into_inner().to_owned());
                text.clear();
            }
            Event::End(_) => {
                each(&path, &text)?;
                path.pop();
                text.clear();
            }
            Event::Text(part) => text.push_str(&part.xml10_content()),
            Event::GeneralRef(name) => {
                let sign = sign(&name.xml10_content()).ok_or("an entity that XML does not have")?;
                text.push(sign);
            }
            Event::DocType(_) | Event::CData(_) => return Err("a form that S3 does not use".to_owned()),
            Event::Eof if path.is_empty() => return Ok(()),
            Event::Eof => return Err("it ends in the middle".to_owned()),
            _ => {}
        }
        if text.len() > MAX_TEXT {
            return Err(format!("a text of more than {MAX_TEXT} bytes"));
        }
    }
}

fn sign(name: &str) -> Option<char> {
    let named = [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\'')];
    if let Some((_, sign)) = named.iter().find(|(own, _)| *own == name) {
        return Some(*sign);
    }
    let number = name.strip_prefix('#')?;
    let code = match number.strip_prefix('x') {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    char::from_u32(code.ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sample answer of "ListObjectsV2" in the Amazon S3 API Reference, shortened to what is read here.
    const SAMPLE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
  <Name>amzn-s3-demo-bucket</Name><Prefix/><KeyCount>205</KeyCount><MaxKeys>1000</MaxKeys>
  <IsTruncated>false</IsTruncated>
  <Contents>
    <Key>my-image.jpg</Key><LastModified>2009-10-12T17:50:30.000Z</LastModified>
    <ETag>"fba9dede5f27731c9771645a39863328"</ETag><Size>434234</Size><StorageClass>STANDARD</StorageClass>
  </Contents>
</ListBucketResult>"#;

    #[test]
    fn the_published_sample_is_read() {
        let listing = listing(SAMPLE.as_bytes()).unwrap();
        // `date -u -d 2009-10-12T17:50:30Z +%s`
        let image = Listed { key: "my-image.jpg".to_owned(), at: 1_255_369_830, size: 434_234 };
        assert_eq!(listing, Listing { objects: vec![image], next: None });
    }

    #[test]
    fn what_cannot_be_relied_on_is_refused() {
        for (from, to) in [
            ("<IsTruncated>false", "<IsTruncated>true"),
            ("ListBucketResult", "Other"),
            ("<Size>434234", "<Size>-1"),
            ("2009-10-12T17:50:30.000Z", "yesterday"),
            ("<Key>my-image.jpg</Key>", ""),
            ("my-image.jpg", "&file;"),
            ("</ListBucketResult>", ""),
        ] {
            let answer = SAMPLE.replace(from, to);
            assert!(listing(answer.as_bytes()).is_err(), "{answer}");
        }
        let row = "<Contents><Key>a</Key><LastModified>2009-10-12T17:50:30Z</LastModified><Size>1</Size></Contents>";
        let rows = |count| format!("<ListBucketResult>{}</ListBucketResult>", row.repeat(count));
        assert_eq!(listing(rows(1_000).as_bytes()).unwrap().objects.len(), 1_000);
        assert!(listing(rows(1_001).as_bytes()).is_err());
        assert!(listing(format!("{}x", "<a>".repeat(20)).as_bytes()).is_err());
        assert!(listing(SAMPLE.replace("my-image", &"x".repeat(5_000)).as_bytes()).is_err());
    }

    #[test]
    fn names_with_signs_of_xml_are_whole() {
        let found = listing(SAMPLE.replace("my-image", "a&amp;b&#x41;").as_bytes()).unwrap();
        assert_eq!(found.objects[0].key, "a&bA.jpg");
    }

    /// The form is that of "Error responses" in the Amazon S3 API Reference.
    #[test]
    fn an_error_gives_its_code_and_nothing_else() {
        let error = |code: &str| {
            format!("<Error><Code>{code}</Code><Message>secret</Message><RequestId>4</RequestId></Error>")
        };
        assert_eq!(error_code(error("NoSuchKey").as_bytes()).as_deref(), Some("NoSuchKey"));
        assert_eq!(error_code(error("bad\u{1b}[31m").as_bytes()), None);
        assert_eq!(error_code(b"<html>"), None);
    }
}
