import { readFile, writeFile } from "node:fs/promises"
import { join, resolve } from "node:path"
import type { PageStarts } from "@peering-desk/shared-schemas"
import type { pages, signIn } from "#app/page-starts.ts"
import { runnerImport, type Manifest, type Plugin, type ResolvedConfig } from "vite"

/** Beside Vite's own manifest; the server reads it there. */
const fileName = "page-starts.json"

interface Table {
  pages: typeof pages
  signIn: typeof signIn
}

/** Writes down for the server which files and reads each page needs first, from `src/app/page-starts.ts` and what was built of it. */
export function writePageStarts(): Plugin {
  let config: ResolvedConfig
  return {
    name: "write-page-starts",
    apply: "build",
    configResolved(resolved) {
      config = resolved
    },
    async closeBundle() {
      const folder = resolve(config.root, config.build.outDir, ".vite")
      const manifest = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8")) as Manifest
      const { module: table } = await runnerImport<Table>(join(config.root, "src/app/page-starts.ts"))
      const html = await readFile(resolve(config.root, config.build.outDir, "index.html"), "utf8")
      const entry = Object.keys(manifest).filter((key) => html.includes(`/${manifest[key]?.file}"`))
      const listFiles = (modules: readonly string[]) => listNeeded(manifest, entry, modules)
      const starts: PageStarts = {
        pages: table.pages.map(({ path, isOpen = false, modules, reads }) => ({
          path,
          isOpen,
          reads,
          ...listFiles(modules),
        })),
        signIn: { reads: table.signIn.reads, ...listFiles(table.signIn.modules) },
      }
      await writeFile(join(folder, fileName), JSON.stringify(starts))
    },
  }
}

/** Lists the files that load with some modules, without those of the entry, as addresses. */
function listNeeded(manifest: Manifest, entries: readonly string[], modules: readonly string[]) {
  const unknown = modules.filter((module) => manifest[module] === undefined)
  if (unknown.length > 0) throw new Error(`page-starts.ts names what the build lacks: ${unknown.join(", ")}`)
  const entry = reach(manifest, entries)
  const chunks = [...reach(manifest, modules)]
    .filter((key) => !entry.has(key))
    .flatMap((key) => manifest[key] ?? [])
  return {
    scripts: chunks.map(({ file }) => `/${file}`),
    styles: [...new Set(chunks.flatMap(({ css = [] }) => css))].map((file) => `/${file}`),
  }
}

/** Returns the keys of the chunks that load together with some, imports of imports too. */
function reach(manifest: Manifest, keys: readonly string[], seen = new Set<string>()): Set<string> {
  for (const key of keys) {
    if (seen.has(key)) continue
    seen.add(key)
    reach(manifest, manifest[key]?.imports ?? [], seen)
  }
  return seen
}
