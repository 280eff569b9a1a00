// The reader's language: texts, numbers and times.
import { TEXTS } from "./texts.mjs";

/** Languages of this page, each by its own name. */
export const LANGUAGES = [["en", "English"], ["fr", "Français"], ["es", "Español"], ["ar", "العربية"]];

/** The first of the reader's languages that this page speaks. */
export function chooseLanguage(asked, ofBrowser) {
  const known = LANGUAGES.map(([code]) => code);
  const wanted = [asked ?? "", ...ofBrowser].map((tag) => tag.toLowerCase().split("-")[0]);
  return wanted.find((code) => known.includes(code)) ?? "en";
}

export class Words {
  constructor(code) {
    this.code = code;
    this.dir = code === "ar" ? "rtl" : "ltr";
    // Digits as the other pages have them.
    const locale = code === "ar" ? "ar-u-nu-latn" : code;
    // Making these takes a telephone longer than checking a signature.
    this.numbers = new Intl.NumberFormat(locale);
    this.moments = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "medium", timeZone: "UTC" });
  }

  /** The text of a key. */
  t(key) {
    return TEXTS[this.code][key] ?? TEXTS.en[key] ?? key;
  }

  /** The text of a key with values in it. Names and hashes keep their own direction inside Arabic text. */
  ta(key, values) {
    return this.t(key).replace(/\{ \$([a-z]+) \}/g, (_, name) => {
      const value = values[name];
      const isNumber = typeof value === "number" || typeof value === "bigint";
      return isNumber ? this.number(value) : `\u2068${value ?? ""}\u2069`;
    });
  }

  has(key) {
    return Object.hasOwn(TEXTS.en, key);
  }

  number(value) {
    return this.numbers.format(value);
  }

  /** A time in UTC: the record's own, so that two readers read the same. */
  moment(date) {
    return `${this.moments.format(date)} UTC`;
  }
}
