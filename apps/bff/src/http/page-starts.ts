import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { pageStartsFile, type PageStarts } from "@peering-desk/shared-schemas"

/** Returns the tags by which the HTML of an address starts what its page needs. */
export type PreloadTags = (path: string, hasSession: boolean) => string

/**
 * Reads which scripts and reads each page needs first, as the web build wrote it down. A browser then asks for them together with the
 * entry script, one round trip after the HTML, instead of finding one after the other.
 * @param directory where the build is; without the list there are no tags
 */
export function readPreloadTags(directory: string): PreloadTags {
  const file = join(directory, pageStartsFile)
  if (!existsSync(file)) return () => ""
  const { pages, signIn } = JSON.parse(readFileSync(file, "utf8")) as PageStarts
  const matchers = pages.map((page) => ({ page, pattern: toPattern(page.path) }))
  return (path, hasSession) => {
    for (const { page, pattern } of matchers) {
      const match = pattern.exec(path)
      if (match === null) continue
      const needed = hasSession || page.isOpen ? page : signIn
      return toTags(needed, match.groups ?? {})
    }
    return ""
  }
}

/** A parameter is an id, so that nothing of an address can end an attribute or reach another route. */
function toPattern(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/:(\w+)/g, "(?<$1>[\\w-]+)")}/?$`)
}

function toTags(
  { scripts, styles, reads }: Omit<PageStarts["signIn"], "path">,
  parameters: Readonly<Record<string, string>>,
): string {
  const fill = (url: string) => url.replaceAll(/:(\w+)/g, (_all, name: string) => parameters[name] ?? "")
  return [
    ...styles.map((file) => `<link rel="preload" as="style" crossorigin href="${file}">`),
    ...scripts.map((file) => `<link rel="modulepreload" crossorigin href="${file}">`),
    ...reads.map((url) => `<link rel="preload" as="fetch" crossorigin href="${fill(url)}">`),
  ].join("")
}
