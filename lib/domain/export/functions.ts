import { lrAt } from "@/lib/domain/schedules/lr-at";
import type { ScheduleSpec, SequenceSpec, WarmupSpec } from "@/lib/domain/schedules/spec";
import type { Dialect, Formula } from "./formula";
import { familyFormula, warmupFormula } from "./family-formula";
import { indent, pyFloat, pyNumber } from "./python";

/**
 * Python functions that compute a native schedule exactly: one `def` for the whole, named `name`, after one for each
 * part. Several param groups: the first one's.
 */
export function pythonFunctions(spec: ScheduleSpec, name: string, dialect: Dialect): string[] {
  const written: string[] = [];
  let parts = 0;
  const define = (part: ScheduleSpec, as: string): string => {
    const inner = (child: ScheduleSpec) => define(child, `${name}_part${++parts}`);
    const formula = formulaOf(part, dialect, inner);
    written.push(`def ${as}(step):\n${indent(dialect.body(formula))}`);
    return as;
  };
  define(spec, name);
  return written;
}

/** Writes the function of a part and gives its name. */
type Inner = (spec: ScheduleSpec) => string;

function formulaOf(spec: ScheduleSpec, d: Dialect, inner: Inner): Formula {
  switch (spec.kind) {
    case "warmup":
      return warmup(spec, d, inner);
    case "sequence":
      return sequence(spec, inner);
    case "product":
      return { otherwise: spec.factors.map((factor) => `${inner(factor)}(step)`).join(" * ") };
    case "per_epoch":
      return { otherwise: `${inner(spec.spec)}(${d.times(spec.steps_per_epoch, "step")})` };
    case "groups": {
      const [first] = spec.groups;
      return first ? formulaOf(first.spec, d, inner) : { otherwise: "math.nan" };
    }
    default:
      return familyFormula(spec, d);
  }
}

function warmup(
  { shape, steps, start_factor, then, overlap }: WarmupSpec,
  d: Dialect,
  inner: Inner,
): Formula {
  const after = inner(then);
  if (steps === 0) return { otherwise: `${after}(step)` };
  const target = overlap ? `${after}(step)` : pyFloat(lrAt(then, 0));
  const factor = warmupFormula(shape, steps, start_factor, d);
  return {
    cases: [[`step < ${pyNumber(steps)}`, `${target} * ${factor}`]],
    otherwise: `${after}(step${overlap ? "" : ` - ${pyNumber(steps)}`})`,
  };
}

function sequence({ parts }: SequenceSpec, inner: Inner): Formula {
  let start = 0;
  const pieces = parts.map(({ spec, steps }) => {
    const value = `${inner(spec)}(${start === 0 ? "step" : `step - ${pyNumber(start)}`})`;
    start += steps;
    return [`step < ${pyNumber(start)}`, value] as const;
  });
  return { cases: pieces.slice(0, -1), otherwise: pieces.at(-1)?.[1] ?? "math.nan" };
}
