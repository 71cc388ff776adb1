"use client";

import { useNotify } from "@/components/ui/toast";
import { decide, rollBack, snooze } from "@/lib/client/control/queries";
import { useControlAction } from "@/lib/client/control/use-control-action";
import { sentenceOf } from "@/lib/client/http/problem-error";
import type { ControlRequest, Decision } from "@/lib/contracts/control";
import {
  decisionNotice,
  failureNotice,
  rollbackNotice,
  snoozeNotice,
} from "@/lib/presenters/control/control-card";

export interface Answers {
  answer: (decision: Decision) => void;
  snooze: (seconds: number) => void;
  rollBack: () => void;
  isPending: boolean;
}

/** What a person can do about a request; says what came of it. Approvals and rollbacks can be withdrawn for a while. */
export function useAnswer(request: ControlRequest, runName: string): Answers {
  const { mutateAsync, isPending } = useControlAction();
  const notify = useNotify();

  const attempt = async (
    kind: Parameters<typeof failureNotice>[0],
    act: () => Promise<ControlRequest>,
  ): Promise<ControlRequest | null> => {
    try {
      return await mutateAsync({ runId: request.run_id, act });
    } catch (error) {
      notify({ ...failureNotice(kind, runName, sentenceOf(error)), tone: "failed" });
      return null;
    }
  };

  const answerTo = async (read: ControlRequest, decision: Decision) => {
    const answered = await attempt(decision, () => decide(read, decision));
    if (!answered) return;
    const withdraw = { label: "Withdraw", onClick: () => void answerTo(answered, "reject") };
    notify({ ...decisionNotice(decision, runName), action: decision === "approve" ? withdraw : undefined });
  };
  const putOff = async (seconds: number) => {
    const snoozed = await attempt("snooze", () => snooze(request.id, seconds));
    if (snoozed) notify(snoozeNotice(runName, snoozed.snoozed_until));
  };
  const takeBack = async () => {
    const asked = await attempt("rollback", () => rollBack(request.id));
    if (!asked) return;
    const withdraw = { label: "Withdraw", onClick: () => void answerTo(asked, "reject") };
    notify({ ...rollbackNotice(runName, asked), action: withdraw });
  };
  return {
    answer: (decision) => void answerTo(request, decision),
    snooze: (seconds) => void putOff(seconds),
    rollBack: () => void takeBack(),
    isPending,
  };
}
