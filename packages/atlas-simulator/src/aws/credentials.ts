import { randomBytes } from "node:crypto"
import type { RealTime } from "#world/clock.ts"

/** Somebody who calls AWS. `roleArn` is null for a user. */
export type AwsCaller = { arn: string; account: string; userId: string; roleArn: string | null }

/** A key pair; those of a role have a token and end. */
export type AwsCredentials = {
  accessKeyId: string
  secretAccessKey: string
  sessionToken: string | null
  /** Milliseconds since 1970. */
  expiresAt: number | null
  caller: AwsCaller
}

/** The key that Peering Desk's server has in the demo and in tests: AWS's own example key, which works here only. */
export const serverCredentials = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  sessionToken: null,
  expiresAt: null,
  caller: {
    arn: "arn:aws:iam::400400400400:user/peering-desk",
    account: "400400400400",
    userId: "AIDAIOSFODNN7EXAMPLE",
    roleArn: null,
  },
} as const satisfies AwsCredentials

/** The credentials that callers sign with: the server's own, and issued ones of roles. */
export type CredentialStore = {
  find: (accessKeyId: string) => AwsCredentials | null
  /** Issues credentials of a role for some seconds. */
  issue: (
    role: { arn: string; account: string },
    sessionName: string,
    seconds: number,
  ) => AwsCredentials & {
    sessionToken: string
    expiresAt: number
  }
  forgetAll: () => void
}

/** Creates the store; `now` is the time of AWS. */
export function createCredentialStore(now: RealTime): CredentialStore {
  const issued = new Map<string, AwsCredentials>()
  return {
    find: (accessKeyId) =>
      accessKeyId === serverCredentials.accessKeyId ? serverCredentials : (issued.get(accessKeyId) ?? null),
    issue({ arn, account }, sessionName, seconds) {
      const roleId = `AROA${toKeyId(Buffer.from(arn).subarray(-16))}`
      const name = arn.split("/").at(-1) ?? ""
      const credentials = {
        accessKeyId: `ASIA${toKeyId(randomBytes(16))}`,
        secretAccessKey: randomBytes(30).toString("base64"),
        sessionToken: randomBytes(120).toString("base64"),
        expiresAt: now() + seconds * 1000,
        caller: {
          arn: `arn:aws:sts::${account}:assumed-role/${name}/${sessionName}`,
          account,
          userId: `${roleId}:${sessionName}`,
          roleArn: arn,
        },
      }
      for (const [id, { expiresAt }] of issued) if ((expiresAt ?? 0) < now() - 3_600_000) issued.delete(id)
      issued.set(credentials.accessKeyId, credentials)
      return credentials
    },
    forgetAll: () => issued.clear(),
  }
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

function toKeyId(bytes: Buffer): string {
  return [...bytes].map((byte) => alphabet[byte % alphabet.length]).join("")
}
