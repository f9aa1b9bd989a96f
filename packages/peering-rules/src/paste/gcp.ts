import { findText, listTexts, toFacts, type Facts } from "#formats/facts.ts"
import { toList } from "#formats/unknown-json.ts"
import { autoModeBlock } from "#addresses/well-known-blocks.ts"
import { networkLink, putLinkAt } from "./links.ts"
import type { JsonKind } from "./things.ts"

const gcp = { source: "gcp-network", several: "networks here" } as const

/** Output of `gcloud compute networks`, as JSON or YAML. */
export const gcpKinds: readonly JsonKind[] = [
  {
    ...gcp,
    cloud: "GCP",
    find: ([value]) => listThings(value).filter(isNetwork).map(toNetwork),
    rules: [
      putLinkAt("selfLink", "gcp-self-link"),
      ["name", "networkName"],
      "{!gcpProjectId}No project ID found.",
      ["autoMode", "networkBlocks"],
      "Auto mode network: its ranges are in {autoMode}, which the Atlas CIDR can't overlap.",
      "Legacy network ({IPv4Range}), which can't be peered.",
    ],
  },
  {
    // gcloud compute networks subnets
    ...gcp,
    find: ([value]) => groupByNetwork(listThings(value)),
    rules: [putLinkAt("network", "gcp-self-link"), ["ranges", "networkBlocks"], "CIDRs read from {subnets}."],
  },
]

function listThings(value: unknown): Facts[] {
  return toList(value).slice(0, 2000).map(toFacts)
}

function parseNetwork(link: string | null): string | null {
  return networkLink.exec(link?.slice(0, 1000) ?? "")?.groups?.["network"] ?? null
}

function isNetwork(facts: Facts): boolean {
  const isKind = findText(facts, "kind") === "compute#network" || facts.has("autoCreateSubnetworks")
  return isKind || parseNetwork(findText(facts, "selfLink")) !== null
}

function toNetwork(network: Facts): Facts {
  const isAutoMode = String(network.get("autoCreateSubnetworks")?.[0]) === "true"
  const title = findText(network, "name", "selfLink") ?? "network"
  return new Map([...network, ["title", [title]], ["autoMode", isAutoMode ? [autoModeBlock.cidr] : []]])
}

/** Lists the networks of these subnets with their subnets' ranges, those for pods and services too. */
function groupByNetwork(things: readonly Facts[]): unknown[] {
  const subnets = things.filter((one) => findText(one, "ipCidrRange") !== null)
  const links = new Set(subnets.flatMap((one) => findText(one, "network") ?? []))
  const paths = ["ipCidrRange", "secondaryIpRanges.ipCidrRange"]
  return [...links].map((network) => {
    const own = subnets.filter((one) => findText(one, "network") === network)
    const ranges = own.flatMap((one) => paths.flatMap((path) => listTexts(one, path)))
    const count = own.length === 1 ? "the one subnet" : `the ${own.length} subnets`
    return { title: parseNetwork(network) ?? network, network, ranges, subnets: count }
  })
}
