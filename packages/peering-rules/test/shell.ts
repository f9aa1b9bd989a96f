import { execFileSync } from "node:child_process"

/** Every tool that a text to copy may call; `step` marks where one text ends in a test. */
const tools = ["aws", "gcloud", "az", "curl", "atlas", "nslookup", "nc", "step"]

/** A program with its subcommands, and the words after them. */
export function toWords(program: string, ...more: string[]): string[] {
  return [...program.split(" "), ...more]
}

/**
 * Lists the words that a real shell passes to these tools, one list a call. Without a PATH nothing else runs.
 * @param answers shell code that a tool runs once its words are kept: what it prints, or how it ends
 */
export function readCalls(
  script: string,
  variables: Readonly<Record<string, string>> = {},
  answers: Readonly<Record<string, string>> = {},
): string[][] {
  const captured = tools.map(
    (tool) => `${tool}() { printf '%s\\0' $(($# + 1)) ${tool} "$@" >&3; ${answers[tool] ?? ":"}; }`,
  )
  const printed = execFileSync("/bin/sh", ["-c", ["exec 3>&1", ...captured, script].join("\n")], {
    encoding: "utf8",
    stdio: "pipe",
    env: variables,
  })
  const words = printed.split("\0").slice(0, -1)
  const calls: string[][] = []
  while (words.length > 0) calls.push(words.splice(0, Number(words.shift())))
  return calls
}
