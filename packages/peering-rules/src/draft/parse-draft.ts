import {
  isInContainer,
  toAwsRegionId,
  type AtlasPeer,
  type Container,
  type NetworkFacts,
  type PeeringDraft,
} from "@peering-desk/shared-schemas"
import { areFactsOf, arePeersKnown, listPeeredRanges, type KnownNetwork } from "./draft-facts.ts"
import { isForNewContainer, toDraftFields, type DraftField } from "./draft-fields.ts"
import { readCidrRange, toOneSpelling } from "#addresses/cidr-range.ts"
import { keyFields, type NetworkKey } from "./natural-key.ts"
import { compareText, toTakenBlocks, type TakenBlocks } from "./taken-blocks.ts"
import type { ProjectSnapshot } from "./project-snapshot.ts"

/** A snapshot prepared for look-ups, once for any number of drafts. */
export interface SnapshotFacts {
  snapshot: ProjectSnapshot
  blocksHere: TakenBlocks
  blocksOfOthers: readonly TakenBlocks[]
  networks: readonly KnownNetwork[]
}

/** A parsed draft with the snapshot that it is checked against. */
export interface DraftReading extends SnapshotFacts {
  draft: PeeringDraft
  fields: readonly DraftField[]
  isNew: boolean
  /** The chosen container; null for a new one, for one of another project, and while nothing is chosen. */
  container: Container | null
  /** What is known of the draft's network in its cloud; null until it was looked up. */
  known: NetworkFacts | null
  /** When the look-up was printed whose facts are too old to count; null without such facts. */
  staleAt: string | null
}

export function toFacts(snapshot: ProjectSnapshot, networks: readonly KnownNetwork[] = []): SnapshotFacts {
  return {
    snapshot,
    blocksHere: toTakenBlocks(snapshot.here),
    blocksOfOthers: snapshot.otherProjects.map(toTakenBlocks),
    networks,
  }
}

export function toDraftReading(draft: PeeringDraft, facts: SnapshotFacts): DraftReading {
  const fields = toDraftFields(draft)
  const id = readValue({ fields }, "containerId")
  const ofCloud = facts.snapshot.here.containers.filter((one) => one.providerName === draft.providerName)
  // An id should occur once in a cloud; if it occurs twice, the order of the list must not matter.
  const [container = null] = ofCloud.filter((one) => one.id === id).sort(compareWhole)
  const network = readNetwork({ draft, fields })
  const found = network === null ? null : facts.networks.find((one) => areFactsOf(one.facts, network))
  const { facts: known = null, staleAt = null } = found ?? {}
  return { ...facts, draft, fields, isNew: isForNewContainer(draft), container, known, staleAt }
}

/** Returns the value of a field that is filled in and right; null otherwise. */
export function readValue({ fields }: Pick<DraftReading, "fields">, name: string): string | null {
  return fields.find((field) => field.name === name && field.status === "right")?.text ?? null
}

/** The network's known blocks, beside the one sent to Atlas. */
interface NetworkBlocks {
  /** Each once. */
  blocks: string[]
  /** Texts that are no IPv4 blocks. */
  unread: string[]
  /** True when any block was given, were it only the one sent to Atlas: a network's blocks are given all or not at all. */
  isKnown: boolean
}

const listTyped = (texts: readonly string[] = []) =>
  texts.map((text) => text.trim()).filter((text) => text !== "")

/** Sorts texts into blocks, each once, and others. */
function sortTexts(texts: readonly string[]): { blocks: string[]; others: string[] } {
  const read = texts.map((text) => ({ text, block: toOneSpelling(text) }))
  return {
    blocks: [...new Set(read.flatMap(({ block }) => block ?? []))],
    others: read.flatMap(({ text, block }) => (block === null ? text : [])),
  }
}

