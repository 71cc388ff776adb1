import type { Client } from "./http-client";
import { logCallRequests, seedLogCalls } from "./stalls-log-calls";

/** Sends the i-th such request and reads the answer. Resolves with its status, 0 when it was given up. */
type Request = (i: number, signal: AbortSignal) => Promise<number>;

export const HEAVY = [
  "nothing",
  "an audit of 300 points, steps 1e5 apart",
  "an audit of 300 points, steps 1e6 apart",
  "an inference of 40 000 LRs",
  "an evaluation of 1e6 steps in 4 groups",
  "a backtest of 130 000 values under trend",
  "a backtest of a stored run of 1 000 000 points",
  "a comparison of 60 runs",
  "the curves of 60 runs",
  "an import of a CSV of 200 000 rows",
  "an export of 1 000 000 points",
  ...Object.keys(logCallRequests("", () => Promise.resolve(0))),
];

const AUDITED = 40;
const COMPARED = 60;
const EXPORTED = 1_000_000;
const BATCH = 10_000;

/** Numbers that look random and are the same each time. */
function noise(count: number): number[] {
  let state = 1;
  return Array.from({ length: count }, () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647);
}

/** 300 points whose LR was halved by hand after 200, steps `apart` apart. */
async function seedAudited(client: Client, id: string, apart: number): Promise<void> {
  const schedule = { kind: "linear", from: 0.1, to: 0, steps: 1000 * apart };
  await client.post("/api/v1/runs", { project: "stalls", id, schedule });
  const lrAt = (i: number) => (i < 200 ? 0.1 * (1 - i / 1000) : 0.0123);
  const points = Array.from({ length: 300 }, (_, i) => ({
    step: i * apart,
    time: i,
    metrics: { lr: lrAt(i) },
  }));
  await client.post(`/api/v1/runs/${id}/metrics`, { points });
}

async function seedCompared(client: Client, i: number): Promise<void> {
  const id = `stalls-compared-${i}`;
  await client.post("/api/v1/runs", { project: "stalls-compared", id, group: `g${i % 6}`, seed: i });
  const values = noise(2000 + i);
  const points = Array.from({ length: 2000 }, (_, step) => ({
    step,
    time: step,
    metrics: { loss: Math.exp(-step / 500) + 0.1 * (values[step + i] ?? 0), lr: values[step] ?? 0 },
  }));
  await client.post(`/api/v1/runs/${id}/metrics`, { points });
  await client.post(`/api/v1/runs/${id}/finish`, {});
}

/** What the cases read. */
export async function seedHeavy(client: Client): Promise<void> {
  for (const apart of [100_000, 1_000_000]) {
    for (let i = 0; i < AUDITED; i += 1) await seedAudited(client, `stalls-audit-${apart}-${i}`, apart);
  }
  for (let i = 0; i < COMPARED; i += 1) await seedCompared(client, i);
  await client.post("/api/v1/runs", { project: "stalls", id: "stalls-export" });
  for (let from = 0; from < EXPORTED; from += BATCH) {
    const points = Array.from({ length: BATCH }, (_, k) => ({
      step: from + k,
      time: from + k,
      metrics: { loss: 1 / (from + k + 1) },
    }));
    await client.post("/api/v1/runs/stalls-export/metrics", { points });
  }
  await seedLogCalls(client);
}

/** One for each of `HEAVY`. */
export function heavyRequests(url: string): Request[] {
  const send = async (path: string, init: RequestInit): Promise<number> => {
    try {
      const response = await fetch(new URL(`/api/v1${path}`, url), init);
      const reader = response.body?.getReader();
      while (reader && !(await reader.read()).done);
      return response.status;
    } catch {
      return 0;
    }
  };
  const post =
    (path: string, body: object): Request =>
    (_, signal) =>
      send(path, {
        ...{ method: "POST", signal, body: JSON.stringify(body) },
        headers: { "content-type": "application/json" },
      });
  const get =
    (path: (i: number) => string): Request =>
    (i, signal) =>
      send(path(i), { signal });
  const random = noise(130_000);
  const cosine = { kind: "cosine", peak: 0.1, floor: 0, steps: 1_000_000 };
  const policy = { detector: "trend", window: 100, patience: 10, metric: "loss", mode: "min" };
  const groups = { kind: "groups", groups: Array.from({ length: 4 }, () => ({ spec: cosine })) };
  const inferred = { steps: random.slice(0, 40_000).map((_, i) => i), lrs: random.slice(0, 40_000) };
  const compared = { project: "stalls-compared", by: "schedule", metric: "loss", mode: "min" };
  const curves = { project: "stalls-compared", by: "group", metrics: ["loss"] };
  const audit = (apart: number) => get((i) => `/runs/stalls-audit-${apart}-${i % AUDITED}/audit`);
  return [
    () => new Promise((resolve) => setTimeout(() => resolve(200), 1000)),
    audit(100_000),
    audit(1_000_000),
    post("/schedules/infer", inferred),
    post("/schedules/evaluate", { schedule: groups, steps: 1_000_000 }),
    post("/plateau/backtest", { policy, metrics: random, base_lrs: [0.1] }),
    post("/runs/stalls-export/plateau/backtest", {
      policies: [{ ...policy, window: 30, action: "recommend" }],
    }),
    post("/compare", compared),
    post("/compare/curves", curves),
    importOf(send),
    get(() => "/runs/stalls-export/export?format=csv"),
    ...Object.values(logCallRequests(url, send)),
  ];
}

/** Another file each time: the same one again is no work. */
function importOf(send: (path: string, init: RequestInit) => Promise<number>): Request {
  const rows = noise(200_000).map((value, step) => `${step},${value},${1 - value},0.1\n`);
  return (i, signal) => {
    const form = new FormData();
    form.set("project", "stalls-imported");
    form.set("files", new Blob([`step,loss,accuracy,lr\n0,${i},0,0\n`, ...rows.slice(1)]), `stalls-${i}.csv`);
    return send("/imports", { method: "POST", signal, body: form });
  };
}
