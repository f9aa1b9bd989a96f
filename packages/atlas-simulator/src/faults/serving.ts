import { setTimeout as wait } from "node:timers/promises"

import type { Request, Response } from "express"

import { parseTarget } from "#resources/routing.ts"
import type { Calls, Ending } from "./calls.ts"
import { toChallenge } from "#auth/digest-verifier.ts"
import { parseDigestHeader } from "#auth/digest-header.ts"
import type { Fault, Faults } from "./faults.ts"
import { toFaultReply } from "./fault-reply.ts"
import type { Gate } from "#auth/gate.ts"
import type { Reply } from "#resources/reply.ts"
import { sendReply, toChallengeReply } from "#resources/reply.ts"

type Produce = (request: Request, response: Response) => Promise<Reply>

/** Serves requests with the faults that are set, and counts how each ended. Only signed requests meet a fault. */
export function createServing(parts: {
  gate: Gate
  faults: Faults
  calls: Calls
  /** Aborts while answers are delayed when the simulator stops or starts over. */
  stopping: () => AbortSignal
  keep: () => void
}) {
  const { gate, faults, calls, stopping } = parts

  function strikeKeys(fault: Fault, authorization: string) {
    if (fault.staleNonces === true) gate.nonces.forgetAll()
    if (fault.revokeKey === undefined) return
    const own = parseDigestHeader(authorization)?.username
    const publicKey = fault.revokeKey === true ? own : fault.revokeKey
    if (publicKey !== undefined) gate.keys.revoke(publicKey)
  }

  function toStandIn(fault: Fault, target: string): Reply | null {
    if (fault.status === 401 && fault.body === undefined) {
      return toChallengeReply(toChallenge(gate.nonces.issue(), false))
    }
    return toFaultReply(fault, parseTarget(target).version, target.split("?")[0] ?? "")
  }

  return async function serve(request: Request, response: Response, produce: Produce): Promise<void> {
    const target = request.originalUrl
    const { authorization } = request.headers
    const record = (ending: Ending) => {
      calls.record({ method: request.method, path: target.split("?")[0] ?? "" }, ending)
    }
    const fault = authorization === undefined ? null : faults.take(request.method, target)
    if (fault !== null && authorization !== undefined) {
      if (fault.delayMs !== undefined)
        await wait(fault.delayMs, undefined, { signal: stopping(), ref: false })
      strikeKeys(fault, authorization)
      if (fault.cut === "before") {
        record("cut")
        request.socket.destroy()
        return
      }
    }
    const reply = (fault === null ? null : toStandIn(fault, target)) ?? (await produce(request, response))
    // Before the answer leaves, so that whatever was answered survives a kill.
    parts.keep()
    const cut = fault?.cut === "during" || fault?.cut === "after" ? fault.cut : null
    if (cut !== null) record("cut")
    else if (reply.status !== 401) record("answered")
    else if (authorization === undefined) record("challenge")
    // A 401 from behind the sign-in (a role that is missing) answers the call; one with a challenge refuses it.
    else record(reply.headers["WWW-Authenticate"] === undefined ? "answered" : "refused")
    sendReply(response, reply, cut)
  }
}
