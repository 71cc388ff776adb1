import "server-only";
import { z } from "zod";
import { text } from "@/lib/contracts/common";
import { ServiceError } from "../errors";

/** What keys in cursors are made of: times and text that every database can compare with. */
export const CursorTime = z.iso.datetime().refine((time) => Date.parse(time) >= 0);
export const CursorText = text(250);

type CursorKey = readonly (string | number | boolean | null | CursorKey)[];

export const encodeCursor = (key: CursorKey): string =>
  Buffer.from(JSON.stringify(key)).toString("base64url");

/** @throws ServiceError invalid_parameters: a cursor that we did not make is an error, not an empty page. */
export function decodeCursor<T extends z.ZodType>(schema: T, cursor: string | undefined): z.output<T> | null {
  if (cursor === undefined) return null;
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch {
    throw new ServiceError("invalid_parameters", "cursor: not one that this server gave", [
      { name: "cursor", reason: "not one that this server gave" },
    ]);
  }
}

/** Takes one row more than the page to know whether there is a next one. */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => readonly (string | number | null)[],
  itemOf: (row: Row) => Item,
): { items: Item[]; next_cursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items: shown.map(itemOf), next_cursor: more ? encodeCursor(keyOf(last)) : null };
}
