import { useLayoutEffect, useState, type RefObject } from "react"

/** The width of an element in CSS pixels; it changes with the window's only. */
export function useCanvasWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const measure = () => setWidth(element.current?.clientWidth ?? 0)
    measure()
    addEventListener("resize", measure)
    return () => removeEventListener("resize", measure)
  }, [element])
  return width
}
