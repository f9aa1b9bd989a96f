import { createContext } from "react"

/** The element beside the form in which the open form's verdict shows; null until it is there. */
export const VerdictPlace = createContext<HTMLElement | null>(null)
