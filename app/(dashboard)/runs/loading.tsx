import { PageFrame } from "@/components/shell/page-frame";
import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <PageFrame crumbs={[{ label: "Runs" }]}>
      <div className="flex flex-col gap-1 px-4 py-2">
        <Skeleton className="mb-2 h-8" />
        {Array.from({ length: 20 }, (_, index) => (
          <Skeleton key={index} className="h-7" />
        ))}
      </div>
    </PageFrame>
  );
}
