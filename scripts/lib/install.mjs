import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { root } from "./root.mjs";
import { runOrFail, secondsSince } from "./run.mjs";
import { hashOf, stampAt } from "./stamp.mjs";

const stamp = stampAt("node_modules/.lrscope-stamp");
const expected = () => hashOf("package-lock.json");

export const install = {
  isStale: () => !stamp.is(expected()),
  async run() {
    if (isInstalledByHand()) return stamp.write(expected());
    console.log(
      "Installing packages. This takes a minute, and two more where better-sqlite3 has to be compiled for this machine.",
    );
    const began = Date.now();
    const [command, ...first] = npm();
    await runOrFail("npm ci", command, [...first, "ci", "--include=dev", "--no-audit", "--no-fund"], {
      // Any executable: only `prisma migrate` would use the engine that is otherwise downloaded.
      env: { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath },
      hint: "It needs the npm registry and, where better-sqlite3 has no ready-made binary, Python 3, make and a C++ compiler.",
    });
    stamp.write(expected());
    console.log(`Installed in ${secondsSince(began)}.`);
  },
};

/** The npm that runs this script, if one does. */
function npm() {
  const runner = process.env.npm_execpath ?? "";
  if (path.basename(runner) === "npm-cli.js") return [process.execPath, runner];
  return [process.platform === "win32" ? "npm.cmd" : "npm"];
}

/** After `npm ci` or `npm install` on the command line there is nothing to do again. */
function isInstalledByHand() {
  const installedFile = path.join(root, "node_modules/.package-lock.json");
  if (!existsSync(installedFile)) return false;
  const installed = readPackages(installedFile);
  const wanted = Object.entries(readPackages(path.join(root, "package-lock.json")));
  const complete = wanted.every(([name, entry]) => {
    if (name === "") return true;
    if (!installed[name]) return entry.optional === true;
    return installed[name].version === entry.version && installed[name].integrity === entry.integrity;
  });
  return complete && isSqliteUsable();
}

const readPackages = (file) => JSON.parse(readFileSync(file, "utf8")).packages;

/** False when it was compiled for another Node. */
function isSqliteUsable() {
  try {
    const Database = createRequire(path.join(root, "package.json"))("better-sqlite3");
    new Database(":memory:").close();
    return true;
  } catch {
    return false;
  }
}
