"use client";

import dynamic from "next/dynamic";
import type { Dispatch } from "react";
import { scheduleFamily } from "@/lib/domain/schedules/schedule-family";
import type { Candidate, DesignAction } from "@/lib/presenters/schedules/design";
import type { Asked } from "./designer-bar";

// Fetched when they are first asked for.
const SaveDialog = dynamic(() => import("./save-dialog").then((file) => file.SaveDialog), { ssr: false });
const OpenDialog = dynamic(() => import("./open-dialog").then((file) => file.OpenDialog), { ssr: false });
const PasteDialog = dynamic(() => import("./paste-dialog").then((file) => file.PasteDialog), { ssr: false });
const AttachDialog = dynamic(() => import("./attach-dialog").then((file) => file.AttachDialog), {
  ssr: false,
});

interface Props {
  asked: Asked;
  candidate: Candidate;
  dispatch: Dispatch<DesignAction>;
  onClose: () => void;
}

/** The dialog that was asked for, if any. */
export function DesignerDialog({ asked, candidate, dispatch, onClose }: Props) {
  switch (asked) {
    case "save":
      return <SaveDialog candidate={candidate} onClose={onClose} />;
    case "attach":
      return <AttachDialog candidate={candidate} onClose={onClose} />;
    case "open":
      return (
        <OpenDialog
          onOpen={({ name, schedule }) => {
            dispatch({ type: "add", name, schedule });
            onClose();
          }}
          onClose={onClose}
        />
      );
    case "paste":
      return (
        <PasteDialog
          onAdd={(schedule) => {
            dispatch({ type: "add", name: scheduleFamily(schedule), schedule });
            onClose();
          }}
          onClose={onClose}
        />
      );
    case null:
      return null;
  }
}
