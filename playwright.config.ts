import { mkdirSync, mkdtempSync } from "node:fs";
import { defineConfig } from "@playwright/test";
import { launchOptions } from "./tests/support/browser";

/** Runs once in each process; the server is started by the first, whose folder the others inherit. */
function dataFolder(): string {
  mkdirSync("test-results", { recursive: true });
  process.env.LRSCOPE_E2E_DATA ??= mkdtempSync("test-results/data-");
  return process.env.LRSCOPE_E2E_DATA;
}

export default defineConfig({
  testDir: "tests/e2e",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results/browser",
  snapshotPathTemplate: "tests/e2e/shots/{arg}{ext}",
  forbidOnly: Boolean(process.env.CI),
  // Conditions are waited for, however slow the machine; these only end a wait for what never comes.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  retries: 0,
  workers: 1,
  reporter: "list",
  use: {
    // Set by `wait` below, once the server says where it is.
    baseURL: process.env.LRSCOPE_E2E_URL,
    browserName: "chromium",
    launchOptions,
    trace: "retain-on-failure",
  },
  webServer: {
    command: "node scripts/serve.mjs",
    // Notifications go to receivers on this machine.
    env: { PORT: "0", LRSCOPE_DATA: dataFolder(), LRSCOPE_LOG: "warn", LRSCOPE_NOTIFY_PRIVATE: "1" },
    wait: { stdout: /lrscope is ready:\s+(?<LRSCOPE_E2E_URL>\S+)/ },
    gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
  },
});
