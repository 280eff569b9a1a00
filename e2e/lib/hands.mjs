// The same acts in two ways: by keyboard alone, and with a pointer in a browser that runs no script.
import assert from "node:assert/strict";
import { LAPTOP, PHONE, inLanguage, mustBeSound, open, picture } from "./browser.mjs";
import { PASSWORD } from "./people.mjs";

const LIMIT = 250;

/** Where the focus is: whether it is seen, and where it stands on the page. */
const FOCUS = (wanted) => {
  const one = document.activeElement;
  if (!one || one === document.body || one === document.documentElement) return null;
  const box = one.getBoundingClientRect();
  const style = getComputedStyle(one);
  const target = wanted ? [...document.querySelectorAll(wanted)].find((other) => other.getClientRects().length > 0) : null;
  return {
    name: `${one.tagName.toLowerCase()} ${one.getAttribute("name") ?? one.getAttribute("href") ?? ""} ${one.textContent.trim().slice(0, 40)}`,
    inMain: one.closest("main") !== null,
    isThere: one === target,
    isBefore: target ? (one.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_PRECEDING) !== 0 : false,
    isSeen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    // A script brings readers to a heading, where nothing can be done and nothing is marked.
    isMarked: one.tabIndex < 0 || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2),
    top: box.top + scrollY, bottom: box.bottom + scrollY, left: box.left, right: box.right,
  };
};

/** How many pixels the page is wider than the window when everything on it is unfolded. */
const UNFOLDED = () => {
  const folded = document.querySelectorAll("details:not([open])");
  folded.forEach((one) => { one.open = true; });
  const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  folded.forEach((one) => { one.open = false; });
  return over;
};

/** What somebody does with a page. `seen`: the addresses of all pages that were opened. */
class Hands {
  constructor({ page, complaints, close }, { address, lang, seen }) {
    Object.assign(this, { page, complaints, close, address, lang, seen, looked: new Set() });
    // Whoever listens from the beginning misses no window in which a file is chosen.
    page.on("filechooser", () => {});
    page.on("framenavigated", (frame) => {
      if (frame === page.mainFrame()) seen.add(decodeURIComponent(new URL(frame.url()).pathname));
    });
  }

  /** Types an address, as at the beginning of a day. */
  async arrive(path) {
    await this.page.goto(`${this.address}${inLanguage(path, this.lang)}`);
  }

  path() {
    return new URL(this.page.url()).pathname;
  }

  text() {
    return this.page.innerText("main");
  }

  /** Sends a form and comes to the next page; types the password where the page asks for it again. */
  async send(selector = "main form:not(.inline) .button:not(.second)") {
    await this.press(selector);
    if ((await this.page.locator('[name="fresh-password"]').count()) === 0) return;
    await this.write("fresh-password", PASSWORD);
    await this.press('main form:has([name="fresh-password"]) button');
  }

  async signIn(email) {
    await this.arrive("/desk/sign-in");
    await this.write("email", email);
    await this.write("password", PASSWORD);
    await this.press("main form:has([name=password]) button");
    assert.match(this.path(), /^\/desk$/, `${email} has signed in`);
  }
}

/** Tab, Shift+Tab, Enter, Space, arrows and letters. */
export class Keyboard extends Hands {
  static at(browser, more) {
    return open(browser, { lang: more.lang, viewport: LAPTOP }).then((visit) => new Keyboard(visit, more));
  }

  focus(selector = "") {
    return this.page.evaluate(FOCUS, selector);
  }

  mustBeVisible(stop) {
    assert.ok(stop.isSeen && stop.isMarked, `the focus is not seen on ${this.page.url()}: ${JSON.stringify(stop)}`);
  }

  /** Moves the focus to what matches, forwards or backwards, and sees it on each stop. */
  async reach(selector) {
    for (let presses = 0; presses < LIMIT; presses += 1) {
      const stop = await this.focus(selector);
      if (stop?.isThere) return this.mustBeVisible(stop);
      if (stop) this.mustBeVisible(stop);
      await this.page.keyboard.press(stop?.isBefore ? "Shift+Tab" : "Tab");
    }
    throw new Error(`${selector} is not reached by keyboard on ${this.page.url()}`);
  }

  async press(selector) {
    await this.reach(selector);
    await Promise.all([this.page.waitForNavigation(), this.page.keyboard.press("Enter")]);
  }

  follow(selector) {
    return this.press(selector);
  }

