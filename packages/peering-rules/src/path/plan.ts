import {
  AtlasPeer,
  Container,
  networkFields,
  type PeeringDraft,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { toLater, type Path, type PathKnowledge, type PathStop } from "./path-stop.ts"
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
  const filled = Object.fromEntries(Object.entries(request).filter(([, value]) => value !== ""))
  const peer = AtlasPeer.parse({ ...filled, providerName, id: "" })
  const container = known.container ?? toPlannedContainer(draft)
  const { stops } = buildPath({ peer, history: [] }, { ...known, container })
  if (!isNamed(draft)) {
    const empty = stops.map((stop) => toLater(stop, "Not planned yet"))
    return { path: toPath(providerName, empty), acts: [] }
  }
  const acts = listActs(draft, stops).map((act, index) => ({ ...act, number: index + 1 }))
  const planned = stops.map((stop) => toPlanned(stop, acts, providerName, isSent))
  return { path: { ...toPath(providerName, planned), open: null, isOwnSideUnknown: false }, acts }
}

/** Returns the container that a draft creates, as Atlas will list it; null for a draft without one. */
export function toPlannedContainer({ providerName, newContainer }: PeeringDraft): Container | null {
  if (newContainer === undefined) return null
  const { region = null, regions, ...more } = newContainer
  const place = { AWS: { regionName: region }, AZURE: { region }, GCP: regions && { regions } }[providerName]
  return Container.parse({ ...more, ...place, providerName, id: "" })
}

function isNamed({ providerName, request }: PeeringDraft): boolean {
  return (request[networkFields[providerName]] ?? "") !== ""
}

function toPlanned(
  stop: PathStop,
  acts: readonly PlannedAct[],
  providerName: ProviderName,
  isSent: boolean,
): PathStop {
  const own = acts.filter(({ stopId }) => stopId === stop.id)
  const sent = isSent ? own.filter(({ by }) => by === "atlas") : []
  const shown = sent.length > 0 ? sent : own
  if (shown.length === 0) return stop
  const peering = sent.length > 0 ? "Atlas creates it" : peeringFacts[providerName]
  return {
    ...toLater(stop, stop.id === "peering" ? peering : (ownerFacts[stop.id] ?? stop.fact)),
    state: sent.length > 0 ? "sent" : "planned",
    says: own.map(({ says }) => says).join(" "),
    number: shown.map(({ number }) => number).join("·"),
  }
}

const peeringFacts: Record<ProviderName, string> = {
  AWS: "Created, then accepted",
  GCP: "Created from both sides",
  AZURE: "Atlas creates both sides",
}

const ownerFacts: Partial<Record<PathStop["id"], string>> = {
  route: "Owner adds it",
  role: "Owner assigns it",
  dns: "Owner switches it on",
  firewall: "Owner opens it",
}

type Act = Omit<PlannedAct, "number">

function listActs(
  { providerName, request, newContainer, replaces }: PeeringDraft,
  stops: readonly PathStop[],
): Act[] {
  const find = (id: PathStop["id"]) => stops.find((stop) => stop.id === id)
  const isOpen = (id: PathStop["id"], ...states: PathStop["state"][]) =>
    states.includes(find(id)?.state ?? "later")
  const network = request[networkFields[providerName]] ?? ""
  const container: Act[] =
    newContainer === undefined
      ? []
      : [{ stopId: "peering", by: "atlas", says: `Create the container ${newContainer.atlasCidrBlock}.` }]
  const cleared: Act[] =
    replaces === undefined ? [] : [{ stopId: "peering", by: "atlas", says: "Delete the failed connection." }]
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
  return [
    ...role,
    ...cleared,
    ...container,
    create,
    ...toAcceptance(providerName, request),
    ...route,
    ...mend,
    ...entry,
  ]
}

function toAcceptance(providerName: ProviderName, request: PeeringDraft["request"]): Act[] {
  if (providerName === "AZURE") return []
  const says =
    providerName === "AWS"
      ? `Accept it in ${toName("account", request["awsAccountId"])}.`
      : `Create the peering back from ${toName("project", request["gcpProjectId"])}.`
  return [{ stopId: "peering", by: "owner", says }]
}

/** Names a thing whose id may not be filled in yet. */
function toName(kind: string, id = ""): string {
  return id === "" ? `the ${kind}` : `${kind} ${id.replace(/^(\d{4})(\d{4})(\d{4})$/, "$1 $2 $3")}`
}
