import { ScheduleError } from "@/lib/domain/schedules/schedule-error";
import {
  boolean,
  either,
  ignored,
  integer,
  type Kind,
  type Kwargs,
  listOf,
  number,
  object,
  optional,
  orNull,
  readArguments,
  required,
} from "@/lib/domain/schedules/shared/arguments";
import { bareName, readNested, type NestedSchedule } from "@/lib/domain/schedules/shared/constructors";
import { PythonError } from "@/lib/domain/schedules/shared/python-error";
import { unknownName } from "@/lib/domain/schedules/shared/unknown-name";
import { constantLr } from "./constant-lr";
import { cosineAnnealingLr } from "./cosine-annealing-lr";
import { cyclicLr } from "./cyclic-lr";
import { exponentialLr } from "./exponential-lr";
import { lambdaLr, multiplicativeLr } from "./lambda-lr";
import { linearLr } from "./linear-lr";
import { multiStepLr } from "./multi-step-lr";
import { oneCycleLr } from "./one-cycle-lr";
import { polynomialLr } from "./polynomial-lr";
import { readPlateau, type PlateauArguments } from "./reduce-lr-on-plateau";
import type { BuiltRule, RuleClass } from "./rule";
import { stepLr } from "./step-lr";
import { swaLr } from "./swa-lr";
import { readRestarts, type RestartsArguments } from "./warm-restarts";

/** A scheduler with its arguments read, not yet constructed on an optimizer. */
export type Blueprint =
  | { kind: "rule"; built: BuiltRule }
  | { kind: "restarts"; args: RestartsArguments }
  | { kind: "plateau"; args: PlateauArguments }
  | { kind: "sequential"; children: Blueprint[]; milestones: readonly number[]; lastEpoch: number }
  | { kind: "chained"; children: Blueprint[] };

const RULES: Readonly<Record<string, RuleClass>> = {
  StepLR: stepLr,
  MultiStepLR: multiStepLr,
  ConstantLR: constantLr,
  LinearLR: linearLr,
  ExponentialLR: exponentialLr,
  PolynomialLR: polynomialLr,
  CosineAnnealingLR: cosineAnnealingLr,
  LambdaLR: lambdaLr,
  MultiplicativeLR: multiplicativeLr,
  OneCycleLR: oneCycleLr,
  CyclicLR: cyclicLr,
  SWALR: swaLr,
};

const OTHERS = ["CosineAnnealingWarmRestarts", "SequentialLR", "ChainedScheduler", "ReduceLROnPlateau"];

export const TORCH_CLASSES: readonly string[] = [...Object.keys(RULES), ...OTHERS];

/** Schedulers within schedulers; deeper than this is refused rather than recursed into. */
const MAX_DEPTH = 16;

/**
 * Reads a scheduler for an optimizer with `groups` param groups. Throws ScheduleError for what no torch call could look
 * like, PythonError for what torch raises.
 */
export function readBlueprint(schedule: NestedSchedule, path: string, groups: number): Blueprint {
  const name = bareName(schedule.constructor);
  const inner = `${path}.kwargs`;
  const kwargs = withoutVerbose(schedule.kwargs, inner);
  const rule = Object.hasOwn(RULES, name) ? RULES[name] : undefined;
  if (rule) return { kind: "rule", built: rule(kwargs, inner, groups) };
  switch (name) {
    case "CosineAnnealingWarmRestarts":
      return { kind: "restarts", args: readRestarts(kwargs, inner) };
    case "ReduceLROnPlateau":
      return { kind: "plateau", args: readPlateau(kwargs, inner, groups) };
    case "SequentialLR":
      return readSequential(kwargs, inner, groups);
    case "ChainedScheduler":
      return readChained(kwargs, inner, groups);
    default:
      throw new ScheduleError(
        `${path}.constructor`,
        unknownName(`unknown scheduler ${name}`, name, TORCH_CLASSES),
      );
  }
}

/** How many rules a step applies at most. */
export function ruleCount(blueprint: Blueprint): number {
  if (!("children" in blueprint)) return 1;
  const counts = blueprint.children.map(ruleCount);
  return blueprint.kind === "chained" ? counts.reduce((sum, count) => sum + count, 0) : Math.max(...counts);
}

const deprecated: Kind<"deprecated"> = {
  expected: '"deprecated"',
  parse: (value) => (value === "deprecated" ? value : undefined),
};

const VERBOSE = { verbose: optional(orNull(either(boolean, deprecated)), null) };

/** Every scheduler took `verbose` until torch 2.7, and much code still passes it. It only ever printed. */
function withoutVerbose(kwargs: Kwargs, path: string): Kwargs {
  if (!Object.hasOwn(kwargs, "verbose")) return kwargs;
  const { verbose, ...others } = kwargs;
  readArguments({ verbose }, path, VERBOSE);
  return others;
}

function readSequential(kwargs: NestedSchedule["kwargs"], path: string, groups: number): Blueprint {
  const args = readArguments(kwargs, path, {
    schedulers: required(listOf(object)),
    milestones: required(listOf(number)),
    last_epoch: optional(integer, -1),
  });
  const children = readChildren("SequentialLR", args.schedulers, path, groups);
  if (args.milestones.length !== children.length - 1) {
    const found = `number of schedulers ${children.length} and the number of milestones to be equal to ${args.milestones.length}`;
    const rule =
      "Sequential Schedulers expects number of schedulers provided to be one more than the number of milestone points";
    throw new PythonError("ValueError", `${rule}, but got ${found}`);
  }
  return { kind: "sequential", children, milestones: args.milestones, lastEpoch: args.last_epoch };
}

/** `milestones` has no meaning here but comes along where one spec is tried both ways; `optimizer` is torch's own. */
function readChained(kwargs: NestedSchedule["kwargs"], path: string, groups: number): Blueprint {
  const args = readArguments(kwargs, path, {
    schedulers: required(listOf(object)),
    milestones: optional(ignored, null),
    optimizer: optional(ignored, null),
  });
  return { kind: "chained", children: readChildren("ChainedScheduler", args.schedulers, path, groups) };
}

function readChildren(
  owner: string,
  schedulers: NestedSchedule["kwargs"][],
  path: string,
  groups: number,
): Blueprint[] {
  if (path.split(".schedulers[").length > MAX_DEPTH) {
    throw new ScheduleError(path, `nested more than ${MAX_DEPTH} deep`);
  }
  const children = schedulers.map((child, i) => {
    const childPath = `${path}.schedulers[${i}]`;
    return readBlueprint(readNested(child, childPath), childPath, groups);
  });
  if (children.length === 0) {
    throw new PythonError("ValueError", `${owner} expects at least one scheduler, but got no scheduler.`);
  }
  if (children.some((child) => child.kind === "plateau")) {
    throw new PythonError("ValueError", `${owner} does not support \`ReduceLROnPlateau\` scheduler`);
  }
  return children;
}
