/** Endings of the field rules' sentences that name the right value, and not only an example. */
const fixSentences = [
  /^Enter only the [^:]+: (\S+)$/,
  /^Use [^:]+: (\S+)$/,
  / isn't a network address\. Use (\S+)$/,
  / Use its region: (\S+)$/,
]

/** Returns the right value that a field rule's sentence names, as `vpc-0a1b2c3d`; null when it names none. */
export function parseFieldFix(sentence: string): string | null {
  for (const pattern of fixSentences) {
    const value = pattern.exec(sentence)?.[1]
    if (value !== undefined) return value
  }
  return null
}
