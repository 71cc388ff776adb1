const DELIMITERS = [",", ";", "\t"] as const;

/** The delimiter that the first line has most of, outside of quotes. */
export function delimiterOf(head: string): string {
  const counts = new Map<string, number>();
  let quoted = false;
  for (const character of head) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === "\n" || character === "\r")) break;
    else if (!quoted) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  return [...DELIMITERS].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0))[0] ?? ",";
}

type CsvFormat = "keras_csv" | "lightning_csv" | "timm_csv" | "csv";

/** Which logger wrote a CSV file, by its columns; `csv` when none that we know. */
export function csvFormat(names: readonly string[]): CsvFormat {
  const has = (name: string) => names.includes(name);
  if (has("epoch") && has("step")) return "lightning_csv";
  if (!has("epoch") || names[0] !== "epoch") return "csv";
  if (has("train_loss") && names.some((name) => name.startsWith("eval_"))) return "timm_csv";
  return has("loss") ? "keras_csv" : "csv";
}
