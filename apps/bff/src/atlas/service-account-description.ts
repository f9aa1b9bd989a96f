import { RawAnswer } from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import { createLimiter } from "#base/limiter.ts"
import type { ServiceAccount } from "#atlas/auth/atlas-credential.ts"
import { rightsCodes } from "#atlas/protocol/atlas-errors.ts"
import { readAccountSecrets, type AccountSecret } from "./account-secrets.ts"
import type { CallDeps } from "./resource-calls.ts"
import { toAccessBlock, type KeyDescription, type KeyRole, type SeenProject } from "./key-description.ts"

/** The outcome of reading a service account in its organization or in one project. */
interface AccountRead {
  /** `not-allowed`: Atlas says that the account lacks the role for this read. `absent`: it has no role in the project. */
  roles: string[] | "not-allowed" | "absent" | "unknown"
  secrets: AccountSecret[] | null
}

const readsAtOnce = 4

/**
 * Reads what Atlas tells a service account of itself (Atlas: Service Accounts). Its roles in the organization take Organization Read
 * Only to read, those in a project Project Read Only.
 * @param served the projects whose roles matter
 */
export async function describeServiceAccount(
  deps: CallDeps,
  account: ServiceAccount,
  seen: readonly SeenProject[],
  served: readonly SeenProject[],
): Promise<Omit<KeyDescription, "projects" | "readsPolicies">> {
  const { paths } = deps
  const limit = createLimiter(readsAtOnce)
  const orgId = seen.map((project) => project.orgId).find((id) => id !== null) ?? null
  const orgPath = orgId === null ? null : paths.serviceAccount(orgId, account.clientId)
  const ofOrg = await readAccount(deps, orgPath, account)
  const owns = ofOrg.roles.includes("ORG_OWNER")
  const ofProjects = await Promise.all(
    (owns ? [] : served).map(async ({ id }) => {
      const path = paths.projectServiceAccount(id, account.clientId)
      return { id, path, ...(await limit(() => readAccount(deps, path, account))) }
    }),
  )
  const inProject = ofProjects.find(({ roles }) => Array.isArray(roles))
  return {
    roles: toRoles([{ projectId: null, orgId, ...ofOrg }, ...ofProjects.map(toProjectRead)]),
    // An owner of the organization may read it, so a refusal leaves no role there that adds a right.
    unknownIn: ofOrg.roles === "unknown" ? seen.map(({ id }) => id) : listUnknown(ofProjects),
    accessList: await readAccessList(deps, Array.isArray(ofOrg.roles) ? orgPath : inProject?.path),
    secrets: ofOrg.secrets ?? inProject?.secrets ?? null,
  }
}

type ProjectRead = AccountRead & { id: string }

const toProjectRead = ({ id, ...read }: ProjectRead) => ({ ...read, projectId: id, orgId: null })

function toRoles(reads: readonly (AccountRead & Pick<KeyRole, "projectId" | "orgId">)[]): KeyRole[] | null {
  if (reads.every(({ roles }) => !Array.isArray(roles))) return null
  return reads.flatMap(({ roles, projectId, orgId }) =>
    Array.isArray(roles) ? roles.map((roleName) => ({ roleName, projectId, orgId })) : [],
  )
}

function listUnknown(reads: readonly ProjectRead[]): string[] {
  return reads.filter(({ roles }) => roles === "unknown" || roles === "not-allowed").map(({ id }) => id)
}

async function readAccount(
  { call, paths, logger }: CallDeps,
  path: string | null,
  { clientSecret }: ServiceAccount,
): Promise<AccountRead> {
  if (path === null) return { roles: "unknown", secrets: null }
  try {
    return await call<AccountRead>({
      path,
      mediaType: paths.serviceAccountMediaType,
      read: (body) => ({ roles: readRoles(body), secrets: readAccountSecrets(body, clientSecret) }),
    })
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const { status, errorCode } = error.shown.atlas ?? {}
    logger.debug({ path, code: error.code, status, errorCode }, "Atlas does not describe the service account")
    if (rightsCodes.has(errorCode ?? "")) return { roles: "not-allowed", secrets: null }
    return { roles: status === 404 ? "absent" : "unknown", secrets: null }
  }
}

/** An answer without roles is not one without rights. */
function readRoles(body: unknown): string[] | "unknown" {
  const roles = RawAnswer.safeParse(body).data?.["roles"]
  return Array.isArray(roles) ? roles.filter((role) => typeof role === "string") : "unknown"
}

async function readAccessList(
  { listAll, paths, logger }: CallDeps,
  path: string | null | undefined,
): Promise<string[] | null> {
  if (path == null) return null
  try {
    const entries = await listAll(`${path}/accessList`, {}, paths.serviceAccountMediaType)
    return entries.flatMap((entry) => toAccessBlock(entry) ?? [])
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    logger.debug({ path, code: error.code }, "Atlas does not list the access list of the service account")
    return null
  }
}
