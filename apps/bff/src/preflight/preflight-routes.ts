import type { Routes } from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import type { ApiHandlers } from "#http/api-handler.ts"
import { parseAtlasId } from "#http/parse-request.ts"
import type { RoleGuards } from "#sign-in/require-role.ts"
import { userOf } from "#sign-in/require-user.ts"
import { preflight } from "./preflight.ts"
import type { SnapshotReader } from "./snapshot-reader.ts"

export function createPreflightHandlers({ snapshotReader }: { snapshotReader: SnapshotReader }) {
  return {
    preflight: {
      post: ({ request, params, body }) =>
        preflight(snapshotReader, params.projectId, userOf(request).access, body),
    },
  } satisfies ApiHandlers<Routes, "preflight">
}

export function createAddressSpaceHandlers({
  snapshotReader,
  guards,
}: {
  snapshotReader: SnapshotReader
  guards: Pick<RoleGuards, "check">
}) {
  return {
    addressSpace: {
      async get({ request, query }) {
        const named = query.project === undefined ? null : parseAtlasId(query.project, "project_not_found")
        if (named !== null) await guards.check(request, "viewer", named)
        const projects = await snapshotReader.readAll(userOf(request).access, named)
        if (named !== null && !projects.some(({ project }) => project.id === named))
          throw new AppError("project_not_found")
        return { projects }
      },
    },
  } satisfies ApiHandlers<Routes, "addressSpace">
}
