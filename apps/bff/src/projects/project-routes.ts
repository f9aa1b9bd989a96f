import type { ContainerList, KeyMayCreate, ProjectList } from "@peering-desk/shared-schemas"
import { Router } from "express"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import { allowOnly } from "#http/allow-methods.ts"
import { parseIdParam } from "#http/parse-request.ts"

/**
 * `/api/projects` and each project's containers.
 * @param mayCreateIn whether the Atlas key behind a project may create connections there, so that the form can say it beforehand
 */
export function createProjectRouter(
  atlas: AtlasClient,
  mayCreateIn: (projectId: string) => KeyMayCreate = () => "unknown",
): Router {
  const router = Router()

  router
    .route("/")
    .get(async (_request, response) => {
      const projects = await atlas.listProjects()
      const told = projects.map((project) => ({ ...project, keyMayCreate: mayCreateIn(project.id) }))
      response.json({ projects: told.sort((a, b) => a.name.localeCompare(b.name)) } satisfies ProjectList)
    })
    .all(allowOnly("GET", "HEAD"))

  router
    .route("/:projectId/containers")
    .get(async (request, response) => {
      const containers = await atlas.listContainers(parseIdParam(request, "projectId", "project_not_found"))
      response.json({ containers } satisfies ContainerList)
    })
    .all(allowOnly("GET", "HEAD"))

  return router
}
