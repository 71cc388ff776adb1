import { existsSync, rmSync } from "node:fs";
import path from "node:path";
import { root } from "./root.mjs";
import { hashOf, stampAt } from "./stamp.mjs";

const FOLDER = ".cache/worker";
const ENTRY = "lib/server/work/worker.ts";
const stamp = stampAt(`${FOLDER}/stamp`);
const sourcesHash = () =>
  hashOf("lib", "prisma", "scripts/lib/worker.mjs", "package-lock.json", "tsconfig.json");

/** What is built: the packages stay outside, and what few tasks need is loaded when it is needed. */
const optionsFor = (entry, outdir) => ({
  absWorkingDir: root,
  entryPoints: [entry],
  outdir,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  splitting: true,
  platform: "node",
  format: "esm",
  target: "node20",
  packages: "external",
  // It throws outside a React server, and a worker is part of one.
  alias: { "server-only": "./scripts/lib/nothing.mjs" },
  logLevel: "warning",
});

/**
 * Builds a worker's script and puts it, as a module with what it loads later, into `outdir`.
 * @returns {Promise<string[]>} the source files that are in it
 */
export async function buildWorker(entry, outdir) {
  const { build } = await import("esbuild");
  const { metafile } = await build({ ...optionsFor(entry, outdir), metafile: true });
  return Object.keys(metafile.inputs);
}

/** The script of the workers in which heavy tasks run; they share no module with what Next bundles. */
export const worker = {
  isStale: () => !stamp.is(sourcesHash()) || !existsSync(path.join(root, FOLDER, "worker.mjs")),
  async run() {
    const hash = sourcesHash();
    rmSync(path.join(root, FOLDER), { recursive: true, force: true });
    await buildWorker(ENTRY, FOLDER);
    stamp.write(hash);
  },
};

/** Builds it again whenever its source changes, while the development server runs. */
export async function watchWorker() {
  const { context } = await import("esbuild");
  const watched = await context(optionsFor(ENTRY, FOLDER));
  await watched.watch();
}
