// The page: what the person puts in, the checks, what comes of them. Nothing leaves the device.
import { textOf, utf8 } from "./bytes.mjs";
import { parseSalt, verifyDocument } from "./document.mjs";
import { judgeAlert } from "./alert.mjs";
import { readCode, readsCodes } from "./camera.mjs";
import { examine } from "./examine.mjs";
import { canHash } from "./hash.mjs";
import { comparePromise } from "./promise.mjs";
import { Refused } from "./refused.mjs";
import { draw, make } from "./render.mjs";
import { parseTrust } from "./trust.mjs";
import { LANGUAGES, Words, chooseLanguage } from "./words.mjs";

const MAX_TRUST_BYTES = 1 << 20;
const MAX_DOCUMENT_BYTES = 512 << 20;
const at = (id) => document.getElementById(id);
const asked = new URLSearchParams(location.search).get("lang");
const state = { words: new Words(chooseLanguage(asked, navigator.languages ?? [])), dropped: null, outcomes: null };

function speak(code) {
  state.words = new Words(code);
  document.documentElement.lang = code;
  document.documentElement.dir = state.words.dir;
  document.title = `${state.words.t("title")} · scrutineer`;
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = state.words.t(element.dataset.text);
  at("not-reviewed").hidden = code === "en";
  const nav = at("languages");
  nav.setAttribute("aria-label", state.words.t("languages"));
  nav.replaceChildren(...LANGUAGES.map(([one, name]) => languageButton(one, name, one === code)));
  show();
}

function languageButton(code, name, isCurrent) {
  const button = make("button", "", name);
  Object.assign(button, { type: "button", lang: code });
  button.setAttribute("aria-pressed", String(isCurrent));
  button.addEventListener("click", () => {
    speak(code);
    document.querySelector(`#languages [lang="${code}"]`).focus();
  });
  return button;
}

const bytesOf = async (file) => new Uint8Array(await file.arrayBuffer());

/** [{name, bytes}] of files, dropped or chosen, and of the pasted text. */
async function receipts() {
  const files = [...(state.dropped ?? at("files").files)];
  const read = await Promise.all(files.map(async (file) => ({ name: file.name, bytes: await bytesOf(file) })));
  const pasted = at("pasted").value;
  if (pasted.trim() !== "") {
    // Copying tends to lose the end of the last line, which nothing is signed over.
    const text = pasted.endsWith("\n") ? pasted : `${pasted}\n`;
    read.push({ name: "", bytes: utf8(text) });
  }
  return read;
}

/** The document with its salt; null when none was chosen. */
async function chosenDocument() {
  const file = at("document").files[0];
  if (!file) return null;
  if (file.size > MAX_DOCUMENT_BYTES) throw new Refused("SCR-CLI-003");
  return { content: await bytesOf(file), salt: parseSalt(at("salt").value), name: file.name };
}

async function check() {
  const given = await receipts();
  if (!canHash()) return [{ notice: "no-crypto" }];
  if (given.length === 0) return [{ notice: "nothing-given" }];
  let trust;
  let chosen;
  try {
    trust = await parseTrust(at("trust").value);
    chosen = await chosenDocument();
  } catch (refused) {
    if (refused instanceof Refused) return [{ name: "", refused }];
    throw refused;
  }
  const outcomes = [];
  for (const { name, bytes } of given) outcomes.push({ name, ...(await examine(bytes, null, trust)) });
  comparePromises(outcomes);
  judgeAlerts(outcomes);
  return chosen ? [...outcomes, ...(await withDocument(outcomes, chosen))] : outcomes;
}

/** Says of each promise whether a proof beside it keeps or breaks it. */
function comparePromises(outcomes) {
  const proofs = outcomes.filter((one) => one.report && one.kind !== "promise").map((one) => one.report.event ?? one.report);
  for (const promise of outcomes.filter((one) => one.report && one.kind === "promise")) {
    promise.kept = proofs.map((proof) => comparePromise(promise.report, proof)).find((said) => said !== null) ?? null;
  }
}

/** Says of each alert what holds now, with the other alerts that were given. */
function judgeAlerts(outcomes) {
  const alerts = outcomes.filter((one) => one.kind === "alert" && one.report);
  const now = Math.floor(Date.now() / 1000);
  for (const one of alerts) one.state = judgeAlert(one.report, alerts.filter((other) => other !== one).map((other) => other.report), now);
}

/** Notes the document at the proof whose entry names it; a refusal when none does. */
async function withDocument(outcomes, { content, salt, name }) {
  let last = new Refused("SCR-VERIFY-050", "document-alone");
  for (const outcome of outcomes.filter((one) => one.report && one.kind === "proof")) {
    try {
      outcome.documents = [await verifyDocument(outcome.report.entry, content, salt)];
      return [];
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      last = refused;
    }
  }
  return [{ name, refused: last }];
}

function show() {
  at("result").hidden = state.outcomes === null;
  at("outcomes").replaceChildren(...(state.outcomes ?? []).map((outcome) => draw(state.words, outcome)));
}

function showChosen() {
  const names = [...(state.dropped ?? at("files").files)].map((file) => make("li", "", make("bdi", "", file.name)));
  at("chosen").replaceChildren(...names);
}

async function onSubmit(event) {
  event.preventDefault();
  // No answer to another question stands there while this one is examined.
  state.outcomes = null;
  show();
  state.outcomes = await check();
  show();
  // The reader, and a screen reader, go to the answer.
  at("h-result").focus();
  at("h-result").scrollIntoView();
}

async function onTrustFile() {
  const file = at("trust-file").files[0];
  if (!file) return;
  const text = file.size > MAX_TRUST_BYTES ? null : textOf(await bytesOf(file));
  if (text !== null) {
    at("trust").value = text;
    return;
  }
  state.outcomes = [{ name: file.name, refused: new Refused("SCR-CLI-002") }];
  show();
}

/** Says what came of a picture, in words that change with the language. */
function sayOfPicture(key) {
  at("photo-said").dataset.text = key;
  at("photo-said").textContent = state.words.t(key);
}

async function onPhoto() {
  const file = at("photo").files[0];
  if (!file) return;
  const { text, said } = await readCode(file, globalThis);
  // Another picture was taken meanwhile, or all was taken back.
  if (at("photo").files[0] !== file) return;
  if (text !== undefined) {
    at("pasted").value = text;
    at("paste").open = true;
  }
  sayOfPicture(said ?? "camera-found");
}

function onReset() {
  state.outcomes = null;
  state.dropped = null;
  delete at("photo-said").dataset.text;
  at("photo-said").textContent = "";
  // The form empties its fields after this.
  setTimeout(() => {
    showChosen();
    show();
  });
}

function start() {
  at("no-crypto").hidden = canHash();
  at("form").addEventListener("submit", onSubmit);
  at("form").addEventListener("reset", onReset);
  at("trust-file").addEventListener("change", onTrustFile);
  at("photo").addEventListener("change", onPhoto);
  readsCodes(globalThis).then((can) => {
    at("camera").hidden = !can;
    at("no-camera").hidden = can;
  });
  at("files").addEventListener("change", () => {
    state.dropped = null;
    showChosen();
  });
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length === 0) return;
    state.dropped = [...event.dataTransfer.files];
    showChosen();
  });
  speak(state.words.code);
}

start();
