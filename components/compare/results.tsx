"use client";

import { useMemo } from "react";
import { Card } from "@/components/ui/card";
import type { UrlPatch } from "@/lib/client/url/use-url-state";
import type { CompareResponse } from "@/lib/contracts/compare";
import { groupInks, MOST_GROUPS } from "@/lib/presenters/compare/group-inks";
import { presentIntervals, presentTargets } from "@/lib/presenters/compare/interval-plot";
import type { CompareView } from "@/lib/presenters/compare/view";
import { targetText } from "@/lib/presenters/compare/target-words";
import { Curves } from "./curves";
import { Explore } from "./explore";
import { GroupsTable } from "./groups-table";
import { IntervalPanel, TargetBars } from "./interval-panel";
import { MultiplesCard } from "./multiples";
import { PairsTable } from "./pairs-table";
import { RankingTable } from "./ranking-table";
import { RunsDifferences } from "./runs-differences";

interface Props {
  view: CompareView;
  answer: CompareResponse;
  setUrl: (patch: UrlPatch) => void;
}

/** The pictures, then the figures behind them. */
export function Results({ view, answer, setUrl }: Props) {
  const inks = useMemo(() => groupInks(answer.groups, view.inks), [answer.groups, view.inks]);
  const drawn = useMemo(
    () =>
      new Map(answer.groups.slice(0, MOST_GROUPS).map(({ key }) => [key, inks.get(key) ?? "var(--muted)"])),
    [answer.groups, inks],
  );
  const intervals = presentIntervals(answer, inks);
  const targets = presentTargets(answer, inks);
  return (
    <>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 min-[1100px]:grid-cols-[minmax(0,5fr)_minmax(0,3fr)]">
        <Card title={`${answer.metric}, ${view.stat} of each group over the steps`}>
          <Curves view={view} answer={answer} inks={drawn} setUrl={setUrl} />
        </Card>
        <div className="flex flex-col gap-4">
          <Card title={`${answer.at} ${answer.metric}, mean and 95 %`}>
            {intervals ? (
              <IntervalPanel plot={intervals} />
            ) : (
              <p className="text-sm text-muted">No run has a value to show.</p>
            )}
          </Card>
          <Card
            title={
              answer.target === null ? "Steps to a target" : `Steps to ${targetText(answer.target)}, median`
            }
          >
            {targets ? (
              <TargetBars {...targets} />
            ) : (
              <p className="text-sm text-muted">
                Drag the handle at the chart’s right end, or type a target above, to see how soon each group
                gets there.
              </p>
            )}
          </Card>
        </div>
      </div>
      {answer.ranking ? (
        <Card title="Ranking over projects">
          <RankingTable answer={answer} />
        </Card>
      ) : null}
      <Card title="Groups">
        <GroupsTable answer={answer} inks={inks} />
      </Card>
      {answer.pairs.length > 0 ? (
        <Card title={`Pairs, ${answer.pairs.length}`}>
          <PairsTable answer={answer} />
        </Card>
      ) : null}
      <Explore answer={answer} inks={inks} against={view.against} setUrl={setUrl} />
      <MultiplesCard view={view} answer={answer} inks={drawn} />
      <Card title={`Runs, ${answer.runs.length}`}>
        <RunsDifferences answer={answer} inks={inks} />
      </Card>
    </>
  );
}
