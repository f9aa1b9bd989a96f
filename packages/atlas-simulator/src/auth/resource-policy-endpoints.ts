import type { Answer, Call, Endpoint, Simulation } from "#resources/endpoint.ts"
import { buildKeyEndpoints } from "#resources/endpoint.ts"
import { AtlasError } from "#resources/errors.ts"
import { toIsoSeconds } from "#resources/groups.ts"
import type { Json } from "#resources/json.ts"
import type { Policy } from "#world/policies.ts"
import { readOrg } from "./gate.ts"

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
  function listOfOrg(call: Call): Policy[] {
    const orgId = readOrg(call)
    return simulation.world().policies.filter((policy) => policy.orgId === orgId)
  }

  const list = (call: Call): Answer => ({ status: 200, body: listOfOrg(call).map(toPolicyJson) })
  function show(call: Call): Answer {
    const policy = listOfOrg(call).find(({ id }) => id === call.params["policyId"])
    if (policy === undefined) throw new AtlasError("RESOURCE_NOT_FOUND", [`/api/atlas/v2${call.path}`])
    return { status: 200, body: toPolicyJson(policy) }
  }

  const pattern = "orgs/:orgId/resourcePolicies"
  return buildKeyEndpoints(
    {
      javaResource: "ApiAtlasResourcePoliciesResource",
      limit: "resource-policies",
      onlyOnV2: true,
      versions: [{ date: "2024-08-05" }],
    },
    [
      ["GET", pattern, "getResourcePolicies", list],
      ["GET", `${pattern}/:policyId`, "getResourcePolicy", show],
    ],
  )
}
