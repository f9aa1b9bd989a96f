import { ChangeReason, CreateContainer, ProviderName, type ContainerList } from "@peering-desk/shared-schemas"
import { Router } from "express"
import * as z from "zod/mini"
import { allowOnly } from "#http/allow-methods.ts"
import { readJsonBody } from "#http/json-body.ts"
import { parseBody, parseIdParam, parseProjectId, parseQuery, parseWrapped } from "#http/parse-request.ts"
import type { RoleGuards } from "#sign-in/require-role.ts"
import { toAskedBy } from "./requester.ts"
import { createContainer } from "./create-container.ts"
import { deleteContainer, type DeleteContainerParts } from "./delete-container.ts"
import { shownMaxAgeMs, type ProjectCache } from "./project-cache.ts"

interface ContainerRouteParts extends DeleteContainerParts {
  projectCache: ProjectCache
  guards: Pick<RoleGuards, "require">
}

const OneCloud = z.strictObject({ providerName: ProviderName })

/** `/api/projects/{projectId}/containers` and below. Whoever gets here may view the project; changes need a requester. */
export function createContainerRouter(parts: ContainerRouteParts): Router {
  const { guards, projectCache } = parts
  const router = Router({ mergeParams: true })

  router
    .route("/")
    .get(async (request, response) => {
      const containers = await projectCache.of(parseProjectId(request)).containers.give(shownMaxAgeMs)
      response.json({ containers } satisfies ContainerList)
    })
    .post(guards.require("create"), readJsonBody, async (request, response) => {
      const { container, reason } = parseWrapped(request, CreateContainer, "container")
      const askedBy = toAskedBy(request, parseProjectId(request), reason)
      response.status(201).json(await createContainer(parts, askedBy, container))
    })
    .all(allowOnly("GET", "HEAD", "POST"))

  router
    .route("/:containerId")
    .delete(guards.require("create"), readJsonBody, async (request, response) => {
      const containerId = parseIdParam(request, "containerId", "container_not_found")
      // Atlas's documentation has containers of several clouds under one id.
      const { providerName } = parseQuery(request, OneCloud)
      const { reason } = parseBody(request, ChangeReason)
      const askedBy = toAskedBy(request, parseProjectId(request), reason)
      await deleteContainer(parts, askedBy, { providerName, containerId })
      response.status(204).end()
    })
    .all(allowOnly("DELETE"))

  return router
}