  /** Presses what does not leave the page: the script sends what was entered. */
  async hand(selector, then) {
    await this.reach(selector);
    await this.page.keyboard.press("Enter");
    await this.page.locator(then).first().waitFor();
  }

  async write(name, value) {
    await this.reach(`[name="${name}"]`);
    await this.page.keyboard.press("Control+A");
    await this.page.keyboard.press("Delete");
    await this.page.keyboard.type(value);
    assert.equal(await this.page.inputValue(`[name="${name}"]`), value);
  }

  async choose(name, value) {
    const checked = `[name="${name}"]:checked`;
    const group = (await this.page.locator(checked).count()) > 0 ? checked : `[name="${name}"]`;
    await this.reach(group);
    if (group !== checked) await this.page.keyboard.press("Space");
    for (let presses = 0; presses < LIMIT; presses += 1) {
      if ((await this.page.locator(checked).inputValue()) === value) return;
      await this.page.keyboard.press("ArrowDown");
    }
    throw new Error(`${name} never becomes ${value}`);
  }

  async tick(selector) {
    await this.reach(selector);
    await this.page.keyboard.press("Space");
    assert.ok(await this.page.locator(selector).first().isChecked(), selector);
  }

  async unfold(selector) {
    await this.reach(selector);
    await this.page.keyboard.press("Enter");
  }

  async feed(file) {
    await this.reach('[name="file"]');
    const [chooser] = await Promise.all([this.page.waitForEvent("filechooser"), this.page.keyboard.press("Enter")]);
    await chooser.setFiles(file);
  }

  /** The page is sound, with this status, and Tab alone comes to each of its controls, in the order in which they are read. */
  async look(name, status = 200) {
    if (this.looked.has(name)) return;
    this.looked.add(name);
    await picture(this.page, `keyboard-${name}`);
    await mustBeSound(this.page, this.complaints, this.lang, { status });
    await this.page.evaluate(() => document.activeElement?.blur());
    const stops = new Set();
    let before = null;
    for (let presses = 0; presses < LIMIT; presses += 1) {
      await this.page.keyboard.press("Tab");
      const stop = await this.focus();
      if (!stop) break;
      this.mustBeVisible(stop);
      const key = `${stop.name} ${Math.round(stop.top)} ${Math.round(stop.left)}`;
      if (stops.has(key)) break;
      stops.add(key);
      if (stop.inMain && before) {
        const isBeside = this.lang === "ar" ? stop.right <= before.left : stop.left >= before.right;
        assert.ok(stop.bottom > before.top || isBeside, `${name}: the focus goes back from ${before.name} to ${stop.name}`);
      }
      before = stop.inMain ? stop : null;
    }
    assert.ok(stops.size > 0, `${name}: Tab comes to nothing`);
  }
}

/** A pointer and letters in a browser without a script, in Arabic on a telephone. */
export class NoScript extends Hands {
  static at(browser, more) {
    return open(browser, { lang: more.lang, viewport: PHONE, script: false }).then((visit) => new NoScript(visit, more));
  }

  async press(selector) {
    const one = this.page.locator(selector).locator("visible=true").first();
    await Promise.all([this.page.waitForNavigation(), one.click()]);
  }

  follow(selector) {
    return this.press(selector);
  }

  async hand(selector, then) {
    await this.press(selector);
    await this.page.locator(then).first().waitFor();
  }

  async write(name, value) {
    await this.page.fill(`[name="${name}"]`, value);
  }

  async choose(name, value) {
    await this.page.check(`[name="${name}"][value="${value}"]`);
  }

  async tick(selector) {
    await this.page.check(selector);
  }

  async unfold(selector) {
    await this.page.click(selector);
  }

  async feed(file) {
    await this.page.setInputFiles('[name="file"]', file);
  }

  /** axe is a script: here the page has its language, its direction and one heading, and does not scroll sideways. */
  async look(name) {
    if (this.looked.has(name)) return;
    this.looked.add(name);
    await picture(this.page, `noscript-${name}`);
    assert.equal(await this.page.getAttribute("html", "dir"), this.lang === "ar" ? "rtl" : "ltr", name);
    assert.equal(await this.page.getAttribute("html", "lang"), this.lang, name);
    assert.equal(await this.page.locator("h1").count(), 1, `${name} has one heading`);
    const over = await this.page.evaluate(UNFOLDED);
    assert.ok(over <= 0, `${name} scrolls sideways by ${over} px`);
    assert.deepEqual(this.complaints, [], name);
  }
}
