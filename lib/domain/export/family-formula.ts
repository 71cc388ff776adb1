import { phasesOf, type OneCycleSpec } from "@/lib/domain/schedules/one-cycle";
import type { CosineRestartsSpec } from "@/lib/domain/schedules/cosine-restarts";
import type { CyclicSpec } from "@/lib/domain/schedules/cyclic";
import type { WarmupShape } from "@/lib/domain/schedules/warmup";
import type { FamilySpec } from "@/lib/domain/schedules/spec";
import type { WsdSpec } from "@/lib/domain/schedules/wsd";
import type { Dialect, Formula } from "./formula";
import { pyFloat as f, pyNumber as n } from "./python";

const list = (numbers: readonly number[], text: (value: number) => string): string =>
  `[${numbers.map(text).join(", ")}]`;

const just = (otherwise: string): Formula => ({ otherwise });

/* eslint-disable complexity -- one case per kind */
/** The formula of a family as lib/domain/schedules evaluates it, in the words of a dialect. */
export function familyFormula(spec: FamilySpec, d: Dialect): Formula {
  switch (spec.kind) {
    case "constant":
      return just(f(spec.value));
    case "step":
      return just(`${f(spec.peak)} * ${f(spec.gamma)} ** ${d.times(spec.step_size, "step")}`);
    case "multi_step":
      return just(scaled(spec.peak, spec.gamma, spec.milestones, d));
    case "piecewise":
      return just(piecewise(spec.values, spec.boundaries, d));
    case "exponential": {
      const decayed = `${f(spec.peak)} * ${f(spec.gamma)} ** ${progress(spec.decay_steps ?? 1, spec.staircase, d)}`;
      return just(spec.floor ? d.max(f(spec.floor), decayed) : decayed);
    }
    case "inverse_time": {
      const p = progress(spec.decay_steps, spec.staircase, d);
      return just(`${f(spec.peak)} / (1.0 + ${f(spec.decay_rate)} * ${p})`);
    }
    case "polynomial": {
      // Arrays compute it beyond the end as well, where a fractional power would be NaN.
      const left = d.max("0.0", `1.0 - ${share(spec.steps)}`);
      return until(spec.steps, between(spec.peak, spec.floor, `${left} ** ${f(spec.power)}`), spec.floor);
    }
    case "linear":
      return until(spec.steps, between(spec.to, spec.from, share(spec.steps)), spec.to);
    case "cosine":
      return until(spec.steps, between(spec.peak, spec.floor, halfWave(share(spec.steps), d)), spec.floor);
    case "cosine_restarts":
      return cosineRestarts(spec, d);
    case "one_cycle":
      return oneCycle(spec, d);
    case "cyclic":
      return cyclic(spec, d);
    case "inverse_sqrt": {
      const { peak, warmup = 0, timescale = warmup || 10_000 } = spec;
      return {
        cases: warmup > 0 ? [[`step < ${n(warmup)}`, `${f(peak)} * step / ${n(warmup)}`]] : [],
        otherwise: `${f(peak)} / ((step - ${n(warmup)} + ${n(timescale)}) / ${n(timescale)}) ** 0.5`,
      };
    }
    case "wsd":
      return wsd(spec, d);
    case "reduce_on_plateau":
      return just(f(spec.peak));
    default:
      return spec satisfies never;
  }
}
/* eslint-enable complexity */

/** `floor + (peak − floor)·x`, without what is zero. */
function between(peak: number, floor: number, x: string): string {
  return floor === 0 ? `${f(peak)} * ${x}` : `${f(floor)} + (${f(peak)} - ${f(floor)}) * ${x}`;
}

/** Falls from 1 to 0 as `p` goes from 0 to 1. */
const halfWave = (p: string, d: Dialect): string => `0.5 * (1.0 + ${d.cos(p)})`;

const share = (steps: number): string => `step / ${n(steps)}`;

/** Rests at exactly `last`: compiled, n / n may come out as 0.9999999, whose root is not next to 1. */
const until = (steps: number, moving: string, last: number): Formula => ({
  cases: [[`step < ${n(steps)}`, moving]],
  otherwise: f(last),
});

function progress(steps: number, staircase: boolean | undefined, d: Dialect): string {
  if (steps === 1) return "step";
  return staircase ? d.times(steps, "step") : `(step / ${n(steps)})`;
}

function scaled(peak: number, gamma: number, milestones: readonly number[], d: Dialect): string {
  return milestones.length === 0
    ? f(peak)
    : `${f(peak)} * ${f(gamma)} ** ${d.reached(list(milestones, n), "step")}`;
}

/** A boundary counts only once all before it are reached, so that boundaries out of order mean what they mean to us. */
function piecewise(values: readonly number[], boundaries: readonly number[], d: Dialect): string {
  let highest = -Infinity;
  const ordered = boundaries.map((boundary) => (highest = Math.max(highest, boundary)));
  if (ordered.length === 0) return f(values[0] ?? NaN);
  return d.entry(list(values, f), d.reached(list(ordered, n), "step"));
}

/** Cycles are counted up to this step; a longer run stays in the last of them. */
const LAST_STEP = 1e8;
const MOST_CYCLES = 1024;

