import fc from "fast-check";
import { expect, test } from "vitest";
import type { Point } from "@/lib/contracts/metrics";
import { toNumber } from "@/lib/contracts/wire-number";
import { initialState, observe } from "@/lib/domain/plateau/detect";
import { RULE_NAMES } from "@/lib/domain/plateau/known-rules";
import { normalisePolicy } from "@/lib/domain/plateau/normalise-policy";
import { mayFire } from "@/lib/domain/plateau/policy-limits";
import { freshDatabase } from "@/tests/support/api";
import { controlOf, createRun, log, plateauOf } from "@/tests/support/seed";

freshDatabase();

const POLICIES = RULE_NAMES.map((detector) => ({
  metric: "loss",
  detector,
  mode: "min" as const,
  patience: 2,
  action: "apply" as const,
  // GreedyLR's warmup is its own.
  ...(detector === "greedy" ? {} : { warmup: 3 }),
}));

/** One value that some writer logs: at which step, how late its clock is, and what. */
interface Logged {
  step: number;
  time: number;
  loss: number | "NaN";
}

const LENGTH = 24;
const loss = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(3, 2, 2, 1, 1, 0.5) },
  { weight: 1, arbitrary: fc.constant("NaN" as const) },
);

/** A series, corrections and repeats of some of it, and an order in which all of it arrives, in batches. */
const arrivals = fc
  .record({
    series: fc.array(loss, { minLength: LENGTH, maxLength: LENGTH }),
    corrections: fc.array(fc.tuple(fc.nat({ max: LENGTH - 1 }), loss), { maxLength: 6 }),
    repeats: fc.array(fc.nat({ max: LENGTH - 1 }), { maxLength: 6 }),
  })
  .map(({ series, corrections, repeats }) => {
    const first = series.map((value, step): Logged => ({ step, time: 1000 + step, loss: value }));
    const later = corrections.map(([step, value], i): Logged => ({ step, time: 2000 + i, loss: value }));
    return [...first, ...later, ...repeats.flatMap((step) => first.slice(step, step + 1))];
  })
  .chain((all) =>
    fc.record({
      order: fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
      cuts: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 }),
    }),
  );

function batchesOf(order: readonly Logged[], cuts: readonly number[]): Point[][] {
  const batches: Point[][] = [];
  for (let at = 0, i = 0; at < order.length; i += 1) {
    const size = cuts[i % cuts.length] ?? 1;
    batches.push(
      order
        .slice(at, at + size)
        .map(({ step, time, loss: value }) => ({ step, time, metrics: { loss: value } })),
    );
    at += size;
  }
  return batches;
}

/** The verdict on the series as it stands: the latest value of each step, in order of steps. */
function replayed(policy: (typeof POLICIES)[number], all: readonly Logged[]) {
  const { spec, limits } = normalisePolicy(policy);
  const latest = new Map<number, Logged>();
  for (const value of [...all].sort((a, b) => a.time - b.time)) latest.set(value.step, value);
  let state = initialState(spec, [1]);
  const fired: number[] = [];
  for (const { step, loss: value } of [...latest.values()].sort((a, b) => a.step - b.step)) {
    const seen = observe(spec, state, toNumber(value), step);
    state = seen.state;
    if (seen.fired !== null && mayFire(limits, state.seen, step)) fired.push(step);
  }
  return { counters: state.counters, best_step: state.best_step, fired };
}

test("every detector's verdict follows from the ordered series, however its values arrive", async () => {
  await fc.assert(
    fc.asyncProperty(arrivals, async ({ order, cuts }) => {
      const run = await createRun({ plateau: POLICIES });
      for (const points of batchesOf(order, cuts)) await log(run.id, { points });
      const got = await plateauOf(run.id);
      for (const [i, policy] of POLICIES.entries()) {
        const { counters, best_step, fired } = replayed(policy, order);
        expect(
          got[i]?.fired.map(({ step }) => step),
          policy.detector,
        ).toEqual(fired);
        expect(got[i], policy.detector).toMatchObject({ state: counters, best_step });
      }
      const asked = (await controlOf(run.id)).map(
        ({ policy_id, fired_step }) => `${policy_id} ${fired_step}`,
      );
      expect(new Set(asked).size).toBe(asked.length);
    }),
    { numRuns: 15 },
  );
}, 120_000);
