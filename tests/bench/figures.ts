import { existsSync, readFileSync } from "node:fs";

/** One result: a JSON line on standard output. Ratios outlive the machine that they were measured on. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  [detail: string]: number | string;
}

export function report(figure: Figure): void {
  console.log(JSON.stringify({ ...figure, value: round(figure.value) }));
}

export const round = (value: number): number => Number(value.toPrecision(4));

/** Linear interpolation between the two nearest ranks. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] ?? 0;
  const high = sorted[Math.ceil(at)] ?? 0;
  return low + (high - low) * (at - Math.floor(at));
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** Milliseconds of each call, one after the other. */
export async function timed(times: number, work: (i: number) => unknown): Promise<number[]> {
  const taken: number[] = [];
  for (let i = 0; i < times; i += 1) {
    const start = performance.now();
    await work(i);
    taken.push(performance.now() - start);
  }
  return taken;
}

/** The kernel counts in hundredths of a second, whatever the machine. */
const TICK_MS = 10;

/** Milliseconds of CPU that a process and all its threads have used; 0 where there is no /proc. */
export function cpuOf(pid: number): number {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return 0;
  // The name, in brackets, may hold blanks; user and system time are the 12th and 13th field behind it.
  const fields = readFileSync(file, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** Milliseconds of processor time of each call. */
export function cpuTimed(times: number, work: () => void): number[] {
  return Array.from({ length: times }, () => {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
}
