import type { SecretReport } from "@peering-desk/shared-schemas"

const clientId = `"\${ATLAS_CLIENT_ID:?Set it to the client ID}"`
const organizationId = `"\${ATLAS_ORG_ID:?Set it to the organization ID}"`

/**
 * Writes the call that makes a second secret, by the Atlas CLI. Atlas shows the secret in that answer only, so it goes into a new
 * file that only this user can read. Nothing is sent while a value is missing or the file exists.
 */
export function formatAddSecret({ orgId }: Pick<SecretReport, "orgId">): string {
  return [
    "(umask 077 && set -C &&",
    `  : ${[...(orgId === null ? [organizationId] : []), clientId].join(" ")} &&`,
    `  { printf '{"secretExpiresAfterHours": 8760}' |`,
    `    ${formatCall("createOrgSecret", orgId)}; } > new-atlas-secret.json)`,
  ].join("\n")
}

/** Writes the call that deletes a secret. */
export function formatDeleteSecret({ orgId }: Pick<SecretReport, "orgId">, secretId: string): string {
  return `${formatCall("deleteOrgSecret", orgId)} --secretId ${secretId}`
}

/** The ids have hexadecimal digits only, as the server has checked. */
function formatCall(name: string, orgId: string | null): string {
  return `atlas api serviceAccounts ${name} --version 2024-08-05 --orgId ${orgId ?? organizationId} --clientId ${clientId}`
}
