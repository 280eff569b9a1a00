// The sources of the page as text: every reason has words, and the one script that is made of them is sound.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { read } from "./support.mjs";

const FOLDER = join(import.meta.dirname, "../js");
const sources = readdirSync(FOLDER).map((name) => [name, read(FOLDER, name)]);
const texts = new Set(read(FOLDER, "../texts/en.ftl").split("\n").map((line) => line.split(" = ")[0]));

test("every reason for a refusal has words", () => {
  const reasons = sources.flatMap(([, text]) => [
    ...[...text.matchAll(/(?:wrong\(|NoteFault\("\w+", )"([a-z0-9-]+)"/g)].map((found) => found[1]),
    ...[...text.matchAll(/Refused\("SCR-[A-Z]+-\d+", "([a-z0-9-]+)"/g)].map((found) => found[1]),
  ]);
  const policy = [...read(FOLDER, "policy.mjs").matchAll(/(?:return|:) "([a-z]+)"/g)].map((found) => `policy-${found[1]}`);
  const paths = ["range", "length", "mismatch"].map((word) => `path-${word}`);
  assert.ok(reasons.length > 20 && policy.length > 10, `${reasons.length} ${policy.length}`);
  for (const reason of [...reasons, ...policy, ...paths]) assert.ok(texts.has(`reason-${reason}`), reason);
});

test("no two modules declare one name: they become one script", () => {
  const seen = new Map();
  for (const [name, text] of sources) {
    for (const [, declared] of text.matchAll(/^(?:export )?(?:async )?(?:function|const|let|class) (\w+)/gm)) {
      assert.equal(seen.get(declared), undefined, `${declared} in ${name}`);
      seen.set(declared, name);
    }
  }
  assert.ok(seen.size > 60, `${seen.size}`);
});

test("nothing reaches out of the page", () => {
  for (const [name, text] of sources) {
    assert.doesNotMatch(text, /\bfetch\(|XMLHttpRequest|WebSocket|innerHTML|outerHTML|insertAdjacentHTML|\beval\(|import\(|localStorage|cookie/, name);
  }
});
