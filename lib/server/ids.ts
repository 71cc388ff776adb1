import "server-only";
import { randomUUID } from "node:crypto";

const VERSION_NIBBLE = 12;

/**
 * 32 hex digits that sort by time: UUID version 7 (RFC 9562) without its dashes. The random part is that of a version 4
 * UUID, for which Node keeps entropy at hand: every request takes an id.
 */
export function newId(now = Date.now()): string {
  const random = randomUUID().replaceAll("-", "");
  return `${now.toString(16).padStart(VERSION_NIBBLE, "0")}7${random.slice(VERSION_NIBBLE + 1)}`;
}
