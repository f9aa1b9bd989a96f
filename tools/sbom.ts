import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { Enums, Models, Serialize, Spec } from "@cyclonedx/cyclonedx-library"
import { readLockfile, readProductionPackages } from "./lockfile.ts"

/** The version of CycloneDX that is written. */
export const specification = Spec.Spec1dot6

/** Builds the inventory of what production runs, from the lockfile alone: the same one for the same lockfile. */
export function buildSbom(lockfile: string, version: string): string {
  const packages = readProductionPackages(lockfile)
  const application = new Models.Component(Enums.ComponentType.Application, "peering-desk", {
    bomRef: `peering-desk@${version}`,
    version,
  })
  const bom = new Models.Bom({ metadata: new Models.Metadata({ component: application }) })
  const components = new Map([...packages].map(([id, one]) => [id, toComponent(one)]))
  for (const [id, component] of components) {
    for (const below of packages.get(id)?.dependencies ?? []) {
      const other = components.get(below)
      if (other !== undefined) component.dependencies.add(other.bomRef)
    }
    application.dependencies.add(component.bomRef)
    bom.components.add(component)
  }
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(specification))
  return serializer.serialize(bom, { sortLists: true, space: 2 })
}

function toComponent({ name, version, integrity }: { name: string; version: string; integrity: string }) {
  const [group, short] = name.startsWith("@") ? name.split("/") : [undefined, name]
  const purlName = name.replace("@", "%40")
  const digest = Buffer.from(integrity.replace(/^sha512-/, ""), "base64").toString("hex")
  return new Models.Component(Enums.ComponentType.Library, short ?? name, {
    ...(group !== undefined && { group }),
    version,
    bomRef: `${name}@${version}`,
    purl: `pkg:npm/${purlName}@${version}`,
    hashes: new Models.HashDictionary([[Enums.HashAlgorithm["SHA-512"], digest]]),
  })
}

const root = fileURLToPath(new URL("..", import.meta.url))
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { version } = JSON.parse(readFileSync(`${root}/package.json`, "utf8")) as { version: string }
  process.stdout.write(`${buildSbom(readLockfile(root), version)}\n`)
}
