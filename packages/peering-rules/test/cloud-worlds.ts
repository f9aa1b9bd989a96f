import type {
  AtlasPeer,
  Container,
  FactName,
  NetworkFacts,
  PeeringDraft,
  ProjectAddresses,
  ProviderName,
} from "@peering-desk/shared-schemas"
import { looked as fact, lookedAt, toLookUp } from "./look-ups.ts"
import type { ProjectSnapshot } from "#draft/project-snapshot.ts"

/** A customer's network as it is, whether anybody told Peering Desk or not. */
interface TrueNetwork {
  name: string
  /** Every block: primary, secondary, prefixes, secondary ranges. */
  cidrs: string[]
  isAutoMode: boolean
  /** AWS only. */
  region: string
  /** The CIDRs of networks that are not Atlas's and that it is peered with. */
  peers: string[]
  /** Static routes: the CIDRs that they take elsewhere. */
  routes: string[]
  /** Google Cloud: ranges of Private Service Access. */
  services: string[]
  /** AWS: both DNS attributes are on. */
  hasDns: boolean
  /** Azure: Atlas's application has its role. */
  hasRole: boolean
}

interface TrueContainer {
  id: string
  cidr: string
  region: string
}

export interface TruePeering {
  id: string
  container: TrueContainer
  network: TrueNetwork
  /** The block given to Atlas; AWS only. */
  routed: string
  status: string
}

interface TrueProject {
  name: string
  containers: TrueContainer[]
  peerings: TruePeering[]
  /** False when its lists could not be read. */
  isRead: boolean
}

type Mistake = "account" | "region" | "directory" | "block" | null

/** Several projects that share blocks and networks, and one draft: all that is true, and the part that is known. */
export interface CloudCase {
  seed: number
  cloud: ProviderName
  network: TrueNetwork
  /** The first is the draft's project. */
  projects: TrueProject[]
  /** Atlas's side of the draft; `isNew` when it is still to be made. */
  container: TrueContainer
  isNew: boolean
  routed: string
  /** A value of the draft that is not the network's. */
  mistake: Mistake
  /** True when the draft has every block of the network. */
  hasBlocks: boolean
  /** True when the draft has the CIDRs of all its peers. */
  hasPeers: boolean
  /** What somebody looked up of the network in its cloud; empty without a look-up. */
  looked: readonly FactName[]
  /** The other networks that were looked up. */
  lookedUp: TrueNetwork[]
  draft: PeeringDraft
  snapshot: ProjectSnapshot
}

