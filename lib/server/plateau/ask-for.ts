import "server-only";
import { floored } from "@/lib/domain/control/effective";
import { compareLrs, type Lrs, sameLr } from "@/lib/domain/control/same-lr";
import { type LrCommand, obeyed } from "@/lib/domain/plateau/lr-command";
import type { DetectorSpec } from "@/lib/domain/plateau/plateau-policy";
import { currentLrs } from "../control/current-lrs";
import type { RunHead } from "../metrics/store";
import type { WriteTx } from "../transaction";

/** What a request asks of the job, as it is stored. */
export interface Asked {
  kind: "scale_lr" | "set_lr";
  factor: number | null;
  minLr: number | null;
  lr: string | null;
  expectedLr: string | null;
}

export interface Ask {
  columns: Asked;
  current: Lrs | null;
  target: Lrs | null;
  factor: number;
}

/**
 * What to ask of the job so that its LR becomes what `commands` make of it, one after the other; or why there is nothing
 * to ask for. A factor, which survives a schedule that moves, where it leads every group there; else the rates themselves.
 */
export async function askFor(
  tx: WriteTx,
  head: RunHead,
  spec: DetectorSpec,
  commands: readonly LrCommand[],
): Promise<Ask | string> {
  const now = await currentLrs(tx, head);
  const factor = factorOf(commands);
  if (now.lrs === null) return unknownAsk(spec, factor);
  const before = listed(now.lrs);
  const after = commands.reduce<readonly number[]>((lrs, command) => obeyed(spec, command, lrs), before);
  const target = typeof now.lrs === "number" ? (after[0] ?? now.lrs) : after;
  if (compareLrs(target, now.lrs) === "same") return whyNothing(spec, before);
  const scales = !now.floored && (await isScale(tx, head, { before, after, factor, minLr: floorOf(spec) }));
  const asked = scales
    ? { kind: "scale_lr" as const, factor, minLr: floorOf(spec) }
    : { kind: "set_lr" as const, factor: null, minLr: null };
  return {
    // Under a schedule that moves by itself the LR of now is not the LR of then.
    columns: { ...asked, lr: JSON.stringify(target), expectedLr: now.still ? JSON.stringify(now.lrs) : null },
    current: now.lrs,
    target,
    factor: asked.factor ?? (after[0] ?? 0) / (before[0] ?? 1),
  };
}

const listed = (lrs: Lrs): readonly number[] => (typeof lrs === "number" ? [lrs] : lrs);

/** What all of it multiplies an LR with that no floor stops; NaN where rates are set. */
const factorOf = (commands: readonly LrCommand[]): number =>
  commands.reduce((all, command) => (command.kind === "set" ? Number.NaN : all * command.factor), 1);

/** Without a known LR the job is told the factor and the floor. */
function unknownAsk(spec: DetectorSpec, factor: number): Ask | string {
  if (Number.isNaN(factor)) return "the LR of the run is not known";
  const columns: Asked = { kind: "scale_lr", factor, minLr: floorOf(spec), lr: null, expectedLr: null };
  return { columns, current: null, target: null, factor };
}

interface Change {
  before: readonly number[];
  after: readonly number[];
  factor: number;
  minLr: number;
}

/** Does one factor with one floor lead every group of the job from `before` to `after`? */
async function isScale(
  tx: WriteTx,
  head: RunHead,
  { before, after, factor, minLr }: Change,
): Promise<boolean> {
  if (!before.every((lr, g) => sameLr(after[g] ?? lr, floored(lr * factor, lr, minLr)))) return false;
  return before.every((lr) => lr * factor >= minLr) || !(await wasRaised(tx, head.id));
}

/** A job's floor holds below its declared LR only; one that was raised or set may lie above that. */
async function wasRaised({ prisma }: WriteTx, runId: string): Promise<boolean> {
  const raised = await prisma.controlRequest.count({
    where: {
      runId,
      status: { in: ["applied", "verified"] },
      OR: [{ kind: "set_lr" }, { factor: { gt: 1 } }],
    },
  });
  return raised > 0;
}

const floorOf = ({ min_lr: floors }: DetectorSpec): number =>
  typeof floors === "number" ? floors : Math.max(...floors);

function whyNothing(spec: DetectorSpec, lrs: readonly number[]): string {
  const { min_lr: floors } = spec;
  const floorAt = (g: number) => (typeof floors === "number" ? floors : (floors[g] ?? 0));
  if (lrs.every((lr, g) => lr <= floorAt(g) || sameLr(lr, floorAt(g)))) {
    return "the LR is at the policy's floor already";
  }
  if (spec.rule === "greedy")
    return "the LR is at the policy's max_lr already, or would change by no more than eps";
  return "eps" in spec
    ? `it would change the LR by no more than eps, ${spec.eps}`
    : "the LR would stay as it is";
}
