import type { Plugin } from "vite"

const nothing = "\0left-to-browser"

/** Leaves out of the server's build what loads only when it is shown: `lazyPage` has the browser draw pages with such a part. */
export function leaveToBrowser(): Plugin {
  return {
    name: "leave-to-browser",
    apply: "build",
    resolveDynamicImport: () => nothing,
    load: (id) => (id === nothing ? "export {}" : null),
  }
}
