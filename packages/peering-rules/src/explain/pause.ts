/**
 * Fills `{pause|in a minute}` with the seconds until the next try, or with the words behind the bar when they are not known. A text
 * without that place gets a sentence more.
 */
export function fillPause(text: string, seconds: number | null): string {
  const filled = text.replace(/\{pause\|([^}]+)\}/, (_, usual: string) =>
    seconds === null ? usual : `in ${seconds} s`,
  )
  return seconds === null || filled !== text ? filled : `${text} Try again in ${seconds} s.`
}
