import type { ReactNode } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { TimeText } from "@/components/ui/time-text";
import type { Run } from "@/lib/contracts/runs";
import { formatInteger } from "@/lib/presenters/format/number";
import { formatInstant } from "@/lib/presenters/format/relative-time";
import { flatten } from "./flatten";

interface Props {
  run: Run;
  /** The schedule in words; null without one. */
  words: string | null;
  onConfig: () => void;
}

const SHOWN = 10;

/** What the run is, in words. */
export function OverviewTab({ run, words, onConfig }: Props) {
  const config = flatten(run.config);
  return (
    <div className="grid gap-x-10 gap-y-6 lg:grid-cols-2">
      <dl className="h-fit text-sm">
        <Fact name="Schedule">{words === null ? "none declared" : scheduleText(run, words)}</Fact>
        <Fact name="Length">{lengthText(run)}</Fact>
        <Fact name="Group and seed">
          {run.group ?? "no group"}, {run.seed === null ? "no seed" : `seed ${run.seed}`}
        </Fact>
        <Fact name="Tags">
          {run.tags.length === 0 ? "none" : null}
          {run.tags.map((tag) => (
            <span key={tag} className="mr-1.5 inline-block rounded bg-active px-1.5">
              {tag}
            </span>
          ))}
        </Fact>
        <Fact name="Started">
          <Instant iso={run.started_at} />
        </Fact>
        <Fact name="Ended">{run.ended_at ? <Instant iso={run.ended_at} /> : "not yet"}</Fact>
        <Fact name="Id">
          <span className="flex items-center gap-1">
            <code className="truncate font-mono">{run.id}</code>
            <CopyButton text={run.id} label="Copy the id" />
          </span>
        </Fact>
        {run.notes ? (
          <Fact name="Notes">
            <span className="whitespace-pre-wrap">{run.notes}</span>
          </Fact>
        ) : null}
      </dl>
      <div className="h-fit text-sm">
        <dl>
          {config.slice(0, SHOWN).map(({ path, text }) => (
            <Fact key={path} name={path} mono>
              <span className="font-mono break-words">{text}</span>
            </Fact>
          ))}
        </dl>
        {config.length > SHOWN ? (
          <button
            type="button"
            onClick={onConfig}
            className="mt-2 rounded text-sm text-accent hover:underline"
          >
            All {config.length} entries
          </button>
        ) : null}
      </div>
    </div>
  );
}

function Fact({ name, mono = false, children }: { name: string; mono?: boolean; children: ReactNode }) {
  return (
    <div className="grid min-h-8 grid-cols-[minmax(9rem,2fr)_minmax(0,3fr)] items-center gap-3 border-b border-line py-1">
      <dt className={mono ? "truncate font-mono text-muted" : "text-muted"} title={name}>
        {name}
      </dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

const Instant = ({ iso }: { iso: string }) => (
  <TimeText iso={iso} exact={iso} className="tabular-nums">
    {formatInstant(iso)}
  </TimeText>
);

const scheduleText = (run: Run, words: string) =>
  run.schedule_source === "inferred" ? `${words} (inferred from the LR)` : words;

function lengthText({ total_steps: total, steps_per_epoch: perEpoch }: Run): string {
  const steps = total === null ? "not declared" : `${formatInteger(total)} steps`;
  return perEpoch === null ? steps : `${steps}, ${formatInteger(perEpoch)} to an epoch`;
}
