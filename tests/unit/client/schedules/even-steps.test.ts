import { QueryClient } from "@tanstack/react-query";
import { afterEach, expect, test, vi } from "vitest";
import { evenSteps, scheduleCurveQuery, type ScheduleToDraw } from "@/lib/client/schedules/queries";

afterEach(() => vi.unstubAllGlobals());

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

const COSINE = { kind: "cosine", peak: 0.1, floor: 0, steps: 100 } as const;
const TORCH = {
  library: "torch",
  constructor: "torch.optim.lr_scheduler.StepLR",
  kwargs: { step_size: 5 },
} as const;

test.each<[string, ScheduleToDraw, number]>([
  ["as long as the run", { schedule: COSINE, total_steps: 50, steps_per_epoch: null }, 49],
  ["else as long as the schedule", { schedule: COSINE, total_steps: null, steps_per_epoch: null }, 99],
  ["else a thousand steps", { schedule: TORCH, total_steps: null, steps_per_epoch: 20 }, 999],
])("a schedule is drawn %s, and its first group's LR is taken", async (_length, toDraw, last) => {
  const asked = vi.fn();
  vi.stubGlobal("fetch", async (_url: string, init: RequestInit) => {
    asked(JSON.parse(String(init.body)));
    return Response.json({
      lrs_by_group: [
        [0.1, 0],
        [1, 1],
      ],
    });
  });
  await expect(new QueryClient().fetchQuery(scheduleCurveQuery(toDraw))).resolves.toEqual([0.1, 0]);
  const body = asked.mock.calls[0]?.[0];
  expect(body.steps.at(-1)).toBe(last);
  expect(body.schedule).toEqual(toDraw.schedule);
});
