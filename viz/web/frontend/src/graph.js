// Starts every graph that a page holds: the graph page's own, and those embedded in other pages.
import { embed } from "./embed.js";
import { GraphPage } from "./page.js";

const page = document.querySelector("#graph.graph-stage");
if (page) new GraphPage(page).start();
for (const root of document.querySelectorAll(".graph-embed")) embed(root);
