import { useLayoutEffect, useState, type RefObject } from "react"

/** Measures an element's width in CSS pixels, again whenever the window's size changes. */
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
