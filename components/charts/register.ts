import { Chart, LinearScale, LineController, LogarithmicScale } from "chart.js";
import annotation from "chartjs-plugin-annotation";

/** Only axes and annotations: the lines are drawn by us, everything else stays out of the bundle. */
Chart.register(LineController, LinearScale, LogarithmicScale, annotation);
