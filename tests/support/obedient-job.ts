import { compareLrs } from "@/lib/domain/control/same-lr";
import { floored } from "@/lib/domain/control/effective";
import type { Ack, ControlRequest } from "@/lib/contracts/control";
import { ack } from "./routes";
import { log } from "./seed";

/** What is in force on one param group of a constant LR, as the Python client keeps it. */
interface InForce {
  scale: number;
  minLr: number;
}

interface Habits {
  /** The LR of each group is logged with every point. */
  logsLr: boolean;
  /** The read-back LR goes with an acknowledgement. */
  readsBack: boolean;
}

/**
 * A training job with a constant LR per param group, that does as the server asks and nothing else: its LRs are what
 * was commanded. It logs values of `loss`, and keeps its acknowledgements until it is told to send them.
 */
export class ObedientJob {
  step = 0;
  unsent: Ack[] = [];
  /** Why it did not carry a request out. */
  readonly refused: string[] = [];
  private readonly inForce: InForce[];
  private readonly seen = new Set<string>();

  constructor(
    readonly runId: string,
    private readonly bases: readonly number[],
    private readonly habits: Habits = { logsLr: true, readsBack: true },
  ) {
    this.inForce = bases.map(() => ({ scale: 1, minLr: 0 }));
  }

  get lrs(): number[] {
    return this.bases.map((base, g) => {
      const { scale, minLr } = this.inForce[g]!;
      return floored(base * scale, base, minLr);
    });
  }

  /** Logs values at the next steps, with the acknowledgements unless they are held back, and obeys the reply. */
  async log(losses: readonly number[], { holdAcks = false } = {}): Promise<void> {
    const lrs = this.habits.logsLr ? this.lrs : [];
    const metrics = Object.fromEntries(lrs.map((lr, g) => [g === 0 ? "lr" : `lr/${g}`, lr]));
    const points = losses.map((loss, i) => ({
      step: this.step + i,
      time: 1e6 + this.step + i,
      metrics: { loss, ...metrics },
    }));
    this.step += losses.length;
    const acks = holdAcks ? [] : this.unsent.splice(0);
    const { control, warnings } = await log(this.runId, { points, acks });
    if (warnings.length > 0) throw new Error(warnings.join("; "));
    for (const request of control) this.obey(request);
  }

  /** Acknowledges in calls of their own. */
  async ackApart(): Promise<void> {
    for (const { id, ...body } of this.unsent.splice(0)) await ack(id, body);
  }

  private obey(request: ControlRequest): void {
    if (this.seen.has(request.id)) return;
    this.seen.add(request.id);
    const before = this.lrs;
    const now = before.length === 1 ? before[0] : before;
    if (compareLrs(request.expected_lr, now) === "different") {
      const message = `expected ${String(request.expected_lr)}, but it is ${String(now)}`;
      this.refused.push(message);
      this.unsent.push({ id: request.id, outcome: "failed", message });
      return;
    }
    this.bases.forEach((base, g) => (this.inForce[g] = after(this.inForce[g]!, request, base, g)));
    const lr = this.lrs.length === 1 ? this.lrs[0] : this.lrs;
    this.unsent.push({
      id: request.id,
      outcome: "applied",
      step: this.step,
      ...(this.habits.readsBack ? { lr } : {}),
    });
  }
}

function after(
  force: InForce,
  { kind, factor, lr, min_lr }: ControlRequest,
  base: number,
  g: number,
): InForce {
  if (kind === "scale_lr") return { scale: force.scale * factor!, minLr: min_lr ?? force.minLr };
  const wanted = typeof lr === "number" ? lr : lr![g]!;
  return { scale: wanted / base, minLr: min_lr ?? 0 };
}
