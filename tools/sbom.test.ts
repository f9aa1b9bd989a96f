import { fileURLToPath } from "node:url"
import { Validation } from "@cyclonedx/cyclonedx-library"
import { expect, test } from "vitest"
import { readLockfile, readProductionPackages } from "./lockfile.ts"
import { buildSbom, findInstalled, specification } from "./sbom.ts"

const root = fileURLToPath(new URL("..", import.meta.url))
const lockfile = readLockfile(root)
const options = {
  version: "1.2.3",
  licence: "Apache-2.0",
  node: ">=20.19",
  serialNumber: "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79",
  now: new Date("2026-11-29T08:00:00Z"),
  installed: findInstalled(root),
}
const sbom = buildSbom(lockfile, options)

interface Licence {
  license?: { id?: string; name?: string; acknowledgement: string }
  expression?: string
}
interface Bom {
  serialNumber: string
  metadata: {
    timestamp: string
    component: {
      name: string
      version: string
      licenses: Licence[]
      properties: { name: string; value: string }[]
    }
  }
  components: {
    name: string
    group?: string
    version: string
    purl: string
    licenses?: Licence[]
    hashes: { content: string }[]
  }[]
  dependencies: { ref: string; dependsOn?: string[] }[]
}
const bom = JSON.parse(sbom) as Bom

test("pnpm run sbom writes a valid CycloneDX document", async () => {
  const validator = new Validation.JsonStrictValidator(specification.version)
  expect(await validator.validate(sbom)).toBe(null)
  expect(await validator.validate(sbom.replace('"purl"', '"pURL"'))).not.toBe(null)
})

test("the SBOM has each production package once, with version, address and hash, and no other", () => {
  const listed = bom.components.map(
    ({ group, name, version }) => `${group === undefined ? "" : `${group}/`}${name}@${version}`,
  )
  expect(new Set(listed)).toEqual(new Set(readProductionPackages(lockfile).keys()))
  expect(new Set(listed).size).toBe(listed.length)
  for (const name of ["express@", "openid-client@", "react@", "zod@"])
    expect(listed.some((one) => one.startsWith(name))).toBe(true)
  for (const name of ["vitest@", "typescript@", "msw@", "oidc-provider@", "ajv@"])
    expect(listed.some((one) => one.startsWith(name))).toBe(false)
  for (const { purl, hashes } of bom.components) {
    expect(purl).toMatch(/^pkg:npm\/(%40[\w.-]+\/)?[\w.-]+@\d/)
    expect(hashes[0]?.content).toMatch(/^[0-9a-f]{128}$/)
  }
})

test("the SBOM says what depends on what", () => {
  const below = (ref: string) => bom.dependencies.find((one) => one.ref.startsWith(ref))?.dependsOn ?? []
  expect(below("digest-fetch@").map((ref) => ref.replace(/@.*/, ""))).toEqual(
    expect.arrayContaining(["md5", "base-64"]),
  )
  expect(below("peering-desk@")).toHaveLength(bom.components.length)
})

test("the SBOM has a serial number, the time it was written, the version, licence and Node.js of the product", () => {
  expect(bom.serialNumber).toBe(options.serialNumber)
  const { timestamp, component } = bom.metadata
  expect(timestamp).toBe("2026-11-29T08:00:00.000Z")
  expect(component.version).toBe("1.2.3")
  expect(component.licenses).toEqual([{ license: { id: "Apache-2.0", acknowledgement: "declared" } }])
  expect(component.properties).toEqual([{ name: "peering-desk:requires-node", value: ">=20.19" }])
})

test("the SBOM has the licence of each package, as declared where the package is installed", () => {
  const without = bom.components.filter(({ licenses = [] }) => licenses.length === 0)
  expect(without.map(({ purl }) => purl)).toEqual([])
  const toId = ({ purl }: { purl: string }) => purl.replace("pkg:npm/", "").replace("%40", "@")
  const notInstalled = bom.components.filter((one) => !options.installed.has(toId(one)))
  expect(notInstalled.filter(({ group }) => group !== "@libsql")).toEqual([])
  for (const component of bom.components)
    expect(component.licenses).toEqual([
      {
        license: {
          id: expect.stringMatching(/^(MIT|MIT-0|ISC|Apache-2\.0|BSD-[23]-Clause|Unlicense|0BSD)$/),
          acknowledgement: notInstalled.includes(component) ? "concluded" : "declared",
        },
      },
    ])
})
