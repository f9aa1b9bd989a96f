import { spawn } from "node:child_process"
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

/** Runs a program that has to end well, and returns what it printed. Throws with the end of its output otherwise. */
export async function runWell(
  program: string,
  args: readonly string[],
  options: Options = {},
): Promise<string> {
  const { code, stdout, screen } = await runProgram(program, args, options)
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${screen.slice(-3_000)}`)
  return stdout
}

/** Finds every program of a name, on the PATH and where Debian puts it. */
export function findPrograms(name: string): string[] {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/bin", "/usr/sbin"]
  return [...new Set(folders.map((folder) => join(folder, name)))].filter((path) => existsSync(path))
}

/** Returns the arguments with which Node runs a TypeScript file. */
export function toNode(file: string, ...args: readonly string[]): string[] {
  return ["--import", import.meta.resolve("tsx"), file, ...args]
}

/** Runs a TypeScript file of this repository to its end, and returns what it printed. Throws unless it ends well. */
export async function runScript(file: string, ...args: readonly string[]): Promise<string> {
  return await runWell(process.execPath, toNode(file, ...args), { timeoutMs: 600_000 })
}