/** A generator of numbers from 0 to 1 (mulberry32), so that a seed gives the same case on any machine. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const atlasBlocks: Readonly<Record<ProviderName, readonly string[]>> = {
  AWS: ["192.168.248.0/21", "10.8.0.0/21", "10.8.0.0/22", "10.16.0.0/21", "10.24.0.0/21", "10.64.0.0/23"],
  AZURE: ["192.168.248.0/21", "10.8.0.0/21", "10.8.0.0/22", "10.16.0.0/21", "10.24.0.0/21", "10.64.0.0/23"],
  GCP: ["192.168.0.0/16", "10.64.0.0/18", "10.64.0.0/17", "10.192.0.0/18", "10.16.0.0/18", "172.24.0.0/18"],
}
const wrongBlocks = ["100.64.0.0/21", "10.32.4.0/21", "10.32.0.0/26", "11.0.0.0/21"]
const networkBlocks: Readonly<Record<ProviderName, readonly string[]>> = {
  AWS: ["10.0.0.0/16", "10.8.0.0/16", "10.40.0.0/16", "10.41.0.0/16", "172.20.0.0/16", "10.90.0.0/16"],
  AZURE: ["10.0.0.0/16", "10.8.0.0/16", "10.40.0.0/16", "10.41.0.0/16", "172.20.0.0/16", "10.90.0.0/16"],
  GCP: ["10.0.0.0/20", "10.64.0.0/20", "10.40.0.0/20", "10.41.0.0/16", "172.20.0.0/16", "10.90.0.0/16"],
}
const regions = {
  AWS: ["US_EAST_1", "EU_WEST_1", "US_WEST_2"],
  AZURE: ["US_EAST_2", "EUROPE_WEST", "UK_SOUTH"],
  GCP: [""],
}
const statuses: Readonly<Record<ProviderName, readonly string[]>> = {
  AWS: ["AVAILABLE", "AVAILABLE", "PENDING_ACCEPTANCE", "FAILED", "TERMINATING"],
  AZURE: ["AVAILABLE", "AVAILABLE", "ADDING_PEER", "DELETION_FAILED", "DELETING", "FAILED"],
  GCP: ["AVAILABLE", "AVAILABLE", "WAITING_FOR_USER", "FAILED"],
}
const account = { awsAccountId: "482913570264", subscription: "2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42" }
const directory = "35039750-6ebd-4ad5-bcfe-cb4e5fc2d915"

/** Builds the case of a seed. */
export function buildCase(cloud: ProviderName, seed: number): CloudCase {
  const random = createRandom(seed)
  const pick = <Value>(values: readonly Value[]): Value =>
    values[Math.floor(random() * values.length)] as Value
  const chance = (share: number) => random() < share
  let ids = 0
  const newId = () => (0x507f1f77 + (ids += 1)).toString(16).padStart(24, "0")

  const region = "us-east-1"
  const networks = [0, 1, 2].map((at): TrueNetwork => {
    const isAutoMode = cloud === "GCP" && chance(0.1)
    const cidrs = new Set([pick(networkBlocks[cloud])])
    if (chance(0.35)) cidrs.add(pick(networkBlocks[cloud]))
    if (cloud === "AZURE" && chance(0.03)) cidrs.add("169.254.0.0/24")
    if (cloud === "GCP" && chance(0.05)) cidrs.add("203.0.113.0/24")
    const isShared = cloud === "AWS" && chance(0.03)
    return {
      ...emptyNetwork,
      name: toName(cloud, at),
      cidrs: isShared ? ["100.64.0.0/16"] : isAutoMode ? ["10.128.0.0/20", "10.132.0.0/20"] : [...cidrs],
      isAutoMode,
      region,
    }
  })
  const network = networks[0] as TrueNetwork

  const projects = ["payments", "orders", "ledger", "search"].map((name, at): TrueProject => {
    const containers =
      pick([1, 2]) === 1 || cloud === "GCP" ? [regions[cloud][0] ?? ""] : regions[cloud].slice(0, 2)
    const made: TrueContainer[] = []
    for (const region of containers) {
      const cidr = pick(atlasBlocks[cloud])
      // Atlas keeps the containers of one project apart.
      if (made.every((one) => one.cidr.split(".")[1] !== cidr.split(".")[1]))
        made.push({ id: newId(), cidr, region })
    }
    const peerings = made.flatMap((container) =>
      networks.flatMap((one): TruePeering[] => {
        // The draft's own pair has no peering yet.
        if ((at === 0 && one === network) || !chance(one === network ? 0.3 : 0.15)) return []
        return [
          { id: newId(), container, network: one, routed: one.cidrs[0] ?? "", status: pick(statuses[cloud]) },
        ]
      }),
    )
    return { name, containers: made, peerings, isRead: at === 0 || !chance(0.04) }
  })
  const here = projects[0] as TrueProject
  const isNew = chance(0.4)
  const wantedRegion = pick(regions[cloud])
  const cidr = chance(0.05) ? pick(wrongBlocks) : pick(atlasBlocks[cloud])
  if (isNew && cloud === "GCP" && chance(0.8)) Object.assign(here, { containers: [], peerings: [] })
  const container = isNew ? { id: "new", cidr, region: wantedRegion } : pick(here.containers)
  const filled = chance(0.03) ? fillUp(cloud, here, newId) : false
  if (!filled && chance(0.02) && cloud !== "GCP")
    fillNetwork(cloud, projects[1] as TrueProject, network, newId)

  const [primary = ""] = network.cidrs
  const part = chance(0.1) ? primary.replace(/\/\d+$/, "/20") : primary
  network.region = chance(0.03) ? "cn-north-1" : container.region.toLowerCase().replaceAll("_", "-")
  const hasBlocks = chance(0.75)
  const mistake = chance(0.15) ? pick(mistakes[cloud]) : null
  const isOther = mistake === "block" && !hasBlocks
  const routed = isOther ? pick(networkBlocks[cloud]) : part
  const hasPeers = cloud !== "AWS" && chance(0.75)
  if (chance(0.3)) network.peers = [pick(peerBlocks), pick(networkBlocks[cloud])]
  if (chance(0.15)) network.routes = [pick(peerBlocks), pick(staticRoutes)]
  if (cloud === "GCP" && chance(0.2)) network.services = [pick(peerBlocks)]
  network.hasDns = !chance(0.08)
  network.hasRole =
    !chance(0.15) || projects.some(({ peerings }) => peerings.some((one) => isWorking(one, network)))
  const whole = toLookedUp(cloud, network, projects)
  const facts = leaveOut(whole, chance(0.5) ? () => false : chance(0.6) ? () => true : () => chance(0.5))
  const looked = Object.keys(facts).filter((name) => !naming.includes(name)) as FactName[]
  const lookedUp = networks.filter((one) => one !== network && chance(0.9))
  const known = { cloud, network, routed, container, isNew, hasBlocks, hasPeers, mistake, looked, lookedUp }
  const draft = toDraft(known)
  return {
    seed,
    ...known,
    projects,
    draft: looked.length === 0 ? draft : { ...draft, facts },
    snapshot: {
      ...toSnapshot(cloud, projects),
      networkFacts: lookedUp.map((one) => toLookedUp(cloud, one, projects)),
    },
  }
}

