import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"

interface Chunk {
  file: string
  imports?: readonly string[]
}

type Manifest = Readonly<Record<string, Chunk>>

/**
 * Reads which scripts a build has. A page loads the entry, and what its parts need beyond that.
 * @param entry the address of the entry's script
 * @returns a lister, which takes the modules of the parts, and returns addresses
 */
export function createScriptLister(
  directory: string,
  entry: string,
): (modules: readonly string[]) => string[] {
  const read = <Content>(name: string) => {
    const file = join(directory, ".vite", name)
    return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Record<string, Content>) : {}
  }
  const manifest = read<Chunk>("manifest.json")
  /** The addresses of the files with a module. */
  const files = read<string[]>("ssr-manifest.json")
  const keys = new Map(Object.entries(manifest).map(([key, { file }]) => [`/${file}`, key]))
  return (modules) => {
    const needed = [entry, ...modules.flatMap((module) => files[module] ?? [])]
    const chunks = reach(
      manifest,
      needed.flatMap((file) => keys.get(file) ?? []),
    )
    const addresses = [...chunks].map((key) => `/${manifest[key]?.file}`)
    return [...new Set([entry, ...addresses.filter((address) => address.endsWith(".js"))])]
  }
}

/** Returns the chunks that load together with some, imports of imports too. */
function reach(manifest: Manifest, keys: readonly string[], seen = new Set<string>()): Set<string> {
  for (const key of keys) {
    if (seen.has(key)) continue
    seen.add(key)
    reach(manifest, manifest[key]?.imports ?? [], seen)
  }
  return seen
}
