import type { KeyMayCreate, ProjectList } from "@peering-desk/shared-schemas"
import { Router, type Request } from "express"
import { allowOnly } from "#http/allow-methods.ts"
import { shownMaxAgeMs, type ProjectCache } from "./project-cache.ts"

interface ProjectParts {
  projectCache: ProjectCache
  /** Whether the Atlas key behind a project may create connections there, so that the form can say it beforehand. */
  mayCreateIn: (projectId: string) => KeyMayCreate
  /** Whether the person behind a request may know of a project. */
  maySee: (request: Request, projectId: string) => boolean
}

/** `/api/projects` */
export function createProjectRouter({ projectCache, mayCreateIn, maySee }: ProjectParts): Router {
  const router = Router()

  router
    .route("/")
    .get(async (request, response) => {
      const projects = (await projectCache.projects.give(shownMaxAgeMs))
        .filter(({ id }) => maySee(request, id))
        .map((project) => ({ ...project, keyMayCreate: mayCreateIn(project.id) }))
        .sort((a, b) => a.name.localeCompare(b.name))
      response.json({ projects } satisfies ProjectList)
    })
    .all(allowOnly("GET", "HEAD"))

  return router
}
