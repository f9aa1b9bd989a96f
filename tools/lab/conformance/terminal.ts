import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { expectThat } from "#tools/lab/figure.ts"
import { runProgram, type Ended } from "#tools/lab/programs.ts"

/** The shells that people paste into, without anybody's settings. With `-f` zsh would write no history. */
export const terminals = [
  ["bash", "--norc", "--noprofile", "-i"],
  ["zsh", "-d", "-i"],
] as const
/** The two ways in which terminals send a paste. */
export const modes = ["raw", "bracketed"] as const

/** A text to paste, and what its command then reads without showing it, if it does. */
export interface Paste {
  text: string
  answer?: string
}

/**
 * Makes a folder of programs that note how they are called.
 * @param answers what they do then, as shell code by name
 */
export function makeTools(
  work: string,
  tools: readonly string[],
  answers: Readonly<Record<string, string>>,
): string {
  const bin = join(work, "bin")
  mkdirSync(bin)
  for (const tool of tools) {
    const file = join(bin, tool)
    const note = `printf '%s\\0' $(($# + 1)) ${tool} "$@" >>"$CALLS"`
    writeFileSync(file, `#!/bin/sh\n${note}\n${answers[tool] ?? ":"}\n`)
    chmodSync(file, 0o755)
  }
  return bin
}

export type Home = ReturnType<typeof makeHome>
let homes = 0

/** Makes a new home for a shell, with a file for the tools' calls. */
export function makeHome(work: string, bin: string, variables: Readonly<Record<string, string>>) {
  homes += 1
  const home = join(work, `home-${homes}`)
  const calls = join(work, `calls-${homes}`)
  mkdirSync(home)
  // Without one zsh asks new people for their settings.
  writeFileSync(join(home, ".zshrc"), "")
  writeFileSync(calls, "")
  const listLeft = () => readdirSync(home).filter((name) => !/^\.(?:bash_history|zcompdump|zshrc)/.test(name))
  const own = {
    HOME: home,
    CALLS: calls,
    PATH: `${bin}:/usr/bin:/bin`,
    HISTFILE: "",
    TERM: "xterm",
    COLUMNS: "200",
  }
  return {
    home,
    calls,
    options: { env: { ...own, PS1: "ready> ", ...variables }, cwd: home, timeoutMs: 600_000 },
    readCalls: () => readFileSync(calls, "utf8"),
    listLeft,
    expectClean: () => {
      const left = listLeft()
      expectThat(left.length === 0, `a text wrote the file ${left.join(", ")}`)
    },
  }
}

/** Pastes texts into one shell, one after the other; each ends with a call of the tool `step`. */
export function pasteAll(
  pastes: readonly Paste[],
  shell: readonly string[],
  mode: string,
  { calls, options }: Home,
): Promise<Ended> {
  const program = fileURLToPath(new URL("paste.py", import.meta.url))
  const input = JSON.stringify(pastes.map(({ text, answer = null }) => ({ text, answer })))
  return runProgram("/usr/bin/python3", [program, calls, mode, ...shell], { ...options, input })
}
