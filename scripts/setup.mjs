/**
 * Makes a clone ready: packages, database clients, the Python client's wheel, the workers' script, with `--build` the
 * production build, with `--browser` a Chromium for the tests. Runs before node_modules exists, so it uses Node's own modules alone. What is up
 * to date is left alone, in well under a second; two at once wait for each other.
 */
import { build, generate } from "./lib/build.mjs";
import { browser } from "./lib/chromium.mjs";
import { Failure, runMain } from "./lib/failure.mjs";
import { install } from "./lib/install.mjs";
import { withLock } from "./lib/lock.mjs";
import { wheel } from "./lib/wheel.mjs";
import { worker } from "./lib/worker.mjs";

const LEAST_NODE = [20, 19];

function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1])) return;
  throw new Failure(
    `lrscope needs Node ${LEAST_NODE.join(".")} or newer, and this is ${process.version}. Get one from https://nodejs.org or with your version manager, then try again.`,
  );
}

async function setup() {
  requireNode();
  const steps = [install, generate, wheel, worker];
  if (process.argv.includes("--build")) steps.push(build);
  if (process.argv.includes("--browser")) steps.push(browser);
  if (!steps.some((step) => step.isStale())) return;
  await withLock(async () => {
    for (const step of steps) {
      // Asked again: whoever held the lock before may have done it.
      if (step.isStale()) await step.run();
    }
  });
}

await runMain(setup);
