import type { FactName, ProviderName } from "@peering-desk/shared-schemas"
import type { CloudCase, TruePeering } from "./cloud-worlds.ts"

// Written from the clouds' and Atlas's documentation, without any code of the rules: the arithmetic of addresses is repeated here.

/** The first and last address of a block. */
function toEnds(cidr: string): [first: number, last: number] {
  const [address = "", prefix = ""] = cidr.split("/")
  const size = 2 ** (32 - Number(prefix))
  const number = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0)
  const first = number - (number % size)
  return [first, first + size - 1]
}

function shareAddress(one: string, other: string): boolean {
  const [a, b] = [toEnds(one), toEnds(other)]
  return Math.max(a[0], b[0]) <= Math.min(a[1], b[1])
}

function isInside(inner: string, outer: string): boolean {
  const [a, b] = [toEnds(inner), toEnds(outer)]
  return b[0] <= a[0] && a[1] <= b[1]
}

const anyShares = (ones: readonly string[], others: readonly string[]) =>
  ones.some((one) => others.some((other) => shareAddress(one, other)))
const isPrivate = (cidr: string) =>
  ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].some((range) => isInside(cidr, range))

/** A row of the oracle: what the cloud does when its condition is true. */
export interface OracleRow {
  id: string
  clouds: readonly ProviderName[]
  /** What makes it fire, in the words of the test's title. */
  when: string
  verdict: "refused" | "fails later" | "misrouted" | "cannot be told"
  /** True for a row that rests on something that no document confirms: never red. */
  isDeduced?: boolean
  isTrue: (one: CloudCase) => boolean
  /** Tells if all it takes is known to Peering Desk and documented for certain, so that the verdict has to be red. */
  isCertain?: (one: CloudCase) => boolean
}

const every: readonly ProviderName[] = ["AWS", "GCP", "AZURE"]

/** The network's other peerings, in every project, that exist in its cloud. */
function listExisting({ cloud, network, projects }: CloudCase, certain = false): TruePeering[] {
  const gone = { AWS: ["FAILED", "TERMINATING"], GCP: ["FAILED"], AZURE: ["FAILED"] }[cloud]
  const isThere = ({ status }: TruePeering) => (certain ? status === "AVAILABLE" : !gone.includes(status))
  return projects.flatMap(({ peerings }) => peerings.filter((one) => one.network === network && isThere(one)))
}

/** The CIDRs of the networks that the network is peered with (P). */
const listPeered = (one: CloudCase) => listExisting(one).map(({ container }) => container.cidr)

/** The other networks peered with the draft's container, as far as they exist (Q). */
function listNeighbours({ cloud, projects, container, network }: CloudCase): TruePeering[] {
  const peerings = projects[0]?.peerings ?? []
  // Atlas itself compares the blocks it was given on AWS, of a failed connection too.
  const isThere = ({ status }: TruePeering) => cloud === "AWS" || status !== "FAILED"
  return peerings.filter(
    (one) => one.container.id === container.id && one.network !== network && isThere(one),
  )
}

/** P overlaps A by a peering that works, of a project whose lists are known. */
function isPeeredForCertain(one: CloudCase): boolean {
  const read = one.projects.filter(({ isRead }) => isRead).flatMap(({ peerings }) => peerings)
  return listExisting(one, true).some(
    (peering) => read.includes(peering) && shareAddress(peering.container.cidr, one.container.cidr),
  )
}

/** The connections of the network, in projects whose lists are known, that its cloud has set up, or that wait for its owner. */
const listProven = (one: CloudCase) =>
  listExisting(one).filter(
    (peering) =>
      ["AVAILABLE", "PENDING_ACCEPTANCE"].includes(peering.status) &&
      one.projects.some(({ isRead, peerings }) => isRead && peerings.includes(peering)),
  )

/** A value of the draft is not the network's, as a connection of the same network shows. */
const contradicts = (one: CloudCase, ...values: readonly CloudCase["mistake"][]) =>
  values.includes(one.mistake) && listProven(one).length > 0

/** P overlaps A by a peering that is not Atlas's and that the draft names. */
const isToldPeer = ({ hasPeers, looked, network, container }: CloudCase) =>
  (hasPeers || looked.includes("peerings")) && anyShares(network.peers, [container.cidr])

/** M is known: typed into the form, or looked up. */
const knowsBlocks = ({ hasBlocks, looked }: CloudCase) => hasBlocks || looked.includes("addresses")

const overlapsContainer = ({ network, container }: CloudCase) => anyShares(network.cidrs, [container.cidr])

