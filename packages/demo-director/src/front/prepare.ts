import { setTimeout as wait } from "node:timers/promises"
import { readingRoleArn, sandboxes } from "@peering-desk/atlas-simulator/sandboxes"
import {
  apiUrls,
  approvalUrls,
  cloudUrls,
  type AccessList,
  type Approval,
  type ApprovalList,
  type AtlasPeer,
  type CloudAccount,
  type CloudAccountList,
  type ContainerList,
  type PeeringList,
  type ProjectHandOffList,
} from "@peering-desk/shared-schemas"
import { Refusal } from "./demo-api.ts"
import type { People } from "./people.ts"
import type { World } from "./world.ts"

const askAgainMs = 250
const giveUpMs = 30_000

/** Puts the project of a scene back to its beginning, at Atlas and in the product. Resolves when the product shows it so. */
export async function prepare(projectId: string, people: People, world: World): Promise<void> {
  await Promise.all([withdrawApprovals(projectId, people), revokeLinks(projectId, people)])
  await world.call("DELETE", "/faults")
  await world.call("POST", "/reset", { project: projectId })
  await Promise.all([readAccount(projectId, people, world), showReset(projectId, people, world)])
}

async function withdrawApprovals(projectId: string, people: People): Promise<void> {
  const waiting: Approval[] = []
  let before: string | null = null
  do {
    const query: Record<string, string> = before === null ? {} : { before }
    const page: ApprovalList = await people.ask("olivia", "GET", approvalUrls.approvals(query))
    waiting.push(...page.approvals.filter((one) => one.projectId === projectId && one.state === "waiting"))
    before = page.nextBefore
  } while (before !== null)
  for (const { id, requestedBy } of waiting)
    await people.ask(
      requestedBy.email?.startsWith("nadia@") === true ? "nadia" : "olivia",
      "POST",
      approvalUrls.withdrawApproval(id),
      {},
    )
}

async function revokeLinks(projectId: string, people: People): Promise<void> {
  const links = await people.ask<ProjectHandOffList>("olivia", "GET", apiUrls.projectHandOffs(projectId))
  for (const { id, peeringId } of links.handOffs)
    await people.ask("olivia", "DELETE", apiUrls.handOff(projectId, peeringId, id))
}

/** Has the product read the AWS account of the project, if it has a role for that, which it connects when it has to. */
async function readAccount(projectId: string, people: People, world: World): Promise<void> {
  const sandbox = Object.values(sandboxes).find((one) => one.projectId === projectId)
  if (sandbox === undefined || !("awsAccountId" in sandbox.network)) return
  const roleArn = readingRoleArn(sandbox.network.awsAccountId)
  const { roles } = (await world.call("GET", "/reading-roles")) as { roles: { arn: string }[] }
  if (!roles.some(({ arn }) => arn === roleArn)) return
  const { accounts } = await people.ask<CloudAccountList>("olivia", "GET", cloudUrls.cloudAccounts())
  const connected = accounts.find((one) => one.projectId === projectId && one.roleArn === roleArn)
  if (connected !== undefined)
    return await people.ask("olivia", "POST", cloudUrls.checkCloudAccount(connected.id), {})
  const begun = await people.ask<CloudAccount>("olivia", "POST", cloudUrls.cloudAccounts(), {
    projectId,
    name: sandbox.name,
  })
  await people.ask("olivia", "PUT", cloudUrls.cloudRole(begun.id), { roleArn })
}

/** Has the product poll until it lists what the simulated Atlas has. */
async function showReset(projectId: string, people: People, world: World): Promise<void> {
  for (const begun = performance.now(); performance.now() - begun < giveUpMs; await wait(askAgainMs)) {
    const atAtlas = await world.readProject(projectId)
    const [{ peerings }, { containers }, { entries }] = await Promise.all([
      people.ask<PeeringList>("olivia", "GET", apiUrls.peerings(projectId)),
      people.ask<ContainerList>("olivia", "GET", apiUrls.containers(projectId)),
      people.ask<AccessList>("olivia", "GET", apiUrls.accessList(projectId)),
    ])
    const shown = [
      ...peerings.map(({ id, peer }) => `${id} ${readStatus(peer)}`),
      ...containers.map(({ id }) => id),
      ...entries.map(({ cidrBlock, awsSecurityGroup }) => awsSecurityGroup ?? cidrBlock),
    ]
    const there = [
      ...atAtlas.peers.map(({ id, status }) => `${id} ${status}`),
      ...atAtlas.containers.map(({ id }) => id),
      ...atAtlas.accessList.map(({ value }) => value),
    ]
    if (shown.length === there.length && there.every((one) => shown.includes(one))) return
    // A list is polled at most once in five seconds, a connection in three.
    for (const { id } of peerings.slice(0, 1))
      await people.send({ as: "olivia", method: "POST", path: apiUrls.pollNow(projectId, id), body: {} })
  }
  throw new Refusal(504, "The product doesn't show yet that the scene's project was put back.")
}

function readStatus(peer: AtlasPeer): string {
  return String(peer.providerName === "AWS" ? peer.statusName : peer.status)
}
