import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync } from "node:fs"
import { runProgram } from "#tools/lab/programs.ts"

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

/** Installs these packages as root on Debian. Returns true when that was possible and worked. */
export async function installDebianPackages(names: readonly string[]): Promise<boolean> {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return false
  const run = async (args: string[]) => {
    const child = spawn("apt-get", args, { stdio: ["ignore", "ignore", "inherit"] })
    const [code] = await once(child, "close")
    return code === 0
  }
  return (await run(["-qq", "update"])) && (await run(["-qq", "-y", "install", ...names]))
}
