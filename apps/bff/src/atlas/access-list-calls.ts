import { AccessListEntry, type AddToAccessList } from "@peering-desk/shared-schemas"
import { readAnswered, readList, type Answered } from "./atlas-answers.ts"
import type { CallDeps } from "./call-deps.ts"

export interface AccessListCalls {
  listAccessList(projectId: string): Promise<AccessListEntry[]>
  /** Adds an entry, or replaces the comment of a known one. Atlas wants one such call at a time in a project. */
  addToAccessList(projectId: string, entry: AddToAccessList["entry"]): Promise<Answered<unknown>>
  /** Returns ACTIVE, PENDING, FAILED or an unknown word. */
  readAccessListStatus(projectId: string, entry: string): Promise<string>
}

/** Builds the calls that read a project's IP access list and add to it (Atlas: Project IP Access List). */
export function createAccessListCalls({ call, listAll, paths }: CallDeps): AccessListCalls {
  return {
    async listAccessList(projectId) {
      const entries = await listAll(paths.accessList(projectId))
      return entries.flatMap((raw) => {
        const { data } = AccessListEntry.safeParse(raw)
        return data === undefined ? [] : [data]
      })
    },
    addToAccessList: (projectId, entry) =>
      call({
        path: paths.accessList(projectId),
        change: { method: "POST", body: [entry] },
        read: readAnswered(readList),
      }),
    readAccessListStatus: (projectId, entry) =>
      call({ path: paths.accessListStatus(projectId, entry), read: readStatusWord }),
  }
}

/** Reads the status. Atlas's example has its key in capitals. */
function readStatusWord(body: unknown): string | null {
  if (typeof body !== "object" || body === null) return null
  const word: unknown = "STATUS" in body ? body.STATUS : "status" in body ? body.status : null
  return typeof word === "string" ? word : null
}
