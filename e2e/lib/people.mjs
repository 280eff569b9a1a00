// People of the demonstration.

/** Everybody's password there. */
export const PASSWORD = "try things out in the demo";

/** Signs in, and is at the desk afterwards. */
export async function signIn(page, address, email) {
  await page.goto(`${address}/desk/sign-in`);
  await page.fill("[name=email]", email);
  await page.fill("[name=password]", PASSWORD);
  await Promise.all([page.waitForURL(/\/desk$/), page.click("main form:first-of-type button")]);
}
