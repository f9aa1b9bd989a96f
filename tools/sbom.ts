import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Contrib, Enums, Models, Serialize, Spec } from "@cyclonedx/cyclonedx-library"
import { readPackageLicence } from "#web/build/package-licence.ts"
import { readLockfile, readProductionPackages, type LockedPackage } from "./lockfile.ts"

/** The version of CycloneDX that is written. */
export const specification = Spec.Spec1dot6

const { Declared, Concluded } = Enums.LicenseAcknowledgement

interface SbomOptions {
  /** The version, licence and Node.js range of the product. */
  version: string
  licence: string
  node: string
  /** A UUID as a URN: each document has its own. */
  serialNumber: string
  now: Date
  /** The licence of each installed package by `name@version`, as `findInstalled` returns them. */
  installed: ReadonlyMap<string, string>
}

/** Builds the inventory of what production runs: packages of the lockfile, licences of the installed packages. */
export function buildSbom(lockfile: string, options: SbomOptions): string {
  const packages = readProductionPackages(lockfile)
  const { version } = options
  const application = new Models.Component(Enums.ComponentType.Application, "peering-desk", {
    bomRef: `peering-desk@${version}`,
    version,
    licenses: new Models.LicenseRepository([toLicence(options.licence, Declared)]),
    properties: new Models.PropertyRepository([
      new Models.Property("peering-desk:requires-node", options.node),
    ]),
  })
  const bom = new Models.Bom({
    serialNumber: options.serialNumber,
    metadata: new Models.Metadata({ component: application, timestamp: options.now }),
  })
  const components = new Map([...packages].map(([id, one]) => [id, toComponent(one)]))
  for (const [id, component] of components) {
    for (const below of packages.get(id)?.dependencies ?? []) {
      const other = components.get(below)
      if (other !== undefined) component.dependencies.add(other.bomRef)
    }
    const licence = findLicence(id, packages, options.installed)
    if (licence !== null) component.licenses.add(licence)
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

/**
 * Finds the licence of a package. One for another platform is not installed: it gets the licence of the package that has
 * it as an optional part, marked as concluded.
 */
function findLicence(
  id: string,
  packages: ReadonlyMap<string, LockedPackage>,
  installed: SbomOptions["installed"],
): Models.License | null {
  const declared = installed.get(id)
  if (declared !== undefined) return toLicence(declared, Declared)
  const parent = [...packages].find(([, { dependencies }]) => dependencies.includes(id))
  const concluded = installed.get(parent?.[0] ?? "")
  return concluded === undefined ? null : toLicence(concluded, Concluded)
}

function toLicence(id: string, acknowledgement: Enums.LicenseAcknowledgement): Models.License {
  const licence = licences.makeFromString(id)
  licence.acknowledgement = acknowledgement
  return licence
}
const licences = new Contrib.License.Factories.LicenseFactory((text) => {
  if (!/ (AND|OR|WITH) /.test(text)) throw new Error(`${text} is not an SPDX expression`)
})

/** Returns the licence of each installed package that names one, by `name@version`. */
export function findInstalled(root: string): Map<string, string> {
  const store = join(root, "node_modules/.pnpm")
  const found = new Map<string, string>()
  for (const folder of readdirSync(store).filter((name) => name.includes("@"))) {
    // `@libsql+linux-x64-gnu@0.5.29`, or with its peers `ajv-formats@3.0.1_ajv@8.17.1`.
    const name = folder.replace(/(?<=.)@.*$/, "").replace("+", "/")
    const licence = readPackageLicence(join(store, folder, "node_modules", name))
    if (licence?.id != null) found.set(`${licence.name}@${licence.version}`, licence.id)
  }
  return found
}

const root = fileURLToPath(new URL("..", import.meta.url))
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { version, license, engines } = JSON.parse(readFileSync(`${root}/package.json`, "utf8")) as {
    version: string
    license: string
    engines: { node: string }
  }
  const sbom = buildSbom(readLockfile(root), {
    version,
    licence: license,
    node: engines.node,
    serialNumber: Contrib.Bom.Utils.randomSerialNumber(),
    now: new Date(),
    installed: findInstalled(root),
  })
  process.stdout.write(`${sbom}\n`)
}
