import type { AccessListEntry, Routes } from "@peering-desk/shared-schemas"
import type { ApiHandlers } from "#http/api-handler.ts"
import { createAccessListAdder, nameEntry, type AccessListChangeDeps } from "./add-to-access-list.ts"
import { shownMaxAgeMs, type ProjectCache } from "./project-cache.ts"
import { toRequester } from "./requester.ts"

interface AccessListDeps extends AccessListChangeDeps {
  projectCache: ProjectCache
}

export function createAccessListHandlers(deps: AccessListDeps) {
  const { projectCache } = deps
  const add = createAccessListAdder(deps)

  /** Adds an entry's status; null when it is not asked for or can't be read. */
  async function withStatus(
    projectId: string,
    entry: AccessListEntry,
    wanted = true,
  ): Promise<AccessListEntry> {
    return { ...entry, status: wanted ? await projectCache.of(projectId).readStatus(nameEntry(entry)) : null }
  }

  return {
    accessList: {
      async get({ params: { projectId }, query }) {
        const wanted = [query.status ?? []].flat()
        const entries = await projectCache.of(projectId).accessList.show(shownMaxAgeMs)
        const told = entries.map((entry) => withStatus(projectId, entry, wanted.includes(nameEntry(entry))))
        return { entries: await Promise.all(told) }
      },
      async post({ request, params: { projectId }, body: { entry, reason } }) {
        const added = await add(toRequester(request, projectId, reason), entry)
        return await withStatus(projectId, added)
      },
    },
  } satisfies ApiHandlers<Routes, "accessList">
}
