import {
  AtlasPeer,
  Container,
  networkFields,
  type PeeringDraft,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { compact } from "#formats/compact.ts"
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
 * Builds the path that a draft leads to, with its acts and both its ends. A stop that is proven needs no act.
 * @param isSent draws what Atlas gets on approval; the acts of others stay planned
 */
export function planPath(
  draft: PeeringDraft,
  known: PathKnowledge,
  { isSent = false }: { isSent?: boolean } = {},
): { path: Path; acts: PlannedAct[]; peer: AtlasPeer; container: Container | null } {
  const { providerName, request } = draft
  const filled = Object.fromEntries(Object.entries(request).filter(([, value]) => value !== ""))
  const peer = AtlasPeer.parse({ ...filled, providerName, id: "" })
  const container = known.container ?? toPlannedContainer(draft)
  const { stops } = buildPath({ peer, history: [] }, { ...known, container })
  if (!isNamed(draft)) {
    const empty = stops.map((stop) => toLater(stop, "Not planned yet"))
    return { path: toPath(providerName, empty), acts: [], peer, container }
  }
  const acts = listActs(draft, stops).map((act, index) => ({ ...act, number: index + 1 }))
  const planned = stops.map((stop) => toPlanned(stop, acts, providerName, isSent))
  const path = { ...toPath(providerName, planned), open: null, isOwnSideUnknown: false }
  return { path, acts, peer, container }
}

/** Returns the container that a draft creates, as Atlas will list it; null for a draft without one. */
function toPlannedContainer({ providerName, newContainer }: PeeringDraft): Container | null {
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
  const toAct = (
    stopId: PathStop["id"],
    by: PlannedAct["by"],
    says: string | false | null | undefined,
  ): Act | null => (says ? { stopId, by, says } : null)
  const fixOf = (id: PathStop["id"], state: PathStop["state"]) => find(id)?.state === state && find(id)?.next
  const network = request[networkFields[providerName]] ?? ""
  const needsRole = ["broken", "not-checked"].includes(find("role")?.state ?? "later")
  return compact([
    toAct("role", "owner", needsRole && `Assign Atlas's role on ${network}.`),
    toAct("peering", "atlas", replaces !== undefined && "Delete the failed connection."),
    toAct("peering", "atlas", newContainer && `Create the container ${newContainer.atlasCidrBlock}.`),
    toAct("peering", "atlas", `Create the peering to ${network}.`),
    toAct("peering", "owner", sayAcceptance(providerName, request)),
    toAct(
      "route",
      "owner",
      providerName === "AWS" && "Add the route in the tables that the application's subnets use.",
    ),
    toAct("dns", "owner", fixOf("dns", "broken")),
    toAct("firewall", "owner", fixOf("firewall", "broken")),
    toAct("access-list", "project", fixOf("access-list", "waiting")),
  ])
}

/** Azure needs no acceptance. */
function sayAcceptance(providerName: ProviderName, request: PeeringDraft["request"]): string | null {
  if (providerName === "AZURE") return null
  return providerName === "AWS"
    ? `Accept it in ${toName("account", request["awsAccountId"])}.`
    : `Create the peering back from ${toName("project", request["gcpProjectId"])}.`
}

/** Names a thing whose id may not be filled in yet. */
function toName(kind: string, id = ""): string {
  return id === "" ? `the ${kind}` : `${kind} ${id.replace(/^(\d{4})(\d{4})(\d{4})$/, "$1 $2 $3")}`
}
