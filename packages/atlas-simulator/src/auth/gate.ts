import type { IncomingMessage } from "node:http"
import type { ApiVersion, Call, Endpoint } from "#resources/endpoint.ts"
import { AtlasError } from "#resources/errors.ts"
import { isOfOrg, mayChange, mayReadOrg, maySee, type ChangeRole, type Principal } from "#world/roles.ts"
import type { Project, World } from "#world/world.ts"
import { isOnAccessList, toIpv4, type KeyRing } from "./api-keys.ts"
import { verifyDigest } from "./digest-verifier.ts"
import type { Nonces } from "./nonces.ts"
import type { Limits, RateLimiter } from "./rate-limits.ts"
import type { AccessTokens } from "./service-accounts.ts"

/** The stores and settings that decide on admitting a request. */
export type Gate = {
  keys: KeyRing
  tokens: AccessTokens
  nonces: Nonces
  limits: Limits
  limiter: RateLimiter
}

/** Finds the caller of a request, or the challenge it needs. Only v2 takes Bearer tokens. */
export function identify(
  gate: Gate,
  request: { method: string; target: string; version: ApiVersion; authorization: string | undefined },
): Principal | { stale: boolean } {
  const { method, target, version, authorization } = request
  if (authorization === undefined) return { stale: false }
  const token = /^Bearer\s+(\S+)$/i.exec(authorization)?.[1]
  if (token !== undefined) return (version === "v2" ? gate.tokens.find(token) : null) ?? { stale: false }
  const verdict = verifyDigest({
    header: authorization,
    method,
    target,
    nonces: gate.nonces,
    findSecret: (publicKey) => gate.keys.find(publicKey)?.privateKey ?? null,
  })
  if (verdict.publicKey === null) return { stale: verdict.stale }
  return gate.keys.find(verdict.publicKey) ?? { stale: false }
}

/** Throws the 403 of a key that may not be used from the sender's address. */
export function checkAddress(principal: Principal, request: IncomingMessage): void {
  if (principal.accessList === null) return
  const address = toIpv4(request.socket.remoteAddress ?? "")
  if (principal.accessList.length === 0) throw new AtlasError("ORG_REQUIRES_ACCESS_LIST", [address])
  if (!isOnAccessList(address, principal.accessList))
    throw new AtlasError("IP_ADDRESS_NOT_ON_ACCESS_LIST", [address])
}

/** Finds the project of a path; throws GROUP_NOT_FOUND, or NOT_IN_GROUP when the caller has no role on it. */
export function findProject(world: World, principal: Principal, groupId: string): Project {
  const project = world.projects.find((one) => one.id === groupId)
  if (project === undefined) throw new AtlasError("GROUP_NOT_FOUND", [groupId])
  if (!maySee(principal, project)) throw new AtlasError("NOT_IN_GROUP")
  return project
}

/** Returns the organisation of a path; throws for a caller who may not read it. */
export function readOrg({ principal, params }: Call): string {
  const orgId = params["orgId"] ?? ""
  if (!isOfOrg(principal, orgId)) throw new AtlasError("USER_CANNOT_ACCESS_ORG")
  if (!mayReadOrg(principal, orgId)) throw new AtlasError("USER_UNAUTHORIZED")
  return orgId
}

/** Throws USER_UNAUTHORIZED when a role does not suffice for a change, and the 402 of a project without payment. */
export function checkMayChange(principal: Principal, project: Project, needs: ChangeRole): void {
  if (!mayChange(principal, project, needs)) throw new AtlasError("USER_UNAUTHORIZED")
  if (!project.hasPayment) throw new AtlasError("NO_PAYMENT_INFORMATION_FOUND", [project.id])
}

/** Counts the request against its limit and returns the headers v2 sends; throws the 429. */
export function checkLimit(
  gate: Gate,
  call: {
    version: ApiVersion
    endpoint: Endpoint
    principal: Principal
    project: Project | null
    path: string
  },
): Record<string, string> {
  const owner = call.project?.id ?? call.principal.id
  if (call.version === "v2") {
    const group = call.endpoint.limit
    return gate.limiter.takeFromBucket(`${group}/${owner}`, gate.limits.v2[group], call.path)
  }
  if (call.project !== null) gate.limiter.takeFromWindow(`v1/${owner}`, gate.limits.v1PerMinute, call.path)
  return {}
}
