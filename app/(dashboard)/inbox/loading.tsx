import { PageFrame } from "@/components/shell/page-frame";
import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <PageFrame crumbs={[{ label: "Inbox" }]}>
      <div className="mx-auto flex w-full max-w-3xl flex-col gap-4 px-4 py-6">
        <Skeleton className="h-7 w-24" />
        <Skeleton className="h-5 w-96 max-w-full" />
        <Skeleton className="h-36" />
        <Skeleton className="h-36" />
      </div>
    </PageFrame>
  );
}
