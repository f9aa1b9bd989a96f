/** Half a surrogate pair, which no file and no command can hold, becomes U+FFFD. */
export function toWellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, "\ufffd")
}
