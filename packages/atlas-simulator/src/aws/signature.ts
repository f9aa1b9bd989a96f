import { createHash, createHmac } from "node:crypto"
import { isSameText } from "#auth/same-text.ts"
import type { AwsService } from "./errors.ts"

/** A request as it came over the wire. */
export type SignedRequest = {
  method: string
  /** Path and query. */
  target: string
  headers: Readonly<Record<string, string | string[] | undefined>>
  body: Buffer
}

/** The parts of an `Authorization` header of Signature Version 4. */
export type Authorization = {
  accessKeyId: string
  /** `20261129` */
  date: string
  region: string
  service: AwsService
  signedHeaders: readonly string[]
  signature: string
}

const algorithm = "AWS4-HMAC-SHA256"

/** Parses the header, or returns null for another scheme or an incomplete one. */
export function parseAuthorization(header: string | undefined): Authorization | null {
  const [, fields = ""] = /^AWS4-HMAC-SHA256\s+(.*)$/.exec(header ?? "") ?? []
  const read = (name: string) => new RegExp(`(?:^|[,\\s])${name}=([^,\\s]+)`).exec(fields)?.[1] ?? ""
  const [accessKeyId, date, region, service, end, ...rest] = read("Credential").split("/")
  const signature = read("Signature")
  const signedHeaders = read("SignedHeaders").split(";")
  if (!accessKeyId || !date || !region || end !== "aws4_request" || rest.length > 0) return null
  if (service !== "ec2" && service !== "sts") return null
  if (!signedHeaders.includes("host") || signature === "") return null
  return { accessKeyId, date, region, service, signedHeaders, signature }
}

/** Returns true when the signature was made with the secret over this request. */
export function isSignedWith(secret: string, request: SignedRequest, authorization: Authorization): boolean {
  const { date, region, service, signature } = authorization
  const scope = `${date}/${region}/${service}/aws4_request`
  const signed = [
    algorithm,
    getHeader(request, "x-amz-date"),
    scope,
    hash(toCanonicalRequest(request, authorization)),
  ]
  const key = [date, region, service, "aws4_request"].reduce<Buffer | string>(sign, `AWS4${secret}`)
  return isSameText(sign(key, signed.join("\n")).toString("hex"), signature)
}

/** Returns a header's value as the canonical request has it. */
export function getHeader({ headers }: SignedRequest, name: string): string {
  const value = headers[name] ?? ""
  return (typeof value === "string" ? value : value.join(",")).trim().replace(/\s+/g, " ")
}

function toCanonicalRequest(request: SignedRequest, { signedHeaders }: Authorization): string {
  const [path = "/", search = ""] = request.target.split("?")
  const parameters = [...new URLSearchParams(search)].map((pair) => pair.map(encode).join("="))
  return [
    request.method,
    path
      .split("/")
      .map((part) => encode(encode(decodeURIComponent(part))))
      .join("/"),
    parameters.sort().join("&"),
    ...signedHeaders.map((name) => `${name}:${getHeader(request, name)}`),
    "",
    signedHeaders.join(";"),
    hash(request.body),
  ].join("\n")
}

/** Encodes as RFC 3986 does: everything but letters, digits and `-._~`. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function sign(key: Buffer | string, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest()
}

function hash(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex")
}
