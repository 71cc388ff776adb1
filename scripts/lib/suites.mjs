import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { root } from "./root.mjs";
import { run } from "./run.mjs";

const FOLDER = path.join(root, ".cache/tests");

function freshReport(name) {
  mkdirSync(FOLDER, { recursive: true });
  const file = path.join(FOLDER, `${name}.json`);
  rmSync(file, { force: true });
  return file;
}

/** A run that ended badly without naming a failed test, as when a file does not load, counts as one failure. */
function counted(code, passed, failed, skipped) {
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed, skipped };
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** @returns {Promise<{passed: number, failed: number, skipped: number}>} */
export async function runVitest(name, args, env = {}) {
  const file = freshReport(name);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const { code } = await run(
    process.execPath,
    ["node_modules/vitest/vitest.mjs", "run", ...args, ...reporters],
    {
      env,
      show: true,
    },
  );
  const report = read(file);
  if (!report) return counted(code, 0, 0, 0);
  return counted(
    code,
    report.numPassedTests,
    report.numFailedTests,
    report.numPendingTests + report.numTodoTests,
  );
}

/** @returns {Promise<{passed: number, failed: number, skipped: number}>} */
export async function runPlaywright() {
  const file = freshReport("browser");
  const { code } = await run(
    process.execPath,
    ["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"],
    {
      env: { PLAYWRIGHT_JSON_OUTPUT_NAME: file },
      show: true,
    },
  );
  const stats = read(file)?.stats;
  if (!stats) return counted(code, 0, 0, 0);
  return counted(code, stats.expected, stats.unexpected + stats.flaky, stats.skipped);
}

/**
 * Prints at its end, for what runs beside it prints as it goes.
 * @returns {Promise<{passed: number, failed: number, skipped: number}>}
 */
export async function runUnittest(python) {
  const file = freshReport("python");
  const { code, output } = await run(python, ["python/tests/run.py", "--report", file]);
  console.log(output);
  const report = read(file);
  if (!report) return counted(code, 0, 0, 0);
  return counted(code, report.passed, report.failed, report.skipped);
}
