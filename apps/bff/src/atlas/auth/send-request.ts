import type { Clock } from "#base/clock.ts"
import { readAnswer } from "#atlas/protocol/http-answer.ts"
import { SendFailed, type AtlasRequest } from "./atlas-signer.ts"

const probeTimeoutMs = 4_000

/**
 * Sends one HTTP request unchanged; a redirect is an answer. Throws SendFailed.
 * @param carriedRequest true for the caller's request, false for one that fetches a challenge or a token
 */
export async function sendRequest(
  target: URL,
  { onRequest, ...request }: AtlasRequest,
  carriedRequest: boolean,
): Promise<Response> {
  onRequest?.()
  try {
    return await fetch(target, { ...request, redirect: "manual" })
  } catch (cause) {
    throw new SendFailed(carriedRequest, cause)
  }
}

/** Asks without credentials, and returns whether anything but a failure of the server comes back in time. */
export async function isAnswering(target: URL, clock: Clock): Promise<boolean> {
  const limit = new AbortController()
  const callOff = clock.after(probeTimeoutMs, () => limit.abort())
  try {
    const headers = { accept: "*/*", "user-agent": "peering-desk" }
    const { status } = await readAnswer(await sendRequest(target, { headers, signal: limit.signal }, false))
    return status < 500
  } catch {
    return false
  } finally {
    callOff()
  }
}
