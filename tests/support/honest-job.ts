import { sameLr } from "@/lib/domain/control/same-lr";
import type { ControlRequest, Ack } from "@/lib/contracts/control";
import { ack, pending } from "./routes";
import { log } from "./seed";

const BASE = 0.1;

/**
 * A training job as a client of ours should be: it carries each request out once, whatever number of times it is handed
 * it, refuses one whose expectation its LR does not meet, and sends a batch again under the same id until it is answered.
 */
export class HonestJob {
  step = 0;
  scale = 1;
  /** Acknowledgements that the server has not answered for yet. */
  unsent: Ack[] = [];
  /** What was carried out and acknowledged, as factors by request. */
  readonly told = new Map<string, number>();
  /** What was carried out at all. */
  private readonly factors = new Map<string, number>();
  /** What it would not carry out: it says so, and does not think again when it is handed the same once more. */
  private readonly refused = new Set<string>();
  private batch = 0;

  constructor(readonly runId: string) {}

  get lr(): number {
    return BASE * this.scale;
  }

  /** Logs values of the loss. `lost`: the reply does not arrive, so the same batch goes again, as often as said. */
  async log(losses: readonly number[], { lost = 0, holdAcks = false } = {}): Promise<ControlRequest[]> {
    const points = losses.map((loss, i) => ({
      step: this.step + i,
      time: 1e6 + this.step + i,
      metrics: { loss, lr: this.lr },
    }));
    const acks = holdAcks ? [] : this.unsent;
    const body = { points, acks, batch_id: `b${++this.batch}` };
    for (let i = 0; i < lost; i += 1) await log(this.runId, body);
    const { control } = await log(this.runId, body);
    this.step += losses.length;
    for (const { id, outcome } of acks)
      if (outcome === "applied") this.told.set(id, this.factors.get(id) ?? 1);
    this.unsent = this.unsent.filter((ack) => !acks.includes(ack));
    for (const request of control) this.obey(request);
    return control;
  }

  /** Values for steps that it has logged already, which count instead: they were late. */
  async correct(losses: readonly number[]): Promise<void> {
    const first = Math.max(0, this.step - losses.length);
    const points = losses.slice(0, this.step).map((loss, i) => ({
      step: first + i,
      time: 2e6 + ++this.batch,
      metrics: { loss },
    }));
    if (points.length === 0) return;
    const { control } = await log(this.runId, { points, batch_id: `b${++this.batch}` });
    for (const request of control) this.obey(request);
  }

  /** Asks without logging, as jobs do that log rarely. */
  async poll(): Promise<void> {
    const { body } = await pending(this.runId, { wait: "0" });
    for (const request of body.control) this.obey(request);
  }

  /** Acknowledges what it holds apart from any points, each twice: the first answer may have been lost. */
  async ackApart(): Promise<void> {
    for (const { id, ...body } of this.unsent) {
      for (const again of [false, true]) {
        const { status } = await ack(id, body);
        if (status !== 200) throw new Error(`${again ? "the second" : "the first"} ack of ${id}: ${status}`);
      }
      if (body.outcome === "applied") this.told.set(id, this.factors.get(id) ?? 1);
    }
    this.unsent = [];
  }

  /** Killed, and started again from a checkpoint that is as old as what it last told the server. */
  die(): void {
    this.unsent = [];
    this.factors.clear();
    this.refused.clear();
    for (const [id, factor] of this.told) this.factors.set(id, factor);
    this.scale = [...this.told.values()].reduce((product, factor) => product * factor, 1);
  }

  private obey(request: ControlRequest): void {
    if (this.factors.has(request.id) || this.refused.has(request.id)) return;
    if (request.kind === "stop") {
      this.factors.set(request.id, 1);
      this.unsent.push({ id: request.id, outcome: "applied", step: this.step });
      return;
    }
    const { expected_lr: expected, factor = 1, lr } = request;
    if (typeof expected === "number" && !sameLr(expected, this.lr)) {
      this.refused.add(request.id);
      this.unsent.push({ id: request.id, outcome: "failed", message: `LR is ${this.lr}` });
      return;
    }
    const applied = request.kind === "set_lr" ? Number(lr) / this.lr : factor;
    this.scale *= applied;
    this.factors.set(request.id, applied);
    this.unsent.push({ id: request.id, outcome: "applied", lr: this.lr, step: this.step });
  }
}
