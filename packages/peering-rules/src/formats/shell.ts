import type { Facts } from "./facts.ts"

/** One command's words, and sentences about what had to be repaired. */
export interface ShellCommand {
  words: readonly string[]
  repairs: readonly string[]
  /** The input that the text itself gives it (`<<EOF`, `<<<`); null without one. */
  input: string | null
}

type Writable = { -readonly [Name in keyof ShellCommand]: ShellCommand[Name] }

/** The mark of a command that its input follows. */
interface HereMark {
  /** The command's words without it. */
  others: string[]
  /** The line that ends a here-document; null for a here-string, whose text is there already. */
  end: string | null
  text: string | null
  /** True when tabs before its lines do not count. */
  isIndented: boolean
}

function readHereMark(words: readonly string[]): HereMark | null {
  const index = words.findIndex((word) => word.startsWith("<<"))
  const [, marks = "", rest = ""] = /^(<<<|<<-|<<)([^]*)$/.exec(words[index] ?? "") ?? []
  if (marks === "") return null
  const isSpaced = rest === ""
  const named = isSpaced ? (words[index + 1] ?? "") : rest
  return {
    others: words.filter((_, at) => at !== index && !(isSpaced && at === index + 1)),
    end: marks === "<<<" ? null : named,
    text: marks === "<<<" ? named : null,
    isIndented: marks === "<<-",
  }
}

/**
 * Splits text into the words of a POSIX shell without running anything. Understands quotes, backslashes, line continuations,
 * comments and here-documents; leaves expansions as they are written. A quote that never closes goes to the end of the text.
 */
export function parseShellCommands(text: string): ShellCommand[] {
  const commands: Writable[] = []
  let words: string[] = []
  let repairs: string[] = []
  let word: string | null = null
  let at = 0
  /** The commands of this line that wait for the lines below it. */
  let waiting: { command: Writable; mark: HereMark }[] = []

  function take(pattern: RegExp): string | null {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0] ?? null
    if (found !== null) at += found.length
    return found
  }

  function endWord(): void {
    if (word !== null) words.push(word)
    word = null
  }

  function endCommand(): void {
    endWord()
    const mark = readHereMark(words)
    const command: Writable = { words: mark?.others ?? words, repairs, input: mark?.text ?? null }
    if (words.length > 0) commands.push(command)
    if (mark?.end != null) waiting.push({ command, mark })
    words = []
    repairs = []
  }

  function takeHereDocuments(): void {
    for (const { command, mark } of waiting) command.input = takeLinesUntil(mark)
    waiting = []
  }

  function takeLinesUntil({ end, isIndented }: HereMark): string {
    const lines: string[] = []
    for (let line = take(/[^\n]+\n?|\n/y); line !== null; line = take(/[^\n]+\n?|\n/y)) {
      const bare = isIndented ? line.replace(/^\t+/, "") : line
      if (bare.trimEnd() === end) break
      lines.push(bare)
    }
    return lines.join("")
  }

  while (at < text.length) {
    const plain = take(/[^\s'"\\;&|#]+/y)
    if (plain !== null) word = (word ?? "") + plain
    else if (take(/\\\r?\n/y) !== null) continue
    else if (take(/[ \t\f\v\u00a0]+/y) !== null) endWord()
    else if (take(/[;&|]+/y) !== null) endCommand()
    else if (take(/\s/y) !== null) {
      endCommand()
      takeHereDocuments()
    } else if (text[at] === "#") word = word === null ? endComment() : word + take(/#/y)
    else if (text[at] === "\\") word = (word ?? "") + (text[at + 1] ?? "") + skipTwo()
    else word = (word ?? "") + readQuoted()
  }
  endCommand()
  return commands

  function endComment(): null {
    take(/[^\n]*/y)
    return null
  }

  function skipTwo(): "" {
    at += 2
    return ""
  }

  function readQuoted(): string {
    const quote = text[at]
    at += 1
    const inside = take(quote === "'" ? /[^']*/y : /[^"\\]*(?:\\[^][^"\\]*)*/y) ?? ""
    if (text[at] === quote) at += 1
    else {
      at = text.length
      repairs.push(`the closing ${quote === "'" ? "single" : "double"} quote is missing`)
    }
    return quote === "'" ? inside : inside.replace(/\\(?:\r?\n|([$`"\\]))/g, "$1")
  }
}

/** Lists options with their values, in the order of the command. A word that belongs to none is an option without a value. */
export function parseOptions(words: readonly string[]): Facts {
  const options = new Map<string, string[]>()
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ""
    const [, option = word, joined] = /^(-[^=]*)=([^]*)$/.exec(word) ?? []
    const value = joined ?? (word.startsWith("-") ? words[(at += 1)] : "") ?? ""
    options.set(option, [...(options.get(option) ?? []), value])
  }
  return options
}

/** Characters that every shell takes as they are. A first `=` is left out: zsh reads `=name` as a command's path. */
const bare = /^[\w@%+:,./-][\w@%+=:,./-]*$/

/**
 * Writes a value as one word of a POSIX shell (POSIX.1-2024, Shell Command Language 2.2.2): bare where nothing in it is special,
 * in single quotes otherwise. Line breaks stay in the word; a NUL, which no command can be given, is left out.
 * A quoted word that begins with a dash is still an option to most commands: write `--name=` before it, or `--`.
 */
export function formatShellWord(text: string): string {
  const value = text.replaceAll("\0", "")
  return bare.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`
}

/** Writes `--name=value`, where a leading dash of the value makes no option. */
export function formatShellOption(name: string, value: string): string {
  return `${name}=${formatShellWord(value)}`
}

/** Writes one command over several lines: the first part, then one indented line for each further part. */
export function formatShellCommand(parts: readonly string[]): string {
  return parts.join(" \\\n  ")
}
