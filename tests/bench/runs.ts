import { median, report, round, timed } from "./figures";
import type { Client } from "./http-client";

const RUNS = 10_000;
const CONNECTIONS = 8;
const READS = 10;
export const RUNS_PROJECT = "bench-runs";
const METRICS = ["train/loss", "val/loss", "train/acc", "val/acc", "lr"];

/** A run as a sweep leaves it: a config, a schedule, tags, five metrics. */
async function makeRun(client: Client, i: number): Promise<void> {
  const lr = 10 ** -(1 + (i % 4));
  await client.post("/api/v1/runs", {
    id: `bench-run-${i}`,
    project: RUNS_PROJECT,
    name: `sweep-${i}`,
    group: `lr ${lr}`,
    seed: i % 5,
    tags: [`t${i % 10}`],
    config: { optimizer: { name: i % 2 ? "adamw" : "sgd", lr, weight_decay: 0.01 }, batch_size: 128 },
    schedule: { kind: "cosine", peak: lr, floor: 0, steps: 1000 },
    total_steps: 1000,
  });
  const metrics = Object.fromEntries(METRICS.map((key, k) => [key, (((i * 7919) % 1000) + k) / 1000]));
  await client.post(`/api/v1/runs/bench-run-${i}/metrics`, { points: [{ step: 999, metrics }] });
}

/** Ten thousand runs in one project. */
export async function seedRuns(client: Client): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < RUNS) await makeRun(client, next++);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
}

const COLUMNS = encodeURIComponent("config.optimizer.lr,metric:val/loss,metric:val/loss:min");
const FILTER = encodeURIComponent("config.optimizer.lr>=0.01 tag:t3 val");

/** What the runs table asks for, over ten thousand runs of one project. */
export async function benchRuns(client: Client): Promise<void> {
  await seedRuns(client);
  const reads: [string, string][] = [
    ["runs table, first 100 rows", `/api/v1/runs/table?project=${RUNS_PROJECT}&columns=${COLUMNS}&limit=100`],
    ["runs table, all 10 000 rows", `/api/v1/runs/table?project=${RUNS_PROJECT}&columns=${COLUMNS}`],
    ["runs list, a page of 200, newest first", `/api/v1/runs?project=${RUNS_PROJECT}&limit=200`],
    [
      "runs list, a page of 200 by two keys and a filter",
      `/api/v1/runs?project=${RUNS_PROJECT}&limit=200&sort=-config.optimizer.lr,metric:val/loss&filter=${FILTER}`,
    ],
    ["the project's page, as the browser gets it", `/projects/${RUNS_PROJECT}`],
  ];
  for (const [name, path] of reads) {
    const first = await client.request("GET", path);
    const times = await timed(READS, () => client.request("GET", path));
    report({ name, value: median(times), unit: "ms", runs: RUNS, kilobytes: round(first.length / 1000) });
  }
}
