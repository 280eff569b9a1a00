// Ed25519 (RFC 8032) by one set of strict rules in every browser: no key and no R of small order, no
// point or scalar in a second form, and the equation without the cofactor. Browsers differ on these.
import { joined, sameBytes } from "./bytes.mjs";
import { sha512 } from "./hash.mjs";

const PRIME = 2n ** 255n - 19n;
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

const mod = (number) => {
  const rest = number % PRIME;
  return rest < 0n ? rest + PRIME : rest;
};

/** The number squared so many times. */
function squared(number, times) {
  let result = number;
  for (let time = 0; time < times; time += 1) result = mod(result * result);
  return result;
}

/** [number^11, number^(2^250 - 1)]: what both powers below begin with, in few multiplications. */
function begun(number) {
  const second = squared(number, 1);
  const ninth = mod(number * squared(second, 2));
  const eleventh = mod(second * ninth);
  const bits5 = mod(ninth * squared(eleventh, 1));
  const bits10 = mod(bits5 * squared(bits5, 5));
  const bits20 = mod(bits10 * squared(bits10, 10));
  const bits40 = mod(bits20 * squared(bits20, 20));
  const bits50 = mod(bits10 * squared(bits40, 10));
  const bits100 = mod(bits50 * squared(bits50, 50));
  const bits200 = mod(bits100 * squared(bits100, 100));
  return [eleventh, mod(bits50 * squared(bits200, 50))];
}

/** The number to the power of (PRIME - 5) / 8, which is 2^252 - 3. */
const rootPower = (number) => mod(number * squared(begun(number)[1], 2));

/** The number to the power of PRIME - 2, which is 2^255 - 21. */
function inverse(number) {
  const [eleventh, bits250] = begun(number);
  return mod(eleventh * squared(bits250, 5));
}

const D = mod(-121665n * inverse(121666n));
// 2 to the power of (PRIME - 1) / 4.
const ROOT_OF_MINUS_ONE = mod(2n * squared(rootPower(2n), 1));

/** The number that little-endian bytes give. */
function numberOf(bytes) {
  let number = 0n;
  for (let at = bytes.length - 1; at >= 0; at -= 1) number = (number << 8n) | BigInt(bytes[at]);
  return number;
}

/** The point that 32 bytes stand for, as {x, y, z, t}; null when there is none or another form is canonical. */
function pointOf(bytes) {
  const coded = numberOf(bytes);
  const sign = coded >> 255n;
  const y = coded & (2n ** 255n - 1n);
  if (y >= PRIME) return null;
  const square = mod(y * y);
  const [over, under] = [mod(square - 1n), mod(D * square + 1n)];
  // A square root of over/under, where there is one (RFC 8032 section 5.1.3).
  const cube = mod(squared(under, 1) * under);
  let x = mod(mod(over * cube) * rootPower(mod(over * mod(squared(cube, 1) * under))));
  if (mod(under * squared(x, 1)) !== over) x = mod(x * ROOT_OF_MINUS_ONE);
  if (mod(under * squared(x, 1)) !== over) return null;
  if (x === 0n && sign === 1n) return null;
  if ((x & 1n) !== sign) x = PRIME - x;
  return { x, y, z: 1n, t: mod(x * y) };
}

function encodedPoint(point) {
  const scale = inverse(point.z);
  const x = mod(point.x * scale);
  let coded = mod(point.y * scale) | ((x & 1n) << 255n);
  const bytes = new Uint8Array(32);
  for (let at = 0; at < 32; at += 1) {
    bytes[at] = Number(coded & 255n);
    coded >>= 8n;
  }
  return bytes;
}

const NOTHING = { x: 0n, y: 1n, z: 1n, t: 0n };

/** Addition that holds for all points (RFC 8032 section 5.1.4). */
function sum(one, other) {
  const a = mod((one.y - one.x) * (other.y - other.x));
  const b = mod((one.y + one.x) * (other.y + other.x));
  const c = mod(2n * D * one.t * other.t);
  const d = mod(2n * one.z * other.z);
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return { x: mod(e * f), y: mod(g * h), z: mod(f * g), t: mod(e * h) };
}

function twice(point) {
  const a = mod(point.x * point.x);
  const b = mod(point.y * point.y);
  const c = mod(2n * point.z * point.z);
  const h = a + b;
  const e = h - mod((point.x + point.y) ** 2n);
  const g = a - b;
  const f = c + g;
  return { x: mod(e * f), y: mod(g * h), z: mod(f * g), t: mod(e * h) };
}

const negated = (point) => ({ x: mod(-point.x), y: point.y, z: point.z, t: mod(-point.t) });

/** Whether eight times the point is nothing. */
function isSmall(point) {
  const eight = twice(twice(twice(point)));
  return eight.x === 0n && mod(eight.y - eight.z) === 0n;
}

const BASE = pointOf(Uint8Array.from([0x58, ...Array(31).fill(0x66)]));

/** first·P + second·Q in one pass (Shamir's trick). */
function combined(first, p, second, q) {
  const both = sum(p, q);
  let result = NOTHING;
  for (let bit = 255n; bit >= 0n; bit -= 1n) {
    result = twice(result);
    const wanted = ((first >> bit) & 1n) | (((second >> bit) & 1n) << 1n);
    if (wanted === 1n) result = sum(result, p);
    if (wanted === 2n) result = sum(result, q);
    if (wanted === 3n) result = sum(result, both);
  }
  return result;
}

/** Points of public keys, by the array that holds the key: each is asked for again with every signature. */
const keyPoints = new WeakMap();

function keyPoint(bytes) {
  if (!keyPoints.has(bytes)) keyPoints.set(bytes, pointOf(bytes));
  return keyPoints.get(bytes);
}

/** Whether 32 bytes can be a public key at all. */
export const isPublicKey = (bytes) => bytes.length === 32 && keyPoint(bytes) !== null;

/** The equation by our own arithmetic, for browsers without Ed25519. */
export async function equationHolds(publicKey, signature, message) {
  const r = signature.subarray(0, 32);
  const k = numberOf(await sha512(joined(r, publicKey, message))) % ORDER;
  const s = numberOf(signature.subarray(32));
  return sameBytes(encodedPoint(combined(s, BASE, k, negated(keyPoint(publicKey)))), r);
}

/** The equation by the browser; null where it has no Ed25519. */
export async function browserSays(publicKey, signature, message) {
  try {
    const key = await crypto.subtle.importKey("raw", publicKey, { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "Ed25519" }, key, signature, message);
  } catch {
    return null;
  }
}

/** Whether the forms are those that a signature may have, whatever was signed. */
export function isStrict(publicKey, signature) {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  if (numberOf(signature.subarray(32)) >= ORDER) return false;
  const points = [keyPoint(publicKey), pointOf(signature.subarray(0, 32))];
  return points.every((point) => point !== null && !isSmall(point));
}

/** Whether a signature holds. */
export async function verifyEd25519(publicKey, signature, message) {
  if (!isStrict(publicKey, signature)) return false;
  const said = await browserSays(publicKey, signature, message);
  return said ?? (await equationHolds(publicKey, signature, message));
}
