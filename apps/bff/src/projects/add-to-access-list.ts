import type { AccessListEntry, AddToAccessList } from "@peering-desk/shared-schemas"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import { createLimiter, type Limiter } from "#base/limiter.ts"
import type { ChangeKind } from "#changes/engine/change-kind.ts"
import type { ChangingDeps } from "#changes/engine/changes.ts"
import type { Requester } from "./requester.ts"

/** Returns the name of an entry in Atlas's paths: its CIDR or its security group. */
export function nameEntry({
  cidrBlock,
  ipAddress,
  awsSecurityGroup,
}: Pick<AccessListEntry, "cidrBlock" | "ipAddress" | "awsSecurityGroup">): string {
  return cidrBlock ?? awsSecurityGroup ?? ipAddress ?? ""
}

export interface AccessListChangeDeps extends ChangingDeps {
  atlas: AtlasClient
  /** Called when the access list of a project changed. */
  accessListChanged: (projectId: string) => void
}

type AddEntry = (requester: Requester, entry: AddToAccessList["entry"]) => Promise<AccessListEntry>

/**
 * Builds a function that adds entries to access lists, one after another per project as Atlas requires. An existing entry gets the new
 * comment, so the audit log stores the old one. If the answer is lost, looks at the list.
 */
export function createAccessListAdder(deps: AccessListChangeDeps): AddEntry {
  const { accessListChanged, atlas, changes } = deps
  const kind = createAccessListKind(atlas)
  const limiters = new Map<string, Limiter>()

  return async (requester, entry) => {
    const { projectId } = requester
    const limiter = limiters.get(projectId) ?? createLimiter(1)
    limiters.set(projectId, limiter)
    return await limiter(async () => {
      const before = await find(atlas, projectId, entry)
      const about = { subject: nameEntry(entry), peeringId: null, before, plan: entry }
      return await changes.run(kind, { ...requester, ...about }).finally(() => accessListChanged(projectId))
    })
  }
}

type AccessListCalls = Pick<AtlasClient, "addToAccessList" | "listAccessList">
type NewEntry = AddToAccessList["entry"]

export function createAccessListKind(atlas: AccessListCalls): ChangeKind<NewEntry, AccessListEntry> {
  return {
    action: "access-list-add",
    async send({ projectId, plan }) {
      const { answerCode } = await atlas.addToAccessList(projectId, plan)
      return { value: plan, answerCode }
    },
    async findOut({ projectId, plan, before }) {
      const found = await find(atlas, projectId, plan)
      if (found?.comment === plan.comment) return { is: "done", result: plan }
      const was = before as AccessListEntry | null
      return { is: found?.comment === was?.comment ? "not-done" : "neither" }
    },
    toAfter: (added) => added,
  }
}

async function find(
  atlas: AccessListCalls,
  projectId: string,
  entry: NewEntry,
): Promise<AccessListEntry | null> {
  const entries = await atlas.listAccessList(projectId)
  return entries.find((one) => nameEntry(one) === nameEntry(entry)) ?? null
}
