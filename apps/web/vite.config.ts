import react from "@vitejs/plugin-react"
import { defineConfig } from "vite"

export default defineConfig({
  plugins: [react()],
  build: {
    // The first browsers with `light-dark()`.
    target: ["chrome123", "firefox120", "safari17.5"],
    // The polyfill is an inline script, and a data: URL is a second source: the content security policy allows neither.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // A map would publish the sources of whatever a build machine had lying about.
    sourcemap: false,
    rolldownOptions: {
      treeshake: {
        // Lets what only one page needs of the shared packages be loaded with that page. Their `index.ts` files do act: one
        // sets zod's configuration.
        moduleSideEffects: [{ test: /[/\\]packages[/\\].*(?<![/\\]index)\.ts$/, sideEffects: false }],
      },
    },
  },
  server: { proxy: { "/api": process.env["BFF_URL"] ?? "http://127.0.0.1:8080" } },
})
