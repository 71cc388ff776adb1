/** `npm run check`: everything that can be told without starting the server. Exit code 1 when anything is wrong. */
import { secondsSince } from "./lib/run.mjs";
import { runTasks } from "./lib/tasks.mjs";

const bin = (file, ...args) => [`node_modules/${file}`, ...args];
const LAYERED = ["app", "components", "lib", "prisma", "scripts", "tests"];

// The longest first, so that the cores end together.
const TASKS = [
  {
    name: "unit tests",
    args: bin("vitest/vitest.mjs", "run", "--project=unit", "--reporter=dot"),
  },
  {
    name: "lint",
    args: bin(
      "eslint/bin/eslint.js",
      ".",
      "--max-warnings=0",
      "--cache",
      "--cache-strategy=content",
      "--cache-location=.cache/eslint/",
    ),
  },
  { name: "types", args: bin("typescript/bin/tsc", "--noEmit", "--pretty", "false") },
  {
    name: "format",
    args: bin(
      "prettier/bin/prettier.cjs",
      "--check",
      ".",
      "--log-level=warn",
      "--cache",
      "--cache-location=.cache/prettier.json",
    ),
  },
  {
    name: "layers",
    args: bin(
      "dependency-cruiser/bin/dependency-cruise.mjs",
      "--config",
      ".dependency-cruiser.cjs",
      "--output-type",
      "err",
      ...LAYERED,
    ),
  },
  { name: "unused code", args: bin("knip/bin/knip.js", "--no-progress") },
  { name: "schema drift", args: bin("tsx/dist/cli.mjs", "scripts/sync-schema.ts", "--check") },
];

const began = Date.now();
const good = await runTasks(TASKS);
console.log(`\n${good ? "All good" : "Not good"}, ${secondsSince(began)}`);
process.exit(good ? 0 : 1);
