import type { Metadata } from "next";
import { RangeTest } from "@/components/schedules/range-test/range-test";
import { SchedulesTabs } from "@/components/schedules/schedules-tabs";
import { PageFrame } from "@/components/shell/page-frame";
import { pageContext } from "@/lib/server/page-context";

export const metadata: Metadata = { title: "LR range test" };

export default async function RangeTestPage() {
  await pageContext();
  return (
    <PageFrame crumbs={[{ label: "Schedules", href: "/schedules" }, { label: "Range test" }]}>
      <SchedulesTabs />
      <RangeTest />
    </PageFrame>
  );
}
