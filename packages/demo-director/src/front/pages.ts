type Header = [name: string, value: string]

const tags = `<link rel="stylesheet" href="/demo/director.css"><script type="module" src="/demo/director.js"></script>`

/** Headers of one connection, which a proxy doesn't pass on (RFC 9110 §7.6.1). Node cuts bodies into chunks as their header says. */
const ofConnection = ["connection", "keep-alive", "proxy-connection", "te", "trailer", "upgrade"]

/** Headers that no longer fit a page with the director. */
const ofFormerPage = ["content-length", "transfer-encoding", "etag"]

/** A copy in the browser may lack the director, and a compressed page can't be read. */
const ofCopies = ["if-none-match", "if-modified-since", "accept-encoding"]

/** Puts the director into a page, after everything that the page loads. */
export function addDirector(html: string): string {
  return html.replace(/<\/head>|$/, (end) => tags + end)
}

/** Lists the headers to pass on. `raw` is as Node has them: name, value, name, value. */
export function listHeaders(raw: readonly string[]): Header[] {
  const headers: Header[] = []
  for (let at = 0; at + 1 < raw.length; at += 2) headers.push([raw[at] ?? "", raw[at + 1] ?? ""])
  return without(headers, ofConnection)
}

/** Lists the headers of a request for a page, which ask for all of it as plain text. */
export function listPageRequestHeaders(raw: readonly string[]): Header[] {
  return [...without(listHeaders(raw), ofCopies), ["accept-encoding", "identity"]]
}

/** Lists the headers of a page with the director. They let the product's own pages frame it, for the owner's page beside ours. */
export function listPageHeaders(raw: readonly string[]): Header[] {
  return without(listHeaders(raw), ofFormerPage).map(([name, value]) => {
    if (isOneOf(name, ["content-security-policy"])) return [name, allowFrames(value)]
    return [name, isOneOf(name, ["x-frame-options"]) ? "SAMEORIGIN" : value]
  })
}

function allowFrames(policy: string): string {
  const others = policy
    .split(";")
    .filter((directive) => directive.trim() !== "" && !/^\s*frame-(ancestors|src)\b/i.test(directive))
  return [...others, "frame-ancestors 'self'", "frame-src 'self'"].join(";")
}

function without(headers: readonly Header[], names: readonly string[]): Header[] {
  return headers.filter(([name]) => !isOneOf(name, names))
}

function isOneOf(name: string, names: readonly string[]): boolean {
  return names.includes(name.toLowerCase())
}
