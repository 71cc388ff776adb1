import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";

/** A torch scheduler by its bare class name, on one param group with LR 0.1 unless told otherwise. */
export function torchSchedule(
  name: string,
  kwargs: Record<string, unknown>,
  more: Partial<Omit<LibrarySchedule, "constructor" | "kwargs">> = {},
): LibrarySchedule {
  return { library: "torch", constructor: name, kwargs, base_lrs: [0.1], ...more };
}

/** A scheduler inside another one's kwargs. */
export const inner = (name: string, kwargs: Record<string, unknown>) => ({ constructor: name, kwargs });
