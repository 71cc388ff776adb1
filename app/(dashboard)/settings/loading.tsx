import { PageFrame } from "@/components/shell/page-frame";
import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <PageFrame crumbs={[{ label: "Settings" }]}>
      <div className="mx-auto flex w-full max-w-3xl flex-col gap-8 px-4 py-6">
        <Skeleton className="h-7 w-28" />
        <Skeleton className="h-64" />
        <Skeleton className="h-24" />
      </div>
    </PageFrame>
  );
}
