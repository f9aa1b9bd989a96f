import type { AtlasPeer, AwsPeer } from "@peering-desk/shared-schemas"

/** The value a step is done for, where a change can replace it; Atlas changes only AWS peerings. */
const subjects: Readonly<Record<string, (peer: AwsPeer) => string | null | undefined>> = {
  "aws-dns": ({ vpcId }) => vpcId,
  "aws-accept": ({ connectionId }) => connectionId,
  "aws-routes": ({ connectionId }) => connectionId,
  "aws-security-group": ({ vpcId }) => vpcId,
  "aws-least-reach": ({ vpcId }) => vpcId,
  "access-list": ({ routeTableCidrBlock }) => routeTableCidrBlock,
  "try-it": ({ connectionId }) => connectionId,
}

/**
 * Returns the key under which a step is marked as done: its id, and the request, VPC or block it was done for. After a
 * restart with another one, the step is to be done again.
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
