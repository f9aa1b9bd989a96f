import { findRequestField } from "@peering-desk/shared-schemas"
import { findText, toFacts, type Facts } from "#formats/facts.ts"
import { parseJsonValues } from "#formats/loose-json.ts"
import { toList, toObject, toText } from "#formats/unknown-json.ts"
import { parseYamlValues } from "#formats/yaml.ts"
import { connectionIdRules, newContainerRules, putFields, toNewContainer } from "./atlas.ts"
import { parseProviderName, requestNames } from "./fields.ts"
import type { Pasted } from "./pasted.ts"
import { readThings, type Kind, type Rule } from "./things.ts"

/** The operator writes some of Atlas's names in another way. */
const operatorRules = requestNames.flatMap((field): Rule[] => {
  const name = findRequestField(field)?.names.operator
  return name === undefined ? [] : [[`field.${name}`, field]]
})

const kind: Kind = {
  source: "kubernetes",
  several: "resources here",
  rules: [
    ["cloud", "providerName"],
    putFields,
    ...operatorRules,
    ["containerRef", "containerId"],
    ["existing", "containerId", "id"],
    ...newContainerRules,
    "The container comes from the resource {elsewhere}. Choose it in the form.",
    ...connectionIdRules,
  ],
}

/**
 * Reads resources of the Atlas Kubernetes Operator, `AtlasNetworkPeering` and `AtlasNetworkContainer`, and of Crossplane's provider
 * for MongoDB Atlas, `Peering` and `Container`. An `AtlasProject` of the operator may list peerings too. Null when the text has none.
 */
export function readKubernetes(text: string): Pasted | null {
  if (!apiVersion.test(text)) return null
  const yaml = parseYamlValues(text)
  const isYaml = yaml.some((one) => "kind" in toObject(one))
  const all = isYaml ? yaml : parseJsonValues(text).map(({ value }) => value)
  const values = all.flatMap((one) => toObject(one)["items"] ?? one)
  const documents = values.map(toFacts)
  const listSpecs = (form: RegExp) =>
    documents.filter((one) => form.test(findText(one, "kind") ?? "")).map(toSpec)
  const containers = listSpecs(/^(?:AtlasNetwork)?Container$/)
  const peerings = listSpecs(/^(?:AtlasNetwork)?Peering$/)
  return (
    readThings(
      kind,
      peerings.map((one) => toPeering(one, containers)),
    ) ??
    readThings(kind, containers.map(toContainer)) ??
    readThings(
      kind,
      values.flatMap((one) => toList(toObject(toObject(one)["spec"])["networkPeers"])).map(toProjectPeer),
    )
  )
}

/** Takes an entry of `networkPeers`: its container has an id, or a block and a region. */
function toProjectPeer(entry: unknown): unknown {
  const peer = toObject(entry)
  const cloud = parseProviderName(peer["providerName"])
  const id = toText(peer["containerId"])
  const { atlasCidrBlock, containerRegion } = peer
  return {
    cloud,
    title: [peer["vpcId"] ?? peer["networkName"] ?? peer["vnetName"] ?? "a peering"],
    field: { ...peer, routeTableCidrBlock: peer["routeTableCidrBlock"], containerId: id },
    ...(id === null && { new: toNewContainer(cloud, { atlasCidrBlock, region: containerRegion }) }),
  }
}

/** Crossplane's second group has resources that belong to a namespace. */
const apiVersion =
  /^[ \t]*(?:- +)?["']?apiVersion["']?: *["']?(?:atlas\.mongodb\.com|network\.mongodbatlas(?:\.m)?\.crossplane\.io)\//m

type Spec = Readonly<Record<string, unknown>>

/**
 * Takes the paths of a resource's spec, and its name. The operator writes into `spec` what Crossplane writes into
 * `spec.forProvider`. Of names that repeat the first counts; only `regions` is a list.
 */
function toSpec(document: Facts): Spec {
  const spec = [...document].flatMap(([path, values]) => {
    const name = /^spec\.(?:forProvider\.)?(.+)$/.exec(path)?.[1]
    return name === undefined ? [] : [[name, name === "regions" ? values : values[0]] as const]
  })
  const { provider, providerName, ...rest }: Spec = Object.fromEntries(spec)
  const cloud = parseProviderName(provider ?? providerName)
  const name = findText(document, "metadata.name")
  return { ...rest, cloud, name, title: name ?? "a resource without a name" }
}

function toPeering(spec: Spec, containers: readonly Spec[]): unknown {
  const name = spec["containerRef.name"] ?? spec["containerIdRef.name"] ?? null
  const container = containers.find((one) => name !== null && one["name"] === name)
  const fields = Object.entries(spec).map(([path, value]) => [path.split(".").at(-1), value])
  return {
    ...(container === undefined ? { elsewhere: name } : toContainer(container)),
    cloud: spec["cloud"],
    title: spec["title"],
    field: Object.fromEntries(fields),
    containerRef: spec["containerRef.id"],
    ids: { id: spec["id"] },
  }
}

/** Chooses a container that has an id; any other one is to be made. */
function toContainer({ cloud, title, id, ...spec }: Spec) {
  return id == null
    ? { cloud, title, new: toNewContainer(parseProviderName(cloud), spec) }
    : { cloud, title, existing: id }
}
