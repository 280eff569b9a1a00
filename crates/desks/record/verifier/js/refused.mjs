// Why something is refused: the stable code (docs/reference/errors/verify.md) and the words' key.

/** Nothing is certain after this. */
export class Refused extends Error {
  /**
   * @param {string} code such as SCR-VERIFY-002
   * @param {string} reason key of a text, without its "reason-" in front; empty when the code says all
   * @param {object} given values for the text
   */
  constructor(code, reason = "", given = {}) {
    super(reason ? `${code} (${reason})` : code);
    this.code = code;
    this.reason = reason;
    this.given = given;
  }

  /** 2 when nothing could be examined, 1 when it was and does not hold; as `scrutineer verify` exits. */
  get status() {
    const nothing = ["SCR-VERIFY-001", "SCR-VERIFY-007", "SCR-VERIFY-030", "SCR-VERIFY-051", "SCR-VERIFY-070", "SCR-ALR-010", "SCR-ALR-011", "SCR-ALR-012"];
    return nothing.includes(this.code) || this.code.startsWith("SCR-CLI-") ? 2 : 1;
  }
}
