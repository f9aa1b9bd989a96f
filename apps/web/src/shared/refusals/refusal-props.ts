import type { About } from "@peering-desk/peering-rules"
import type { ReactNode } from "react"
import type { ProblemWords } from "#copy/problems.ts"

export interface RefusalProps {
  words: ProblemWords
  /** The project in which it was asked; null for what is asked of all. */
  projectId: string | null
  /** What the call was about. */
  about?: About
  /** How to go to a field of the request from a button in its form; null for one that is not on the page. */
  findField?: (name: string) => ((button: HTMLButtonElement) => void) | null
  /** Reads it out when it appears: for answers to something the person just did. */
  announce?: boolean
  /** `you` for what nobody has just asked for. */
  tone?: "failed" | "you"
  actions?: ReactNode
  /** Stands before the title: what of several things it is about. */
  before?: string
}
