/** Returns the first letters of the first and the last word of a name. */
export function toInitials(name: string): string {
  const words = name.split(/[\s._@-]+/).filter((word) => /^\p{L}/u.test(word))
  const [first, last] = [words[0], words.length > 1 ? words.at(-1) : undefined].map(toFirstLetter)
  return `${first}${last}`.toUpperCase() || "?"
}

function toFirstLetter(word = ""): string {
  return /^\p{L}\p{M}*/u.exec(word)?.[0] ?? ""
}
