import { Button } from "@/components/ui/button";
import type { EmptyChart } from "@/lib/presenters/charts/chart-model";
import type { OverlayView } from "@/lib/presenters/charts/view";

interface Props {
  chart: EmptyChart;
  available: readonly string[];
  onChange: (patch: Partial<OverlayView>) => void;
}

/** The button that gets an empty chart out of its state; nothing when only the job can. */
export function Remedy({ chart, available, onChange }: Props) {
  if (!chart.remedy) return null;
  const patch: Partial<OverlayView> = {
    "reset-zoom": { window: null },
    "x-step": { x: "step" as const },
    "add-metric": { metrics: available.length > 0 ? available.slice(0, 1) : null },
  }[chart.remedy.kind];
  return <Button onClick={() => onChange(patch)}>{chart.remedy.label}</Button>;
}
