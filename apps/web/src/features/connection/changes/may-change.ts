import type { SessionInfo } from "@peering-desk/shared-schemas"
import { createContext } from "react"
import { toRoleIn } from "#api/session.ts"

/** Whether this person may change something here. Where it stands why not has `reasonId`. */
export const MayChange = createContext<{ may: boolean; reasonId: string }>({ may: true, reasonId: "" })

/** A viewer may look only; while it is not known who is there, the server keeps what is not for them. */
export function isViewerIn(session: SessionInfo | undefined, projectId: string): boolean {
  return session !== undefined && toRoleIn(session, projectId) === "viewer"
}
