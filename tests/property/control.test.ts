import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { decideAck } from "@/lib/domain/control/decide-ack";
import { effectiveLr, effectiveLrs, type LrChange } from "@/lib/domain/control/effective";
import {
  CONTROL_EVENTS,
  CONTROL_STATES,
  isFinal,
  isOpen,
  nextState,
  type ControlEvent,
  type ControlState,
} from "@/lib/domain/control/next-state";
import { sameLr } from "@/lib/domain/control/same-lr";
import { targetLr } from "@/lib/domain/control/target";
import { verifyLrs } from "@/lib/domain/control/verify";

const anyEvent = fc.constantFrom(...CONTROL_EVENTS);
const anyState = fc.constantFrom(...CONTROL_STATES);
/** Long walks of blind events rarely get far; most of these follow a life that works, with noise in between. */
const life: ControlEvent[] = ["approve", "deliver", "ack", "verify", "rollback"];
const events = fc
  .tuple(
    fc.array(fc.array(anyEvent, { maxLength: 2 }), { maxLength: 5 }),
    fc.array(anyEvent, { maxLength: 4 }),
  )
  .map(([noise, tail]) => [...noise.flatMap((some, i) => [...some, life[i]!]), ...tail]);

function walk(from: ControlState, all: readonly ControlEvent[]) {
  const path: { event: ControlEvent; state: ControlState }[] = [];
  let state = from;
  for (const event of all) {
    const next = nextState(state, event);
    if (next === null) continue;
    state = next;
    path.push({ event, state });
  }
  return { state, path };
}

describe("the transition table", () => {
  test.prop([anyState, anyEvent])("answers every state and event with a state or null", (state, event) => {
    const next = nextState(state, event);
    expect(next === null || CONTROL_STATES.includes(next)).toBe(true);
  });

  test.prop([events], { numRuns: 300 })(
    "applied only after approve, deliver and ack, in this order",
    (all) => {
      const { path } = walk("recommended", all);
      const applied = path.findIndex(({ state }) => state === "applied");
      if (applied < 0) return;
      const before = path.slice(0, applied + 1).map(({ event }) => event);
      expect(before.filter((event) => event !== "redeliver" && event !== "snooze")).toEqual([
        "approve",
        "deliver",
        "ack",
      ]);
    },
  );

  test.prop([anyState, events])("final states are final, and closed requests do not reopen", (from, all) => {
    const { state, path } = walk(from, all);
    if (isFinal(from)) expect(state).toBe(from);
    if (!isOpen(from)) expect(path.every((step) => !isOpen(step.state))).toBe(true);
  });

  test.prop([anyState, fc.constantFrom("applied", "failed"), fc.boolean()])(
    "an accepted acknowledgement is repeatable, and never closes what nobody received",
    (state, outcome, wasDelivered) => {
      const decision = decideAck(state, outcome, wasDelivered);
      if (decision.kind !== "accept") return;
      expect(decision.to).toBe(outcome);
      expect(state === "delivered" || wasDelivered).toBe(true);
      expect(decideAck(decision.to, outcome, true)).toEqual({ kind: "repeat" });
    },
  );
});

const lr = fc.double({ min: 1e-12, max: 10, noNaN: true });
const cut = fc.double({ min: 1e-6, max: 1, noNaN: true });

describe("rates", () => {
  test.prop([lr, cut, lr])(
    "a cut stays between the floor and the declared rate",
    (declared, scale, minLr) => {
      const effective = effectiveLr(declared, scale, minLr);
      expect(effective).toBeLessThanOrEqual(declared);
      expect(effective).toBeGreaterThanOrEqual(Math.min(declared, minLr));
      expect(effective).toBe(targetLr(declared, { kind: "scale_lr", factor: scale }, minLr));
    },
  );

  const change = fc.record({
    step: fc.integer({ min: 0, max: 20 }),
    kind: fc.constant("scale" as const),
    value: cut,
    min_lr: fc.option(lr, { nil: undefined }),
  });

  test.prop([fc.array(lr, { minLength: 20, maxLength: 20 }), fc.array(change, { maxLength: 6 })])(
    "cuts never lift a curve, and a curve read in two parts is the same curve",
    (declared, changes: LrChange[]) => {
      const curve = Float64Array.from(declared);
      const steps = declared.map((_, index) => index);
      const whole = effectiveLrs(curve, steps, changes);
      whole.forEach((value, index) => expect(value).toBeLessThanOrEqual(curve[index]!));
      expect(effectiveLrs(curve.slice(7), steps.slice(7), changes)).toEqual(whole.slice(7));
    },
  );

  test.prop([lr, lr, fc.integer({ min: 0, max: 19 })])(
    "a set is met at its step",
    (declared, wanted, step) => {
      const curve = new Float64Array(20).fill(declared);
      const got = effectiveLrs(
        curve,
        curve.map((_, i) => i),
        [{ step, kind: "set", value: wanted }],
      );
      expect(sameLr(got[step]!, wanted)).toBe(true);
      if (step > 0) expect(got[step - 1]).toBe(declared);
    },
  );

  test.prop([lr])("a float32 log confirms a float64 request; twice the rate contradicts it", (wanted) => {
    const claim = { applied: wanted, effective: null, before: wanted * 2 };
    expect(verifyLrs(claim, [Math.fround(wanted)]).verdict).toBe("verified");
    expect(verifyLrs(claim, [wanted * 2]).verdict).toBe("contradicted");
  });
});
