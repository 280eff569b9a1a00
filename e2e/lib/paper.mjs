// What comes out of a printer, and what a scanner reads of it: Chromium prints, poppler draws, zbar reads.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// A telephone has more of a sheet of A4 at arm's length.
const DOTS_PER_INCH = 200;

/** Programs that reading from paper needs; `data.mjs` says what happens without. */
export const SCANNER = ["zbarimg", "pdftoppm"];

/** QR codes of each sheet of the page as it is printed on A4, each as bytes: `[sheet][code]`. */
export async function codesOnPaper(page) {
  const folder = mkdtempSync(join(tmpdir(), "scrutineer-paper-"));
  try {
    const file = join(folder, "paper.pdf");
    await page.pdf({ path: file, format: "A4", printBackground: false, preferCSSPageSize: true });
    execFileSync("pdftoppm", ["-r", String(DOTS_PER_INCH), "-gray", file, join(folder, "sheet")]);
    const sheets = readdirSync(folder).filter((name) => name.endsWith(".pgm")).sort();
    return sheets.map((name) => codesOf(join(folder, name)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** QR codes in a picture, each as bytes. */
export function codesOf(file) {
  const options = ["--quiet", "--nodbus", "--xml", "-Sdisable", "-Sqrcode.enable", "-Sbinary"];
  let read;
  try {
    read = execFileSync("zbarimg", [...options, file], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch (error) {
    // 4: there is no code.
    if (error.status === 4) return [];
    throw error;
  }
  const found = [...read.matchAll(/<data(?: format='(\w+)')?[^>]*><!\[CDATA\[([\s\S]*?)\]\]><\/data>/g)];
  return found.map(([, format, text]) => Buffer.from(text, format === "base64" ? "base64" : "utf8"));
}
