// Forms of pages, filled and sent as a browser without a script sends them, where a test has hundreds to send.
import assert from "node:assert/strict";
import { PASSWORD } from "./people.mjs";

const NAMED = { quot: '"', amp: "&", lt: "<", gt: ">", "#34": '"', "#39": "'", "#38": "&", "#60": "<", "#62": ">" };
export const plain = (text) => text.replace(/&(#?\w+);/g, (whole, name) => NAMED[name] ?? whole);
/** The words of HTML, without its elements. */
export const words = (html) => plain(html.replace(/<[^>]*>/g, " ")).replace(/[\u2068\u2069]/g, "").replace(/\s+/g, " ");
const attribute = (tag, name) => plain(tag.match(new RegExp(`\\s${name}="([^"]*)"`))?.[1] ?? "");

/** The forms of a page that are posted: their action and what stands in their fields. */
export function forms(html) {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)]
    .filter(([, head]) => attribute(head, "method") === "post")
    .map(([, head, body]) => {
      const fields = {};
      for (const [tag] of body.matchAll(/<input\b[^>]*>/g)) {
        const isChoice = /type="(radio|checkbox)"/.test(tag);
        if (!isChoice || / checked/.test(tag)) fields[attribute(tag, "name")] ??= attribute(tag, "value");
      }
      for (const [, tag, value] of body.matchAll(/<textarea\b([^>]*)>([\s\S]*?)<\/textarea>/g)) {
        fields[attribute(tag, "name")] = plain(value);
      }
      for (const [, tag, options] of body.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) {
        const chosen = options.match(/<option\b[^>]* selected[^>]*>/)?.[0] ?? options.match(/<option\b[^>]*>/)?.[0];
        fields[attribute(tag, "name")] = attribute(chosen ?? "", "value");
      }
      const names = [...body.matchAll(/\sname="([^"]*)"/g)].map(([, name]) => plain(name));
      return { action: attribute(head, "action"), fields, names };
    });
}

/** Posts fields. Where the page asks who it is, because signing in was some minutes ago, the password is typed. */
export async function post(send, to, fields) {
  const answer = await send.post(to, { form: fields });
  if (!(await answer.text()).includes('name="fresh-password"')) return answer;
  return send.post(to, { form: { ...fields, "fresh-password": PASSWORD } });
}

/**
 * Opens a page, fills the form that has these fields, and sends it: what comes after.
 * `send`: a context of requests with the cookies of whoever acts. `file` goes as the field `file`.
 */
export async function submit(send, path, values = {}, { file, expect = 200 } = {}) {
  const page = await send.get(path);
  const html = await page.text();
  assert.equal(page.status(), 200, `${path}: ${words(html).slice(0, 600)}`);
  const wanted = [...Object.keys(values), ...(file ? ["file"] : [])];
  const form = forms(html).find((one) => wanted.every((name) => one.names.includes(name)) && !/sign-out|leave/.test(one.action));
  assert.ok(form, `${path} has no form with ${wanted}: ${JSON.stringify(forms(html).map((one) => one.names))}`);
  const to = form.action || path;
  const filled = { ...form.fields, ...values };
  delete filled.file;
  const answer = file
    ? await send.post(to, { multipart: { ...filled, file: { name: file.name, mimeType: "text/csv", buffer: file.bytes } } })
    : await post(send, to, filled);
  const after = await answer.text();
  assert.equal(answer.status(), expect, `${to}: ${words(after).slice(0, 900)}`);
  return { html: after, url: answer.url() };
}
