import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { JsonNumber } from "@/lib/domain/plateau/json-number";
import { backtest } from "@/lib/domain/plateau/replay";

/** One case of tests/golden/plateau.json; README section 1 names the fields. */
interface PlateauCase {
  id: string;
  library: string;
  spec: { constructor: string; config: Record<string, unknown>; base_lrs: number[]; dtype?: string };
  metrics: JsonNumber[];
  lr_initial?: number;
  lrs_after?: number[];
  lrs_after_by_group?: number[][];
  events?: number[];
  events_by_group?: number[][];
  triggers?: number[];
  increase_events?: number[];
  state?: Record<string, JsonNumber[]>;
  raises?: { at: string; type: string; message: string };
}

const cases: PlateauCase[] = JSON.parse(readFileSync("tests/golden/plateau.json", "utf8"));
const playable = cases.filter((golden) => !golden.raises);
const raising = cases.filter((golden) => golden.raises);

/** Keras and optax promise exact numbers; the others differ from Python in nothing either, since all use + − × ÷. */
describe.each(playable)("$id", (golden) => {
  const got = backtest(golden.spec, golden.metrics);

  test("learning rates, bit for bit", () => {
    expect(got.lrs_after).toEqual(golden.lrs_after);
    expect(got.lrs_after_by_group).toEqual(golden.lrs_after_by_group);
    if (golden.lr_initial !== undefined) expect(got.lr_initial).toBe(golden.lr_initial);
  });

  test("events and triggers", () => {
    expect(got.events).toEqual(golden.events);
    expect(got.events_by_group).toEqual(golden.events_by_group);
    expect(got.increase_events).toEqual(golden.increase_events);
    if (golden.triggers) expect(got.triggers).toEqual(golden.triggers);
  });

  test("every counter after every metric", () => expect(got.state).toEqual(golden.state));
});

test.each(raising)("$id raises at construction", ({ spec, metrics, raises }) => {
  const got = backtest(spec, metrics);
  expect(got.lrs_after).toEqual([]);
  expect(got.raises).toMatchObject({ at: raises?.at, type: raises?.type });
});

test("the file holds cases of all five libraries", () => {
  expect(playable.length + raising.length).toBe(105);
  expect(new Set(cases.map(({ library }) => library)).size).toBe(5);
  expect(raising.length).toBe(4);
});
