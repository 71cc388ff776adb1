import { Chart, LinearScale, LineController, LineElement, LogarithmicScale, PointElement } from "chart.js";
import annotation from "chartjs-plugin-annotation";

/** Only what a line chart with annotations needs; everything else stays out of the bundle. */
Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale, annotation);
