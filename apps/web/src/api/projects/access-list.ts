import {
  apiUrls,
  type AccessList,
  type AccessListEntry,
  type AddToAccessList,
} from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { hasFields, orHeld } from "#api/answer.ts"
import { useChange } from "#api/change.ts"
import { readFieldOf } from "#api/reads.ts"

const isEntry = hasFields<AccessListEntry>("comment")
const listKey = (projectId: string) => ["access-list", projectId]
/** Atlas takes some seconds to open the door, in milliseconds. */
const pendingForMs = 5_000

/**
 * A project's IP access list. While one of the named entries is PENDING it is read again and again.
 * @param statusOf entries whose status is asked for too, each a call to Atlas; 10 at most
 */
export function accessListQuery(projectId: string, statusOf: readonly string[]) {
  const url = apiUrls.accessList(projectId, { status: statusOf })
  return queryOptions({
    queryKey: [...listKey(projectId), statusOf],
    queryFn: readFieldOf<AccessList, "entries">(url, "entries"),
    refetchInterval: ({ state }) =>
      state.data?.some(({ status }) => status === "PENDING") === true ? pendingForMs : false,
  })
}

/** Adds one entry to a project's access list. */
export function useAddToAccessList(projectId: string) {
  return useChange(
    (body: AddToAccessList) => ({
      url: apiUrls.accessList(projectId),
      isAnswer: orHeld(isEntry),
      method: "POST",
      body,
    }),
    { stale: [listKey(projectId)] },
  )
}
