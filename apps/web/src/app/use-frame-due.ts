import { useEffect, useState } from "react"
import { readFirstRender } from "#ui/first-render.ts"

/** The first seconds of a page that the server drew belong to its own reads and to the person. */
const frameAfterMs = 2_000

/** Returns whether the frame may read what it counts, and follow the project. */
export function useIsFrameDue(): boolean {
  const [isDue, setDue] = useState(() => readFirstRender() === null)
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), frameAfterMs)
    return () => clearTimeout(timer)
  }, [])
  return isDue
}
