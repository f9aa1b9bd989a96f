import { rememberBefore, toNetworkName } from "@peering-desk/peering-rules"
import {
  escapeInvisible,
  NetworkFacts,
  type Broken,
  type Fact,
  type PeeringRequest,
} from "@peering-desk/shared-schemas"
import type { Kysely, Selectable, Transaction } from "kysely"
import { toInstant } from "#base/clock.ts"
import type { NetworkFactsTable } from "#store/cloud-tables.ts"
import type { Tables } from "#store/tables.ts"
import { isOfNetwork } from "./own-network.ts"

/** Names one network of a project, by `toNetworkName` of peering-rules. */
export interface FactsSubject {
  projectId: string
  network: string
}

/** Facts that somebody pasted or a role read. Times are milliseconds since 1970. */
export interface NewFacts extends FactsSubject {
  /** `link`: by the holder of a share link, and nobody signed in has accepted it. */
  source: "read" | "pasted" | "link"
  /** The name of the role or person, or the label of the link. */
  by: string
  facts: NetworkFacts
  now: number
  /** The connected account through which a role read it. */
  cloudAccount?: string
}

/** The facts of a network from one source. */
export interface KeptFacts extends Pick<NewFacts, "by" | "facts"> {
  source: string
  pastedAt: number
  /** By peering id: what a role read to be broken. */
  broken: Readonly<Record<string, Broken>>
}

const longestName = 300

/** Reads the table `network_facts`: at most one row for each source. A row of another version that can't be read is left out. */
export async function readKeptFacts(
  db: Kysely<Tables>,
  { projectId, network }: FactsSubject,
): Promise<KeptFacts[]> {
  const rows = await db
    .selectFrom("network_facts")
    .selectAll()
    .where("project_id", "=", projectId)
    .where("network", "=", network)
    .orderBy("source")
    .execute()
  return rows.flatMap(toKeptFacts)
}

/** Reads when the newest fact of a network from one source was found; null without one. Milliseconds since 1970. */
export async function readNewestTime(
  db: Kysely<Tables>,
  { source, ...subject }: FactsSubject & Pick<NewFacts, "source">,
): Promise<number | null> {
  const kept = (await readKeptFacts(db, subject)).find((one) => one.source === source)
  return kept === undefined ? null : Math.max(0, ...listFacts(kept.facts).map(([, { at }]) => Date.parse(at)))
}

/** Reads what people pasted and roles read about some networks of a project. What a link's holder pasted doesn't count before somebody accepts it. */
export async function readProvingFacts(
  db: Kysely<Tables>,
  projectId: string,
  networks: readonly string[],
): Promise<NetworkFacts[]> {
  const proving = db
    .selectFrom("network_facts")
    .where("project_id", "=", projectId)
    .where("source", "in", ["pasted", "read"])
  // Facts are known of few networks, and each number of names would be another statement.
  const known = new Set((await proving.select("network").execute()).map(({ network }) => network))
  const named = networks.filter((network) => known.has(network))
  if (named.length === 0) return []
  const rows = await proving
    .selectAll()
    .where("network", "in", named)
    .orderBy("network")
    .orderBy("source")
    .execute()
  return rows.flatMap(toKeptFacts).map(({ facts }) => facts)
}

/**
 * Keeps facts of a network, in the step of what they came with. An aspect that they lack, or that is known from a later time, stays as it
 * is.
 */
export async function keepFacts(
  transaction: Transaction<Tables>,
  { projectId, network, source, by: name, facts, now, cloudAccount }: NewFacts,
): Promise<void> {
  const by = toName(name)
  const before = (await readKeptFacts(transaction, { projectId, network })).find(
    (kept) => kept.source === source,
  )
  const stamped = mapFacts(facts, (fact) => ({
    ...fact,
    source,
    by,
    at: toInstant(Math.min(Date.parse(fact.at), now)),
  }))
  const row = {
    by_name: by,
    facts: JSON.stringify(before === undefined ? stamped : addNewer(before.facts, stamped)),
    at: now,
    pasted_at: now,
    cloud_account: cloudAccount ?? null,
  }
  await transaction
    .insertInto("network_facts")
    .values({ project_id: projectId, network, source, ...row })
    .onConflict((conflict) => conflict.columns(["project_id", "network", "source"]).doUpdateSet(row))
    .execute()
}

/** Keeps what came with a create, in the step that settles it, unless it is about another network. */
export async function keepPasted(
  transaction: Transaction<Tables>,
  projectId: string,
  { request, pasted }: { request: PeeringRequest; pasted?: Pick<NewFacts, "facts" | "by"> },
  now: number,
): Promise<void> {
  const network = toNetworkName(request)
  if (network === null || pasted === undefined || !isOfNetwork(pasted.facts, request)) return
  await keepFacts(transaction, { projectId, network, source: "pasted", ...pasted, now })
}

/** Leaves out what was typed, and what a client says came from elsewhere. */
export function pickPasted(facts: NetworkFacts): NetworkFacts {
  const pasted = listFacts(facts).filter(([, { source }]) => source === "pasted")
  return { providerName: facts.providerName, ...Object.fromEntries(pasted) } as NetworkFacts
}

/** Removes what a link's holder pasted of a network. */
export async function removeLinkFacts(
  transaction: Transaction<Tables>,
  { projectId, network }: FactsSubject,
): Promise<void> {
  await transaction
    .deleteFrom("network_facts")
    .where("project_id", "=", projectId)
    .where("network", "=", network)
    .where("source", "=", "link")
    .execute()
}

/** A name that a fact can have: short enough, and without invisible characters. */
function toName(name: string): string {
  return escapeInvisible(name).slice(0, longestName)
}

function addNewer(known: NetworkFacts, added: NetworkFacts): NetworkFacts {
  const facts: Partial<Record<string, unknown>> = { ...known }
  for (const [name, fact] of listFacts(added)) {
    const before = listFacts(known).find(([other]) => other === name)?.[1]
    if (before === undefined || Date.parse(before.at) <= Date.parse(fact.at)) facts[name] = fact
  }
  return rememberBefore(known, facts as NetworkFacts)
}

export function mapFacts(facts: NetworkFacts, change: (fact: Fact<unknown>) => Fact<unknown>): NetworkFacts {
  const changed = listFacts(facts).map(([name, fact]) => [name, change(fact)])
  return { providerName: facts.providerName, ...Object.fromEntries(changed) } as NetworkFacts
}

function listFacts({ providerName: _providerName, ...facts }: NetworkFacts): [string, Fact<unknown>][] {
  return Object.entries(facts)
}

function toKeptFacts({
  source,
  by_name: by,
  facts: text,
  pasted_at: pastedAt,
  broken,
}: Selectable<NetworkFactsTable>): KeptFacts[] {
  const facts = NetworkFacts.safeParse(JSON.parse(text))
  if (!facts.success) return []
  return [
    {
      source,
      by,
      facts: facts.data,
      pastedAt,
      broken: broken === null ? {} : (JSON.parse(broken) as KeptFacts["broken"]),
    },
  ]
}
