import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { compareGroups, type Comparison } from "@/lib/domain/compare/compare";
import type { Group } from "@/lib/domain/compare/summary";
import { group } from "@/tests/support/outcomes";

const ask = (groups: readonly Group[], mode: "min" | "max" = "min"): Comparison =>
  compareGroups(groups, { metric: "m", mode, at: "final", target: null, baseline: null });

const value = fc.integer({ min: -400, max: 400 }).map((n) => n / 8);
const reached = fc.oneof({ weight: 8, arbitrary: value }, fc.constantFrom(Number.NaN, null));
const some = fc.array(reached, { minLength: 1, maxLength: 6 });
const several = fc.array(some, { minLength: 1, maxLength: 4 });
const groupsOf = (lists: readonly (readonly (number | null)[])[], seeded = false) =>
  lists.map((list, i) => group(`g${i}`, list, seeded));
const finite = fc.array(value, { minLength: 1, maxLength: 6 });

const RUNS = { numRuns: 60 };

test.prop([several, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true }))], RUNS)(
  "the order of groups and of runs changes nothing",
  (lists, order) => {
    const shuffled = <T>(list: readonly T[]) =>
      list
        .map((item) => ({ item, at: order.next().value ?? 0 }))
        .sort((a, b) => a.at - b.at)
        .map(({ item }) => item);
    const groups = groupsOf(lists);
    const mixed = shuffled(groups.map((one) => ({ ...one, outcomes: shuffled(one.outcomes) })));
    expect(ask(mixed)).toEqual(ask(groups));
  },
);

test.prop([finite, finite, fc.integer({ min: -64, max: 64 })], RUNS)(
  "a shift of all values shifts the means and leaves differences, p and chances alone",
  (a, b, shift) => {
    const moved = (list: readonly number[]) => list.map((one) => one + shift);
    const [before, after] = [ask(groupsOf([a, b])), ask(groupsOf([moved(a), moved(b)]))];
    before.groups.forEach((one, i) => expect(after.groups[i]!.mean).toBeCloseTo(one.mean! + shift, 8));
    before.pairs.forEach((pair, i) => {
      expect(after.pairs[i]).toMatchObject({
        p: pair.p,
        smallest_p: pair.smallest_p,
        probability_of_improvement: pair.probability_of_improvement,
      });
      expect(after.pairs[i]!.difference).toBeCloseTo(pair.difference!, 8);
    });
  },
);

test.prop([finite, finite], RUNS)("lower is better as higher is of the negatives", (a, b) => {
  const negative = (list: readonly number[]) => list.map((one) => -one);
  const [low, high] = [ask(groupsOf([a, b])), ask(groupsOf([negative(a), negative(b)]), "max")];
  expect(high.groups.map(({ key }) => key)).toEqual(low.groups.map(({ key }) => key));
  expect(high.verdict).toMatchObject({ shown: low.verdict.shown, better: low.verdict.better });
  expect(high.pairs[0]?.p).toBe(low.pairs[0]?.p);
});

test.prop([several, fc.boolean()], { numRuns: 200 })(
  "nothing is claimed that the sizes cannot show, nor against the interval or the chances",
  (lists, seeded) => {
    const { verdict, pairs } = ask(groupsOf(lists, seeded));
    const comparisons = pairs.filter(({ p }) => p !== null).length;
    const pair = pairs.find(({ a, b }) => a === verdict.better && b === verdict.than);
    if (!verdict.shown) {
      expect(verdict.text).not.toMatch(/reaches a/);
      return;
    }
    expect(pair!.smallest_p! * comparisons).toBeLessThanOrEqual(0.05 + 1e-12);
    expect(pair!.p_holm).toBeLessThanOrEqual(0.05);
    expect(pair!.interval!.low * pair!.interval!.high).toBeGreaterThan(0);
    expect(pair!.probability_of_improvement).toBeGreaterThan(0.5);
  },
);

test.prop([several, fc.boolean()], RUNS)("every figure holds together", (lists, seeded) => {
  const { groups, pairs } = ask(groupsOf(lists, seeded));
  for (const one of groups) {
    expect(one.n + one.diverged + one.missing).toBe(one.runs);
    if (one.mean === null) continue;
    for (const centre of [one.mean, one.median!, one.iqm!]) {
      expect(centre).toBeGreaterThanOrEqual(one.min! - 1e-9);
      expect(centre).toBeLessThanOrEqual(one.max! + 1e-9);
    }
    expect(one.interval === null).toBe(one.n < 2);
  }
  for (const pair of pairs) {
    if (pair.p === null) continue;
    expect(pair.p).toBeGreaterThanOrEqual(pair.smallest_p! - 1e-12);
    expect(pair.p_holm).toBeGreaterThanOrEqual(pair.p);
    expect(pair.p_holm).toBeLessThanOrEqual(1);
  }
});

const extreme = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, 1.7e308, -1.7e308, 5e-324, 1e9, 1e9 + 1e-3, Number.NaN, null),
);
const odd = fc.array(fc.array(extreme, { minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 3 });

test.prop([odd, fc.boolean(), fc.constantFrom("min", "max")], { numRuns: 40 })(
  "values up to the largest double leave p above the smallest possible, and sentences without NaN",
  (lists, seeded, mode) => {
    const { pairs, verdict, notes } = ask(groupsOf(lists, seeded), mode);
    for (const { unpaired, paired } of pairs) {
      for (const one of [unpaired, paired]) {
        if (!one) continue;
        expect(one.p).toBeGreaterThanOrEqual(one.smallest_p - 1e-12);
        expect(one.p).toBeLessThanOrEqual(1);
        if (one.interval) expect(one.interval.low).toBeLessThanOrEqual(one.interval.high);
      }
    }
    expect([verdict.text, verdict.also, ...notes].join(" ")).not.toMatch(/NaN|undefined|Infinity/);
    const [first] = pairs;
    if (first?.interval && first.interval.low <= 0 && first.interval.high >= 0 && pairs.length === 1)
      expect(verdict.text).toMatch(/^No difference|, but /);
  },
);
