import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"

/** Files of the build that a page loads, as addresses. */
export interface PageFiles {
  scripts: readonly string[]
  styles: readonly string[]
}

interface Chunk {
  file: string
  imports?: readonly string[]
  css?: readonly string[]
}

/**
 * Reads which files a build has. A page loads the entry with its stylesheets, and what its parts need beyond that.
 * @param index the build's `index.html`, which names the entry
 * @returns a lister, which takes the parts of a page as the manifest names them
 */
export function createFileLister(
  directory: string,
  index: string,
): (modules: readonly string[]) => PageFiles {
  const file = join(directory, ".vite/manifest.json")
  const manifest = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Record<string, Chunk>) : {}
  const entries = listAddresses(index, /<script type="module"[^>]* src="([^"]+)"/g)
  const styles = listAddresses(index, /<link rel="stylesheet"[^>]* href="([^"]+)"/g)
  const entry = Object.keys(manifest).filter((key) => entries.includes(`/${manifest[key]?.file}`))
  return (modules) => {
    const chunks = [...reach(manifest, [...entry, ...modules])].flatMap((key) => manifest[key] ?? [])
    const scripts = chunks.map((chunk) => `/${chunk.file}`)
    const sheets = chunks.flatMap(({ css = [] }) => css.map((name) => `/${name}`))
    return { scripts: [...new Set([...entries, ...scripts])], styles: [...new Set([...styles, ...sheets])] }
  }
}

/** Returns the chunks that load together with some, imports of imports too. */
function reach(
  manifest: Record<string, Chunk>,
  keys: readonly string[],
  seen = new Set<string>(),
): Set<string> {
  for (const key of keys) {
    if (seen.has(key)) continue
    seen.add(key)
    reach(manifest, manifest[key]?.imports ?? [], seen)
  }
  return seen
}

function listAddresses(html: string, pattern: RegExp): string[] {
  return [...html.matchAll(pattern)].flatMap(([, address]) => address ?? [])
}
