// Starts the graph page's drawing.
import { GraphPage } from "./page.js";

const page = document.querySelector("#graph.graph-stage");
if (page) new GraphPage(page).start();
