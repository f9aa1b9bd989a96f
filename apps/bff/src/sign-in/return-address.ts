// Any base does, as long as nobody can be made to believe in it: a name under .invalid never exists (RFC 6761).
const base = "http://desk.invalid"
const longest = 2_048

/**
 * Turns the `return` parameter into a path on our own origin; "/" when it is anything else. Browsers read backslashes as
 * slashes and drop tabs and line breaks, so the address is read as they would read it and only its path is kept (WHATWG URL).
 */
export function toReturnAddress(value: unknown): string {
  if (typeof value !== "string" || value.length > longest || !value.startsWith("/")) return "/"
  if (!URL.canParse(value, base)) return "/"
  const url = new URL(value, base)
  const address = `${url.pathname}${url.search}${url.hash}`
  // A path may begin with two slashes ("/.//there"), which alone would name a host.
  if (url.origin !== base || /^\/[/\\]/.test(address)) return "/"
  // Signing in leads to a page; these are not pages, and would lead back here or to a text of brackets.
  if (/^\/(sign-in|sign-out|api)(\/|$)/i.test(url.pathname)) return "/"
  return address
}
