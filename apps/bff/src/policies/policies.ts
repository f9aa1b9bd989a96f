import { checkPolicies, type PolicyFindings } from "@peering-desk/peering-rules"
import { isPolicyCode, type AccessListEntry, type AtlasPeer } from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import { PolicyJudge, type PolicyJudgeDeps } from "./policy-judge.ts"

interface PoliciesDeps extends PolicyJudgeDeps {
  /** Returns the peerings of a project; null when some are not known. */
  peersOf: (projectId: string) => readonly AtlasPeer[] | null
  /** Returns the access list of a project; null when it is not known. */
  entriesOf: (projectId: string) => Promise<readonly AccessListEntry[] | null>
}

/** The most that a refusal names. */
const mostNamed = 5

/** An entry of the access list, or one that is sent. */
type Address = { [Name in "cidrBlock" | "ipAddress"]?: string | null | undefined }

/** Says what the resource policies of the organization make of each change that they govern. */
export class Policies {
  readonly #deps: PoliciesDeps
  readonly #judge: PolicyJudge

  constructor(deps: PoliciesDeps) {
    this.#deps = deps
    this.#judge = new PolicyJudge(deps)
  }

  /** Waits for the answer to a change. Adds the policies which forbid it to Atlas's refusal, since Atlas does not name them. */
  async nameInRefusal<T>(
    projectId: string,
    sent: Promise<T>,
    judge: () => Promise<PolicyFindings | null>,
  ): Promise<T> {
    return await sent.catch(async (thrown: unknown) => {
      const refusal = thrown instanceof AppError ? thrown.shown.atlas : undefined
      if (!(thrown instanceof AppError) || refusal === undefined || !isPolicyCode(refusal.errorCode ?? ""))
        throw thrown
      // Atlas knows others than we do.
      this.#deps.policiesOf(projectId).expire()
      const found = listForbidding(await judge())
      throw thrown.explain({ atlas: { ...refusal, ...(found.length > 0 && { policies: found }) } })
    })
  }

  /**
   * Judges a new peering; null while its network is not complete.
   * @param request the fields that are sent, any of them empty
   * @param without id of a peering that is deleted before; null for none
   */
  async judgeCreate(
    projectId: string,
    request: object,
    without: string | null,
  ): Promise<PolicyFindings | null> {
    const added = toConnection(request)
    if (added === null) return null
    return await this.#judgePeers(projectId, (peers) => {
      const before = peers.filter(({ id }) => id !== without).map(toConnection)
      return [before, [...before, added]]
    })
  }

  /** Judges an edit of a peering, or its deletion when there are no fields. */
  async judgeChange(projectId: string, peeringId: string, fields: object | null): Promise<PolicyFindings> {
    return await this.#judgePeers(projectId, (peers) => {
      const after = peers.flatMap((peer) => {
        if (peer.id !== peeringId) return [toConnection(peer)]
        return fields === null ? [] : [toConnection({ ...peer, ...fields })]
      })
      return [peers.map(toConnection), after]
    })
  }

  /** Judges a new entry of the access list. A security group has no address, so what depends on addresses is not decided. */
  async judgeEntry(projectId: string, entry: Address): Promise<PolicyFindings> {
    const entries = await this.#deps.entriesOf(projectId)
    const added = toAddress(entry)
    const before = entries?.map(toAddress).filter((one) => one !== null) ?? null
    return await this.#judge.judge({
      projectId,
      action: "project.ipAccessList.modify",
      toSets() {
        if (before === null) return notRead
        return added === null
          ? { unknown: "a security group has no address to compare" }
          : { before, after: [...before, added] }
      },
    })
  }

  async #judgePeers(
    projectId: string,
    toBoth: (peers: readonly AtlasPeer[]) => [before: (string | null)[], after: (string | null)[]],
  ): Promise<PolicyFindings> {
    const peers = this.#deps.peersOf(projectId)
    return await this.#judge.judge({
      projectId,
      action: "project.vpcPeering.modify",
      toSets: () => (peers === null ? notRead : toSets(toBoth(peers))),
    })
  }
}

/** Lists the policies that forbid by either reading; first the ones that forbid by both. */
function listForbidding(findings: PolicyFindings | null) {
  const those = (says: string) => (findings?.rulings ?? []).filter((ruling) => ruling.says === says)
  return [...those("forbids"), ...those("may-forbid")]
    .slice(0, mostNamed)
    .map(({ name, description }) => ({ name, description }))
}

const notRead = { unknown: "what the project has now couldn't be read from Atlas" }

/** Returns both, unless something in them is not known. */
function toSets([before, after]: [before: (string | null)[], after: (string | null)[]]) {
  const known = (set: (string | null)[]) => set.filter((one) => one !== null)
  const isKnown = !before.includes(null) && !after.includes(null)
  return isKnown ? { before: known(before), after: known(after) } : notRead
}

const connectionFields = {
  AWS: ["awsAccountId", "vpcId", "routeTableCidrBlock"],
  AZURE: ["azureSubscriptionId", "resourceGroupName", "vnetName"],
  GCP: ["gcpProjectId", "networkName"],
} satisfies Record<AtlasPeer["providerName"], string[]>

/** Names a peering as policies do: `aws:<account>:<vpc>:<block>`; null when a part is missing. */
function toConnection(peer: object): string | null {
  const values = new Map<string, unknown>(Object.entries(peer))
  const cloud = values.get("providerName")
  if (cloud !== "AWS" && cloud !== "AZURE" && cloud !== "GCP") return null
  const parts = connectionFields[cloud].map((name) => values.get(name))
  const isWhole = parts.every((part) => typeof part === "string" && part !== "")
  return isWhole ? [cloud.toLowerCase(), ...parts].join(":") : null
}

/** Returns the address of an entry as policies see it; any block of every IPv4 address is 0.0.0.0/0. */
function toAddress({ cidrBlock, ipAddress }: Address): string | null {
  const block = cidrBlock ?? ipAddress
  if (block == null || block === "") return null
  return block.endsWith("/0") && !block.includes(":") ? "0.0.0.0/0" : block
}

/** @throws AppError `preflight_refused` when a policy forbids a change by the state before it and by the one after it */
export function refuseForbidden(findings: PolicyFindings, subject: string): void {
  const red = checkPolicies(findings, subject, {}).filter(({ status }) => status === "red")
  if (red.length > 0)
    throw new AppError("preflight_refused", { detail: red.map(({ says }) => says).join(". ") })
}
