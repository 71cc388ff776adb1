/**
 * `npm test`: unit and property tests, the API on SQLite and on PostgreSQL, the start script, the browser tests, the
 * Python client's, and exported schedules in the libraries that they are for. What cannot be had here (a PostgreSQL server, a browser, Python) is skipped, and the end says so. With
 * arguments, runs `vitest run` with them instead: `npm test -- tests/unit/domain`.
 */
import { findChromium } from "./lib/chromium.mjs";
import { startPostgres } from "./lib/postgres.mjs";
import { findPython, LEAST_PYTHON } from "./lib/python.mjs";
import { run, secondsSince } from "./lib/run.mjs";
import { runPlaywright, runUnittest, runVitest } from "./lib/suites.mjs";

const SKIPPED = (why) => ({ passed: 0, failed: 0, skipped: 0, why });
const FAILED = (why) => ({ passed: 0, failed: 1, skipped: 0, why });

async function apiOnPostgres() {
  if (process.env.TEST_DATABASE_URL) return runVitest("api-postgresql", ["--project=api"]);
  const server = await startPostgres();
  if (server.unavailable) return SKIPPED(server.unavailable);
  try {
    return await runVitest("api-postgresql", ["--project=api"], { TEST_DATABASE_URL: server.url });
  } finally {
    await server.stop();
  }
}

async function inBrowser() {
  if (!findChromium()) return SKIPPED("no Chromium was found; LRSCOPE_CHROMIUM may name one");
  return onBuild(runPlaywright);
}

async function pythonClient() {
  const python = await findPython();
  if (!python) return SKIPPED(`no ${LEAST_PYTHON} or newer was found`);
  return onBuild(() => runUnittest(python));
}

async function exportedCode() {
  if (process.env.LRSCOPE_PYTHON) return runVitest("python", ["--project=python"]);
  return SKIPPED("LRSCOPE_PYTHON may name a Python with torch, Transformers, timm, Keras or optax");
}

let built;

async function onBuild(suite) {
  built ??= run(process.execPath, ["scripts/setup.mjs", "--build"], { show: true });
  const { code } = await built;
  return code === 0 ? suite() : FAILED("the build failed");
}

/** One after the other; those that share a round run side by side. */
const ROUNDS = [
  {
    "unit and property": () => runVitest("unit", ["--project=unit", "--project=property", "--project=long"]),
  },
  { "API on SQLite": () => runVitest("api-sqlite", ["--project=api"], { TEST_DATABASE_URL: undefined }) },
  { "API on PostgreSQL": apiOnPostgres },
  { "start script": () => runVitest("start", ["--project=start"]) },
  // The client's tests mostly wait, so they are no burden to the browser's. They print at their end.
  { browser: inBrowser, "Python client": pythonClient },
  { "exported code": exportedCode },
];

async function runAll() {
  const told = [];
  for (const round of ROUNDS) {
    console.log(`\n── ${Object.keys(round).join(", ")}`);
    told.push(...(await Promise.all(Object.entries(round).map(runOne))));
  }
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { counts } of told) for (const key of Object.keys(total)) total[key] += counts[key];
  console.log(`\n${told.map(({ line }) => line).join("\n")}\n\n${tell(total)}`);
  return total.failed === 0 ? 0 : 1;
}

async function runOne([name, suite]) {
  const began = Date.now();
  const { why, ...counts } = await suite();
  const result = why ? `${counts.failed ? "failed" : "skipped"}: ${why}` : tell(counts);
  return { counts, line: `${name.padEnd(18)}  ${result}  (${secondsSince(began)})` };
}

const tell = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;

async function runSome(args) {
  const { code } = await run(process.execPath, ["node_modules/vitest/vitest.mjs", "run", ...args], {
    show: true,
  });
  return code;
}

const args = process.argv.slice(2);
process.exit(args.length > 0 ? await runSome(args) : await runAll());
