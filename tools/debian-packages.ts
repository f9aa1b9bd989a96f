import { existsSync } from "node:fs"
import { runProgram } from "#tools/lab/programs.ts"
import { installDebianPackages } from "./find-chromium.ts"

/** Installs the packages that are missing. Without them, a tool that needs them fails and names them. */
export async function provideDebianPackages(packages: readonly string[]): Promise<void> {
  if (packages.length === 0 || !existsSync("/usr/bin/dpkg-query")) return
  const wanted = [...new Set(packages)]
  const { stdout } = await runProgram("dpkg-query", ["-W", "-f", "${Package} ${Status}\n", ...wanted])
  const missing = wanted.filter((name) => !stdout.includes(`${name} install ok installed`))
  if (missing.length === 0) return
  process.stderr.write(`── installing ${missing.join(", ")}\n`)
  if (!(await installDebianPackages(missing)))
    process.stderr.write("They could not be installed: run as root on Debian.\n")
}
