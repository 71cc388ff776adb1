import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import { candidates } from "./candidates";
import { conflictsOf, type Conflict } from "./conflicts";
import { peakLr, type Scaling } from "./peak-lr";
import { lengthsOf, type Question } from "./question";
import { SOURCES, type Source, type SourceId } from "./sources";
import { warmupAdvice } from "./warmup";

export interface Suggested {
  id: string;
  title: string;
  schedule: ScheduleSpec;
  /** 0 to 100; only the order has a meaning. */
  fit: number;
  reasons: string[];
  sources: Source[];
}

export interface Advice {
  steps_per_epoch: number;
  /** null: the length is open. */
  total_steps: number | null;
  peak_lr: {
    value: number;
    base: number;
    reference_batch_size: number;
    scaling: Scaling;
    reasons: string[];
    sources: Source[];
  };
  /** The best first, never empty. */
  suggestions: Suggested[];
  warnings: (Omit<Conflict, "sources"> & { sources: Source[] })[];
}

/** Schedules for a training, ranked, and what does not go together. Throws ScheduleError for a bad planned schedule. */
export function advise(question: Question): Advice {
  const lengths = lengthsOf(question);
  const peak = peakLr(question);
  const warmup = warmupAdvice(question, lengths);
  const found = candidates({ question, lengths, peak: peak.value, warmup });
  return {
    steps_per_epoch: lengths.per_epoch,
    total_steps: lengths.total,
    peak_lr: { ...peak, sources: sourcesOf(peak.sources) },
    suggestions: found.map((suggestion) => ({ ...suggestion, sources: sourcesOf(suggestion.sources) })),
    warnings: conflictsOf(question, lengths, peak).map((conflict) => ({
      ...conflict,
      sources: sourcesOf(conflict.sources),
    })),
  };
}

const sourcesOf = (ids: readonly SourceId[]): Source[] => [...new Set(ids)].map((id) => SOURCES[id]);
