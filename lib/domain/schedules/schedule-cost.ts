import type { DeclaredSchedule } from "@/lib/domain/schedules/declared";
import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { ScheduleError } from "@/lib/domain/schedules/schedule-error";
import { bareName } from "@/lib/domain/schedules/shared/constructors";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";

/** What one schedule may ask for. A step of one formula takes some ten nanoseconds, its number on the wire some more. */
export const SCHEDULE_LIMITS = {
  /** Schedules within a schedule, itself among them. */
  nodes: 512,
  /** How deep they may lie within one another. */
  depth: 16,
  /** Steps times the formulas of a step, over all param groups, in one request. */
  evaluations: 4_000_000,
} as const;

interface Cost {
  nodes: number;
  /** Formulas that one step asks for, over all param groups. */
  perStep: number;
}

/**
 * How many formulas a step of the schedule asks for. Throws ScheduleError for a schedule that is too large to be kept:
 * everything that looks at a run evaluates it.
 */
export function formulasPerStep(schedule: DeclaredSchedule): number {
  const { nodes, depth } = SCHEDULE_LIMITS;
  const cost = "kind" in schedule ? costOf(schedule, 1) : libraryCost(schedule);
  if (cost.nodes > nodes) {
    const message = `${cost.nodes} schedules within one another are more than ${nodes}: use fewer groups, parts or factors`;
    throw new ScheduleError(
      "schedule",
      Number.isFinite(cost.nodes) ? message : `nested more than ${depth} deep`,
    );
  }
  return cost.perStep;
}

/** Throws ScheduleError when that many steps are more than a request may ask for; `field` is where it said how many. */
export function checkEvaluations(schedule: DeclaredSchedule, steps: number, field: string): void {
  const { evaluations } = SCHEDULE_LIMITS;
  const perStep = formulasPerStep(schedule);
  if (steps * perStep <= evaluations) return;
  const most = Math.floor(evaluations / perStep);
  throw new ScheduleError(
    field,
    `${steps} steps of ${perStep} formulas each are more than ${evaluations}: ask for at most ${most} steps at a time, or for fewer param groups`,
  );
}

/** Too deep to be followed. */
const ENDLESS: Cost = { nodes: Infinity, perStep: Infinity };

function costOf(spec: ScheduleSpec, depth: number): Cost {
  if (depth > SCHEDULE_LIMITS.depth) return ENDLESS;
  const inner = (part: ScheduleSpec) => costOf(part, depth + 1);
  switch (spec.kind) {
    case "warmup":
      return all([inner(spec.then)], 1);
    case "sequence":
      return oneAtATime(spec.parts.map((part) => inner(part.spec)));
    case "product":
      return all(spec.factors.map(inner), 0);
    case "per_epoch":
      return all([inner(spec.spec)], 0);
    case "groups":
      return all(
        spec.groups.map((group) => inner(group.spec)),
        0,
      );
    default:
      return { nodes: 1, perStep: 1 };
  }
}

const sumOf = (costs: readonly Cost[], of: keyof Cost) => costs.reduce((sum, cost) => sum + cost[of], 0);

/** Each part is asked at each step, and the whole does `own` work. */
const all = (parts: readonly Cost[], own: number): Cost => ({
  nodes: 1 + sumOf(parts, "nodes"),
  perStep: own + sumOf(parts, "perStep"),
});

const oneAtATime = (parts: readonly Cost[]): Cost => ({
  nodes: 1 + sumOf(parts, "nodes"),
  perStep: Math.max(1, ...parts.map(({ perStep }) => perStep)),
});

/** Constructors whose parts take turns. */
const SEQUENCES = ["SequentialLR", "join_schedules"];

function libraryCost(schedule: LibrarySchedule): Cost {
  const { constructor, kwargs, lr_scheduler } = schedule;
  const own = constructorCost(constructor, kwargs, 1);
  const damped = lr_scheduler ? constructorCost(lr_scheduler.constructor, lr_scheduler.kwargs, 1) : null;
  const cost = damped ? all([own, damped], 0) : own;
  const groups = Math.max(1, schedule.base_lrs?.length ?? 0, ...ratesListed(kwargs));
  return { nodes: cost.nodes, perStep: cost.perStep * groups };
}

/** fastai takes the rates of the param groups as an argument. */
const ratesListed = ({ lr_max, lr }: LibrarySchedule["kwargs"]): number[] =>
  [lr_max, lr].map((rates) => (Array.isArray(rates) ? rates.length : 0));

function constructorCost(constructor: string, kwargs: object, depth: number): Cost {
  if (depth > SCHEDULE_LIMITS.depth) return ENDLESS;
  const lists = Object.values(kwargs).filter((value): value is unknown[] => Array.isArray(value));
  const parts = lists.flat().flatMap((part) => {
    const call = callIn(part);
    return call ? [constructorCost(call.constructor, call.kwargs, depth + 1)] : [];
  });
  if (parts.length === 0) return { nodes: 1, perStep: 1 };
  return SEQUENCES.includes(bareName(constructor)) ? oneAtATime(parts) : all(parts, 0);
}

/** A schedule among the arguments of another one. */
function callIn(part: unknown): { constructor: string; kwargs: object } | null {
  if (typeof part !== "object" || part === null || !Object.hasOwn(part, "constructor")) return null;
  const { constructor, kwargs = {} }: { constructor?: unknown; kwargs?: unknown } = part;
  return typeof constructor === "string" && typeof kwargs === "object" && kwargs !== null
    ? { constructor, kwargs }
    : null;
}
