import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { compareGroups, type Comparison } from "@/lib/domain/compare/compare";
import type { Group } from "@/lib/domain/compare/summary";
import { correctedP } from "@/lib/domain/compare/shown";
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
    const pair = pairs.find(({ a, b }) => a === verdict.better && b === verdict.than);
    for (const { key, than } of verdict.worse) {
      expect(verdict.best_set).not.toContain(key);
      expect(pairs.some(({ a, b }) => a === than && b === key)).toBe(true);
    }
    if (!verdict.shown) {
      expect(verdict.text).not.toMatch(/reaches a|worse than/);
      return;
    }
    expect(correctedP(pair!)).toBeLessThanOrEqual(0.05);
    expect(correctedP(pair!)).toBeGreaterThanOrEqual((pair!.smallest_p_joint ?? pair!.smallest_p)! - 1e-12);
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

const enough = fc.array(fc.array(value, { minLength: 3, maxLength: 5 }), { minLength: 3, maxLength: 4 });
const joint = (lists: readonly (readonly number[])[]) =>
  new Map(ask(groupsOf(lists)).pairs.map(({ a, b, p_joint }) => [[a, b].sort().join(" "), p_joint]));

test.prop([enough, fc.integer({ min: -64, max: 64 }), fc.integer({ min: -8, max: 8 })], { numRuns: 25 })(
  "scale and shift change no corrected p",
  (lists, shift, power) => {
    const before = joint(lists);
    const after = joint(lists.map((list) => list.map((one) => (one + shift) * 2 ** power)));
    for (const [pair, p] of before) {
      if (p === null) expect(after.get(pair)).toBeNull();
      else expect(after.get(pair)).toBeCloseTo(p ?? 1, 9);
    }
  },
);

test.prop([enough], { numRuns: 25 })(
  "how far off a group lies that is far off changes nothing between two others",
  (lists) => {
    const [first = [], ...others] = lists;
    const moved = (by: number) => joint([...others, first.map((one) => one + by)]);
    const [far, further] = [moved(1e4), moved(1e6)];
    const last = `g${others.length}`;
    for (const [pair, p] of far)
      if (p !== null && !pair.includes(last)) expect(further.get(pair)).toBeCloseTo(p ?? 1, 9);
  },
);

test.prop([fc.array(finite, { minLength: 2, maxLength: 2 })], { numRuns: 40 })(
  "two groups keep the exact test's p",
  (lists) => {
    const [pair] = ask(groupsOf(lists)).pairs;
    expect(pair?.p_joint).toBe(pair?.p);
    expect(pair?.p_holm).toBe(pair?.p);
  },
);

test("a far group does not make two others differ that overlap", () => {
  const two = [
    [1, 2, 3, 4, 5],
    [1.5, 2.5, 3.5, 4.5, 2],
  ];
  for (const far of [10, 1e3, 1e6, -1e6]) {
    const { pairs } = ask(groupsOf([...two, two[0]!.map((one) => one + far)]));
    const pair = pairs.find(({ a, b }) => [a, b].sort().join() === "g0,g1");
    expect(pair?.p_joint).toBeGreaterThan(0.5);
  }
});
