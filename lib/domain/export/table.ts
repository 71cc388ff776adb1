import type { CompiledSchedule } from "@/lib/domain/schedules/declared";
import type { Dialect } from "./formula";
import { indent, pyFloat, pyNumber } from "./python";

/** A schedule read off at evenly spread steps, for what has no formula of ours. */
export interface LrTable {
  lrs: number[];
  /** Steps from one entry to the next. */
  every: number;
  last: number;
  /** The largest distance from the schedule up to `last`, as a share of its largest LR. */
  error: number;
}

const MOST_ENTRIES = 512;
/** Steps at which the error is measured. */
const CHECKED = 8192;

export function tableOf(schedule: CompiledSchedule, last: number, group = 0): LrTable {
  const every = Math.max(1, Math.ceil(last / (MOST_ENTRIES - 1)));
  const count = Math.ceil(last / every) + 1;
  const lrs = [...(schedule.lrs(0, count * every, every)[group] ?? [])];
  const stride = Math.max(1, Math.floor(last / CHECKED));
  const truth = schedule.lrs(0, last + 1, stride)[group] ?? new Float64Array();
  const peak = truth.reduce((most, lr) => Math.max(most, Math.abs(lr)), 0);
  const worst = truth.reduce((most, lr, i) => {
    const at = (i * stride) / every;
    const before = lrs[Math.floor(at)] ?? 0;
    const line = before + ((lrs[Math.floor(at) + 1] ?? before) - before) * (at - Math.floor(at));
    return Math.max(most, Math.abs(line - lr));
  }, 0);
  return { lrs, every, last, error: peak === 0 ? 0 : worst / peak };
}

const PER_LINE = 6;

/** Straight lines from entry to entry, the last one held. */
export function tableFunction({ lrs, every, last }: LrTable, name: string, d: Dialect): string[] {
  const lines = Array.from(
    { length: Math.ceil(lrs.length / PER_LINE) },
    (_, i) =>
      `${lrs
        .slice(i * PER_LINE, (i + 1) * PER_LINE)
        .map(pyFloat)
        .join(", ")},`,
  );
  const list = `${name.toUpperCase()}_LRS`;
  const value =
    every === 1
      ? d.body({ otherwise: d.entry(list, d.whole(d.min("step", pyNumber(last)))) })
      : d.body({
          lets: [
            ["at", `${d.min("step", pyNumber(last))} / ${pyNumber(every)}`],
            ["i", d.whole(d.min("at", pyNumber(lrs.length - 2)))],
          ],
          otherwise: `${d.entry(list, "i")} + (${d.entry(list, "i + 1")} - ${d.entry(list, "i")}) * (at - i)`,
        });
  return [`${list} = [\n${indent(lines.join("\n"))}\n]`, `def ${name}(step):\n${indent(value)}`];
}
