import { createHash } from "node:crypto"
import { relative } from "node:path"
import { fileURLToPath } from "node:url"
import react from "@vitejs/plugin-react"
import { defineConfig } from "vite"
import { compressFiles } from "./build/compress-files.ts"
import { keepRoutePaths } from "./build/keep-route-paths.ts"
import { nameLazyPages } from "./build/name-lazy-pages.ts"
import { createSharedNamer, families, isSchema } from "./build/page-bundles.ts"
import { readBuildDetails } from "./build/read-build.ts"
import { writeLicences } from "./build/write-licences.ts"

const sources = fileURLToPath(new URL("src", import.meta.url))
const server = fileURLToPath(new URL("../bff", import.meta.url))

const { version, commit } = readBuildDetails(fileURLToPath(new URL("../..", import.meta.url)), process.env)

/** Returns the class of a name in a stylesheet: short, as documents repeat it, and the same in both builds. */
function toClassName(name: string, file: string): string {
  const path = relative(sources, file.replace(/\?.*$/, ""))
  return `${name}_${createHash("sha256").update(path).digest("base64url").slice(0, 4)}`
}

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
  css: { modules: { generateScopedName: toClassName } },
  // The router ships a shim for a hook that React has had since version 18.
  resolve: { alias: [{ find: /^use-sync-external-store\/shim\/index\.js$/, replacement: "react" }] },
  // The server loads one file with all that it needs: it has no package of the web app.
  ssr: { noExternal: true },
  publicDir: isSsrBuild ? false : "public",
  build: isSsrBuild
    ? {
        target: "node20",
        outDir: "dist-server",
        // In ASCII for the server's memory, as its own files.
        rolldownOptions: { output: { charset: "ascii", comments: false, codeSplitting: false } },
      }
    : {
        // The first versions with `light-dark()` and `popover`.
        target: ["chrome123", "firefox125", "safari17.5"],
        // The content security policy does not allow the polyfill's inline script.
        modulePreload: { polyfill: false },
        // Documents have the rules that their page uses; what is left comes in one file, after the first paint.
        cssCodeSplit: false,
        // Each icon of the tab is half a kilobyte. The content security policy allows data: URLs for images alone.
        assetsInlineLimit: (file: string) => file.endsWith(".svg"),
        // A source map would publish our sources.
        sourcemap: false,
        // The server and tools/check-size.ts read the manifest.
        manifest: true,
        // In which file each part is.
        ssrManifest: true,
        rolldownOptions: {
          output: {
            codeSplitting: {
              groups: [
                // Evaluated apart from the application, it keeps the browser from answering for less time.
                { name: "react", test: /node_modules[/\\](react|react-dom|scheduler)[/\\]/, priority: 1 },
                // The first page is one file. Split by what later pages share, it would be larger.
                { name: "first-page", tags: ["$initial"], test: (id) => !isSchema(id) },
                // Dozens of files of a kilobyte would take longer than the few that a page then loads too much.
                { name: createSharedNamer(sources), debugName: "shared" },
                ...Object.entries(families).map(([name, test]) => ({ name, test })),
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
