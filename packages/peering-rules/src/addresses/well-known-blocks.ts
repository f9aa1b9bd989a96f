/** A block that a cloud or a tool hands out by itself, so that many networks already have it. */
export interface WellKnownBlock {
  cidr: string
  /** Whose it is, to stand in a sentence: "the default VPC of every AWS region". */
  usedBy: string
}

/** The subnets of a network that Google Cloud makes by itself in every region, as the network `default` of a new project. */
export const autoModeBlock: WellKnownBlock = {
  cidr: "10.128.0.0/9",
  usedBy: "Google Cloud's auto mode networks",
}

/**
 * Blocks that one does better not to choose: AWS's VPC guide ("Default VPCs"), Google Cloud's VPC guide ("Auto mode VPC
 * networks"), Docker's reference (the default bridge), and Atlas's guide to peering (the block it takes when it is told none).
 */
export const wellKnownBlocks: readonly WellKnownBlock[] = [
  autoModeBlock,
  { cidr: "172.17.0.0/16", usedBy: "Docker's default bridge" },
  { cidr: "172.31.0.0/16", usedBy: "the default VPC of every AWS region" },
  { cidr: "192.168.248.0/21", usedBy: "Atlas, when it is told no block" },
]
