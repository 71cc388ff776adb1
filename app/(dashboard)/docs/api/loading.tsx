import { PageFrame } from "@/components/shell/page-frame";
import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <PageFrame crumbs={[{ label: "API" }]}>
      <div className="mx-auto grid w-full max-w-7xl gap-8 px-4 py-6 lg:grid-cols-[19rem_minmax(0,1fr)]">
        <Skeleton className="h-96 max-lg:hidden" />
        <div className="flex flex-col gap-4">
          <Skeleton className="h-9 w-24" />
          <Skeleton className="h-5 w-96 max-w-full" />
          <Skeleton className="h-72" />
          <Skeleton className="h-72" />
        </div>
      </div>
    </PageFrame>
  );
}
