import type { AccessListEntry, AddToAccessList } from "@peering-desk/shared-schemas"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import { runAudited, type AuditedDeps } from "#audit/run-audited.ts"
import { createLimiter, type Limiter } from "#base/limiter.ts"
import type { AskedBy } from "./requester.ts"

/** What stands for an entry in Atlas's addresses: its block, or its security group. */
export function nameEntry({
  cidrBlock,
  ipAddress,
  awsSecurityGroup,
}: Pick<AccessListEntry, "cidrBlock" | "ipAddress" | "awsSecurityGroup">): string {
  return cidrBlock ?? awsSecurityGroup ?? ipAddress ?? ""
}

export interface AddingParts extends AuditedDeps {
  atlas: AtlasClient
  /** Told of a project whose access list is not any more as it was. */
  accessListChanged: (projectId: string) => void
}

type AddEntry = (askedBy: AskedBy, entry: AddToAccessList["entry"]) => Promise<AccessListEntry>

/**
 * Builds what adds entries to the access lists of projects: one after another in a project, as Atlas asks. An entry that is there
 * already gets the new comment, so what it was goes into the trail. When the answer is lost, the list tells.
 */
export function createAccessListAdder(parts: AddingParts): AddEntry {
  const { accessListChanged, atlas } = parts
  const lines = new Map<string, Limiter>()

  return async ({ projectId, ...askedBy }, entry) => {
    const line = lines.get(projectId) ?? createLimiter(1)
    lines.set(projectId, line)
    return await line(async () => {
      const find = async () => {
        const entries = await atlas.listAccessList(projectId)
        return entries.find((one) => nameEntry(one) === nameEntry(entry)) ?? null
      }
      const what = { action: "access-list-add", peeringId: null, request: entry } as const
      return await runAudited(
        parts,
        { ...what, before: await find(), ...askedBy, projectId },
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
