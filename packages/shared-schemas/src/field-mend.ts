/** How the sentences of the field rules end that name the right value, and not merely an example of one. */
const mendSentences = [
  /^Put only the [^:]+: (\S+)$/,
  /^Write [^:]+: (\S+)$/,
  / the block itself is (\S+)$/,
  / its region is (\S+)$/,
  / by its own name: (\S+)$/,
]

/** The value that a field rule's sentence names as the right one: `vpc-0a1b2c3d`; null when it names none. */
export function readMend(sentence: string): string | null {
  for (const pattern of mendSentences) {
    const value = pattern.exec(sentence)?.[1]
    if (value !== undefined) return value
  }
  return null
}
