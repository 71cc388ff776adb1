import { Link } from "@/components/ui/link";
import type { FamilyCard } from "@/lib/presenters/schedules/gallery";
import { Citation } from "../citation";
import { Curve } from "../curve";

/** A family; its name opens an example in the designer. */
export function FamilyItem({ family }: { family: FamilyCard }) {
  return (
    <li className="relative flex flex-col gap-1.5 border-b border-line py-4">
      <div className="grid grid-cols-[9rem_minmax(0,1fr)] gap-4">
        <Curve path={family.path} className="h-16" />
        <div className="min-w-0">
          <Link
            href={family.href}
            className="text-sm font-medium after:absolute after:inset-0 hover:underline"
          >
            {family.title}
          </Link>
          <p className="text-sm text-pretty text-muted">{family.summary}</p>
          {family.pictured ? <p className="text-xs text-pretty text-muted">{family.pictured}</p> : null}
        </div>
      </div>
      <p className="text-sm text-pretty">{family.use}</p>
      <dl className="grid grid-cols-[7rem_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-xs">
        {family.typical.map(({ parameter, value }) => (
          <div key={parameter} className="col-span-2 grid grid-cols-subgrid">
            <dt className="truncate font-mono text-muted">{parameter}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div className="col-span-2 grid grid-cols-subgrid">
          <dt className="text-muted">introduced by</dt>
          <dd className="relative w-fit">
            {family.source ? <Citation source={family.source} /> : "common practice"}
          </dd>
        </div>
      </dl>
      <details className="relative text-xs">
        <summary className="w-fit cursor-pointer rounded text-muted hover:text-ink">
          Called in {family.libraries.length} libraries
        </summary>
        <dl className="mt-1 grid grid-cols-[7rem_minmax(0,1fr)] gap-x-3 gap-y-0.5">
          {family.libraries.map(({ library, name }) => (
            <div key={library} className="col-span-2 grid grid-cols-subgrid">
              <dt className="text-muted">{library}</dt>
              <dd className="font-mono break-words">{name}</dd>
            </div>
          ))}
        </dl>
      </details>
    </li>
  );
}
