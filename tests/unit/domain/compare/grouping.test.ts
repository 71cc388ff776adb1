import { describe, expect, test } from "vitest";
import { configDifferences } from "@/lib/domain/compare/config-diff";
import { canonical, configAt, type GroupBy, groupRuns, type RunFacts } from "@/lib/domain/compare/grouping";

let made = 0;
const run = (change: Partial<RunFacts> = {}): RunFacts => ({
  id: `r${(made += 1)}`,
  name: `run ${made}`,
  project: "digits",
  group: null,
  seed: null,
  tags: [],
  config: {},
  schedule: null,
  ...change,
});
const schedule = (identity: string, description: string, source: "declared" | "inferred" = "declared") => ({
  identity,
  family: "cosine",
  description,
  source,
});
const labels = (runs: RunFacts[], by: GroupBy) =>
  groupRuns(runs, by).map(({ label, runs: members }) => `${label}: ${members.length}`);

describe("groups", () => {
  test.each<[GroupBy, Partial<RunFacts>[], string[]]>([
    ["group", [{ group: "a" }, { group: "b" }, { group: "a" }, {}], ["a: 2", "b: 1", "no group: 1"]],
    ["seed", [{ seed: 1 }, { seed: 0 }, { seed: 1 }], ["seed 1: 2", "seed 0: 1"]],
    ["tag", [{ tags: ["x", "y"] }, { tags: ["x"] }, {}], ["x: 2", "y: 1", "no tag: 1"]],
    ["project", [{ project: "p" }, { project: "q" }], ["p: 1", "q: 1"]],
    ["config.lr", [{ config: { lr: 0.1 } }, { config: { lr: 0.1 } }, {}], ["lr=0.1: 2", "no lr: 1"]],
    [
      "config.a.b",
      [{ config: { a: { b: [1, 2] } } }, { config: { "a.b": "x" } }],
      ["a.b=[1,2]: 1", "a.b=x: 1"],
    ],
    [
      "family",
      [{ schedule: schedule("1", "d") }, { schedule: schedule("2", "e") }, {}],
      ["cosine: 2", "no schedule: 1"],
    ],
  ])("by %s", (by, changes, expected) => {
    expect(labels(changes.map(run), by)).toEqual(expected);
  });

  test("by run each is its own", () => {
    expect(groupRuns([run(), run()], "run")).toHaveLength(2);
  });

  test("a schedule is named by its family, or in full where several share it", () => {
    const [a, b] = [schedule("a", "cosine 0.1 → 0"), schedule("b", "cosine 0.2 → 0")];
    expect(labels([run({ schedule: a }), run({ schedule: a })], "schedule")).toEqual(["cosine: 2"]);
    expect(labels([run({ schedule: a }), run({ schedule: b })], "schedule")).toEqual([
      "cosine 0.1 → 0: 1",
      "cosine 0.2 → 0: 1",
    ]);
    const same = schedule("c", "cosine 0.1 → 0");
    expect(labels([run({ schedule: a }), run({ schedule: same })], "schedule")).toEqual([
      "cosine 0.1 → 0: 1",
      "cosine 0.1 → 0 (2): 1",
    ]);
    const inferred = schedule("inferred x", "cosine 0.1 → 0", "inferred");
    expect(labels([run({ schedule: a }), run({ schedule: inferred })], "schedule")).toEqual([
      "cosine: 1",
      "cosine (inferred): 1",
    ]);
  });
});

test("a path into a config may meet keys with dots", () => {
  expect(configAt({ a: { "b.c": { d: 1 } } }, "a.b.c.d")).toBe(1);
  expect(configAt({ a: 1 }, "a.b")).toBeUndefined();
  expect(configAt({}, "toString")).toBeUndefined();
});

test("equal data have equal text, whatever the order of their keys", () => {
  expect(canonical({ b: [1, { d: null, c: "x" }], a: true })).toBe('{"a":true,"b":[1,{"c":"x","d":null}]}');
});

test("config differences: only what differs, by path, one value a run", () => {
  const configs = [
    { lr: 0.1, model: { depth: 2, name: "cnn" }, data: ["a"], empty: {} },
    { lr: 0.2, model: { depth: 2, name: "mlp" }, data: ["a"], empty: {} },
    { lr: 0.1, model: { depth: 2 }, data: ["a"], empty: {} },
  ];
  expect(configDifferences(configs)).toEqual([
    { path: "lr", values: [0.1, 0.2, 0.1] },
    { path: "model.name", values: ["cnn", "mlp", null] },
  ]);
  expect(configDifferences(configs.slice(0, 1))).toEqual([]);
});
