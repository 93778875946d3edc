// Writes ehr/static/vendor/ (git-ignored): the style bundle, the icon sprite and the pinned third-party scripts.
import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const OUT = join(ROOT, "ehr/static/vendor");
const PART = `${OUT}.part`;
const modules = (path) => join(ROOT, "node_modules", path);

async function bundles() {
  await build({
    entryPoints: ["css/app.css", "js/app.js", "js/theme.js"].map((path) => join(ROOT, "ehr/static/ehr", path)),
    entryNames: "[name]",
    outdir: PART,
    format: "iife",
    bundle: true,
    minify: true,
    charset: "utf8",
    legalComments: "none",
    target: ["chrome111", "firefox113", "safari16.4"],
    nodePaths: [join(ROOT, "node_modules")],
    logLevel: "warning",
  });
}

// The manifest storage follows a source map that is not shipped and fails, so the reference goes.
const withoutSourceMap = (text) => text.replace(/^\/[/*]# sourceMappingURL=.*$/gm, "").trimEnd() + "\n";

async function scripts() {
  const pinned = JSON.parse(await readFile(join(ROOT, "frontend/vendor.json"), "utf8"));
  for (const { from, to, sha256 } of pinned) {
    const bytes = await readFile(modules(from));
    const found = createHash("sha256").update(bytes).digest("hex");
    if (found !== sha256) throw new Error(`${from}: sha256 is ${found}, frontend/vendor.json says ${sha256}`);
    await writeFile(join(PART, to), withoutSourceMap(bytes.toString("utf8")));
  }
}

async function symbol(name) {
  const svg = await readFile(modules(`@tabler/icons/icons/outline/${name}.svg`), "utf8").catch(() => {
    throw new Error(`frontend/icons.txt names "${name}", which is not an outline icon of Tabler`);
  });
  const drawing = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
  return `<symbol id="${name}" viewBox="0 0 24 24">${drawing.replace(/\s*\n\s*/g, "")}</symbol>`;
}

async function icons() {
  const names = (await readFile(join(ROOT, "frontend/icons.txt"), "utf8")).split("\n").filter(Boolean);
  const symbols = await Promise.all([...new Set(names)].sort().map(symbol));
  await writeFile(join(PART, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n`);
}

await rm(PART, { recursive: true, force: true });
await mkdir(PART, { recursive: true });
await Promise.all([bundles(), scripts(), icons()]);
await rm(OUT, { recursive: true, force: true });
await rename(PART, OUT);
