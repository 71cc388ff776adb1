/** Whether a run that has not ended is still heard of. */
export const LIVENESS = ["live", "silent", "lost"] as const;
type Liveness = (typeof LIVENESS)[number];

/** Those that stand where a status is asked for: the status itself stays `running`. */
export const QUIET = ["silent", "lost"] as const;

/** What a list of runs under way asks for: one that is lost has most likely ended without a word. */
export const UNDER_WAY = { status: "running", filter: "-status:lost" } as const;

export const isQuiet = (word: string): boolean => QUIET.some((known) => known === word);

export interface Heard {
  status: string;
  /** When it last logged, else when it began. In milliseconds since 1970. */
  at: number;
  /** The longest of its recent pauses between two log calls, in seconds; null before the second. */
  gap: number | null;
}

const HOUR = 3600;
/** Silent after three of its own pauses, but not within two minutes and not later than in six hours. */
const SILENT = { gaps: 3, least: 120, most: 6 * HOUR };
/** Lost after twenty; a training that pauses for a validation is no loss. */
const LOST = { gaps: 20, least: 0.5 * HOUR, most: 24 * HOUR };
/** Of a run that has logged at most once nobody knows the rhythm: its first epoch may take hours. */
const LOST_WITHOUT_RHYTHM = 6 * HOUR;
/** A longer pause says that the machine was off, not how the run logs. */
const LONGEST_GAP = 6 * HOUR;
/** A pause is forgotten once the run has logged for this many times as long without another. */
const FORGOTTEN_AFTER_GAPS = 30;

const limit = (gap: number, { gaps, least, most }: typeof SILENT): number =>
  Math.min(Math.max(gaps * gap, least), most);

/** null for a run that has ended. `now` in milliseconds since 1970. */
export function livenessOf({ status, at, gap }: Heard, now: number): Liveness | null {
  if (status !== "running") return null;
  const quiet = (now - at) / 1000;
  if (quiet >= (gap === null ? LOST_WITHOUT_RHYTHM : limit(gap, LOST))) return "lost";
  return quiet >= limit(gap ?? 0, SILENT) ? "silent" : "live";
}

/** The recent longest pause after another one of `seconds`: a longer one counts at once, and fades with time. */
export function nextGap(gap: number | null, seconds: number): number {
  const last = Math.min(Math.max(seconds, 0), LONGEST_GAP);
  if (gap === null || gap <= last) return last;
  return Math.max(last, gap - last / FORGOTTEN_AFTER_GAPS);
}
