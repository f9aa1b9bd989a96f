import { isForbidden, type PolicyQuestion } from "#world/cedar.ts"
import type { Policy } from "#world/policies.ts"
import { isOfOrg, mayReadOrg } from "#world/roles.ts"
import type { AccessListEntry, Project, Target, World } from "#world/world.ts"
import type { Answer, Call, Endpoint, Simulation } from "./endpoint.ts"
import { AtlasError } from "./errors.ts"
import { toIsoSeconds } from "./groups.ts"
import type { Json } from "./json.ts"

const author: Json = { id: "5c47503320eef5699e1cce01", name: "simowner" }

function toPolicyJson({ id, orgId, name, description, bodies, createdAt }: Policy): Json {
  const at = toIsoSeconds(createdAt)
  return {
    createdByUser: author,
    createdDate: at,
    description: description ?? undefined,
    id,
    lastUpdatedByUser: author,
    lastUpdatedDate: at,
    name,
    orgId,
    policies: bodies.map(({ id: bodyId, body }) => ({ body, id: bodyId })),
    version: "v1",
  }
}

/** Creates the endpoints of the organisation's resource policies. Their list is a bare array without pages. */
export function createResourcePolicyEndpoints(simulation: Simulation): Endpoint[] {
  function listOfOrg({ principal, params }: Call): Policy[] {
    const orgId = params["orgId"] ?? ""
    if (!isOfOrg(principal, orgId)) throw new AtlasError("USER_CANNOT_ACCESS_ORG")
    if (!mayReadOrg(principal, orgId)) throw new AtlasError("USER_UNAUTHORIZED")
    return simulation.world().policies.filter((policy) => policy.orgId === orgId)
  }

  const list = (call: Call): Answer => ({ status: 200, body: listOfOrg(call).map(toPolicyJson) })
  function show(call: Call): Answer {
    const policy = listOfOrg(call).find(({ id }) => id === call.params["policyId"])
    if (policy === undefined) throw new AtlasError("RESOURCE_NOT_FOUND", [`/api/atlas/v2${call.path}`])
    return { status: 200, body: toPolicyJson(policy) }
  }

  const common = {
    scope: "key",
    method: "GET",
    limit: "resource-policies",
    onlyOnV2: true,
    versions: [{ date: "2024-08-05" }],
  } as const
  const pattern = "orgs/:orgId/resourcePolicies"
  const resource = "ApiAtlasResourcePoliciesResource"
  return [
    { ...common, pattern, javaMethod: `${resource}::getResourcePolicies`, handle: list },
    {
      ...common,
      pattern: `${pattern}/:policyId`,
      javaMethod: `${resource}::getResourcePolicy`,
      handle: show,
    },
  ]
}

/** Throws Atlas's 403 when a policy forbids a change of what the project has, by the world's reading of before and after. */
function checkPolicies(
  world: World,
  project: Project,
  action: PolicyQuestion["action"],
  name: string,
  [before, after]: readonly [before: PolicySet, after: PolicySet],
): void {
  const set = world.policyReading === "before" ? before : after
  const { id: projectId, orgId } = project
  const isViolated = world.policies.some(
    (policy) =>
      policy.orgId === orgId &&
      policy.bodies.some(({ body }) =>
        isForbidden(body, { action, projectId, orgId, project: { [name]: set } }),
      ),
  )
  if (isViolated) throw new AtlasError("ATLAS_RESOURCE_POLICIES_VIOLATION_NOT_AUTHORIZED")
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

/** Checks a change of a project's peers: one is made, changed or deleted. That a deletion is checked too is a guess. */
export function checkPeeringPolicies(
  world: World,
  project: Project,
  change: { from: Target | null; to: Target | null },
): void {
  const targets = project.peers.map(({ target }) => target)
  const kept = targets.filter((target) => target !== change.from)
  const after = change.to === null ? kept : [...kept, change.to]
  checkPolicies(world, project, "project.vpcPeering.modify", "peeringConnections", [
    targets.map(toConnection),
    after.map(toConnection),
  ])
}

/** Any block of every IPv4 address is 0.0.0.0/0 to policies. Security groups have no address, so they are not among them. */
const toAddresses = (entries: readonly AccessListEntry[]) =>
  entries
    .filter(({ kind }) => kind !== "awsSecurityGroup")
    .map(({ value }) => ({ ip: value.endsWith("/0") ? "0.0.0.0/0" : value }))

/** Checks a change of a project's access list. */
export function checkAccessListPolicies(
  world: World,
  project: Project,
  after: readonly AccessListEntry[],
): void {
  checkPolicies(world, project, "project.ipAccessList.modify", "ipAccessList", [
    toAddresses(project.accessList),
    toAddresses(after),
  ])
}
