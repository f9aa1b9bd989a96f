import type { Path, PathStop, RunbookStep } from "@peering-desk/peering-rules"
import type { Container, Peering } from "@peering-desk/shared-schemas"
import { createContext, useContext } from "react"
import type { Deletion } from "#shared/deletion.ts"
import type { UsualTimes } from "#shared/inventory/usual-times.ts"

export type DialogName = "share" | "edit" | "delete" | "request-again"

/** What the parts of a connection's page share. */
export interface ConnectionPage {
  peering: Peering
  /** Null when it can't be read. */
  container: Container | null
  /** What people call the connection. */
  name: string
  /** Null while Atlas lists it. */
  deletion: Deletion | null
  path: Path
  /** How many stops are proven: "3 of 7". */
  proven: string
  steps: readonly RunbookStep[]
  usualTimes: UsualTimes
  /** The cluster whose string is shown; null for the first one. */
  clusterId: string | null
  chooseCluster: (clusterId: string | null) => void
  /** Opens a dialog above the page; null closes it. */
  openDialog: (dialog: DialogName | null) => void
  /** Opens the row of a stop, and moves the focus there. */
  showStop: (id: PathStop["id"]) => void
}

export const ConnectionPageContext = createContext<ConnectionPage | null>(null)

export function useConnectionPage(): ConnectionPage {
  const page = useContext(ConnectionPageContext)
  if (page === null) throw new Error("ConnectionPageContext has no value")
  return page
}
