import type { DeclaredSchedule } from "@/lib/domain/schedules/declared";
import type { Design } from "./design";

/** Beyond this a link is no longer one: servers and chats cut it off. */
const LONGEST = 8000;

/** `[total, per epoch, selected, [id, name, hidden, schedule]…]` as base64url of its JSON; null when it is too long. */
export function encodeDesign({ candidates, selected, totalSteps, stepsPerEpoch }: Design): string | null {
  const told = candidates.map(({ id, name, hidden, schedule }) => [id, name, hidden ? 1 : 0, schedule]);
  const bytes = new TextEncoder().encode(JSON.stringify([totalSteps, stepsPerEpoch, selected, ...told]));
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  const text = btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  return text.length > LONGEST ? null : text;
}

export interface ToOpen {
  readonly name: string;
  readonly schedule: DeclaredSchedule;
  readonly totalSteps?: number | null;
  readonly stepsPerEpoch?: number | null;
}

/** Steps that are shown when nothing says how long the training is. */
export const ASSUMED_STEPS = 1000;

/** The designer with these schedules side by side; a schedule too long for a link opens the designer as it was. */
export function designHref(schedules: readonly ToOpen[]): string {
  const totals = schedules.flatMap(({ totalSteps }) => (totalSteps ? [totalSteps] : []));
  const perEpoch = schedules.find(({ stepsPerEpoch }) => stepsPerEpoch)?.stepsPerEpoch ?? null;
  const text = encodeDesign({
    candidates: schedules.map(({ name, schedule }, id) => ({ id, name, schedule, hidden: false })),
    selected: 0,
    totalSteps: totals.length > 0 ? Math.max(...totals) : ASSUMED_STEPS,
    stepsPerEpoch: perEpoch,
  });
  return text === null ? "/schedules/design" : `/schedules/design?d=${text}`;
}
