// Starts the program under test with a data folder of its own, and stops it.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
export const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
const START_LIMIT_MS = 60_000;

/** The shell alone: no desk, no login. */
export const styleGuide = (folder) => [join(target, "debug/examples/style_guide"), [folder]];

/** The tablets of audit boards alone; `what` is "ballots" or "batches". */
export const auditBoards = (what) => () => [join(target, "debug/examples/audit_boards"), [what]];

/** The desk of response alone: the login cookie names a role and a person, `manager.second`. */
export const responseSite = (folder) => [join(target, "debug/examples/response_site"), [folder]];

/** An alert on its way to 1,200 polling stations, and an exercise; whoever has a role as login cookie is signed in. */
export const arrivalSite = () => [join(target, "debug/examples/arrival_site"), []];

/** The program itself. */
export const program = join(target, "debug/scrutineer");

/** The demonstration election, on a free port. */
export const demo = (folder) => [program, ["demo", "--listen", "127.0.0.1:0", "--data", folder]];

/**
 * Starts a server and waits for the address that it prints.
 * @returns {{address: string, output: string[], stop: () => Promise<number|null>}}
 */
export async function start(command) {
  const folder = await mkdtemp(join(tmpdir(), "scrutineer-e2e-"));
  const [program, args] = command(join(folder, "data"));
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  const output = [];
  const ended = new Promise((done) => child.once("exit", (status) => done(status)));
  const failed = new Promise((_, fail) => child.once("error", fail));
  const address = new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`no address within ${START_LIMIT_MS} ms`)), START_LIMIT_MS);
    const read = (line) => {
      output.push(line);
      const found = line.match(/https?:\/\/[\w.-]+:\d+/);
      if (found) {
        clearTimeout(timer);
        done(found[0]);
      }
    };
    createInterface({ input: child.stdout }).on("line", read);
    createInterface({ input: child.stderr }).on("line", read);
    ended.then((status) => {
      clearTimeout(timer);
      fail(new Error(`the server ended with ${status} before it gave an address:\n${output.join("\n")}`));
    });
  });
  const stop = async () => {
    child.kill("SIGTERM");
    const status = await ended;
    await rm(folder, { recursive: true, force: true });
    return status;
  };
  try {
    return { address: await Promise.race([address, failed]), output, stop };
  } catch (error) {
    child.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}
