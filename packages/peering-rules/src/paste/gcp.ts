import { gcpFields } from "@peering-desk/shared-schemas"
import { findText, listTexts, toFacts, type Facts } from "#formats/facts.ts"
import { groupBy } from "#formats/group-by.ts"
import { toList, toObject, toText } from "#formats/unknown-json.ts"
import { autoModeBlock } from "#addresses/well-known-blocks.ts"
import { putLinkAt } from "./links.ts"
import type { Pasted } from "./pasted.ts"
import { readThing, type JsonKind, type Rule } from "./things.ts"

const gcp = { source: "gcp-network", several: "networks here" } as const

/** Google Cloud's consensus mode: a peering of which one side alone can change or delete nothing. */
const consensusNotes: readonly Rule[] = [
  "{!deleteStatus}Peering {consensus} is in consensus mode: neither side can delete it before both have run gcloud compute networks peerings request-delete.",
  "Peering {consensus} is in consensus mode: neither side can delete it before both have run gcloud compute networks peerings request-delete. Delete requests so far: {deleteStatus}.",
]

/** Output of `gcloud compute networks`, in any of its forms. */
export const gcpKinds: readonly JsonKind[] = [
  {
    // networks describe or list, also together with subnets list
    ...gcp,
    cloud: "GCP",
    find: (values) => {
      const things = listThings(values)
      return joinPeerings(things.filter(isNetwork)).map((one) => toNetwork(one, things.filter(isSubnet)))
    },
    rules: [
      putLinkAt("selfLink", "gcp-self-link"),
      ["name", "networkName"],
      "{!gcpProjectId}No project ID found.",
      ["autoMode", "networkBlocks"],
      "Auto mode network: its ranges are in {autoMode}, which the Atlas CIDR can't overlap.",
      ["ranges", "networkBlocks"],
      "CIDRs read from {subnets}.",
      "Legacy network ({IPv4Range}), which can't be peered.",
      ["peered", "peeredBlocks"],
      ...consensusNotes,
    ],
  },
  {
    // networks peerings list as a table, or routes list: those to peered networks
    ...gcp,
    cloud: "GCP",
    find: (values) => groupPeered(listThings(values)),
    rules: [putLinkAt("network", "gcp-self-link"), ["name", "networkName"], ["peered", "peeredBlocks"]],
  },
  {
    // networks subnets list or describe
    ...gcp,
    cloud: "GCP",
    find: (values) => groupByNetwork(listThings(values).filter(isSubnet)),
    rules: [
      putLinkAt("network", "gcp-self-link"),
      ["name", "networkName"],
      ["ranges", "networkBlocks"],
      "CIDRs read from {subnets}.",
    ],
  },
  {
    // projects describe or list
    ...gcp,
    several: "projects here",
    cloud: "GCP",
    find: (values) =>
      listThings(values)
        .filter((one) => one.has("projectId") && one.has("projectNumber"))
        .map((one) => new Map([...one, ["title", one.get("projectId") ?? []]])),
    rules: [["projectId", "gcpProjectId"]],
  },
]

