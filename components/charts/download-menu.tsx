"use client";

import type { Chart as ChartJs } from "chart.js";
import { Download, Ellipsis } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem } from "@/components/ui/menu";
import type { ReadyChart } from "@/lib/presenters/charts/chart-model";
import { saveCsv, savePng, saveSvg } from "./download";

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

/** Saves the picture or what it is made of; behind a chart's other actions where there are any. */
export function DownloadMenu({ model, chart, actions }: Props) {
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
      <MenuItem onClick={() => chart.current && savePng(chart.current, model)}>Save as PNG</MenuItem>
      <MenuItem onClick={() => chart.current && saveSvg(chart.current, model)}>Save as SVG</MenuItem>
      <MenuItem onClick={() => saveCsv(model)}>Save the data as CSV</MenuItem>
    </Menu>
  );
}
