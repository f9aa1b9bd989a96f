import { isPolicyCode } from "@peering-desk/shared-schemas"
import type { PolicyFindings } from "@peering-desk/peering-rules"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import { AppError } from "#base/app-error.ts"
import type { Policies } from "./policies.ts"

/**
 * Builds a client that adds the policies which forbid a change to Atlas's refusal of it, since Atlas does not name them.
 * @param getPolicies called at a refusal; policies are judged by what polls read over this client
 */
export function namePolicies(atlas: AtlasClient, getPolicies: () => Policies): AtlasClient {
  async function name<T>(
    projectId: string,
    sent: Promise<T>,
    judge: () => Promise<PolicyFindings | null>,
  ): Promise<T> {
    return await sent.catch(async (thrown: unknown) => {
      const refusal = thrown instanceof AppError ? thrown.shown.atlas : undefined
      if (!(thrown instanceof AppError) || refusal === undefined || !isPolicyCode(refusal.errorCode ?? ""))
        throw thrown
      getPolicies().forget(projectId)
      const found = listForbidding(await judge())
      throw new AppError(thrown.code, {
        ...thrown.shown,
        atlas: { ...refusal, ...(found.length > 0 && { policies: found }) },
        cause: thrown,
      })
    })
  }
  return {
    ...atlas,
    createPeer: (id, request) =>
      name(id, atlas.createPeer(id, request), () => getPolicies().judgeCreate(id, request, null)),
    changePeer: (id, peerId, fields) =>
      name(id, atlas.changePeer(id, peerId, fields), () => getPolicies().judgeChange(id, peerId, fields)),
    deletePeer: (id, peerId) =>
      name(id, atlas.deletePeer(id, peerId), () => getPolicies().judgeChange(id, peerId, null)),
    addToAccessList: (id, entry) =>
      name(id, atlas.addToAccessList(id, entry), () => getPolicies().judgeEntry(id, entry)),
  }
}

/** The most that a refusal names. */
const mostNamed = 5

/** Lists the policies that forbid by either reading; first the ones that forbid by both. */
function listForbidding(findings: PolicyFindings | null) {
  const those = (says: string) => (findings?.rulings ?? []).filter((ruling) => ruling.says === says)
  return [...those("forbids"), ...those("may-forbid")]
    .slice(0, mostNamed)
    .map(({ name, description }) => ({ name, description }))
}
