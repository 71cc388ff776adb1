import type { Client } from "./http-client";
import { withBrowser, reportPage } from "./pages";
import { probePage } from "./page-probe";
import { seedRuns, RUNS_PROJECT } from "./runs";

const COMPARED = "bench-compare";
const RUNS = 100;
const STEPS = 100_000;
const BATCH = 10_000;
const SENDERS = 4;
const TIMES = 5;

/** Ten groups of ten seeds, each a decaying loss with noise of its own. */
async function makeLongRun(client: Client, i: number): Promise<void> {
  const id = `bench-compare-${i}`;
  const group = i % 10;
  await client.post("/api/v1/runs", {
    id,
    project: COMPARED,
    name: `long ${i}`,
    group: `peak ${group}`,
    seed: Math.floor(i / 10),
    schedule: { kind: "cosine", peak: 10 ** -(1 + group / 5), floor: 0, steps: STEPS },
    total_steps: STEPS,
  });
  for (let from = 0; from < STEPS; from += BATCH) {
    const points = Array.from({ length: BATCH }, (_, k) => {
      const step = from + k;
      const noise = 0.05 * Math.sin(step * (i + 1)) + 0.001 * i;
      return {
        step,
        time: 1_795_461_560 + step / 100,
        metrics: { "val/loss": 0.2 + 0.01 * group + Math.exp(-step / 2e4) + noise },
      };
    });
    await client.post(`/api/v1/runs/${id}/metrics`, { points });
  }
  await client.post(`/api/v1/runs/${id}/finish`, {});
}

async function seedCompared(client: Client): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < RUNS) await makeLongRun(client, next++);
  };
  await Promise.all(Array.from({ length: SENDERS }, worker));
}

/** The two pages that hold most: 10 000 runs in a table, 100 runs of 100 000 points compared. No throttled network. */
export async function benchLargePages(client: Client, url: string): Promise<void> {
  const table = new URL(`/projects/${RUNS_PROJECT}`, url).href;
  const compare = new URL(`/compare?project=${COMPARED}&by=group`, url).href;
  await seedRuns(client);
  await withBrowser(async (browser) => {
    for (const [name, ready] of [
      ["runs table of 10 000, first row", "main [role=row] a, main tbody tr a"],
      ["runs table of 10 000, chart", "main canvas"],
    ] as const) {
      reportPage(name, await probePage(browser, table, ready, TIMES, false));
    }
    await seedCompared(client);
    for (const name of ["compare of 100 x 100 000, first call", "compare of 100 x 100 000"]) {
      const times = name.endsWith("first call") ? 1 : TIMES;
      reportPage(name, await probePage(browser, compare, "main canvas", times, false));
    }
  });
}
