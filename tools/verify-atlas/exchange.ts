import { BearerSigner } from "#bff/src/atlas/auth/bearer-signer.ts"
import { DigestSigner } from "#bff/src/atlas/auth/digest-signer.ts"
import { sendRequest, sendSigned } from "#bff/src/atlas/auth/send-request.ts"
import type { AtlasCredential } from "#bff/src/atlas/auth/atlas-credential.ts"
import { systemClock } from "#bff/src/base/clock.ts"

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

/** A credential on a version of the API. */
export interface Way {
  credential: "key" | "service account"
  version: "v1.0" | "v2"
}

/** One request with its answer, redacted. */
export interface Exchange extends Way {
  step: string
  method: string
  path: string
  body?: Json
  status: number
  headers: Record<string, string>
  answer: Json
  /** Where a request was repeated: the states it saw, and the seconds until the last one. */
  states?: string[]
  seconds?: number
}

interface Request {
  method: "GET" | "POST" | "PATCH" | "DELETE"
  /** Path and query. */
  path: string
  headers: Record<string, string>
  body?: string
  isUnsigned?: boolean
}

export interface Answer {
  status: number
  headers: Record<string, string>
  text: string
}
export type Send = (request: Request, signal: AbortSignal) => Promise<Answer>

/** The headers that are compared. No other one is recorded. */
const recordedHeaders = (
  "content-type deprecation link location ratelimit ratelimit-limit ratelimit-remaining referrer-policy retry-after server " +
  "strict-transport-security sunset vary www-authenticate x-content-type-options x-envoy-upstream-service-time x-error-code " +
  "x-frame-options x-java-method x-java-version x-mongodb-service-version x-permitted-cross-domain-policies"
).split(" ")

const timeoutMs = 60_000

/** Sends requests with one credential, by the product's own signing. */
export function createSend(origin: string, credential: AtlasCredential): Send {
  const key = credential.reveal()
  const common = { clock: systemClock, timeoutMs }
  const signer =
    "publicKey" in key
      ? new DigestSigner({ ...key, ...common })
      : new BearerSigner({ ...key, ...common, baseUrl: origin })
  return async ({ path, isUnsigned = false, ...request }, stop) => {
    const target = new URL(`${origin}${path}`)
    const signed = { ...request, signal: AbortSignal.any([stop, AbortSignal.timeout(timeoutMs)]) }
    const begun = isUnsigned
      ? await sendRequest(target, signed, false)
      : await sendSigned(signer, target, signed)
    const headers = recordedHeaders.flatMap((name): [string, string][] => {
      const value = begun.headers.get(name)
      return value === null ? [] : [[name, value]]
    })
    const text = signer.redact((await begun.text()) ?? "")
    return { status: begun.status, headers: Object.fromEntries(headers), text }
  }
}

/** Parses a body. What is no JSON counts as a text of some length. */
export function toJson(text: string): Json {
  if (text === "") return null
  try {
    return JSON.parse(text) as Json
  } catch {
    return `<${text.length} characters>`
  }
}

export function isFields(value: Json | undefined): value is { [name: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

export function asText(value: Json | undefined): string {
  return typeof value === "string" ? value : ""
}
