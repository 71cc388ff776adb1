import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { startServer, type TestServer } from "@/tests/support/server";
import { median, report, round } from "./figures";
import { Client } from "./http-client";

const RUNS = 100;
const GROUPS = 10;
const BATCH = 10_000;
/** The LR is logged this seldom: its curve has few corners. */
const LR_EVERY = 100;
const SENDERS = 4;
const WARM = 7;
const PROJECT = "bench-compare";
const METRIC = "train/loss";
/** Clock ticks a second, in which Linux counts a process's time. */
const TICKS = 100;

interface Read {
  name: string;
  run: (client: Client) => Promise<string>;
}

const QUESTION = { project: PROJECT, by: "schedule" };

/** What opening a comparison asks for: the page, which comes with its figures, and then the curves. */
const READS: readonly Read[] = [
  {
    name: "compare, the page",
    run: (client) => client.request("GET", `/compare?project=${PROJECT}&metric=${METRIC}`),
  },
  {
    name: "compare, figures with a target",
    run: (client) =>
      client.post("/api/v1/compare", { ...QUESTION, metric: METRIC, mode: "min", target: 0.5 }),
  },
  {
    name: "compare, curves",
    run: (client) => client.post("/api/v1/compare/curves", { ...QUESTION, metrics: [METRIC], lr: true }),
  },
];

async function fill(client: Client, run: number, points: number): Promise<void> {
  const group = run % GROUPS;
  const peak = 0.1 / (group + 1);
  const id = `compare-${points}-${run}`;
  await client.post("/api/v1/runs", {
    id,
    project: PROJECT,
    seed: Math.floor(run / GROUPS),
    config: { lr: peak, batch_size: 32 * (1 + (run % 4)) },
    schedule: { kind: "cosine", peak, floor: 0, steps: points },
    total_steps: points,
  });
  for (let from = 0; from < points; from += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, points - from) }, (_, i) => {
      const step = from + i;
      const loss =
        0.3 + group / 100 + run / 1e4 + 2 * Math.exp(-step / (points / 5)) + 0.1 * Math.sin(step * (run + 1));
      const lr = (peak / 2) * (1 + Math.cos((Math.PI * step) / points));
      return {
        step,
        time: 1_795_461_560 + step / 100,
        metrics: step % LR_EVERY === 0 ? { [METRIC]: loss, lr } : { [METRIC]: loss },
      };
    });
    await client.post(`/api/v1/runs/${id}/metrics`, { points: batch });
  }
  await client.post(`/api/v1/runs/${id}/finish`, { status: "finished" });
}

async function seed(client: Client, points: number): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < RUNS) await fill(client, next++, points);
  };
  await Promise.all(Array.from({ length: SENDERS }, worker));
}

/** Milliseconds of processor time that the server has used so far. */
function cpuOf({ child }: TestServer): number {
  const stat = readFileSync(`/proc/${child.pid}/stat`, "utf8");
  const [user = "0", system = "0"] = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .slice(11, 13);
  return ((Number(user) + Number(system)) / TICKS) * 1000;
}

async function measure(server: TestServer, work: () => Promise<string>) {
  const [cpu, start] = [cpuOf(server), performance.now()];
  const { length } = await work();
  return { ms: performance.now() - start, cpu: cpuOf(server) - cpu, length };
}

/**
 * A comparison of 100 runs in ten groups: the first time after the server's start, which loads and compiles code, and then
 * again. The processor's time is that of the whole server process and outlives a busy machine.
 */
export async function benchCompare(points: number): Promise<void> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "lrscope-bench-"));
  const onServer = async (work: (client: Client, server: TestServer) => Promise<void>) => {
    const server = await startServer({ dataDir });
    const client = new Client(new URL(server.url), SENDERS);
    try {
      await work(client, server);
    } finally {
      client.close();
      await server.stop();
    }
  };
  try {
    await onServer((client) => seed(client, points));
    await onServer(async (client, server) => {
      for (const { name, run } of READS) {
        const first = await measure(server, () => run(client));
        const warm = [];
        for (let i = 0; i < WARM; i += 1) warm.push(await measure(server, () => run(client)));
        report({
          name,
          value: median(warm.map(({ ms }) => ms)),
          unit: "ms",
          first_ms: round(first.ms),
          cpu_ms: round(median(warm.map(({ cpu }) => cpu))),
          first_cpu_ms: round(first.cpu),
          runs: RUNS,
          points,
          kilobytes: round(first.length / 1000),
        });
      }
    });
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}
