import { fileURLToPath } from "node:url"
import { Validation } from "@cyclonedx/cyclonedx-library"
import { expect, test } from "vitest"
import { readLockfile, readProductionPackages } from "./lockfile.ts"
import { buildSbom, specification } from "./sbom.ts"

const root = fileURLToPath(new URL("..", import.meta.url))
const lockfile = readLockfile(root)
const sbom = buildSbom(lockfile, "1.2.3")

interface Bom {
  metadata: { component: { name: string; version: string } }
  components: { name: string; group?: string; version: string; purl: string; hashes: { content: string }[] }[]
  dependencies: { ref: string; dependsOn?: string[] }[]
}
const bom = JSON.parse(sbom) as Bom

test("pnpm sbom writes a valid CycloneDX document", async () => {
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
