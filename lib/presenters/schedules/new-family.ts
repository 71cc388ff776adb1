import type { FamilySpec } from "@/lib/domain/schedules/spec";
import { scheduleLength } from "@/lib/domain/schedules/schedule-length";
import type { Layers } from "./layers";

type Kind = FamilySpec["kind"];

/** A family with usual parameters at this peak and length: what it starts from when it is chosen. */
export function newFamily(kind: Kind, peak: number, length: number): FamilySpec {
  const part = (share: number) => Math.max(1, Math.round(length * share));
  const made: { [K in Kind]: () => Extract<FamilySpec, { kind: K }> } = {
    constant: () => ({ kind: "constant", value: peak }),
    step: () => ({ kind: "step", peak, step_size: part(1 / 3), gamma: 0.1 }),
    multi_step: () => ({ kind: "multi_step", peak, milestones: [part(0.5), part(0.75)], gamma: 0.1 }),
    piecewise: () => ({
      kind: "piecewise",
      values: [peak, tidy(peak * 0.3), tidy(peak * 0.1)],
      boundaries: [part(0.4), part(0.8)],
    }),
    exponential: () => ({ kind: "exponential", peak, gamma: 0.05, decay_steps: part(1) }),
    inverse_time: () => ({ kind: "inverse_time", peak, decay_rate: 0.5, decay_steps: part(0.1) }),
    polynomial: () => ({ kind: "polynomial", peak, floor: 0, power: 0.9, steps: part(1) }),
    linear: () => ({ kind: "linear", from: peak, to: 0, steps: part(1) }),
    cosine: () => ({ kind: "cosine", peak, floor: 0, steps: part(1) }),
    cosine_restarts: () => ({ kind: "cosine_restarts", peak, floor: 0, T_0: part(1 / 7), T_mult: 2 }),
    one_cycle: () => ({ kind: "one_cycle", max_lr: peak, total_steps: Math.max(2, part(1)) }),
    cyclic: () => ({ kind: "cyclic", base_lr: tidy(peak / 4), max_lr: peak, step_size_up: part(0.125) }),
    inverse_sqrt: () => ({ kind: "inverse_sqrt", peak, warmup: part(0.1) }),
    wsd: () => ({
      kind: "wsd",
      peak,
      floor: 0,
      warmup: part(0.05),
      stable: Math.max(0, length - part(0.05) - part(0.2)),
      decay: part(0.2),
      shape: "1-sqrt",
    }),
    reduce_on_plateau: () => ({
      kind: "reduce_on_plateau",
      peak,
      monitor: "val/loss",
      factor: 0.5,
      patience: 5,
    }),
  };
  return made[kind]();
}

/** The highest LR that a family is given; the constructor of the next one keeps it. */
export function peakOf(main: FamilySpec): number {
  switch (main.kind) {
    case "constant":
      return main.value;
    case "piecewise":
      return Math.max(...main.values);
    case "linear":
      return Math.max(main.from, main.to);
    case "one_cycle":
    case "cyclic":
      return main.max_lr;
    default:
      return main.peak;
  }
}

const tidy = (value: number): number => Number(value.toPrecision(6));

/** A layer that is switched on: a tenth of warmup, three cycles, a fifth of cooldown. `total` is in the layers' unit. */
export function newLayer(layer: "warmup" | "restarts" | "cooldown", layers: Layers, total: number) {
  const whole = (share: number) => Math.max(1, Math.round(total * share));
  switch (layer) {
    case "warmup":
      return { shape: "linear" as const, steps: whole(0.1), start_factor: 0 };
    case "restarts":
      return { cycles: 3, steps: scheduleLength(layers.main) ?? whole(1 / 3), gamma: 1 };
    case "cooldown":
      return { after: whole(0.8), steps: whole(0.2), to: 0, shape: "linear" as const };
  }
}

/** The families as a form names them. */
export const FAMILY_OPTIONS: readonly { readonly value: Kind; readonly label: string }[] = [
  { value: "cosine", label: "Cosine" },
  { value: "linear", label: "Linear" },
  { value: "wsd", label: "Warmup-stable-decay" },
  { value: "one_cycle", label: "One-cycle" },
  { value: "step", label: "Step" },
  { value: "multi_step", label: "Multi-step" },
  { value: "cosine_restarts", label: "Cosine restarts (SGDR)" },
  { value: "constant", label: "Constant" },
  { value: "exponential", label: "Exponential" },
  { value: "polynomial", label: "Polynomial" },
  { value: "inverse_sqrt", label: "Inverse square root" },
  { value: "inverse_time", label: "Inverse time" },
  { value: "cyclic", label: "Cyclic" },
  { value: "piecewise", label: "Piecewise constant" },
  { value: "reduce_on_plateau", label: "Reduce on plateau" },
];
