import "server-only";
import { z } from "zod";
import { CursorText, CursorTime, decodeCursor } from "./http/cursor";

interface Placed {
  id: string;
  createdAt: Date;
}

/** Where of rows that stand behind a place in a list, newest first; empty: of all of them. */
interface Older {
  OR?: ({ createdAt: { lt: string } } | { createdAt: string; id: { lt: string } })[];
}

export const NEWEST_FIRST: [{ createdAt: "desc" }, { id: "desc" }] = [{ createdAt: "desc" }, { id: "desc" }];

const Key = z.tuple([CursorTime, CursorText]);
type Key = z.infer<typeof Key>;
export const newestKey = (row: Placed): Key => [row.createdAt.toISOString(), row.id];

const AT_ONCE = 500;

/**
 * Up to `count` rows behind a cursor, newest first, whose texts hold `q`, whatever the case. They are looked through
 * here: to the databases `%` and `_` are wildcards, SQLite's as Prisma asks it takes none of them literally, and the two
 * fold case differently.
 */
export async function findNewest<Row extends Placed>(
  { q = "", cursor, count }: { q?: string; cursor?: string; count: number },
  textsOf: (row: Row) => readonly (string | null)[],
  find: (older: Older, take: number) => Promise<Row[]>,
): Promise<Row[]> {
  const needle = q.toLowerCase();
  const take = needle === "" ? count : AT_ONCE;
  const found: Row[] = [];
  let after = decodeCursor(Key, cursor);
  for (;;) {
    const rows = await find(olderThan(after), take);
    found.push(...rows.filter((row) => textsOf(row).some((text) => text?.toLowerCase().includes(needle))));
    const last = rows.at(-1);
    if (!last || rows.length < take || found.length >= count) return found.slice(0, count);
    after = newestKey(last);
  }
}

const olderThan = (after: Key | null): Older =>
  after ? { OR: [{ createdAt: { lt: after[0] } }, { createdAt: after[0], id: { lt: after[1] } }] } : {};
