import type { Express } from "express"
import type { Faults } from "#faults/faults.ts"
import type { RealTime } from "#world/clock.ts"
import type { World } from "#world/world.ts"
import { createAwsApi } from "./aws-api.ts"
import { createAwsCalls, type AwsCalls } from "./aws-calls.ts"
import { createCredentialStore } from "./credentials.ts"
import { createEc2 } from "./ec2.ts"

/** The customer's half of the world in AWS, as EC2 and STS show it. */
export type Aws = {
  app: Express
  calls: AwsCalls
  /** Forgets the calls and the credentials that were issued. */
  startOver: () => void
}

/** Creates EC2 and STS over the world; nothing listens yet. */
export function createAws(deps: {
  realTime: RealTime
  readWorld: () => World
  faults: Faults
  stopping: () => AbortSignal
}): Aws {
  const { realTime, readWorld, faults, stopping } = deps
  const credentials = createCredentialStore(realTime)
  const calls = createAwsCalls(realTime)
  const app = createAwsApi({
    realTime,
    credentials,
    roles: () => readWorld().readingRoles,
    ec2: createEc2(readWorld),
    faults,
    calls,
    stopping,
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
