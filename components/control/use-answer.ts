"use client";

import { useNotify } from "@/components/ui/toast";
import type { Decision } from "@/lib/client/control/queries";
import { useDecision } from "@/lib/client/control/use-decision";
import { sentenceOf } from "@/lib/client/http/problem-error";
import type { ControlRequest } from "@/lib/contracts/control";
import { decisionNotice, failureNotice } from "@/lib/presenters/control/control-card";

/** Decides a request and says what came of it; an approval can be withdrawn until the job has got it. */
export function useAnswer(request: ControlRequest, runName: string) {
  const { mutateAsync, isPending } = useDecision();
  const notify = useNotify();

  const answer = async (decision: Decision) => {
    try {
      await mutateAsync({ request, decision });
    } catch (error) {
      notify({ ...failureNotice(decision, runName, sentenceOf(error)), tone: "failed" });
      return;
    }
    const withdraw = { label: "Withdraw", onClick: () => void answer("reject") };
    notify({ ...decisionNotice(decision, runName), action: decision === "approve" ? withdraw : undefined });
  };
  return { answer: (decision: Decision) => void answer(decision), isPending };
}
