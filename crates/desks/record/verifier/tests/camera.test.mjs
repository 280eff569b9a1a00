// A code in a picture, with a reader of codes of our own: node has none, and no browser of a test has one either.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readCode, readsCodes } from "../js/camera.mjs";

const TEXT = readFileSync(join(import.meta.dirname, "../../../../../fixtures/alerts/alert-short.txt"), "utf8");
const PICTURE = { size: 4_000_000 };

/** A browser that finds these codes, and what was asked of it. */
function finding(codes, asked = {}) {
  class BarcodeDetector {
    static getSupportedFormats = async () => ["ean_13", "qr_code"];
    constructor(options) {
      asked.options = options;
    }
    async detect(bitmap) {
      asked.bitmap = bitmap;
      if (codes instanceof Error) throw codes;
      return codes.map((rawValue) => ({ rawValue, format: "qr_code" }));
    }
  }
  const createImageBitmap = async (file) => ({ file, close: () => (asked.closed = true) });
  return { BarcodeDetector, createImageBitmap };
}

test("the reader is offered only where it reads QR codes", async () => {
  assert.equal(await readsCodes(finding([])), true);
  assert.equal(await readsCodes({}), false);
  assert.equal(await readsCodes({ BarcodeDetector: { getSupportedFormats: async () => ["ean_13"] } }), false);
  assert.equal(await readsCodes({ BarcodeDetector: { getSupportedFormats: async () => [] } }), false);
  const broken = async () => {
    throw new Error("no service");
  };
  assert.equal(await readsCodes({ BarcodeDetector: { getSupportedFormats: broken } }), false);
});

test("the text of the one code is given, and the picture let go", async () => {
  const asked = {};
  assert.deepEqual(await readCode(PICTURE, finding([TEXT], asked)), { text: TEXT });
  assert.deepEqual(asked.options, { formats: ["qr_code"] });
  assert.equal(asked.bitmap.file, PICTURE);
  assert.ok(asked.closed);
  assert.deepEqual(await readCode(PICTURE, finding([TEXT, TEXT])), { text: TEXT }, "one code seen twice");
  assert.deepEqual(await readCode(PICTURE, finding(["SCRB\u0001\u0000\uFFFD", TEXT, ""])), { text: TEXT }, "beside a code of bytes");
  assert.deepEqual(await readCode(PICTURE, finding(["a\tb\r\nç ب"])), { text: "a\tb\r\nç ب" });
});

test("no code, more than one, one of bytes, and what is no picture have each their sentence", async () => {
  const said = async (codes, picture = PICTURE) => (await readCode(picture, finding(codes))).said;
  assert.equal(await said([]), "camera-no-code");
  assert.equal(await said([TEXT, "another"]), "camera-many-codes");
  for (const bytes of ["", " ", "SCRB\u0001", "\uFFFDPNG", "\u0085"]) assert.equal(await said([bytes]), "camera-no-text", JSON.stringify(bytes));
  const asked = {};
  assert.equal((await readCode(PICTURE, finding(new Error("lost"), asked))).said, "camera-unreadable");
  assert.ok(asked.closed);
  assert.equal(await said([TEXT], { size: 65 << 20 }), "camera-unreadable");
  const createImageBitmap = async () => {
    throw new DOMException("", "InvalidStateError");
  };
  assert.equal((await readCode(PICTURE, { ...finding([TEXT]), createImageBitmap })).said, "camera-unreadable");
});

test("every sentence stands in every language", () => {
  const source = readFileSync(join(import.meta.dirname, "../js/camera.mjs"), "utf8") + readFileSync(join(import.meta.dirname, "../js/page.mjs"), "utf8");
  const keys = new Set([...source.matchAll(/"(camera-[a-z-]+)"/g)].map((found) => found[1]));
  assert.equal(keys.size, 5);
  for (const language of ["en", "fr", "es", "ar"]) {
    const texts = readFileSync(join(import.meta.dirname, `../texts/${language}.ftl`), "utf8");
    for (const key of keys) assert.match(texts, new RegExp(`^${key} = \\S`, "m"), `${language}: ${key}`);
  }
});
