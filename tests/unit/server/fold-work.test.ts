import { expect, test } from "vitest";
import { initialState } from "@/lib/domain/plateau/detect";
import { KEPT_PARTS, PART } from "@/lib/domain/plateau/firings";
import { normalisePolicy } from "@/lib/domain/plateau/normalise-policy";
import { AT_ONCE, SLICE, workOf } from "@/lib/server/plateau/fold-work";

const loaded = (declared: object) => {
  const policy = normalisePolicy({ metric: "loss", mode: "min", ...declared });
  return { policy, state: initialState(policy.spec, [1]) };
};

test.each([
  ["10 000 values under torch's rule are taken in at once", { detector: "torch" }, 10_000, "at once"],
  ["4000 under trend over 100", { detector: "trend", window: 100 }, 4000, "at once"],
  ["4001 are left for a worker", { detector: "trend", window: 100 }, 4001, "in a worker"],
  ["20 001 under torch's rule too", { detector: "torch" }, 20_001, "in a worker"],
  ["120 000 under trend over 100 fill a slice", { detector: "trend", window: 100 }, 120_000, "in slices"],
])("%s", (_, declared, values, where) => {
  const work = workOf(loaded(declared), values);
  expect(work <= AT_ONCE ? "at once" : work < SLICE ? "in a worker" : "in slices").toBe(where);
});

test("the last ten thousand firings are kept", () => expect(KEPT_PARTS * PART).toBe(10_000));
