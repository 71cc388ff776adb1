"use client";

import type { Chart as ChartJs } from "chart.js";
import { Download, Ellipsis } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem } from "@/components/ui/menu";
import type { ReadyChart } from "@/lib/presenters/charts/chart-model";

interface Props {
  model: ReadyChart;
  chart: RefObject<ChartJs<"line"> | null>;
  actions?: ChartActions;
}

/** Actions of a chart that has more of them than saving it. */
export interface ChartActions {
  label: string;
  items: ReactNode;
}

export const ActionsButton = ({ label }: { label: string }) => (
  <IconButton label={label}>
    <Ellipsis size={15} aria-hidden />
  </IconButton>
);

/** Few save a chart, so what it takes comes when somebody does. */
const download = () => import("./download");

/** Saves the picture or what it is made of; behind a chart's other actions where there are any. */
export function DownloadMenu({ model, chart, actions }: Props) {
  const drawn = (save: (chart: ChartJs<"line">, model: ReadyChart) => void) => {
    if (chart.current) save(chart.current, model);
  };
  return (
    <Menu
      trigger={
        actions ? (
          ActionsButton(actions)
        ) : (
          <IconButton label="Save the chart">
            <Download size={15} aria-hidden />
          </IconButton>
        )
      }
    >
      {actions ? (
        <>
          {actions.items}
          <hr className="my-1 border-line" />
        </>
      ) : null}
      <MenuItem onClick={() => void download().then(({ savePng }) => drawn(savePng))}>Save as PNG</MenuItem>
      <MenuItem onClick={() => void download().then(({ saveSvg }) => drawn(saveSvg))}>Save as SVG</MenuItem>
      <MenuItem onClick={() => void download().then(({ saveCsv }) => saveCsv(model))}>
        Save the data as CSV
      </MenuItem>
    </Menu>
  );
}
