import { leavesOf } from "@/lib/domain/audit/leaves";
import type { FindingCode } from "@/lib/domain/audit/report";
import { type Drawn, type Random, ratesOf } from "./mistaken-runs";

/** What went wrong in a training, and what the audit should say of it. */
export interface Mistake {
  lr: (step: number) => number;
  code: FindingCode;
  /** Codes that say the same of this log: some mistakes look alike. */
  or?: FindingCode[];
  param?: readonly [name: string, value: number];
  /** The step at which it happened. */
  at?: number;
}

const end = ({ ticks, unit }: Drawn) => ticks * unit;
const within = (drawn: Drawn, r: Random) => Math.round(end(drawn) * r.between(0.3, 0.7));

/** What ends a schedule, by family. */
const TOTAL: Readonly<Partial<Record<string, RegExp>>> = {
  CosineAnnealingLR: /T_max$/,
  PolynomialLR: /total_iters$/,
  OneCycleLR: /total_steps$/,
  WarmupCosine: /T_max$/,
  hf_linear: /num_training_steps$/,
  cosine: /steps$/,
};

/** Null: the mistake cannot be made with this schedule. */
export const MISTAKES: Record<string, (drawn: Drawn, r: Random) => Mistake | null> = {
  "never stepped": (drawn) => ({ lr: () => ratesOf(drawn).atStep(0), code: "never_stepped" }),
  "an epoch taken for a batch": (drawn) =>
    drawn.unit === 1 ? null : { lr: ratesOf(drawn).atTick, code: "time_scale", param: ["N", drawn.unit] },
  "a batch taken for an epoch": (drawn) => {
    if (drawn.unit > 1) return null;
    const { atTick } = ratesOf(drawn);
    const { stepsPerEpoch } = drawn;
    return {
      lr: (step) => atTick(Math.floor(step / stepsPerEpoch)),
      code: "time_scale",
      // A step decay of many epochs does not move at all then.
      or: ["never_stepped"],
      param: ["N", 1 / stepsPerEpoch],
    };
  },
  "several calls a step": (drawn, r) => {
    const n = r.one([2, 4, 8]);
    const { atTick } = ratesOf(drawn);
    return {
      lr: (step) => atTick(n * Math.floor(step / drawn.unit)),
      code: "time_scale",
      param: ["N", n],
    };
  },
  "begun again": (drawn, r) => {
    const { stepsPerEpoch } = drawn;
    const at = Math.round(within(drawn, r) / stepsPerEpoch) * stepsPerEpoch;
    const { atStep } = ratesOf(drawn);
    return {
      lr: (step) => (step < at ? atStep(step) : atStep(step - at)),
      code: "restarted",
      param: ["restart_step", at],
    };
  },
  "a factor": (drawn, r) => {
    const factor = r.one([0.1, 0.25, 0.5, 2, 4, 8]);
    const { atStep } = ratesOf(drawn);
    return { lr: (step) => factor * atStep(step), code: "scaled", param: ["factor", factor] };
  },
  "a floor": (drawn) => {
    const { atStep } = ratesOf(drawn);
    const sorted = Array.from({ length: drawn.ticks }, (_, i) => atStep(i * drawn.unit)).sort(
      (a, b) => a - b,
    );
    const floor = sorted[Math.floor(sorted.length * 0.3)]! * 1.03;
    return { lr: (step) => Math.max(floor, atStep(step)), code: "clipped", param: ["floor", floor] };
  },
  "scaled by hand": (drawn, r) => {
    const at = within(drawn, r);
    const factor = r.one([0.17, 0.4, 2.3]);
    const { atStep } = ratesOf(drawn);
    return { lr: (step) => (step < at ? 1 : factor) * atStep(step), code: "external_change", at };
  },
  "set by hand": (drawn, r) => {
    const at = within(drawn, r);
    const { atStep } = ratesOf(drawn);
    const lr = atStep(at) * 0.37;
    return { lr: (step) => (step < at ? atStep(step) : lr), code: "external_change", at };
  },
  "resumed with a longer total": (drawn, r) => {
    const total = leavesOf(drawn.declared).find(({ name }) => TOTAL[drawn.name]?.test(name));
    if (!total) return null;
    const fitted = Math.round(total.value * r.one([1.5, 2, 3]));
    const [before, after] = [ratesOf(drawn), ratesOf({ ...drawn, declared: total.with(fitted) })];
    const at = within(drawn, r);
    return {
      lr: (step) => (step < at ? before : after).atStep(step),
      code: "parameter",
      param: ["fitted", fitted],
      at,
    };
  },
  "skipped updates": (drawn, r) => {
    // A schedule that stands still most of the time does not show them.
    if (drawn.unit > 1 || ["StepLR", "MultiStepLR"].includes(drawn.name)) return null;
    const skips = Array.from({ length: 6 }, () => r.whole(1, drawn.ticks / 2));
    const { atStep } = ratesOf(drawn);
    return {
      lr: (step) => atStep(step - skips.filter((skip) => skip <= step).length),
      code: "lag",
      param: ["k", 6],
    };
  },
};

/** The warmup left out, in the ways that it happens. */
export const WARMUP_FAMILIES = ["WarmupCosine", "hf_linear", "hf_inverse_sqrt", "wsd"];
