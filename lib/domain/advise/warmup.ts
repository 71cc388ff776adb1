import { isAdaptive, type Lengths, type Question } from "./question";
import type { SourceId } from "./sources";

export interface WarmupAdvice {
  steps: number;
  reason: string;
  sources: SourceId[];
}

/** A warmup takes at most this share of the training. */
const MOST = 0.1;
const LARGE_BATCH = 1024;
const LARGE_BATCH_EPOCHS = 5;
const NONE = { steps: 0, reason: "No warmup is needed.", sources: [] };

/** How long to warm up: what the optimizer and the batch size ask for, within a tenth of the training. */
export function warmupAdvice(question: Question, lengths: Lengths): WarmupAdvice {
  const { optimizer } = question;
  const most = lengths.total === null ? Infinity : Math.floor(lengths.total * MOST);
  if (optimizer === "radam") {
    return { ...NONE, reason: "RAdam's rectification is a warmup already.", sources: ["liu2020"] };
  }
  if (optimizer === "prodigy" || optimizer === "dadaptation") return NONE;
  return isAdaptive(optimizer) ? adamWarmup(question, most) : sgdWarmup(question, lengths, most);
}

function adamWarmup({ optimizer, start, beta2 = 0.999 }: Question, most: number): WarmupAdvice {
  if (start === "fine_tune" && Number.isFinite(most)) {
    return {
      steps: most,
      reason: `Warmup over a tenth of the training (${most} steps), as BERT-like models are fine-tuned.`,
      sources: ["devlin2019"],
    };
  }
  const untuned = Math.round(2 / (1 - beta2));
  const steps = Math.min(untuned, most);
  const limit = steps < untuned ? ", cut to a tenth of the training" : "";
  if (optimizer === "lion") {
    return {
      steps,
      reason: `Warmup over ${steps} steps, as AdamW would take${limit}.`,
      sources: ["chen2023"],
    };
  }
  return {
    steps,
    reason: `Warmup over 2/(1−β₂) = ${untuned} steps until Adam's second moment can be trusted${limit}.`,
    sources: ["ma2021"],
  };
}

function sgdWarmup(
  { batch_size, architecture }: Question,
  { per_epoch }: Lengths,
  most: number,
): WarmupAdvice {
  if (batch_size < LARGE_BATCH && architecture !== "transformer") return NONE;
  const steps = Math.min(LARGE_BATCH_EPOCHS * per_epoch, most);
  return {
    steps,
    reason: `Warmup over ${steps} steps (5 epochs, at most a tenth of the training): a large batch's LR is too much for the first steps.`,
    sources: ["goyal2017"],
  };
}
