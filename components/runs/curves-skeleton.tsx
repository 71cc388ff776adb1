import { Skeleton } from "@/components/ui/skeleton";

/** Both charts fit beside the table without scrolling on a laptop's screen. */
export const METRIC_HEIGHT = "h-[clamp(15rem,calc((100dvh-19rem)*0.64),36rem)]";
export const LR_HEIGHT = "h-[clamp(9rem,calc((100dvh-19rem)*0.36),20rem)]";

/** Where the two charts will be. */
export function CurvesSkeleton() {
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-2 px-4 pt-8 pb-4" aria-busy>
      <Skeleton className={METRIC_HEIGHT} />
      <Skeleton className={`mt-8 ${LR_HEIGHT}`} />
    </div>
  );
}
