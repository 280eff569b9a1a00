// What somebody might change in the downloaded record of an audit by batches, and what the verifier must name first.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { program } from "./server.mjs";

const sha256 = (value) => createHash("sha256").update(canonical(value)).digest("base64");

/** Canonical JSON (RFC 8785) of what a record has: no fractions, so the numbers are as JavaScript writes them. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const fields = Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`);
  return `{${fields.join(",")}}`;
}

/** The commitment that fits to what a record says: whoever forges the one forges the other. */
export function fitting(record) {
  const { settings, software, contests, batches, cvrs = [], cvr_files: files = [], names = [] } = record;
  const said = { settings: { settings, software }, contests, batches, cvrs: { cvrs, files }, names };
  const parts = Object.fromEntries(Object.entries(said).map(([name, part]) => [name, sha256(part)]));
  return { ...record.commitment, parts, root: sha256(parts) };
}

const first = (record) => record.rounds[0];
const drawn = (record) => new Set(first(record).draws.map((draw) => draw.batch));
const counts = (record) => first(record).counted;
/** Leaves out the log's proof, which speaks of what stood there before. */
const unproven = (published) => { delete published.evidence; };
/** Moves votes to the first choice of the contest from the second, in a batch or a hand count. */
const move = (one, votes) => {
  one.votes[0][0] += votes;
  one.votes[0][1] -= votes;
};

/** The change in words, the code of the first thing that then does not agree, and the change. */
export const TAMPERED = [
  ["another program", "SCR-AUD-120", (r) => { r.software = "other 9"; }],
  ["a softer limit", "SCR-AUD-120", (r) => { r.contests[0].risk_limit = "0.2"; }],
  ["votes moved in a batch that was not drawn", "SCR-AUD-120", (r) => {
    move(r.batches.find((one, at) => !drawn(r).has(at) && one.votes[0][1] > 0), 1);
  }],
  ["a batch left out", "SCR-AUD-120", (r) => { r.batches.pop(); }],
  ["another hash of a part", "SCR-AUD-120", (r) => { r.commitment.parts.batches = r.commitment.parts.cvrs; }],
  ["another root", "SCR-AUD-121", (r) => { r.commitment.root = r.commitment.parts.batches; }],
  ["a version without a reason", "SCR-AUD-121", (r) => {
    r.versions = [{ root: r.commitment.parts.batches, reason: " " }];
  }],
  ["a seed older than the commitment", "SCR-AUD-122", (r) => {
    [r.commitment.published, first(r).seeded] = [first(r).seeded, r.commitment.published];
  }],
  ["evidence of another commitment", "SCR-AUD-122", (r) => {
    r.commitment.published.evidence = { entry: JSON.stringify({ root: r.commitment.parts.batches }), proof: "" };
  }],
  ["a softer limit, with a commitment that fits", "SCR-AUD-122", (r) => {
    r.contests[0].risk_limit = "0.2";
    r.commitment = fitting(r);
  }],
  ["a draw of a batch that is not there", "SCR-AUD-123", (r) => { first(r).draws[0].batch = r.batches.length; }],
  ["another round number", "SCR-AUD-124", (r) => {
    first(r).number = 2;
    unproven(first(r).seeded);
  }],
  ["a short seed", "SCR-AUD-125", (r) => {
    first(r).seed = first(r).seed.slice(0, 19);
    unproven(first(r).seeded);
  }],
  ["votes moved in a batch, with a commitment that fits and no proof of it", "SCR-AUD-126", (r) => {
    move(r.batches.find((one) => one.votes[0][1] > 0), 1);
    r.commitment = fitting(r);
    unproven(r.commitment.published);
  }],
  ["another seed", "SCR-AUD-127", (r) => {
    first(r).seed = [...first(r).seed].reverse().join("");
    unproven(first(r).seeded);
  }],
  ["the last draw left out", "SCR-AUD-128", (r) => { first(r).draws.pop(); }],
  ["a hand count left out", "SCR-AUD-129", (r) => {
    counts(r).splice(counts(r).findIndex((one) => !one.extra), 1);
  }],
  ["votes moved in a hand count", "SCR-AUD-130", (r) => { move(counts(r).find((one) => !one.extra), 5); }],
  // The order of the audit decides, not which of the two is the graver.
  ["another ticket, and a smaller risk", "SCR-AUD-127", (r) => {
    first(r).draws[7].ticket = first(r).draws[6].ticket;
    first(r).measured[0].p_value = "0.0001";
  }],
  ["a limit that is said not to be met", "SCR-AUD-131", (r) => { first(r).measured[0].met = false; }],
];

/** What `scrutineer audit verify --json` says of a record, with the CVRs beside it: status, and codes in their order. */
export async function verified(folder, name, record, cvrs = []) {
  const file = join(folder, `${name}.json`);
  await writeFile(file, JSON.stringify(record));
  const beside = cvrs.flatMap((path) => ["--cvrs", path]);
  const answer = await new Promise((done) => {
    execFile(program, ["audit", "verify", file, ...beside, "--json"], { maxBuffer: 1 << 26 }, (error, stdout, stderr) =>
      done({ status: error ? error.code : 0, stdout, stderr }));
  });
  await rm(file);
  const codes = answer.stdout ? JSON.parse(answer.stdout).report.deviations.map((one) => one.code) : [];
  return { status: answer.status, codes, problem: answer.stderr };
}
