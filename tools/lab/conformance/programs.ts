import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { existsSync } from "node:fs"
import { delimiter, join } from "node:path"

/** The end of a program. */
export interface Ended {
  code: number | null
  stdout: string
  stderr: string
  /** Both, as a terminal shows them. */
  screen: string
}

interface Options {
  env?: Readonly<Record<string, string>>
  input?: string
  timeoutMs?: number
  cwd?: string
}

/** Runs a program to its end. A program that takes too long is ended, and has no code. */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: Options = {},
): Promise<Ended> {
  const { env = {}, input = "", timeoutMs = 60_000, cwd } = options
  const child = spawn(program, args, {
    env: { PATH: process.env["PATH"] ?? "", LC_ALL: "C.UTF-8", ...env },
    stdio: ["pipe", "pipe", "pipe"],
    timeout: timeoutMs,
    ...(cwd !== undefined && { cwd }),
  })
  const ended: Ended = { code: null, stdout: "", stderr: "", screen: "" }
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    ended.stdout += text
    ended.screen += text
  })
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    ended.stderr += text
    ended.screen += text
  })
  // A program may end without reading its input.
  child.stdin.on("error", () => undefined).end(input)
  const [code] = (await once(child, "close")) as [number | null]
  return { ...ended, code }
}

/** Finds every program of a name, on the PATH and where Debian puts it. */
export function findPrograms(name: string): string[] {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/bin", "/usr/sbin"]
  return [...new Set(folders.map((folder) => join(folder, name)))].filter((path) => existsSync(path))
}

/** Starts a server and waits until it answers; it ends with this process at the latest. Throws when it ends or does not answer. */
export async function startServer(
  program: string,
  args: readonly string[],
  isReady: () => Promise<boolean>,
  env: Readonly<Record<string, string>> = {},
): Promise<ChildProcess> {
  const child = spawn(program, args, {
    env: { PATH: process.env["PATH"] ?? "", ...env },
    stdio: "ignore",
  })
  process.once("exit", () => child.kill())
  for (let left = 300; left > 0; left -= 1) {
    if (child.exitCode !== null) throw new Error(`${program} ended with code ${child.exitCode}`)
    if (await isReady().catch(() => false)) return child
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  child.kill()
  throw new Error(`${program} did not answer`)
}
