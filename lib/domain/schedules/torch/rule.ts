import type { Arguments, Kwargs, Parameters } from "@/lib/domain/schedules/shared/arguments";
import { integer, optional, readArguments } from "@/lib/domain/schedules/shared/arguments";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import type { ParamGroup } from "./param-group";

/** One param group when its next LR is asked for. */
export interface Moment {
  group: Readonly<ParamGroup>;
  index: number;
  base: number;
  /** The new `last_epoch`. */
  epoch: number;
  /** Steps taken since the constructor's own, whatever epochs they led to. */
  steps: number;
  /** True only within the constructor's own first step. */
  initial: boolean;
}

/** What sets one scheduler class apart from another. */
export interface Rule {
  /** `get_lr`: what `.step()` makes of the group's current LR. */
  next: (moment: Moment) => number;
  /** `_get_closed_form_lr`: what `.step(x)`, or a SequentialLR that switches, makes of the base LR. */
  closedForm?: (base: number, epoch: number) => number;
  /** Momentum that `get_lr` writes as a side effect. */
  momentum?: (moment: Moment) => number;
  /** What the constructor writes into the groups before the base class is initialised. */
  prepare?: (groups: readonly ParamGroup[]) => void;
  /** Base LRs that replace the optimizer's once construction is over. */
  bases?: readonly number[];
  /**
   * The LR after `epoch` plain `.step()`s from construction, straight from the base LR; equal to the recursion up to
   * float noise. Absent where the parameters are degenerate: then the steps are taken one by one.
   */
  plain?: (base: number, epoch: number, index: number) => number;
  /** `plain` is the base times a factor, so in a chain the factors multiply. */
  multiplicative?: boolean;
  /** The native schedule with the same LRs in plain use, up to `length`. */
  native?: (base: number, index: number) => ScheduleSpec;
  /** Steps after which it has said all it has to say. */
  length?: number;
}

export interface BuiltRule {
  rule: Rule;
  lastEpoch: number;
}

/** Reads a class's kwargs for an optimizer with `groups` param groups. Throws ScheduleError, or what torch raises. */
export type RuleClass = (kwargs: Kwargs, path: string, groups: number) => BuiltRule;

export function ruleClass<P extends Parameters>(
  parameters: P,
  build: (args: Arguments<P>, groups: number, lastEpoch: number, path: string) => Rule,
): RuleClass {
  return (kwargs, path, groups) => {
    const { last_epoch: lastEpoch } = readArguments(only(kwargs, "last_epoch"), path, LAST_EPOCH);
    const args = readArguments(without(kwargs, "last_epoch"), path, parameters);
    return { rule: build(args, groups, lastEpoch, path), lastEpoch };
  };
}

const LAST_EPOCH = { last_epoch: optional(integer, -1) };

function only(kwargs: Kwargs, name: string): Kwargs {
  return Object.fromEntries(Object.entries(kwargs).filter(([key]) => key === name));
}

function without(kwargs: Kwargs, name: string): Kwargs {
  return Object.fromEntries(Object.entries(kwargs).filter(([key]) => key !== name));
}