/** The aspects that tell which network facts are of. */
const naming = ["providerName", "network", "resourceGroup"]

function leaveOut(facts: NetworkFacts, isOut: () => boolean): NetworkFacts {
  const stays = ([name]: [string, unknown]) =>
    naming.includes(name) || (name === "account" && facts.providerName !== "AWS") || !isOut()
  return Object.fromEntries(Object.entries(facts).filter(stays)) as NetworkFacts
}

const isWorking = ({ network, status }: TruePeering, of: TrueNetwork) =>
  network === of && status === "AVAILABLE"

/** Returns what the network's cloud shows to its owner. */
function toLookedUp(
  cloud: ProviderName,
  network: TrueNetwork,
  projects: readonly TrueProject[],
): NetworkFacts {
  const existing = projects.flatMap(({ peerings }) => peerings).filter((one) => isWorking(one, network))
  const peerings = [
    ...existing.map(({ id, container }) => ({
      id: `pcx-${id}`,
      network: `atlas-${id}`,
      ranges: [container.cidr],
    })),
    ...network.peers.map((range, at) => ({ id: `pcx-own${at}`, network: `own-${at}`, ranges: [range] })),
  ].map((one) => ({ ...one, state: "active", message: null, account: null }))
  const ids: Record<string, string> = toIds(cloud, network)
  const table = {
    id: "rtb-1",
    isMain: true,
    subnets: [],
    routes: network.routes.map((to) => ({ to, target: "tgw-1", state: "active" as const })),
  }
  return {
    ...toLookUp({ providerName: cloud, request: ids, networkBlocks: network.cidrs }),
    peerings: fact(peerings),
    routeTables: fact([table]),
    ...(cloud === "AWS" && { dns: fact({ support: network.hasDns, hostnames: network.hasDns }) }),
    ...(cloud === "GCP" && { serviceRanges: fact(network.services) }),
    ...(cloud === "AZURE" && {
      roles: fact(network.hasRole ? [{ role: "Network Contributor", scope: "/subscriptions/1" }] : []),
    }),
  }
}

const emptyNetwork: Pick<TrueNetwork, "peers" | "routes" | "services" | "hasDns" | "hasRole"> = {
  peers: [],
  routes: [],
  services: [],
  hasDns: true,
  hasRole: true,
}
const staticRoutes = ["10.8.0.0/24", "10.0.0.0/8", "0.0.0.0/0", "10.64.0.0/18", "192.168.248.0/21"]

/** Blocks of hubs and of services; some hold a container's. */
const peerBlocks = ["10.8.0.0/16", "10.96.0.0/16", "10.64.4.0/22", "192.168.0.0/16", "10.16.0.0/24"]
const mistakes: Readonly<Record<ProviderName, readonly Mistake[]>> = {
  AWS: ["account", "region", "block"],
  AZURE: ["directory"],
  GCP: [null],
}

function toName(cloud: ProviderName, at: number): string {
  return cloud === "AWS" ? `vpc-0a1b2c3${at}` : cloud === "GCP" ? `network-${at}` : `vnet-${at}`
}

