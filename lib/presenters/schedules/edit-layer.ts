import { z } from "zod";
import { NativeScheduleSchema } from "@/lib/contracts/native-schedules";
import { isFamily, type Layers } from "./layers";
import { fieldValue, type ParamField } from "./fields";

export type LayerName = "main" | "warmup" | "restarts" | "cooldown";

const MOST_CYCLES = 60;
const steps = z.int().min(1);

/** What each layer of the form takes; the composed schedule is what the wire then takes. */
const SCHEMAS: { [L in LayerName]: z.ZodType<NonNullable<Layers[L]>> } = {
  main: NativeScheduleSchema.transform((spec, context) => {
    if (isFamily(spec)) return spec;
    context.addIssue({ code: "custom", message: "must be a family" });
    return z.NEVER;
  }),
  warmup: z.strictObject({
    shape: z.enum(["linear", "exponential", "constant", "cosine"]),
    steps: z.int().min(0),
    start_factor: z.number().min(0),
    overlap: z.boolean().optional(),
  }),
  restarts: z.strictObject({
    cycles: z.int().min(2).max(MOST_CYCLES),
    steps,
    gamma: z.number().min(0),
  }),
  cooldown: z.strictObject({
    after: steps,
    steps,
    to: z.number().min(0),
    shape: z.enum(["linear", "cosine", "1-sqrt", "sqrt", "square"]),
  }),
};

/** What is wrong, by the field's name on the wire. */
export type FieldErrors = Readonly<Record<string, string>>;

export type Edited = { readonly layers: Layers } | { readonly errors: FieldErrors };

/**
 * A layer with what was typed into its fields put in; refused as a whole while one of them is wrong, since two may only
 * be right together (a value more than there are boundaries).
 * @param typed the texts by field name, `on` or empty for a flag
 */
export function editLayer(
  layers: Layers,
  layer: LayerName,
  fields: readonly ParamField[],
  typed: Readonly<Record<string, string>>,
): Edited {
  const values = fields.flatMap((field) => {
    const text = typed[field.name];
    if (text === undefined) return [];
    return [
      [field.name, field.kind === "flag" ? text === "on" || undefined : fieldValue(field, text)] as const,
    ];
  });
  const entries = Object.entries({ ...layers[layer], ...Object.fromEntries(values) });
  const raw = Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  const parsed = SCHEMAS[layer].safeParse(raw);
  if (parsed.success) return { layers: { ...layers, [layer]: parsed.data } };
  return { errors: errorsOf(parsed.error.issues) };
}

function errorsOf(issues: readonly z.core.$ZodIssue[]): FieldErrors {
  return Object.fromEntries(issues.map((issue) => [String(issue.path[0] ?? ""), reasonOf(issue)]).reverse());
}

/** A bound below this only keeps formulas from infinities: what breaks it is zero or negative. */
const NEXT_TO_ZERO = 1e-5;

/** An issue in the words of a form. */
export function reasonOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      if (issue.input === undefined && issue.message.includes("undefined")) return "is needed";
      return issue.expected === "int" ? "must be a whole number" : `must be a ${issue.expected}`;
    case "too_small":
      if (issue.minimum > 0 && issue.minimum < NEXT_TO_ZERO) return "must be more than 0";
      return `must be ${issue.inclusive ? "at least" : "more than"} ${issue.minimum}`;
    case "too_big":
      return `must be ${issue.inclusive ? "at most" : "less than"} ${issue.maximum}`;
    default:
      return issue.message;
  }
}
