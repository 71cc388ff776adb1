import type { Advice } from "@/lib/contracts/advise";
import { formatInteger, formatLr } from "@/lib/presenters/format/number";
import { Citation } from "../citation";
import { Suggestion } from "./suggestion";

/** The peak LR, what does not go together, and the schedules, each with its reasons. */
export function Answer({ advice }: { advice: Advice }) {
  const { peak_lr, total_steps, steps_per_epoch, warnings, suggestions } = advice;
  return (
    <>
      <div>
        <p className="flex flex-wrap items-baseline gap-x-3">
          <span className="text-xl font-semibold tabular-nums">{formatLr(peak_lr.value)}</span>
          <span className="text-sm text-muted tabular-nums">
            peak LR · {total_steps === null ? "length open" : `${formatInteger(total_steps)} steps`},{" "}
            {formatInteger(steps_per_epoch)} an epoch
          </span>
        </p>
        <Reasons reasons={peak_lr.reasons} sources={peak_lr.sources} />
      </div>
      {warnings.length > 0 ? (
        <ul aria-label="Warnings" className="flex flex-col gap-1.5">
          {warnings.map((warning) => (
            <li key={warning.code} className="rounded-md bg-recommended-soft px-3 py-2 text-sm text-pretty">
              <span className="font-medium text-recommended">▲ Check: </span>
              {warning.message} <Sources sources={warning.sources} />
            </li>
          ))}
        </ul>
      ) : null}
      <ol aria-label="Suggestions, the best first" className="flex flex-col">
        {suggestions.map((suggestion, i) => (
          <Suggestion
            key={suggestion.id}
            suggestion={suggestion}
            rank={i + 1}
            totalSteps={total_steps}
            stepsPerEpoch={steps_per_epoch}
          >
            <Reasons reasons={suggestion.reasons} sources={suggestion.sources} />
          </Suggestion>
        ))}
      </ol>
    </>
  );
}

type Told = Pick<Advice["peak_lr"], "reasons" | "sources">;

function Reasons({ reasons, sources }: Told) {
  return (
    <p className="max-w-prose text-sm text-pretty text-muted">
      {reasons.join(" ")} <Sources sources={sources} />
    </p>
  );
}

function Sources({ sources }: Pick<Told, "sources">) {
  if (sources.length === 0) return null;
  return (
    <span className="text-muted">
      (
      {sources.map((source, i) => (
        <span key={source.title}>
          {i > 0 ? "; " : ""}
          <Citation source={source} />
        </span>
      ))}
      )
    </span>
  );
}
