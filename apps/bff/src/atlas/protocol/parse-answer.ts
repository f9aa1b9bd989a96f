import { escapeInvisible } from "@peering-desk/shared-schemas"

/** JSON without escapes and with ASCII alone has no invisible character in its texts. */
const mayHide = /\\[^"\\/]|[^\t\n\r\u0020-\u007e]/

/**
 * Parses the JSON of Atlas. Control, formatting and bidirectional characters in its texts become codes such as `\\u{202E}`, before
 * any of them reaches a page, a command, a message or a report. Undefined when the text is not JSON: the parser's error quotes it, and it
 * may hold a secret.
 */
export function parseAnswer(json: string): unknown {
  try {
    const value: unknown = JSON.parse(json)
    return mayHide.test(json) ? escapeInvisible(value) : value
  } catch {
    return undefined
  }
}
