import type { ReactNode } from "react";
import type { EmptyChart } from "@/lib/presenters/charts/chart-model";

interface Props {
  chart: EmptyChart;
  action?: ReactNode;
}

/** Why there is no picture, and the button that changes it. As large as the picture would be. */
export function ChartEmpty({ chart, action }: Props) {
  return (
    <div className="absolute inset-0 flex flex-col items-center justify-center gap-3 px-6 text-center">
      <p className="max-w-prose text-base text-pretty text-muted">{chart.reason}</p>
      {action}
    </div>
  );
}
