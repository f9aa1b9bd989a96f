import type { About } from "@peering-desk/peering-rules"
import type { ReactNode } from "react"
import type { ProblemWords } from "#copy/problems.ts"

export interface RefusalProps {
  words: ProblemWords
  /** The project of the call; null for a call about all projects. */
  projectId: string | null
  /** The object of the call. */
  about?: About
  /** Finds a function that moves the focus to a request field; null when the page lacks it. */
  findField?: (name: string) => ((button: HTMLButtonElement) => void) | null
  /** Makes a screen reader announce it, for answers to something the person just did. */
  announce?: boolean
  /** `you` when the person did not just cause it. */
  tone?: "failed" | "you"
  actions?: ReactNode
  /** Goes before the title, to name one of several things. */
  before?: string
}
