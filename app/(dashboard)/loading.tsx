import { PageFrame } from "@/components/shell/page-frame";
import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <PageFrame crumbs={[{ label: "Home" }]}>
      <div className="mx-auto grid w-full max-w-7xl gap-6 p-4 lg:grid-cols-[minmax(0,1fr)_20rem] lg:p-6">
        <div className="order-2 flex flex-col gap-2 lg:order-1">
          <Skeleton className="mx-3 h-7 w-32" />
          {Array.from({ length: 5 }, (_, index) => (
            <Skeleton key={index} className="h-11" />
          ))}
        </div>
        <div className="order-1 flex flex-col gap-4 lg:order-2">
          <Skeleton className="h-[54px]" />
          <Skeleton className="h-32" />
        </div>
      </div>
    </PageFrame>
  );
}
