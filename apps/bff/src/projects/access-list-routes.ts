import type { AccessListEntry, Routes } from "@peering-desk/shared-schemas"
import type { ApiHandlers } from "#http/api-handler.ts"
import { nameEntry } from "./add-to-access-list.ts"
import { changeProject, type ChangeProjectDeps } from "./change-project.ts"
import { shownMaxAgeMs, type ProjectCache } from "./project-cache.ts"

interface AccessListDeps extends ChangeProjectDeps {
  projectCache: ProjectCache
}

export function createAccessListHandlers(deps: AccessListDeps) {
  const { projectCache, projectChanges } = deps

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
      async post({ request, response, params: { projectId }, body: { entry, reason } }) {
        const asked = { request, response, projectId, reason, plan: entry }
        const answer = await changeProject(deps, projectChanges["access-list-add"], asked)
        return "approval" in answer ? answer : await withStatus(projectId, answer)
      },
    },
  } satisfies ApiHandlers<Routes, "accessList">
}
