"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { PanelError } from "@/components/ui/panel-error";
import { Skeleton } from "@/components/ui/skeleton";
import { compareQuery, savedComparisonsQuery } from "@/lib/client/compare/queries";
import { useSavedComparison } from "@/lib/client/compare/use-saved";
import { sentenceOf } from "@/lib/client/http/problem-error";
import { useUrlState } from "@/lib/client/url/use-url-state";
import type { CompareQuestion, CompareResponse } from "@/lib/contracts/compare";
import type { Project } from "@/lib/contracts/projects";
import {
  bodyOf,
  isEmptyView,
  metricOf,
  type MetricChoice,
  parseCompareView,
  questionOf,
} from "@/lib/presenters/compare/view";
import { Controls } from "./controls";
import { ProjectPicker } from "./project-picker";
import { Results } from "./results";
import { RunPicker } from "./run-picker";
import { SavedList } from "./saved-list";
import { Verdict } from "./verdict";

interface Props {
  projects: readonly Project[];
  /** What these runs are usually compared by; null when they logged nothing. */
  primary: MetricChoice | null;
  /** The answer to the address that the page was opened with. */
  initial: { question: CompareQuestion; answer: CompareResponse } | null;
}

/** Groups of runs against each other. The address holds the question. */
export function ComparePage({ projects, primary, initial }: Props) {
  const [search, setUrl] = useUrlState();
  const view = useMemo(() => parseCompareView(search), [search]);
  if (isEmptyView(view)) return <Start projects={projects} />;
  const metric = metricOf(view, primary);
  const question = questionOf(view, primary);
  if (!metric || !question) {
    return (
      <p className="p-6 text-base text-muted">
        These runs have logged no metric yet. The comparison appears with the first points.
      </p>
    );
  }
  return <Asked view={view} metric={metric} question={question} initial={initial} setUrl={setUrl} />;
}

function Start({ projects }: Pick<Props, "projects">) {
  const { data } = useQuery(savedComparisonsQuery());
  return (
    <div className="mx-auto flex w-full max-w-4xl flex-col gap-8 p-4 md:p-6">
      <h1 className="sr-only">Compare</h1>
      <RunPicker projects={projects} />
      {projects.length > 1 ? <ProjectPicker projects={projects} /> : null}
      {data && data.items.length > 0 ? (
        <section aria-labelledby="saved">
          <h2 id="saved" className="mb-1 text-lg font-semibold">
            Saved comparisons
          </h2>
          <SavedList items={data.items} />
        </section>
      ) : null}
    </div>
  );
}

interface AskedProps extends Pick<Props, "initial"> {
  view: ReturnType<typeof parseCompareView>;
  metric: MetricChoice;
  question: CompareQuestion;
  setUrl: ReturnType<typeof useUrlState>[1];
}

function Asked({ view, metric, question, initial, setUrl }: AskedProps) {
  const same = initial !== null && JSON.stringify(initial.question) === JSON.stringify(question);
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...compareQuery(bodyOf(question, view.against)),
    ...(same && !view.against?.startsWith("metric.") ? { initialData: initial.answer } : {}),
  });
  const saved = useSavedComparison(view.saved);
  return (
    <div className="flex flex-col gap-4 p-4">
      <Verdict
        view={view}
        question={question}
        answer={data ?? null}
        saved={saved}
        stale={isPlaceholderData}
        setUrl={setUrl}
      />
      <Controls view={view} metric={metric} answer={data ?? null} setUrl={setUrl} />
      {error ? <PanelError reason={sentenceOf(error)} onRetry={() => void refetch()} /> : null}
      {data ? (
        <Results view={view} answer={data} setUrl={setUrl} />
      ) : error ? null : (
        <Skeleton className="h-[36rem]" />
      )}
    </div>
  );
}
