import { MoreHorizontal } from "lucide-react";
import dynamic from "next/dynamic";
import { Link } from "@/components/ui/link";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem } from "@/components/ui/menu";
import type { SavedSchedule } from "@/lib/contracts/saved-schedules";
import { savedHref } from "@/lib/presenters/schedules/saved-list";
import { Curve } from "../curve";

const CURVE = "h-8 w-24 shrink-0";

/** Evaluates with every library's quirks, so it comes by itself; its place is kept. */
const SavedCurve = dynamic(() => import("./saved-curve").then((file) => file.SavedCurve), {
  ssr: false,
  loading: () => <Curve path="" className={CURVE} />,
});

interface Props {
  saved: SavedSchedule;
  onEdit: () => void;
  onDelete: () => void;
}

/** A saved schedule; its name opens it in the designer. */
export function SavedItem({ saved, onEdit, onDelete }: Props) {
  return (
    <li className="relative flex min-w-0 items-center gap-3 border-b border-line py-2">
      <SavedCurve schedule={saved.schedule} className={CURVE} />
      <div className="min-w-0 flex-1">
        <Link
          href={savedHref(saved)}
          className="block truncate text-sm font-medium after:absolute after:inset-0 hover:underline"
        >
          {saved.name}
        </Link>
        <p className="truncate text-xs text-muted">
          {saved.family}
          {saved.project ? ` · ${saved.project.name}` : ""}
          {saved.tags.map((tag) => (
            <span key={tag} className="ml-1.5 rounded bg-active px-1.5">
              {tag}
            </span>
          ))}
        </p>
      </div>
      <span className="relative">
        <Menu
          trigger={
            <IconButton label={`More for ${saved.name}`}>
              <MoreHorizontal size={15} aria-hidden />
            </IconButton>
          }
        >
          <MenuItem onClick={onEdit}>Rename and tag…</MenuItem>
          <MenuItem danger onClick={onDelete}>
            Delete
          </MenuItem>
        </Menu>
      </span>
    </li>
  );
}
