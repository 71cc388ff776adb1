import { Link } from "@/components/ui/link";
import { Status } from "@/components/ui/badge";
import { Button, buttonClass } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import type { AuditReport, Finding } from "@/lib/contracts/audit";
import { stepsText, verdictSentence } from "@/lib/presenters/charts/audit-words";

interface Props {
  audit: AuditReport;
  /** As declared; null: none was. */
  schedule: object | null;
  /** The same in words. */
  words: string | null;
  /** Where it opens in the designer; null without one. */
  designHref: string | null;
  onShow: (from: number, to: number) => void;
}

/** What the schedule says, and where the optimizer did something else. */
export function AuditTab({ audit, schedule, words, designHref, onShow }: Props) {
  return (
    <div className="grid gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <section aria-label="Findings" className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-3 text-base font-medium">
          <Verdict verdict={audit.verdict} />
          {verdictSentence(audit)}
        </p>
        <p className="text-sm text-muted tabular-nums">{figures(audit)}</p>
        <ul className="mt-3 flex flex-col divide-y divide-line border-y border-line">
          {audit.findings.map((finding) => (
            <FindingItem key={`${finding.code} ${finding.from_step}`} finding={finding} onShow={onShow} />
          ))}
        </ul>
      </section>
      <section aria-label="Declared schedule" className="min-w-0">
        <div className="mb-2 flex items-center justify-between gap-3">
          <h3 className="text-sm font-medium text-muted">Declared schedule</h3>
          {designHref ? (
            <Link href={designHref} className={buttonClass("secondary", "small")}>
              Open in the designer
            </Link>
          ) : null}
        </div>
        {words ? <p className="mb-2 text-base">{words}</p> : null}
        {schedule ? (
          <CodeBlock code={JSON.stringify(schedule, null, 2)} label="declared schedule" />
        ) : (
          <p className="text-sm text-muted">
            None. Pass <code className="font-mono">schedule</code> when the run is created, or let the client
            read it from the scheduler.
          </p>
        )}
      </section>
    </div>
  );
}

function Verdict({ verdict }: Pick<AuditReport, "verdict">) {
  if (verdict === "match") {
    return (
      <Status tone="verified" shape="check">
        match
      </Status>
    );
  }
  return verdict === "drift" ? (
    <Status tone="drift" shape="triangle">
      drift
    </Status>
  ) : (
    <Status tone="neutral" shape="ring">
      {verdict === "undecided" ? "undecided" : "not checked"}
    </Status>
  );
}

function figures({ offset, max_relative_error: error }: AuditReport): string {
  const parts = [];
  if (offset !== null && offset !== 0) {
    const by = Math.abs(offset) === 1 ? "one step" : `${Math.abs(offset)} steps`;
    parts.push(`The log shows each LR ${by} ${offset > 0 ? "early" : "late"}.`);
  }
  if (error !== null) parts.push(`Largest relative difference ${Number((error * 100).toPrecision(3))} %.`);
  return parts.join(" ");
}

function FindingItem({ finding, onShow }: { finding: Finding; onShow: Props["onShow"] }) {
  const params = Object.entries(finding.params);
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-1 py-2">
      <div className="min-w-0 flex-1">
        <p className="text-base text-pretty">{finding.message}</p>
        {finding.fix ? (
          <p className="my-0.5 text-sm text-pretty">
            <span className="font-medium">To fix it:</span> {finding.fix}
          </p>
        ) : null}
        <p className="text-sm text-muted tabular-nums">
          <span className="font-mono">{finding.code}</span> · {stepsText(finding)}
          {params.map(([name, value]) => (
            <span key={name}>
              {" "}
              · {name.replaceAll("_", " ")}{" "}
              <span className="font-mono">
                {typeof value === "number" ? Number(value.toPrecision(6)) : JSON.stringify(value)}
              </span>
            </span>
          ))}
        </p>
      </div>
      <Button size="small" onClick={() => onShow(finding.from_step, finding.to_step)}>
        Show on chart
      </Button>
    </li>
  );
}
