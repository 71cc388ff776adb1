import { PageFrame } from "@/components/shell/page-frame";
import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <PageFrame crumbs={[{ label: "Compare" }]}>
      <div className="flex flex-col gap-4 p-4">
        <Skeleton className="h-12 max-w-3xl" />
        <Skeleton className="h-8 max-w-4xl" />
        <div className="grid gap-4 min-[1100px]:grid-cols-[minmax(0,5fr)_minmax(0,3fr)]">
          <Skeleton className="h-[34rem]" />
          <Skeleton className="h-[34rem]" />
        </div>
      </div>
    </PageFrame>
  );
}
