import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { NativeScheduleSchema } from "@/lib/contracts/native-schedules";
import { advise } from "@/lib/domain/advise/advise";
import type { Question } from "@/lib/domain/advise/question";
import { lrs } from "@/lib/domain/schedules/lr-at";
import { scheduleLength } from "@/lib/domain/schedules/schedule-length";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";

/** From one to the largest that the contract takes, small ones as often as large ones. */
const count = (most: number) =>
  fc.double({ min: 0, max: Math.log10(most), noNaN: true }).map((digits) => Math.round(10 ** digits));

const question: fc.Arbitrary<Question> = fc.record(
  {
    architecture: fc.constantFrom("cnn", "vision_transformer", "transformer", "rnn", "mlp", "other"),
    optimizer: fc.constantFrom(
      ...(["sgd", "adam", "adamw", "radam", "rmsprop", "lion", "adafactor"] as const),
      ...(["schedule_free", "prodigy", "dadaptation"] as const),
    ),
    batch_size: count(1e6),
    data_size: count(1e9),
    start: fc.constantFrom("scratch", "fine_tune"),
    budget: fc.oneof(
      count(1e9).map((steps) => ({ steps })),
      fc.double({ min: 1e-3, max: 1000, noNaN: true }).map((epochs) => ({ epochs })),
    ),
    beta2: fc.constantFrom(0, 0.9, 0.95, 0.999, 0.99999),
  },
  { requiredKeys: ["architecture", "optimizer", "batch_size", "data_size", "start"] },
);

function warmupOf(spec: ScheduleSpec): number {
  if (spec.kind === "warmup") return spec.steps;
  return spec.kind === "wsd" || spec.kind === "inverse_sqrt" ? (spec.warmup ?? 0) : 0;
}

test.prop([question], { numRuns: 300 })("however odd the question, every schedule makes sense", (asked) => {
  const { suggestions, peak_lr, total_steps } = advise(asked);
  expect(peak_lr.value).toBeGreaterThan(0);
  expect(suggestions.length).toBeGreaterThan(0);
  for (const { id, schedule, reasons, fit } of suggestions) {
    const told = `${id} ${JSON.stringify({ asked, schedule })}`;
    expect(NativeScheduleSchema.safeParse(schedule).error, told).toBeUndefined();
    expect(fit, told).toBeGreaterThan(0);
    expect(reasons.join(" "), told).not.toMatch(/NaN|undefined|Infinity/);
    const length = scheduleLength(schedule);
    const end = total_steps ?? length ?? 10 * warmupOf(schedule) + 1000;
    expect(warmupOf(schedule), told).toBeLessThan(end);
    if (length !== null && total_steps !== null) expect(length, told).toBeLessThanOrEqual(total_steps);
    const rates = lrs(schedule, 0, end, Math.max(1, Math.floor(end / 200)));
    expect(Math.max(...rates), told).toBeLessThanOrEqual(peak_lr.value * (1 + 1e-9));
    expect(Math.max(...rates), told).toBeGreaterThan(0);
  }
});
