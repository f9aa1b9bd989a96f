import { useEffect, useMemo, useRef } from "react"
import type { Arrival } from "#ui/PageHeader.tsx"

/** How long a page that is gone back to may take to show the link that was followed there, in milliseconds. */
const waitMs = 2000

/**
 * Tells titles whether they take the focus: once for each navigation, and in place of a title that had it. Going back, the focus returns
 * to the link that was followed. The router sends these events.
 */
export function useArrival(): Arrival {
  const arrival = useRef<"none" | "to-title" | "back">("none")
  /** The link that was followed last on each page, by the page's address. */
  const followed = useRef(new Map<string, string>())

  useEffect(() => {
    let here = location.href
    let pressed: string | null = null
    const press = ({ target }: Event) => {
      const link = target instanceof Element ? target.closest("main a[href]") : null
      pressed = link?.getAttribute("href") ?? null
    }
    const goOn = () => {
      if (pressed !== null) followed.current.set(here, pressed)
      pressed = null
      here = location.href
      arrival.current = history.state === "keep-focus" ? "none" : "to-title"
    }
    const goBack = () => {
      here = location.href
      arrival.current = followed.current.has(here) ? "back" : "to-title"
    }
    const replace = () => {
      here = location.href
    }
    document.addEventListener("click", press, true)
    addEventListener("pushState", goOn)
    addEventListener("replaceState", replace)
    addEventListener("popstate", goBack)
    return () => {
      document.removeEventListener("click", press, true)
      removeEventListener("pushState", goOn)
      removeEventListener("replaceState", replace)
      removeEventListener("popstate", goBack)
    }
  }, [])

  return useMemo(
    () => ({
      take() {
        const kind = arrival.current
        arrival.current = "none"
        if (kind !== "back") return kind === "to-title"
        return !focusWhenShown(followed.current.get(location.href) ?? "")
      },
      passOn() {
        if (arrival.current === "none") arrival.current = "to-title"
      },
    }),
    [],
  )
}

/** Focuses a link, now or once the page shows it while the focus is still on its title. Returns whether it was there at once. */
function focusWhenShown(href: string): boolean {
  const focus = () => {
    const link = document.querySelector<HTMLElement>(`main a[href="${CSS.escape(href)}"]`)
    link?.focus()
    return link !== null
  }
  if (focus()) return true
  const main = document.querySelector("main")
  if (main === null) return false
  const observer = new MutationObserver(() => {
    const stays = document.activeElement === document.body || document.activeElement?.tagName === "H1"
    if (!stays || focus()) observer.disconnect()
  })
  observer.observe(main, { childList: true, subtree: true })
  setTimeout(() => observer.disconnect(), waitMs)
  return false
}
