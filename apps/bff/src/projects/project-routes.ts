import type { Project, Routes } from "@peering-desk/shared-schemas"
import type { Request } from "express"
import type { ApiHandlers } from "#http/api-handler.ts"
import { shownMaxAgeMs, type ProjectCache } from "./project-cache.ts"

interface ProjectDeps {
  projectCache: ProjectCache
  /** Returns the kind of the Atlas key behind a project, and whether it may create peerings there; the form shows it. */
  rightsIn: (projectId: string) => Pick<Project, "keyKind" | "apiVersion" | "keyMayCreate">
  /** Returns whether the person behind a request may know of a project. */
  maySee: (request: Request, projectId: string) => boolean
  /** Returns what that person may ask for there and another one has to approve. */
  needsOf: (request: Request, projectId: string) => Pick<Project, "approvals">
}

export function createProjectHandlers({ projectCache, rightsIn, maySee, needsOf }: ProjectDeps) {
  return {
    projects: {
      async get({ request }) {
        const projects = (await projectCache.projects.show(shownMaxAgeMs))
          .filter(({ id }) => maySee(request, id))
          .map((project) => ({
            ...project,
            ...rightsIn(project.id),
            ...needsOf(request, project.id),
          }))
          .sort((a, b) => a.name.localeCompare(b.name))
        return { projects }
      },
    },
  } satisfies ApiHandlers<Routes, "projects">
}
