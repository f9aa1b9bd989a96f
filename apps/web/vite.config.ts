import react from "@vitejs/plugin-react"
import { defineConfig } from "vite"

export default defineConfig({
  plugins: [react()],
  // The router brings a stand-in for a hook that React has had since version 18.
  resolve: { alias: [{ find: /^use-sync-external-store\/shim\/index\.js$/, replacement: "react" }] },
  build: {
    // The first browsers with `light-dark()` and `popover`.
    target: ["chrome123", "firefox125", "safari17.5"],
    // The polyfill is an inline script, and a data: URL is a second source: the content security policy allows neither.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // A map would publish the sources of whatever a build machine had lying about.
    sourcemap: false,
    // The size check reads what each page loads from it.
    manifest: true,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // Modules of the list page name zod, though nothing of it is left in them: it would be loaded with that page.
            { name: "zod", test: /node_modules[/\\]zod[/\\]/, priority: 1 },
            // What comes with the first page is one file. Cut up by which later pages share what, it would be larger.
            { name: "first-page", tags: ["$initial"] },
          ],
        },
      },
      treeshake: {
        // Making a schema (`z.object(…)`) does nothing but make it: what no page uses is left out.
        manualPureFunctions: ["z"],
        propertyReadSideEffects: false,
        // Lets what only one page needs of the shared packages be loaded with that page. Their one effect, to keep zod from
        // generating code, is of no use here: zod/mini never does.
        moduleSideEffects: [{ test: /[/\\]packages[/\\].*\.ts$/, sideEffects: false }],
      },
    },
  },
  server: { proxy: { "/api": process.env["BFF_URL"] ?? "http://127.0.0.1:8080" } },
})