const configuredProject = /^\[core\]\s*$[^[]{0,2000}?^project *= *(?<project>\S+)/m

/** Reads `gcloud config list`. Null for anything else. */
export function readGcloudConfig(text: string): Pasted | null {
  const project = configuredProject.exec(text.slice(0, 20_000))?.groups?.["project"]
  if (project === undefined) return null
  const rules: readonly Rule[] = [
    ["project", "gcpProjectId", "project of [core]"],
    "This is gcloud's current project. The network may belong to another one.",
  ]
  return readThing({ source: "gcp-network", cloud: "GCP", rules }, toFacts({ project }))
}

function listThings(values: readonly unknown[]): Facts[] {
  return values
    .flatMap(toList)
    .slice(0, 2000)
    .map((value) => new Map([...toFacts(value), ["peered", listPeered(value)], ...readConsensus(value)]))
}

/** Reads which peering of a network is in consensus mode, one with a delete request first. */
function readConsensus(value: unknown): [string, readonly unknown[]][] {
  const inConsensus = toList(toObject(value)["peerings"]).flatMap((one) => {
    const { name, connectionStatus } = toObject(one)
    const { updateStrategy, consensusState } = toObject(connectionStatus)
    const status = toText(toObject(consensusState)["deleteStatus"])
    const deleteStatus = status === null || status.endsWith("UNSPECIFIED") ? null : status
    return updateStrategy === "CONSENSUS" ? [{ name: toText(name) ?? "without a name", deleteStatus }] : []
  })
  const first = inConsensus.find(({ deleteStatus }) => deleteStatus !== null) ?? inConsensus[0]
  if (first === undefined) return []
  return [
    ["consensus", [first.name]],
    ["deleteStatus", first.deleteStatus === null ? [] : [first.deleteStatus]],
  ]
}

/**
 * Lists the names of a network's peers: Google Cloud prints no CIDRs with them. It leaves out `peerings` of a network that has none, so a
 * complete one says so.
 */
function listPeered(value: unknown): string[] {
  const network = toObject(value)
  if (network["peerings"] !== undefined)
    return toList(network["peerings"]).flatMap((one) => {
      const { network: link, name } = toObject(one)
      return parseNetwork(toText(link)) ?? toText(name) ?? []
    })
  const isWhole = ["creationTimestamp", "selfLink", "autoCreateSubnetworks", "routingConfig"].every(
    (name) => network[name] !== undefined,
  )
  return isWhole ? ["none"] : []
}

/** Joins the rows of `networks peerings list`, which repeats a network for each of its peerings. */
function joinPeerings(networks: readonly Facts[]): Facts[] {
  return [...groupBy(networks, (one) => findText(one, "selfLink", "name"))].flatMap(([key, same]) =>
    key === null
      ? same
      : [new Map([...(same[0] ?? []), ["peered", same.flatMap((one) => listTexts(one, "peered"))]])],
  )
}

/** Lists networks with the names of their peers, or with the CIDRs of routes to them. */
function groupPeered(things: readonly Facts[]): unknown[] {
  const rows = things.filter(
    (one) =>
      one.has("network") && (one.has("peerNetwork") || (one.has("nextHopPeering") && one.has("destRange"))),
  )
  return [...groupBy(rows, (one) => findText(one, "network"))].map(([network, own]) => ({
    title: parseNetwork(network) ?? network,
    network,
    name: parseNetwork(network) ?? network,
    peered: own.flatMap((one) => listTexts(one, one.has("peerNetwork") ? "peerNetwork" : "destRange")),
  }))
}

function parseNetwork(link: string | null): string | null {
  return gcpFields.networkName.inLink.exec(link?.slice(0, 1000) ?? "")?.[1] ?? null
}

function isNetwork(facts: Facts): boolean {
  const isKind =
    findText(facts, "kind") === "compute#network" ||
    facts.has("autoCreateSubnetworks") ||
    facts.has("subnetMode")
  return isKind || parseNetwork(findText(facts, "selfLink")) !== null
}

/** A subnet has a range; the columns of `gcloud` name it in two ways. */
function isSubnet(facts: Facts): boolean {
  return !isNetwork(facts) && rangePaths.some((path) => findText(facts, path) !== null)
}

const rangePaths = ["ipCidrRange", "range", "secondaryIpRanges.ipCidrRange", "secondaryIpRanges"]

function toNetwork(network: Facts, subnets: readonly Facts[]): Facts {
  const isAutoMode = [network.get("autoCreateSubnetworks"), network.get("subnetMode")].some((mode) =>
    /^(true|auto)$/i.test(String(mode?.[0])),
  )
  const title = findText(network, "name", "selfLink") ?? "network"
  const own = subnets.filter((one) =>
    [title, findText(network, "selfLink")].includes(findText(one, "network")),
  )
  return new Map<string, readonly unknown[]>([
    ...network,
    ["title", [title]],
    ["autoMode", isAutoMode ? [autoModeBlock.cidr] : []],
    ...(own.length > 0 ? [...toFacts(describeSubnets(own))] : []),
  ])
}

/** Lists the networks of these subnets with their ranges. The list of one network need not name it. */
function groupByNetwork(subnets: readonly Facts[]): unknown[] {
  return [...groupBy(subnets, (one) => findText(one, "network"))].flatMap(([link, own]) => {
    // A list of blocks that names no subnet may be anything.
    if (link === null && own.every((one) => !one.has("name") && !one.has("region"))) return []
    if (
      link === null &&
      own.some((one) => [...one.keys()].some((name) => /^(?:vpc|account|tenant)/i.test(name)))
    )
      return []
    const name = parseNetwork(link) ?? link
    return [{ title: name ?? "a network", network: link, name, ...describeSubnets(own) }]
  })
}

/** Lists the ranges of subnets, those for pods and services too. */
function describeSubnets(own: readonly Facts[]) {
  const texts = own.flatMap((one) => rangePaths.flatMap((path) => listTexts(one, path)))
  const ranges = texts.flatMap((text) => text.slice(0, 4000).match(/\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2}/g) ?? [])
  return {
    ranges,
    subnets: own.length === 1 ? "one subnet. Add those of the others" : `the ${own.length} subnets`,
  }
}
