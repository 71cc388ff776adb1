import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimes,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { root } from "./root.mjs";
import { exitOnSignals } from "./run.mjs";

const FILE = path.join(root, ".cache/setup.lock");
const POLL_MS = 250;
const BEAT_MS = 2000;
/** A holder that has not touched its lock for this long is gone, even if its pid lives on as another process. */
const STALE_MS = 30_000;

/** One process at a time sets up this folder; the others wait for it. */
export async function withLock(work) {
  mkdirSync(path.dirname(FILE), { recursive: true });
  let told = false;
  while (!take()) {
    if (isStale(FILE)) removeStale();
    else {
      if (!told) console.log(`Waiting for process ${holder(FILE)}, which sets up the same folder.`);
      told = true;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }
  const beat = setInterval(() => utimes(FILE, new Date(), new Date(), () => {}), BEAT_MS);
  const release = () => rmSync(FILE, { force: true });
  process.on("exit", release);
  exitOnSignals();
  try {
    return await work();
  } finally {
    clearInterval(beat);
    process.off("exit", release);
    release();
  }
}

function take() {
  try {
    writeFileSync(FILE, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

const holder = (file) => Number(readFileSync(file, "utf8"));

function isStale(file) {
  try {
    return Date.now() - statSync(file).mtimeMs > STALE_MS || !isAlive(holder(file));
  } catch {
    // Released in between: the next attempt decides.
    return false;
  }
}

function isAlive(pid) {
  // Between creating the file and writing the pid it is empty; that holder lives.
  if (pid === 0) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** Renames before removing: of several that find the lock stale, one wins, and a fresh lock that got in is put back. */
function removeStale() {
  const aside = `${FILE}.${process.pid}`;
  try {
    renameSync(FILE, aside);
    if (!isStale(aside)) linkSync(aside, FILE);
  } catch {
    // Another was faster.
  }
  rmSync(aside, { force: true });
}
