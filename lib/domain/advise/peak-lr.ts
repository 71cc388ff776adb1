import type { Architecture, Optimizer, Question } from "./question";
import { isAdaptive } from "./question";
import type { SourceId } from "./sources";

export type Scaling = "linear" | "sqrt" | "none";

export interface PeakLr {
  value: number;
  /** At the reference batch size. */
  base: number;
  reference_batch_size: number;
  scaling: Scaling;
  reasons: string[];
  sources: SourceId[];
}

interface Reference {
  lr: number;
  batch: number;
  why: string;
  sources: SourceId[];
}

/** The largest LR to aim at, scaled from a batch size at which one is known. */
export function peakLr(question: Question): PeakLr {
  const { optimizer, batch_size, reference_lr, reference_batch_size } = question;
  if (optimizer === "prodigy" || optimizer === "dadaptation") return ownEstimate(question);
  const known = referenceOf(question);
  const base = reference_lr ?? known.lr;
  const reference = reference_batch_size ?? (reference_lr === undefined ? known.batch : batch_size);
  const ratio = batch_size / reference;
  const scaling: Scaling = ratio === 1 ? "none" : isAdaptive(optimizer) ? "sqrt" : "linear";
  const value = rounded(base * (scaling === "sqrt" ? Math.sqrt(ratio) : ratio));
  const from =
    reference_lr === undefined ? known.why : `${base} is known to be good at batch size ${reference}.`;
  const { reason, sources } = SCALING[scaling];
  const sourcesOfBase = reference_lr === undefined ? known.sources : [];
  return {
    value,
    base,
    reference_batch_size: reference,
    scaling,
    reasons: [
      from,
      ...(reason ? [`${reason} Batch size ${batch_size} against ${reference} gives ${value}.`] : []),
    ],
    sources: [...new Set([...sourcesOfBase, ...sources])],
  };
}

const SCALING: Readonly<Record<Scaling, { reason: string; sources: SourceId[] }>> = {
  linear: { reason: "SGD's LR grows linearly with the batch size.", sources: ["goyal2017"] },
  sqrt: {
    reason: "The LR of Adam and its kin grows with the square root of the batch size.",
    sources: ["malladi2022"],
  },
  none: { reason: "", sources: [] },
};

function ownEstimate({ optimizer, batch_size }: Question): PeakLr {
  return {
    value: 1,
    base: 1,
    reference_batch_size: batch_size,
    scaling: "none",
    reasons: ["The optimizer estimates the step size itself; its LR is a factor that stays at 1."],
    sources: [optimizer === "prodigy" ? "mishchenko2024" : "defazio2023"],
  };
}

/** SGD with momentum. */
const SGD: Readonly<Record<Architecture, Reference>> = {
  cnn: {
    lr: 0.1,
    batch: 256,
    why: "0.1 at batch size 256 is the reference for CNNs with SGD.",
    sources: ["he2016", "goyal2017"],
  },
  vision_transformer: {
    lr: 0.03,
    batch: 512,
    why: "0.03 at batch size 512 is within what vision transformers were fine-tuned with under SGD.",
    sources: ["dosovitskiy2021"],
  },
  transformer: {
    lr: 0.1,
    batch: 256,
    why: "0.1 at batch size 256 is a start; SGD rarely suits transformers.",
    sources: [],
  },
  rnn: {
    lr: 0.1,
    batch: 64,
    why: "0.1 at batch size 64 is a start, with clipped gradients.",
    sources: ["pascanu2013"],
  },
  mlp: { lr: 0.1, batch: 128, why: "0.1 at batch size 128 is a usual start.", sources: [] },
  other: { lr: 0.1, batch: 256, why: "0.1 at batch size 256 is a usual start.", sources: [] },
};

const ADAM: Readonly<Record<Architecture, Reference>> = {
  cnn: { lr: 1e-3, batch: 256, why: "0.001 is Adam's own default.", sources: ["kingma2015"] },
  vision_transformer: {
    lr: 5e-4,
    batch: 512,
    why: "5e-4 at batch size 512 is the reference for vision transformers with AdamW.",
    sources: ["touvron2021"],
  },
  transformer: {
    lr: 6e-4,
    batch: 256,
    why: "6e-4 for half a million tokens an update, about 256 sequences of 2048, is what a small GPT-3 was trained with; larger models take less.",
    sources: ["brown2020"],
  },
  rnn: { lr: 1e-3, batch: 64, why: "0.001 is Adam's own default.", sources: ["kingma2015"] },
  mlp: { lr: 1e-3, batch: 128, why: "0.001 is Adam's own default.", sources: ["kingma2015"] },
  other: { lr: 1e-3, batch: 256, why: "0.001 is Adam's own default.", sources: ["kingma2015"] },
};

const FINE_TUNED_TRANSFORMER: Reference = {
  lr: 3e-5,
  batch: 32,
  why: "2e-5 to 5e-5 at batch size 16 or 32 is the range for fine-tuning BERT-like models.",
  sources: ["devlin2019"],
};

/** Fine-tuning starts from weights that are to be kept. */
const FINE_TUNE_SHARE = 0.1;
const LION_SHARE = 0.2;

function referenceOf({ architecture, optimizer, start }: Question): Reference {
  const adaptive = isAdaptive(optimizer);
  if (start === "fine_tune" && adaptive && /transformer/.test(architecture))
    return forOptimizer(FINE_TUNED_TRANSFORMER, optimizer);
  const scratch = forOptimizer((adaptive ? ADAM : SGD)[architecture], optimizer);
  // What vision transformers are known to take of SGD is from fine-tuning.
  const isFineTuned = !adaptive && architecture === "vision_transformer";
  if (start === "scratch" || isFineTuned) return scratch;
  return {
    ...scratch,
    lr: rounded(scratch.lr * FINE_TUNE_SHARE),
    why: `${scratch.why} Fine-tuning takes about a tenth of it, so as to keep what the weights know.`,
  };
}

function forOptimizer(reference: Reference, optimizer: Optimizer): Reference {
  if (optimizer !== "lion") return reference;
  return {
    ...reference,
    lr: rounded(reference.lr * LION_SHARE),
    why: `${reference.why} Lion takes 3 to 10 times less than AdamW.`,
    sources: [...reference.sources, "chen2023"],
  };
}

/** Two digits: more would claim a precision that no rule of thumb has. */
export const rounded = (value: number): number => Number(value.toPrecision(2));
