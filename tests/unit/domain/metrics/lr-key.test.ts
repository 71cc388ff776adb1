import { describe, expect, test } from "vitest";
import type { WireNumber } from "@/lib/contracts/common";
import { toNumber } from "@/lib/contracts/wire-number";
import { findLrKey, type NamedRange } from "@/lib/domain/metrics/lr-key";
import { readLrName } from "@/lib/domain/metrics/lr-name";
import cases from "@/tests/fixtures/lr-names.json";

interface Choice {
  metrics: Readonly<Record<string, WireNumber[] | null>>;
  lr: string | null;
}

/** As a stored metric has it: of its finite values. */
function metricOf([key, values]: [string, WireNumber[] | null]): NamedRange {
  if (!values) return { key };
  const finite = values.map(toNumber).filter(Number.isFinite);
  return finite.length === 0
    ? { key, min: null, max: null }
    : { key, min: Math.min(...finite), max: Math.max(...finite) };
}

describe("the names of an LR", () => {
  test.each(cases.names)("%j is one", (key) => {
    expect(readLrName(key)).not.toBeNull();
    expect(findLrKey([{ key: "loss" }, { key }])).toBe(key);
  });
  test.each(cases.others)("%j is none", (key) => expect(readLrName(key)).toBeNull());
  test.each(cases.families)("$key and $family are groups of one optimizer: $same", (one) => {
    const name = readLrName(one.key);
    expect(name?.group ?? null).toBe(one.group);
    expect(name?.family === readLrName(one.family)?.family).toBe(one.same);
  });
});

test.each(cases.choices as unknown as Choice[])("of $metrics the LR is $lr", ({ metrics, lr }) => {
  const known = Object.entries(metrics).map(metricOf);
  for (const order of [known, known.toReversed()]) expect(findLrKey(order)).toBe(lr);
});
