import { lookup } from "node:dns/promises"
import { request as requestHttp, type IncomingMessage } from "node:http"
import { request as requestHttps } from "node:https"
import { isIP, type LookupFunction } from "node:net"
import { untilAborted, type Clock } from "#base/clock.ts"
import { parseRetryAfter } from "#base/retry-after.ts"
import { isLoopbackHost } from "#http/loopback.ts"
import { toUnanswered, type Outcome } from "./outcome.ts"
import { isPublicAddress } from "./public-address.ts"

/** Finds the addresses of a host name, as the machine resolves it. */
export type Resolve = (host: string) => Promise<readonly string[]>

export interface TargetRules {
  /** Hosts that may have an address that is not public, by the operator's word. */
  insideHosts: readonly string[]
  resolve: Resolve
  clock: Clock
}

interface TargetRequest {
  url: string
  headers: Readonly<Record<string, string>>
  body: string
}

/** Time for everything: name, connection, TLS and the answer's headers. The answer's body is not read. */
const patienceMs = 10_000
const longestRetryAfterSeconds = 3_600

export const resolveHost: Resolve = async (host) =>
  (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address)

/**
 * Says what is wrong with the address of a target, before its name is resolved; null when nothing is.
 * Plain http is for a target on this machine that the operator named, as a receiver in a demo.
 */
export function findAddressMistake(text: string, insideHosts: readonly string[]): string | null {
  if (!URL.canParse(text)) return "Enter an address that begins with https://"
  const url = new URL(text)
  const host = toHost(url)
  const isHere = isLoopbackHost(host) && insideHosts.includes(host)
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isHere))
    return "Enter an address that begins with https://"
  if (url.username + url.password !== "") return "Leave user name and password out of the address"
  if (isIP(host) !== 0 && !insideHosts.includes(host) && !isPublicAddress(host)) return notPublic
  return null
}

const notPublic = "This address is not public. An operator can allow its host by NOTIFICATION_INSIDE_HOSTS."

/**
 * Posts to a target. Its name is resolved once, every address is checked, and the connection goes to an address that was checked, so a
 * name that resolves differently a moment later leads nowhere else. Follows no redirect.
 */
export async function postToTarget(target: TargetRequest, rules: TargetRules): Promise<Outcome> {
  const mistake = findAddressMistake(target.url, rules.insideHosts)
  if (mistake !== null) return { ok: false, answer: mistake }
  const stop = new AbortController()
  const cancel = rules.clock.after(patienceMs, () => stop.abort())
  try {
    const address = await untilAborted(chooseAddress(toHost(new URL(target.url)), rules), stop.signal)
    return toOutcome(await untilAborted(send(target, address, stop.signal), stop.signal), rules.clock.now())
  } catch (error) {
    if (stop.signal.aborted)
      return { ok: false, answer: `The target did not answer within ${patienceMs / 1000} seconds` }
    if (error instanceof NotPublicError) return { ok: false, answer: notPublic }
    return toUnanswered("target", (error as NodeJS.ErrnoException).code)
  } finally {
    cancel()
  }
}

class NotPublicError extends Error {}

async function chooseAddress(host: string, { insideHosts, resolve }: TargetRules): Promise<string> {
  const addresses = isIP(host) === 0 ? await resolve(host) : [host]
  const [first] = addresses
  if (first === undefined) throw Object.assign(new Error("no address"), { code: "ENOTFOUND" })
  // One bad address is enough: the order of the answer is up to the owner of the name.
  if (!insideHosts.includes(host) && !addresses.every(isPublicAddress)) throw new NotPublicError()
  return first
}

function send({ url, headers, body }: TargetRequest, address: string, signal: AbortSignal): Promise<Answer> {
  const pinned: LookupFunction = (_host, options, callback) => {
    if (options.all === true) callback(null, [{ address, family: isIP(address) }])
    else callback(null, address, isIP(address))
  }
  return new Promise((resolve, reject) => {
    const requestBy = url.startsWith("https:") ? requestHttps : requestHttp
    const sent = requestBy(
      url,
      {
        method: "POST",
        // A new connection each time: a kept one would go to the address of an earlier check.
        agent: false,
        lookup: pinned,
        signal,
        headers: {
          "content-type": "application/json",
          "content-length": Buffer.byteLength(body),
          "user-agent": "Peering-Desk",
          connection: "close",
          ...headers,
        },
      },
      (answer) => {
        resolve(answer)
        // However large the body is, nobody waits for it.
        answer.on("error", () => undefined).destroy()
      },
    )
    sent.on("error", reject)
    sent.end(body)
  })
}

type Answer = Pick<IncomingMessage, "statusCode" | "headers">

function toOutcome({ statusCode = 0, headers }: Answer, now: number): Outcome {
  const answer = `HTTP ${statusCode}`
  if (statusCode >= 200 && statusCode < 300) return { ok: true, answer }
  if (statusCode >= 300 && statusCode < 400)
    return { ok: false, answer: `${answer}: redirects are not followed, enter the final address` }
  const toHeader = (name: string) => [headers[name]].flat().join(", ")
  const seconds = parseRetryAfter(toHeader, now) ?? 0
  return {
    ok: false,
    answer,
    ...(statusCode === 410 && { gone: true }),
    ...(seconds > 0 && { retryAfterMs: Math.min(seconds, longestRetryAfterSeconds) * 1000 }),
  }
}

function toHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "").toLowerCase()
}
