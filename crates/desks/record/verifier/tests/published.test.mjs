// Vectors of other makers: RFC 8032, C2SP/CCTV, RFC 6962 proofs, real checkpoints, torchwood's verdicts.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { base64Of, unbase64, utf8 } from "../js/bytes.mjs";
import { browserSays, equationHolds, isPublicKey, isStrict, verifyEd25519 } from "../js/ed25519.mjs";
import { consistencyError, inclusionError, leafHash } from "../js/hash.mjs";
import { verifyProof } from "../js/proof.mjs";
import { checkCheckpoint, parseTrust } from "../js/trust.mjs";
import { bytesAt, codeOf, data, fromHex, read } from "./support.mjs";

// RFC 8032 section 7.1, tests 1 to 3 and SHA(abc): public key, message, signature.
const RFC_8032 = [
  ["d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"],
  ["3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"],
  ["fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"],
  ["ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
    "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
    "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"],
];

const HOW = [["as the page decides", verifyEd25519], ["by our own arithmetic", ownArithmetic]];

async function ownArithmetic(key, signature, message) {
  return isStrict(key, signature) && (await equationHolds(key, signature, message));
}

for (const [words, verify] of HOW) {
  test(`Ed25519 ${words}: RFC 8032`, async () => {
    for (const [key, message, signature] of RFC_8032.map((vector) => vector.map(fromHex))) {
      assert.equal(await verify(key, signature, message), true);
      for (const [of, at] of [[key, 3], [signature, 3], [signature, 40], [message, 0]]) {
        if (of.length === 0) continue;
        of[at] ^= 1;
        assert.equal(isPublicKey(key) && (await verify(key, signature, message)), false);
        of[at] ^= 1;
      }
    }
  });

  // The rules of the Rust verifier (crates/record/note/tests/published_vectors.rs), on the same 914 cases.
  test(`Ed25519 ${words}: C2SP/CCTV edge cases follow the strict rules`, (context) => {
    const path = data("ed25519/ed25519vectors.json");
    return path ? edgeCases(JSON.parse(read(path)), verify) : context.skip("no data");
  });
}

async function edgeCases(vectors, verify) {
  const weak = ["low_order_A", "low_order_R", "non_canonical_A", "non_canonical_R"];
  let accepted = 0;
  for (const vector of vectors) {
    const flags = vector.flags ?? [];
    const holds = await verify(fromHex(vector.key), fromHex(vector.sig), utf8(vector.msg));
    if (holds) {
      assert.ok(!flags.some((flag) => weak.includes(flag)), `accepted ${flags}`);
      accepted += 1;
    } else {
      assert.ok(flags.some((flag) => [...weak, "low_order_residue"].includes(flag)), `refused ${flags}`);
    }
  }
  assert.equal(vectors.length, 914);
  assert.ok(accepted > 0);
}

test("where the browser has Ed25519, it and our own arithmetic agree on every strict case", async (context) => {
  const path = data("ed25519/ed25519vectors.json");
  if (!path) return context.skip("no data");
  let compared = 0;
  for (const vector of JSON.parse(read(path))) {
    const [key, signature, message] = [fromHex(vector.key), fromHex(vector.sig), utf8(vector.msg)];
    if (!isStrict(key, signature)) continue;
    assert.equal(await browserSays(key, signature, message), await equationHolds(key, signature, message));
    compared += 1;
  }
  return assert.ok(compared > 0);
});

test("base64: RFC 4648 section 10, and no other form", () => {
  for (const [plain, coded] of [["", ""], ["f", "Zg=="], ["fo", "Zm8="], ["foo", "Zm9v"], ["foob", "Zm9vYg=="], ["fooba", "Zm9vYmE="]]) {
    assert.equal(base64Of(utf8(plain)), coded);
    assert.deepEqual(unbase64(coded), utf8(plain));
  }
  for (const wrong of ["Zg", "Zg=", "Zh==", "Zg==\n", "Z g=", "Zm-_", "Zg===", "=Zg=", "Zm9vZg"]) {
    assert.equal(unbase64(wrong), null, JSON.stringify(wrong));
  }
});

