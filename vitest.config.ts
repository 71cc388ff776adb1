import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("./", import.meta.url));

/** `server-only` throws outside a React server; tests are one, in effect. */
const alias = {
  "@/": root,
  "server-only": `${root}tests/support/empty.ts`,
};

const project = (name: string, include: string[], extra: object = {}) => ({
  resolve: { alias },
  test: { name, include, environment: "node", setupFiles: ["tests/support/matchers.ts"], ...extra },
});

/** Pure tests need no fresh modules for each file, and loading them again is most of their time. */
const SHARED = { isolate: false, testTimeout: 60_000 };

export default defineConfig({
  test: {
    // Vitest would leave one core to itself, which is half of what a machine of two has.
    maxWorkers: availableParallelism(),
    projects: [
      project("unit", ["tests/unit/**/*.test.{ts,tsx}"], SHARED),
      project("property", ["tests/property/**/*.test.ts"], SHARED),
      project("long", ["tests/long/**/*.test.ts"], { testTimeout: 300_000 }),
      project("api", ["tests/api/**/*.test.ts"], {
        isolate: false,
        testTimeout: 30_000,
        hookTimeout: 60_000,
        globalSetup: ["tests/support/build-worker.ts"],
      }),
      project("python", ["tests/python/**/*.test.ts"], { testTimeout: 300_000 }),
      project("start", ["tests/start/**/*.test.ts"], { testTimeout: 600_000, hookTimeout: 600_000 }),
    ],
  },
});
