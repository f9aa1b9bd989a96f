import { loadEnvFile } from "#bff/src/environment.ts"

/** Examines an installation, or compares a real Atlas with the stand-in, which the product itself may not import. */
if (process.argv.includes("--verify-atlas")) {
  const { verifyAtlas } = await import("#tools/verify-atlas/verify-atlas.ts")
  loadEnvFile(".env", process.env)
  process.exitCode = await verifyAtlas(process.argv.slice(2), process.env).catch((error: unknown) => {
    // An option that does not exist, or a recording that can't be read.
    process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`)
    return 2
  })
} else await import("#bff/src/doctor.ts")
