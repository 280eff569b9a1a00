// JSON without its freedoms: no repeated keys, no fractions, no half characters; and its one canonical
// form (RFC 8785). The browser's own reader would let all of these pass.

/** Deepest nesting that is read. */
const MAX_DEPTH = 32;

/** Reads a JSON text; null-prototype objects, numbers are safe integers. Throws a SyntaxError. */
export function parseJson(text) {
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.space();
  if (reader.at !== text.length) reader.fail();
  return value;
}

/** Reads a text that is its own canonical form, and no other. */
export function parseCanonical(text) {
  const value = parseJson(text);
  if (canonical(value) !== text) throw new SyntaxError("not canonical");
  return value;
}

/** The canonical form of a value. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value !== null && typeof value === "object") {
    // The order of JavaScript's sort, UTF-16 code units, is the one that RFC 8785 asks for.
    const keys = Object.keys(value).sort();
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
  }
  return JSON.stringify(value);
}

class Reader {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  fail() {
    throw new SyntaxError(`not JSON at ${this.at}`);
  }

  space() {
    while (" \n\r\t".includes(this.text[this.at] ?? "x")) this.at += 1;
  }

  takes(what) {
    if (!this.text.startsWith(what, this.at)) return false;
    this.at += what.length;
    return true;
  }

  value(depth) {
    if (depth > MAX_DEPTH) this.fail();
    this.space();
    if (this.takes("{")) return this.object(depth + 1);
    if (this.takes("[")) return this.array(depth + 1);
    if (this.text[this.at] === '"') return this.string();
    for (const [word, meaning] of [["null", null], ["true", true], ["false", false]]) {
      if (this.takes(word)) return meaning;
    }
    return this.integer();
  }

  object(depth) {
    const object = Object.create(null);
    this.space();
    if (this.takes("}")) return object;
    do {
      this.space();
      const key = this.string();
      if (key in object) this.fail();
      this.space();
      if (!this.takes(":")) this.fail();
      object[key] = this.value(depth);
      this.space();
    } while (this.takes(","));
    if (!this.takes("}")) this.fail();
    return object;
  }

  array(depth) {
    const items = [];
    this.space();
    if (this.takes("]")) return items;
    do {
      items.push(this.value(depth));
      this.space();
    } while (this.takes(","));
    if (!this.takes("]")) this.fail();
    return items;
  }

  string() {
    if (this.text[this.at] !== '"') this.fail();
    const token = this.stringToken();
    this.at += token.length;
    // The browser's reader is strict about what stands between two quotation marks.
    const text = JSON.parse(token);
    // Half of a pair of surrogates is no character, and has no UTF-8.
    if (/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text)) this.fail();
    return text;
  }

  integer() {
    const found = /^-?(?:0|[1-9][0-9]*)(?![0-9.eE])/.exec(this.text.slice(this.at, this.at + 20));
    if (!found || found[0] === "-0" || !Number.isSafeInteger(Number(found[0]))) this.fail();
    this.at += found[0].length;
    return Number(found[0]);
  }

  /** From one quotation mark to the next that is not escaped. */
  stringToken() {
    for (let end = this.at + 1; ; end += 1) {
      end = this.text.indexOf('"', end);
      if (end < 0) this.fail();
      let slashes = 0;
      while (this.text[end - 1 - slashes] === "\\") slashes += 1;
      if (slashes % 2 === 0) return this.text.slice(this.at, end + 1);
    }
  }
}
