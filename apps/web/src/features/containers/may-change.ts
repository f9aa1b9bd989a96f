import { useQuery } from "@tanstack/react-query"
import { createContext, useMemo } from "react"
import { projectsQuery } from "#api/projects/projects.ts"
import { toRoleIn, useSession } from "#api/session.ts"

/** What this person may change in a project, and whom they may ask for more. */
export interface MayChange {
  /** Containers. */
  containers: boolean
  /** What the whole project depends on. */
  settings: boolean
  askWhom: string | null
  /** The id of the element that says why not. */
  reasonId: string
}

export const MayChangeContext = createContext<MayChange>({
  containers: true,
  settings: true,
  askWhom: null,
  reasonId: "",
})

/** While it is not known who is there, everything is offered: the server keeps what is not for them. */
export function useMayChange(projectId: string, reasonId: string): MayChange {
  const session = useSession()
  const user = typeof session === "object" ? session : null
  const role = user === null ? null : toRoleIn(user, projectId)
  const askWhom = user?.askWhom ?? null
  return useMemo(
    () => ({
      containers: role !== "viewer",
      settings: role === null || role === "administrator",
      askWhom,
      reasonId,
    }),
    [role, askWhom, reasonId],
  )
}

/** The project's name, and whether the server's key is known to be refused there. */
export function useProject(projectId: string): { name: string; keyMayNot: boolean } {
  const { data: projects } = useQuery(projectsQuery())
  const project = projects?.find(({ id }) => id === projectId)
  return { name: project?.name ?? "this project", keyMayNot: project?.keyMayCreate === "no" }
}
