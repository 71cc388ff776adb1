import { Button } from "@/components/ui/button";
import { FigureRow } from "@/components/ui/figure-row";
import type { PlateauPolicyState } from "@/lib/contracts/plateau";
import { formatInteger, plural } from "@/lib/presenters/format/number";

interface Props {
  policies: readonly PlateauPolicyState[];
  onOpen: () => void;
}

/** How near the first policy is to firing. */
export function PlateauCard({ policies, onOpen }: Props) {
  const [policy] = policies;
  if (!policy) {
    return (
      <FigureRow
        title="Plateau"
        aside={
          <Button size="small" onClick={onOpen}>
            Add a policy
          </Button>
        }
      >
        <p className="text-sm text-muted">No policy watches this run.</p>
      </FigureRow>
    );
  }
  return (
    <FigureRow title="Plateau" aside={<span className="truncate text-xs text-muted">{policy.metric}</span>}>
      <p className="text-lg font-semibold tabular-nums">{flatness(policy)}</p>
      <p className="text-sm text-muted tabular-nums">
        {policy.best_step === null
          ? "no check yet"
          : `last improved at step ${formatInteger(policy.best_step)}`}
        {policy.fired.length > 0 ? ` · fired ${plural(policy.fired.length, "time")}` : ""}
        {policies.length > 1 ? ` · ${plural(policies.length - 1, "more policy", "more policies")}` : ""}
      </p>
    </FigureRow>
  );
}

/** `4 of 5 checks flat`; past its patience a detector has fired, and waits anew. */
export function flatness({ checks_since_best: checks, patience }: PlateauPolicyState): string {
  if (patience === null) return `${plural(checks, "check")} flat`;
  if (checks > patience) return `${plural(checks, "check")} flat, patience ${formatInteger(patience)}`;
  return `${formatInteger(checks)} of ${plural(patience, "check")} flat`;
}
