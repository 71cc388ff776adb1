import { existsSync } from "node:fs";
import path from "node:path";
import { compressBuild } from "./compressed.mjs";
import { root } from "./root.mjs";
import { runOrFail, secondsSince } from "./run.mjs";
import { hashOf, stampAt } from "./stamp.mjs";

const SCHEMAS = ["prisma/schema.prisma", "prisma/postgresql/schema.prisma"];
const CLIENTS = ["prisma/generated/sqlite/client.ts", "prisma/generated/postgresql/client.ts"];
const SOURCES = ["app", "components", "lib", "prisma", "public"];
const CONFIGS = [
  "next.config.js",
  "proxy.ts",
  "instrumentation.ts",
  "postcss.config.mjs",
  "tailwind.config.ts",
];
const SHARED = ["package.json", "package-lock.json", "tsconfig.json", "prisma.config.ts"];

const prismaStamp = stampAt(".cache/prisma-stamp");
const schemasHash = () => hashOf(...SCHEMAS, "prisma.config.ts", "package-lock.json");

/** The two database clients; Prisma binds one to one provider. */
export const generate = {
  isStale: () => !prismaStamp.is(schemasHash()) || CLIENTS.some((file) => !existsSync(path.join(root, file))),
  async run() {
    const hash = schemasHash();
    prismaStamp.clear();
    await Promise.all(
      SCHEMAS.map((schema) =>
        runOrFail("prisma generate", process.execPath, ["node_modules/prisma/build/index.js", "generate"], {
          env: {
            LRSCOPE_PRISMA_SCHEMA: schema,
            // Any executable: the schema is compiled in WebAssembly, and the engine is not run.
            PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
            PRISMA_HIDE_UPDATE_MESSAGE: "1",
            CHECKPOINT_DISABLE: "1",
          },
        }),
      ),
    );
    prismaStamp.write(hash);
  },
};

const buildStamp = stampAt(".next/lrscope-stamp");
const sourcesHash = () => hashOf(...SOURCES, ...CONFIGS, ...SHARED);

/** The pages and endpoints, built for production. */
export const build = {
  isStale: () => !buildStamp.is(sourcesHash()),
  async run() {
    console.log("Building. This takes about a minute, and is not done again until the source changes.");
    const began = Date.now();
    // Taken first: a file saved during the build makes the next start build again.
    const hash = sourcesHash();
    buildStamp.clear();
    await runOrFail("next build", process.execPath, ["node_modules/next/dist/bin/next", "build"], {
      env: { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    });
    await compressBuild();
    buildStamp.write(hash);
    console.log(`Built in ${secondsSince(began)}.`);
  },
};
