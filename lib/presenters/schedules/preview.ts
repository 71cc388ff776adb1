import { compileDeclared, isNative, type CompiledSchedule } from "@/lib/domain/schedules/declared";
import { ScheduleError } from "@/lib/domain/schedules/schedule-error";
import type { Candidate, Design } from "./design";

/** A candidate over the steps of the training. */
export interface Preview {
  readonly candidate: Candidate;
  /** Why it cannot be drawn; null when it can. */
  readonly error: string | null;
  /** Evenly spaced whole steps in view, and the first group's LR there. */
  readonly steps: readonly number[];
  readonly lrs: readonly number[];
  readonly figures: Figures | null;
}

export interface Figures {
  readonly peak: { readonly step: number; readonly lr: number };
  /** The LR of the last step. */
  readonly end: number;
  /** The area under the curve: the sum of the LRs of all steps. */
  readonly area: number;
  /** The step after which the schedule has said all; null when it goes on. */
  readonly length: number | null;
  readonly groups: number;
  /** It follows a metric: what is drawn is where it starts from. */
  readonly needsMetrics: boolean;
}

interface Window {
  readonly from: number;
  readonly to: number;
}

const SAMPLES = 1200;
const AREA_SAMPLES = 50_000;
/** A library's own recursion is followed step by step: beyond this it would hold the page up. */
const MOST_LIBRARY_STEPS = 2_000_000;

/** @param window steps in view, both included; the whole training when absent */
export function previewOf(candidate: Candidate, design: Design, window?: Window): Preview {
  const { totalSteps, stepsPerEpoch } = design;
  const nothing = { candidate, steps: [], lrs: [], figures: null };
  if (!isNative(candidate.schedule) && totalSteps > MOST_LIBRARY_STEPS) {
    return { ...nothing, error: "A library’s schedule is drawn for up to 2,000,000 steps." };
  }
  try {
    const compiled = compileDeclared(candidate.schedule, { stepsPerEpoch, totalSteps });
    const steps = evenSteps(window ?? { from: 0, to: totalSteps - 1 });
    const [lrs] = compiled.at(steps);
    return {
      candidate,
      error: null,
      steps,
      lrs: Array.from(lrs ?? []),
      figures: figuresOf(compiled, totalSteps),
    };
  } catch (error) {
    if (error instanceof ScheduleError) return { ...nothing, error: sentence(error) };
    throw error;
  }
}

const sentence = ({ path, message }: ScheduleError): string =>
  path === "schedule" || message.includes(path) ? message : `${path.replace(/^schedule\./, "")}: ${message}`;

/** Whole steps, first and last among them, each once. */
function evenSteps({ from, to }: Window): number[] {
  const count = Math.min(SAMPLES, to - from + 1);
  const steps = Array.from({ length: count }, (_, i) =>
    Math.round(from + ((to - from) * i) / Math.max(1, count - 1)),
  );
  return [...new Set(steps)];
}

function figuresOf(compiled: CompiledSchedule, total: number): Figures {
  const stride = Math.max(1, Math.ceil(total / AREA_SAMPLES));
  const [lrs = new Float64Array()] = compiled.lrs(0, total, stride);
  const top = argMax(lrs);
  const around = { from: Math.max(0, (top - 1) * stride), to: Math.min(total, (top + 1) * stride + 1) };
  const [near = new Float64Array()] = compiled.lrs(around.from, around.to);
  const best = argMax(near);
  const [end = NaN] = compiled.at([total - 1])[0] ?? [];
  return {
    peak: { step: around.from + best, lr: near[best] ?? NaN },
    end,
    // Each sample stands for a stride of steps, the last for those that are left.
    area: lrs.reduce((sum, lr, i) => sum + lr * Math.min(stride, total - i * stride), 0),
    length: compiled.length,
    groups: compiled.groups,
    needsMetrics: compiled.needsMetrics,
  };
}

/** The first of the highest. */
function argMax(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++)
    if ((values[i] ?? -Infinity) > (values[best] ?? -Infinity)) best = i;
  return best;
}
