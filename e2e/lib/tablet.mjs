// An audit board at its tablet, in a browser.
import assert from "node:assert/strict";

export const TABLET = { width: 768, height: 1024 };

/** Comes in by the passphrase and says who is there. */
export async function seat(page, address, passphrase) {
  await page.goto(address);
  await page.fill("[name=words]", passphrase);
  await Promise.all([page.waitForURL(/board.(names|work)/), page.click("main button")]);
  await page.goto(new URL("/board/names", address).href);
  await page.fill("[name=first]", "Ines Ortega");
  await page.fill("[name=second]", "Omar Haddad");
  await Promise.all([page.waitForURL("**/board/work**"), page.click("form:has([name=first]) button")]);
}

/** Enters the ballot that is open as `reading` says, and waits until the tablet repeats it. */
async function enter(page, reading) {
  const form = page.locator("main form.ballot");
  for (const [field, value] of Object.entries(reading)) {
    const input = form.locator(`[name="${field}"]`);
    if (field.endsWith("-note")) await form.locator("details", { has: page.locator(`[name="${field}"]`) }).locator("summary").click();
    if (value === "yes") await input.check();
    else if (await input.evaluate((one) => one.tagName === "SELECT")) await input.selectOption(value);
    else await input.fill(value);
  }
  await page.getByRole("button", { name: "Enter this ballot" }).click();
  await page.getByRole("heading", { name: "This is what you entered" }).waitFor();
}

/**
 * Reads everything on the list, ballot by ballot: `reading(batch, position)` has the fields of each. The form must say
 * nothing about a ballot, or its board would not be blind.
 */
export async function readAll(page, reading) {
  const blank = new Set();
  const next = page.getByRole("link", { name: /^Next:/ });
  while ((await next.count()) > 0) {
    await next.click();
    await page.getByRole("button", { name: "Enter this ballot" }).waitFor();
    const [, position, batch] = (await page.innerText("h1")).match(/^Ballot (\d+) in batch (.+)$/);
    blank.add(await page.locator("main form.ballot").innerHTML());
    await enter(page, reading(batch, Number(position)));
  }
  assert.equal(blank.size, 1, "the forms of two ballots differ");
}

/** Signs for the list. */
export async function sign(page, address) {
  await page.goto(new URL("/board/sign", address).href);
  await page.fill("[name=first]", "Ines Ortega");
  await page.fill("[name=second]", "Omar Haddad");
  await page.check("[name=looked]");
  await Promise.all([page.waitForURL("**/board/work**"), page.click("form:has([name=looked]) button")]);
}
