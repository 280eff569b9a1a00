"""Makes crates/domain/cap/tests/signed: alerts signed by signxml and xmlsec1, and public keys. The private keys are not kept.

    make_signed.py FOLDER
"""

import datetime
import subprocess
import sys
import tempfile
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import NameOID
from lxml import etree
from signxml import (
    CanonicalizationMethod as Form,
    DigestAlgorithm as Digest,
    SignatureMethod as Method,
    XMLSigner,
)

EXCLUSIVE = Form.EXCLUSIVE_XML_CANONICALIZATION_1_0.value
ALERT = b"""<?xml version="1.0" encoding="UTF-8"?>
<cap:alert xmlns:cap="urn:oasis:names:tc:emergency:cap:1.2" xmlns:unused="urn:example:unused" xmlns="urn:example:default">
  <cap:identifier>made-1</cap:identifier>
  <cap:sender>emb.example</cap:sender>
  <cap:sent>2026-11-03T20:00:00-00:00</cap:sent>
  <cap:status>Actual</cap:status>
  <cap:msgType>Alert</cap:msgType>
  <cap:scope>Public</cap:scope>
  <cap:info>
    <cap:category>Security</cap:category>
    <cap:event>Copied &amp; false site</cap:event>
    <cap:urgency>Immediate</cap:urgency>
    <cap:severity>Severe</cap:severity>
    <cap:certainty>Likely</cap:certainty>
  </cap:info>
</cap:alert>
"""


def public_pem(key):
    return key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def certificate(key):
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "made for tests")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    begin = datetime.datetime(2025, 1, 1)
    built = builder.serial_number(1).not_valid_before(begin).not_valid_after(datetime.datetime(2045, 1, 1))
    return built.sign(key, hashes.SHA256())


class Sha1Signer(XMLSigner):
    """signxml refuses to sign with SHA-1; this one makes what must be refused."""

    def check_deprecated_methods(self):
        pass


def signed(key, method, digest, form, signer=XMLSigner, key_value=False):
    made = signer(signature_algorithm=method, digest_algorithm=digest, c14n_algorithm=form)
    root = etree.fromstring(ALERT)
    certificates = [] if key_value else [certificate(key)]
    out = made.sign(root, key=key, cert=certificates or None, always_add_key_value=key_value)
    return etree.tostring(out.getroottree(), xml_declaration=True, encoding="UTF-8")


def signed_by_xmlsec(key):
    """With InclusiveNamespaces in both places, which signxml cannot do for a whole document."""
    form = (
        f'Algorithm="{EXCLUSIVE}"><InclusiveNamespaces xmlns="{EXCLUSIVE}" PrefixList="unused #default"/>'
    )
    template = (
        '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo>'
        f"<CanonicalizationMethod {form}</CanonicalizationMethod>"
        f'<SignatureMethod Algorithm="{Method.ECDSA_SHA256.value}"/><Reference URI=""><Transforms>'
        '<Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>'
        f'<Transform {form}</Transform></Transforms><DigestMethod Algorithm="{Digest.SHA256.value}"/><DigestValue/>'
        "</Reference></SignedInfo><SignatureValue/><KeyInfo><X509Data/></KeyInfo></Signature>"
    )
    with tempfile.TemporaryDirectory() as folder:
        source, private, public = (Path(folder) / name for name in ("in.xml", "key.pem", "crt.pem"))
        source.write_bytes(ALERT.replace(b"</cap:alert>", template.encode() + b"</cap:alert>"))
        plain = serialization.NoEncryption()
        private.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
        public.write_bytes(certificate(key).public_bytes(serialization.Encoding.PEM))
        command = ["xmlsec1", "--sign", "--privkey-pem", f"{private},{public}", str(source)]
        return subprocess.run(command, capture_output=True, check=True).stdout


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(exist_ok=True)
    large, small = (rsa.generate_private_key(65537, bits) for bits in (2048, 1024))
    curve = ec.generate_private_key(ec.SECP256R1())
    others = {"p384": ec.generate_private_key(ec.SECP384R1()), "ed25519": ed25519.Ed25519PrivateKey.generate()}
    for name, key in {"rsa2048": large, "rsa1024": small, "p256": curve, **others}.items():
        (folder / f"{name}.pem").write_bytes(public_pem(key))
    exclusive, c14n10, c14n11 = (
        Form.EXCLUSIVE_XML_CANONICALIZATION_1_0,
        Form.CANONICAL_XML_1_0,
        Form.CANONICAL_XML_1_1,
    )
    files = {
        "rsa_sha256_exclusive": signed(large, Method.RSA_SHA256, Digest.SHA256, exclusive),
        "rsa_sha512_c14n11": signed(large, Method.RSA_SHA512, Digest.SHA512, c14n11, key_value=True),
        "rsa_sha384_c14n10": signed(large, Method.RSA_SHA384, Digest.SHA384, c14n10),
        "rsa1024": signed(small, Method.RSA_SHA256, Digest.SHA256, exclusive),
        "rsa_sha1": signed(large, Method.RSA_SHA1, Digest.SHA1, exclusive, signer=Sha1Signer),
        "ecdsa_exclusive_prefixes": signed_by_xmlsec(curve),
        "ecdsa_c14n11": signed(curve, Method.ECDSA_SHA256, Digest.SHA256, c14n11),
    }
    for name, text in files.items():
        (folder / f"{name}.cap").write_bytes(text)


main()
