"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { Branches } from "@/components/charts/panels/branches";
import { PanelSection } from "@/components/charts/panels/panel";
import type { ZoomHandlers } from "@/components/charts/zoom-handlers";
import { Button } from "@/components/ui/button";
import { PanelError } from "@/components/ui/panel-error";
import { sentenceOf } from "@/lib/client/http/problem-error";
import type { MetricSection } from "@/lib/presenters/metrics/sections";
import { metricTree } from "@/lib/presenters/metrics/tree";
import { MetricPanel } from "./metric-panel";
import type { PanelFrame } from "./use-panel-frame";
import { runSeriesQuery } from "./queries";
import { useVisible } from "@/components/charts/use-visible";

interface Props {
  section: MetricSection;
  open: boolean;
  onOpen: (open: boolean) => void;
  frame: PanelFrame;
  zoom: ZoomHandlers;
  shown: readonly string[];
  onShow: (key: string) => void;
}

/** As many as one request takes; further ones wait for a click. */
const AT_ONCE = 20;
const BUCKETS = 400;

/** A collapsible section of charts, by every segment of their names. Many of them are opened branch by branch. */
export function MetricSectionView({ section, open, onOpen, ...rest }: Props) {
  const tree = useMemo(() => metricTree(section), [section]);
  const [limit, setLimit] = useState(AT_ONCE);
  const flat = tree.branches.length === 0;
  return (
    <PanelSection section={section} open={open} onOpen={onOpen} limit={flat ? limit : undefined}>
      <div className="flex flex-col gap-2 py-2">
        {flat ? (
          <PanelList keys={section.keys} limit={limit} onLimit={setLimit} {...rest} />
        ) : (
          <Branches
            branch={tree}
            open={section.keys.length <= AT_ONCE}
            render={(keys) => <BranchPanels keys={keys} {...rest} />}
          />
        )}
      </div>
    </PanelSection>
  );
}

type GridProps = Omit<Props, "section" | "open" | "onOpen"> & { keys: readonly string[] };

function BranchPanels(props: GridProps) {
  const [limit, setLimit] = useState(AT_ONCE);
  return (
    <div className="flex flex-col gap-2 py-1">
      <PanelList {...props} limit={limit} onLimit={setLimit} />
    </div>
  );
}

/** Its data comes in requests of so many, each once it has come near the screen. */
function PanelList({
  keys,
  limit,
  onLimit,
  ...rest
}: GridProps & { limit: number; onLimit: (limit: number) => void }) {
  const left = keys.length - limit;
  return (
    <>
      {chunks(keys.slice(0, limit)).map((some, i) => (
        <PanelGrid key={i} keys={some} {...rest} />
      ))}
      {left > 0 ? (
        <Button
          size="small"
          className="self-start"
          onClick={() => onLimit(limit + AT_ONCE)}
        >{`Show ${Math.min(left, AT_ONCE)} more`}</Button>
      ) : null}
    </>
  );
}

function chunks(keys: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(keys.length / AT_ONCE) }, (_, i) =>
    keys.slice(i * AT_ONCE, (i + 1) * AT_ONCE),
  );
}

function PanelGrid({ keys, frame, zoom, shown, onShow }: GridProps) {
  const { visible, ref } = useVisible();
  const { asked, x, run } = frame;
  // In another order it is the same request.
  const body = { keys: [...keys].sort(), buckets: BUCKETS, x };
  const whole = useQuery({ ...runSeriesQuery(run.id, body), enabled: visible });
  const zoomed = useQuery({
    ...runSeriesQuery(run.id, { ...body, ...asked }),
    enabled: visible && asked !== null,
  });
  const answer = asked === null ? whole : zoomed;
  // Until the window's own points are here, those of the whole run are.
  const series = answer.data?.series ?? whole.data?.series;
  const [inside, all] = [zoomed.data?.series, whole.data?.series];
  const part = useMemo(
    () => (asked !== null && inside && all ? { steps: asked, whole: all } : null),
    [asked, inside, all],
  );
  return (
    <>
      {answer.error ? (
        <PanelError reason={sentenceOf(answer.error)} onRetry={() => void answer.refetch()} />
      ) : null}
      <ul
        ref={ref}
        aria-busy={answer.isFetching}
        className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,22rem),1fr))] gap-3"
      >
        {keys.map((key) => (
          <MetricPanel
            key={key}
            metric={key}
            series={answer.isPlaceholderData && !series?.some((one) => one.key === key) ? undefined : series}
            part={part}
            frame={frame}
            zoom={zoom}
            shown={shown.includes(key)}
            onShow={key === frame.lrKey ? null : () => onShow(key)}
          />
        ))}
      </ul>
    </>
  );
}
