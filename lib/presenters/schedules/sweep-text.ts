/** A range test as it was pasted, or why it cannot be read. */
export type ReadSweep =
  | {
      readonly lrs: readonly number[];
      readonly losses: readonly number[];
      /** What was left out or put in order, in words; null when nothing was. */
      readonly note: string | null;
    }
  | { readonly error: string };

interface Pair {
  readonly lr: number;
  readonly loss: number;
}

const FEWEST = 4;
const MOST = 10_000;
const LR_NAMES = /^"?(lr|lrs|learning_rate|learning rate|x)"?$/i;
const LOSS_NAMES = /^"?(loss|losses|train[/_]?loss|train_loss|y|value)"?$/i;

/**
 * LR and loss from two columns (comma, semicolon, tab or blanks between them, with or without a head that names them) or
 * from `{"lrs": […], "losses": […]}`. NaN and inf are losses like any other. Rows are put in order of their LR.
 */
export function readSweep(text: string): ReadSweep {
  const trimmed = text.trim();
  if (trimmed === "") return { error: "Paste two columns, or drop a CSV file with lr and loss." };
  if (trimmed.startsWith("{")) return fromJson(trimmed);
  const lines = trimmed.split(/\r?\n/).filter((line) => line.trim() !== "");
  const head = cellsOf(lines[0] ?? "");
  const hasHead = head.some((cell) => Number.isNaN(numberOf(cell)) && !/^"?nan"?$/i.test(cell));
  if (!hasHead) return fromRows(lines, 1, { lr: 0, loss: 1 });
  const at = {
    lr: head.findIndex((cell) => LR_NAMES.test(cell)),
    loss: head.findIndex((cell) => LOSS_NAMES.test(cell)),
  };
  if (at.lr === -1 || at.loss === -1) {
    return { error: `The first line names ${head.join(", ")}; it must name lr and loss.` };
  }
  return fromRows(lines.slice(1), 2, at);
}

/** @param first the number of the first line, for people */
function fromRows(lines: readonly string[], first: number, at: { lr: number; loss: number }): ReadSweep {
  const pairs: Pair[] = [];
  for (const [i, line] of lines.entries()) {
    const cells = cellsOf(line);
    const [lr, loss] = [cells[at.lr], cells[at.loss]];
    if (lr === undefined || loss === undefined) {
      return { error: `Line ${i + first} has no two columns: ${line.trim()}` };
    }
    const rate = numberOf(lr);
    if (!Number.isFinite(rate)) return { error: `Line ${i + first}: the LR “${lr}” is not a number.` };
    pairs.push({ lr: rate, loss: numberOf(loss) });
  }
  return ordered(pairs);
}

const cellsOf = (line: string): string[] => {
  const cells = /[,;\t]/.test(line) ? line.split(/[,;\t]/) : line.trim().split(/\s+/);
  return cells.map((cell) => cell.trim());
};

/** Infinity in the words of Python and CSV; NaN for everything that is no number. */
function numberOf(text: string): number {
  const bare = text.replaceAll('"', "");
  if (/^[+-]?inf(inity)?$/i.test(bare)) return bare.startsWith("-") ? -Infinity : Infinity;
  return bare === "" ? NaN : Number(bare);
}

function fromJson(text: string): ReadSweep {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { error: "This begins like JSON and is not." };
  }
  const fields = new Map<string, unknown>(Object.entries(Object(json)));
  const [lrs, losses] = [fields.get("lrs"), fields.get("losses")];
  if (!Array.isArray(lrs) || !Array.isArray(losses) || lrs.length !== losses.length) {
    return { error: "The JSON must have lrs and losses, lists of the same length." };
  }
  return ordered(lrs.map((lr, i) => ({ lr: Number(lr), loss: numberOf(String(losses[i])) })));
}

function ordered(pairs: readonly Pair[]): ReadSweep {
  const positive = pairs.filter(({ lr }) => lr > 0 && Number.isFinite(lr));
  const sorted = [...positive].sort((a, b) => a.lr - b.lr);
  // The last of several losses at one LR is what the log ended on.
  const unique = sorted.filter(({ lr }, i) => lr !== sorted[i + 1]?.lr);
  if (unique.length < FEWEST)
    return { error: `A range test needs at least ${FEWEST} LRs above 0; here are ${unique.length}.` };
  if (unique.length > MOST) return { error: `At most ${MOST} rows; here are ${unique.length}.` };
  const dropped = pairs.length - unique.length;
  const moved = sorted.some((pair, i) => pair !== positive[i]);
  const notes = [
    dropped > 0
      ? `${dropped} ${dropped === 1 ? "row" : "rows"} left out (an LR that is 0, or given twice)`
      : "",
    moved ? "rows put in order of their LR" : "",
  ].filter(Boolean);
  return {
    lrs: unique.map(({ lr }) => lr),
    losses: unique.map(({ loss }) => loss),
    note: notes.length > 0 ? `${notes.join("; ")}.` : null,
  };
}
