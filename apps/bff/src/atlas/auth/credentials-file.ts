import { readFileSync } from "node:fs"
import { dirname, resolve } from "node:path"
import { AtlasId } from "@peering-desk/shared-schemas"
import * as z from "zod/mini"
import { describeNoJson, readJson, toFieldNames } from "#base/json-text.ts"
import type { DigestKey, ServiceAccount } from "./atlas-credential.ts"

/** One entry of the file; `at` says where the parts of its key are. */
export interface WrittenCredential {
  label: string
  projects: readonly string[] | "*"
  key: DigestKey | ServiceAccount
  at: { id: string; secret: string }
}

const text = z.optional(z.string("must be a text"))
const longestLabel = 60

const CredentialsFile = z.object(
  {
    credentials: z.array(z.unknown(), 'must be a list named "credentials"').check(z.minLength(1, "is empty")),
  },
  'must be an object with a list named "credentials"',
)

const Entry = z.strictObject(
  {
    label: z
      .string("is missing: the name people know this credential by")
      .check(
        z.regex(
          /^[\p{L}\p{N}][\p{L}\p{N} ._()-]*$/u,
          "must be a short name of letters, digits, blanks and . _ - ( )",
        ),
      )
      .check(z.maxLength(longestLabel, `may have ${longestLabel} characters at most`)),
    publicKey: text,
    privateKey: text,
    privateKeyFile: text,
    clientId: text,
    clientSecret: text,
    clientSecretFile: text,
    projects: z.union(
      [z.literal("*"), z.array(AtlasId).check(z.minLength(1, "is empty"))],
      'must be "*" or a list of project ids of 24 hexadecimal digits (0-9, a-f) each',
    ),
  },
  "must be an object",
)
type Entry = z.infer<typeof Entry>

/**
 * Reads `{ "credentials": [ { "label", "publicKey", "privateKey" or "privateKeyFile", "projects" }, … ] }`; a service account has
 * `clientId` and `clientSecret` or `clientSecretFile` instead. Paths are relative to the file's folder.
 * Adds errors to `mistakes` and leaves out the credentials that have them.
 */
export function readCredentialsFile(path: string, mistakes: string[]): WrittenCredential[] {
  const note = (mistake: string) => void mistakes.push(`ATLAS_CREDENTIALS_FILE: ${mistake}`)
  const { text: json, unread } = readText(path)
  const content = readJson(json)
  if (content === undefined) {
    note(unread ?? `the file ${describeNoJson(json)}`)
    return []
  }
  const file = CredentialsFile.safeParse(content)
  if (!file.success) {
    for (const { path: at, message } of file.error.issues)
      note(`${at.map(String).join(".") || "the file"} ${message}`)
    return []
  }
  return file.data.credentials.flatMap((raw, index) => {
    // From 1 on, as in the messages about files of rules.
    const place = `credentials[${index + 1}]`
    const entry = Entry.safeParse(raw)
    if (entry.success) return readEntry(entry.data, place, dirname(path), note)
    for (const issue of entry.error.issues) note(describeIssue(issue, place))
    return []
  })
}

function readEntry(
  entry: Entry,
  place: string,
  folder: string,
  note: (mistake: string) => void,
): WrittenCredential[] {
  const { label, projects, publicKey, clientId } = entry
  const isDigest = [publicKey, entry.privateKey, entry.privateKeyFile].some((part) => part !== undefined)
  const isAccount = [clientId, entry.clientSecret, entry.clientSecretFile].some((part) => part !== undefined)
  if (isDigest === isAccount) {
    const [has, and] = isDigest ? ["has both", "and"] : ["has neither", "nor"]
    note(
      `${place} ${has} an API key (publicKey, privateKey) ${and} a service account (clientId, clientSecret)`,
    )
    return []
  }
  const [idName, secretName] = isDigest
    ? (["publicKey", "privateKey"] as const)
    : (["clientId", "clientSecret"] as const)
  const id = entry[idName]?.trim()
  if (!id) note(`${place}.${idName} is missing`)
  const secret = readSecret(entry, secretName, place, folder, note)
  if (!id || secret === null) return []
  const key = isDigest ? { publicKey: id, privateKey: secret } : { clientId: id, clientSecret: secret }
  const named = (name: string) => `ATLAS_CREDENTIALS_FILE: ${place}.${name}`
  return [{ label, projects, key, at: { id: named(idName), secret: named(secretName) } }]
}

function readSecret(
  entry: Entry,
  name: "privateKey" | "clientSecret",
  place: string,
  folder: string,
  note: (mistake: string) => void,
): string | null {
  const [given, file] = [entry[name], entry[`${name}File`]]
  if (given !== undefined && file !== undefined) {
    note(`${place}.${name} and ${place}.${name}File are both given; keep one`)
    return null
  }
  // Not repeated here, since somebody may have put the secret in the place of the path.
  const { text: read, unread } =
    file === undefined ? { text: (given ?? "").trim(), unread: null } : readText(resolve(folder, file))
  if (unread !== null) note(`${place}.${name}File ${unread}`)
  else if (read === "") note(`${place}.${name} (or ${name}File) is missing or empty`)
  return read || null
}

function describeIssue(issue: z.core.$ZodIssue, place: string): string {
  if (issue.code !== "unrecognized_keys") {
    const steps = issue.path.map((step) => (typeof step === "number" ? `[${step + 1}]` : `.${String(step)}`))
    return `${place}${steps.join("")} ${issue.message}`
  }
  return `${place} has fields that do not belong there: ${toFieldNames(issue.keys)}`
}

/** Returns the text of a file, or why it can't be read. The path is left out: it may be the secret itself. */
function readText(path: string): { text: string; unread: string | null } {
  try {
    return { text: readFileSync(path, "utf8").trim(), unread: null }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return { text: "", unread: `names a file that can't be read (${code})` }
  }
}
