// Published files that tests read where they lie; none of them is part of the project.
import { spawnSync } from "node:child_process";
import { appendFileSync, existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { inflateRawSync } from "node:zlib";

const beside = resolve(dirname(fileURLToPath(import.meta.url)), "../../../shared/data");

/** A published file or folder on this machine. */
export const published = (path) => join(process.env.SCRUTINEER_DATA ?? beside, path);

/** Why tests of these files are skipped, or false: they are here. What is skipped is noted in SCRUTINEER_SKIPS. */
export function skipWithout(...paths) {
  const missing = paths.map(published).find((path) => !existsSync(path));
  if (!missing) return false;
  return skipped(`${missing} is missing (set SCRUTINEER_DATA)`);
}

/** The same for programs of others. */
export function skipWithoutPrograms(...names) {
  const missing = names.find((name) => spawnSync(name, ["--version"], { stdio: "ignore" }).error);
  return missing ? skipped(`${missing} is missing (see e2e/README.md)`) : false;
}

function skipped(why) {
  if (process.env.SCRUTINEER_SKIPS) appendFileSync(process.env.SCRUTINEER_SKIPS, `skipped: ${why}\n`);
  return why;
}

/** The files of a zip archive, by name. */
export function unzip(bytes) {
  const files = new Map();
  const end = bytes.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const member = bytes.subarray(start, start + size);
    files.set(bytes.toString("utf8", at + 46, at + 46 + name), method === 0 ? member : inflateRawSync(member));
    at += 46 + name + extra + comment;
  }
  return files;
}
