import { setTimeout as wait } from "node:timers/promises"
import express, { type Express, type NextFunction, type Request, type Response } from "express"
import { toFaultReply } from "#faults/fault-reply.ts"
import type { Fault, Faults } from "#faults/faults.ts"
import { sendReply, type Reply } from "#resources/reply.ts"
import type { RealTime } from "#world/clock.ts"
import type { ReadingRole } from "#world/customer/network-schema.ts"
import type { World } from "#world/world.ts"
import { isKnownVersion, toAwsErrorReply, toAwsReply } from "./aws-answers.ts"
import { createAwsCalls, type AwsCalls } from "./aws-calls.ts"
import { authenticate, readScope, type Scope } from "./authentication.ts"
import { createCredentialStore, type AwsCaller } from "./credentials.ts"
import { createEc2 } from "./ec2.ts"
import { AwsError } from "./errors.ts"
import { parseQuery, type Query } from "./query.ts"
import type { SignedRequest } from "./signature.ts"
import { createSts } from "./sts.ts"
import type { XmlFields } from "./xml.ts"

type Action = (caller: AwsCaller, query: Query, region: string) => XmlFields

/** The customer's half of the world in AWS, as EC2 and STS show it. */
export type Aws = {
  app: Express
  calls: AwsCalls
  /** Forgets the calls and the credentials that were issued. */
  startOver: () => void
}

/**
 * Creates EC2 and STS on one port, which nothing listens on yet: the scope of the signature says which of them is called, and for which region. Faults with
 * `service: "aws"` see a call as `/ec2/DescribeVpcs?region=us-east-1`.
 */
export function createAws(deps: {
  realTime: RealTime
  readWorld: () => World
  faults: Faults
  stopping: () => AbortSignal
}): Aws {
  const { realTime, readWorld, faults } = deps
  const credentials = createCredentialStore(realTime)
  const calls = createAwsCalls(realTime)
  const roles = () => readWorld().readingRoles
  const actions: Record<Scope["service"], Record<string, Action>> = {
    ec2: createEc2(readWorld),
    sts: createSts({ credentials, roles }),
  }

  function carryOut(request: SignedRequest, query: Query, { service, region }: Scope) {
    const action = query.get("Action") ?? ""
    let caller: AwsCaller | null = null
    try {
      caller = authenticate(credentials, request, realTime())
      const handler = Object.hasOwn(actions[service], action) ? actions[service][action] : undefined
      if (
        request.method !== "POST" ||
        handler === undefined ||
        !isKnownVersion(service, query.get("Version"))
      )
        throw new AwsError("InvalidAction", `The action ${action} is not valid for this web service.`)
      if (service === "ec2") checkRight(roles(), caller, action, query)
      return {
        caller,
        code: null,
        reply: toAwsReply(service, action, handler(caller, query, region), realTime()),
      }
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      return { caller, code: error.code, reply: toAwsErrorReply(service, error, realTime()) }
    }
  }

  async function serve(request: Request, response: Response): Promise<void> {
    const { method, originalUrl: target, headers } = request
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const signed = { method, target, headers, body }
    const query = parseQuery(body)
    const scope = readScope(signed)
    const { Action: action = "", Version: _version, ...parameters } = Object.fromEntries(query)
    const record = (caller: AwsCaller | null, code: string | null) =>
      calls.record({
        ...scope,
        action,
        caller: caller?.arn ?? null,
        code,
        dryRun: query.get("DryRun") === "true",
        parameters,
      })

    const fault = faults.take(method, `/${scope.service}/${action}?region=${scope.region}`, "aws")
    if (fault?.delayMs !== undefined)
      await wait(fault.delayMs, undefined, { signal: deps.stopping(), ref: false })
    if (fault?.cut === "before") {
      record(null, "cut")
      request.socket.destroy()
      return
    }
    const faultReply = fault === null ? null : toAwsFaultReply(fault, scope, realTime())
    const { caller, code, reply } = faultReply ?? carryOut(signed, query, scope)
    record(caller, fault?.cut === undefined ? code : "cut")
    sendReply(response, { ...reply, headers: { ...reply.headers, ...fault?.headers } }, fault?.cut ?? null)
  }

  const app = express()
  app.disable("x-powered-by")
  app.disable("etag")
  app.use(express.raw({ type: () => true, limit: "1mb" }))
  app.use(serve)
  // Express knows an error handler by its four parameters.
  app.use((_error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    response.destroy()
  })
  return {
    app,
    calls,
    startOver() {
      credentials.forgetAll()
      calls.clear()
    },
  }
}

/** Throws what a call without its right gets, or what a dry run with it gets. */
function checkRight(roles: readonly ReadingRole[], caller: AwsCaller, action: string, query: Query): void {
  const right = `ec2:${action}`
  const role = roles.find(({ arn }) => arn === caller.roleArn)
  // The credentials of a deleted role mean nothing any more.
  if (caller.roleArn !== null && (role === undefined || role.isRevoked)) throw new AwsError("AuthFailure")
  if (role === undefined || !role.rights.includes(right))
    throw new AwsError(
      "UnauthorizedOperation",
      `You are not authorized to perform this operation. User: ${caller.arn} is not authorized to perform: ${right} because no identity-based policy allows the ${right} action`,
    )
  if (query.get("DryRun") === "true") throw new AwsError("DryRunOperation")
}

function toAwsFaultReply(
  fault: Fault,
  scope: Scope,
  now: number,
): { caller: null; code: string; reply: Reply } | null {
  const { code } = fault
  if (code !== undefined)
    return { caller: null, code, reply: toAwsErrorReply(scope.service, new AwsError(code), now) }
  const reply = toFaultReply(fault, "v2", "/")
  return reply && { caller: null, code: String(reply.status), reply }
}
