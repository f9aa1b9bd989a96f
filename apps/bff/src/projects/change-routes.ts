import type { AccessListEntry, HeldForApproval, Routes } from "@peering-desk/shared-schemas"
import type { Request, Response } from "express"
import { askForChange, type AskingDeps } from "#changes/engine/ask-for-change.ts"
import type { ApiHandlers } from "#http/api-handler.ts"
import { refuseForbidden, type Policies } from "#policies/policies.ts"
import { nameEntry } from "./add-to-access-list.ts"
import { shownMaxAgeMs, type ProjectCache } from "./project-cache.ts"
import type { ProjectKinds } from "./project-changes.ts"
import type { ProjectKind } from "./project-kind.ts"

interface ChangeRoutesDeps extends AskingDeps {
  kinds: ProjectKinds
  projectCache: ProjectCache
  policies: Pick<Policies, "judgeEntry">
}

interface ChangeCall {
  request: Request
  response: Response
  params: { projectId: string }
  body: { reason: string }
}

/** Shows what can be changed in a project beside its connections, and changes it: containers, settings and the access list. */
export function createProjectChangeHandlers(deps: ChangeRoutesDeps) {
  const { projectCache, kinds } = deps
  const of = ({ params: { projectId } }: { params: { projectId: string } }) => projectCache.of(projectId)

  /** Sends a change of a project, or holds it where another person has to approve it. */
  async function change<Plan, Result, Before>(
    { request, response, params: { projectId }, body: { reason } }: ChangeCall,
    kind: ProjectKind<Plan, Result, Before>,
    plan: Plan,
  ): Promise<Result | HeldForApproval> {
    const asking = { request, response, projectId, reason }
    return await askForChange(deps, asking, kind, { subject: kind.toSubject(plan), plan })
  }

  /** Adds an entry's status; null when it is not asked for or can't be read. */
  async function withStatus(
    projectId: string,
    entry: AccessListEntry,
    wanted = true,
  ): Promise<AccessListEntry> {
    return { ...entry, status: wanted ? await projectCache.of(projectId).readStatus(nameEntry(entry)) : null }
  }

  return {
    containers: {
      get: async (call) => ({ containers: await of(call).containers.show(shownMaxAgeMs) }),
      post: (call) => change(call, kinds["container-create"], call.body.container),
    },
    container: {
      async delete(call) {
        const plan = { providerName: call.query.providerName, containerId: call.params.containerId }
        const answer = await change(call, kinds["container-delete"], plan)
        return answer === true ? undefined : answer
      },
    },
    clusters: {
      get: async (call) => ({ clusters: await of(call).clusters.show(shownMaxAgeMs) }),
    },
    customDns: {
      get: (call) => of(call).customDns.show(shownMaxAgeMs),
      patch: (call) => change(call, kinds["custom-dns-change"], { enabled: call.body.enabled }),
    },
    privateIpMode: {
      get: (call) => of(call).privateIpMode.show(shownMaxAgeMs),
      patch: (call) => change(call, kinds["private-ip-mode-change"], { enabled: call.body.enabled }),
    },
    accessList: {
      async get(call) {
        const wanted = [call.query.status ?? []].flat()
        const entries = await of(call).accessList.show(shownMaxAgeMs)
        const told = entries.map((entry) =>
          withStatus(call.params.projectId, entry, wanted.includes(nameEntry(entry))),
        )
        return { entries: await Promise.all(told) }
      },
      async post(call) {
        const { entry } = call.body
        refuseForbidden(
          await deps.policies.judgeEntry(call.params.projectId, entry),
          `${nameEntry(entry)} on the access list`,
        )
        const answer = await change(call, kinds["access-list-add"], entry)
        return "approval" in answer ? answer : await withStatus(call.params.projectId, answer)
      },
    },
  } satisfies ApiHandlers<
    Routes,
    "containers" | "container" | "clusters" | "customDns" | "privateIpMode" | "accessList"
  >
}
