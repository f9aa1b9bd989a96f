/** One response. */
export interface Visit {
  url: string
  status: number
  headers: Headers
  text: string
}

interface Cookie {
  host: string
  path: string
  name: string
  value: string
}

/**
 * Keeps cookies by host and path, not by port, and follows redirects, as a browser does. It keeps no connection, so that no request is
 * lost on one that the server has just closed.
 */
export interface TestingBrowser {
  /** Sends one request and follows no redirect. */
  send: (url: string, init?: RequestInit) => Promise<Visit>
  /** Follows redirects to the end, or up to the one whose location `stop` accepts; returns the last response. */
  follow: (url: string, init?: RequestInit, stop?: (location: string) => boolean) => Promise<Visit>
  /** Submits the page's form with the fields added, and follows redirects. */
  submit: (
    page: Visit,
    fields: Record<string, string>,
    stop?: (location: string) => boolean,
  ) => Promise<Visit>
  cookies: Cookie[]
}

export function createTestingBrowser(): TestingBrowser {
  const cookies: Cookie[] = []

  function keepCookies(url: URL, response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = "", ...attributes] = line.split(/;\s*/)
      const name = pair.slice(0, pair.indexOf("="))
      const value = pair.slice(pair.indexOf("=") + 1)
      const path = attributes.find((one) => /^path=/i.test(one))?.slice(5) ?? "/"
      const old = cookies.findIndex(
        (one) => one.host === url.hostname && one.path === path && one.name === name,
      )
      if (old >= 0) cookies.splice(old, 1)
      const gone = attributes.some((one) => /^expires=/i.test(one) && Date.parse(one.slice(8)) < Date.now())
      if (!gone) cookies.push({ host: url.hostname, path, name, value })
    }
  }

  const send: TestingBrowser["send"] = async (address, init = {}) => {
    const url = new URL(address)
    const headers = new Headers(init.headers)
    headers.set("connection", "close")
    const own = cookies.filter(({ host, path }) => host === url.hostname && url.pathname.startsWith(path))
    if (own.length > 0) headers.set("cookie", own.map(({ name, value }) => `${name}=${value}`).join("; "))
    const response = await globalThis.fetch(url, { ...init, headers, redirect: "manual" })
    keepCookies(url, response)
    return { url: url.href, status: response.status, headers: response.headers, text: await response.text() }
  }

  const follow: TestingBrowser["follow"] = async (address, init, stop = () => false) => {
    let visit = await send(address, init)
    for (let hops = 0; hops < 10; hops += 1) {
      const location = visit.headers.get("location")
      if (location === null) return visit
      const next = new URL(location, visit.url).href
      if (stop(next)) return visit
      visit = await send(next)
    }
    throw new Error(`more redirects than a browser would follow, last to ${visit.url}`)
  }

  return {
    cookies,
    send,
    follow,
    submit(page, fields, stop) {
      const form = /<form[^>]* action="(?<action>[^"]*)"[^>]*>(?<body>[\s\S]*?)<\/form>/.exec(page.text)
      const hidden = [
        ...(form?.groups?.["body"] ?? "").matchAll(
          /<input type="hidden" name="(?<name>[^"]*)" value="(?<value>[^"]*)"/g,
        ),
      ].map(({ groups }) => [groups?.["name"] ?? "", groups?.["value"] ?? ""] as [string, string])
      const action = new URL(form?.groups?.["action"] ?? "", page.url).href
      const body = new URLSearchParams({ ...Object.fromEntries(hidden), ...fields })
      return follow(action, { method: "POST", body }, stop)
    },
  }
}
