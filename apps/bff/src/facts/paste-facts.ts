import { mergeFacts, toNetworkName } from "@peering-desk/peering-rules"
import {
  findContainerOf,
  type KnownFacts,
  type NetworkFacts,
  type Peering,
} from "@peering-desk/shared-schemas"
import type { AuditEvent } from "#audit/audit-events.ts"
import type { AuditLog } from "#audit/audit-log.ts"
import { AppError } from "#base/app-error.ts"
import { toInstant, type Clock } from "#base/clock.ts"
import { touchPeering } from "#polling/peering-writer.ts"
import type { PollerPool } from "#polling/poller-pool.ts"
import { shownMaxAgeMs, type ProjectCache } from "#projects/project-cache.ts"
import type { Store } from "#store/store.ts"
import type { CloudFacts } from "./cloud-facts.ts"
import type { LookUpReader } from "./look-up-reader.ts"
import {
  keepFacts,
  readKeptFacts,
  removeLinkFacts,
  type FactsSubject,
  type KeptFacts,
  type NewFacts,
} from "./network-facts.ts"
import { noteSeen } from "./note-stops.ts"
import { nameOwnNetwork } from "./own-network.ts"
import { findUndone, listSeen, type Connection } from "./undone-steps.ts"

export interface FactsDeps {
  store: Store
  clock: Clock
  audit: Pick<AuditLog, "recordChanges">
  pollers: PollerPool
  projectCache: ProjectCache
  lookUps: Pick<LookUpReader, "read">
}

/** Builds the event of what was pasted or accepted. */
type ToEvent = (detail: { network: string; aspects: number }, from: { by: string }) => AuditEvent

/** Returns what is known of the network of a connection. */
export async function readKnownFacts(
  {
    store,
    clock,
    cloudFacts,
  }: Pick<FactsDeps, "store" | "clock"> & { cloudFacts: Pick<CloudFacts, "findAccount"> },
  peering: Peering,
): Promise<KnownFacts> {
  const subject = toSubject(peering)
  const kept = subject === null ? [] : await readKeptFacts(store.db, subject)
  const merged = mergeFacts(
    kept.map(({ facts }) => facts),
    clock.now(),
  )
  const link = kept.find(isOfLink)
  const waiting = link === undefined ? null : { by: link.by, at: toInstant(link.pastedAt) }
  const account = await cloudFacts.findAccount(peering)
  return { ...merged, waiting, ...(account && { account }) }
}

/**
 * Keeps what a pasted output says of the network of a connection, with its event.
 * @throws AppError `facts_unreadable` or `facts_of_another_network`; then nothing is kept
 */
export async function pasteFacts(
  deps: FactsDeps,
  peering: Peering,
  { text, toEvent, ...from }: Pick<NewFacts, "source" | "by"> & { text: string; toEvent: ToEvent },
): Promise<void> {
  const now = deps.clock.now()
  const facts = await deps.lookUps.read({ text, own: peering.peer, now })
  await change(deps, peering, now, async (transaction, subject) => {
    await keepFacts(transaction, { ...subject, ...from, facts, now })
    return toEvent(toDetail(peering, facts), from)
  })
}

/** Takes what a link's holder pasted for something that a person pasted. Does nothing when nothing waits. */
export async function acceptFacts(deps: FactsDeps, peering: Peering, toEvent: ToEvent): Promise<void> {
  const now = deps.clock.now()
  await change(deps, peering, now, async (transaction, subject, before) => {
    const link = before.find(isOfLink)
    if (link === undefined) return null
    const { by, facts } = link
    await keepFacts(transaction, { ...subject, source: "pasted", by, facts, now })
    await removeLinkFacts(transaction, subject)
    return toEvent(toDetail(peering, facts), { by })
  })
}

/** Changes what is kept of a network in one step with its events, and shows it on the pages of every connection of that network. */
async function change(
  { audit, pollers, projectCache }: FactsDeps,
  peering: Peering,
  now: number,
  work: (
    transaction: Parameters<typeof keepFacts>[0],
    subject: FactsSubject,
    before: readonly KeptFacts[],
  ) => Promise<AuditEvent | null>,
): Promise<void> {
  const subject = toSubject(peering)
  if (subject === null)
    throw new AppError("not_changeable", {
      detail: "Atlas does not show which network this connection is with.",
    })
  const { projectId, network } = subject
  const { containers, readCustomDns } = projectCache.of(projectId)
  const [{ value }, customDns] = await Promise.all([
    containers.refresh(shownMaxAgeMs),
    peering.peer.providerName === "AWS" ? readCustomDns() : undefined,
  ])
  const connections = pollers.live
    .ofCloud(projectId, peering.peer.providerName)
    .filter(({ peer }) => toNetworkName(peer) === network)
    .map((one): Connection => ({
      peering: one,
      container: findContainerOf(one.peer, value ?? []),
      customDns,
    }))
  await audit.recordChanges(async (transaction) => {
    const before = await readKeptFacts(transaction, subject)
    const event = await work(transaction, subject, before)
    if (event === null) return []
    for (const { peering: one } of connections) await touchPeering(transaction, { projectId, id: one.id })
    const after = await readKeptFacts(transaction, subject)
    await noteSeen(transaction, subject, listSeen(connections, { after, now }))
    return [event, ...findUndone(connections, { before, after, now })]
  })
}

function toSubject({ projectId, peer }: Peering): FactsSubject | null {
  const network = toNetworkName(peer)
  return network === null ? null : { projectId, network }
}

function toDetail({ peer }: Peering, { providerName: _providerName, ...aspects }: NetworkFacts) {
  return { network: nameOwnNetwork(peer), aspects: Object.keys(aspects).length }
}

const isOfLink = ({ source }: KeptFacts) => source === "link"
