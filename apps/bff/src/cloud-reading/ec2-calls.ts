import {
  DescribeManagedPrefixListsCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcPeeringConnectionsCommand,
  DescribeVpcsCommand,
  GetManagedPrefixListEntriesCommand,
  type EC2Client,
} from "@aws-sdk/client-ec2"
import type { CloudRight } from "@peering-desk/shared-schemas"
import { isNotFound, toProblem, toRefusal } from "./aws-error.ts"
import type { ReadProblem } from "./reading.ts"

/** The call that each right allows. */
const commands = {
  "ec2:DescribeVpcs": DescribeVpcsCommand,
  "ec2:DescribeVpcAttribute": DescribeVpcAttributeCommand,
  "ec2:DescribeSubnets": DescribeSubnetsCommand,
  "ec2:DescribeRouteTables": DescribeRouteTablesCommand,
  "ec2:DescribeManagedPrefixLists": DescribeManagedPrefixListsCommand,
  "ec2:GetManagedPrefixListEntries": GetManagedPrefixListEntriesCommand,
  "ec2:DescribeVpcPeeringConnections": DescribeVpcPeeringConnectionsCommand,
  "ec2:DescribeNetworkAcls": DescribeNetworkAclsCommand,
  "ec2:DescribeSecurityGroups": DescribeSecurityGroupsCommand,
} as const satisfies Record<CloudRight, unknown>

type Input<Right extends CloudRight> = NonNullable<ConstructorParameters<(typeof commands)[Right]>[0]>
type Answer = Readonly<Record<string, unknown>>

/** Sends the call of a right. */
export async function sendCall<Right extends CloudRight>(
  ec2: EC2Client,
  right: Right,
  input: Input<Right>,
  options: { abortSignal: AbortSignal },
): Promise<Answer> {
  const Command = commands[right] as new (input: object) => DescribeVpcsCommand
  return { ...(await ec2.send(new Command(input), options)) }
}

interface Ec2CallsDeps {
  ec2: EC2Client
  region: string
  mostCalls: number
  callMs: number
  deadline: AbortSignal
}

/** Calls EC2 for one reading. It counts calls, and ends when AWS limits them or refuses the credentials. */
export class Ec2Calls {
  readonly #deps: Ec2CallsDeps
  readonly missing = new Set<CloudRight>()
  readonly granted = new Set<CloudRight>()
  count = 0
  answered = 0
  /** The first failure that wasn't a missing right. */
  problem: ReadProblem | null = null
  /** True when AWS refused the credentials. */
  areRefused = false

  constructor(deps: Ec2CallsDeps) {
    this.#deps = deps
  }

  get isOver(): boolean {
    return this.areRefused || this.problem?.code === "throttled" || this.#deps.deadline.aborted
  }

  get left(): number {
    return this.isOver ? 0 : this.#deps.mostCalls - this.count
  }

  /** Sends one call. Null when it failed, or when no call is left. */
  async send<Right extends CloudRight>(right: Right, input: Input<Right>): Promise<Answer | null> {
    if (this.left <= 0 || this.missing.has(right)) return null
    this.count += 1
    const { ec2, region, callMs, deadline } = this.#deps
    try {
      const abortSignal = AbortSignal.any([deadline, AbortSignal.timeout(callMs)])
      const answer = await sendCall(ec2, right, input, { abortSignal })
      this.answered += 1
      this.granted.add(right)
      return answer
    } catch (error) {
      if (isNotFound(error)) return null
      const refusal = toRefusal(error)
      if (refusal === "right") this.missing.add(right)
      if (refusal === "credentials") this.areRefused = true
      if (this.problem === null || refusal === "throttled") this.problem = toProblem(error, region)
      return null
    }
  }

  /** Reads a list to its end. Null when one page failed, or no call is left for it: a part of a list proves nothing. An empty list is an answer. */
  async sendAll<Right extends CloudRight>(
    right: Right,
    kind: string,
    input: Input<Right>,
  ): Promise<unknown[] | null> {
    const pages: unknown[][] = []
    let token: unknown
    do {
      const page = await this.send(right, { ...input, NextToken: token })
      if (page === null) return null
      const items = page[kind]
      if (!Array.isArray(items)) {
        this.problem ??= { code: "unexpected", says: `An answer of AWS lacks ${kind}.` }
        return null
      }
      pages.push(items)
      token = page["NextToken"] || undefined
    } while (token !== undefined)
    return pages.flat()
  }
}
