import {
  listOf,
  number,
  object,
  optional,
  readArguments,
  required,
} from "@/lib/domain/schedules/shared/arguments";
import type { Kwargs } from "@/lib/domain/schedules/shared/arguments";
import { cosine, EXPONENTIAL_PARAMETERS, exponential, polynomial } from "./decays";
import { join } from "./join";
import type { OptaxConstructor, OptaxSchedule } from "./schedule";

const WARMUP_PARAMETERS = {
  init_value: required(number),
  peak_value: required(number),
  warmup_steps: required(number),
};

const WARMUP_COSINE_PARAMETERS = {
  ...WARMUP_PARAMETERS,
  decay_steps: required(number),
  end_value: optional(number, 0),
  exponent: optional(number, 1),
};

interface WarmupArguments {
  init_value: number;
  peak_value: number;
  warmup_steps: number;
}

/** A line init → peak, then peak. With warmup_steps 0 it stays at init. */
export const warmupConstantSchedule: OptaxConstructor = (kwargs, path) =>
  warmup(readArguments(kwargs, path, WARMUP_PARAMETERS));

/** A line init → peak, then a cosine to end_value over decay_steps − warmup_steps: decay_steps is the total length. */
export const warmupCosineDecaySchedule: OptaxConstructor = (kwargs, path) => {
  const args = readArguments(kwargs, path, WARMUP_COSINE_PARAMETERS);
  const decay = cosine({
    init_value: args.peak_value,
    decay_steps: args.decay_steps - args.warmup_steps,
    alpha: args.peak_value === 0 ? 0 : args.end_value / args.peak_value,
    exponent: args.exponent,
  });
  return join([warmup(args), decay], [args.warmup_steps]);
};

/** A line init → peak, then `exponential_decay` from peak, counted from the end of the warmup. */
export const warmupExponentialDecaySchedule: OptaxConstructor = (kwargs, path) => {
  const args = readArguments(kwargs, path, { ...WARMUP_PARAMETERS, ...EXPONENTIAL_PARAMETERS });
  return join([warmup(args), exponential({ ...args, init_value: args.peak_value })], [args.warmup_steps]);
};

/** `warmup_cosine_decay_schedule`s one after the other, each for its own decay_steps. */
export const sgdrSchedule: OptaxConstructor = (kwargs, path) => {
  const { cosine_kwargs } = readArguments(kwargs, path, { cosine_kwargs: required(listOf(object)) });
  const cycles = cosine_kwargs.map((cycle, index) => {
    const cyclePath = `${path}.cosine_kwargs[${index}]`;
    return { schedule: warmupCosineDecaySchedule(cycle, cyclePath), length: cycleLength(cycle, cyclePath) };
  });
  let end = 0;
  const ends = cycles.map(({ length }) => (end += length));
  return join(
    cycles.map(({ schedule }) => schedule),
    ends.slice(0, -1),
  );
};

function cycleLength(cycle: Kwargs, path: string): number {
  return readArguments(cycle, path, WARMUP_COSINE_PARAMETERS).decay_steps;
}

function warmup({
  init_value,
  peak_value: end_value,
  warmup_steps: transition_steps,
}: WarmupArguments): OptaxSchedule {
  return polynomial({ init_value, end_value, power: 1, transition_steps, transition_begin: 0 });
}
