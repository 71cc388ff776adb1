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

/** The request that speaks for a firing: one may stand for several, of a batch or of a plateau that lasts. */
export function requestOf(requests: readonly Asking[], step: number): string | null {
  const found = requests.find(({ firedStep, evidence }) => {
    if (firedStep === null) return false;
    const { step: last = firedStep, first_step: first = firedStep } = parseStored(Covered, evidence);
    return step >= first && step <= Math.max(last, firedStep);
  });
  return found?.id ?? null;
}
