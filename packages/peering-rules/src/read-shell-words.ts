/** One command's words, and the sentences about what had to be mended. */
export interface ShellWords {
  words: readonly string[]
  mended: readonly string[]
}

/**
 * Splits text into the words of a POSIX shell without running anything: quotes, backslashes, line continuations and comments are
 * understood, expansions stay as they are written. A quote that never closes goes to the end of the text. A line break or `;`
 * ends the command; what comes after is the next one.
 */
export function readShellCommands(text: string): ShellWords[] {
  const commands: ShellWords[] = []
  let words: string[] = []
  let mended: string[] = []
  let word: string | null = null
  let at = 0

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
    if (words.length > 0) commands.push({ words, mended })
    words = []
    mended = []
  }

  while (at < text.length) {
    const plain = take(/[^\s'"\\;&|#]+/y)
    if (plain !== null) word = (word ?? "") + plain
    else if (take(/\\\r?\n/y) !== null) continue
    else if (take(/[ \t\f\v\u00a0]+/y) !== null) endWord()
    else if (take(/[\s;&|]+/y) !== null) endCommand()
    else if (text[at] === "#") word = word === null ? endComment() : word + take(/#/y)
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
      mended.push(`the closing ${quote === "'" ? "single" : "double"} quote is missing`)
    }
    return quote === "'" ? inside : inside.replace(/\\(?:\r?\n|([$`"\\]))/g, "$1")
  }
}
