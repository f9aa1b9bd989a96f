import { useEffect, useRef } from "react"

/** A key, or two after each other, and what it does. Without `run`, something else listens to it. */
export interface Shortcut {
  keys: readonly string[]
  what: string
  run?: () => void
}

/** A `g` waits this long for its second key, in milliseconds. */
const secondKeyWithinMs = 1500

/**
 * Runs shortcuts of single keys.
 * @param shortcuts stays the same object while nothing changes
 */
export function useShortcuts(shortcuts: readonly Shortcut[], isOn: boolean): void {
  const begunAt = useRef(Number.NEGATIVE_INFINITY)
  useEffect(() => {
    if (!isOn) return undefined
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isForOthers(event)) return
      const isSecond = event.timeStamp - begunAt.current < secondKeyWithinMs
      begunAt.current = Number.NEGATIVE_INFINITY
      if (event.key === "g" && !isSecond) {
        begunAt.current = event.timeStamp
        return
      }
      const pressed = isSecond ? `g ${event.key}` : event.key
      const run = shortcuts.find(({ keys }) => keys.join(" ") === pressed)?.run
      if (run === undefined) return
      event.preventDefault()
      run()
    }
    document.addEventListener("keydown", press)
    return () => document.removeEventListener("keydown", press)
  }, [shortcuts, isOn])
}

/** Returns whether a key is for the browser, an open dialog or a field. */
function isForOthers({ ctrlKey, metaKey, altKey, target }: KeyboardEvent): boolean {
  const isOfBrowser = ctrlKey || metaKey || altKey
  return isOfBrowser || isTyping(target) || document.querySelector("dialog[open]") !== null
}

const typeless = new Set(["checkbox", "radio", "button", "submit", "reset"])

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !typeless.has(target.type)
  if (!(target instanceof HTMLElement)) return false
  // What is typed on an open menu or list is meant for it.
  return target.isContentEditable || target.matches("textarea, select, [role=menuitem], [aria-expanded=true]")
}
