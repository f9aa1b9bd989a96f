import type { Routes } from "@peering-desk/shared-schemas"
import type { ApiHandlers } from "#http/api-handler.ts"
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