export const oracleRows: readonly OracleRow[] = [
  {
    id: "O2",
    clouds: every,
    when: "a new Atlas CIDR is not private, has host bits or a wrong size",
    verdict: "refused",
    isTrue: ({ cloud, isNew, container: { cidr } }) => {
      const [address = "", prefix = ""] = cidr.split("/")
      const [least, most] = cloud === "GCP" ? [0, 18] : [21, 24]
      const hasHostBits = toEnds(cidr)[0] !== toEnds(`${address}/32`)[0]
      return isNew && (!isPrivate(cidr) || hasHostBits || Number(prefix) < least || Number(prefix) > most)
    },
    isCertain: () => true,
  },
  {
    id: "O3",
    clouds: every,
    when: "a new Atlas CIDR differs from the one of the region's or project's container",
    verdict: "refused",
    isTrue: ({ cloud, isNew, container, projects }) =>
      isNew &&
      (projects[0]?.containers ?? []).some(
        (one) => (cloud === "GCP" || one.region === container.region) && one.cidr !== container.cidr,
      ),
    isCertain: () => true,
  },
  {
    // Atlas: containers of a project never overlap, and each region has one.
    id: "O3 containers",
    clouds: every,
    when: "a new container overlaps another one of the project, or its region has one",
    verdict: "refused",
    isTrue: ({ cloud, isNew, container, projects }) =>
      isNew &&
      (projects[0]?.containers ?? []).some(
        (one) => cloud === "GCP" || one.region === container.region || shareAddress(one.cidr, container.cidr),
      ),
    isCertain: () => true,
  },
  {
    id: "O4",
    clouds: every,
    when: "the project has 50 connections or 25 unfinished ones",
    verdict: "refused",
    isTrue: ({ projects }) => (projects[0]?.peerings.length ?? 0) >= 50,
    isCertain: ({ projects }) => projects[0]?.peerings.length === 50,
  },
  {
    id: "O5",
    clouds: ["AWS"],
    when: "the block given to Atlas is not private",
    verdict: "refused",
    isTrue: ({ routed }) => !isPrivate(routed),
    isCertain: () => true,
  },
  {
    id: "O6",
    clouds: ["AWS"],
    when: "the block given to Atlas overlaps the Atlas CIDR or another network's of the container",
    verdict: "refused",
    isTrue: (one) =>
      shareAddress(one.routed, one.container.cidr) ||
      anyShares(
        [one.routed],
        listNeighbours(one).map(({ routed }) => routed),
      ),
    isCertain: () => true,
  },
  {
    id: "O7",
    clouds: ["AWS"],
    when: "any block of the VPC overlaps the Atlas CIDR",
    verdict: "fails later",
    isTrue: overlapsContainer,
    isCertain: (one) =>
      knowsBlocks(one) ||
      anyShares(
        listProven(one).map(({ routed }) => routed),
        [one.container.cidr],
      ),
  },
  {
    id: "O8",
    clouds: ["AWS"],
    when: "account or region is not the VPC's",
    verdict: "fails later",
    isTrue: ({ mistake }) => mistake === "account" || mistake === "region",
    isCertain: (one) =>
      (one.mistake === "account" && one.looked.includes("account")) ||
      (one.mistake === "region" && one.looked.includes("region")) ||
      contradicts(one, "account", "region"),
  },
  {
    id: "O9",
    clouds: ["AWS"],
    when: "VPC and container are in different partitions",
    verdict: "cannot be told",
    isTrue: ({ draft }) => draft.request["accepterRegionName"]?.startsWith("cn-") === true,
  },
  {
    id: "O10",
    clouds: ["AWS"],
    when: "the VPC has 50 active peerings",
    verdict: "refused",
    isDeduced: true,
    isTrue: (one) => listExisting(one, true).length >= 50,
  },
  {
    id: "O12",
    clouds: ["AWS"],
    when: "the VPC is peered with an equal CIDR",
    verdict: "misrouted",
    isTrue: (one) => [...listPeered(one), ...one.network.peers].includes(one.container.cidr),
  },
  {
    id: "O13",
    clouds: ["AWS"],
    when: "the VPC is peered with an overlapping CIDR of another size",
    verdict: "misrouted",
    isTrue: (one) =>
      [...listPeered(one), ...one.network.peers].some(
        (cidr) => cidr !== one.container.cidr && shareAddress(cidr, one.container.cidr),
      ),
  },
  {
    id: "O14",
    clouds: ["AWS", "AZURE"],
    when: "a route sends the Atlas CIDR, or a part of it, elsewhere",
    verdict: "misrouted",
    isTrue: takesTraffic,
  },
  {
    id: "O18",
    clouds: ["AWS"],
    when: "DNS resolution or hostnames are off",
    verdict: "misrouted",
    isTrue: ({ network }) => !network.hasDns,
  },
  {
    id: "O15",
    clouds: ["AWS"],
    when: "a part of the VPC lies outside the block given to Atlas",
    verdict: "misrouted",
    isDeduced: true,
    isTrue: ({ network, routed }) => network.cidrs.some((cidr) => !isInside(cidr, routed)),
  },
  {
    id: "O19",
    clouds: ["AZURE"],
    when: "any prefix of the VNet overlaps the Atlas CIDR",
    verdict: "fails later",
    isTrue: overlapsContainer,
    isCertain: knowsBlocks,
  },
  {
    id: "O20",
    clouds: ["AZURE"],
    when: "a prefix of the VNet overlaps another VNet of the container",
    verdict: "fails later",
    isTrue: (one) =>
      anyShares(
        one.network.cidrs,
        listNeighbours(one).flatMap(({ network }) => network.cidrs),
      ),
  },
  {
    id: "O21",
    clouds: ["AZURE"],
    when: "the VNet is peered, or was and is not cleaned up, with an overlapping CIDR",
    verdict: "fails later",
    isTrue: (one) => anyShares([...listPeered(one), ...one.network.peers], [one.container.cidr]),
    isCertain: (one) => isPeeredForCertain(one) || isToldPeer(one),
  },
  {
    id: "O23",
    clouds: ["AZURE"],
    when: "the directory is not the VNet's, or Atlas has no role on it",
    verdict: "refused",
    isTrue: ({ mistake, network }) => mistake === "directory" || !network.hasRole,
    isCertain: (one) =>
      contradicts(one, "directory") || (one.mistake === "directory" && one.looked.includes("directory")),
  },
  {
    id: "O24",
    clouds: ["AZURE"],
    when: "the VNet has 500 peerings",
    verdict: "refused",
    isTrue: (one) => listExisting(one, true).length >= 500,
  },
  {
    id: "O26",
    clouds: ["AZURE"],
    when: "the VNet has a range that Azure forbids",
    verdict: "refused",
    isTrue: ({ network }) => anyShares(network.cidrs, ["224.0.0.0/4", "127.0.0.0/8", "169.254.0.0/16"]),
  },
  {
    id: "O27",
    clouds: ["GCP"],
    when: "a subnet range overlaps the Atlas CIDR",
    verdict: "refused",
    isTrue: overlapsContainer,
    isCertain: knowsBlocks,
  },
  {
    id: "O28",
    clouds: ["GCP"],
    when: "the network has auto mode and the Atlas CIDR is in 10.128.0.0/9",
    verdict: "refused",
    isTrue: ({ network, container }) => network.isAutoMode && shareAddress(container.cidr, "10.128.0.0/9"),
  },
  {
    id: "O29",
    clouds: ["GCP"],
    when: "the network is peered with an overlapping CIDR, or overlaps another network of the container",
    verdict: "refused",
    isTrue: (one) =>
      anyShares([...listPeered(one), ...one.network.peers, ...one.network.services], [one.container.cidr]) ||
      anyShares(
        one.network.cidrs,
        listNeighbours(one).flatMap(({ network }) => network.cidrs),
      ),
    isCertain: (one) =>
      isPeeredForCertain(one) ||
      isToldPeer(one) ||
      (one.looked.includes("serviceRanges") && anyShares(one.network.services, [one.container.cidr])),
  },
  {
    id: "O30",
    clouds: ["GCP"],
    when: "a static route equals the Atlas CIDR or lies inside it",
    verdict: "refused",
    isTrue: takesTraffic,
  },
  {
    id: "O35",
    clouds: ["GCP"],
    when: "the network has public ranges",
    verdict: "cannot be told",
    isDeduced: true,
    isTrue: ({ network }) => network.cidrs.some((cidr) => !isPrivate(cidr)),
  },
  {
    id: "O47",
    clouds: every,
    when: "an input is not known",
    verdict: "cannot be told",
    isDeduced: true,
    isTrue: (one) => listUnknown(one).length > 0,
  },
]

