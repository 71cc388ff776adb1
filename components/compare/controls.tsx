"use client";

import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { UrlPatch } from "@/lib/client/url/use-url-state";
import type { CompareResponse } from "@/lib/contracts/compare";
import { defaultLeftScale } from "@/lib/presenters/charts/view";
import { groupByOptions } from "@/lib/presenters/compare/group-by";
import { suggestedTarget } from "@/lib/presenters/compare/target-axis";
import type { CompareView, MetricChoice } from "@/lib/presenters/compare/view";

interface Props {
  view: CompareView;
  metric: MetricChoice;
  /** Null until the first answer. */
  answer: CompareResponse | null;
  setUrl: (patch: UrlPatch) => void;
}

const EVERY_TWO = "every two";
const MODES = [
  { value: "min", label: "lower" },
  { value: "max", label: "higher" },
] as const;
const ATS = [
  { value: "final", label: "final" },
  { value: "best", label: "best" },
] as const;
const STATS = [
  { value: "mean", label: "mean ± 95 %" },
  { value: "median", label: "median, middle half" },
] as const;
const SCALES = [
  { value: "linear", label: "linear" },
  { value: "log", label: "log" },
] as const;

/** What is asked. Every choice stands in the address. */
export function Controls({ view, metric, answer, setUrl }: Props) {
  const metrics = [...new Set([metric.key, ...(answer?.metrics ?? [])])];
  const groups = answer?.groups ?? [];
  const baseline = groups.find(({ key, label }) => key === view.baseline || label === view.baseline);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Select
        label="group by"
        value={view.by}
        options={groupByOptions(answer, view.by)}
        onChange={(by) => setUrl({ by, baseline: null })}
      />
      <Select
        label="metric"
        value={metric.key}
        options={metrics.map((key) => ({ value: key, label: key }))}
        onChange={(key) => setUrl({ metric: key, mode: null, target: null, scale: null })}
      />
      <Select label="better is" value={metric.mode} options={MODES} onChange={(mode) => setUrl({ mode })} />
      <Select label="at" value={view.at} options={ATS} onChange={(at) => setUrl({ at })} />
      <TargetField view={view} answer={answer} setUrl={setUrl} />
      {groups.length > 2 ? (
        <Select
          label="against"
          value={baseline?.label ?? EVERY_TWO}
          options={[EVERY_TWO, ...groups.map(({ label }) => label)].map((value) => ({ value, label: value }))}
          onChange={(label) => setUrl({ baseline: label === EVERY_TWO ? null : label })}
        />
      ) : null}
      <Select label="curve" value={view.stat} options={STATS} onChange={(stat) => setUrl({ stat })} />
      <Select
        label="axis"
        value={view.scale ?? defaultLeftScale([metric.key])}
        options={SCALES}
        onChange={(scale) => setUrl({ scale })}
      />
    </div>
  );
}

function TargetField({ view, answer, setUrl }: Omit<Props, "metric">) {
  const suggestion = answer && suggestedTarget(answer);
  const suggested = suggestion === null ? null : String(suggestion);
  return (
    <label className="flex items-center gap-1.5 text-sm text-muted">
      target
      <Input
        key={view.target ?? "none"}
        aria-label="Target"
        type="number"
        step="any"
        className="w-24 tabular-nums"
        placeholder={suggested ?? "none"}
        defaultValue={view.target ?? ""}
        onBlur={(event) => setUrl({ target: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          const { value } = event.currentTarget;
          setUrl({ target: value === "" ? suggested : value });
        }}
      />
    </label>
  );
}
