import { describe, expect, test } from "vitest";
import { decideAck } from "@/lib/domain/control/decide-ack";
import {
  CONTROL_EVENTS,
  CONTROL_STATES,
  initialControlState,
  isFinal,
  isOpen,
  nextState,
} from "@/lib/domain/control/next-state";

/** Columns in the order of CONTROL_EVENTS; "-" is a refusal. */
const TABLE = `
             approve   deliver    redeliver  ack      fail    verify    reject    expire   supersede   withdraw   rollback     snooze
recommended  approved  -          -          -        -       -         rejected  expired  superseded  withdrawn  -            recommended
approved     -         delivered  -          -        -       -         rejected  expired  superseded  -          -            -
delivered    -         -          delivered  applied  failed  -         -         expired  -           -          -            -
applied      -         -          -          -        failed  verified  -         -        -           -          rolled_back  -
verified     -         -          -          -        -       -         -         -        -           -          rolled_back  -
rejected     -         -          -          -        -       -         -         -        -           -          -            -
expired      -         -          -          -        -       -         -         -        -           -          -            -
superseded   -         -          -          -        -       -         -         -        -           -          -            -
withdrawn    -         -          -          -        -       -         -         -        -           -          -            -
failed       -         -          -          -        -       -         -         -        -           -          -            -
rolled_back  -         -          -          -        -       -         -         -        -           -          -            -`;
const [header = [], ...rows] = TABLE.trim()
  .split("\n")
  .map((line) => line.trim().split(/\s+/));

test("the table below names every state and event", () => {
  expect(header).toEqual([...CONTROL_EVENTS]);
  expect(rows.map(([state]) => state)).toEqual([...CONTROL_STATES]);
});

describe.each(CONTROL_STATES)("%s", (state) => {
  const [, ...targets] = rows.find(([name]) => name === state) ?? [];
  test.each(CONTROL_EVENTS.map((event, column) => ({ event, to: targets[column] })))(
    "$event → $to",
    ({ event, to }) => {
      expect(nextState(state, event) ?? "-").toBe(to);
    },
  );
});

test("open, final, and the two in between", () => {
  expect(CONTROL_STATES.filter(isOpen)).toEqual(["recommended", "approved", "delivered"]);
  expect(CONTROL_STATES.filter(isFinal)).toEqual([
    "rejected",
    "expired",
    "superseded",
    "withdrawn",
    "failed",
    "rolled_back",
  ]);
});

test("a policy that applies starts approved", () => {
  expect(initialControlState("apply")).toBe("approved");
  expect(initialControlState("recommend")).toBe("recommended");
});

describe("decideAck", () => {
  test.each([
    ["delivered", "applied", true, { kind: "accept", to: "applied", late: false }],
    ["delivered", "failed", true, { kind: "accept", to: "failed", late: false }],
    ["expired", "applied", true, { kind: "accept", to: "applied", late: true }],
    ["expired", "failed", true, { kind: "accept", to: "failed", late: true }],
    ["expired", "applied", false, { kind: "refuse" }],
    ["expired", "failed", false, { kind: "refuse" }],
    ["applied", "applied", true, { kind: "repeat" }],
    ["verified", "applied", true, { kind: "repeat" }],
    ["rolled_back", "applied", true, { kind: "repeat" }],
    ["failed", "failed", true, { kind: "repeat" }],
    ["applied", "failed", true, { kind: "refuse" }],
    ["failed", "applied", true, { kind: "refuse" }],
    ["verified", "failed", true, { kind: "refuse" }],
    ["recommended", "applied", false, { kind: "refuse" }],
    ["approved", "applied", false, { kind: "refuse" }],
    ["rejected", "applied", false, { kind: "refuse" }],
    ["superseded", "failed", false, { kind: "refuse" }],
  ] as const)("%s, %s, delivered before: %s", (state, outcome, wasDelivered, decision) => {
    expect(decideAck(state, outcome, wasDelivered)).toEqual(decision);
  });
});
