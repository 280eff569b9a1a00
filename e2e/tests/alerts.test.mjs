// Alerts: as the program judges, so do the modules of `/verify.html`, genuine or changed.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { pageJudges, pageSays, programJudges, programSays } from "../lib/verifiers.mjs";

const FOLDER = fileURLToPath(new URL("../../fixtures/alerts", import.meta.url));
let folder, trustFile, trust;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "scrutineer-alerts-"));
  trustFile = join(FOLDER, "station.card");
  trust = await readFile(trustFile, "utf8");
});
after(() => rm(folder, { recursive: true, force: true }));

async function alike(file, bytes) {
  await writeFile(join(folder, file), bytes);
  const page = await pageSays(folder, { file, trust });
  assert.deepEqual(page, await programSays(folder, { file, trust, trustFile }), file);
  return page.code;
}

test("page and program judge every alert of the fixtures alike", async () => {
  const files = (await readdir(FOLDER)).filter((name) => /\.(bundle|txt)$/.test(name));
  assert.equal(files.length, 18);
  for (const file of files) {
    const code = await alike(file, await readFile(join(FOLDER, file)));
    assert.equal(code, file.startsWith("cancel-before") ? "SCR-ALR-018" : "", file);
  }
});

test("and every changed one", async () => {
  const codes = new Set();
  for (const name of ["alert", "alert-short", "fullest"]) {
    const bytes = await readFile(join(FOLDER, `${name}.bundle`));
    for (let bit = 33; bit < (bytes.length - 4) * 8; bit += Math.floor(bytes.length / 7)) {
      const bad = Buffer.from(bytes);
      bad[bit >> 3] ^= 1 << (bit & 7);
      createHash("sha256").update(bad.subarray(0, -4)).digest().copy(bad, bad.length - 4, 0, 4);
      codes.add(await alike(`${name}-${bit}`, bad));
    }
    codes.add(await alike(`${name}-cut`, bytes.subarray(0, 200)));
  }
  for (const code of ["SCR-ALR-010", "SCR-ALR-011", "SCR-ALR-014", "SCR-ALR-015"]) assert.ok(codes.has(code), `${[...codes]}`);
});

test("under the card of another election both refuse", async () => {
  const other = { trust: trust.replace("# election ex-2026", "# election party-2026"), trustFile: join(folder, "other.card") };
  await writeFile(other.trustFile, other.trust);
  await writeFile(join(folder, "elsewhere"), await readFile(join(FOLDER, "alert.bundle")));
  const page = await pageSays(folder, { file: "elsewhere", trust: other.trust });
  assert.deepEqual(page, await programSays(folder, { file: "elsewhere", ...other }));
  assert.equal(page.code, "SCR-ALR-021");
});

test("without trust nothing is examined", async () => {
  const bytes = await readFile(join(FOLDER, "alert.bundle"));
  await writeFile(join(folder, "alone"), bytes);
  const one = { file: "alone", trust: "" };
  assert.deepEqual(await pageSays(folder, one), { status: 2, code: "SCR-ALR-012" });
  assert.deepEqual(await programSays(folder, one), { status: 2, code: "SCR-ALR-012" });
});

// Before it holds, at both ends, and by a clock that is behind.
const TIMES = ["2026-11-27T10:05:00Z", "2026-11-27T10:10:00Z", "2026-11-27T11:59:59Z", "2026-11-27T12:00:00Z", "1970-01-01T00:00:00Z"];

test("page and program have the same word for every alert at every time, alone and with what takes one back", async () => {
  const words = new Map();
  const bundles = (await readdir(FOLDER)).filter((name) => name.endsWith(".bundle"));
  const judged = async (name, at, known) => {
    const [file, others] = [join(FOLDER, name), known.map((one) => join(FOLDER, one))];
    const page = await pageJudges(file, { trust, at, known: others });
    assert.equal(page, await programJudges(file, { card: trustFile, at, known: others }), `${name} at ${at} with ${known}`);
    words.set(page, (words.get(page) ?? 0) + 1);
    return page;
  };
  for (const name of bundles) {
    for (const at of TIMES) await judged(name, at, []);
    for (const at of [TIMES[2], TIMES[3]]) await judged(name, at, ["cancel.bundle"]);
    await judged(name.replace(".bundle", ".txt"), TIMES[2], []);
  }
  assert.equal(await judged("alert.bundle", TIMES[2], ["cancel.bundle", "fullest.bundle"]), "cancelled");
  const seen = ["SCR-ALR-018", "cancelled", "clock-doubtful", "exercise", "expired", "not-yet", "test", "valid-now"];
  assert.deepEqual([...words.keys()].sort(), seen, `${[...words]}`);
});
