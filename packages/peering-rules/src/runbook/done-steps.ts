import type { AtlasPeer, AwsPeer } from "@peering-desk/shared-schemas"

/** What steps are done for, where a change can put another one in its place: Atlas changes AWS connections only. */
const subjects: Readonly<Record<string, (peer: AwsPeer) => string | null | undefined>> = {
  "aws-dns": ({ vpcId }) => vpcId,
  "aws-accept": ({ connectionId }) => connectionId,
  "aws-routes": ({ connectionId }) => connectionId,
  "aws-security-group": ({ vpcId }) => vpcId,
  "access-list": ({ routeTableCidrBlock }) => routeTableCidrBlock,
  "try-it": ({ connectionId }) => connectionId,
}

/**
 * What a step is ticked off under: its id, and the request, VPC or block it was done for. When that is another one, as after a new
 * start, the step is to be done again and the old tick is nobody's.
 * @returns a `StepId`
 */
export function toTickId(stepId: string, peer: AtlasPeer): string {
  const isBound = peer.providerName === "AWS" && Object.hasOwn(subjects, stepId)
  const subject = isBound ? subjects[stepId]?.(peer) : null
  if (!subject) return stepId
  return `${stepId}-${subject}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
}
