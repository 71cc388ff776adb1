import { CurvesSkeleton } from "@/components/runs/curves-skeleton";
import { PageFrame } from "@/components/shell/page-frame";
import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <PageFrame crumbs={[{ label: "Home", href: "/" }, { label: "…" }]}>
      <div className="flex flex-col min-[1100px]:h-[calc(100dvh-3rem)]">
        <div className="border-b border-line px-4 py-2">
          <Skeleton className="h-6 w-72" />
        </div>
        <div className="grid min-h-0 flex-1 min-[1100px]:grid-cols-[minmax(0,23fr)_minmax(0,17fr)]">
          <div className="order-2 flex flex-col gap-1 border-line px-4 py-2 min-[1100px]:order-1 min-[1100px]:border-r">
            <Skeleton className="mb-2 h-8" />
            {Array.from({ length: 16 }, (_, index) => (
              <Skeleton key={index} className="h-7" />
            ))}
          </div>
          <div className="order-1 flex flex-col min-[1100px]:order-2">
            <Skeleton className="mx-4 my-2 h-8" />
            <CurvesSkeleton />
          </div>
        </div>
      </div>
    </PageFrame>
  );
}
