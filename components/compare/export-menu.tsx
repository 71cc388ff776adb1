"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { useNotify } from "@/components/ui/toast";
import { curvesQuery } from "@/lib/client/compare/queries";
import { saveFile } from "@/lib/client/compare/save-file";
import { sentenceOf } from "@/lib/client/http/problem-error";
import type { CompareResponse } from "@/lib/contracts/compare";
import type { SavedComparison } from "@/lib/contracts/comparisons";
import { htmlReport, markdownReport, type ReportInput } from "@/lib/presenters/compare/report";
import { type CompareView, whichOf } from "@/lib/presenters/compare/view";
import { formatInstant } from "@/lib/presenters/format/relative-time";

interface Props {
  view: CompareView;
  answer: CompareResponse;
  saved: SavedComparison | undefined;
}

const FORMATS = {
  html: { type: "text/html", write: htmlReport },
  md: { type: "text/markdown", write: markdownReport },
} as const;

/** The comparison as a file: Markdown, or one HTML page with its pictures. */
export function ExportMenu({ view, answer, saved }: Props) {
  const cache = useQueryClient();
  const notify = useNotify();
  const input = async (): Promise<ReportInput> => {
    const body = {
      ...whichOf(view),
      by: view.by,
      metrics: [answer.metric],
      buckets: 300,
      members: 0,
      lr: true,
    };
    return {
      title: saved?.name ?? `${answer.at} ${answer.metric} by ${answer.by}`,
      notes: saved?.notes ?? "",
      url: window.location.href,
      made: formatInstant(new Date().toISOString()),
      answer,
      curves: await cache.fetchQuery(curvesQuery(body, false)),
    };
  };
  const save = (format: keyof typeof FORMATS) => {
    const { type, write } = FORMATS[format];
    input()
      .then((report) => saveFile(write(report), `comparison.${format}`, type))
      .catch((error: unknown) => notify({ title: sentenceOf(error), tone: "failed" }));
  };
  return (
    <Menu trigger={<Button>Export</Button>}>
      <MenuItem onClick={() => save("html")}>HTML with pictures</MenuItem>
      <MenuItem onClick={() => save("md")}>Markdown</MenuItem>
    </Menu>
  );
}
