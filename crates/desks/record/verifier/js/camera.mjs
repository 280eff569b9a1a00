// A code read from a picture, by the browser's own reader of codes. The picture stays on the device.

const MAX_PICTURE_BYTES = 64 << 20;
// What a code of bytes gives when it is read as text: control characters, or the sign for what is no character.
const NO_TEXT = /[^\P{Cc}\t\r\n]|\uFFFD/u;

/** Whether the browser reads QR codes; some have the reader by name and no format. */
export async function readsCodes(browser) {
  try {
    return (await browser.BarcodeDetector.getSupportedFormats()).includes("qr_code");
  } catch {
    return false;
  }
}

async function codesIn(file, browser) {
  const picture = await browser.createImageBitmap(file);
  try {
    return await new browser.BarcodeDetector({ formats: ["qr_code"] }).detect(picture);
  } finally {
    picture.close();
  }
}

/** {text} of the one code with text in a picture, or {said}: the key of what is wrong. */
export async function readCode(file, browser) {
  if (file.size > MAX_PICTURE_BYTES) return { said: "camera-unreadable" };
  let codes;
  try {
    codes = await codesIn(file, browser);
  } catch {
    return { said: "camera-unreadable" };
  }
  if (codes.length === 0) return { said: "camera-no-code" };
  // The same code may be seen twice; a poster also has one of bytes, beside the one of text.
  const texts = new Set(codes.map((code) => code.rawValue).filter((text) => text.trim() !== "" && !NO_TEXT.test(text)));
  if (texts.size === 0) return { said: "camera-no-text" };
  if (texts.size > 1) return { said: "camera-many-codes" };
  return { text: [...texts][0] };
}
