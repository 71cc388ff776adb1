type Fields = Readonly<Record<string, unknown>>;

/** What is different between two policies, in words: `patience 10 → 5, factor 0.1 → 0.5, max_cuts none → 2`. */
export function describeChange(before: Fields, after: Fields): string {
  const [from, to] = [flat(before), flat(after)];
  return [...new Set([...from.keys(), ...to.keys()])]
    .filter((name) => from.get(name) !== to.get(name))
    .map((name) => `${name} ${from.get(name) ?? "none"} → ${to.get(name) ?? "none"}`)
    .join(", ");
}

/** Options by name; those of a library's constructor lie one level down. */
function flat(policy: Fields): Map<string, string> {
  const { config, ...own } = policy;
  const options = typeof config === "object" && config !== null ? Object.entries(config) : [];
  return new Map(
    [...Object.entries(own), ...options].flatMap(([name, value]): [string, string][] =>
      value === null || value === undefined
        ? []
        : [[name, typeof value === "string" ? value : JSON.stringify(value)]],
    ),
  );
}
