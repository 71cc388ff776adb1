import "server-only";
import { ServiceError } from "../errors";
import { pathText } from "./validate";

export const PROTO = "__proto__";
export const NO_NAME = "nothing can have this name";

/**
 * `__proto__` is a name like another in JSON, and the schemas drop it without a word: a metric or a setting of that name
 * would be lost although the answer says that it was stored.
 * @throws ServiceError invalid_parameters that names where it stands
 */
export function refuseProto(text: string, body: unknown): void {
  // Written out, or with an escape of which it could be made: looking for that first makes the usual body free.
  if (!text.includes(PROTO) && !text.includes("\\u00")) return;
  const found = protoPath(body);
  if (!found) return;
  const [name, reason] = [pathText(found), NO_NAME];
  throw new ServiceError("invalid_parameters", `${name}: ${reason}`, [{ name, reason }]);
}

/** A value of the body and where it stands. */
interface Place {
  value: unknown;
  key: string | number;
  within: Place | null;
}

/** Neither by recursion nor with a path at hand for each value: a body may be nested a hundred thousand deep. */
export function protoPath(body: unknown): (string | number)[] | null {
  const left: Place[] = [{ value: body, key: "", within: null }];
  for (let place = left.pop(); place; place = left.pop()) {
    const { value } = place;
    if (typeof value !== "object" || value === null) continue;
    if (Object.hasOwn(value, PROTO)) return [...pathTo(place), PROTO];
    const isList = Array.isArray(value);
    for (const [key, item] of Object.entries(value))
      left.push({ value: item, key: isList ? Number(key) : key, within: place });
  }
  return null;
}

function pathTo(place: Place): (string | number)[] {
  const path: (string | number)[] = [];
  for (let at = place; at.within; at = at.within) path.unshift(at.key);
  return path;
}