/** Returns the network's known blocks, looked up or typed, other than the one sent to Atlas. */
export function readNetworkBlocks({ draft, known }: Pick<DraftReading, "draft" | "known">): NetworkBlocks {
  const { blocks, others } = sortTexts([
    ...(known?.addresses?.value ?? []),
    ...listTyped(draft.networkBlocks),
  ])
  // Only AWS is sent a block; a draft of another cloud may still carry the field.
  const sent = draft.providerName === "AWS" ? draft.request["routeTableCidrBlock"]?.trim() : undefined
  return { blocks: blocks.filter((block) => block !== sent), unread: others, isKnown: blocks.length > 0 }
}

/** The networks that the draft's network is peered with, beside Atlas's. */
interface PeeredBlocks {
  /** Each once. */
  blocks: string[]
  /** Networks of which the CIDRs are not known, and other texts. */
  names: string[]
  isKnown: boolean
}

/** Returns what is known of other peered networks. On AWS they make no difference to the peering itself. */
export function readPeeredBlocks({
  draft,
  known,
  container,
}: Pick<DraftReading, "draft" | "known" | "container">): PeeredBlocks {
  if (draft.providerName === "AWS") return { blocks: [], names: [], isKnown: false }
  const typed = listTyped(draft.peeredBlocks)
  // On Google Cloud the owner may make their half of the peering before Atlas makes its own.
  const atlasNetwork = container?.providerName === "GCP" ? (container.networkName ?? null) : null
  const looked = known === null ? [] : listPeeredRanges(known, atlasNetwork)
  const { blocks, others } = sortTexts([...looked, ...typed].filter((text) => text.toLowerCase() !== "none"))
  return {
    blocks,
    names: [...new Set(others)],
    isKnown: typed.length > 0 || (known !== null && arePeersKnown(known)),
  }
}

/** Returns every known block that Atlas's side must not overlap: the network's, and those of networks that it is peered with. */
export function toKnownBlocks(
  reading: Pick<DraftReading, "draft" | "fields" | "known" | "container">,
): string[] {
  const sent = readValue(reading, "routeTableCidrBlock") ?? []
  return [sent, readNetworkBlocks(reading).blocks, readPeeredBlocks(reading).blocks].flat()
}

/** Returns the block that Atlas's side has or will have; null when unknown. */
export function readAtlasSide(reading: DraftReading): string | null {
  return reading.isNew ? readValue(reading, "atlasCidrBlock") : (reading.container?.atlasCidrBlock ?? null)
}

/** Returns the block of Atlas's side to compare with a network's; null until it is readable and the network named. */
export function readComparableBlock(reading: DraftReading): string | null {
  const block = readAtlasSide(reading) ?? ""
  return readNetwork(reading) === null || readCidrRange(block) === null ? null : block
}

/** Returns the region of Atlas's side on AWS in AWS's spelling, `us-east-1`; null when unknown. */
export function readAtlasAwsRegion(reading: DraftReading): string | null {
  const { container, isNew } = reading
  const name = isNew
    ? readValue(reading, "region")
    : container?.providerName === "AWS"
      ? container.regionName
      : null
  return name == null ? null : toAwsRegionId(name)
}

/** Returns the peerings in the chosen container. */
export function toPeersInContainer({ container, snapshot }: DraftReading): AtlasPeer[] {
  if (container === null) return []
  return snapshot.here.peers.filter((peer) => isInContainer(container, peer))
}

/** Returns the network that the draft names; null until its fields are right. */
export function readNetwork(reading: Pick<DraftReading, "draft" | "fields">): NetworkKey | null {
  const { providerName } = reading.draft
  const ids = keyFields[providerName].map((name) => [name, readValue(reading, name)] as const)
  if (ids.some(([, id]) => id === null)) return null
  return { providerName, ...Object.fromEntries(ids) } as NetworkKey
}

function compareWhole(a: Container, b: Container): number {
  return compareText(JSON.stringify(a), JSON.stringify(b))
}
