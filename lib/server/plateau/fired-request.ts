import "server-only";
import { z } from "zod";
import { Step } from "@/lib/contracts/common";
import { parseStored } from "../stored-json";

const Covered = z.object({ step: Step.optional(), first_step: Step.optional() });

interface Asking {
  id: string;
  firedStep: number | null;
  evidence: string;
}

/** Gives the request that speaks for a firing: one may stand for several, of a batch or of a plateau that lasts. */
export function requestsByStep(requests: readonly Asking[]): (step: number) => string | null {
  const covered = requests.flatMap(({ id, firedStep, evidence }) => {
    if (firedStep === null) return [];
    const { step: last = firedStep, first_step: from = firedStep } = parseStored(Covered, evidence);
    return [{ id, from, to: Math.max(last, firedStep) }];
  });
  return (step) => covered.find(({ from, to }) => step >= from && step <= to)?.id ?? null;
}
