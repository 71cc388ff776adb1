import { PageFrame } from "@/components/shell/page-frame";
import { Skeleton } from "@/components/ui/skeleton";

/** The section before its data. */
export default function Loading() {
  return (
    <PageFrame crumbs={[{ label: "Schedules" }]}>
      <div className="h-10 border-b border-line" />
      <div aria-busy className="mx-auto flex w-full max-w-[1400px] flex-col gap-6 px-4 py-5">
        <Skeleton className="h-8 w-40" />
        <div className="grid gap-6 sm:grid-cols-2 lg:grid-cols-4">
          {Array.from({ length: 8 }, (_, index) => (
            <Skeleton key={index} className="h-36" />
          ))}
        </div>
      </div>
    </PageFrame>
  );
}
