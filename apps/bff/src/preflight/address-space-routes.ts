import { AtlasId, type AddressSpace } from "@peering-desk/shared-schemas"
import { Router, type Request } from "express"
import { AppError } from "#base/app-error.ts"
import { allowOnly } from "#http/allow-methods.ts"
import type { RoleGuards } from "#sign-in/require-role.ts"
import { userOf } from "#sign-in/require-user.ts"
import type { SnapshotReader } from "./snapshot-reader.ts"

interface AddressSpaceParts {
  snapshotReader: SnapshotReader
  guards: Pick<RoleGuards, "check">
}

/** `GET /api/address-space`: what takes up addresses in the projects that the person may see. */
export function createAddressSpaceRouter({ snapshotReader, guards }: AddressSpaceParts): Router {
  const router = Router()
  router
    .route("/")
    .get(async (request, response) => {
      const named = parseNamedProject(request)
      if (named !== null) await guards.check(request, "view", named)
      const projects = await snapshotReader.readAll(userOf(request).access, named)
      if (named !== null && !projects.some(({ project }) => project.id === named))
        throw new AppError("project_not_found")
      response.json({ projects } satisfies AddressSpace)
    })
    .all(allowOnly("GET", "HEAD"))
  return router
}

function parseNamedProject(request: Request): string | null {
  const given = request.query["project"]
  if (given === undefined) return null
  const parsed = AtlasId.safeParse(given)
  if (parsed.success) return parsed.data
  throw new AppError("project_not_found", { detail: "An Atlas id has 24 hexadecimal digits (0-9, a-f)." })
}
