import "server-only";
import { ServiceError } from "../errors";
import { pathText } from "./validate";

export const PROTO = "__proto__";
export const NO_NAME = "nothing can have this name";
const NO_TEXT = "holds half of a surrogate pair, which is no character";
const ESCAPED_SURROGATE = /\\ud[89a-f]/i;
/** With the flag u a pair is one character, and no surrogate. */
const HALF_PAIR = /\p{Cs}/u;

/**
 * `__proto__` is a name like another in JSON, and the schemas drop it without a word: a metric or a setting of that name
 * would be lost although the answer says that it was stored. Half of a surrogate pair would come back as U+FFFD.
 * @throws ServiceError invalid_parameters that names where it stands
 */
export function refuseUnstorable(text: string, body: unknown): void {
  // Written out, or with an escape of which it could be made: looking for that first makes the usual body free.
  if (text.includes(PROTO) || text.includes("\\u00")) refuse(protoPath(body), NO_NAME);
  if (ESCAPED_SURROGATE.test(text)) refuse(brokenTextPath(body), NO_TEXT);
}

function refuse(path: Path | null, reason: string): void {
  if (!path) return;
  const name = pathText(path) || "body";
  throw new ServiceError("invalid_parameters", `${name}: ${reason}`, [{ name, reason }]);
}

type Path = (string | number)[];

/** A value of the body and where it stands. */
interface Place {
  value: unknown;
  key: string | number;
  within: Place | null;
}

export const protoPath = (body: unknown): Path | null =>
  firstPath(
    body,
    (value) => typeof value === "object" && value !== null && Object.hasOwn(value, PROTO),
    PROTO,
  );

function brokenTextPath(body: unknown): Path | null {
  const isBroken = (value: unknown) => typeof value === "string" && HALF_PAIR.test(value);
  return firstPath(body, (value, key) => isBroken(value) || isBroken(key));
}

/**
 * To the first value that is wrong, and `within` it. Neither by recursion nor with a path at hand for each value: a body
 * may be nested a hundred thousand deep.
 */
function firstPath(
  body: unknown,
  isWrong: (value: unknown, key: string | number) => boolean,
  ...within: Path
): Path | null {
  const left: Place[] = [{ value: body, key: "", within: null }];
  for (let place = left.pop(); place; place = left.pop()) {
    const { value } = place;
    if (isWrong(value, place.key)) return [...pathTo(place), ...within];
    if (typeof value !== "object" || value === null) continue;
    const isList = Array.isArray(value);
    for (const [key, item] of Object.entries(value))
      left.push({ value: item, key: isList ? Number(key) : key, within: place });
  }
  return null;
}

function pathTo(place: Place): Path {
  const path: Path = [];
  for (let at = place; at.within; at = at.within) path.unshift(at.key);
  return path;
}
