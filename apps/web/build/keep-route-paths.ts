import type { Plugin } from "vite"

/** Takes the methods out of the route table. The browser builds URLs from it, for which it needs the paths alone. */
export function keepRoutePaths(): Plugin {
  return {
    name: "keep-route-paths",
    apply: "build",
    enforce: "pre",
    transform(code, id) {
      if (!/[/\\]shared-schemas[/\\]src[/\\]routes[/\\](\w+-)?routes\.ts$/.test(id)) return null
      return { code: code.replace(/^ *(get|post|put|patch|delete): \{[^{}]*\},?$/gm, ""), map: null }
    },
  }
}
