import type { RealTime } from "#world/clock.ts"
import type { AwsService } from "./errors.ts"

/** One call of EC2 or STS, as CloudTrail would have it. */
type AwsCall = {
  /** Real milliseconds. */
  at: number
  service: AwsService
  action: string
  region: string
  /** ARN of the caller; null when the signature was refused. */
  caller: string | null
  /** AWS's code of the refusal; null for an answer, and `cut` when a fault broke the connection. */
  code: string | null
  dryRun: boolean
  parameters: Readonly<Record<string, string>>
}

/** The log of calls, oldest first. */
export type AwsCalls = {
  record: (call: Omit<AwsCall, "at">) => void
  all: () => readonly AwsCall[]
  clear: () => void
}

const maxCalls = 20_000

/** Creates the log; beyond the maximum the oldest calls go. */
export function createAwsCalls(realTime: RealTime): AwsCalls {
  let calls: AwsCall[] = []
  return {
    record(call) {
      calls.push({ at: realTime(), ...call })
      if (calls.length > maxCalls) calls = calls.slice(-maxCalls)
    },
    all: () => [...calls],
    clear() {
      calls = []
    },
  }
}
