import { AtlasPeer, networkFields, type PeeringDraft, type ProviderName } from "@peering-desk/shared-schemas"
import type { Path, PathKnowledge, PathStop } from "./path-stop.ts"
import { buildPath, toPath } from "./path.ts"

/** One act of a plan, in the order in which they follow each other. */
export interface PlannedAct {
  number: number
  stopId: PathStop["id"]
  /** Who acts: Atlas on sending, the owner of the network in the cloud, or somebody in the Atlas project. */
  by: "atlas" | "owner" | "project"
  says: string
}

/**
 * Builds the path that a draft leads to, with its acts. A stop that is proven needs none.
 * @param isSent draws what Atlas gets on approval; the acts of others stay planned
 */
export function planPath(
  draft: PeeringDraft,
  known: PathKnowledge,
  { isSent = false }: { isSent?: boolean } = {},
): { path: Path; acts: PlannedAct[] } {
  const { providerName, request } = draft
  const peer = AtlasPeer.parse({ ...request, providerName, id: "" })
  const { stops } = buildPath({ peer, history: [] }, known)
  if (!isNamed(draft)) return { path: toPath(providerName, stops.map(toEmpty)), acts: [] }
  const acts = listActs(draft, stops).map((act, index) => ({ ...act, number: index + 1 }))
  const planned = stops.map((stop) => toPlanned(stop, acts, isSent))
  return { path: { ...toPath(providerName, planned), open: null, isOwnSideUnknown: false }, acts }
}

function isNamed({ providerName, request }: PeeringDraft): boolean {
  return (request[networkFields[providerName]] ?? "") !== ""
}

function toEmpty(stop: PathStop): PathStop {
  return { ...stop, state: "later", fact: "", says: "", next: null, source: null, by: null, at: null }
}

function toPlanned(stop: PathStop, acts: readonly PlannedAct[], isSent: boolean): PathStop {
  const own = acts.filter(({ stopId }) => stopId === stop.id)
  const sent = isSent ? own.filter(({ by }) => by === "atlas") : []
  const shown = sent.length > 0 ? sent : own
  if (shown.length === 0) return stop
  return {
    ...stop,
    state: sent.length > 0 ? "sent" : "planned",
    fact: factsOfActs[stop.id] ?? stop.fact,
    says: own.map(({ says }) => says).join(" "),
    next: null,
    source: null,
    by: null,
    at: null,
    number: shown.map(({ number }) => number).join("·"),
  }
}

const factsOfActs: Partial<Record<PathStop["id"], string>> = {
  route: "Owner adds it",
  role: "Owner assigns it",
  dns: "Owner switches it on",
  firewall: "Owner opens it",
}

type Act = Omit<PlannedAct, "number">

function listActs({ providerName, request, newContainer }: PeeringDraft, stops: readonly PathStop[]): Act[] {
  const find = (id: PathStop["id"]) => stops.find((stop) => stop.id === id)
  const isOpen = (id: PathStop["id"], ...states: PathStop["state"][]) =>
    states.includes(find(id)?.state ?? "later")
  const network = request[networkFields[providerName]] ?? ""
  const container: Act[] =
    newContainer === undefined
      ? []
      : [{ stopId: "peering", by: "atlas", says: `Create the container ${newContainer.atlasCidrBlock}.` }]
  const create: Act = { stopId: "peering", by: "atlas", says: `Create the peering to ${network}.` }
  const role: Act[] = isOpen("role", "broken", "not-checked")
    ? [{ stopId: "role", by: "owner", says: `Assign Atlas's role on ${network}.` }]
    : []
  const mend = (["dns", "firewall"] as const).flatMap((stopId): Act[] => {
    const stop = find(stopId)
    return stop?.state === "broken" && stop.next !== null ? [{ stopId, by: "owner", says: stop.next }] : []
  })
  const route: Act[] =
    providerName === "AWS"
      ? [
          {
            stopId: "route",
            by: "owner",
            says: "Add the route in the tables that the application's subnets use.",
          },
        ]
      : []
  const list = find("access-list")
  const entry: Act[] =
    list?.state === "waiting" && list.next !== null
      ? [{ stopId: "access-list", by: "project", says: list.next }]
      : []
  return [...role, ...container, create, ...toAcceptance(providerName, request), ...route, ...mend, ...entry]
}

function toAcceptance(providerName: ProviderName, request: PeeringDraft["request"]): Act[] {
  if (providerName === "AZURE") return []
  const says =
    providerName === "AWS"
      ? `Accept it in account ${request["awsAccountId"] ?? ""}.`
      : `Create the peering back from ${request["gcpProjectId"] ?? ""}.`
  return [{ stopId: "peering", by: "owner", says }]
}
