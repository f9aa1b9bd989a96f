import { PeeringDraft } from "@peering-desk/shared-schemas"
import { Router, type Request } from "express"
import { allowOnly } from "#http/allow-methods.ts"
import { readJsonBody } from "#http/json-body.ts"
import { parseBody, parseProjectId } from "#http/parse-request.ts"
import { userOf } from "#sign-in/require-user.ts"
import { preflight } from "./preflight.ts"
import type { SnapshotReader } from "./snapshot-reader.ts"

/** `POST /api/projects/{projectId}/preflight`. Whoever gets here may view the project; nothing is changed anywhere. */
export function createPreflightRouter({ snapshotReader }: { snapshotReader: SnapshotReader }): Router {
  const router = Router({ mergeParams: true })
  router
    .route("/")
    .post(readJsonBody, async (request: Request, response) => {
      const projectId = parseProjectId(request)
      const draft = parseBody(request, PeeringDraft)
      response.json(await preflight(snapshotReader, projectId, userOf(request).access, draft))
    })
    .all(allowOnly("POST"))
  return router
}
