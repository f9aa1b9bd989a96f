import { fileURLToPath } from "node:url"

/* oxlint-disable node/no-process-env -- Vite writes to it */
let built: Promise<ReadonlyMap<string, string>> | null = null

/** Builds the director, once in a process; nothing is written. Resolves to its files by their paths. */
export function buildDirector(): Promise<ReadonlyMap<string, string>> {
  built ??= build()
  return built
}

async function build(): Promise<ReadonlyMap<string, string>> {
  const vite = await import("vite")
  const root = fileURLToPath(new URL("../director", import.meta.url))
  const nodeEnv = process.env["NODE_ENV"]
  const result = await vite.build({
    configFile: false,
    root,
    publicDir: false,
    logLevel: "warn",
    // React in its production mode, also where this process runs in another.
    define: { "process.env.NODE_ENV": '"production"' },
    oxc: { jsx: { runtime: "automatic", development: false } },
    build: {
      write: false,
      target: ["chrome123", "firefox125", "safari17.5"],
      modulePreload: { polyfill: false },
      cssCodeSplit: false,
      rolldownOptions: {
        input: `${root}/main.tsx`,
        output: {
          codeSplitting: false,
          entryFileNames: "director.js",
          assetFileNames: "director[extname]",
        },
      },
    },
  })
  // Vite leaves "production" there, in which other stand-ins refuse to start.
  if (nodeEnv === undefined) delete process.env["NODE_ENV"]
  const files = [result].flat().flatMap((one) => ("output" in one ? one.output : []))
  return new Map(
    files.map((file) => [`/demo/${file.fileName}`, file.type === "chunk" ? file.code : String(file.source)]),
  )
}
