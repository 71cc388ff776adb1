/**
 * `npm run demo`: trains a small network in plain JavaScript against a running server, by its HTTP API alone.
 *
 * Two spirals, told apart by a network of 2, 32, 32 and 2 units. The schedule (warmup, then cosine) is declared with the
 * run; a plateau policy on the server recommends to halve the LR when the validation loss stalls, or does it by itself
 * with --apply; approve it in the browser and watch the LR fall. Exit code 1, and a sentence, when no server runs.
 */
import { parseArgs } from "node:util";
import { openRun } from "./demo/client.mjs";
import { createNetwork } from "./demo/network.mjs";
import { random } from "./demo/random.mjs";
import { spirals } from "./demo/spirals.mjs";

const { values: options } = parseArgs({
  options: {
    url: { type: "string", default: process.env.LRSCOPE_URL ?? "http://127.0.0.1:3000" },
    steps: { type: "string", default: "4000" },
    seed: { type: "string", default: "0" },
    /** Milliseconds between two log calls, so that there is something to watch. */
    pace: { type: "string", default: "60" },
    apply: { type: "boolean", default: false },
  },
});

const STEPS_PER_EPOCH = 20;
const BATCH = 32;
const PEAK = 0.3;

const steps = Number(options.steps);
const seed = Number(options.seed);
const warmup = Math.max(1, Math.round(steps / 20));

const schedule = {
  kind: "warmup",
  shape: "linear",
  steps: warmup,
  start_factor: 0.02,
  then: { kind: "cosine", peak: PEAK, floor: 0.003, steps: Math.max(1, steps - warmup) },
};

const plateau = {
  metric: "val/loss",
  mode: "min",
  detector: "torch",
  patience: 8,
  threshold: 0.01,
  factor: 0.5,
  cooldown: 8,
  min_lr: 0.001,
  action: options.apply ? "apply" : "recommend",
};

/** What the schedule says at each step is asked of the server: the demo has no schedule of its own. */
async function train() {
  const run = await openRun(options.url, {
    project: "spirals",
    name: `spirals, seed ${seed}`,
    group: "warmup + cosine",
    seed,
    config: { layers: [2, 32, 32, 2], batch_size: BATCH, momentum: 0.9, peak_lr: PEAK },
    schedule,
    lr_metric: "lr",
    total_steps: steps,
    steps_per_epoch: STEPS_PER_EPOCH,
    plateau: [plateau],
  });
  console.log(`${run.link}\n`);
  const declared = await run.declaredLrs(schedule, steps);
  const next = random(seed);
  const data = { train: spirals(next, 400), validation: spirals(next, 200) };
  const network = createNetwork([2, 32, 32, 2], next);
  for (let step = 0; step < steps && !run.stopped; step += STEPS_PER_EPOCH) {
    const lrOf = (at) => run.effective(declared[at] ?? declared.at(-1));
    const points = epoch({
      network,
      data: data.train,
      next,
      lrOf,
      from: step,
      to: Math.min(step + STEPS_PER_EPOCH, steps),
    });
    const { loss, accuracy } = network.judge(data.validation);
    Object.assign(points.at(-1).metrics, { "val/loss": loss, "val/accuracy": accuracy });
    const following = step + points.length;
    await run.log(points, (at) => declared[at] ?? declared.at(-1));
    report({ step: following, loss, accuracy, lr: lrOf(following - 1), epoch: step / STEPS_PER_EPOCH });
    await new Promise((resolve) => setTimeout(resolve, Number(options.pace)));
  }
  await run.finish();
  console.log(run.stopped ? "\nStopped as asked." : "\nDone.");
}

/** The updates `from` … `to` − 1, as the points to log. */
function epoch({ network, data, next, lrOf, from, to }) {
  const points = [];
  for (let step = from; step < to; step++) {
    const batch = Array.from({ length: BATCH }, () => data[Math.floor(next() * data.length)]);
    const lr = lrOf(step);
    points.push({
      step,
      epoch: step / STEPS_PER_EPOCH,
      metrics: { "train/loss": network.update(batch, lr), lr },
    });
  }
  return points;
}

function report({ step, loss, accuracy, lr, epoch }) {
  const bar = "#".repeat(Math.round((30 * step) / steps)).padEnd(30, ".");
  const line = `${bar} ${step}/${steps}  loss ${loss.toFixed(3)}  accuracy ${(100 * accuracy).toFixed(1)} %  LR ${lr.toPrecision(3)}`;
  if (process.stdout.isTTY) process.stdout.write(`\r${line}  `);
  else if (epoch % 10 === 0) console.log(line);
}

try {
  await train();
} catch (error) {
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}
