// The published files of Georgia's audit of November 2025, as far as a test needs them.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { published, unzip } from "./data.mjs";

const folder = published("audit/ga2025-psc2");

/** For each jurisdiction its file. */
function bundle(name) {
  const outer = unzip(readFileSync(join(folder, name)));
  const inner = [...outer.entries()].find(([member]) => member.endsWith(".zip"))[1];
  return new Map([...unzip(inner).entries()].map(([member, bytes]) => [member.split("/")[0].replaceAll("-", " "), bytes]));
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
