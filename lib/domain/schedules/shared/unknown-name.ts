/** `unknown argument (did you mean gamma?); known: …`: the hint when one of the known names is near. */
export function unknownName(what: string, name: string, known: readonly string[]): string {
  const near = nearestName(name, known);
  return `${what}${near ? ` (did you mean ${near}?)` : ""}; known: ${known.join(", ")}`;
}

/** The known name that the fewest edits lead to, capitals aside; null when that would be another word. */
export function nearestName(name: string, known: readonly string[]): string | null {
  const plain = name.toLowerCase();
  let best: { name: string; edits: number } | null = null;
  for (const candidate of known) {
    const edits = editDistance(plain, candidate.toLowerCase());
    if (edits <= candidate.length / 3 && edits < (best?.edits ?? Infinity)) best = { name: candidate, edits };
  }
  return best?.name ?? null;
}

/** Letters put in, taken out or changed. Levenshtein 1966, a row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
