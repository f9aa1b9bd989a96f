import type { Answer, Call, Endpoint, ProjectCall } from "#resources/endpoint.ts"
import { buildKeyEndpoints, buildProjectEndpoints } from "#resources/endpoint.ts"
import { AtlasError } from "#resources/errors.ts"
import { toIsoSeconds } from "#resources/groups.ts"
import type { Json } from "#resources/json.ts"
import { toPage } from "#resources/paging.ts"
import { allowOnly, parseFields } from "#resources/request-body.ts"
import { readOrg } from "./gate.ts"
import { secretLifeHours, type AccessTokens, type AccountSecret } from "./service-accounts.ts"

type Described = NonNullable<ReturnType<AccessTokens["describe"]>>

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

/** Writes an account with its roles in the organisation, or in one project. */
function toAccountJson({ account, secrets }: Described, roles: string[], now: number): Json {
  return {
    clientId: account.clientId,
    createdAt: toIsoSeconds(secrets[0]?.createdAt ?? now),
    description: "Simulated",
    name: "simulated account",
    roles,
    secrets: secrets.map(toSecretJson),
  }
}

/** Lists the blocks that an account may be used from; none of them means anywhere. */
function listAccess(call: Call, { account, secrets }: Described): Answer {
  const createdAt = toIsoSeconds(secrets[0]?.createdAt ?? call.now)
  const toEntry = (cidrBlock: string): Json => ({
    cidrBlock,
    ...(cidrBlock.endsWith("/32") && { ipAddress: cidrBlock.slice(0, -3) }),
    createdAt,
    requestCount: 0,
  })
  return { status: 200, body: toPage(call, account.accessList ?? [], toEntry) }
}

/** Creates the endpoints of the organisation's service accounts, by organisation and by project, and of their secrets. */
export function createServiceAccountEndpoints(tokens: AccessTokens): Endpoint[] {
  function findAccount({ params, path }: Call): Described {
    const found = tokens.describe(params["account"] ?? "")
    if (found === null) throw new AtlasError("RESOURCE_NOT_FOUND", [`/api/atlas/v2${path}`])
    return found
  }

  function findOfOrg(call: Call): Described {
    readOrg(call)
    return findAccount(call)
  }

  const rolesIn = ({ account }: Described, projectId: string) =>
    account.roles.flatMap((role) => ("groupId" in role && role.groupId === projectId ? [role.roleName] : []))

  function findOfProject(call: ProjectCall): Described {
    const found = findAccount(call)
    if (rolesIn(found, call.project.id).length === 0)
      throw new AtlasError("RESOURCE_NOT_FOUND", [`/api/atlas/v2${call.path}`])
    return found
  }

  function show(call: Call): Answer {
    const found = findOfOrg(call)
    const roles = found.account.roles.flatMap((role) => ("orgId" in role ? [role.roleName] : []))
    return { status: 200, body: toAccountJson(found, roles, call.now) }
  }

  function showOfProject(call: ProjectCall): Answer {
    const found = findOfProject(call)
    return { status: 200, body: toAccountJson(found, rolesIn(found, call.project.id), call.now) }
  }

  function addSecret(call: Call): Answer {
    const { account } = findOfOrg(call)
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
    javaResource: "ApiAtlasServiceAccountsResource",
    onlyOnV2: true,
    versions: [{ date: "2024-08-05" }],
  } as const
  const ofOrg = "orgs/:orgId/serviceAccounts/:account"
  const ofProject = "serviceAccounts/:account"
  return [
    ...buildKeyEndpoints({ ...common, limit: "service-accounts" }, [
      ["GET", ofOrg, "getServiceAccount", show],
      [
        "GET",
        `${ofOrg}/accessList`,
        "listServiceAccountAccessList",
        (call) => listAccess(call, findOfOrg(call)),
      ],
      ["POST", `${ofOrg}/secrets`, "createServiceAccountSecret", addSecret],
    ]),
    ...buildProjectEndpoints({ ...common, limit: "service-accounts-of-project" }, [
      ["GET", ofProject, "getProjectServiceAccount", showOfProject],
      [
        "GET",
        `${ofProject}/accessList`,
        "listProjectServiceAccountAccessList",
        (call) => listAccess(call, findOfProject(call)),
      ],
    ]),
  ]
}
