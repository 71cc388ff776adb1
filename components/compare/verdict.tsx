"use client";

import { Link2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { IconButton } from "@/components/ui/icon-button";
import { Skeleton } from "@/components/ui/skeleton";
import { useNotify } from "@/components/ui/toast";
import { copyText } from "@/components/ui/copy-text";
import type { UrlPatch } from "@/lib/client/url/use-url-state";
import type { CompareQuestion, CompareResponse } from "@/lib/contracts/compare";
import type { SavedComparison } from "@/lib/contracts/comparisons";
import type { CompareView } from "@/lib/presenters/compare/view";
import { ExportMenu } from "./export-menu";
import { SaveDialog } from "./save-dialog";

interface Props {
  view: CompareView;
  question: CompareQuestion;
  answer: CompareResponse | null;
  saved: SavedComparison | undefined;
  /** The answer is to the question before this one. */
  stale: boolean;
  setUrl: (patch: UrlPatch) => void;
}

const CLEARED = ["runs", "project", "saved", "baseline", "target", "metric", "mode", "from", "to", "against"];

/** The answer in one sentence, and what to know before believing it. */
export function Verdict({ view, question, answer, saved, stale, setUrl }: Props) {
  const notify = useNotify();
  const copyLink = () =>
    void copyText(window.location.href).then(() => notify({ title: "The link is on the clipboard." }));
  return (
    <section aria-label="Verdict" className="flex flex-wrap items-start gap-x-6 gap-y-2">
      <Told answer={answer} saved={saved} stale={stale} />
      <div className="flex shrink-0 flex-wrap items-center gap-2">
        <Button
          variant="ghost"
          onClick={() => setUrl(Object.fromEntries(CLEARED.map((name) => [name, null])))}
        >
          Choose other runs
        </Button>
        <IconButton label="Copy link" onClick={copyLink}>
          <Link2 size={15} aria-hidden />
        </IconButton>
        {answer ? <ExportMenu view={view} answer={answer} saved={saved} /> : null}
        <SaveDialog key={saved?.id ?? "new"} question={question} saved={saved} setUrl={setUrl} />
      </div>
    </section>
  );
}

function Told({ answer, saved, stale }: Pick<Props, "answer" | "saved" | "stale">) {
  return (
    <div className="min-w-0 flex-1 basis-96">
      {saved ? <p className="text-sm font-medium text-muted">{saved.name}</p> : null}
      {answer ? (
        <h1
          className={cn(
            "max-w-[90ch] text-lg leading-6 font-semibold text-pretty [overflow-wrap:anywhere] transition-opacity",
            stale && "opacity-50",
          )}
        >
          {answer.verdict.text}
        </h1>
      ) : (
        <Skeleton className="h-12 max-w-3xl" />
      )}
      {answer?.verdict.also ? <p className="mt-1 text-sm text-muted">{answer.verdict.also}</p> : null}
      {answer && answer.notes.length > 0 ? (
        <ul className="mt-1 flex max-w-[110ch] flex-col text-sm text-muted">
          {answer.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      ) : null}
      {saved?.notes ? (
        <p className="mt-2 max-w-[90ch] border-l-2 border-line-strong pl-3 text-sm whitespace-pre-wrap">
          {saved.notes}
        </p>
      ) : null}
    </div>
  );
}
