import { isForbidden, type PolicyQuestion } from "./cedar.ts"
import type { AccessListEntry, Project, Target, World } from "./world.ts"

/** Returns true when a policy forbids a change of what the project has, by the world's reading of before and after. */
function isForbiddenBy(
  world: World,
  project: Project,
  action: PolicyQuestion["action"],
  name: string,
  [before, after]: readonly [before: PolicySet, after: PolicySet],
): boolean {
  const set = world.policyReading === "before" ? before : after
  const { id: projectId, orgId } = project
  return world.policies.some(
    (policy) =>
      policy.orgId === orgId &&
      policy.bodies.some(({ body }) =>
        isForbidden(body, { action, projectId, orgId, project: { [name]: set } }),
      ),
  )
}

type PolicySet = PolicyQuestion["project"][string]

function toConnection(target: Target): string {
  switch (target.providerName) {
    case "AWS":
      return `aws:${target.awsAccountId}:${target.vpcId}:${target.routeTableCidrBlock}`
    case "GCP":
      return `gcp:${target.gcpProjectId}:${target.networkName}`
    case "AZURE":
      return `azure:${target.azureSubscriptionId}:${target.resourceGroupName}:${target.vnetName}`
  }
}

/** Returns true when a policy forbids that a peer is made, changed or deleted. That a deletion is checked too is a guess. */
export function forbidsPeering(
  world: World,
  project: Project,
  change: { from: Target | null; to: Target | null },
): boolean {
  const targets = project.peers.map(({ target }) => target)
  const kept = targets.filter((target) => target !== change.from)
  const after = change.to === null ? kept : [...kept, change.to]
  return isForbiddenBy(world, project, "project.vpcPeering.modify", "peeringConnections", [
    targets.map(toConnection),
    after.map(toConnection),
  ])
}

/** Any block of every IPv4 address is 0.0.0.0/0 to policies. Security groups have no address, so they are not among them. */
const toAddresses = (entries: readonly AccessListEntry[]) =>
  entries
    .filter(({ kind }) => kind !== "awsSecurityGroup")
    .map(({ value }) => ({ ip: value.endsWith("/0") ? "0.0.0.0/0" : value }))

/** Returns true when a policy forbids an access list. */
export function forbidsAccessList(
  world: World,
  project: Project,
  after: readonly AccessListEntry[],
): boolean {
  return isForbiddenBy(world, project, "project.ipAccessList.modify", "ipAccessList", [
    toAddresses(project.accessList),
    toAddresses(after),
  ])
}