/** Growing cycles are counted against a list: their logarithm would land in the wrong cycle at exact boundaries. */
function cosineRestarts({ peak, floor, T_0, T_mult, gamma = 1 }: CosineRestartsSpec, d: Dialect): Formula {
  const lets: [string, string][] = [];
  if (T_mult === 1) {
    lets.push(["cycle", d.times(T_0, "step")], ["p", `(step - cycle * ${n(T_0)}) / ${n(T_0)}`]);
  } else {
    const growth = `${f(T_mult)} ** cycle`;
    lets.push(
      ["cycle", d.reached(list(cycleEnds(T_0, T_mult), n), "step")],
      ["start", `${f(T_0)} * (${growth} - 1.0) / (${f(T_mult)} - 1.0)`],
      ["p", `(step - start) / (${f(T_0)} * ${growth})`],
    );
  }
  if (gamma === 1) return { lets, otherwise: between(peak, floor, halfWave("p", d)) };
  lets.push(["peak", `${f(peak)} * ${f(gamma)} ** cycle`]);
  return { lets, otherwise: `${f(floor)} + (peak - ${f(floor)}) * ${halfWave("p", d)}` };
}

function cycleEnds(first: number, growth: number): number[] {
  const ends = [first];
  let length = first * growth;
  while (ends.length < MOST_CYCLES && (ends.at(-1) ?? 0) < LAST_STEP) {
    ends.push((ends.at(-1) ?? 0) + length);
    length *= growth;
  }
  return ends.filter(Number.isFinite);
}

function oneCycle(spec: OneCycleSpec, d: Dialect): Formula {
  let start = 0;
  const pieces = phasesOf(spec).map(({ end, from, to }) => {
    const p = `${start === 0 ? "t" : `(t - ${n(start)})`} / ${n(end - start)}`;
    const curve =
      spec.anneal_strategy === "linear" ? between(to, from, p) : between(from, to, halfWave(p, d));
    const piece = [`t <= ${n(end)}`, end > start ? curve : f(to)] as const;
    start = end;
    return piece;
  });
  return {
    lets: [["t", d.min("step", n(spec.total_steps - 1))]],
    cases: pieces.slice(0, -1),
    otherwise: pieces.at(-1)?.[1] ?? f(NaN),
  };
}

function cyclic(spec: CyclicSpec, d: Dialect): Formula {
  const {
    base_lr,
    max_lr,
    step_size_up: up,
    step_size_down: down = up,
    mode = "triangular",
    gamma = 1,
  } = spec;
  const scale = { triangular: "", triangular2: " / 2.0 ** cycle", exp_range: ` * ${f(gamma)} ** step` }[mode];
  return {
    lets: [
      ["cycle", d.times(up + down, "step")],
      ["t", `step - cycle * ${n(up + down)}`],
    ],
    cases: [[`t <= ${n(up)}`, between(max_lr, base_lr, `t / ${n(up)}${scale}`)]],
    otherwise: between(max_lr, base_lr, `(${n(up + down)} - t) / ${n(down)}${scale}`),
  };
}

function wsd(spec: WsdSpec, d: Dialect): Formula {
  const { peak, floor, warmup, stable, decay, shape, warmup_shape = "linear" } = spec;
  const cases: [string, string][] = [];
  const rise = `(step / ${n(warmup)})`;
  const rising = {
    linear: rise,
    cosine: `0.5 * (1.0 - ${d.cos(rise)})`,
    "1-sqrt": `(1.0 - (1.0 - ${rise}) ** 0.5)`,
  };
  if (warmup > 0) cases.push([`step < ${n(warmup)}`, between(peak, floor, rising[warmup_shape])]);
  if (stable > 0) cases.push([`step < ${n(warmup + stable)}`, f(peak)]);
  if (decay > 0) {
    const p = `((step - ${n(warmup + stable)}) / ${n(decay)})`;
    cases.push([
      `step < ${n(warmup + stable + decay)}`,
      between(peak, floor, falling(shape, p, floor / peak, d)),
    ]);
  }
  return { cases, otherwise: f(floor) };
}

function falling(shape: WsdSpec["shape"], p: string, ratio: number, d: Dialect): string {
  switch (shape) {
    case "linear":
      return `(1.0 - ${p})`;
    case "cosine":
      return halfWave(p, d);
    case "1-sqrt":
      return `(1.0 - ${p} ** 0.5)`;
    case "sqrt":
      return `(1.0 - ${p}) ** 0.5`;
    case "square":
      return `(1.0 - ${p} ** 2)`;
    case "exponential":
      if (!(ratio > 0 && ratio < 1)) return `0.001 ** ${p}`;
      return `(${f(ratio)} ** ${p} - ${f(ratio)}) / (1.0 - ${f(ratio)})`;
    default:
      return shape satisfies never;
  }
}

/** The factor of a warmup, from `start` at step 0 to 1 at `steps`. */
export function warmupFormula(shape: WarmupShape, steps: number, start: number, d: Dialect): string {
  const p = `step / ${n(steps)}`;
  switch (shape) {
    case "linear":
      return start === 0 ? p : `(${f(start)} + (1.0 - ${f(start)}) * ${p})`;
    case "exponential":
      return `${f(start)} ** (1.0 - ${p})`;
    case "constant":
      return f(start);
    case "cosine":
      return `(${f(start)} + (1.0 - ${f(start)}) * 0.5 * (1.0 - ${d.cos(p)}))`;
    default:
      return shape satisfies never;
  }
}
