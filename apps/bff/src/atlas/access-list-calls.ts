import { AccessListEntry, type AddToAccessList } from "@peering-desk/shared-schemas"
import { readAnswered, readList, type Answered } from "./atlas-answers.ts"
import type { CallDeps } from "./call-deps.ts"

export interface AccessListCalls {
  listAccessList(projectId: string): Promise<AccessListEntry[]>
  /** A value that the list has already gets the new comment. Atlas asks for one such call at a time in a project. */
  addToAccessList(projectId: string, entry: AddToAccessList["entry"]): Promise<Answered<unknown>>
  /** ACTIVE, PENDING or FAILED, or a word we do not know. */
  readAccessListStatus(projectId: string, entry: string): Promise<string>
}

/** Reads and lengthens a project's IP access list (Atlas: Project IP Access List). */
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

/** The key is written in capitals in Atlas's example. */
function readStatusWord(body: unknown): string | null {
  if (typeof body !== "object" || body === null) return null
  const word: unknown = "STATUS" in body ? body.STATUS : "status" in body ? body.status : null
  return typeof word === "string" ? word : null
}
