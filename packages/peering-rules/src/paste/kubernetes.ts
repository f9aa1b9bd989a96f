import { noteIds, readProviderName } from "./atlas.ts"
import { createGathering, toChoices, toQuoted, type Gathering } from "./gathering.ts"
import type { Pasted } from "./pasted.ts"
import { isRequestField } from "./pasted-values.ts"
import { readYamlTexts, type YamlTexts } from "#formats/read-yaml-texts.ts"

/** A resource of the Atlas Kubernetes Operator, or of Crossplane's provider for MongoDB Atlas. */
interface Resource {
  isPeering: boolean
  name: string | null
  texts: YamlTexts
}

const kind = /^(?:AtlasNetwork)?(Peering|Container)$/

/** Reads `AtlasNetworkPeering` and `AtlasNetworkContainer`, or Crossplane's `Peering` and `Container`; null when the text has neither. */
export function readPastedKubernetes(text: string): Pasted | null {
  if (!/^apiVersion: *["']?(atlas\.mongodb\.com|network\.mongodbatlas\.crossplane\.io)\//m.test(text))
    return null
  const resources = readYamlTexts(text).flatMap(readResource)
  const peerings = resources.filter(({ isPeering }) => isPeering)
  const containers = resources.filter(({ isPeering }) => !isPeering)
  const chosen = peerings.length > 0 ? peerings : containers
  const choices = chosen.slice(0, 100).map((one) => ({
    title: toQuoted(one.name ?? "a resource without a name"),
    pasted: one.isPeering ? readPeering(one, containers) : readContainer(one),
  }))
  if (choices.length > 1)
    return toChoices("kubernetes", choices, `There are ${choices.length} resources here; choose one.`)
  return choices[0]?.pasted ?? null
}

function readResource(texts: YamlTexts): Resource[] {
  const what = kind.exec(valueOf(texts, "kind") ?? "")?.[1]
  if (what === undefined) return []
  return [{ isPeering: what === "Peering", name: valueOf(texts, "metadata.name"), texts }]
}

function valueOf(texts: YamlTexts, ...paths: readonly string[]): string | null {
  return paths.flatMap((path) => texts.get(path) ?? [])[0] ?? null
}

function createReading({ texts }: Resource): Gathering {
  const gathering = createGathering("kubernetes")
  const cloud = readProviderName(valueOf(texts, "spec.provider", "spec.forProvider.providerName"))
  if (cloud !== null) gathering.cloud(cloud)
  return gathering
}

function readPeering(peering: Resource, containers: readonly Resource[]): Pasted {
  const gathering = createReading(peering)
  for (const [path, [value]] of peering.texts) {
    const last = path.split(".").at(-1) ?? ""
    // The operator writes one of Atlas's names in its own way.
    const field = last === "vNetName" ? "vnetName" : last
    if (path.startsWith("spec.") && isRequestField(field)) gathering.put(field, value, last)
  }
  gathering.put("containerId", valueOf(peering.texts, "spec.containerRef.id"), "containerRef")
  const name = valueOf(peering.texts, "spec.containerRef.name", "spec.forProvider.containerIdRef.name")
  const own = containers.find((one) => name !== null && one.name === name)
  if (own !== undefined) gatherContainer(gathering, own)
  else if (name !== null)
    gathering.note(
      "not-understood",
      `The container is that of the resource ${toQuoted(name)}, which only Kubernetes knows; choose it.`,
      "containerId",
    )
  noteIds(gathering, { id: valueOf(peering.texts, "spec.id") })
  return gathering.toPasted()
}

function readContainer(container: Resource): Pasted {
  const gathering = createReading(container)
  gatherContainer(gathering, container)
  return gathering.toPasted()
}

/** A container that Atlas has already is chosen by its id; any other one is to be made. */
function gatherContainer(gathering: Gathering, { texts }: Resource): void {
  const id = valueOf(texts, "spec.id")
  if (id !== null) return gathering.put("containerId", id, "id")
  const at = (name: string) => [`spec.${name}`, `spec.forProvider.${name}`]
  gathering.putNew("atlasCidrBlock", valueOf(texts, "spec.cidrBlock", ...at("atlasCidrBlock")), "cidrBlock")
  if (gathering.providerName() === "GCP")
    gathering.putNew(
      "regions",
      at("regions").flatMap((path) => texts.get(path) ?? []),
      "regions",
    )
  else gathering.putNew("region", valueOf(texts, ...at("region"), ...at("regionName")), "region")
}
