import "server-only";
import { setImmediate } from "node:timers/promises";
import type { CompiledSchedule } from "@/lib/domain/schedules/declared";
import { PrepareFirst } from "../db/prepare-first";

/** Steps that a schedule which has to be followed is taken at once: some 20 ms of the slowest. */
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
  if (to - from <= STRIDE) return;
  throw new PrepareFirst(async () => {
    for (let at = from + STRIDE; at < to; at += STRIDE) {
      schedule.at([at]);
      await setImmediate();
    }
    schedule.at([to]);
    followed.set(schedule, to);
  });
}
