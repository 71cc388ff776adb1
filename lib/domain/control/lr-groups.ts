/** `lr/group_1`, `lr/1`, `lr-AdamW/pg2`: what a name says before its group, and the number. */
const NUMBERED = /^(.+?)[-_/]((?:param_?)?group_?|pg_?)?(\d{1,3})$/i;

interface Numbered {
  stem: string;
  word: string;
  number: number;
}

function numbered(key: string): Numbered | null {
  const [, stem, word = "", number] = NUMBERED.exec(key) ?? [];
  return stem === undefined ? null : { stem, word: word.toLowerCase(), number: Number(number) };
}

/**
 * The metrics that hold the LR of each param group, by group, given the one that holds group 0's (`firstKey`). Frameworks
 * count from 0 (`lr/0`, `lr/group_0`) or from 1 (Lightning's `lr-AdamW/pg1`); next to a plain `lr` the further groups are
 * `lr/1`, `lr/group_1` and so on. Ends at the first group that has no metric.
 */
export function lrKeysByGroup(keys: readonly string[], firstKey: string): string[] {
  const first = numbered(firstKey);
  const others = keys.flatMap((key) => {
    const name = key === firstKey ? null : numbered(key);
    const related = first ? name?.stem === first.stem && name.word === first.word : name?.stem === firstKey;
    return name && related ? [{ key, group: name.number - (first?.number ?? 0) }] : [];
  });
  const found = [firstKey];
  for (let next = others.find(({ group }) => group === 1); next;) {
    found.push(next.key);
    next = others.find(({ group }) => group === found.length);
  }
  return found;
}
