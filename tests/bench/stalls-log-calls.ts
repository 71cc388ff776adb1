import type { Client } from "./http-client";

type Request = (i: number, signal: AbortSignal) => Promise<number>;
export type Send = (path: string, init: RequestInit) => Promise<number>;

const POINTS = 10_000;
const METRICS = 10;
const NAMES = 20_000;
const LONG = 1_000_000;
const STREAMS = 150;
const CHAINED = 20;

const noisy = (step: number) =>
  Math.exp(-step / 3000) + 0.05 * ((Math.abs(Math.sin(step * 12.9898)) * 43758.5453) % 1);

const trend = (patience: number, window: number) => ({
  detector: "trend",
  window,
  patience,
  metric: "loss",
  mode: "min",
  action: "recommend",
});

const lossAt = (from: number, count: number) =>
  Array.from({ length: count }, (_, k) => ({
    step: from + k,
    time: from + k,
    metrics: { loss: noisy(from + k) },
  }));

const named = (prefix: string) =>
  Object.fromEntries(Array.from({ length: NAMES }, (_, k) => [`${prefix}/${k}`, k]));

/** Another length each time, so that no worker has followed it before. */
const chained = (i: number) => ({
  library: "torch",
  constructor: "torch.optim.lr_scheduler.ChainedScheduler",
  kwargs: {
    schedulers: [
      { constructor: "LinearLR", kwargs: { start_factor: 0.1, total_iters: 1000 } },
      { constructor: "CosineAnnealingLR", kwargs: { T_max: 10_000_000 + i, eta_min: 1e-5 } },
    ],
  },
  base_lrs: [0.1],
});

export async function seedLogCalls(client: Client): Promise<void> {
  const make = (id: string, body: object) => client.post("/api/v1/runs", { project: "stalls", id, ...body });
  const logTo = (id: string, points: object[]) => client.post(`/api/v1/runs/${id}/metrics`, { points });
  await make("stalls-policies", { plateau: Array.from({ length: 20 }, (_, k) => trend(10 + k, 100)) });
  await make("stalls-late", {});
  for (let from = 0; from < LONG; from += POINTS) await logTo("stalls-late", lossAt(from, POINTS));
  await client.request(
    "PUT",
    "/api/v1/runs/stalls-late/plateau",
    JSON.stringify({ policies: [trend(10, 100)] }),
  );
  await make("stalls-names", {});
  await make("stalls-many", {});
  for (let k = 0; k < 5; k += 1) await logTo("stalls-many", [{ step: k, time: k, metrics: named(`k${k}`) }]);
  for (let i = 0; i < CHAINED; i += 1) {
    await make(`stalls-chained-${i}`, { schedule: chained(i) });
    await logTo(
      `stalls-chained-${i}`,
      [0, 10_000_000].map((step) => ({ step, time: step, metrics: { lr: 0.1 } })),
    );
  }
  const milestones = Array.from({ length: 6667 }, (_, k) => 1000 + 3 * k);
  await make("stalls-milestones", { schedule: { kind: "multi_step", peak: 0.1, gamma: 0.999, milestones } });
  await logTo(
    "stalls-milestones",
    [0, 30_000].map((step) => ({ step, time: step, metrics: { lr: 0.1 } })),
  );
  await make("stalls-huge", {});
  await logTo(
    "stalls-huge",
    Array.from({ length: 3000 }, (_, k) => ({
      step: k,
      time: k,
      metrics: { loss: 1.7e308 * Math.sin(7.7 * k) },
    })),
  );
}

/** Requests that log, or that look at what was logged, by what they are called. */
export function logCallRequests(url: string, send: Send): Record<string, Request> {
  const body = (method: string, path: string, of: (i: number) => object): Request => {
    const headers = { "content-type": "application/json" };
    return (i, signal) => send(path, { method, signal, headers, body: JSON.stringify(of(i)) });
  };
  const get =
    (path: (i: number) => string): Request =>
    (i, signal) =>
      send(path(i), { signal });
  const far = (i: number, k: number) => (i * POINTS + k) * 1e11;
  return {
    "10 000 values for 20 trend policies of window 100": body(
      "POST",
      "/runs/stalls-policies/metrics",
      (i) => ({
        points: lossAt(i * POINTS, POINTS),
      }),
    ),
    "a late value before 1 000 000 under a trend policy": body("POST", "/runs/stalls-late/metrics", (i) => ({
      points: [{ step: i, time: 1e9 + i, metrics: { loss: 1 } }],
    })),
    "another policy for 1 000 000 values": body("PUT", "/runs/stalls-late/plateau", (i) => ({
      policies: [trend(11 + i, 100)],
    })),
    "10 metrics at 10 000 steps 1e11 apart": async (i, signal) => {
      const id = `stalls-far-${i}`;
      await body("POST", "/runs", () => ({ project: "stalls", id }))(i, signal);
      return body("POST", `/runs/${id}/metrics`, () => ({
        points: Array.from({ length: POINTS }, (_, k) => ({
          step: far(0, k),
          time: k,
          metrics: Object.fromEntries(Array.from({ length: METRICS }, (__, m) => [`m${m}`, k])),
        })),
      }))(i, signal);
    },
    "20 000 new metrics": body("POST", "/runs/stalls-names/metrics", (i) => ({
      points: [{ step: i, time: i, metrics: named(`n${i}`) }],
    })),
    "a chart of a ChainedScheduler at step 1e7": get((i) => `/runs/stalls-chained-${i % CHAINED}/overlay`),
    "a chart of 6 667 milestones": get(() => "/runs/stalls-milestones/overlay"),
    "150 streams that look back at once": (_, signal) =>
      lookBack(new URL("/api/v1/stream?project=stalls", url), signal),
    "the health of 3 000 huge values": get(() => "/runs/stalls-huge/health"),
    "a CSV of 100 000 metrics": get(() => "/runs/stalls-many/export?format=csv"),
  };
}

/** Readers that were away from the first change on: each reads what it missed, then leaves. */
async function lookBack(url: URL, signal: AbortSignal): Promise<number> {
  const one = async (): Promise<number> => {
    const leave = new AbortController();
    const over = AbortSignal.any([signal, leave.signal]);
    const answer = await fetch(url, { signal: over, headers: { "last-event-id": "0" } });
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    for (let text = ""; reader && !text.includes("event: run");)
      text += (await reader.read()).value ?? "event: run";
    leave.abort();
    return answer.status;
  };
  const statuses = await Promise.all(Array.from({ length: STREAMS }, one));
  return Math.max(...statuses);
}
