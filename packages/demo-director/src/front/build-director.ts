import { fileURLToPath } from "node:url"

/** The two files that the front adds to pages. */
export interface DirectorFiles {
  script: string
  style: string
}

const root = fileURLToPath(new URL("../director", import.meta.url))
let built: Promise<DirectorFiles> | null = null

/** Builds the director, once in a process; nothing is written. */
export function buildDirector(): Promise<DirectorFiles> {
  built ??= build()
  return built
}

async function build(): Promise<DirectorFiles> {
  const vite = await import("vite")
  const result = await inProduction(() =>
    vite.build({
      configFile: false,
      root,
      publicDir: false,
      logLevel: "warn",
      build: {
        write: false,
        target: ["chrome123", "firefox125", "safari17.5"],
        modulePreload: { polyfill: false },
        cssCodeSplit: false,
        // The content security policy allows no data: URLs but images.
        assetsInlineLimit: 0,
        rolldownOptions: {
          input: `${root}/main.tsx`,
          output: {
            codeSplitting: false,
            entryFileNames: "director.js",
            assetFileNames: "director[extname]",
          },
        },
      },
    }),
  )
  let script = ""
  let style = ""
  for (const one of [result].flat())
    for (const file of "output" in one ? one.output : [])
      if (file.type === "chunk") script += file.code
      else if (file.fileName.endsWith(".css")) style += String(file.source)
  return { script, style }
}

/* oxlint-disable node/no-process-env -- Vite and React read it */
/** Runs a build as one for production. Afterwards the process is what it was: stand-ins refuse to start in production. */
async function inProduction<T>(run: () => Promise<T>): Promise<T> {
  const { NODE_ENV } = process.env
  process.env["NODE_ENV"] = "production"
  try {
    return await run()
  } finally {
    if (NODE_ENV === undefined) delete process.env["NODE_ENV"]
    else process.env["NODE_ENV"] = NODE_ENV
  }
}
