import "server-only";
import { z } from "zod";
import { Rates } from "@/lib/contracts/control";
import { JsonObject, Step } from "@/lib/contracts/common";
import { compareLrs } from "@/lib/domain/control/same-lr";
import { explain } from "@/lib/domain/plateau/explain";
import type { LrCommand } from "@/lib/domain/plateau/lr-command";
import type { DetectorSpec } from "@/lib/domain/plateau/plateau-policy";
import { CONTROL_INCLUDE, type ControlRow } from "../control/serialize";
import { moveControl, stateAfter } from "../control/transition";
import type { RunHead } from "../metrics/store";
import { parseStored } from "../stored-json";
import type { WriteTx } from "../transaction";
import { type Asked, askFor } from "./ask-for";
import { type LastCheck, type NewDone, type Outcome, stored } from "./fold";
import type { LoadedPolicy } from "./policy-rows";
import { EXPIRES_IN_MS } from "./recommend";

interface Kept {
  /** A recommendation of the policy waits still. */
  open: boolean;
  /** Something that a person would look at again. */
  changed: boolean;
}

const NONE: Kept = { open: false, changed: false };

/**
 * One plateau has one recommendation. While it lasts the open one is brought up to date in place; once the metric has
 * improved, or late data show that it never stood still, it is withdrawn.
 */
export async function keepRecommendation(
  tx: WriteTx,
  head: RunHead,
  outcome: Outcome,
  now: Date,
): Promise<Kept> {
  const { loaded, last, late } = outcome;
  const { row, policy } = loaded;
  if (policy.action !== "recommend" || head.openControl === 0 || !last) return NONE;
  const open = await tx.prisma.controlRequest.findFirst({
    where: { policyId: row.id, status: "recommended" },
    include: CONTROL_INCLUDE,
  });
  if (!open) return NONE;
  const news = outcome.done.at(-1);
  if (!late && news && news.raises !== raises(open)) return NONE;
  const note = whyOver(outcome, open);
  if (note === null) return bringUpToDate(tx, head, { loaded, last, news }, open, now);
  return withdraw(tx, open, note, now);
}

const raises = ({ evidence }: ControlRow): boolean => parseStored(Seen, evidence).raises === true;

async function withdraw(tx: WriteTx, open: ControlRow, note: string, now: Date): Promise<Kept> {
  await moveControl(tx, open, { to: stateAfter(open, "withdraw"), by: "policy", note, now });
  return { open: false, changed: true };
}

const Seen = z.object({ step: Step, raises: z.literal(true).optional() });

/** Why the plateau that the recommendation is about is none any more; null while it lasts. */
function whyOver({ loaded, done, late }: Outcome, open: ControlRow): string | null {
  const { state, firings, row } = loaded;
  const best = state.best_step;
  const seen = parseStored(Seen, open.evidence).step;
  // optax with patience 0 fires on improvements.
  const improved = best !== null && best > seen && !done.some(({ step }) => step === best);
  if (!late && improved && !raises(open)) return `${row.metric} improved at step ${best}`;
  if (firings.list.some(({ step }) => best === null || step >= best || raises(open))) return null;
  return late ? DISPROVED : "by the policy as it is now it would not have fired";
}

const DISPROVED = "with the data that came late it would not have fired";

/** A plateau that lasts, with the last check and what the rule did in these. */
interface Lasting {
  loaded: LoadedPolicy;
  last: LastCheck;
  news: NewDone | undefined;
}

async function bringUpToDate(
  tx: WriteTx,
  head: RunHead,
  { loaded, last, news }: Lasting,
  open: ControlRow,
  now: Date,
): Promise<Kept> {
  const { spec } = loaded.policy;
  const ask = await askFor(tx, head, spec, [news?.command ?? usualCommand(spec, open)]);
  if (typeof ask === "string") return withdraw(tx, open, ask, now);
  const unsettled = isUnsettled(head, ask.columns, open);
  const columns = unsettled ? { ...ask.columns, lr: open.lr } : ask.columns;
  const differs = asksElse(open, columns);
  const current = unsettled ? {} : { current_lr: ask.current };
  await tx.prisma.controlRequest.update({
    where: { id: open.id },
    data: {
      ...columns,
      version: open.version + (differs ? 1 : 0),
      reason: reasonNow({ loaded, last, news }, open),
      evidence: JSON.stringify({
        ...parseStored(JsonObject, open.evidence),
        ...news?.evidence,
        ...stored(last.evidence),
        step: last.step,
        ...current,
      }),
      expiresAt: new Date(Math.max(open.expiresAt.getTime(), now.getTime() + EXPIRES_IN_MS)),
      updatedAt: now,
    },
  });
  return { open: true, changed: differs || news !== undefined };
}

/** Without a declared schedule an LR that has just moved may stay or move on: it counts once it stands. */
const isUnsettled = ({ schedule }: RunHead, asked: Asked, open: ControlRow): boolean =>
  schedule === null && asked.expectedLr === null && open.lr !== null;

const usualCommand = (spec: DetectorSpec, open: ControlRow): LrCommand =>
  raises(open) ? { kind: "raise", factor: 1 / spec.factor } : { kind: "reduce", factor: spec.factor };

/** The trend rule, and one that raises, can say why only when they fire; the others with every check. */
function reasonNow({ loaded, last, news }: Lasting, open: ControlRow): string {
  const { row, policy } = loaded;
  if (policy.spec.rule === "trend" || raises(open)) return news?.message ?? open.reason;
  return explain(row.metric, "reduce", last.evidence);
}

/**
 * Is it another change that is asked for? Under a schedule that moves the LR by itself the factor is what is asked, and
 * the LR that it leads to moves along.
 */
function asksElse(open: ControlRow, asked: Asked): boolean {
  if (open.kind !== asked.kind || open.factor !== asked.factor || open.minLr !== asked.minLr) return true;
  if (open.lr === null || asked.lr === null) return open.lr !== asked.lr;
  const moves = asked.kind === "scale_lr" && asked.expectedLr === null;
  const rates = [parseStored(Rates, open.lr), parseStored(Rates, asked.lr)] as const;
  return !moves && compareLrs(...rates) !== "same";
}
