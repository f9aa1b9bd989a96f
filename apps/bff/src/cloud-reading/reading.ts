import type { CloudRight, NetworkFacts } from "@peering-desk/shared-schemas"

/** A role in somebody's AWS account, as its owner named it. */
export interface ReadingRole {
  roleArn: string
  externalId: string
}

/**
 * Why AWS gave no usable answer.
 * - `no-credentials`: this server has no identity in AWS, or AWS refuses it
 * - `role-refused`: the role can't be assumed, or no longer
 * - `clock-apart`: this server's clock is too far from AWS's for a signature
 * - `region-off`: the account doesn't use the region
 */
export interface ReadProblem {
  code:
    | "no-credentials"
    | "role-refused"
    | "clock-apart"
    | "throttled"
    | "region-off"
    | "unreachable"
    | "unexpected"
  /** One plain sentence, with AWS's code and words. */
  says: string
}

/** The server's identity in AWS, which trust policies name. */
export type ReaderIdentity = { arn: string; account: string } | { problem: ReadProblem }

/** Rights of a role, as AWS answered when they were tried. */
export interface RoleCheck {
  problem: ReadProblem | null
  /** The account that the role is in; null when the role can't be used. */
  account: string | null
  missing: CloudRight[]
  /** True if the role can be assumed without the external id; null when that wasn't tried. */
  isOpenToOthers: boolean | null
  /** Calls of EC2. */
  calls: number
}

/** A request to read one region of an account. */
export interface ReadingRequest {
  region: string
  /** VPCs to read whole. */
  vpcIds: string[]
  /** The most calls of EC2. What doesn't fit is left out, and read first the next time. */
  mostCalls: number
  /** Lists every VPC of the region, for a picker. */
  lists: boolean
}

/** The answer to a request: one region, as far as it could be read. */
export interface Reading {
  /** When it began, in milliseconds since 1970. */
  at: number
  /** Calls of EC2. */
  calls: number
  problem: ReadProblem | null
  missing: CloudRight[]
  /** Rights whose calls AWS answered. */
  granted: CloudRight[]
  /** Small facts of every VPC of the region: account, network, name, region, addresses. */
  listed: NetworkFacts[]
  /** Whole facts of the VPCs asked for. An aspect that couldn't be read is left out. */
  networks: { vpcId: string; facts: NetworkFacts }[]
}

/** Notes that one reading of a region leaves for the next one. */
export interface ReadMemory {
  /** Readings that left a unit out, by its name; 0 for one that was tried. */
  waiting: Readonly<Record<string, number>>
  /** Prefix lists by id. A version of a list never changes. */
  lists: Readonly<Record<string, { version: number; entries: unknown[] }>>
}

/** The request as the thread gets it. */
export interface ReadQuestion {
  role: ReadingRole
  asked: ReadingRequest
  at: number
  memory: ReadMemory
  callMs: number
  readMs: number
}

/** The thread's answer: the facts follow in pieces, so the server never parses much at once. */
export interface ReadAnswer {
  reading: Omit<Reading, "listed" | "networks">
  memory: ReadMemory
  /** Names the pieces in the thread. */
  id: number
  pieces: number
}

/** Facts, one aspect a row. */
export type FactRow = readonly [list: "listed" | "networks", vpcId: string, aspect: string, fact: unknown]
