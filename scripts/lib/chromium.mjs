import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { root } from "./root.mjs";
import { run } from "./run.mjs";

const INSTALLED = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
const DOWNLOAD_MS = 300_000;

/** Path of a browser for the tests, or undefined: LRSCOPE_CHROMIUM, an installed one, or Playwright's own. */
export function findChromium() {
  const named = process.env.LRSCOPE_CHROMIUM;
  return [...(named ? [named] : []), ...INSTALLED].find(existsSync) ?? playwrightsOwn();
}

function playwrightsOwn() {
  try {
    const { chromium } = createRequire(path.join(root, "package.json"))("@playwright/test");
    return [chromium.executablePath()].find(existsSync);
  } catch {
    return undefined;
  }
}

/** Without a browser the tests that need one are skipped, and say so. */
export const browser = {
  isStale: () => findChromium() === undefined,
  async run() {
    console.log("No Chromium was found: installing one for the browser tests.");
    const failures = [];
    for (const [command, ...args] of installers()) {
      const { code, output } = await run(command, args, {
        timeout: DOWNLOAD_MS,
        env: { DEBIAN_FRONTEND: "noninteractive", PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: "20000" },
      });
      if (code !== 0) failures.push(`${[command, ...args].join(" ")}: ${output.trim().split("\n").at(-1)}`);
      const found = findChromium();
      if (found) return console.log(`Browser tests will use ${found}.`);
    }
    console.log(
      ["It could not be installed, so the browser tests will be skipped.", ...failures].join("\n  "),
    );
  },
};

function installers() {
  const all = [[process.execPath, "node_modules/@playwright/test/cli.js", "install", "chromium"]];
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    all.push(
      ["apt-get", "update", "-qq"],
      ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
    );
  }
  return all;
}
