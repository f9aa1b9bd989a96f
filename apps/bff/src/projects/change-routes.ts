import type { AccessListEntry, HeldForApproval, Routes } from "@peering-desk/shared-schemas"
import type { Request, Response } from "express"
import { acceptHeld, type ApprovalGate } from "#changes/engine/approval-gate.ts"
import type { ChangingDeps } from "#changes/engine/changes.ts"
import { runProjectChange, type ProjectChange } from "#changes/engine/project-change.ts"
import type { ApiHandlers } from "#http/api-handler.ts"
import { nameEntry } from "./add-to-access-list.ts"
import { shownMaxAgeMs, type ProjectCache } from "./project-cache.ts"
import type { ProjectChanges } from "./project-changes.ts"
import { toRequester } from "./requester.ts"

interface ChangeRoutesDeps extends ChangingDeps {
  approvals: ApprovalGate
  projectChanges: ProjectChanges
  projectCache: ProjectCache
}

interface ChangeCall {
  request: Request
  response: Response
  params: { projectId: string }
  body: { reason: string }
}

/** Shows what can be changed in a project beside its connections, and changes it: containers, settings and the access list. */
export function createProjectChangeHandlers(deps: ChangeRoutesDeps) {
  const { approvals, projectCache, projectChanges } = deps
  const of = ({ params: { projectId } }: { params: { projectId: string } }) => projectCache.of(projectId)

  /** Sends a change of a project, or holds it where another person has to approve it. */
  async function change<Plan extends object, Result>(
    { request, response, params: { projectId }, body: { reason } }: ChangeCall,
    kind: ProjectChange<Plan, Result>,
    plan: Plan,
  ): Promise<Result | HeldForApproval> {
    const held = await approvals.hold(request, projectId, { kind: kind.action, plan, reason })
    if (held !== null) return acceptHeld(response, held)
    return await runProjectChange(deps, kind, toRequester(request, projectId, reason), plan)
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
      post: (call) => change(call, projectChanges["container-create"], call.body.container),
    },
    container: {
      async delete(call) {
        const plan = { providerName: call.query.providerName, containerId: call.params.containerId }
        const answer = await change(call, projectChanges["container-delete"], plan)
        return answer === true ? undefined : answer
      },
    },
    clusters: {
      get: async (call) => ({ clusters: await of(call).clusters.show(shownMaxAgeMs) }),
    },
    customDns: {
      get: (call) => of(call).customDns.show(shownMaxAgeMs),
      patch: (call) => change(call, projectChanges["custom-dns-change"], { enabled: call.body.enabled }),
    },
    privateIpMode: {
      get: (call) => of(call).privateIpMode.show(shownMaxAgeMs),
      patch: (call) => change(call, projectChanges["private-ip-mode-change"], { enabled: call.body.enabled }),
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
        const answer = await change(call, projectChanges["access-list-add"], call.body.entry)
        return "approval" in answer ? answer : await withStatus(call.params.projectId, answer)
      },
    },
  } satisfies ApiHandlers<
    Routes,
    "containers" | "container" | "clusters" | "customDns" | "privateIpMode" | "accessList"
  >
}
