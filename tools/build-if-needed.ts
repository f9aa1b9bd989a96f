import { spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import { findReasonToBuild } from "./find-reason-to-build.ts"

const root = fileURLToPath(new URL("..", import.meta.url))
const reason = findReasonToBuild(root)
if (reason === null) {
  process.stdout.write("The build is newer than every source.\n")
} else {
  process.stdout.write(`Building: ${reason}.\n`)
  const { status } = spawnSync("pnpm", ["build"], { cwd: root, stdio: "inherit" })
  process.exitCode = status ?? 1
}
