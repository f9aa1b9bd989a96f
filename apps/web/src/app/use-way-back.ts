import { useEffect } from "react"

/** How long a page that is gone back to may take to show the link that was followed there, and to replace it by newer data, in milliseconds. */
const waitMs = 5000

/** Where a person was on a page: how far down, and on which link. */
interface Place {
  top: number
  /** Its address, and which of the links with that address; null when the page was left in another way. */
  link: { href: string; index: number } | null
}

/** Going back, returns the focus to the link that was followed, and the page to where it was. Without one, its title gets the focus. */
export function useWayBack(): void {
  useEffect(() => {
    const places = new Map<string, Place>()
    let here = location.href
    let pressed: Place["link"] = null
    let stop = () => {}
    const press = ({ target }: Event) => {
      const link = target instanceof Element ? target.closest("main a[href]") : null
      const href = link?.getAttribute("href") ?? null
      pressed = link === null || href === null ? null : { href, index: listLinks(href).indexOf(link) }
    }
    const goOn = () => {
      stop()
      places.set(here, { top: scrollY, link: pressed })
      pressed = null
      here = location.href
    }
    const replace = () => {
      here = location.href
    }
    const goBack = () => {
      stop()
      here = location.href
      stop = restore(places.get(here) ?? { top: 0, link: null })
    }
    document.addEventListener("click", press, true)
    addEventListener("pushState", goOn)
    addEventListener("replaceState", replace)
    addEventListener("popstate", goBack)
    return () => {
      stop()
      document.removeEventListener("click", press, true)
      removeEventListener("pushState", goOn)
      removeEventListener("replaceState", replace)
      removeEventListener("popstate", goBack)
    }
  }, [])
}

function listLinks(href: string): Element[] {
  return [...document.querySelectorAll(`main a[href="${CSS.escape(href)}"]`)]
}

/**
 * Restores a place as soon as the page shows it and is high enough, unless the person acts first. A link that does not come leaves the
 * focus to the title.
 * @returns what ends it
 */
function restore({ top, link }: Place): () => void {
  const acts = new AbortController()
  const focusTitle = () => document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true })
  let isRestored = false
  const attempt = () => {
    const found = link === null ? undefined : listLinks(link.href)[link.index]
    if (link !== null && !(found instanceof HTMLElement)) return
    // Newer data may draw the row again, without its focus.
    if (isRestored && document.activeElement !== document.body) return
    if (found instanceof HTMLElement && found !== document.activeElement) found.focus({ preventScroll: true })
    if (link === null) focusTitle()
    scrollTo(0, top)
    isRestored = Math.abs(scrollY - top) < 1
  }
  const observer = new MutationObserver(attempt)
  // The router draws the page in the same turn.
  const frame = requestAnimationFrame(() => {
    attempt()
    const main = document.querySelector("main")
    if (main !== null && !acts.signal.aborted) observer.observe(main, { childList: true, subtree: true })
  })
  const timer = setTimeout(() => {
    if (document.activeElement === document.body) focusTitle()
    acts.abort()
  }, waitMs)
  acts.signal.addEventListener("abort", () => {
    observer.disconnect()
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  })
  for (const name of ["keydown", "pointerdown", "wheel", "touchmove"])
    addEventListener(name, () => acts.abort(), { capture: true, passive: true, signal: acts.signal })
  return () => acts.abort()
}
