import { posix, relative, sep } from "node:path"
import type { Plugin } from "vite"

/** Adds to each `lazyPage` and `lazyPart` of the server's build the file that it loads, as Vite's manifest names it: `src/features/keys/KeysPage.tsx`. */
export function nameLazyPages(): Plugin {
  let root = ""
  return {
    name: "name-lazy-pages",
    apply: "build",
    enforce: "pre",
    configResolved(config) {
      root = config.root
    },
    transform(code, id) {
      const folder = posix.dirname(relative(root, id).replaceAll(sep, "/"))
      const named = code.replaceAll(
        /(lazyPage|lazyPart)\(\s*(async \(\) => \(await import\("([^"]+)"\)\)\.\w+),?\s*\)/g,
        (_all, name: string, load: string, path: string) => {
          const file = path.startsWith("#") ? path.replace("#", "src/") : posix.join(folder, path)
          return `${name}(${load}, ${JSON.stringify(file)})`
        },
      )
      return named === code ? null : { code: named, map: null }
    },
  }
}
