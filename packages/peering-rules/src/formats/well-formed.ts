/** Replaces half a surrogate pair, which no file or command can hold, by U+FFFD. */
export function toWellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, "\ufffd")
}
