import type { CompareQuestion, CompareResponse } from "@/lib/contracts/compare";

type By = CompareQuestion["by"];

const NOUNS: readonly { value: By; label: string }[] = [
  { value: "schedule", label: "schedule" },
  { value: "family", label: "schedule family" },
  { value: "group", label: "run group" },
  { value: "tag", label: "tag" },
  { value: "seed", label: "seed" },
  { value: "project", label: "project" },
  { value: "run", label: "run" },
];
const MOST_PATHS = 20;

/** What runs can be grouped by: always the nouns, and the config entries in which these runs differ. */
export function groupByOptions(answer: CompareResponse | null, current: By): { value: By; label: string }[] {
  const paths = (answer?.config ?? []).slice(0, MOST_PATHS).map(({ path }): { value: By; label: string } => ({
    value: `config.${path}`,
    label: path,
  }));
  const options = [...NOUNS, ...paths];
  return options.some(({ value }) => value === current)
    ? options
    : [...options, { value: current, label: current }];
}
