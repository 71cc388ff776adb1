import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
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
      <Card title="Plateau">
        <p className="mb-2 text-sm text-muted">No policy watches this run.</p>
        <Button size="small" onClick={onOpen}>
          Add a policy
        </Button>
      </Card>
    );
  }
  return (
    <Card title="Plateau" aside={<span className="truncate text-xs text-muted">{policy.metric}</span>}>
      <p className="text-lg font-semibold tabular-nums">{flatness(policy)}</p>
      <p className="text-sm text-muted tabular-nums">
        {policy.best_step === null ? "no check yet" : `best since step ${formatInteger(policy.best_step)}`}
        {policy.fired.length > 0 ? ` · fired ${plural(policy.fired.length, "time")}` : ""}
        {policies.length > 1 ? ` · ${plural(policies.length - 1, "more policy", "more policies")}` : ""}
      </p>
    </Card>
  );
}

/** `4 of 5 checks flat`; past its patience a detector has fired, and waits anew. */
export function flatness({ checks_since_best: checks, patience }: PlateauPolicyState): string {
  if (patience === null) return `${plural(checks, "check")} flat`;
  if (checks > patience) return `${plural(checks, "check")} flat, patience ${formatInteger(patience)}`;
  return `${formatInteger(checks)} of ${plural(patience, "check")} flat`;
}
