import { type LrName, readLrName } from "../metrics/lr-name";

/** `rate_1`: what a name that was declared to be the LR says before its group, and the number. */
const NUMBERED = /^(.+?)[-_/]((?:param_?)?group_?|pg_?)?(\d{1,3})$/i;

function grouped(key: string): Omit<LrName, "rank"> {
  const name = readLrName(key);
  if (name) return name;
  const [, family = key, word = "", number] = NUMBERED.exec(key) ?? [];
  return { family, word: word.toLowerCase(), group: number === undefined ? null : Number(number) };
}

/**
 * The metrics that hold the LR of each param group, by group, given the one that holds group 0's (`firstKey`). Frameworks
 * count from 0 (`lr/0`, `lr/group_0`) or from 1 (Lightning's `lr-AdamW/pg1`); next to a plain `lr` the further groups are
 * `lr/1`, `lr/group_1` and so on. Ends at the first group that has no metric.
 */
export function lrKeysByGroup(keys: readonly string[], firstKey: string): string[] {
  const first = grouped(firstKey);
  const others = new Map<number, string>();
  for (const key of keys) {
    const { family, word, group } = grouped(key);
    const related = family === first.family && (first.group === null || word === first.word);
    if (key !== firstKey && group !== null && related) others.set(group - (first.group ?? 0), key);
  }
  const found = [firstKey];
  for (let next = others.get(1); next !== undefined; next = others.get(found.length)) found.push(next);
  return found;
}
