import { useEffect, type RefObject } from "react"

/** Tells the page's styles how high the dock is, so that nothing of the page ends below it. */
export function useDockHeight(bar: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const { style } = document.documentElement
    const observer = new ResizeObserver(() => {
      style.setProperty("--dock", `${bar.current?.offsetHeight ?? 0}px`)
    })
    if (bar.current !== null) observer.observe(bar.current)
    return () => {
      observer.disconnect()
      style.removeProperty("--dock")
    }
  })
}
