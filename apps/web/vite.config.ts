import { fileURLToPath } from "node:url"
import react from "@vitejs/plugin-react"
import { defineConfig } from "vite"
import { compressFiles } from "./build/compress-files.ts"
import { keepRoutePaths } from "./build/keep-route-paths.ts"
import { nameLazyPages } from "./build/name-lazy-pages.ts"
import { readBuildDetails } from "./build/read-build.ts"
import { writeLicences } from "./build/write-licences.ts"

/** A group without what its modules import, which stays where it is needed. */
const small = { includeDependenciesRecursively: false }

const server = fileURLToPath(new URL("../bff", import.meta.url))

const { version, commit } = readBuildDetails(fileURLToPath(new URL("../..", import.meta.url)), process.env)

export default defineConfig(({ isSsrBuild = false }) => ({
  define: {
    // A server of any environment draws with the same React as the browser.
    ...(isSsrBuild && { "process.env.NODE_ENV": JSON.stringify("production") }),
    "import.meta.env.BUILD_VERSION": JSON.stringify(version),
    "import.meta.env.BUILD_COMMIT": JSON.stringify(commit),
  },
  plugins: [
    keepRoutePaths(),
    react(),
    ...(isSsrBuild ? [nameLazyPages()] : [writeLicences(server), compressFiles()]),
  ],
  // The router ships a shim for a hook that React has had since version 18.
  resolve: { alias: [{ find: /^use-sync-external-store\/shim\/index\.js$/, replacement: "react" }] },
  // The server loads one file with all that it needs: it has no package of the web app.
  ssr: { noExternal: true },
  publicDir: isSsrBuild ? false : "public",
  build: isSsrBuild
    ? { target: "node20", outDir: "dist-server", rolldownOptions: { output: { codeSplitting: false } } }
    : {
        // The first versions with `light-dark()` and `popover`.
        target: ["chrome123", "firefox125", "safari17.5"],
        // The content security policy allows neither the polyfill's inline script nor data: URLs.
        modulePreload: { polyfill: false },
        assetsInlineLimit: 0,
        // A source map would publish our sources.
        sourcemap: false,
        // The server and tools/check-size.ts read the manifest.
        manifest: true,
        rolldownOptions: {
          output: {
            codeSplitting: {
              groups: [
                // Evaluated apart from the application, neither keeps the browser from answering for long.
                {
                  name: "libraries",
                  test: /node_modules[/\\](react|react-dom|scheduler|zod)[/\\]/,
                  priority: 1,
                },
                // The first page is one file. Split by what later pages share, it would be larger.
                { name: "first-page", tags: ["$initial"] },
                // Two dozen files of a kilobyte would take longer than their few bytes: what six pages share is one file, and tables another.
                { name: "table", test: /web[/\\]src[/\\]ui[/\\]table/, ...small },
                {
                  name: "shared",
                  test: /web[/\\]src[/\\](ui|shared|copy|api)[/\\]/,
                  minShareCount: 6,
                  ...small,
                },
              ],
            },
          },
          treeshake: {
            // Creating a schema (`z.object(…)`) has no side effect, so unused schemas are dropped.
            manualPureFunctions: ["z"],
            propertyReadSideEffects: false,
            // The shared packages have no side effect the browser needs (they only stop zod from generating code, and
            // zod/mini never does), so each page loads only what it uses of them.
            moduleSideEffects: [{ test: /[/\\]packages[/\\].*\.ts$/, sideEffects: false }],
          },
        },
      },
  server: { proxy: { "/api": process.env["BFF_URL"] ?? "http://127.0.0.1:8080" } },
}))
