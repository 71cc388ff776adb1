import { expect, test } from "vitest";
import { normalisePolicy } from "@/lib/domain/plateau/normalise-policy";
import { ratesAt, ruleRates } from "@/lib/domain/plateau/rate-changes";
import { replay } from "@/lib/domain/plateau/replay";

const { spec } = normalisePolicy({
  detector: "torch",
  metric: "val/loss",
  mode: "min",
  factor: 0.5,
  patience: 1,
});
const losses = [3, 2, 2, 2, 2, 2, 2, 1, 1, 1];
const metric = losses.map((value, i) => ({ step: 10 * i + 9, value }));

test("the rates are those of the replay, one change for each that the rule made, by param group", () => {
  const { lrs_after_by_group = [], events } = replay(spec, [0.1, 0.4], losses);
  const rates = ruleRates(spec, [0.1, 0.4], metric);
  expect(rates.start).toEqual([0.1, 0.4]);
  expect(rates.changes.map(({ step }) => step)).toEqual(events.map((i) => 10 * i + 9));
  const after = metric.map(({ step }) => step + 1);
  for (const group of [0, 1]) expect([...ratesAt(rates, after, group)]).toEqual(lrs_after_by_group[group]);
});

test("the step of a value still has the LR that it was reached with", () => {
  const rates = ruleRates(spec, [0.1], metric);
  const [first] = rates.changes;
  expect([...ratesAt(rates, [0, 39, 40, 1e6])]).toEqual([0.1, 0.1, 0.05, 0.0125]);
  expect(first).toMatchObject({ step: 39, lrs: [0.05] });
});
