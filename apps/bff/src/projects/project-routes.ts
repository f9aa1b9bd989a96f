import type { ContainerList, KeyMayCreate, PrivateIpMode, ProjectList } from "@peering-desk/shared-schemas"
import { Router, type Request } from "express"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import { allowOnly } from "#http/allow-methods.ts"
import { parseIdParam } from "#http/parse-request.ts"

interface ProjectParts {
  atlas: AtlasClient
  /** Whether the Atlas key behind a project may create connections there, so that the form can say it beforehand. */
  mayCreateIn: (projectId: string) => KeyMayCreate
  /** Whether the person behind a request may know of a project. */
  maySee: (request: Request, projectId: string) => boolean
}

/** `/api/projects` and what each project has besides its connections. */
export function createProjectRouter({ atlas, mayCreateIn, maySee }: ProjectParts): Router {
  const router = Router()

  router
    .route("/")
    .get(async (request, response) => {
      const projects = (await atlas.listProjects())
        .filter(({ id }) => maySee(request, id))
        .map((project) => ({ ...project, keyMayCreate: mayCreateIn(project.id) }))
        .sort((a, b) => a.name.localeCompare(b.name))
      response.json({ projects } satisfies ProjectList)
    })
    .all(allowOnly("GET", "HEAD"))

  router
    .route("/:projectId/containers")
    .get(async (request, response) => {
      const containers = await atlas.listContainers(parseIdParam(request, "projectId", "project_not_found"))
      response.json({ containers } satisfies ContainerList)
    })
    .all(allowOnly("GET", "HEAD"))

  router
    .route("/:projectId/private-ip-mode")
    .get(async (request, response) => {
      const projectId = parseIdParam(request, "projectId", "project_not_found")
      response.json((await atlas.readPrivateIpMode(projectId)) satisfies PrivateIpMode)
    })
    .all(allowOnly("GET", "HEAD"))

  return router
}
