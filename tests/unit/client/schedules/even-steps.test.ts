import { expect, test } from "vitest";
import { evenSteps } from "@/lib/client/schedules/queries";

test.each([1, 2, 31, 32, 33, 1000, 1_000_000])(
  "of %d steps: the first, the last, none twice, in order",
  (total) => {
    const steps = evenSteps(total);
    expect(steps[0]).toBe(0);
    expect(steps.at(-1)).toBe(total - 1);
    expect(steps.length).toBe(Math.min(total, 32));
    expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
  },
);
