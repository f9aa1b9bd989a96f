import { setTimeout as wait } from "node:timers/promises"
import { readingRoleArn, type Sandbox } from "@peering-desk/atlas-simulator/sandboxes"
import {
  apiUrls,
  approvalUrls,
  cloudUrls,
  readStatus,
  type AccessList,
  type ApprovalList,
  type CloudAccount,
  type CloudAccountList,
  type ContainerList,
  type PeeringList,
  type ProjectHandOffList,
} from "@peering-desk/shared-schemas"
import type { Simulator } from "@peering-desk/atlas-simulator"
import { Refusal } from "./answer.ts"
import type { People } from "./people.ts"
import type { World } from "./world.ts"

const askAgainMs = 250
const giveUpMs = 30_000

/** Puts the project of a scene back to its beginning, at Atlas and in the product. Resolves when the product shows it so. */
export async function prepare(sandbox: Sandbox, people: People, world: World): Promise<void> {
  const { projectId } = sandbox
  await Promise.all([withdrawApprovals(projectId, people), revokeLinks(projectId, people)])
  await world("DELETE", "/faults")
  await world("POST", "/reset", { project: projectId })
  await Promise.all([readAccount(sandbox, people), showReset(projectId, people, world)])
}

/** Withdraws what waits for an approval; of the demo's people only Nadia's requests do. */
async function withdrawApprovals(projectId: string, people: People): Promise<void> {
  const { approvals } = await people.ask<ApprovalList>("olivia", "GET", approvalUrls.approvals())
  for (const { id } of approvals.filter((one) => one.projectId === projectId && one.state === "waiting"))
    await people.ask("nadia", "POST", approvalUrls.withdrawApproval(id), {})
}

async function revokeLinks(projectId: string, people: People): Promise<void> {
  const links = await people.ask<ProjectHandOffList>("olivia", "GET", apiUrls.projectHandOffs(projectId))
  for (const { id, peeringId } of links.handOffs)
    await people.ask("olivia", "DELETE", apiUrls.handOff(projectId, peeringId, id))
}

/** Has the product read the AWS account of the project, if it has a role for that, which it connects when it has to. */
async function readAccount(sandbox: Sandbox, people: People): Promise<void> {
  if (!("isConnected" in sandbox)) return
  const { projectId, name, network } = sandbox
  const roleArn = readingRoleArn(network.awsAccountId)
  const { accounts } = await people.ask<CloudAccountList>("olivia", "GET", cloudUrls.cloudAccounts())
  const known = accounts.find((one) => one.projectId === projectId && one.roleArn === roleArn)
  if (known !== undefined)
    return await people.ask("olivia", "POST", cloudUrls.checkCloudAccount(known.id), {})
  const begun = { projectId, name }
  const { id } = await people.ask<CloudAccount>("olivia", "POST", cloudUrls.cloudAccounts(), begun)
  await people.ask("olivia", "PUT", cloudUrls.cloudRole(id), { roleArn })
}

/** Has the product poll until it lists what the simulated Atlas has. */
async function showReset(projectId: string, people: People, world: World): Promise<void> {
  for (const begun = performance.now(); performance.now() - begun < giveUpMs; await wait(askAgainMs)) {
    const { projects } = (await world("GET", "/state")) as ReturnType<Simulator["state"]>
    const atAtlas = projects.filter(({ id }) => id === projectId)
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
    const there = atAtlas.flatMap(({ peers, containers, accessList }) => [
      ...peers.map(({ id, status }) => `${id} ${status}`),
      ...containers.map(({ id }) => id),
      ...accessList.map(({ value }) => value),
    ])
    if (shown.length === there.length && there.every((one) => shown.includes(one))) return
    // A list is polled at most once in five seconds, a connection in three.
    for (const { id } of peerings.slice(0, 1))
      await people.send({ as: "olivia", method: "POST", path: apiUrls.pollNow(projectId, id), body: {} })
  }
  throw new Refusal(504, "The product doesn't show yet that the scene's project was put back.")
}
