import type { Answer, Call, Endpoint } from "#resources/endpoint.ts"
import { AtlasError } from "#resources/errors.ts"
import { toIsoSeconds } from "#resources/groups.ts"
import type { Json } from "#resources/json.ts"
import { allowOnly, parseFields } from "#resources/request-body.ts"
import { secretLifeHours, type AccessTokens, type AccountSecret } from "./service-accounts.ts"

/** Writes a secret without its value, of which Atlas shows the end. */
function toSecretJson({ id, value, createdAt, expiresAt, lastUsedAt }: AccountSecret) {
  return {
    id,
    createdAt: toIsoSeconds(createdAt),
    expiresAt: toIsoSeconds(expiresAt),
    maskedSecretValue: `mdb_sa_sk_${"*".repeat(8)}${value.slice(-4)}`,
    ...(lastUsedAt !== null && { lastUsedAt: toIsoSeconds(lastUsedAt) }),
  } satisfies Json
}

/** Creates the endpoints of the organisation's service accounts and of their secrets. */
export function createServiceAccountEndpoints(tokens: AccessTokens): Endpoint[] {
  function find({ principal, params, path }: Call) {
    const found = tokens.describe(params["account"] ?? "")
    const ofOrg = principal.roles.some((role) => "orgId" in role && role.orgId === params["orgId"])
    if (!ofOrg) throw new AtlasError("USER_CANNOT_ACCESS_ORG")
    if (found === null) throw new AtlasError("RESOURCE_NOT_FOUND", [`/api/atlas/v2${path}`])
    return found
  }

  function show(call: Call): Answer {
    const { account, secrets } = find(call)
    const body = {
      clientId: account.clientId,
      createdAt: toIsoSeconds(secrets[0]?.createdAt ?? call.now),
      description: "Simulated",
      name: "simulated account",
      roles: account.roles.flatMap((role) => ("orgId" in role ? [role.roleName] : [])),
      secrets: secrets.map(toSecretJson),
    }
    return { status: 200, body }
  }

  function addSecret(call: Call): Answer {
    const { account } = find(call)
    if (!call.principal.roles.some(({ roleName }) => roleName === "ORG_OWNER"))
      throw new AtlasError("USER_UNAUTHORIZED")
    const fields = parseFields(call.body)
    allowOnly(fields, ["secretExpiresAfterHours"], [])
    const { secretExpiresAfterHours: hours } = fields
    if (hours === undefined) throw new AtlasError("MISSING_ATTRIBUTE", ["secretExpiresAfterHours"])
    const { least, most } = secretLifeHours
    if (typeof hours !== "number" || !Number.isInteger(hours) || hours < least || hours > most)
      throw new AtlasError("INVALID_ATTRIBUTE", ["secretExpiresAfterHours"])
    const added = tokens.addSecret(account.clientId, hours)
    // There are two secrets at most. Atlas's own code for a third is not known.
    if (added === null) throw new AtlasError("INVALID_ATTRIBUTE", ["secrets"])
    return { status: 201, body: { ...toSecretJson(added), secret: added.value } }
  }

  const common = {
    scope: "key",
    limit: "service-accounts",
    onlyOnV2: true,
    versions: [{ date: "2024-08-05" }],
  } as const
  const pattern = "orgs/:orgId/serviceAccounts/:account"
  const resource = "ApiAtlasServiceAccountsResource"
  return [
    { ...common, method: "GET", pattern, javaMethod: `${resource}::getServiceAccount`, handle: show },
    {
      ...common,
      method: "POST",
      pattern: `${pattern}/secrets`,
      javaMethod: `${resource}::createServiceAccountSecret`,
      handle: addSecret,
    },
  ]
}