/** A static route, which is no default one, takes the Atlas CIDR or a part of it. */
function takesTraffic({ network, container }: CloudCase): boolean {
  return network.routes.some((to) => isInside(to, container.cidr))
}

/** Names the inputs that Peering Desk was not told: what the network is, has and is peered with, its neighbours, or lists of a project. */
function listUnknown(one: CloudCase): string[] {
  const { cloud, projects, looked, lookedUp } = one
  const isLooked = (...names: readonly FactName[]) => names.every((name) => looked.includes(name))
  const isWorking = listProven(one).some(({ status }) => status === "AVAILABLE")
  const isProven = cloud === "AWS" ? listProven(one).length > 0 : isWorking
  const ofNetwork = { AWS: ["account", "region"], AZURE: ["directory"], GCP: [] } as const
  const ofPeers = cloud === "GCP" ? (["peerings", "serviceRanges"] as const) : (["peerings"] as const)
  const unknown = {
    M: !knowsBlocks(one),
    Q: cloud !== "AWS" && listNeighbours(one).some(({ network }) => !lookedUp.includes(network)),
    P:
      !projects.every(({ isRead }) => isRead) || !(isLooked(...ofPeers) || (cloud !== "AWS" && one.hasPeers)),
    network: !(isLooked(...ofNetwork[cloud]) && looked.length > 0) && !isProven,
    routes: !isLooked("routeTables"),
    names: cloud === "AWS" && !isLooked("dns"),
    role: cloud === "AZURE" && !isLooked("roles") && !isWorking,
  }
  return Object.entries(unknown).flatMap(([name, isUnknown]) => (isUnknown ? name : []))
}
