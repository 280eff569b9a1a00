// Alerts in the saved `/verify.html`, opened from a disk, without a network: the words that a polling station reads.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { copyFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { LAPTOP, PHONE, launch, mustBeSound, open, overflow, picture } from "../lib/browser.mjs";

const ROOT = new URL("../../", import.meta.url);
const FOLDER = fileURLToPath(new URL("fixtures/alerts", ROOT));
// The alerts of fixtures/alerts hold from 10:10 to 12:00; the newest that witnesses saw is of 10:00.
const NOW = "2026-11-27T11:00:00Z";
let folder, saved, browser, card;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "scrutineer-alerts-"));
  const file = join(folder, "verify.html");
  await copyFile(fileURLToPath(new URL("crates/desks/record/assets/verify.html", ROOT)), file);
  saved = pathToFileURL(file).href;
  card = (await alert("station.card")).toString();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

const alert = (name) => readFile(join(FOLDER, name));
const file = (name, buffer) => ({ name, mimeType: "application/octet-stream", buffer: Buffer.from(buffer) });

/** The page at a time, with what a browser may have; any request to a network is noted. */
async function offline({ now = NOW, prepare, ...options } = {}) {
  const opened = await open(browser, options);
  const requests = [];
  await opened.page.context().setOffline(true);
  opened.page.on("request", (request) => {
    if (request.url() !== saved && !/^(blob|data):/.test(request.url())) requests.push(request.url());
  });
  await opened.page.clock.setFixedTime(new Date(now));
  if (prepare) await opened.page.addInitScript(prepare);
  await opened.page.goto(saved);
  return { ...opened, requests };
}

/** What the page says of these files under this card: the first line of each outcome, and all its words. */
async function said(page, files, trust = card) {
  await page.setInputFiles("#files", files);
  await page.fill("#trust", trust);
  await page.click("button[type=submit]");
  await page.waitForSelector("#outcomes > *");
  const verdicts = await page.locator(".verdict").allInnerTexts();
  const words = await page.locator("#outcomes > *").allInnerTexts();
  const colours = await page.locator("#outcomes > *").evaluateAll((all) => all.map((one) => one.className.replace("outcome ", "")));
  return { verdicts, words, colours };
}

const WORDS = {
  en: {
    valid: "VALID NOW. The alert is genuine.",
    early: "NOT YET. The alert is genuine and will hold later.",
    over: "OVER. The alert is genuine; its time has passed.",
    clock: "YOUR CLOCK IS WRONG. The alert is genuine; whether it holds now cannot be said. Set the clock and check again.",
    back: "TAKEN BACK. The alert is genuine, but was cancelled. Do not act on it.",
    takes: /It takes back entry 654,321\./,
    exercise: "EXERCISE. This is a drill, and no alert.",
    test: "TEST. This is a test of the channels, and no alert. Do nothing.",
    unproven: /NOT PROVEN: only the log's operator has signed it/,
    dressed: /Do not act on it: outside it says something else than inside\. A drill may have been made to look real/,
    elsewhere: /Do not act on it: it is about another election than your card\./,
    stranger: /FORGED, or from elsewhere: it is signed with a key that is not on your card\. Do not act on it\./,
    forged: /FORGED, or changed: signatures or proof do not hold\. Do not act on it, and keep it\./,
    short: /FORGED, or changed: the signature does not hold\. Do not act on it, and ask for the whole bundle\./,
    older: /Do not act on it: it is older than the alert that it wants to replace\./,
    damaged: /It was damaged on its way\. Scan or type it again\./,
    cardless: /Give the text of your card: an alert cannot vouch for itself\./,
  },
  ar: {
    valid: "سارٍ الآن. التنبيه أصلي.",
    early: "ليس بعد. التنبيه أصلي وسيسري لاحقًا.",
    over: "انتهى. التنبيه أصلي، وقد مضى وقته.",
    clock: "ساعتكم خاطئة. التنبيه أصلي، ولا يمكن القول هل يسري الآن. اضبطوا الساعة وتحققوا من جديد.",
    back: "أُلغي. التنبيه أصلي لكنه أُلغي. لا تعملوا به.",
    takes: /يلغي القيد 654,321\./,
    exercise: "تمرين. هذا تدريب وليس تنبيهًا.",
    test: "اختبار. هذا اختبار للقنوات وليس تنبيهًا. لا تفعلوا شيئًا.",
    unproven: /بلا إثبات: لم يوقّعه إلا مشغّل السجل/,
    dressed: /لا تعملوا به: خارجه يقول غير ما في داخله/,
    elsewhere: /لا تعملوا به: يتعلق بانتخابات أخرى غير التي في بطاقتكم\./,
    stranger: /مزوّر، أو من مكان آخر: موقّع بمفتاح ليس على بطاقتكم\. لا تعملوا به\./,
    forged: /مزوّر أو مُغيَّر: التواقيع أو الإثبات لا تصح\. لا تعملوا به واحتفظوا به\./,
    short: /مزوّر أو مُغيَّر: التوقيع لا يصح\. لا تعملوا به واطلبوا التنبيه كاملًا\./,
    older: /لا تعملوا به: هو أقدم من التنبيه الذي يريد أن يحلّ محله\./,
    damaged: /تلف في الطريق\. امسحوه أو اكتبوه من جديد\./,
    cardless: /قدّموا نص بطاقتكم: لا يشهد التنبيه لنفسه\./,
  },
};
const SHAPES = [["en", LAPTOP], ["ar", PHONE]];

