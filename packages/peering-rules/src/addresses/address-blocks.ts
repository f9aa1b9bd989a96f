import {
  findContainerOf,
  isInContainer,
  getNetworkName,
  readContainerRegion,
  readVpcRegionId,
  type AtlasPeer,
  type AwsPeer,
  type Container,
  type Project,
  type ProjectAddresses,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { toNested, type NestedBlock } from "./block-nesting.ts"
import { readCidrRange, toOneSpelling, type CidrRange } from "./cidr-range.ts"
import { wellKnownBlocks, type WellKnownBlock } from "./well-known-blocks.ts"

/** `peer` is the network at the other end of a peering; `draft` does not exist yet. */
export type BlockKind = "container" | "peer" | "draft" | "well-known"

/** A block that uses addresses, or would. */
interface LooseBlock extends CidrRange {
  /** Identifies the block; stable between calls. */
  id: string
  /** Canonical, with host bits cleared. */
  cidr: string
  kind: BlockKind
  /** Its name for people: a VPC's id, the user of a well-known block. */
  label: string
  /** More than one when several projects peer with the network; empty for a draft and a well-known block. */
  projects: readonly Project[]
  providerName: ProviderName | null
  region: string | null
  /** The peerings of the network, or of the container. */
  peerings: readonly BlockPeering[]
}

/** A peering that a block belongs to. */
interface BlockPeering {
  project: Project
  peer: AtlasPeer
  /** The `id` of its container's block. */
  containerBlockId: string
}

/** A block with its place among the others (see `toNested`). */
export type AddressBlock = NestedBlock<LooseBlock>

export interface AddressPicture {
  /** By first address; of two that begin together, the larger comes first. */
  blocks: readonly AddressBlock[]
  /** Number of peerings on Google Cloud and Azure, whose addresses Atlas does not report. */
  peersWithoutCidr: number
  /** Number of containers and AWS peerings whose block is missing or unreadable. */
  unreadable: number
}

/**
 * Collects everything that uses addresses in some projects, and the well-known blocks. A network peered several times, as
 * a VPC with containers of several regions, is one block.
 */
export function toAddressPicture(
  spaces: readonly ProjectAddresses[],
  draft: { cidr: string; label: string } | null,
): AddressPicture {
  const found = spaces.flatMap(toProjectBlocks)
  const readable = found.filter((block) => block !== null)
  const blocks = [...mergeNetworks(readable), ...toDraft(draft), ...wellKnownBlocks.flatMap(toWellKnown)]
  const told = ({ providerName }: { providerName: ProviderName }) => providerName === "AWS"
  return {
    blocks: toNested(blocks),
    peersWithoutCidr: spaces.reduce((sum, { peers }) => sum + peers.filter((peer) => !told(peer)).length, 0),
    unreadable: found.length - readable.length,
  }
}

function toProjectBlocks({ project, containers, peers }: ProjectAddresses): (LooseBlock | null)[] {
  return [
    ...containers.map((container) => readContainerBlock(project, container, peers)),
    ...peers.flatMap((peer) =>
      peer.providerName === "AWS" ? [readPeerBlock(project, peer, containers)] : [],
    ),
  ]
}

function readContainerBlock(
  project: Project,
  container: Container,
  peers: readonly AtlasPeer[],
): LooseBlock | null {
  const { id, providerName, atlasCidrBlock } = container
  const place = readPlace(atlasCidrBlock)
  if (place === null) return null
  return {
    ...place,
    id: toContainerBlockId(providerName, id),
    kind: "container",
    label: getNetworkName(container) ?? id,
    projects: [project],
    providerName,
    region: readContainerRegion(container),
    peerings: peers
      .filter((peer) => isInContainer(container, peer))
      .map((peer) => toBlockPeering(project, peer)),
  }
}

/** Names a container's block. The documentation's example project has containers of three clouds under one id. */
function toContainerBlockId(providerName: ProviderName, containerId: string | null | undefined): string {
  return `container ${providerName} ${containerId}`
}

function toBlockPeering(project: Project, peer: AtlasPeer): BlockPeering {
  return { project, peer, containerBlockId: toContainerBlockId(peer.providerName, peer.containerId) }
}

function readPeerBlock(project: Project, peer: AwsPeer, containers: readonly Container[]): LooseBlock | null {
  const place = readPlace(peer.routeTableCidrBlock)
  if (place === null) return null
  return {
    ...place,
    id: peer.vpcId == null ? `peer ${peer.id}` : `network ${peer.awsAccountId} ${peer.vpcId} ${place.cidr}`,
    kind: "peer",
    label: peer.vpcId ?? peer.id,
    projects: [project],
    providerName: "AWS",
    region: readVpcRegionId(peer, findContainerOf(peer, containers)),
    peerings: [toBlockPeering(project, peer)],
  }
}

function mergeNetworks(blocks: readonly LooseBlock[]): LooseBlock[] {
  const byId = new Map<string, LooseBlock>()
  for (const block of blocks) {
    const known = byId.get(block.id)
    const more = block.projects.filter(({ id }) => known?.projects.every((project) => project.id !== id))
    byId.set(
      block.id,
      known === undefined
        ? block
        : {
            ...known,
            projects: [...known.projects, ...more],
            peerings: [...known.peerings, ...block.peerings],
          },
    )
  }
  return [...byId.values()]
}

function toDraft(draft: { cidr: string; label: string } | null): LooseBlock[] {
  return draft === null ? [] : toNobodys(draft.cidr, { id: "draft", kind: "draft", label: draft.label })
}

function toWellKnown({ cidr, usedBy }: WellKnownBlock): LooseBlock[] {
  return toNobodys(cidr, { id: `well-known ${cidr}`, kind: "well-known", label: usedBy })
}

/** Returns a block of no project; none when its text is no block. */
function toNobodys(cidr: string, named: Pick<LooseBlock, "id" | "kind" | "label">): LooseBlock[] {
  const place = readPlace(cidr)
  if (place === null) return []
  return [{ ...place, ...named, projects: [], providerName: null, region: null, peerings: [] }]
}

function readPlace(text: string | null | undefined): (CidrRange & { cidr: string }) | null {
  const [cidr, range] = [toOneSpelling(text ?? ""), readCidrRange(text ?? "")]
  return cidr === null || range === null ? null : { cidr, ...range }
}
