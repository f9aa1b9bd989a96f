import type { AccessListEntry, AddToAccessList } from "@peering-desk/shared-schemas"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import { createLimiter, type Limiter } from "#base/limiter.ts"
import type { Policies } from "#policies/policies.ts"
import type { ProjectCache } from "./project-cache.ts"
import { createProjectKind } from "./project-kind.ts"

/** Returns the name of an entry in Atlas's paths: its CIDR or its security group. */
export function nameEntry({
  cidrBlock,
  ipAddress,
  awsSecurityGroup,
}: Pick<AccessListEntry, "cidrBlock" | "ipAddress" | "awsSecurityGroup">): string {
  return cidrBlock ?? awsSecurityGroup ?? ipAddress ?? ""
}

/** Returns the comment of an entry, empty where Atlas leaves it out; null without an entry. */
function toComment(entry: AccessListEntry | null): string | null {
  return entry && (entry.comment ?? "")
}

/**
 * A new entry of an access list, one after another in a project as Atlas requires. An existing entry gets the new comment, so the audit
 * log stores the old one.
 */
export function createAccessListAddition({
  atlas,
  policies,
  projectCache,
}: {
  atlas: AtlasClient
  policies: Pick<Policies, "judgeEntry" | "nameInRefusal">
  projectCache: ProjectCache
}) {
  const limiters = new Map<string, Limiter>()
  const find = async (projectId: string, entry: AddToAccessList["entry"]) => {
    const entries = await atlas.listAccessList(projectId)
    return entries.find((one) => nameEntry(one) === nameEntry(entry)) ?? null
  }
  return createProjectKind<AddToAccessList["entry"], AccessListEntry, AccessListEntry | null>({
    action: "access-list-add",
    toActions: () => ["access-list"],
    toSubject: nameEntry,
    readBefore: ({ projectId, plan }) => find(projectId, plan),
    async send({ projectId, plan }) {
      const sent = atlas.addToAccessList(projectId, plan)
      const judge = () => policies.judgeEntry(projectId, plan)
      const { answerCode } = await policies.nameInRefusal(projectId, sent, judge)
      return { value: plan, answerCode }
    },
    async findOut({ projectId, plan, before }) {
      const found = await find(projectId, plan)
      const comment = toComment(found)
      if (comment === plan.comment) return { is: "done", result: plan }
      return { is: comment === toComment(before) ? "not-done" : "neither" }
    },
    toAfter: (added) => added,
    noteChanged: (projectId) => projectCache.of(projectId).accessList.expire(),
    inTurn(projectId) {
      const limiter = limiters.get(projectId) ?? createLimiter(1)
      limiters.set(projectId, limiter)
      return limiter
    },
  })
}
