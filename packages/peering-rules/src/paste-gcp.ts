import { createGathering, toChoices, toQuoted, toText, type Gathering } from "./paste-gathering.ts"
import type { Pasted } from "./pasted.ts"
import { toList, toObject } from "./unknown-json.ts"

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

/** Reads a self-link or the address of a network's page in the Google Cloud console; null when the text is none. */
export function readPastedNetworkLink(text: string): Pasted | null {
  if (text.length > 600 || /\s/.test(text)) return null
  const gathering = createGathering("gcp-self-link")
  if (gatherNetworkLink(gathering, text)) return gathering.toPasted()
  const [, network, search = ""] = consoleAddress.exec(text) ?? []
  if (network === undefined) return null
  gathering.cloud("GCP")
  gathering.put("networkName", network, "The network of the address")
  gathering.put("gcpProjectId", new URLSearchParams(search).get("project"), "The project of the address")
  return gathering.toPasted()
}

/** Reads networks as `gcloud compute networks describe` or `list` gives them in JSON; null when the value is anything else. */
export function readPastedGcp(value: unknown): Pasted | null {
  const networks = toList(value).map(toObject).filter(isNetwork)
  const choices = networks.slice(0, 500).map((network) => ({
    title: toQuoted(toText(network["name"]) ?? toText(network["selfLink"]) ?? "network"),
    pasted: readNetwork(network),
  }))
  if (choices.length > 1)
    return toChoices("gcp-network", choices, `There are ${choices.length} networks here; choose one.`)
  return choices[0]?.pasted ?? null
}

/** Reads the same in YAML, gcloud's own form: only the names and values at the outer level matter. */
export function readPastedGcpYaml(text: string): Pasted | null {
  if (!/^(autoCreateSubnetworks|kind: *compute#network|selfLink):?/m.test(text)) return null
  const networks = text
    .slice(0, 300_000)
    .split(/^---.*$/m, 501)
    .map((part) => {
      const pairs = [...part.matchAll(/^(\w{1,40}): *['"]?([^\n'"]{1,500})/gm)]
      const lists = [...part.matchAll(/^(subnetworks|peerings):\s*$/gm)]
      return Object.fromEntries([
        ...lists.map(([, name = ""]): [string, unknown] => [name, []]),
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
  if (network["autoCreateSubnetworks"] === true)
    gathering.note(
      "good-to-know",
      "It is an auto-mode network: its ranges lie in 10.128.0.0/9, which Atlas's block may not overlap.",
      "atlasCidrBlock",
    )
  const legacy = toText(network["IPv4Range"])
  if (legacy !== null)
    gathering.note("good-to-know", `It is a legacy network (${toQuoted(legacy)}), which cannot be peered.`)
  return gathering.toPasted()
}