test("inclusion proofs: transparency-dev/merkle, accepted and refused", async (context) => {
  const folder = data("rfc6962-proofs/inclusion");
  if (!folder) return context.skip("no data");
  let [right, wrong] = [0, 0];
  for (const file of readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".json"))) {
    const text = read(folder, file);
    const vector = JSON.parse(text);
    // Some of these numbers are too large for JSON.parse.
    const number = (name) => BigInt(new RegExp(`"${name}":\\s*(\\d+)`).exec(text)[1]);
    const hash = (text) => unbase64(text ?? "") ?? new Uint8Array();
    const path = (vector.proof ?? []).map(hash);
    const isWhole = [...path, hash(vector.leafHash), hash(vector.root)].every((one) => one.length === 32);
    const problem = !isWhole || await inclusionError(path, number("leafIdx"), number("treeSize"), hash(vector.leafHash), hash(vector.root));
    assert.equal(Boolean(problem), vector.wantErr, file);
    if (problem) wrong += 1;
    else right += 1;
  }
  return assert.ok(right > 5 && wrong > 20, `${right} ${wrong}`);
});

test("consistency proofs: transparency-dev/merkle, accepted and refused", async (context) => {
  const folder = data("rfc6962-proofs/consistency");
  if (!folder) return context.skip("no data");
  let [right, wrong] = [0, 0];
  for (const file of readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".json"))) {
    const text = read(folder, file);
    const vector = JSON.parse(text);
    const number = (name) => BigInt(new RegExp(`"${name}":\\s*(\\d+)`).exec(text)[1]);
    const hash = (coded) => unbase64(coded ?? "") ?? new Uint8Array();
    const path = (vector.proof ?? []).map(hash);
    const isWhole = path.every((one) => one.length === 32);
    const problem = !isWhole || await consistencyError(path, number("size1"), number("size2"), hash(vector.root1), hash(vector.root2));
    assert.equal(Boolean(problem), vector.wantErr, file);
    if (problem) wrong += 1;
    else right += 1;
  }
  return assert.ok(right > 3 && wrong > 20, `${right} ${wrong}`);
});

test("checkpoints of the Go checksum database, of the specification and of Tessera", async (context) => {
  const folder = data("checkpoints");
  if (!folder) return context.skip("no data");
  const sumdb = await parseTrust(read(folder, "sumdb.vkey"));
  const found = await checkCheckpoint(read(folder, "sumdb-35225469.checkpoint"), sumdb);
  assert.deepEqual([found.origin, found.size], ["go.sum database tree", 35225469n]);
  const example = await parseTrust(read(folder, "c2sp-signed-note-example.vkey"));
  // The example of the specification is a note, and no checkpoint.
  assert.equal(await codeOf(checkCheckpoint(read(folder, "c2sp-signed-note-example.note"), example)), "SCR-VERIFY-005");
  const tessera = data("tessera-testlog");
  const trust = await parseTrust(read(tessera, "log.vkey"));
  for (let size = 0; size <= 15; size += 1) {
    const checkpoint = await checkCheckpoint(read(tessera, `log/checkpoint.${size}`), trust);
    assert.equal(checkpoint.size, BigInt(size));
  }
});

test("proofs under policies: the verdicts of torchwood 0.9.0", async (context) => {
  const folder = data("generated/proofs");
  if (!folder) return context.skip("no data");
  const cases = Object.entries(JSON.parse(read(folder, "expected.json")));
  assert.equal(cases.length, 8);
  for (const [name, expected] of cases) {
    const trust = await parseTrust(read(folder, `${expected.policy}.policy`));
    const proof = read(folder, `${name}.tlog-proof`);
    const code = await codeOf(verifyProof(proof, bytesAt(folder, `${name}.entry`), trust));
    assert.equal(code === "accepted" ? "accept" : "reject", expected["torchwood_0.9.0"], `${name}: ${code}`);
  }
});

test("every record of a log of a thousand has the leaf that its tile states", async (context) => {
  const folder = data("generated/log-1000");
  if (!folder) return context.skip("no data");
  const tile = bytesAt(join(folder, "tile/0/000"));
  for (let index = 0; index < 256; index += 1) {
    assert.deepEqual(await leafHash(utf8(`entry-${index}`)), tile.subarray(index * 32, index * 32 + 32));
  }
});

test("real policies are read, and those of another syntax refused", async (context) => {
  const folder = data("witness");
  if (!folder) return context.skip("no data");
  const { policy } = await parseTrust(read(folder, "age-keyserver.policy"));
  assert.ok(policy.logs.length > 0 && policy.witnesses.length > 0);
  const others = readdirSync(folder).filter((name) => name.startsWith("sigsum-"));
  assert.equal(others.length, 4);
  for (const name of others) assert.equal(await codeOf(parseTrust(read(folder, name))), "SCR-CLI-005", name);
});
