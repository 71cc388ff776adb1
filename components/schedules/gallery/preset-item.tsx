import { Link } from "@/components/ui/link";
import type { PresetCard } from "@/lib/presenters/schedules/gallery";
import { Citation } from "../citation";
import { Curve } from "../curve";

/** A published training's schedule; its name opens it in the designer. */
export function PresetItem({ preset }: { preset: PresetCard }) {
  return (
    <li className="relative flex flex-col gap-1">
      <Curve path={preset.path} className="h-16" />
      <Link
        href={preset.href}
        className="mt-1 text-sm font-medium after:absolute after:inset-0 hover:underline"
      >
        {preset.title}
      </Link>
      <p className="text-sm text-pretty text-muted">{preset.description}</p>
      <p className="relative w-fit text-xs text-muted">
        <Citation source={preset.source} />
      </p>
    </li>
  );
}
