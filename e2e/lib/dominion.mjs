// A Dominion JSON export, read without the program: what each card says, and where it lies in its batch.
import { unzip } from "./data.mjs";

/** Where privacy has blotted out a record's number, the name of its image still has it. */
const number = ({ RecordId, ImageMask }) => Number(RecordId === "X" ? ImageMask.match(/(\d+)\D*$/)[1] : RecordId);

/**
 * The cards of an export: `{tabulator, batch, position, contests}`, where `position` is the card's rank in its batch and
 * `contests` has for each contest on it, by its id, the names of the choices that are marked.
 */
export function cards(zip) {
  const files = unzip(zip);
  const json = (name) => JSON.parse(files.get([...files.keys()].find((path) => path.endsWith(name))));
  const names = new Map(json("CandidateManifest.json").List.map((one) => [one.Id, one.Description]));
  const all = json("CvrExport_0.json").Sessions.flatMap((session) => {
    const current = session.Original.IsCurrent ? session.Original : session.Modified;
    return current.Cards.map((card) => ({
      tabulator: String(session.TabulatorId), batch: String(session.BatchId), number: number(session),
      contests: new Map(card.Contests.map((contest) => [
        String(contest.Id), contest.Marks.filter((mark) => mark.IsVote).map((mark) => names.get(mark.CandidateId)),
      ])),
    }));
  });
  all.sort((one, other) => one.number - other.number);
  const so_far = new Map();
  for (const card of all) {
    const batch = `${card.tabulator}-${card.batch}`;
    card.position = (so_far.get(batch) ?? 0) + 1;
    so_far.set(batch, card.position);
  }
  return all;
}
