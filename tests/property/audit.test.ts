import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { auditLr } from "@/lib/domain/audit/audit";
import { effectiveLr } from "@/lib/domain/control/effective";
import { draw, FAMILY_NAMES, logged, randomOf, ratesOf } from "@/tests/support/mistaken-runs";

/** Nothing here is quick on a busy machine. */
const PATIENCE = 120_000;

const seed = fc.integer({ min: 0, max: 2 ** 31 });
const family = fc.constantFrom(...FAMILY_NAMES);
const logging = fc.record({
  every: fc.constantFrom(1, 3, 10, 25),
  offset: fc.constantFrom(0, 1, -1),
  rounding: fc.constantFrom("none" as const, "float32" as const, "digits" as const),
});

describe("a run that follows its schedule", () => {
  test.prop([seed, family, logging], { numRuns: 100 })(
    "has no findings, however it is logged",
    (s, name, how) => {
      const drawn = draw(randomOf(s), name);
      const report = auditLr(logged(drawn, ratesOf(drawn).atStep, how));
      expect(report).toMatchObject({ verdict: "match", findings: [] });
    },
    PATIENCE,
  );

  test.prop([seed, family, logging, fc.double({ min: 0, max: 1, noNaN: true })], { numRuns: 100 })(
    "has none while it is under way either",
    (s, name, how, share) => {
      const drawn = draw(randomOf(s), name);
      const input = logged(drawn, ratesOf(drawn).atStep, how);
      const log = input.log.slice(0, Math.max(1, Math.ceil(share * input.log.length)));
      expect(auditLr({ ...input, log }).findings).toEqual([]);
    },
    PATIENCE,
  );

  test.prop([seed, family, logging, fc.double({ min: 0.2, max: 0.8, noNaN: true })], { numRuns: 60 })(
    "has none after a reduction that was requested",
    (s, name, how, share) => {
      const drawn = draw(randomOf(s), name);
      const { atStep } = ratesOf(drawn);
      const step = Math.round(share * drawn.ticks * drawn.unit);
      const lr = (at: number) => (at < step ? atStep(at) : effectiveLr(atStep(at), 0.3, 0));
      const input = logged(drawn, lr, how);
      expect(auditLr({ ...input, changes: [{ step, kind: "scale", value: 0.3 }] }).findings).toEqual([]);
    },
    PATIENCE,
  );
});

test.prop([seed, family], { numRuns: 8 })(
  "a log of noise is never given a reason",
  (s, name) => {
    const r = randomOf(s);
    const drawn = draw(r, name);
    const { atStep } = ratesOf(drawn);
    const input = logged(drawn, (step) => atStep(step) * r.between(0.2, 5), {
      every: 1,
      offset: 0,
      rounding: "none",
    });
    expect(auditLr(input).findings.map(({ code }) => code)).toEqual(["unexplained"]);
  },
  PATIENCE,
);

test.prop([seed, family, fc.integer({ min: 0, max: 6 })], { numRuns: 100 })(
  "the first handful of points raises no alarm, whatever they show",
  (s, name, count) => {
    const r = randomOf(s);
    const drawn = draw(r, name);
    const input = logged(drawn, () => r.between(0.1, 1), { every: 1, offset: 0, rounding: "none" });
    expect(auditLr({ ...input, log: input.log.slice(0, count) }).findings).toEqual([]);
  },
  PATIENCE,
);
