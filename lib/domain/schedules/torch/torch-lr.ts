import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import type { Curve } from "@/lib/domain/schedules/shared/sample";
import { readBlueprint, ruleCount, type Blueprint } from "./blueprint";
import { construct } from "./construct";
import { paramGroups } from "./param-group";
import { plainForm } from "./plain-form";
import { steppedForm } from "./stepped-form";

/**
 * The LR per group after t argument-less `.step()`s, for any t in any order. Throws ScheduleError for a bad declaration,
 * PythonError where torch raises.
 */
export function torchLr(schedule: LibrarySchedule): Curve {
  const groups = paramGroups(schedule);
  const blueprint = readBlueprint(schedule, "schedule", groups.length);
  const bases = groups.map((group) => group.lr);
  const scheduler = construct(blueprint, groups);
  const plain = schedule.resume ? null : plainForm(blueprint, bases);
  return plain ?? steppedForm(scheduler, groups, ruleCount(blueprint));
}

/** Steps after which the scheduler has said all it has to say; null when it goes on for ever. */
export function torchLength(schedule: LibrarySchedule): number | null {
  return lengthOf(readBlueprint(schedule, "schedule", paramGroups(schedule).length));
}

function lengthOf(blueprint: Blueprint): number | null {
  if (blueprint.kind === "rule") return blueprint.built.rule.length ?? null;
  if (blueprint.kind === "sequential") {
    const last = blueprint.children.at(-1);
    const tail = last ? lengthOf(last) : null;
    return tail === null ? null : (blueprint.milestones.at(-1) ?? 0) + tail;
  }
  if (blueprint.kind !== "chained") return null;
  const lengths = blueprint.children.map(lengthOf).filter((length) => length !== null);
  return lengths.length === 0 ? null : Math.max(...lengths);
}
