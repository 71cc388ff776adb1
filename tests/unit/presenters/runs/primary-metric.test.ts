import { describe, expect, test } from "vitest";
import {
  bestOf,
  choosePrimary,
  commonKeys,
  guessMode,
  lastLr,
  metricKeys,
} from "@/lib/presenters/runs/primary-metric";

const value = { last: 0.3, min: 0.1, max: 0.9, step: 5 };
const run = (...keys: string[]) => ({ summary: Object.fromEntries(keys.map((key) => [key, value])) });

test("keys that most runs have come first", () => {
  expect(metricKeys([run("b", "a"), run("a"), run("c", "a", "b")])).toEqual(["a", "b", "c"]);
});

test("a metric that only a few runs have is none to begin with", () => {
  const metrics = (few: number) => [
    { key: "train/loss", runs: 12 },
    { key: "val/loss", runs: few },
  ];
  expect(commonKeys(metrics(2))).toEqual(["train/loss"]);
  expect(commonKeys(metrics(3))).toEqual(["train/loss", "val/loss"]);
  expect(commonKeys([])).toEqual([]);
});

describe("choosePrimary", () => {
  test("what the project declares wins", () => {
    const declared = { key: "f1", mode: "max" } as const;
    expect(choosePrimary(declared, [run("val/loss")])).toBe(declared);
  });

  test.each([
    [["lr", "train/loss", "val/loss"], { key: "val/loss", mode: "min" }],
    [["lr", "eval_loss", "loss"], { key: "eval_loss", mode: "min" }],
    [["lr", "train_loss"], { key: "train_loss", mode: "min" }],
    [["accuracy"], { key: "accuracy", mode: "max" }],
  ])("of %j it takes %j", (keys, chosen) => expect(choosePrimary(null, [run(...keys)])).toEqual(chosen));

  test("without metrics there is none", () => expect(choosePrimary(null, [run()])).toBeNull());
});

test.each([
  ["val/acc", "max"],
  ["eval_f1", "max"],
  ["mean_reward", "max"],
  ["loss", "min"],
  ["score_loss", "min"],
  ["perplexity", "min"],
])("%s is better when it goes to its %s", (key, mode) => expect(guessMode(key)).toBe(mode));

test("the best by the metric's direction", () => {
  expect(bestOf(value, "min")).toBe(0.1);
  expect(bestOf(value, "max")).toBe(0.9);
  expect(bestOf(undefined, "min")).toBeNull();
});

test("the LR is the declared metric, else one with a usual name", () => {
  const summary = { "train/learning_rate": value, rate: { ...value, last: 7 } };
  expect(lastLr({ summary, lr_metric: "rate" })).toBe(7);
  expect(lastLr({ summary, lr_metric: null })).toBe(0.3);
  expect(lastLr({ summary: { solr: value }, lr_metric: null })).toBeNull();
});
