import fc from "fast-check";
import type { Endpoint } from "@/lib/contracts/endpoint";
import { ENDPOINTS } from "@/lib/contracts/endpoints/all";

export const endpointName = ({ method, path }: Endpoint): string => `${method} ${path}`;

/** Words that the API gives a meaning to, so that random JSON comes near to what it takes. */
const FIELDS = [
  ...[
    "points",
    "step",
    "epoch",
    "time",
    "metrics",
    "batch_id",
    "acks",
    "id",
    "outcome",
    "lr",
    "message",
    "project",
    "name",
    "resume",
  ],
  ...[
    "group",
    "seed",
    "tags",
    "config",
    "notes",
    "schedule",
    "lr_metric",
    "total_steps",
    "steps_per_epoch",
    "plateau",
    "status",
    "kind",
  ],
  ...[
    "peak",
    "floor",
    "steps",
    "value",
    "gamma",
    "constructor",
    "kwargs",
    "library",
    "base_lrs",
    "stepping",
    "mode",
    "count",
    "unit",
  ],
  ...[
    "metric",
    "detector",
    "patience",
    "factor",
    "action",
    "policies",
    "policy",
    "runs",
    "keys",
    "from",
    "to",
    "buckets",
    "x",
    "note",
  ],
  ...[
    "expected_lr",
    "expires_in",
    "reason",
    "description",
    "primary_metric",
    "key",
    "loss",
    "__proto__",
    "toString",
    "",
    "\u0000",
    "\ud800",
  ],
];
const WORDS = [
  ...[
    "fuzzed",
    "loss",
    "lr",
    "torch",
    "StepLR",
    "torch.optim.lr_scheduler.StepLR",
    "CosineAnnealingLR",
    "SequentialLR",
    "keras",
    "optax",
  ],
  ...[
    "cosine",
    "constant",
    "exponential",
    "step",
    "epoch",
    "eval",
    "calls",
    "allow",
    "must",
    "scale_lr",
    "set_lr",
    "stop",
    "applied",
    "finished",
  ],
  ...[
    "recommend",
    "apply",
    "min",
    "max",
    "NaN",
    "Infinity",
    "-Infinity",
    "",
    " ",
    "\u0000",
    "\ud800",
    "x".repeat(300),
    "%",
    "'; DROP TABLE Run; --",
  ],
];

const anyNumber = fc.oneof(
  fc.constantFrom(0, -0, 1, -1, 2, 0.5, 1e308, -1e308, 5e-324, 2 ** 31, 2 ** 53 - 1, 2 ** 53, Infinity),
  fc.integer({ min: -5, max: 50 }),
  fc.double(),
);
const anyString = fc.oneof(fc.constantFrom(...WORDS), fc.string({ maxLength: 20 }));
const { json: anyJson } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.oneof(anyNumber, anyString, fc.boolean(), fc.constant(null)),
    fc.array(tie("json"), { maxLength: 4 }),
    fc.dictionary(
      fc.oneof(
        { weight: 5, arbitrary: fc.constantFrom(...FIELDS) },
        { weight: 1, arbitrary: fc.string({ maxLength: 8 }) },
      ),
      tie("json"),
      { maxKeys: 6 },
    ),
  ),
}));

