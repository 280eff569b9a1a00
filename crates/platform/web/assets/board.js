// Keeps what an audit board types until the server has it: what is half typed, and ballots that were handed in while
// the network was away. They are sent in their order as soon as it is back. Everything works without, online.
"use strict";
(() => {
  const find = (selector, within = document) => within.querySelector(selector);
  if (!find("[data-board]")) return;
  const board = find("[data-board]").dataset.board;
  const place = `scr-board-${board}`;
  const PATIENCE_MS = 10_000;
  const AGAIN_MS = 15_000;

  // What is kept: `typed` holds fields by unit, `waiting` what was handed in, `refused` what the server wants corrected.
  const nothing = { typed: {}, waiting: [], refused: {} };
  let memory = null; // where the tablet keeps nothing for pages
  const kept = () => {
    if (memory) return memory;
    try {
      return { ...nothing, ...JSON.parse(localStorage.getItem(place) ?? "{}") };
    } catch {
      return { ...nothing };
    }
  };
  const keep = (change) => {
    const all = kept();
    change(all);
    try {
      localStorage.setItem(place, JSON.stringify(all));
    } catch {
      memory = all;
    }
  };

  const idOf = (form) => [form.dataset.unit, form.dataset.member].filter(Boolean).join("-");
  const fieldsOf = (form) => [...new FormData(form)].filter(([name]) => name !== "csrf");
  const fill = (form, fields) => {
    for (const input of form.elements) {
      if (!input.name || input.type === "hidden") continue;
      const given = fields.filter(([name]) => name === input.name).map(([, value]) => value);
      if (input.type === "checkbox" || input.type === "radio") input.checked = given.includes(input.value);
      else input.value = given[0] ?? "";
    }
  };

  // Words about what is kept, in the language of the page.
  const say = (what, isSo) => {
    const line = find(`[data-say="${what}"]`);
    if (line) line.hidden = !isSo;
    return line;
  };
  const tell = () => {
    const { waiting, refused } = kept();
    const line = say("unsent", waiting.length > 0);
    if (line) find("[data-count]", line).textContent = waiting.length;
    const wrong = say("refused", Object.keys(refused).length > 0);
    if (!wrong) return;
    const links = Object.values(refused).map(({ action, label }) => {
      const link = document.createElement("a");
      link.href = action;
      link.textContent = label;
      return link;
    });
    find("[data-list]", wrong).replaceChildren(...links.flatMap((link) => [link, " "]));
  };

  // One page takes the place of another without a reload, so that the tablet goes on when the network does not.
  const show = (html, address) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    if (!find("[data-board]", page)) return location.assign(address);
    find("main").replaceWith(find("main", page));
    document.title = page.title;
    if (address !== location.href) history.pushState(null, "", address);
    begin();
    return lookAt();
  };
  const lookAt = () => {
    scrollTo(0, 0);
    const heading = find(".error-summary") ?? find("main h1");
    heading.tabIndex = -1;
    heading.focus();
  };
  const begin = () => {
    const form = find("form[data-unit]");
    const all = kept();
    const own = form && (all.typed[idOf(form)] ?? all.waiting.find(({ id }) => id === idOf(form))?.fields);
    const differs = own && JSON.stringify(own) !== JSON.stringify(fieldsOf(form));
    if (differs) fill(form, own);
    say("restored", Boolean(differs));
    tell();
  };

  // Sends what waits, one after another. Answers the last that the server spoke about.
  const post = async ({ action, fields }) => {
    const body = new URLSearchParams([["csrf", find("[data-board]").dataset.csrf], ...fields]);
    const answer = await fetch(action, { method: "POST", body, signal: AbortSignal.timeout(PATIENCE_MS) });
    return { answer, html: await answer.text() };
  };
  const sendAll = async () => {
    let last = null;
    for (let item = kept().waiting[0]; item; item = kept().waiting[0]) {
      const { id, action, label } = item;
      const sent = await post(item).catch(() => null);
      if (!sent) break;
      const { answer, html } = sent;
      const isTaken = answer.ok && answer.redirected;
      const isWrong = answer.status === 409 || answer.status === 422 || answer.status === 404;
      say("over", answer.status === 401 || answer.status === 403);
      if (!isTaken && !isWrong) break;
      keep((all) => {
        all.waiting = all.waiting.filter(({ number }) => number !== item.number);
        // Handed in anew meanwhile: that one goes next.
        if (all.waiting.some((one) => one.id === id)) return;
        if (isTaken) {
          delete all.typed[id];
          delete all.refused[id];
        } else {
          all.typed[id] = item.fields;
          all.refused[id] = { action, label };
        }
      });
      last = { id, html, address: isTaken ? answer.url : new URL(action, location.href).href };
    }
    tell();
    return last;
  };
  let turn = Promise.resolve();
  const send = () => (turn = turn.then(sendAll, sendAll));

  // What was entered, repeated from the form itself while nobody else can.
  const summary = (form) =>
    [...form.querySelectorAll("[data-said]")].flatMap((part) => {
      const marked = [...part.querySelectorAll("input, select, textarea")].filter((input) =>
        input.type === "checkbox" ? input.checked : input.value,
      );
      const words = marked.map((input) => {
        const label = find(`label[for="${input.id}"]`, part)?.textContent ?? "";
        return input.type === "checkbox" ? label : `${label} ${input.value}`;
      });
      if (words.length === 0) return [];
      const term = document.createElement("dt");
      term.textContent = part.dataset.said;
      const answers = words.map((text) => {
        const answer = document.createElement("dd");
        answer.textContent = text;
        return answer;
      });
      const group = document.createElement("div");
      group.replaceChildren(term, ...answers);
      return [group];
    });
  const units = () => [...(find("[data-units]")?.content.querySelectorAll("a") ?? [])];
  const left = (after) => {
    const { waiting } = kept();
    const open = units().filter((unit) => unit.dataset.unit !== after && !waiting.some(({ id }) => id === unit.dataset.unit));
    return open.find((unit) => Number(unit.dataset.unit) > Number(after)) ?? open[0];
  };
  const showKept = (form) => {
    const page = find("[data-kept]").content.cloneNode(true);
    if (!form.dataset.member) find("[data-summary]", page).replaceChildren(...summary(form));
    const [next, unit] = [find("[data-next]", page), left(form.dataset.unit)];
    if (unit) [next.href, next.textContent] = [unit.getAttribute("href"), `${next.textContent} ${unit.textContent}`];
    else next.remove();
    find("[data-page]").replaceChildren(page);
    say("restored", false);
    lookAt();
  };

  /** The form of a ballot out of the page itself, where no page comes from the server. */
  const showBlank = (address) => {
    const path = new URL(address).pathname;
    const unit = units().find((one) => one.getAttribute("href") === path);
    const blank = find("[data-blank]");
    if (!unit || !blank) return say("away", true);
    const page = blank.content.cloneNode(true);
    const form = find("form", page);
    form.setAttribute("action", path);
    form.dataset.unit = unit.dataset.unit;
    form.dataset.label = unit.textContent;
    find("h1", page).textContent = unit.textContent;
    find("[data-page]").replaceChildren(page);
    history.pushState(null, "", address);
    begin();
    return lookAt();
  };
  const go = async (address) => {
    say("away", false);
    const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => null);
    const html = await answer?.text().catch(() => null);
    if (answer && html) show(html, answer.url);
    else showBlank(address);
  };

  document.addEventListener("input", ({ target }) => {
    const form = target.form;
    if (form?.dataset.unit) keep((all) => (all.typed[idOf(form)] = fieldsOf(form)));
  });
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    // Nobody signs or ends the work while something is not sent.
    if ("whole" in form.dataset && kept().waiting.length > 0) {
      event.preventDefault();
      scrollTo(0, 0);
      send();
    }
    if (!form.dataset.unit) return;
    event.preventDefault();
    const id = idOf(form);
    const number = crypto.getRandomValues(new Uint32Array(2)).join("-");
    const item = { id, number, action: form.getAttribute("action"), label: form.dataset.label, fields: fieldsOf(form) };
    keep((all) => {
      all.waiting = [...all.waiting.filter((one) => one.id !== id), item];
      delete all.refused[id];
    });
    tell();
    const last = await send();
    if (kept().waiting.some((one) => one.id === id)) showKept(form);
    else if (last?.id === id) show(last.html, last.address);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="/board/"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(link.href);
  });
  addEventListener("popstate", () => go(location.href));
  addEventListener("online", send);
  setInterval(() => kept().waiting.length > 0 && send(), AGAIN_MS);
  begin();
  send();
})();
