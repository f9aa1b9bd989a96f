import { AddToAccessList, type AccessList, type AccessListEntry } from "@peering-desk/shared-schemas"
import { Router } from "express"
import * as z from "zod/mini"
import { allowOnly } from "#http/allow-methods.ts"
import { readJsonBody } from "#http/json-body.ts"
import { parseProjectId, parseQuery, parseWrapped } from "#http/parse-request.ts"
import type { RoleGuards } from "#sign-in/require-role.ts"
import { createAccessListAdder, nameEntry, type AddingParts } from "./add-to-access-list.ts"
import { toAskedBy } from "./requester.ts"
import { shownMaxAgeMs, type ProjectCache } from "./project-cache.ts"

interface AccessListParts extends AddingParts {
  projectCache: ProjectCache
  guards: Pick<RoleGuards, "require">
}

const someStatuses = "Ask for the status of 10 entries at most"
const entryName = z.string().check(z.maxLength(50))
/** `?status=10.0.0.0/16&status=…`: the entries whose status is asked for, each a call to Atlas of its own. */
const Statuses = z.strictObject({
  status: z.optional(z.union([entryName, z.array(entryName).check(z.maxLength(10, someStatuses))])),
})

/** `/api/projects/{projectId}/access-list`. Whoever gets here may view the project; adding needs a requester. */
export function createAccessListRouter(parts: AccessListParts): Router {
  const { guards, projectCache } = parts
  const add = createAccessListAdder(parts)
  const router = Router({ mergeParams: true })

  /** A status that cannot be told hides no entry. */
  async function tellStatus(
    projectId: string,
    entry: AccessListEntry,
    asked = true,
  ): Promise<AccessListEntry> {
    return { ...entry, status: asked ? await projectCache.of(projectId).readStatus(nameEntry(entry)) : null }
  }

  router
    .route("/")
    .get(async (request, response) => {
      const projectId = parseProjectId(request)
      const wanted = [parseQuery(request, Statuses).status ?? []].flat()
      const entries = await projectCache.of(projectId).accessList.give(shownMaxAgeMs)
      const told = entries.map((entry) => tellStatus(projectId, entry, wanted.includes(nameEntry(entry))))
      response.json({ entries: await Promise.all(told) } satisfies AccessList)
    })
    .post(guards.require("create"), readJsonBody, async (request, response) => {
      const { entry, reason } = parseWrapped(request, AddToAccessList, "entry")
      const askedBy = toAskedBy(request, parseProjectId(request), reason)
      const added = await add(askedBy, entry)
      response.status(201).json((await tellStatus(askedBy.projectId, added)) satisfies AccessListEntry)
    })
    .all(allowOnly("GET", "HEAD", "POST"))

  return router
}
