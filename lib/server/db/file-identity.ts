import "server-only";
import { statSync } from "node:fs";

/** What tells one file from another of the same name. */
interface Identity {
  dev: bigint;
  ino: bigint;
}

/**
 * Makes a look at whether the open database is still the one that its name stands for. SQLite goes on with a file that
 * was deleted or replaced: what it stores then is lost at the end of the process, although every answer says that all is
 * well. The same goes for the log beside it, which holds the last commits. A look costs about two microseconds a file, and
 * says what is wrong, or null.
 */
export function watchedFile(file: string): () => string | null {
  const log = `${file}-wal`;
  const known = new Map<string, Identity>();
  return () => {
    for (const name of [file, log]) {
      const now = identityOf(name);
      const before = known.get(name);
      // The log is made by the first commit, and stays as long as the database is open.
      if (before === undefined && now !== null) known.set(name, now);
      else if (before !== undefined && !isSame(before, now)) return lost(name, now);
    }
    return null;
  };
}

const lost = (file: string, now: Identity | null): string =>
  `the database file ${file} was ${now === null ? "deleted or moved away" : "replaced by another file"} while the server runs, ` +
  "so nothing can be stored safely; put the same file back, or restart the server to go on with what is there now (docs/deploy.md)";

const isSame = (a: Identity, b: Identity | null): boolean => a.ino === b?.ino && a.dev === b.dev;

/** null when there is no such file. */
function identityOf(file: string): Identity | null {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  return found ? { dev: found.dev, ino: found.ino } : null;
}
