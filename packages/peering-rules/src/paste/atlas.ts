import { inferProviderName, providerNames, type ProviderName } from "@peering-desk/shared-schemas"
import { noteAwsPeeringId } from "./arn.ts"
import { createGathering, toChoices, toQuoted, type Gathering } from "./gathering.ts"
import { toText } from "#formats/unknown-json.ts"
import type { Pasted, PastedSource } from "./pasted.ts"
import { cloudOfField, isRequestField } from "./pasted-values.ts"
import { toList, toObject } from "#formats/unknown-json.ts"

const containerNames = ["atlasCidrBlock", "regionName", "region", "regions"] as const

/** What Atlas adds to an answer and nobody fills in. */
const answered: ReadonlySet<string> = new Set(
  (
    "id status statusName errorMessage errorState errorStateName connectionId providerName provisioned links reason planHash " +
    "request newContainer projectId groupId peer raw history beginSeen"
  ).split(" "),
)

/** Reads a peering or a container in the words of Atlas's API, or of this product's own; null when the value is neither. */
export function readPastedAtlas(value: unknown, source: PastedSource = "atlas-json"): Pasted | null {
  const outer = toObject(value)
  const list = Array.isArray(value) ? value : outer["results"]
  const things = toList(list ?? value)
    .map(toObject)
    .map((one) => ({ ...one, ...toObject(one["peer"]) }))
    .filter(isAtlas)
  const choices = things.slice(0, 500).map((one) => ({ title: toTitle(one), pasted: readOne(one, source) }))
  if (choices.length > 1)
    return toChoices(source, choices, `There are ${choices.length} of them here; choose one.`)
  return choices[0]?.pasted ?? null
}

function isAtlas(one: Record<string, unknown>): boolean {
  if (Object.keys(toObject(one["request"])).length > 0) return true
  if (Object.keys(one).some((name) => isRequestField(name) || name === "atlasCidrBlock")) return true
  return readProviderName(one["providerName"]) !== null
}

/** Atlas's answer for a container. It has the fields of a network, and that network is Atlas's own. */
function isExistingContainer(one: Record<string, unknown>): boolean {
  if (toText(one["id"]) === null || toText(one["containerId"]) !== null || "request" in one) return false
  return ["provisioned", ...containerNames].some((name) => name in one)
}

const containerTitle = ["regionName", "region", "atlasCidrBlock", "id"]
const peeringTitle = [
  "vpcId",
  "gcpProjectId",
  "networkName",
  "resourceGroupName",
  "vnetName",
  "atlasCidrBlock",
  "id",
]

function toTitle(one: Record<string, unknown>): string {
  const told = isExistingContainer(one) ? containerTitle : peeringTitle
  return toQuoted(told.flatMap((name) => toText(one[name]) ?? []).join(", "))
}

/** `Azure` and `azure` are refused by Atlas, and clear enough to a reader. */
export function readProviderName(value: unknown): ProviderName | null {
  const upper = toText(value)?.trim().toUpperCase()
  return providerNames.find((name) => name === upper) ?? null
}

function readOne(one: Record<string, unknown>, source: PastedSource): Pasted {
  const gathering = createGathering(source)
  const request = { ...one, ...toObject(one["request"]) }
  const given = request["providerName"] ?? toObject(one["newContainer"])["providerName"]
  const providerName = readProviderName(given) ?? inferProviderName(request) ?? toRegionsCloud(one)
  if (given != null && readProviderName(given) === null)
    gathering.note(
      "not-understood",
      `providerName is AWS, GCP or AZURE, and not ${toQuoted(toText(given) ?? "this")}.`,
    )
  else if (given != null && given !== providerName)
    gathering.note(
      "translated",
      `${toQuoted(toText(given) ?? "it")} was written as ${providerName}: Atlas takes upper case only.`,
    )
  if (providerName !== null) gathering.cloud(providerName)

  const isPeering = Object.keys(request).some(
    (name) => isRequestField(name) && cloudOfField[name] === providerName,
  )
  if (isExistingContainer(one)) gatherExistingContainer(gathering, one)
  else if (!isPeering) gatherContainer(gathering, { ...one, ...toObject(one["newContainer"]) })
  else gatherPeering(gathering, request, toObject(one["newContainer"]))
  noteUnknown(gathering, request)
  return gathering.toPasted()
}

/** v1.0 answers for containers have no `providerName`; the name of the region's field tells. */
function toRegionsCloud(one: Record<string, unknown>): ProviderName | null {
  if ("regionName" in one) return "AWS"
  if ("regions" in one) return "GCP"
  return "region" in one ? "AZURE" : null
}

function gatherPeering(
  gathering: Gathering,
  request: Record<string, unknown>,
  newContainer: Record<string, unknown>,
): void {
  const isNew = Object.keys(newContainer).length > 0
  for (const [name, value] of Object.entries(request))
    if (isRequestField(name) && !(name === "containerId" && (isNew || value === "new")))
      gathering.put(name, value, name)
  if (isNew) gatherNewContainer(gathering, newContainer)
  if (request["atlasCidrBlock"] !== undefined) {
    if (gathering.value("containerId") === null)
      gathering.putNew("atlasCidrBlock", request["atlasCidrBlock"], "atlasCidrBlock")
    else
      gathering.note(
        "good-to-know",
        "atlasCidrBlock was left out: the block belongs to the container, and a peering request has no such field.",
        "atlasCidrBlock",
      )
  }
  if (request["accepterRegionName"] === null)
    gathering.note(
      "good-to-know",
      "accepterRegionName is null: the VPC is in the region of its container.",
      "accepterRegionName",
    )
  noteIds(gathering, request)
}

/** Says what the ids of a connection that exists are. */
export function noteIds(gathering: Gathering, request: Record<string, unknown>): void {
  const connectionId = toText(request["connectionId"])
  if (connectionId !== null) noteAwsPeeringId(gathering, connectionId)
  const id = toText(request["id"])
  if (id !== null)
    gathering.note(
      "good-to-know",
      `It is a connection that exists: ${toQuoted(id)} is its own id, and no field takes it.`,
    )
}

/** A container that exists is chosen by its id; any other one is to be made. */
function gatherContainer(gathering: Gathering, container: Record<string, unknown>): void {
  const id = container["containerId"]
  if (toText(id) === null || id === "new") gatherNewContainer(gathering, container)
  else gathering.put("containerId", id, "containerId")
}

function gatherExistingContainer(gathering: Gathering, { id }: Record<string, unknown>): void {
  gathering.put("containerId", id, "id")
  gathering.note(
    "good-to-know",
    "It is a container that exists, so its block and region were left out; the network in it is Atlas's own, and not the one to join with it.",
    "containerId",
  )
}

function gatherNewContainer(gathering: Gathering, container: Record<string, unknown>): void {
  gathering.putNew("atlasCidrBlock", container["atlasCidrBlock"], "atlasCidrBlock")
  const regions = container["regions"]
  if (gathering.providerName() === "GCP")
    gathering.putNew("regions", regions ?? container["region"], "regions")
  else gathering.putNew("region", container["regionName"] ?? container["region"], "region")
}

function noteUnknown(gathering: Gathering, request: Record<string, unknown>): void {
  const unknown = Object.keys(request).filter(
    (name) => !isRequestField(name) && !answered.has(name) && !containerNames.some((one) => one === name),
  )
  if (unknown.length > 0)
    gathering.note("not-understood", `Not part of a request: ${toQuoted(unknown.slice(0, 8).join(", "))}.`)
}
