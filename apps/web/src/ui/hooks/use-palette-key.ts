import { useEffect, useEffectEvent } from "react"

/** Opens the palette on Ctrl+K and ⌘K. It listens from the first paint on, so that a key pressed early is not lost. */
export function usePaletteKey(isSignedIn: boolean, openPalette: () => void): void {
  const open = useEffectEvent(openPalette)
  useEffect(() => {
    if (!isSignedIn) return undefined
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey) return
      event.preventDefault()
      open()
    }
    document.addEventListener("keydown", press)
    return () => document.removeEventListener("keydown", press)
  }, [isSignedIn])
}
