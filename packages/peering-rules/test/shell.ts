import { spawnSync } from "node:child_process"

/** Every tool that a text to copy may call; `step` marks where one text ends in a test. */
const tools = ["aws", "gcloud", "az", "curl", "atlas", "nslookup", "nc", "step"]

/** A program with its subcommands, and the words after them. */
export function toWords(program: string, ...more: string[]): string[] {
  return [...program.split(" "), ...more]
}

/** The result of a script whose tools only note their words. */
export interface ScriptRun {
  /** The words of each call, in order. */
  calls: string[][]
  printed: string
  /** Its error output. */
  complained: string
  /** The exit code of the last command. */
  code: number | null
}

/**
 * Runs a script in a real shell, where each tool notes its words. Without a PATH nothing else runs.
 * @param answers shell code that a tool runs once its words are kept: what it prints, or how it ends
 */
export function runScript(
  script: string,
  variables: Readonly<Record<string, string>> = {},
  answers: Readonly<Record<string, string>> = {},
): ScriptRun {
  const captured = tools.map(
    (tool) => `${tool}() { printf '%s\\0' $(($# + 1)) ${tool} "$@" >&3; ${answers[tool] ?? ":"}; }`,
  )
  const { output, status } = spawnSync("/bin/sh", ["-c", [...captured, script].join("\n")], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    env: { ...variables },
  })
  const words = (output[3] ?? "").split("\0").slice(0, -1)
  const calls: string[][] = []
  while (words.length > 0) calls.push(words.splice(0, Number(words.shift())))
  return { calls, printed: output[1] ?? "", complained: output[2] ?? "", code: status }
}

/** Lists the words that a real shell passes to these tools, one list a call. Throws what the script complains of when it fails. */
export function readCalls(...script: Parameters<typeof runScript>): string[][] {
  const { calls, complained, code } = runScript(...script)
  if (code !== 0) throw new Error(complained)
  return calls
}
