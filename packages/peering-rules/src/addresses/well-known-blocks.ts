/** A block that a cloud or tool assigns by default, so many networks already have it. */
export interface WellKnownBlock {
  cidr: string
  /** Its owner, as words for a sentence: "the default VPC of every AWS region". */
  usedBy: string
}

/** The subnets of Google Cloud's auto mode networks, such as the network `default` of a new project. */
export const autoModeBlock: WellKnownBlock = {
  cidr: "10.128.0.0/9",
  usedBy: "Google Cloud's auto mode networks",
}

/**
 * Blocks to avoid. Sources: AWS's VPC guide ("Default VPCs"), Google Cloud's VPC guide ("Auto mode VPC
 * networks"), Docker's reference (the default bridge), and Atlas's guide to peering (its default block).
 */
export const wellKnownBlocks: readonly WellKnownBlock[] = [
  autoModeBlock,
  { cidr: "172.17.0.0/16", usedBy: "Docker's default bridge" },
  { cidr: "172.31.0.0/16", usedBy: "the default VPC of every AWS region" },
  { cidr: "192.168.248.0/21", usedBy: "Atlas by default" },
]
