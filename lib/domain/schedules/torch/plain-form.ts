import { bisectRight } from "@/lib/domain/schedules/shared/python-math";
import type { Curve } from "@/lib/domain/schedules/shared/sample";
import type { Blueprint } from "./blueprint";
import { plainRestarts } from "./warm-restarts";

/** The LR of one group after `epoch` plain steps, from its base LR. */
type Plain = (base: number, epoch: number, index: number) => number;

/**
 * The LRs after t plain steps without taking them, or null where only stepping tells: resumed schedulers, chains of
 * other than factors, degenerate parameters. Equals the recursion up to float noise.
 */
export function plainForm(blueprint: Blueprint, bases: readonly number[]): Curve | null {
  const plain = plainOf(blueprint);
  if (!plain) return null;
  const [only = NaN] = bases;
  return bases.length === 1
    ? (t) => [plain(only, t, 0)]
    : (t) => bases.map((base, index) => plain(base, t, index));
}

function plainOf(blueprint: Blueprint): Plain | null {
  switch (blueprint.kind) {
    case "rule":
      return blueprint.built.lastEpoch === -1 ? (blueprint.built.rule.plain ?? null) : null;
    case "restarts": {
      const { args } = blueprint;
      return args.last_epoch === -1 ? plainRestarts(args) : null;
    }
    case "plateau":
      return (base) => base;
    case "sequential":
      return blueprint.lastEpoch === -1 ? sequential(blueprint.children, blueprint.milestones) : null;
    case "chained":
      return chained(blueprint.children);
    default:
      return blueprint satisfies never;
  }
}

/** Every scheduler starts over from the base LR at its milestone, provided that it does not build on the LR it finds. */
function sequential(children: readonly Blueprint[], milestones: readonly number[]): Plain | null {
  const ordered = milestones.every(
    (milestone, i) => Number.isInteger(milestone) && milestone >= (milestones[i - 1] ?? 1),
  );
  if (!ordered || !children.every(startsFromBase)) return null;
  const parts: Plain[] = [];
  for (const child of children) {
    const plain = plainOf(child);
    if (!plain) return null;
    parts.push(plain);
  }
  return (base, epoch, index) => {
    const active = bisectRight(milestones, epoch);
    return parts[active]?.(base, epoch - (milestones[active - 1] ?? 0), index) ?? NaN;
  };
}

function startsFromBase(child: Blueprint): boolean {
  if (child.kind === "restarts") return true;
  if (child.kind !== "rule") return false;
  const { prepare, closedForm, multiplicative } = child.built.rule;
  return prepare === undefined && (closedForm !== undefined || !multiplicative);
}

function chained(children: readonly Blueprint[]): Plain | null {
  const factors: Plain[] = [];
  for (const child of children) {
    const plain = child.kind === "rule" && child.built.rule.multiplicative ? plainOf(child) : null;
    if (!plain) return null;
    factors.push(plain);
  }
  return (base, epoch, index) => factors.reduce((lr, factor) => lr * factor(1, epoch, index), base);
}
