import "server-only";
import { statSync } from "node:fs";
import path from "node:path";

/** The start's last words: which database cannot be opened, why, and what would help. */
export class OpenFailure extends Error {
  override readonly name = "OpenFailure";
}

const OTHER_FOLDER = "choose another folder with LRSCOPE_DATA";

/** Of what the operating system or SQLite calls an error: what that means here. */
const SQLITE_REASONS: readonly [RegExp, string][] = [
  [/SQLITE_NOTADB/, `is not an SQLite database. Move it away, or ${OTHER_FOLDER}`],
  [
    /SQLITE_CORRUPT/,
    "is damaged. Restore a copy of it, or save what can be read with `sqlite3 FILE .recover` (docs/deploy.md)",
  ],
  [
    /SQLITE_(BUSY|LOCKED)/,
    "is locked by another program. End that program, perhaps another lrscope on the same data, and start again",
  ],
  [/SQLITE_FULL|ENOSPC/, `cannot be written: the disk is full. Make room, or ${OTHER_FOLDER}`],
  [
    /SQLITE_(READONLY|CANTOPEN|PERM|IOERR)|EACCES|EPERM|EROFS|ENOENT|ENOTDIR/,
    `cannot be opened for writing. Give this user the right to write to the file and its folder, or ${OTHER_FOLDER}`,
  ],
];

/** What failed while `file` was opened, in words that name it. */
export function sqliteFailure(file: string, error: unknown): OpenFailure {
  const said = textOf(error);
  const blocked = fileAmong(path.dirname(file));
  if (blocked !== null)
    return new OpenFailure(
      `The data folder ${path.dirname(file)} cannot be made: ${blocked} is a file. Move it away, or ${OTHER_FOLDER}.`,
    );
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory())
    return new OpenFailure(
      `The database file ${file} is a folder. Move it away, or ${OTHER_FOLDER}, or name a file in DATABASE_URL.`,
    );
  const [, reason] = SQLITE_REASONS.find(([pattern]) => pattern.test(said)) ?? [];
  return new OpenFailure(
    reason ? `The database file ${file} ${reason}. (${said})` : `The database file ${file}: ${said}`,
  );
}

/** The first part of a path that is there and no folder. */
function fileAmong(folder: string): string | null {
  for (let at = folder; ; at = path.dirname(at)) {
    const found = statSyncOrNull(at);
    if (found) return found.isDirectory() ? null : at;
    if (path.dirname(at) === at) return null;
  }
}

function statSyncOrNull(file: string) {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    // Below a file, or in a folder that may not be looked into.
    return undefined;
  }
}

const POSTGRES_REASONS: readonly [RegExp, string][] = [
  [/28P01|28000|password authentication|no password|must be a string/i, "refuses the user or the password"],
  [/3D000/, "does not have the database, which CREATE DATABASE would make"],
  [/42501/, "does not let this user make tables: GRANT it CREATE on the database and on its schema"],
  [/ENOTFOUND|EAI_AGAIN/, "cannot be found: no such host name is known"],
  [/ECONNREFUSED|ENOENT|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ECONNRESET|timeout|terminated/, "does not answer"],
  [/57P03|53300/, "takes no connections just now"],
];

/** The same for PostgreSQL. The password of the URL is not said again. */
export function postgresFailure(url: string, error: unknown): OpenFailure {
  const said = textOf(error);
  const [, reason] = POSTGRES_REASONS.find(([pattern]) => pattern.test(said)) ?? [];
  const help =
    "Start it, or correct DATABASE_URL; without that setting lrscope keeps a file in the data folder";
  return new OpenFailure(
    reason
      ? `PostgreSQL at ${placeOf(url)} ${reason}. ${help}. (${said})`
      : `The PostgreSQL database at ${placeOf(url)}: ${said}`,
  );
}

function placeOf(url: string): string {
  if (!URL.canParse(url)) return "the address in DATABASE_URL, which cannot be read,";
  const { host, pathname, username, searchParams } = new URL(url);
  const where = searchParams.get("host") ?? host;
  return `${where}, database ${decodeURIComponent(pathname.slice(1)) || "(none)"}, user ${decodeURIComponent(username) || "(none)"},`;
}

function textOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return textOf(error.errors[0]);
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return code === "" || error.message.includes(code) ? error.message : `${code}: ${error.message}`;
}
