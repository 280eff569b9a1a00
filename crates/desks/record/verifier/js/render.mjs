// Outcomes as parts of the page. Text is only ever set as text: what a file says is never markup.
import { base64Of, hexOf } from "./bytes.mjs";
import { flattened } from "./entry.mjs";
import { historyLeavesOpen, historyProves, numberLeavesOpen, numberProves, promiseLeavesOpen, promiseProves, proofLeavesOpen, proofProves } from "./report.mjs";

/** An element with a class and children; strings become text. */
export function make(name, className, ...children) {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

const isolated = (text) => make("bdi", "", String(text));
const code = (text) => {
  const element = make("code", "hash", String(text));
  element.dir = "ltr";
  return element;
};

function list(words, heading, lines) {
  const items = lines.map(([key, values]) => make("li", "", words.ta(key, values)));
  return [make("h3", "", words.t(heading)), make("ul", "", ...items)];
}

function facts(rows, className = "facts") {
  return make("dl", className, ...rows.map(([name, value]) => make("div", "", make("dt", "", name), make("dd", "", value))));
}

/** What stands above an outcome: a sign, a word, and which file. */
function head(words, state, name) {
  const [sign, key] = { holds: ["✓", "state-holds"], fails: ["✗", "state-fails"], unclear: ["?", "state-unclear"] }[state];
  const mark = make("span", "", `${sign} `);
  mark.setAttribute("aria-hidden", "true");
  const title = make("h3", "verdict", mark, words.t(key));
  return name ? [title, make("p", "soft", isolated(name))] : [title];
}

/** What came of one file. */
export function draw(words, outcome) {
  if (outcome.notice) return make("p", "notice", words.t(outcome.notice));
  if (outcome.refused) return refusal(words, outcome);
  return { proof, number, promise, history, alert: alertOutcome }[outcome.kind](words, outcome);
}

/** Reasons are named where something is refused. i18n: reason-* says-document-* */
function refusal(words, { name, refused }) {
  const state = refused.status === 2 ? "unclear" : "fails";
  const parts = [make("p", "", words.t(`error-${refused.code.toLowerCase()}`))];
  const reason = `reason-${refused.reason}`;
  if (refused.reason && words.has(reason)) parts.push(make("p", "", words.ta(reason, refused.given)));
  parts.push(make("p", "soft", code(refused.code)));
  return make("section", `outcome ${state}`, ...head(words, state, name), ...parts);
}

function proof(words, { name, report, documents }) {
  return make(
    "section", "outcome holds", ...head(words, "holds", name),
    make("p", "", words.ta("says-proof", { index: report.index, origin: report.origin })),
    ...(documents ?? []).map((found) => make("p", "", words.ta(`says-document-${found.how}`, { field: found.field }))),
    ...content(words, report),
    ...list(words, "proves", proofProves(report, words)),
    ...list(words, "open", proofLeavesOpen(report)),
    details(words, report),
  );
}

// Which station first, then its numbers; what a newer program adds stands before them.
const ROW_ORDER = ["unit", "name", "part", "parents", "total", "votes", "fields"];

function number(words, { name, report }) {
  const rank = ([path]) => ROW_ORDER.indexOf(path.split(" ")[0]);
  const values = flattened(report.row).sort((one, other) => rank(one) - rank(other));
  const rows = values.map(([path, value]) => [label(words, path), isolated(shown(words, value))]);
  return make(
    "section", "outcome holds", ...head(words, "holds", name),
    make("p", "", words.t("says-number")), facts(rows, "facts numbers"),
    ...list(words, "proves", numberProves(report, words)),
    ...list(words, "open", numberLeavesOpen(report)),
    details(words, report.event),
  );
}

function history(words, { name, report }) {
  const rows = report.entries.map(({ index, entry }) => [
    words.ta("says-entry", { index }),
    make("span", "", code(entry.kind), " ", words.moment(new Date(entry.at))),
  ]);
  return make(
    "section", "outcome holds", ...head(words, "holds", name),
    make("p", "", words.ta("says-history", { count: report.entries.length, subject: report.subject })), facts(rows),
    ...list(words, "proves", historyProves(report, words)),
    ...list(words, "open", historyLeavesOpen(report)),
    details(words, report.event),
  );
}

function promise(words, { name, report, kept }) {
  const state = kept === "broken" ? "fails" : "holds";
  const title = { kept: "says-kept", broken: "says-broken" }[kept] ?? "says-promise";
  return make(
    "section", `outcome ${state}`, ...head(words, state, name),
    make("p", "", words.ta(title, { index: report.index, origin: report.origin })),
    ...list(words, "proves", promiseProves(report, kept)),
    ...list(words, "open", promiseLeavesOpen(kept)),
    facts([[words.t("fact-log"), isolated(report.origin)], [words.t("fact-at"), code(report.at)], [words.t("fact-leaf"), code(base64Of(report.leaf))]]),
  );
}

/** The state first, in words; then the alert's own words. i18n: says-alert-* */
function alertOutcome(words, { name, report, state }) {
  const { alert } = report;
  const moment = (seconds) => isolated(words.moment(new Date(seconds * 1000)));
  const own = alert.wordings.find((one) => one.language === words.code) ?? alert.wordings[0];
  const spoken = (text) => Object.assign(make("p", "", text), { lang: own.language, dir: own.language === "ar" ? "rtl" : "auto" });
  const holds = state === "valid-now";
  return make(
    "section", `outcome ${holds ? "holds" : "unclear"}`, make("h3", "verdict", words.t(`says-alert-${state}`)),
    ...(name ? [make("p", "soft", isolated(name))] : []),
    ...(report.isProven ? [] : [make("p", "notice warn", words.t("says-alert-unproven"))]),
    ...(alert.kind === "cancel" ? alert.references.map(({ index }) => make("p", "", words.ta("says-alert-takes-back", { index }))) : []),
    ...[own.headline, own.instruction].filter((text) => text !== "").map(spoken),
    facts([
      [words.t("fact-alert-number"), words.number(alert.number)], [words.t("fact-alert-areas"), code(alert.areas.join(", "))],
      [words.t("fact-alert-from"), moment(alert.effective)], [words.t("fact-alert-until"), moment(alert.expires)],
      [words.t("fact-by"), isolated(report.entry.issuer)],
    ]),
    ...(report.isProven ? list(words, "proves", proofProves(report, words)) : []),
    ...list(words, "open", [["open-alert-newer", {}], ["open-true", {}]]),
    ...(report.isProven ? [details(words, report)] : []),
  );
}

/** A path into a row: its first word in the reader's language, where it has one. i18n: row-* */
function label(words, path) {
  const [first, ...rest] = path.split(" ");
  const known = words.has(`row-${first}`) ? words.t(`row-${first}`) : first;
  return rest.length === 0 ? known : make("span", "", `${known} `, isolated(rest.join(" ").replaceAll("_", " ")));
}

const shown = (words, value) => (typeof value === "number" ? words.number(value) : String(value));

/** What an entry says, when it is one of scrutineer's. */
function content(words, report) {
  if (!report.entry) return [make("p", "soft", words.t("says-foreign"))];
  const { kind, at, issuer } = report.entry;
  const fixed = [
    [words.t("fact-kind"), code(kind)], [words.t("fact-at"), isolated(words.moment(new Date(at)))],
    [words.t("fact-by"), isolated(issuer)],
  ];
  const own = flattened(report.entry.public).map(([path, value]) => [isolated(path), isolated(shown(words, value))]);
  const secret = report.entry.commitments.map(({ name }) => [isolated(name), words.t("says-private")]);
  return [make("h3", "", words.t("says-content")), facts([...fixed, ...own, ...secret])];
}

function details(words, report) {
  const rows = [
    [words.t("fact-log"), isolated(report.origin)],
    [words.t("fact-index"), words.number(report.index)],
    [words.t("fact-size"), words.number(report.size)],
    [words.t("fact-leaf"), code(base64Of(report.leaf))],
    [words.t("fact-root"), code(base64Of(report.root))],
    ...report.log.map((key) => [words.t("fact-signed"), make("span", "", isolated(key.name), " ", code(key.id), " Ed25519")]),
    ...report.witnesses.map(({ name, time }) => {
      const date = new Date(Number(time ?? 0n) * 1000);
      const at = time && !Number.isNaN(date.getTime()) ? words.moment(date) : "";
      return [words.t("fact-cosigned"), make("span", "", isolated(name), " ", at)];
    }),
    [words.t("fact-bytes"), words.number(report.bytes.length)],
    [words.t("fact-leaf-hex"), code(hexOf(report.leaf))],
  ];
  return make("details", "", make("summary", "", words.t("details")), facts(rows));
}
