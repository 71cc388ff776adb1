import { Link } from "@/components/ui/link";
import type { ReactNode } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { TimeText } from "@/components/ui/time-text";
import type { PrimaryMetric } from "@/lib/contracts/projects";
import type { Run } from "@/lib/contracts/runs";
import { formatInteger } from "@/lib/presenters/format/number";
import { formatInstant } from "@/lib/presenters/format/relative-time";
import { BestLine } from "./best-line";
import { flatten } from "./flatten";
import { Notes } from "./notes";
import { Tags } from "./tags";

interface Props {
  run: Run;
  /** The schedule in words; null without one. */
  words: string | null;
  /** The designer with this schedule in it; null without one. */
  designHref: string | null;
  primary: PrimaryMetric | null;
  onConfig: () => void;
}

const SHOWN = 10;

/** What the run is, in words. */
export function OverviewTab({ run, words, designHref, primary, onConfig }: Props) {
  return (
    <div className="grid gap-x-10 gap-y-6 lg:grid-cols-2">
      <dl className="h-fit text-sm">
        <Fact name="Schedule">
          {words === null ? "none declared" : scheduleText(run, words)}{" "}
          {designHref === null ? null : (
            <Link
              href={designHref}
              className="rounded whitespace-nowrap text-accent underline underline-offset-2"
            >
              Open in the designer
            </Link>
          )}
        </Fact>
        {primary === null ? null : (
          <Fact name={`Best ${primary.key}`}>
            <BestLine run={run} primary={primary} />
          </Fact>
        )}
        <Fact name="Length">{lengthText(run)}</Fact>
        <Fact name="Group and seed">
          {run.group ?? "no group"}, {run.seed === null ? "no seed" : `seed ${run.seed}`}
        </Fact>
        <Fact name="Tags">
          <Tags run={run} />
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
      </dl>
      <div className="flex h-fit flex-col gap-4 text-sm">
        <Notes run={run} />
        <ConfigPart run={run} onConfig={onConfig} />
      </div>
    </div>
  );
}

function ConfigPart({ run, onConfig }: Pick<Props, "run" | "onConfig">) {
  const config = flatten(run.config);
  if (config.length === 0) return null;
  return (
    <section aria-labelledby="config-part">
      <h2 id="config-part" className="mb-1 text-sm font-medium text-muted">
        Config
      </h2>
      <div>
        <dl className="border-t border-line">
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
            className="mt-2 rounded text-sm text-accent underline underline-offset-2"
          >
            All {config.length} entries
          </button>
        ) : null}
      </div>
    </section>
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