/** The bytes with one bit of the part that is signed changed, and their checksum mended: what a forger can do. */
function forged(bytes, at) {
  const bad = Buffer.from(bytes);
  bad[at] ^= 1;
  createHash("sha256").update(bad.subarray(0, -4)).digest().copy(bad, bad.length - 4, 0, 4);
  return bad;
}

for (const [lang, viewport] of SHAPES) {
  const words = WORDS[lang];

  test(`genuine alerts, from the disk in ${lang}: the one word comes first`, async () => {
    const { page, complaints, requests, close } = await offline({ lang, viewport });
    await mustBeSound(page, complaints, lang);
    for (const ending of ["bundle", "txt"]) {
      for (const [name, word] of [["alert", words.valid], ["exercise", words.exercise], ["test", words.test]]) {
        const found = await said(page, [file("one", await alert(`${name}.${ending}`))]);
        assert.deepEqual(found.verdicts, [word], `${name}.${ending}`);
        assert.deepEqual(found.colours, [name === "alert" ? "holds" : "unclear"], `${name}.${ending}`);
        assert.doesNotMatch(found.words[0], words.unproven);
      }
    }
    const short = await said(page, [file("short", await alert("alert-short.bundle"))]);
    assert.deepEqual(short.verdicts, [words.valid]);
    assert.match(short.words[0], words.unproven);
    await mustBeSound(page, complaints, lang);
    assert.deepEqual(requests, []);
    await close();
  });

  test(`too early, over, and with a clock that is behind, in ${lang}`, async () => {
    for (const [now, word] of [["2026-11-27T10:05:00Z", words.early], ["2026-11-27T12:00:00Z", words.over], ["1970-01-01T00:00:00Z", words.clock]]) {
      const { page, close } = await offline({ lang, viewport, now });
      const found = await said(page, [file("one", await alert("alert.bundle"))]);
      assert.deepEqual([found.verdicts, found.colours], [[word], ["unclear"]], now);
      // An exercise is one at any time.
      assert.deepEqual((await said(page, [file("drill", await alert("exercise.bundle"))])).verdicts, [words.exercise]);
      await close();
    }
  });

  test(`an alert and what takes it back, in either order, in ${lang}`, async () => {
    const { page, complaints, close } = await offline({ lang, viewport });
    const [one, cancel] = [file("alert.bundle", await alert("alert.bundle")), file("cancel.bundle", await alert("cancel.bundle"))];
    for (const files of [[one, cancel], [cancel, one]]) {
      const found = await said(page, files);
      const at = files.indexOf(one);
      assert.deepEqual([found.verdicts[at], found.colours[at]], [words.back, "unclear"]);
      assert.equal(found.verdicts[1 - at], words.valid);
      assert.match(found.words[1 - at], words.takes);
    }
    await picture(page, `verify-alert-cancelled-${lang}`);
    await mustBeSound(page, complaints, lang);
    await close();
  });

  test(`what is forged, dressed up, damaged or of another election is called so, in ${lang}`, async () => {
    const { page, complaints, requests, close } = await offline({ lang, viewport });
    const refuses = async (bytes, wording, code, trust) => {
      const found = await said(page, [file("one", bytes)], trust);
      assert.equal(found.words.length, 1);
      assert.match(found.words[0], wording);
      assert.match(found.words[0], new RegExp(code));
      assert.ok(["fails", "unclear"].includes(found.colours[0]), code);
      for (const word of [words.valid, words.exercise, words.test]) assert.ok(!found.words[0].includes(word), code);
    };
    const text = (await alert("exercise.txt")).toString();
    const real = text.replace("EXERCISE EXERCISE 1 NOT AN ALERT", "ALERT 1 ACTUAL");
    assert.notEqual(real, text);
    await refuses(real, words.dressed, "SCR-ALR-019");
    const actual = (await alert("alert.txt")).toString();
    const drill = actual.replace("ALERT 1 ACTUAL", "EXERCISE EXERCISE 1 NOT AN ALERT");
    assert.notEqual(drill, actual);
    await refuses(drill, words.dressed, "SCR-ALR-019");
    const bundle = await alert("alert.bundle");
    await refuses(bundle, words.elsewhere, "SCR-ALR-021", card.replace("# election ex-2026", "# election party-2026"));
    const witness = card.match(/^witness \S+ (\S+)$/m)[1];
    await refuses(bundle, words.stranger, "SCR-ALR-013", witness);
    const at = bundle.indexOf("alerts.alert.issued");
    await refuses(forged(bundle, at > 0 ? at + 30 : 120), words.forged, "SCR-ALR-014");
    const short = await alert("alert-short.bundle");
    await refuses(forged(short, short.length - 20), words.short, "SCR-ALR-015");
    await refuses(await alert("cancel-before.bundle"), words.older, "SCR-ALR-018");
    const damaged = Buffer.from(bundle);
    damaged[200] ^= 1;
    await refuses(damaged, words.damaged, "SCR-ALR-010");
    await refuses(bundle, words.cardless, "SCR-ALR-012", "");
    await picture(page, `verify-alert-refused-${lang}`);
    await mustBeSound(page, complaints, lang);
    assert.deepEqual(requests, []);
    await close();
  });
}

