// The published files of Georgia's audit of November 2025, as far as a test needs them.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const beside = resolve(dirname(fileURLToPath(import.meta.url)), "../../../shared/data");
const folder = join(process.env.SCRUTINEER_DATA ?? beside, "audit/ga2025-psc2");

/** Whether the files are on this machine. */
export const isHere = () => existsSync(join(folder, "final_audit_report.csv"));
export const missing = `${folder} is missing (set SCRUTINEER_DATA)`;

/** Files of an archive whose members are stored as they are. */
function stored(bytes) {
  const files = new Map();
  const end = bytes.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 24)];
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    if (method !== 0) throw new Error("a member is compressed");
    files.set(bytes.toString("utf8", at + 46, at + 46 + name), bytes.subarray(start, start + size));
    at += 46 + name + extra + comment;
  }
  return files;
}

/** For each jurisdiction its file. */
function bundle(name) {
  const outer = stored(readFileSync(join(folder, name)));
  const inner = [...outer.entries()].find(([member]) => member.endsWith(".zip"))[1];
  return new Map([...stored(inner).entries()].map(([member, bytes]) => [member.split("/")[0].replaceAll("-", " "), bytes]));
}

/** Rows of a CSV with quotation marks. */
function rows(text) {
  return text.split(/\r?\n/).map((line) =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, bare]) =>
      quoted === undefined ? bare : quoted.replaceAll('""', '"')),
  );
}

const votes = (text) => text.split("; ").map((one) => Number(one.slice(one.lastIndexOf(":") + 1)));

/** Everything: manifests and totals by jurisdiction, and each row of hand counts. */
export function georgia() {
  const report = rows(readFileSync(join(folder, "final_audit_report.csv"), "utf8"));
  const head = report.findIndex((row) => row[0]?.includes("SAMPLED BATCHES"));
  const counted = report
    .slice(head + 2)
    .filter((row) => row[0] && row[0] !== "Totals")
    .map((row) => ({
      jurisdiction: row[0],
      batch: row[1],
      extra: row[3].includes("EXTRA"),
      votes: votes(row[6]),
      together: row[9]?.startsWith("Combines ") ? row[9].slice("Combines ".length).split(", ") : [],
    }));
  return { manifests: bundle("manifests_bundle.zip"), totals: bundle("candidate_totals_bundle.zip"), counted };
}
