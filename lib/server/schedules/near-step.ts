import "server-only";
import { setImmediate } from "node:timers/promises";
import type { CompiledSchedule } from "@/lib/domain/schedules/declared";
import { PrepareFirst } from "../db/prepare-first";

/** Calls of the scheduler that are followed at once: some 20 ms of the slowest. */
const STRIDE = 10_000;
/** Beyond it the recursions of `steppedForm` stand still. */
const FURTHEST = 5_000_000;

/** How far each schedule was followed. */
const followed = new WeakMap<CompiledSchedule, number>();

/**
 * For a transaction that asks for the LR at a step: some schedules are known only by following them there.
 * @throws PrepareFirst when that is far
 */
export function requireNear(schedule: CompiledSchedule, step: number): void {
  const to = Math.min(step, FURTHEST);
  const from = followed.get(schedule) ?? 0;
  const calls = schedule.stepsBefore(to) - schedule.stepsBefore(from);
  if (calls <= STRIDE) return;
  const stride = Math.max(1, Math.floor(((to - from) * STRIDE) / calls));
  throw new PrepareFirst(async () => {
    for (let at = from + stride; at < to; at += stride) {
      schedule.at([at]);
      await setImmediate();
    }
    schedule.at([to]);
    followed.set(schedule, to);
  });
}
