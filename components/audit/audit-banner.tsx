import { TriangleAlert } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { AuditReport } from "@/lib/contracts/audit";
import { faults, stepsText } from "@/lib/presenters/charts/audit-words";

interface Props {
  audit: AuditReport;
  onShow: (from: number, to: number) => void;
  onDetails: () => void;
}

/** What is wrong with the learning rate, in one line; nothing when it follows its schedule. */
export function AuditBanner({ audit, onShow, onDetails }: Props) {
  const [worst, ...others] = faults(audit);
  if (!worst) return null;
  return (
    <div
      role="status"
      className="flex flex-wrap items-start gap-x-3 gap-y-1 rounded-md bg-drift-soft px-3 py-1.5 text-sm text-ink"
    >
      <TriangleAlert size={15} aria-hidden className="mt-1.5 shrink-0 text-drift" />
      <p className="min-w-0 flex-1 py-1 text-pretty max-sm:basis-[calc(100%-3rem)]">
        {worst.message}
        {worst.message.includes("step") ? null : (
          <span className="whitespace-nowrap text-muted tabular-nums"> ({stepsText(worst)})</span>
        )}
        {others.length > 0 ? <span className="text-muted"> and {others.length} more</span> : null}
      </p>
      <Button variant="ghost" size="small" onClick={() => onShow(worst.from_step, worst.to_step)}>
        Show on chart
      </Button>
      <Button variant="ghost" size="small" onClick={onDetails}>
        {worst.fix ? "How to fix" : "Details"}
      </Button>
    </div>
  );
}
