// Bundles what the pages run into ../static/built (or the folder given as argument): one file for each purpose, and the
// licenses of everything that is in them. Needs `npm ci` first. The same sources give the same bytes; no source maps, which
// would carry the paths of this machine.
import { build } from "esbuild";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** What the MIT license says below the names: packages that come without a text of it stand under this. */
const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the
"Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute,
sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS
FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER
IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;
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
    const own = file ? (await readFile(join(folder, file), "utf8")).trim() : await dedication(folder);
    const named = license(told) ?? (own.includes(MIT.slice(0, 42)) ? "MIT" : null);
    const text = own || (named === "MIT" ? `Copyright (c) ${holders(told)}\n\n${MIT}` : "");
    if (!named || !text) throw new Error(`${told.name} names no license, or has no text of it`);
    const title = `${told.name} ${told.version} (${named})`;
    seen.set(folder, `${title}\n${"-".repeat(title.length)}\n${text}\n`);
    for (const needed of Object.keys(told.dependencies ?? {})) waiting.push([needed, folder]);
  }
  return `The scripts and styles beside this file contain parts of these packages.\n\n${[...seen.values()].sort().join("\n\n")}`;
}

function license(told) {
  const named = told.license ?? told.licenses;
  if (Array.isArray(named)) return named.map((one) => one.type ?? one).join(", ");
  return named?.type ?? named ?? null;
}

/** Whom a package without a text of its license names as its makers. */
function holders(told) {
  const people = [told.author, ...(told.contributors ?? [])].filter(Boolean);
  return people.map((one) => (typeof one === "string" ? one : one.name)).join(", ") || `the authors of ${told.name}`;
}

/** The paragraph in which a package's README gives it to the public; nothing for any other. */
async function dedication(folder) {
  const readme = await readFile(join(folder, "README.md"), "utf8").catch(() => "");
  const at = readme.search(/^to the exten[dt] possible (by|under) law/im);
  return at < 0 ? "" : readme.slice(at).trim();
}

/** The folder of a package as Node finds it from a folder below node_modules. */
async function find(name, from) {
  for (let folder = from; ; folder = dirname(folder)) {
    const tried = join(folder, "node_modules", name);
    if (await readFile(join(tried, "package.json")).then(() => true, () => false)) return tried;
    if (folder === here || folder === dirname(folder)) return null;
  }
}
