import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import os from "node:os";
import { percentile, report, round } from "./figures";
import { Client } from "./http-client";
import { HEAVY, seedHeavy } from "./stalls-cases";

/** Small log calls a second, and as many questions after the server's health: a few live jobs. */
const RATE = 25;
/** Heavy requests follow each other for so long; one that is under way is waited for. */
const CASE_MS = 10_000;
/** No call waits for a connection that an earlier one holds. */
const CONNECTIONS = 64;

/** Calls at a steady rate, whether those before were answered or not, and how long each took. */
class Steady {
  private readonly taken: number[] = [];
  private readonly open = new Set<Promise<unknown>>();
  private readonly timer: NodeJS.Timeout;
  private i = 0;

  constructor(call: (i: number) => Promise<unknown>) {
    this.timer = setInterval(() => {
      const began = performance.now();
      const answered = call(this.i++).then(() => this.taken.push(performance.now() - began));
      this.open.add(answered);
      void answered.finally(() => this.open.delete(answered));
    }, 1000 / RATE);
  }

  async stop(): Promise<number[]> {
    clearInterval(this.timer);
    await Promise.all(this.open);
    return this.taken;
  }
}

/**
 * How long a small log call waits beside each kind of heavy work, one heavy request after the other. The bar is a p99
 * below 100 ms and a worst below 500 ms.
 */
export async function benchStalls(url: string): Promise<void> {
  const client = new Client(new URL(url), CONNECTIONS);
  await seedHeavy(client);
  await client.post("/api/v1/runs", { project: "stalls", id: "stalls-live" });
  // Another process sends them, or reading their answers would hold up the calls that are timed.
  const sender = fork(new URL("./stalls-sender.ts", import.meta.url));
  sender.send(url);
  await once(sender, "message");
  try {
    for (const [i, name] of HEAVY.entries()) await benchCase(client, sender, i, name);
  } finally {
    sender.disconnect();
    client.close();
  }
}

async function benchCase(client: Client, sender: ChildProcess, index: number, name: string): Promise<void> {
  const log = new Steady((i) =>
    client.post("/api/v1/runs/stalls-live/metrics", {
      points: [{ step: i, metrics: { [`${name}/loss`]: 1 / (i + 1), lr: 0.1 } }],
    }),
  );
  const health = new Steady(() => client.request("GET", "/api/health"));
  const took: number[] = [];
  const statuses = new Set<number>();
  const end = performance.now() + CASE_MS;
  while (performance.now() < end) {
    const began = performance.now();
    sender.send({ index, i: took.length });
    const [status] = (await once(sender, "message")) as [number];
    statuses.add(status);
    took.push(performance.now() - began);
  }
  const [logs, asked] = [await log.stop(), await health.stop()];
  report({
    name: `small log calls beside ${name}`,
    value: percentile(logs, 0.99),
    unit: "ms, p99",
    worst_ms: round(Math.max(...logs)),
    median_ms: round(percentile(logs, 0.5)),
    calls: logs.length,
    health_p99_ms: round(percentile(asked, 0.99)),
    health_worst_ms: round(Math.max(...asked)),
    heavy_median_ms: round(percentile(took, 0.5)),
    heavy_answers: [...statuses].join(", "),
    load_average: round(os.loadavg()[0] ?? 0),
  });
}
