/** Later than this, what the HTML started would be too old to show. */
const goodForMs = 10_000

/** Returns whether the HTML started the read of an address (`<link rel="preload" as="fetch">`, which the server adds). */
export function isReadStarted(url: string): boolean {
  return findLink(url) !== undefined
}

/**
 * Takes a read that the HTML started. A `fetch` without added headers then gets its answer instead of asking again. Each is taken
 * once, and only while the page starts: a browser would give out the old answer for as long as the page is open.
 */
export function takeStartedRead(url: string): boolean {
  const link = findLink(url)
  link?.remove()
  return link !== undefined && performance.now() < goodForMs
}

/** Forgets every read that the HTML started and nobody took: something changed since. */
export function dropStartedReads(): void {
  for (const link of listLinks()) link.remove()
}

function listLinks(): HTMLLinkElement[] {
  // A server that draws a page starts nothing.
  if (typeof document === "undefined") return []
  return [...document.querySelectorAll<HTMLLinkElement>('link[rel="preload"][as="fetch"]')]
}

function findLink(url: string): HTMLLinkElement | undefined {
  return listLinks().find((link) => link.getAttribute("href") === url)
}
