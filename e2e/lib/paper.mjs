// What comes out of a printer, and what a scanner reads of it: Chromium prints, poppler draws, zbar reads.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// A telephone has more of a sheet of A4 at arm's length.
const DOTS_PER_INCH = 200;

/** Programs that reading from paper needs; `data.mjs` says what happens without. */
export const SCANNER = ["zbarimg", "pdftoppm"];

/**
 * QR codes of the page as it is printed on A4: `texts`, of each sheet those that hold text in one line; `bytes`, all codes of all sheets
 * as they are, one behind the other (the scanner puts nothing between them).
 */
export async function codesOnPaper(page) {
  const folder = mkdtempSync(join(tmpdir(), "scrutineer-paper-"));
  try {
    const file = join(folder, "paper.pdf");
    await page.pdf({ path: file, format: "A4", preferCSSPageSize: true });
    execFileSync("pdftoppm", ["-r", String(DOTS_PER_INCH), "-gray", file, join(folder, "sheet")]);
    const sheets = readdirSync(folder).filter((name) => name.endsWith(".pgm")).sort().map((name) => join(folder, name));
    return {
      texts: sheets.map((sheet) => scanned(sheet).toString().split("\n").filter((line) => line !== "")),
      bytes: Buffer.concat(sheets.map((sheet) => scanned(sheet, "-Sbinary"))),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function scanned(file, ...more) {
  try {
    const options = ["--quiet", "--nodbus", "--raw", "-Sdisable", "-Sqrcode.enable", ...more, file];
    return execFileSync("zbarimg", options, { stdio: ["ignore", "pipe", "ignore"] });
  } catch (error) {
    // 4: there is no code.
    if (error.status === 4) return Buffer.alloc(0);
    throw error;
  }
}
