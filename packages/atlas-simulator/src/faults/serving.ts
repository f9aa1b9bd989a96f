import { setTimeout as wait } from "node:timers/promises"
import type { Request, Response } from "express"
import { parseDigestHeader } from "#auth/digest-header.ts"
import { toChallenge } from "#auth/digest-verifier.ts"
import type { Gate } from "#auth/gate.ts"
import { sendReply, toChallengeReply, type Reply } from "#resources/reply.ts"
import { parseTarget } from "#resources/routing.ts"
import type { Calls, Outcome } from "./calls.ts"
import { toFaultReply } from "./fault-reply.ts"
import type { Fault, Faults } from "./faults.ts"

type Produce = (request: Request, response: Response) => Promise<Reply>

/** Serves requests with the active faults, and counts how each ended. Only signed requests get a fault. */
export function createServing(deps: {
  gate: Gate
  faults: Faults
  calls: Calls
  /** Returns the signal that aborts delayed answers when the simulator stops or starts over. */
  stopping: () => AbortSignal
  save: () => void
}) {
  const { gate, faults, calls } = deps

  function applyKeyFaults(fault: Fault, authorization: string) {
    if (fault.staleNonces === true) gate.nonces.forgetAll()
    if (fault.revokeKey === undefined) return
    const signer = parseDigestHeader(authorization)?.username
    const publicKey = fault.revokeKey === true ? signer : fault.revokeKey
    if (publicKey !== undefined) gate.keys.revoke(publicKey)
  }

  function buildFaultReply(fault: Fault, target: string): Reply | null {
    const { version, fullPath } = parseTarget(target)
    if (fault.status === 401 && fault.body === undefined)
      return toChallengeReply(toChallenge(gate.nonces.issue(), false), version)
    return toFaultReply(fault, version, fullPath)
  }

  function toOutcome(reply: Reply, isSigned: boolean): Outcome {
    if (reply.status !== 401) return "calls"
    if (!isSigned) return "challenges"
    // A 401 from behind the sign-in (a missing role) answers the call; one with a challenge refuses it.
    return reply.headers["WWW-Authenticate"] === undefined ? "calls" : "refused"
  }

  return async function serve(request: Request, response: Response, produce: Produce): Promise<void> {
    const { method, originalUrl: target } = request
    const { authorization } = request.headers
    const record = (outcome: Outcome) => calls.record({ method, path: parseTarget(target).fullPath }, outcome)
    const fault = authorization === undefined ? null : faults.take(method, target)
    if (fault !== null && authorization !== undefined) {
      if (fault.delayMs !== undefined)
        await wait(fault.delayMs, undefined, { signal: deps.stopping(), ref: false })
      applyKeyFaults(fault, authorization)
      if (fault.cut === "before") {
        record("cut")
        request.socket.destroy()
        return
      }
    }
    const faultReply = fault === null ? null : buildFaultReply(fault, target)
    const answered = faultReply ?? (await produce(request, response))
    const reply = { ...answered, headers: { ...answered.headers, ...fault?.headers } }
    // Saves before the answer leaves: an answered change survives a kill.
    deps.save()
    // A "before" cut has returned above.
    const cut = fault?.cut === "during" || fault?.cut === "after" ? fault.cut : null
    record(cut === null ? toOutcome(reply, authorization !== undefined) : "cut")
    sendReply(response, reply, cut)
  }
}
