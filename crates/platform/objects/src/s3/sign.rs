//! AWS Signature Version 4 for S3, with everything in one piece: the hash of the body is signed too.

use super::Credentials;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use zeroize::Zeroizing;

/// A request as it is signed.
pub(super) struct ToSign<'a> {
    pub(super) method: &'a str,
    /// As it is sent, encoded.
    pub(super) path: &'a str,
    /// As it is sent: encoded, in the order of the names.
    pub(super) query: &'a str,
    /// Names in lower case, in their order; all of them are signed.
    pub(super) headers: &'a [(&'a str, String)],
    /// SHA-256 of the body, hexadecimal.
    pub(super) body: &'a str,
    /// `20130524T000000Z`.
    pub(super) at: &'a str,
}

/// The value of the header `Authorization`.
pub(super) fn authorization(request: &ToSign<'_>, region: &str, credentials: &Credentials) -> String {
    let mut canonical = format!("{}\n{}\n{}\n", request.method, request.path, request.query);
    for (name, value) in request.headers {
        let _ = writeln!(canonical, "{name}:{}", value.trim());
    }
    let names: Vec<&str> = request.headers.iter().map(|(name, _)| *name).collect();
    let names = names.join(";");
    let _ = write!(canonical, "\n{names}\n{}", request.body);

    let day = request.at.get(..8).unwrap_or_default();
    let scope = format!("{day}/{region}/s3/aws4_request");
    let hash = hex(&Sha256::digest(canonical.as_bytes()));
    let to_sign = format!("AWS4-HMAC-SHA256\n{}\n{scope}\n{hash}", request.at);

    let secret = Zeroizing::new(format!("AWS4{}", credentials.secret.as_str()));
    let mut key = Zeroizing::new(hmac(secret.as_bytes(), day));
    for step in [region, "s3", "aws4_request"] {
        key = Zeroizing::new(hmac(&*key, step));
    }
    let signature = hex(&hmac(&*key, &to_sign));
    format!(
        "AWS4-HMAC-SHA256 Credential={}/{scope},SignedHeaders={names},Signature={signature}",
        credentials.id
    )
}

fn hmac(key: &[u8], text: &str) -> [u8; 32] {
    // A key of any length will do (RFC 2104), so there is nothing to fail.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return [0; 32] };
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().into()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Percent-encodes as S3 does: everything but letters, digits and `-._~`; slashes stay in paths.
pub(super) fn encode(text: &str, is_path: bool) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            b'/' if is_path => out.push('/'),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    const AT: &str = "20130524T000000Z";

    fn signed(method: &str, path: &str, query: &str, extra: &[(&'static str, &str)], body: &str) -> String {
        let mut headers = vec![
            ("host", "examplebucket.s3.amazonaws.com".to_owned()),
            ("x-amz-content-sha256", body.to_owned()),
            ("x-amz-date", AT.to_owned()),
        ];
        headers.extend(extra.iter().map(|(name, value)| (*name, (*value).to_owned())));
        headers.sort();
        let credentials = Credentials {
            id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
            secret: Zeroizing::new("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".to_owned()),
            token: None,
        };
        let request = ToSign { method, path, query, headers: &headers, body, at: AT };
        let value = authorization(&request, "us-east-1", &credentials);
        value.rsplit_once("Signature=").unwrap().1.to_owned()
    }

    /// The four worked examples of AWS, "Signature Calculations for the Authorization Header" (Amazon S3 API
    /// Reference).
    #[test]
    fn the_published_examples_come_out() {
        assert_eq!(
            signed("GET", "/test.txt", "", &[("range", "bytes=0-9")], EMPTY),
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
        );
        assert_eq!(
            signed(
                "PUT",
                &format!("/{}", encode("test$file.text", true)),
                "",
                &[("date", "Fri, 24 May 2013 00:00:00 GMT"), ("x-amz-storage-class", "REDUCED_REDUNDANCY")],
                "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
            ),
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"
        );
        assert_eq!(
            signed("GET", "/", "lifecycle=", &[], EMPTY),
            "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"
        );
        assert_eq!(
            signed("GET", "/", "max-keys=2&prefix=J", &[], EMPTY),
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
        );
    }
}
