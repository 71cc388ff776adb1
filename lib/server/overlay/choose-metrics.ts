import "server-only";

/** What a person wants to see first of a run that says nothing about it. */
const PREFERRED = [
  /^(val|valid|validation|eval|test)[/_-]?loss$/i,
  /^train[/_-]?loss$/i,
  /^loss$/i,
  /loss$/i,
];
const SHOWN = 2;

export function chooseMetrics(keys: readonly string[], lrKey: string | null): string[] {
  const others = keys.filter((key) => key !== lrKey && !key.startsWith("system/"));
  const chosen: string[] = [];
  for (const pattern of PREFERRED) {
    for (const key of others) if (pattern.test(key) && !chosen.includes(key)) chosen.push(key);
  }
  return (chosen.length > 0 ? chosen : others).slice(0, SHOWN);
}
