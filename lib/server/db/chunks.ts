import "server-only";

/** Prisma gives SQLite at most 999 parameters a statement, and a few are needed besides the list. */
const CHUNK = 400;

/** A list of any length, in parts that each fit into an `in` of one statement. */
export function chunksOf<K>(keys: readonly K[]): K[][] {
  const count = Math.ceil(keys.length / CHUNK);
  return Array.from({ length: count }, (_, i) => keys.slice(i * CHUNK, (i + 1) * CHUNK));
}

/** What `find` finds for each part, together; in the order of the parts. */
export async function inChunks<K, T>(keys: readonly K[], find: (some: K[]) => Promise<T[]>): Promise<T[]> {
  const found: T[] = [];
  for (const some of chunksOf(keys)) found.push(...(await find(some)));
  return found;
}
