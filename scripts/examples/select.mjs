/**
 * Copies a selection of recorded runs to public/examples, with an index that the browser loads them by.
 *
 *   node scripts/examples/select.mjs <folder with index.json and the recordings> [--dry-run]
 *
 * Deterministic: the same source gives the same files, byte for byte. Fails (exit 1) when a wanted run is missing, when
 * a copy differs from its source, or when the selection is over its size. The last line is a JSON summary.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const MAX_BYTES = 3_000_000;
const OUT = resolve(dirname(fileURLToPath(import.meta.url)), "../../public/examples");

const SCHEDULES = ["constant", "step", "cosine", "warmup-cosine", "onecycle", "wsd", "plateau"];
const SEEDS = [0, 1, 2, 3, 4];
const MISTAKES = [
  "perbatch-cosine",
  "perbatch-exp",
  "resume-restart",
  "resume-restart-dup",
  "resume-ok",
  "warmup-not-used",
  "diverged",
  "crashed",
  "long-plateau",
];

const PROJECTS = [
  {
    name: "digits-cnn",
    description: "A small convolutional network on handwritten digits: seven schedules, five seeds each.",
    primary_metric: { key: "val/loss", mode: "min" },
  },
  {
    name: "mistakes",
    description: "Runs in which something went wrong with the learning rate, and one that went right.",
    primary_metric: { key: "val/loss", mode: "min" },
  },
];

/** PyTorch's rule with its usual settings, so that the inbox has something to decide. */
const RECOMMEND_ON_PLATEAU = {
  library: "torch",
  constructor: "torch.optim.lr_scheduler.ReduceLROnPlateau",
  config: { mode: "min", factor: 0.5, patience: 10, threshold: 0.001 },
  metric: "val/loss",
  mode: "min",
  action: "recommend",
};

/** These stay open, as if their jobs had gone silent: a decision can only be made about a run that goes on. */
const LEFT_OPEN = new Set(["long-plateau-s0"]);

const wanted = [
  ...SCHEDULES.flatMap((schedule) => SEEDS.map((seed) => `digits-cnn/cnn-${schedule}-s${seed}.jsonl.gz`)),
  ...MISTAKES.flatMap((mistake) => [0, 1].map((seed) => `mistakes/${mistake}-s${seed}.jsonl.gz`)),
];

function entryOf(run, bytes) {
  const entry = {
    id: `example-${run.name}`,
    file: `${run.name}.jsonl.gz`,
    project: run.project,
    points: run.records.train + run.records.val,
    bytes,
    status: LEFT_OPEN.has(run.name) ? null : run.status === "finished" ? "finished" : "failed",
  };
  return run.group === "long-plateau" ? { ...entry, plateau: [RECOMMEND_ON_PLATEAU] } : entry;
}

function main(source, dryRun) {
  const { runs } = JSON.parse(readFileSync(join(source, "index.json"), "utf8"));
  const byFile = new Map(runs.map((run) => [run.file, run]));
  const files = wanted.map((file) => {
    const run = byFile.get(file);
    if (!run) throw new Error(`${file} is not in the source's index`);
    return { run, content: readFileSync(join(source, file)) };
  });
  const bytes = files.reduce((sum, { content }) => sum + content.length, 0);
  if (bytes > MAX_BYTES) throw new Error(`${bytes} bytes are more than ${MAX_BYTES}`);
  const index = { projects: PROJECTS, runs: files.map(({ run, content }) => entryOf(run, content.length)) };
  if (!dryRun) write(files, index);
  return { runs: files.length, bytes, dry_run: dryRun };
}

function write(files, index) {
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  for (const { run, content } of files) writeFileSync(join(OUT, `${run.name}.jsonl.gz`), content);
  writeFileSync(join(OUT, "index.json"), `${JSON.stringify(index, null, 1)}\n`);
  for (const { run, content } of files) {
    if (!readFileSync(join(OUT, `${run.name}.jsonl.gz`)).equals(content))
      throw new Error(`${run.name} was not written`);
  }
  if (readdirSync(OUT).length !== files.length + 1) throw new Error("public/examples holds something else");
}

const [source, ...flags] = process.argv.slice(2);
if (!source) {
  console.error("usage: node scripts/examples/select.mjs <source folder> [--dry-run]");
  process.exit(2);
}
console.log(JSON.stringify(main(source, flags.includes("--dry-run"))));