/** Bodies that are taken, to be spoilt in one place. */
const GOOD: Record<string, unknown> = {
  "POST /projects": { name: "p", description: "d", primary_metric: { key: "loss", mode: "min" } },
  "PATCH /projects/{project_id}": { description: "d", primary_metric: null },
  "POST /runs": {
    project: "fuzzed",
    name: "n",
    resume: "allow",
    group: "g",
    seed: 1,
    tags: ["t"],
    config: { a: 1 },
    schedule: { kind: "cosine", peak: 1, floor: 0, steps: 9 },
    total_steps: 9,
    steps_per_epoch: 3,
    plateau: [{ metric: "loss", detector: "torch", patience: 1, mode: "min" }],
  },
  "PATCH /runs/{run_id}": {
    name: "n",
    tags: ["t"],
    schedule: {
      library: "torch",
      constructor: "StepLR",
      kwargs: { step_size: 3, gamma: 0.5 },
      base_lrs: [0.1],
      stepping: { unit: "step" },
    },
  },
  "POST /runs/{run_id}/metrics": {
    points: [{ step: 3, epoch: 0.5, time: 5, metrics: { loss: 1, lr: 0.1 } }],
    batch_id: "b",
    acks: [{ id: "fuzzed", outcome: "applied", lr: 0.1, step: 2 }],
  },
  "PUT /runs/{run_id}/plateau": {
    policies: [
      {
        metric: "loss",
        constructor: "torch.optim.lr_scheduler.ReduceLROnPlateau",
        config: { patience: 2, factor: 0.5 },
      },
    ],
  },
  "POST /runs/{run_id}/control": {
    kind: "scale_lr",
    factor: 0.5,
    group: 0,
    expected_lr: 0.1,
    expires_in: 60,
    reason: "r",
  },
  "POST /control/{control_id}/ack": { outcome: "applied", lr: [0.1], step: 2, message: "m" },
  "POST /series": { runs: ["fuzzed"], keys: ["loss", "lr"], from: 0, to: 9, buckets: 3, x: "lr_sum" },
  "POST /schedules/evaluate": {
    schedule: {
      library: "torch",
      constructor: "SequentialLR",
      kwargs: {
        schedulers: [
          { constructor: "LinearLR", kwargs: { total_iters: 3 } },
          { constructor: "ExponentialLR", kwargs: { gamma: 0.9 } },
        ],
        milestones: [3],
      },
      base_lrs: [0.1],
    },
    steps: [0, 5, 9],
    steps_per_epoch: 2,
  },
  "POST /plateau/backtest": {
    policy: { detector: "keras", patience: 2, mode: "min" },
    metrics: [1, 2, "NaN", 3],
    base_lrs: [0.1, 0.2],
  },
};

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Replaces what lies at a place of the value, found by walking down as the numbers say. */
function spoil(value: unknown, walk: readonly number[], put: unknown): unknown {
  const [first, ...rest] = walk;
  if (first === undefined || typeof value !== "object" || value === null) return put;
  const entries = Object.entries(value as { [key: string]: Json });
  const at = entries.length > 0 ? first % entries.length : -1;
  const spoilt = entries.map(([key, item], i): [string, unknown] => [
    key,
    i === at ? spoil(item, rest, put) : item,
  ]);
  return Array.isArray(value) ? spoilt.map(([, item]) => item) : Object.fromEntries(spoilt);
}

const QUERIES = [
  "project",
  "status",
  "group",
  "tag",
  "q",
  "sort",
  "limit",
  "cursor",
  "from",
  "to",
  "buckets",
  "x",
  "raw",
  "metrics",
  "run",
  "__proto__",
];
const anyQuery = fc.dictionary(
  fc.constantFrom(...QUERIES),
  fc.oneof(
    anyString,
    anyNumber.map(String),
    fc.constantFrom("metric:loss", "-name", "running", "time", "lr_sum", "1"),
    anyJson.map((json) => Buffer.from(JSON.stringify(json) ?? "").toString("base64url")),
  ),
  { maxKeys: 3 },
);

/** A call of the API with anything wrong about it. */
export const anyRequest = fc.record({
  call: fc.constantFrom(...ENDPOINTS.map(endpointName)),
  body: fc.oneof(
    { weight: 2, arbitrary: anyJson },
    { weight: 5, arbitrary: fc.record({ walk: fc.array(fc.nat(9), { maxLength: 5 }), put: anyJson }) },
    { weight: 1, arbitrary: anyString },
  ),
  query: anyQuery,
  param: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: anyString }),
  type: fc.oneof(
    { weight: 9, arbitrary: fc.constant("application/json") },
    {
      weight: 1,
      arbitrary: fc.constantFrom("application/x-ndjson", "text/plain", "application/json; charset=latin1"),
    },
  ),
});
export type Fuzzed = typeof anyRequest extends fc.Arbitrary<infer T> ? T : never;

/** The body as it is sent; undefined: none. */
export function bodyOf({ call: name, body }: Fuzzed): unknown {
  const good = GOOD[name];
  if (typeof body !== "object" || body === null || !("walk" in body) || !("put" in body)) return body;
  return spoil(good ?? {}, body.walk as number[], body.put);
}
