"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { PanelError } from "@/components/ui/panel-error";
import { Skeleton } from "@/components/ui/skeleton";
import { sentenceOf } from "@/lib/client/http/problem-error";
import { rangeTestQuery } from "@/lib/client/schedules/tools";
import { useUrlState } from "@/lib/client/url/use-url-state";
import type { RangeTestBody, RangeTestResult } from "@/lib/contracts/range-test";
import { toWire } from "@/lib/contracts/wire-number";
import { readSweep } from "@/lib/presenters/schedules/sweep-text";
import { HowTo } from "./how-to";
import { RangeResult } from "./range-result";
import { SweepInput } from "./sweep-input";

/** fastai's, for losses as they were logged. */
const SMOOTHING = 0.98;

/** A sweep of the LR, pasted, dropped or logged by a run: where training begins, goes well and ends. */
export function RangeTest() {
  const [search, setUrl] = useUrlState();
  const runId = search.get("run");
  const [text, setText] = useState("");
  const smooth = search.get("smooth") === "1";
  const read = text.trim() === "" ? null : readSweep(text);
  const body = bodyOf(runId, read, smooth);
  const { data, error, isFetching, refetch } = useQuery(rangeTestQuery(body));
  return (
    <div className="mx-auto grid w-full max-w-[1400px] gap-x-8 gap-y-6 px-4 py-5 lg:grid-cols-[21rem_minmax(0,1fr)]">
      <SweepInput
        text={text}
        onText={(next) => {
          setText(next);
          if (runId !== null) setUrl({ run: null });
        }}
        runId={runId}
        onRun={(id) => {
          setText("");
          setUrl({ run: id });
        }}
        smooth={smooth}
        onSmooth={(on) => setUrl({ smooth: on ? "1" : null })}
        problem={read && "error" in read ? read.error : null}
        note={read && "lrs" in read ? read.note : null}
      />
      <section aria-label="Range test" aria-busy={isFetching} className="min-w-0">
        {error ? <PanelError reason={sentenceOf(error)} onRetry={() => void refetch()} /> : null}
        {body === null ? <HowTo /> : <Answer result={data} failed={error !== null} />}
      </section>
    </div>
  );
}

function Answer({ result, failed }: { result: RangeTestResult | undefined; failed: boolean }) {
  if (result) return <RangeResult result={result} />;
  return failed ? null : <Skeleton className="h-96" />;
}

function bodyOf(
  runId: string | null,
  read: ReturnType<typeof readSweep> | null,
  smooth: boolean,
): RangeTestBody | null {
  if (runId !== null) return { run_id: runId };
  if (read === null || "error" in read) return null;
  const pairs = { lrs: [...read.lrs], losses: read.losses.map(toWire) };
  return smooth ? { ...pairs, smooth: SMOOTHING } : pairs;
}
