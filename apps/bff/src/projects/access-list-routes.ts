import { AddToAccessList, type AccessList, type AccessListEntry } from "@peering-desk/shared-schemas"
import { Router, type Request } from "express"
import * as z from "zod/mini"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import type { ChangeParts } from "#audit/carry-out.ts"
import { allowOnly } from "#http/allow-methods.ts"
import { readJsonBody } from "#http/json-body.ts"
import { parseIdParam, parseQuery, parseWrapped } from "#http/parse-request.ts"
import type { RoleGuards } from "#sign-in/require-role.ts"
import { createAccessListAdder, nameEntry } from "./add-to-access-list.ts"
import { toAskedBy } from "./asked-by.ts"

interface AccessListParts extends ChangeParts {
  atlas: AtlasClient
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
  const { atlas, guards } = parts
  const add = createAccessListAdder(parts)
  const router = Router({ mergeParams: true })

  /** A status that cannot be told hides no entry. */
  async function tellStatus(
    projectId: string,
    entry: AccessListEntry,
    asked = true,
  ): Promise<AccessListEntry> {
    const reading = asked ? atlas.readAccessListStatus(projectId, nameEntry(entry)) : Promise.resolve(null)
    return { ...entry, status: await reading.catch(() => null) }
  }

  router
    .route("/")
    .get(async (request, response) => {
      const projectId = parseProjectId(request)
      const wanted = [parseQuery(request, Statuses).status ?? []].flat()
      const entries = await atlas.listAccessList(projectId)
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

function parseProjectId(request: Request): string {
  return parseIdParam(request, "projectId", "project_not_found")
}
