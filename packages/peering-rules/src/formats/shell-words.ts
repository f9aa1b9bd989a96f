/** Characters that every shell takes as they are. A first `=` is left out: zsh reads `=name` as a command's path. */
const bare = /^[\w@%+:,./-][\w@%+=:,./-]*$/

/**
 * Writes a value as one word of a POSIX shell (POSIX.1-2024, Shell Command Language 2.2.2): bare where nothing in it is special,
 * in single quotes otherwise. Line breaks stay in the word; a NUL, which no command can be given, is left out.
 * A quoted word that begins with a dash is still an option to most commands: write `--name=` before it, or `--`.
 */
export function toShellWord(text: string): string {
  const value = text.replaceAll("\0", "")
  return bare.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`
}

/** Writes `--name=value`, in which a value with a leading dash is no option of its own. */
export function toShellOption(name: string, value: string): string {
  return `${name}=${toShellWord(value)}`
}

/** Writes one command over several lines: the first part, then one indented line for each further part. */
export function toShellCommand(parts: readonly string[]): string {
  return parts.join(" \\\n  ")
}

/** Writes text as comment lines, however many lines it has. */
export function toShellComment(text: string): string {
  return text
    .split(/[\r\n\u2028\u2029]+/)
    .map((line) => `# ${line.replaceAll("\0", "")}`.trimEnd())
    .join("\n")
}
