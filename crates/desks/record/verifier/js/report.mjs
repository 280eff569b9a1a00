// What a check shows, as keys of texts with their values: what it proves, and what it does not.

/** The latest time at which a witness says that it saw the checkpoint; null when none does. */
const seenAt = (report) => {
  const times = report.witnesses.map((witness) => witness.time).filter((time) => time !== null && time > 0n);
  return times.length === 0 ? null : times.reduce((one, other) => (other < one ? other : one));
};

/** [[key, values], …] of what a proof makes certain. */
export function proofProves(report, words) {
  const { origin, size, index, witnesses, of } = report;
  const lines = [["proves-list", { origin, size }], ["proves-place", { index }]];
  if (witnesses.length > 0) lines.push(["proves-witnesses", { count: witnesses.length, of }]);
  const first = seenAt(report);
  const date = first === null ? null : new Date(Number(first) * 1000);
  if (date !== null && !Number.isNaN(date.getTime())) lines.push(["proves-time", { at: words.moment(date) }]);
  return lines;
}

/** [[key, values], …] of what it leaves open. */
export function proofLeavesOpen(report) {
  const lines = [["open-true"], ["open-author"], ["open-later"]];
  if (report.witnesses.length === 0) lines.push(["open-same-list"], ["open-when"]);
  lines.push([report.postQuantum ? "open-quantum-unchecked" : "open-quantum"]);
  return lines.map(([key]) => [key, {}]);
}

/** What a number's receipt shows beyond its entry's proof. */
export function numberProves({ rowIndex, rows, event }, words) {
  const row = ["proves-row", { row: rowIndex + 1, rows, index: event.index }];
  return [row, ...proofProves(event, words)];
}

export const numberLeavesOpen = ({ event }) => [["open-counted", {}], ...proofLeavesOpen(event)];

/** What a history shows beyond the proof of its index. */
export function historyProves({ subject, size, entries, event }, words) {
  const all = ["proves-history", { count: entries.length, subject, size, index: event.index }];
  return [all, ["proves-gapless", {}], ...proofProves(event, words)];
}

export const historyLeavesOpen = ({ event }) => [["open-index", {}], ["open-since", {}], ...proofLeavesOpen(event)];

/** A promise, and what has come of it: "kept", "broken" or null when no proof lies beside it. */
export function promiseProves({ origin, index }, state) {
  const line = { kept: "proves-kept", broken: "proves-broken" }[state];
  const promised = ["proves-promised", { origin, index }];
  return line ? [promised, [line, { index }]] : [promised];
}

export const promiseLeavesOpen = (state) => (state ? [["open-true", {}]] : [["open-included", {}], ["open-true", {}]]);
