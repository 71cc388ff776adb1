import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import { SOURCES, type Source } from "./sources";

/** A schedule that a published training used. */
export interface Preset {
  id: string;
  title: string;
  /** What was trained, and how the numbers come about. */
  description: string;
  schedule: ScheduleSpec;
  source: Source;
}

/** ImageNet's 1 281 167 images at batch size 256. */
const IMAGENET_STEPS = 5005;
/** CIFAR-10's 50 000 images at batch size 128. */
const CIFAR_STEPS = 391;

export const PRESETS: readonly Preset[] = [
  {
    id: "resnet-imagenet",
    title: "ResNet on ImageNet: step decay",
    description:
      "SGD at 0.1 with batch size 256, divided by 10 after 30, 60 and 90 of 120 epochs, 5005 steps each.",
    schedule: {
      kind: "per_epoch",
      steps_per_epoch: IMAGENET_STEPS,
      spec: { kind: "step", peak: 0.1, step_size: 30, gamma: 0.1 },
    },
    source: SOURCES.he2019,
  },
  {
    id: "imagenet-large-batch",
    title: "ImageNet with batch size 8192",
    description:
      "Linear scaling to 3.2, warmed up over 5 epochs of 157 steps from 0.1, divided by 10 after 30, 60 and 80 epochs.",
    schedule: {
      kind: "warmup",
      shape: "linear",
      steps: 785,
      start_factor: 0.03125,
      overlap: true,
      then: {
        kind: "per_epoch",
        steps_per_epoch: 157,
        spec: { kind: "multi_step", peak: 3.2, milestones: [30, 60, 80], gamma: 0.1 },
      },
    },
    source: SOURCES.goyal2017,
  },
  {
    id: "imagenet-cosine",
    title: "ImageNet: warmup and cosine to zero",
    description:
      "SGD at 0.1 with batch size 256: 5 epochs of linear warmup, then half a cosine over 115 more.",
    schedule: {
      kind: "warmup",
      shape: "linear",
      steps: 5 * IMAGENET_STEPS,
      start_factor: 0,
      then: { kind: "cosine", peak: 0.1, floor: 0, steps: 115 * IMAGENET_STEPS },
    },
    source: SOURCES.he2019,
  },
  {
    id: "sgdr-10-20-40",
    title: "SGDR: cosine restarts of 10, 20 and 40 epochs",
    description:
      "SGD at 0.05 on CIFAR-10 with batch size 128, 391 steps an epoch; stop at the end of a cycle.",
    schedule: { kind: "cosine_restarts", peak: 0.05, floor: 0, T_0: 10 * CIFAR_STEPS, T_mult: 2 },
    source: SOURCES.loshchilov2017,
  },
  {
    id: "one-cycle",
    title: "One-cycle",
    description: "Up to the largest LR that a range test allows and down again within 30 epochs of CIFAR-10.",
    schedule: { kind: "one_cycle", max_lr: 0.1, total_steps: 30 * CIFAR_STEPS, pct_start: 0.3 },
    source: SOURCES.smithTopin2018,
  },
  {
    id: "transformer-base",
    title: "Transformer: inverse square root",
    description: "Adam with 4000 steps of warmup; the peak is 512^−½ · 4000^−½ for a model of width 512.",
    schedule: { kind: "inverse_sqrt", peak: 512 ** -0.5 * 4000 ** -0.5, warmup: 4000 },
    source: SOURCES.vaswani2017,
  },
  {
    id: "bert-pretraining",
    title: "BERT: warmup and linear to zero",
    description: "Adam at 1e-4 with batch size 256: 10,000 steps of warmup out of 1,000,000.",
    schedule: {
      kind: "warmup",
      shape: "linear",
      steps: 10_000,
      start_factor: 0,
      then: { kind: "linear", from: 1e-4, to: 0, steps: 990_000 },
    },
    source: SOURCES.devlin2019,
  },
  {
    id: "gpt-3-small",
    title: "GPT-3 Small: warmup and cosine to 10 %",
    description:
      "Adam at 6e-4 with half a million tokens a step: warmup over 375 million tokens, cosine to a tenth over 260 billion.",
    schedule: {
      kind: "warmup",
      shape: "linear",
      steps: 750,
      start_factor: 0,
      then: { kind: "cosine", peak: 6e-4, floor: 6e-5, steps: 519_250 },
    },
    source: SOURCES.brown2020,
  },
  {
    id: "wsd-1-sqrt",
    title: "WSD with a 1−√ cooldown",
    description: "Constant after a short warmup; the last fifth cools down to zero as 1−√t.",
    schedule: {
      kind: "wsd",
      peak: 1e-3,
      floor: 0,
      warmup: 300,
      stable: 15_700,
      decay: 4000,
      shape: "1-sqrt",
    },
    source: SOURCES.hagele2024,
  },
  {
    id: "linear-to-zero",
    title: "Linear to zero",
    description: "A short warmup, then straight to zero by the last step.",
    schedule: {
      kind: "warmup",
      shape: "linear",
      steps: 1000,
      start_factor: 0,
      then: { kind: "linear", from: 1e-3, to: 0, steps: 19_000 },
    },
    source: SOURCES.bergsma2025,
  },
];
