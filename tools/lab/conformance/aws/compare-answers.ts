import type { AwsCall, Clients, Subject } from "./calls.ts"
import type { Sides } from "./stand-in.ts"

/** A part of an answer that one side has alone: `Vpcs[].State = available`. */
export interface Difference {
  call: string
  side: "moto" | "stand-in"
  part: string
}

/** Parts that are made up on each side: ids of attachments, secrets, times. */
const madeUp =
  /(?:AssociationId|AvailabilityZoneId|DhcpOptionsId|AccessKeyId|SecretAccessKey|SessionToken|AssumedRoleId|UserId|Expiration) = /

/** Sends a call to both sides, and lists what one of them answers alone. */
export async function listDifferences(
  call: AwsCall,
  { subject, moto, standIn }: Sides,
): Promise<Difference[]> {
  const ofMoto = await listParts(call, moto.clients, moto.names, subject)
  const ofStandIn = await listParts(call, standIn.clients, standIn.names, subject)
  const alone = (side: Difference["side"], own: Set<string>, other: Set<string>) =>
    [...own].filter((part) => !other.has(part)).map((part) => ({ call: call.title, side, part }))
  return [...alone("moto", ofMoto, ofStandIn), ...alone("stand-in", ofStandIn, ofMoto)]
}

async function listParts(
  { send }: AwsCall,
  clients: Clients,
  names: Readonly<Record<string, string>>,
  subject: Subject,
): Promise<Set<string>> {
  const answer = await send(clients, subject).catch((error: unknown) => toErrorParts(error))
  const parts = flatten(answer, "").map((part) =>
    Object.entries(names).reduce((text, [id, name]) => text.replaceAll(id, name), part),
  )
  return new Set(parts.map((part) => (madeUp.test(part) ? part.replace(/ = .*/, " = …") : part)))
}

function toErrorParts(error: unknown): object {
  const { name, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } }
  return { error: name, status: $metadata?.httpStatusCode }
}

function flatten(value: unknown, path: string): string[] {
  if (value === undefined || value === null) return []
  if (value instanceof Date) return [`${path} = ${value.toISOString()}`]
  if (Array.isArray(value))
    return value.length === 0 ? [`${path} = []`] : value.flatMap((one) => flatten(one, `${path}[]`))
  if (typeof value !== "object") return [`${path} = ${JSON.stringify(value)}`]
  return Object.entries(value).flatMap(([name, one]) =>
    name === "$metadata" ? [] : flatten(one, path === "" ? name : `${path}.${name}`),
  )
}
