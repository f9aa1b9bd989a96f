import type { AccessListEntry, AddToAccessList } from "@peering-desk/shared-schemas"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import { runAudited, type AuditedDeps } from "#audit/run-audited.ts"
import { createLimiter, type Limiter } from "#base/limiter.ts"
import type { Requester } from "./requester.ts"

/** Returns the name of an entry in Atlas's paths: its CIDR or its security group. */
export function nameEntry({
  cidrBlock,
  ipAddress,
  awsSecurityGroup,
}: Pick<AccessListEntry, "cidrBlock" | "ipAddress" | "awsSecurityGroup">): string {
  return cidrBlock ?? awsSecurityGroup ?? ipAddress ?? ""
}

export interface AccessListChangeDeps extends AuditedDeps {
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
  const { accessListChanged, atlas } = deps
  const limiters = new Map<string, Limiter>()

  return async ({ projectId, ...requester }, entry) => {
    const limiter = limiters.get(projectId) ?? createLimiter(1)
    limiters.set(projectId, limiter)
    return await limiter(async () => {
      const find = async () => {
        const entries = await atlas.listAccessList(projectId)
        return entries.find((one) => nameEntry(one) === nameEntry(entry)) ?? null
      }
      const what = { action: "access-list-add", peeringId: null, request: entry } as const
      return await runAudited(
        deps,
        { ...what, before: await find(), ...requester, projectId },
        {
          send: async () => {
            const { answerCode } = await atlas.addToAccessList(projectId, entry)
            return { value: entry, answerCode }
          },
          lookUp: async () => {
            const found = await find()
            return found?.comment === entry.comment ? entry : null
          },
          toAfter: (added) => added,
        },
      ).finally(() => accessListChanged(projectId))
    })
  }
}
