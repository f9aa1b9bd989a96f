import * as z from "zod/mini"
import { invisible } from "./invisible.ts"

/** A line in a person's own words, without spaces around it. Refuses characters that hide or reorder what others read. */
export function lineOfText(most: number, missing?: string) {
  return z
    .string(missing ?? "Enter a text")
    .check(
      z.trim(),
      z.minLength(missing === undefined ? 0 : 1, missing),
      z.maxLength(most, `Use at most ${most} characters`),
      ({ value, issues }) => {
        const message = explainInvisible(value)
        if (message !== null) issues.push({ code: "custom", message, input: value })
      },
    )
}

/** Explains what is wrong with a line of text; undefined when nothing is. */
export function findMistake(line: ReturnType<typeof lineOfText>, text: string): string | undefined {
  return line.safeParse(text).error?.issues[0]?.message
}

function explainInvisible(text: string): string | null {
  const [found] = invisible.exec(text) ?? []
  if (found === undefined) return null
  if (/[\n\r\u0085\u2028\u2029]/.test(found)) return "Put it on one line"
  const code = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")
  const before = text.slice(0, text.indexOf(found)).slice(-20)
  return `Remove the invisible character U+${code} ${before === "" ? "at the start" : `after "${before}"`}`
}
