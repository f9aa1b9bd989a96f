import type { AtlasApiVersion } from "@peering-desk/shared-schemas"
import { AtlasCredential, type DigestKey, type ServiceAccount } from "./atlas-credential.ts"
import { readCredentialsFile, type WrittenCredential } from "./credentials-file.ts"

/** Values of the environment about credentials, with secrets already read from files. */
export interface CredentialVariables {
  ATLAS_PUBLIC_KEY?: string | undefined
  ATLAS_PRIVATE_KEY?: string | undefined
  ATLAS_CLIENT_ID?: string | undefined
  ATLAS_CLIENT_SECRET?: string | undefined
  /** The path of a JSON file with several credentials. */
  ATLAS_CREDENTIALS_FILE?: string | undefined
}

/**
 * Reads the credentials from the environment's values. Reads files; never throws.
 * @param apiVersion what ATLAS_API_VERSION asks for; undefined where it is not set or could not be read
 * @returns them with all errors, a line each, without any value that could be a secret
 */
export function parseCredentials(variables: CredentialVariables, apiVersion: AtlasApiVersion | undefined) {
  const mistakes: string[] = []
  const { written, isOneWay } = readWritten(variables, mistakes)
  for (const credential of written) mistakes.push(...findKeyMistakes(credential, apiVersion))
  // Two ways have one label each, which is no second mistake.
  if (isOneWay) mistakes.push(...findConflicts(written))
  return {
    credentials: written.map(({ label, key, projects }) => new AtlasCredential(label, key, projects)),
    mistakes,
  }
}

function readWritten(
  variables: CredentialVariables,
  mistakes: string[],
): { written: WrittenCredential[]; isOneWay: boolean } {
  const digest = [variables.ATLAS_PUBLIC_KEY, variables.ATLAS_PRIVATE_KEY]
  const account = [variables.ATLAS_CLIENT_ID, variables.ATLAS_CLIENT_SECRET]
  const file = variables.ATLAS_CREDENTIALS_FILE || undefined
  const ways = [
    ...(digest.some(Boolean) ? ["ATLAS_PUBLIC_KEY and ATLAS_PRIVATE_KEY"] : []),
    ...(account.some(Boolean) ? ["ATLAS_CLIENT_ID and ATLAS_CLIENT_SECRET"] : []),
    ...(file === undefined ? [] : ["ATLAS_CREDENTIALS_FILE"]),
  ]
  if (ways.length === 0)
    mistakes.push(
      "ATLAS_PUBLIC_KEY and ATLAS_PRIVATE_KEY are missing: an Atlas API key (or ATLAS_CLIENT_ID and ATLAS_CLIENT_SECRET, or ATLAS_CREDENTIALS_FILE)",
    )
  if (ways.length > 1)
    mistakes.push(`${ways.join("; ")}: keep one way; ATLAS_CREDENTIALS_FILE takes several credentials`)
  const written = [
    ...readPair("ATLAS_PUBLIC_KEY", "ATLAS_PRIVATE_KEY", digest, mistakes, (publicKey, privateKey) => ({
      publicKey,
      privateKey,
    })),
    ...readPair("ATLAS_CLIENT_ID", "ATLAS_CLIENT_SECRET", account, mistakes, (clientId, clientSecret) => ({
      clientId,
      clientSecret,
    })),
    ...(file === undefined ? [] : readCredentialsFile(file, mistakes)),
  ]
  return { written, isOneWay: ways.length <= 1 }
}

function readPair(
  idName: string,
  secretName: string,
  [id = "", secret = ""]: (string | undefined)[],
  mistakes: string[],
  toKey: (id: string, secret: string) => DigestKey | ServiceAccount,
): WrittenCredential[] {
  if (id === "" && secret === "") return []
  if (id === "") mistakes.push(`${idName} is missing, though ${secretName} is set`)
  if (secret === "")
    mistakes.push(`${secretName} (or ${secretName}_FILE) is missing, though ${idName} is set`)
  if (id === "" || secret === "") return []
  return [{ label: "default", projects: "*", key: toKey(id, secret), at: { id: idName, secret: secretName } }]
}

function findKeyMistakes({ key, at }: WrittenCredential, apiVersion: AtlasApiVersion | undefined): string[] {
  const [id, secret] = "publicKey" in key ? [key.publicKey, key.privateKey] : [key.clientId, key.clientSecret]
  const mistakes = [[id, at.id] as const, [secret, at.secret] as const].flatMap(([value, place]) =>
    /^[\x21-\x7e]+$/.test(value)
      ? []
      : [`${place} must be one word of ASCII, without blanks and line breaks`],
  )
  if (id === secret) mistakes.push(`${at.id} and ${at.secret} are the same`)
  if ("publicKey" in key) {
    // The public part is shown in places, so a secret in its place has to be found here.
    if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id))
      mistakes.push(`${at.id} looks like a private key; are the two swapped?`)
    return mistakes
  }
  if (!id.startsWith("mdb_sa_id_"))
    mistakes.push(`${at.id} must begin with mdb_sa_id_, as the ids of service accounts do`)
  if (apiVersion === "v1.0")
    mistakes.push(
      `${at.id} is a service account, which Atlas does not accept on v1.0: remove ATLAS_API_VERSION=v1.0`,
    )
  return mistakes
}

function findConflicts(written: readonly WrittenCredential[]): string[] {
  const idOf = ({ key }: WrittenCredential) => ("publicKey" in key ? key.publicKey : key.clientId)
  const named = written.flatMap(({ label, projects }) =>
    projects === "*" ? [] : projects.map((project) => ({ label, project })),
  )
  return [
    ...repeated(written, ({ label }) => label).map(
      ([{ label }]) => `ATLAS_CREDENTIALS_FILE: the label "${label}" is given more than once`,
    ),
    ...repeated(written, idOf).map(([one, other]) => `${one.at.id} and ${other.at.id} are the same key`),
    ...repeated(named, ({ project }) => project).map(
      ([one, other]) =>
        `ATLAS_CREDENTIALS_FILE: project ${one.project} is named more than once: by "${one.label}" and by "${other.label}"`,
    ),
  ]
}

/** Finds each entry that repeats an earlier one, with that one before it. */
function repeated<T>(entries: readonly T[], key: (entry: T) => string): [T, T][] {
  const first = new Map<string, T>()
  const pairs: [T, T][] = []
  for (const entry of entries) {
    const before = first.get(key(entry))
    if (before === undefined) first.set(key(entry), entry)
    else pairs.push([before, entry])
  }
  return pairs
}
