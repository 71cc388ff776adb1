import { spawn } from "node:child_process";
import { Failure } from "./failure.mjs";
import { root } from "./root.mjs";

const running = new Set();
let guarded = false;

/** An interrupted script exits, so that it can tidy up, and does not leave a compiler or a test running. */
export function exitOnSignals() {
  if (guarded) return;
  guarded = true;
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.on(signal, () => {
      for (const child of running) child.kill(signal);
      process.exit(130);
    });
  }
}

/**
 * Runs a command in the repository's root without input.
 * @returns {Promise<{code: number, output: string}>} what it printed, on both streams, unless `show` lets it through
 */
export function run(command, args, { env = {}, show = false, timeout } = {}) {
  exitOnSignals();
  return new Promise((resolve) => {
    const stdio = ["ignore", show ? "inherit" : "pipe", show ? "inherit" : "pipe"];
    const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env }, stdio, timeout });
    let output = "";
    const collect = (chunk) => (output += chunk);
    child.stdout?.setEncoding("utf8").on("data", collect);
    child.stderr?.setEncoding("utf8").on("data", collect);
    running.add(child);
    const done = (code) => {
      running.delete(child);
      resolve({ code, output });
    };
    child.on("error", (error) => {
      output += error.message;
      done(127);
    });
    // A child ended by a signal has no code.
    child.on("close", (code) => done(code ?? 1));
  });
}

/** @throws Failure with the command's output and a hint */
export async function runOrFail(what, command, args, { hint = "", ...options } = {}) {
  const { code, output } = await run(command, args, options);
  if (code !== 0) throw new Failure(`${output.trim()}\n\n${what} failed (exit code ${code}). ${hint}`.trim());
}

/** `2.4 s` */
export const secondsSince = (began) => `${((Date.now() - began) / 1000).toFixed(1)} s`;
