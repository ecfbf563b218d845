// Bundles what the pages run into ../static/built (or the folder given as argument): one file for each purpose, and the
// licenses of everything that is in them. Needs `npm ci` first. The same sources give the same bytes; no source maps, which
// would carry the paths of this machine.
import { build } from "esbuild";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, "../static/built"));
const fresh = `${out}.new`;

await rm(fresh, { recursive: true, force: true });
await mkdir(fresh, { recursive: true });
await build({
  absWorkingDir: here,
  entryPoints: { graph: "src/graph.js", plot: "src/plot.js", sparql: "src/sparql.js" },
  outdir: fresh,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2020"],
  charset: "utf8",
  legalComments: "none", // they stand in licenses.txt
  sourcemap: false,
  define: { "process.env.NODE_ENV": '"production"', global: "globalThis" },
  loader: { ".svg": "text" },
  logLevel: "warning",
});
await writeFile(join(fresh, "licenses.txt"), await licenses());
await rm(out, { recursive: true, force: true });
await rename(fresh, out);

/** The name, version and license text of each package that is bundled: what package.json names, without its tools, and what those need. */
async function licenses() {
  const own = JSON.parse(await readFile(join(here, "package.json"), "utf8"));
  const seen = new Map();
  const waiting = Object.keys(own.devDependencies).filter((name) => !["esbuild", "typescript"].includes(name)).map((name) => [name, here]);
  while (waiting.length) {
    const [name, from] = waiting.pop();
    const folder = await find(name, from);
    if (!folder || seen.has(folder)) continue;
    const told = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).sort().find((entry) => /^(licen[cs]e|copying|notice)/i.test(entry));
    const text = file ? (await readFile(join(folder, file), "utf8")).trim() : "";
    const title = `${told.name} ${told.version} (${license(told)})`;
    seen.set(folder, `${title}\n${"-".repeat(title.length)}\n${text || "The package carries no text of its license."}\n`);
    for (const needed of Object.keys(told.dependencies ?? {})) waiting.push([needed, folder]);
  }
  return `The scripts and styles beside this file contain parts of these packages.\n\n${[...seen.values()].sort().join("\n\n")}`;
}

function license(told) {
  const named = told.license ?? told.licenses;
  if (Array.isArray(named)) return named.map((one) => one.type ?? one).join(", ");
  return named?.type ?? named ?? "license not named";
}

/** The folder of a package as Node finds it from a folder below node_modules. */
async function find(name, from) {
  for (let folder = from; ; folder = dirname(folder)) {
    const tried = join(folder, "node_modules", name);
    if (await readFile(join(tried, "package.json")).then(() => true, () => false)) return tried;
    if (folder === here || folder === dirname(folder)) return null;
  }
}
