import { z } from "zod";
import { DeclaredScheduleSchema } from "@/lib/contracts/schedules";
import { type Candidate, type Design, MOST_CANDIDATES } from "./design";
import { ASSUMED_STEPS } from "./design-link";
import { MOST_STEPS } from "./typed-length";

const TotalSteps = z.int().min(2).max(MOST_STEPS);
const StepsPerEpoch = z.number().positive().max(MOST_STEPS);

const Entry = z.tuple([
  z.int().min(0).max(999),
  z.string().min(1).max(250),
  z.union([z.literal(0), z.literal(1)]),
  DeclaredScheduleSchema,
]);

/** A link's design; null for a text that is none. Links travel, so nothing in them is taken on trust. */
export function readDesign(text: string): Design | null {
  const told = z.array(z.unknown()).min(4).safeParse(jsonOf(text));
  if (!told.success) return null;
  const [total, perEpoch, selected, ...entries] = told.data;
  const candidates = entries.slice(0, MOST_CANDIDATES).flatMap((entry) => candidateOf(entry));
  const ids = new Set(candidates.map(({ id }) => id));
  const [first] = candidates;
  if (!first || ids.size < candidates.length) return null;
  return {
    candidates,
    selected: candidates.find(({ id }) => id === selected)?.id ?? first.id,
    totalSteps: TotalSteps.safeParse(total).data ?? ASSUMED_STEPS,
    stepsPerEpoch: StepsPerEpoch.safeParse(perEpoch).data ?? null,
  };
}

function candidateOf(entry: unknown): Candidate[] {
  const parsed = Entry.safeParse(entry);
  if (!parsed.success) return [];
  const [id, name, hidden, schedule] = parsed.data;
  return [{ id, name, schedule, hidden: hidden === 1 }];
}

function jsonOf(text: string): unknown {
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(binary, (char) => char.charCodeAt(0))));
  } catch {
    return null;
  }
}