/** Fills a project to its limit of connections, or of unfinished ones. */
function fillUp(cloud: ProviderName, { peerings }: TrueProject, newId: () => string): boolean {
  const container = { id: newId(), cidr: "10.250.0.0/21", region: "" }
  for (let at = 0; at < 50; at += 1) {
    const own = { name: toName(cloud, 100 + at), cidrs: [], isAutoMode: false, region: "us-east-1" }
    const network = { ...emptyNetwork, ...own }
    peerings.push({ id: newId(), container, network, routed: `10.251.${at}.0/24`, status: "AVAILABLE" })
  }
  return true
}

/** Gives a network as many active connections as its cloud allows. */
function fillNetwork(
  cloud: ProviderName,
  { containers, peerings }: TrueProject,
  network: TrueNetwork,
  newId: () => string,
) {
  const container = { id: newId(), cidr: "10.250.0.0/21", region: "EU_NORTH_1" }
  containers.push(container)
  for (let at = 0; at < (cloud === "AWS" ? 50 : 500); at += 1)
    peerings.push({ id: newId(), container, network, routed: network.cidrs[0] ?? "", status: "AVAILABLE" })
}

function toDraft({
  cloud,
  network,
  routed,
  container,
  isNew,
  hasBlocks,
  hasPeers,
  mistake,
}: Pick<
  CloudCase,
  "cloud" | "network" | "routed" | "container" | "isNew" | "hasBlocks" | "hasPeers" | "mistake"
>): PeeringDraft {
  const wrong: Record<string, string> =
    mistake === "account"
      ? { awsAccountId: "719304826155" }
      : mistake === "region"
        ? { accepterRegionName: network.region === "eu-west-1" ? "us-east-1" : "eu-west-1" }
        : mistake === "directory"
          ? { azureDirectoryId: "00000000-1111-4222-8333-444444444444" }
          : {}
  const block: Record<string, string> = cloud === "AWS" ? { routeTableCidrBlock: routed } : {}
  return {
    providerName: cloud,
    request: { ...toIds(cloud, network), ...block, ...wrong, containerId: container.id },
    ...(hasBlocks && { networkBlocks: network.cidrs }),
    ...(hasPeers && { peeredBlocks: [...network.peers, ...network.services, "none"] }),
    ...(isNew && {
      newContainer: { atlasCidrBlock: container.cidr, ...(cloud !== "GCP" && { region: container.region }) },
    }),
  }
}

function toIds(cloud: ProviderName, { name, region }: TrueNetwork): Record<string, string> {
  switch (cloud) {
    case "AWS":
      return { awsAccountId: account.awsAccountId, accepterRegionName: region, vpcId: name }
    case "GCP":
      return { gcpProjectId: "acme-payments-prod-417203", networkName: name }
    case "AZURE":
      return {
        azureDirectoryId: directory,
        azureSubscriptionId: account.subscription,
        resourceGroupName: "rg-network",
        vnetName: name,
      }
  }
}

/** Lists what Atlas tells of the projects. */
function toSnapshot(cloud: ProviderName, projects: readonly TrueProject[]): ProjectSnapshot {
  const [here, ...otherProjects] = projects.map(
    ({ name, containers, peerings, isRead }): ProjectAddresses => ({
      project: { id: `id-of-${name}`, name, keyMayCreate: "yes" },
      containers: !isRead
        ? []
        : containers.map(
            ({ id, cidr, region }) =>
              ({
                providerName: cloud,
                id,
                atlasCidrBlock: cidr,
                provisioned: true,
                regionName: region,
                region,
              }) as Container,
          ),
      peers: !isRead
        ? []
        : peerings.map(
            ({ id, container, network, routed, status }) =>
              ({
                providerName: cloud,
                id,
                containerId: container.id,
                ...toIds(cloud, network),
                ...(cloud === "AWS"
                  ? { statusName: status, routeTableCidrBlock: routed, connectionId: `pcx-${id}` }
                  : { status }),
              }) as AtlasPeer,
          ),
      privateIpMode: false,
      readAt: isRead ? "2026-11-24T12:00:00.000Z" : null,
      problem: isRead ? null : "atlas_unreachable",
    }),
  )
  return { here: here as ProjectAddresses, otherProjects, peersPerProject: 50, now: lookedAt }
}
