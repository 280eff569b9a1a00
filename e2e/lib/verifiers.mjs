// The two verifiers side by side: the program, and the modules that `/verify.html` is made of.
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { parseSalt, verifyDocument } from "../../crates/desks/record/verifier/js/document.mjs";
import { judgeAlert } from "../../crates/desks/record/verifier/js/alert.mjs";
import { examine } from "../../crates/desks/record/verifier/js/examine.mjs";
import { Refused } from "../../crates/desks/record/verifier/js/refused.mjs";
import { parseTrust } from "../../crates/desks/record/verifier/js/trust.mjs";
import { program, target } from "./server.mjs";

const run = promisify(execFile);

/** Writes files for both to judge, and gives the cases. */
export async function corpus(folder) {
  await run(join(target, "debug/examples/make_corpus"), [folder]);
  return JSON.parse(await readFile(join(folder, "cases.json"), "utf8"));
}

/** {status, code} of `scrutineer verify`. */
export async function programSays(folder, { file, trustFile, trust, document, salt }) {
  const isPolicy = /^(#|log )/m.test(trust);
  const whom = trust === "" ? [] : [isPolicy ? "--policy" : "--vkey", trustFile];
  const about = document ? ["--document", join(folder, document), ...(salt ? ["--salt", salt] : [])] : [];
  try {
    await run(program, ["verify", join(folder, file), ...whom, ...about, "--json"]);
    return { status: 0, code: "" };
  } catch (error) {
    return { status: error.code, code: JSON.parse(error.stderr).code };
  }
}

/** The same by the page's modules. */
export async function pageSays(folder, { file, trust, document, salt }) {
  try {
    const whom = await parseTrust(trust);
    const outcome = await examine(new Uint8Array(await readFile(join(folder, file))), null, whom);
    if (outcome.refused) throw outcome.refused;
    if (document) {
      const content = new Uint8Array(await readFile(join(folder, document)));
      await verifyDocument(outcome.report.entry, content, parseSalt(salt));
    }
    return { status: 0, code: "" };
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    return { status: refused.status, code: refused.code };
  }
}

/** The one word for an alert at a time, with others that are known, or the code of a refusal: of `scrutineer alert verify`. */
export async function programJudges(file, { card, at, known = [] }) {
  const args = ["alert", "verify", file, "--card", card, "--at", at, ...known.flatMap((one) => ["--known", one]), "--json"];
  try {
    return JSON.parse((await run(program, args)).stdout).code;
  } catch (answer) {
    // An answer of no stands on standard output as well; a refusal on the other.
    return JSON.parse(answer.stdout || answer.stderr).code;
  }
}

/** The same by the page's modules. */
export async function pageJudges(file, { trust, at, known = [] }) {
  const whom = await parseTrust(trust);
  const outcomes = [];
  for (const one of [file, ...known]) outcomes.push(await examine(new Uint8Array(await readFile(one)), null, whom));
  const refused = outcomes.find((one) => one.refused);
  if (refused) return refused.refused.code;
  const [found, ...others] = outcomes.map((one) => one.report);
  return judgeAlert(found, others, Date.parse(at) / 1000);
}