/** A reader of codes as telephones have one: it finds in a picture of so many pixels what the test has put there. */
function readerOfCodes() {
  globalThis.BarcodeDetector = class {
    static getSupportedFormats = async () => ["qr_code"];
    async detect(picture) {
      if (!(picture instanceof ImageBitmap)) throw new TypeError("no picture");
      return (globalThis.inPicture ?? []).map((rawValue) => ({ rawValue, format: "qr_code" }));
    }
  };
}

/** A browser that has no reader of codes, as most on desks. */
function noReader() {
  delete globalThis.BarcodeDetector;
}

// One black pixel.
const PIXEL = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==", "base64");
const CAMERA = {
  en: { found: /The code was read/, none: /There is no QR code in this picture/, many: /more than one code in this picture/, bytes: /holds no text/, broken: /This picture cannot be read/, hint: /use the telephone's own camera app/ },
  ar: { found: /قُرئ الرمز/, none: /لا يوجد في هذه الصورة رمز QR/, many: /أكثر من رمز/, bytes: /لا يحوي نصًا/, broken: /لا يمكن قراءة هذه الصورة/, hint: /تطبيق الكاميرا في الهاتف/ },
};

for (const [lang] of SHAPES) {
  test(`a code is read with the camera and judged, from the disk in ${lang}`, async () => {
    const { page, complaints, requests, close } = await offline({ lang, viewport: PHONE, prepare: readerOfCodes });
    const words = CAMERA[lang];
    await page.waitForSelector("#camera", { state: "visible" });
    assert.equal(await page.isVisible("#no-camera"), false);
    const input = page.locator("#photo");
    assert.deepEqual([await input.getAttribute("accept"), await input.getAttribute("capture")], ["image/*", "environment"]);
    await mustBeSound(page, complaints, lang);
    const take = async (codes, wording, picture = PIXEL) => {
      await page.evaluate((all) => (globalThis.inPicture = all), codes);
      await input.setInputFiles({ name: "photo.png", mimeType: "image/png", buffer: picture });
      await page.locator("#photo-said").filter({ hasText: wording }).waitFor();
    };
    await take([], words.none);
    await take(["a", "b"], words.many);
    await take(["SCRB\u0001\uFFFD"], words.bytes);
    await take(["never seen"], words.broken, Buffer.from("no picture"));
    assert.equal(await page.inputValue("#pasted"), "", "nothing was put there so far");
    const text = (await alert("alert-short.txt")).toString();
    await take([text], words.found);
    assert.ok(await page.isVisible("#pasted"), "what was read is shown");
    assert.equal((await page.inputValue("#pasted")).trim(), text.trim());
    await picture(page, `verify-camera-${lang}`);
    assert.deepEqual((await said(page, [])).verdicts, [WORDS[lang].valid]);
    await mustBeSound(page, complaints, lang);
    await page.click("button[type=reset]");
    assert.equal(await page.innerText("#photo-said"), "");
    assert.equal(await page.inputValue("#pasted"), "");
    assert.deepEqual(requests, []);
    await close();
  });

  test(`without a reader of codes the page says how else, in ${lang}`, async () => {
    const { page, complaints, close } = await offline({ lang, viewport: PHONE, prepare: noReader });
    await page.waitForSelector("#no-camera", { state: "visible" });
    assert.match(await page.innerText("#no-camera"), CAMERA[lang].hint);
    assert.equal(await page.isVisible("#photo"), false);
    await picture(page, `verify-no-camera-${lang}`);
    await mustBeSound(page, complaints, lang);
    assert.ok((await overflow(page)) <= 0);
    await close();
  });
}
