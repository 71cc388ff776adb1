/** What the person has typed of a sequence such as `g h`. */
export interface KeyState {
  pending: string | null;
}

export interface KeyPress {
  key: string;
  /** Ctrl, Alt or Meta is down: the browser's own shortcut. */
  modified: boolean;
  /** The focus is in a field that takes text. */
  typing: boolean;
}

/** Begins the sequences that lead to a page. */
const GO = "g";

/**
 * Whether a press completes one of the sequences (`?`, `/`, `g h`). Keys are compared as typed, letters without case.
 * While typing or with a modifier nothing matches.
 */
export function matchKeys(
  state: KeyState,
  press: KeyPress,
  sequences: readonly string[],
): { state: KeyState; match: string | null } {
  if (press.typing || press.modified) return { state: { pending: null }, match: null };
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  const typed = state.pending === null ? key : `${state.pending} ${key}`;
  if (sequences.includes(typed)) return { state: { pending: null }, match: typed };
  // After `g` a letter belongs to a sequence, be it another listener's: `g s` must not do what `s` does.
  if (state.pending === GO && /^[a-z]$/.test(key) && key !== GO)
    return { state: { pending: null }, match: null };
  if (sequences.includes(key)) return { state: { pending: null }, match: key };
  const begins = key === GO || sequences.some((sequence) => sequence.startsWith(`${key} `));
  return { state: { pending: begins ? key : null }, match: null };
}
