// C2SP tlog-policy: which log, and which witnesses must have cosigned.
import { decimal } from "./bytes.mjs";
import { COSIGNATURE, LOG, parseKey, sameKey } from "./keys.mjs";
import { Refused } from "./refused.mjs";

const MAX_ITEMS = 1000;

/** Whether a text is meant as a policy rather than as keys. */
export const looksLikePolicy = (text) => /^[ \t]*(?:#|(?:log|witness|group|quorum)[ \t])/m.test(text);

/** {logs: [key], witnesses: [{name, key}], groups: [{name, threshold, members}], quorum: name or null} */
export async function parsePolicy(text) {
  const policy = { logs: [], witnesses: [], groups: [], quorum: null, hasQuorum: false };
  for (const [at, line] of text.split("\n").entries()) {
    const problem = await addLine(policy, line);
    if (problem) throw new Refused("SCR-CLI-005", `policy-${problem}`, { line: at + 1 });
    if (policy.logs.length + policy.witnesses.length + policy.groups.length > MAX_ITEMS) {
      throw new Refused("SCR-CLI-005", "policy-items", { line: at + 1 });
    }
  }
  if (!policy.hasQuorum) throw new Refused("SCR-CLI-005", "policy-no-quorum");
  if (policy.logs.length === 0) throw new Refused("SCR-CLI-005", "policy-no-log");
  return policy;
}

async function addLine(policy, line) {
  if (/[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/.test(line)) return "control";
  const [first, ...rest] = line.split(/[ \t]/).filter((word) => word !== "");
  if (first === undefined || first.startsWith("#")) return null;
  const add = { log: addLog, witness: addWitness, group: addGroup, quorum: addQuorum };
  return Object.hasOwn(add, first) ? add[first](policy, rest) : "word";
}

async function keyOrNull(text) {
  try {
    return await parseKey(text);
  } catch {
    return null;
  }
}

async function addLog(policy, words) {
  if (words.length < 1 || words.length > 2) return "form";
  const key = await keyOrNull(words[0]);
  if (!key || key.type === COSIGNATURE) return "key";
  if (policy.logs.some((log) => sameKey(log, key))) return "twice";
  policy.logs.push(key);
  return null;
}

async function addWitness(policy, words) {
  if (words.length < 2 || words.length > 3) return "form";
  const [name, text] = words;
  const key = await keyOrNull(text);
  if (!key || key.type === LOG) return "key";
  if (name === "none" || isKnown(policy, name)) return "name";
  if (policy.witnesses.some((witness) => sameKey(witness.key, key))) return "twice";
  policy.witnesses.push({ name, key });
  return null;
}

const isKnown = (policy, name) =>
  policy.witnesses.some((witness) => witness.name === name) || policy.groups.some((group) => group.name === name);

function addGroup(policy, words) {
  if (words.length < 3) return "form";
  const [name, wanted, ...members] = words;
  if (name === "none" || isKnown(policy, name)) return "name";
  if (!members.every((member) => isKnown(policy, member))) return "member";
  const taken = policy.groups.flatMap((group) => group.members);
  if (new Set(members).size !== members.length || members.some((member) => taken.includes(member))) return "member";
  const all = BigInt(members.length);
  const threshold = wanted === "all" ? all : wanted === "any" ? 1n : decimal(wanted);
  if (threshold === null || threshold < 1n || threshold > all) return "threshold";
  policy.groups.push({ name, threshold: Number(threshold), members });
  return null;
}

function addQuorum(policy, words) {
  if (policy.hasQuorum || words.length !== 1) return "quorum";
  if (words[0] !== "none" && !isKnown(policy, words[0])) return "quorum";
  policy.hasQuorum = true;
  policy.quorum = words[0] === "none" ? null : words[0];
  return null;
}

/** Whether a witness, or enough members of a group, are among the names. Groups name earlier ones only. */
export function isMet(policy, name, cosigned) {
  const group = policy.groups.find((one) => one.name === name);
  if (!group) return cosigned.includes(name);
  return group.members.filter((member) => isMet(policy, member, cosigned)).length >= group.threshold;
}
