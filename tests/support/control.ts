import { onTestFinished, vi } from "vitest";
import type { ControlRequest } from "@/lib/contracts/control";
import { controlOf, createRun, log, type RunBody } from "./seed";

/** A run at a constant LR of 0.1 whose policy fires at step 3: torch, patience 2, a loss that never improves. */
export async function plateaued(action: "recommend" | "apply", more: object = {}, body: RunBody = {}) {
  const run = await createRun({
    schedule: { kind: "constant", value: 0.1 },
    plateau: [{ metric: "loss", detector: "torch", mode: "min", patience: 2, factor: 0.5, action, ...more }],
    ...body,
  });
  const reply = await log(run.id, {
    points: [1, 1, 1, 1].map((loss, step) => ({ step, time: 1000 + step, metrics: { loss, lr: 0.1 } })),
  });
  const [request] = await controlOf(run.id);
  return { run, reply, request: request! };
}

/** The same, with its cut applied at step 5 and confirmed by the log. */
export async function cutRun(more: object = {}, body: RunBody = {}) {
  const { run, request } = await plateaued("apply", more, body);
  await log(run.id, {
    points: [point(5, 0.05)],
    acks: [{ id: request.id, outcome: "applied", lr: 0.05, step: 5 }],
  });
  return { run, id: request.id };
}

export const states = ({ history }: ControlRequest) => history.map(({ status }) => status);
export const only = async (run_id: string) => (await controlOf(run_id))[0]!;
export const point = (step: number, lr: number) => ({ step, time: 2000 + step, metrics: { lr } });

/** Moves the server's clock, which the requests of this test then read. */
export function advance(seconds: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + seconds * 1000 });
  onTestFinished(() => void vi.useRealTimers());
}
