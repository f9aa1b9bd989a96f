import { inferProviderName, newContainerMark, type ProviderName } from "@peering-desk/shared-schemas"
import { findText, type Facts } from "#formats/facts.ts"
import { toList, toObject, toText } from "#formats/unknown-json.ts"
import { cloudOfField, isRequestField, parseProviderName, requestNames } from "./fields.ts"
import { awsPeeringNote } from "./links.ts"
import type { PastedBuilder } from "./pasted-builder.ts"
import type { JsonKind, Rule } from "./things.ts"

type Names = Readonly<Record<string, unknown>>

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
const containerNames = ["atlasCidrBlock", "regionName", "region", "regions"]
/** Names that Atlas or this product adds to an answer and nobody fills in. */
const answerNames =
  "id status statusName errorMessage errorState errorStateName connectionId providerName provisioned links reason planHash request newContainer projectId groupId peer raw history beginSeen"
/** The names of a container's place; the first one there tells the cloud. */
const cloudsOfPlaces: readonly (readonly [name: string, cloud: ProviderName])[] = [
  ["regionName", "AWS"],
  ["regions", "GCP"],
  ["region", "AZURE"],
]
const knownNames: readonly string[] = [...requestNames, ...containerNames, ...answerNames.split(" ")]

/** Fills in a container to be made. */
export const newContainerRules: readonly Rule[] = [
  ["new.cidrBlock", "atlasCidrBlock"],
  ["new.atlasCidrBlock", "atlasCidrBlock"],
  ["new.region", "region"],
  ["new.regions", "regions"],
]
/** Explains the ids of a connection that exists. */
export const connectionIdRules: readonly Rule[] = [
  awsPeeringNote("ids.connectionId"),
  "Existing connection: its ID {ids.id} isn't used.",
]
export const unknownRule = "Not part of a request: {unknown}."

/** A peering or a container in the names of Atlas's API, or of this product's own. */
export const atlasKind: JsonKind = {
  source: "atlas-json",
  find: ([value]) =>
    toList(Array.isArray(value) ? value : (toObject(value)["results"] ?? value))
      .map((one): Names => ({ ...toObject(one), ...toObject(toObject(one)["peer"]) }))
      .filter(isAtlas)
      .map(toThing),
  rules: [
    ["cloud", "providerName"],
    "providerName must be AWS, GCP or AZURE, not {unknownCloud}.",
    "{otherCase} changed to {cloud}.",
    ["existing", "containerId", "id"],
    "{?existing}Existing container: its CIDR and region aren't used. Its network is Atlas's own, not yours.",
    putFields,
    ...newContainerRules,
    putBlock,
    "{?isRegionNull}accepterRegionName is null: the VPC is in its container's region.",
    ...connectionIdRules,
    unknownRule,
  ],
}

function isAtlas(one: Names): boolean {
  // Azure's own names
  if (["tenantId", "subscriptionId", "resourceGroup"].some((name) => name in one)) return false
  return (
    Object.keys(toObject(one["request"])).length > 0 ||
    Object.keys(one).some((name) => isRequestField(name) || name === "atlasCidrBlock") ||
    parseProviderName(one["providerName"]) !== null
  )
}

/** Returns true for Atlas's answer for a container. The network in it is Atlas's own. */
function isExistingContainer(one: Names): boolean {
  if (toText(one["id"]) === null || toText(one["containerId"]) !== null || "request" in one) return false
  return ["provisioned", ...containerNames].some((name) => name in one)
}

function toThing(one: Names) {
  const all: Names = { ...one, ...toObject(one["request"]) }
  const about = describe(all)
  if (isExistingContainer(one))
    return { ...about, title: containerTitle.map((name) => one[name]), existing: one["id"] }
  const newContainer = toObject(all["newContainer"])
  const isNew = Object.keys(newContainer).length > 0 || all["containerId"] === newContainerMark
  const isPeering = Object.keys(all).some(
    (name) => isRequestField(name) && cloudOfField(name) === about.cloud,
  )
  const isMade = isNew || toText(all["containerId"]) === null
  const thing = {
    ...about,
    title: peeringTitle.map((name) => all[name]),
    field: { ...(isPeering && all), containerId: isNew ? null : all["containerId"] },
    new: toNewContainer(about.cloud, isPeering ? newContainer : isMade ? { ...all, ...newContainer } : {}),
  }
  if (!isPeering) return thing
  return {
    ...thing,
    block: all["atlasCidrBlock"],
    isRegionNull: all["accepterRegionName"] === null ? "true" : null,
    ids: { connectionId: all["connectionId"], id: all["id"] },
  }
}

/** Returns the cloud whose fields a text has. v1.0 answers for containers name none, so their place tells it. */
function inferCloud(all: Names): ProviderName | null {
  return inferProviderName(all) ?? cloudsOfPlaces.find(([name]) => name in all)?.[1] ?? null
}

/** Finds the cloud that the text names; otherwise the one whose fields it has. */
function describe(all: Names) {
  const given = all["providerName"] ?? toObject(all["newContainer"])["providerName"]
  const named = parseProviderName(given)
  const text = toText(given) ?? "this"
  return {
    cloud: named ?? inferCloud(all),
    unknownCloud: given != null && named === null ? text : null,
    otherCase: named !== null && given !== named ? text : null,
    unknown: Object.keys(all)
      .filter((name) => !knownNames.includes(name))
      .slice(0, 8)
      .join(", "),
  }
}

/** Takes the block and the region of a container, which on Google Cloud has several regions. */
export function toNewContainer(cloud: ProviderName | null, names: Names): Names {
  const { cidrBlock, atlasCidrBlock, regionName, region, regions } = names
  const place = cloud === "GCP" ? { regions: regions ?? region } : { region: regionName ?? region }
  return { cidrBlock, atlasCidrBlock, ...place }
}

/** Fills in a peering's fields, by Atlas's names, in the order of the text. */
export function putFields(builder: PastedBuilder, facts: Facts): void {
  for (const [path, values] of facts) {
    const name = path.replace(/^field\./, "")
    if (name !== path && isRequestField(name)) for (const value of values) builder.put(name, value, name)
  }
}

/** The block of old examples describes a container to be made, unless one is chosen. */
function putBlock(builder: PastedBuilder, facts: Facts): void {
  const block = findText(facts, "block")
  if (builder.get("containerId") === null) builder.put("atlasCidrBlock", block, "atlasCidrBlock")
  else if (block !== null) builder.note("atlasCidrBlock skipped: it belongs to the container.")
}
