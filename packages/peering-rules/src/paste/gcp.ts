import { createGathering, readEach, toChoices, toQuoted, type Gathering } from "./gathering.ts"
import { toText } from "#formats/unknown-json.ts"
import type { Pasted } from "./pasted.ts"
import { toList, toObject } from "#formats/unknown-json.ts"
import { autoModeBlock } from "#addresses/well-known-blocks.ts"

const networkLink = /(?:^|\/)projects\/([^/\s"'?#]{1,100})\/global\/networks\/([^/\s"'?#]{1,100})$/
const subnetworkLink =
  /(?:^|\/)projects\/([^/\s"'?#]{1,100})\/regions\/[^/\s]{1,60}\/subnetworks\/[^/\s]{1,100}$/
const consoleAddress =
  /^https:\/\/console\.cloud\.google\.com\/\S*\/networks\/details\/([^/\s?#]{1,100})\?(\S*)$/

/** Puts what a self-link of a network tells; false when the text is no self-link that is known here. */
export function gatherNetworkLink(gathering: Gathering, text: string): boolean {
  const bounded = text.slice(0, 600)
  const [, project, network] = networkLink.exec(bounded) ?? []
  if (project !== undefined) {
    gathering.cloud("GCP")
    gathering.put("gcpProjectId", project, "The project of the self-link")
    gathering.put("networkName", network, "The network of the self-link")
    return true
  }
  const ofSubnet = subnetworkLink.exec(bounded)?.[1]
  if (ofSubnet === undefined) return false
  gathering.cloud("GCP")
  gathering.put("gcpProjectId", ofSubnet, "The project of the self-link")
  gathering.note("not-understood", "This is a subnetwork; Atlas peers with its whole network.", "networkName")
  return true
}

/** Reads self-links, or the address of a network's page in the Google Cloud console; null when the text is none. */
export function readPastedNetworkLink(text: string): Pasted | null {
  return readEach(
    "gcp-self-link",
    text,
    (gathering, word) => gatherNetworkLink(gathering, word) || gatherConsoleAddress(gathering, word),
  )
}

function gatherConsoleAddress(gathering: Gathering, text: string): boolean {
  const [, network, search = ""] = consoleAddress.exec(text) ?? []
  if (network === undefined) return false
  gathering.cloud("GCP")
  gathering.put("networkName", network, "The network of the address")
  gathering.put("gcpProjectId", new URLSearchParams(search).get("project"), "The project of the address")
  return true
}

/**
 * Reads networks as `gcloud compute networks describe` or `list` gives them in JSON, or the subnets of networks; null when the value is
 * anything else.
 */
export function readPastedGcp(value: unknown): Pasted | null {
  const things = toList(value).slice(0, 2000).map(toObject)
  const networks = things.filter(isNetwork).slice(0, 500)
  const choices = [
    ...networks.map((network) => ({
      title: toQuoted(toText(network["name"]) ?? toText(network["selfLink"]) ?? "network"),
      pasted: readNetwork(network),
    })),
    ...(networks.length > 0 ? [] : readSubnets(things)),
  ]
  if (choices.length > 1)
    return toChoices("gcp-network", choices, `There are ${choices.length} networks here; choose one.`)
  return choices[0]?.pasted ?? null
}

/** The networks of which these are subnets, each with the addresses that its own have, those for pods and services too. */
function readSubnets(things: readonly Record<string, unknown>[]): { title: string; pasted: Pasted }[] {
  const subnets = things.filter((one) => toText(one["ipCidrRange"]) !== null)
  const links = [...new Set(subnets.flatMap((subnet) => toText(subnet["network"]) ?? []))]
  return links.slice(0, 500).map((link) => {
    const gathering = createGathering("gcp-network")
    gatherNetworkLink(gathering, link)
    const own = subnets.filter((subnet) => subnet["network"] === link)
    for (const { ipCidrRange, secondaryIpRanges } of own)
      gathering.putBlocks([
        ipCidrRange,
        ...toList(secondaryIpRanges).map((range) => toObject(range)["ipCidrRange"]),
      ])
    const what = own.length === 1 ? "the one subnet" : `the ${own.length} subnets`
    gathering.note("good-to-know", `Its addresses are those of ${what} here.`, "networkBlocks")
    return { title: toQuoted(gathering.value("networkName") ?? link), pasted: gathering.toPasted() }
  })
}

/** Reads the same in YAML, gcloud's own form: only the names and values at the outer level matter. */
export function readPastedGcpYaml(text: string): Pasted | null {
  if (!/^(autoCreateSubnetworks|kind: *compute#(sub)?network|selfLink):?/m.test(text)) return null
  const networks = text
    .slice(0, 300_000)
    .split(/^---.*$/m, 501)
    .map((part) => {
      const pairs = [...part.matchAll(/^(\w{1,40}): *['"]?([^\n'"]{1,500})/gm)]
      const ranges = [...part.matchAll(/^[- ] ipCidrRange: *['"]?([\d./]{1,20})/gm)]
      return Object.fromEntries([
        ["secondaryIpRanges", ranges.map(([, ipCidrRange]) => ({ ipCidrRange }))],
        ...pairs.map(([, name = "", told = ""]): [string, unknown] => [name, toScalar(told.trim())]),
      ])
    })
  return readPastedGcp(networks)
}

function toScalar(text: string): unknown {
  return text === "true" || text === "false" ? text === "true" : text
}

function isNetwork(value: Record<string, unknown>): boolean {
  return (
    value["kind"] === "compute#network" ||
    "autoCreateSubnetworks" in value ||
    networkLink.test(toText(value["selfLink"])?.slice(0, 600) ?? "")
  )
}

function readNetwork(network: Record<string, unknown>): Pasted {
  const gathering = createGathering("gcp-network")
  gathering.cloud("GCP")
  const link = toText(network["selfLink"])
  if (link !== null) gatherNetworkLink(gathering, link)
  gathering.put("networkName", network["name"], "name")
  if (gathering.value("gcpProjectId") === null)
    gathering.note("good-to-know", "The project of the network is not in it.", "gcpProjectId")
  if (network["autoCreateSubnetworks"] === true) {
    gathering.putBlocks([autoModeBlock.cidr])
    gathering.note(
      "good-to-know",
      `It is an auto-mode network: its ranges lie in ${autoModeBlock.cidr}, which Atlas's block may not overlap.`,
      "atlasCidrBlock",
    )
  }
  const legacy = toText(network["IPv4Range"])
  if (legacy !== null)
    gathering.note("good-to-know", `It is a legacy network (${toQuoted(legacy)}), which cannot be peered.`)
  return gathering.toPasted()
}
