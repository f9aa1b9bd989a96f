import { parse as parseHcl } from "@cdktf/hcl2json"
import type { Container } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import { parseAllDocuments } from "yaml"
import { formatAtlasCli } from "./atlas-cli.ts"
import { formatCurl } from "./curl.ts"
import { toExportSubject } from "./export-subject.ts"
import { exports } from "./exports.ts"
import { formatCrossplaneYaml, formatOperatorYaml } from "./kubernetes.ts"
import { formatTerraform } from "./terraform.ts"
import { gcp, gcpContainer } from "#test/connections.ts"
import { draftForNew, drafts, listedContainer } from "#test/drafts.ts"
import { runScript } from "#test/shell.ts"
import { clouds, projectId, subjectOf } from "#test/subjects.ts"

const peerId = "1112222b3bf99403840e8934"
const keys = { ATLAS_PUBLIC_KEY: "public", ATLAS_PRIVATE_KEY: "private" }

test("exports have no comment lines, which an interactive zsh executes", () => {
  const container = listedContainer({ id: "c", providerName: "AWS", regionName: "EU_WEST_1" })
  const far = { ...drafts.AWS, request: { ...drafts.AWS.request, accepterRegionName: "x>$HOME/out $(id)" } }
  for (const providerName of clouds)
    for (const draft of [drafts[providerName], draftForNew(providerName), far])
      for (const { write } of exports) {
        const { text } = write(subjectOf(draft, { container, peerId }))
        expect(text).not.toMatch(/^\s*(?:#|\/\/)/m)
      }
  expect(formatAtlasCli(subjectOf(far, { container })).notes.join()).toContain("$(ID)")
})

test("exported commands end without a line end, so that a pasted one waits for Enter", () => {
  const commands = exports.filter(({ language }) => language === "shell")
  for (const providerName of clouds)
    for (const draft of [drafts[providerName], draftForNew(providerName)])
      for (const { write } of commands) expect(write(subjectOf(draft)).text).not.toMatch(/\s$/)
})

test("exported Atlas CLI commands are one command, with their limits as notes", () => {
  for (const providerName of clouds) {
    const { text, notes } = formatAtlasCli(subjectOf(drafts[providerName]))
    expect(text).toMatch(/^atlas networking peering create /)
    expect(notes[0]).toContain("The Atlas CLI takes no container ID")
  }
})

describe.each(clouds)("exported curl with a new container for %s", (providerName) => {
  const { text, notes } = formatCurl(subjectOf(draftForNew(providerName)))

  test("sends no peering before the container's id is set, and stays in the shell", () => {
    const { calls, complained } = runScript(`(${text.trimEnd()}\n)\nstep after`, keys)
    expect(calls.map((words) => words.find((word) => /containers$|peers$/.test(word)) ?? words[0])).toEqual([
      expect.stringMatching(/containers$/),
      "step",
    ])
    expect(complained).toContain("CONTAINER_ID: Set it to the id in the first answer")
    expect(notes.join()).toContain("CONTAINER_ID")
  })

  test("ignores an id of an earlier paste", () => {
    const { calls } = runScript(text, { ...keys, CONTAINER_ID: "507f1f77bcf86cd799439011" })
    expect(calls).toHaveLength(1)
  })

  test("needs a value for each key", () => {
    expect(runScript(text).calls).toEqual([])
  })
})

describe("exported Terraform of a Google Cloud connection", () => {
  const read = async (status: string, container: Container | null = gcpContainer) => {
    const subject = toExportSubject(
      { projectId, id: peerId, peer: { ...gcp, id: peerId, status } },
      container,
    )
    const { text, notes } = formatTerraform(subject)
    const parsed = (await parseHcl("peering.tf", text)) as { import?: { to: string; id: string }[] }
    return { imports: parsed.import ?? [], notes: notes.join(" ") }
  }

  test("imports the owner's half, which exists once the connection is available", async () => {
    const { imports, notes } = await read("AVAILABLE")
    expect(imports).toEqual([
      { to: "${mongodbatlas_network_peering.peering_core}", id: `${projectId}-${peerId}-GCP` },
      { to: "${google_compute_network_peering.peering_core}", id: "shop-prod/core/atlas-99439011" },
    ])
    expect(notes).toContain("atlas-99439011")
  })

  test("creates the owner's half while Atlas waits for it", async () => {
    expect((await read("WAITING_FOR_USER")).imports).toHaveLength(1)
  })
})

test("exported Crossplane YAML imports an existing connection by its external name", () => {
  for (const providerName of clouds) {
    const { text, notes } = formatCrossplaneYaml(subjectOf(drafts[providerName], { peerId }))
    const [peering] = parseAllDocuments(text).map((one) => one.toJS() as unknown)
    expect(peering).toMatchObject({ metadata: { annotations: { "crossplane.io/external-name": peerId } } })
    expect(notes.join()).not.toContain("by hand")
    expect(formatCrossplaneYaml(subjectOf(drafts[providerName])).text).not.toContain("annotations")
  }
})

test("exported operator YAML says which label the operator needs on the secret", () => {
  expect(formatOperatorYaml(subjectOf(drafts.AWS)).notes.join()).toContain(
    "atlas.mongodb.com/type=credentials",
  )
})

test("every export names a new container's empty region and CIDR", () => {
  for (const providerName of ["AWS", "AZURE"] as const) {
    const draft = { ...draftForNew(providerName), newContainer: { atlasCidrBlock: "", region: "" } }
    for (const { id, appliesTo, write } of exports.filter((one) => one.appliesTo(providerName))) {
      const { notes } = write(subjectOf(draft))
      expect({ id, named: notes.some((note) => /left out: .*atlasCidrBlock.*region/i.test(note)) }).toEqual({
        id,
        named: appliesTo(providerName),
      })
    }
  }
  // A Google Cloud container has no single region, and may have none.
  const google = { ...draftForNew("GCP"), newContainer: { atlasCidrBlock: "10.0.0.0/18" } }
  expect(exports[0]?.write(subjectOf(google)).notes.join()).not.toContain("left out")
})

test("no export is written for a value with control or invisible characters", () => {
  const fields = { AWS: "vpcId", GCP: "networkName", AZURE: "vnetName" } as const
  for (const providerName of clouds)
    for (const value of ["\u0015id #", "a\u202eb", "a\nb", "a\\u{202E}b"])
      for (const { write } of exports) {
        const { request } = drafts[providerName]
        const draft = { ...drafts[providerName], request: { ...request, [fields[providerName]]: value } }
        expect(write(subjectOf(draft)).text).toBe("")
        expect(write(subjectOf(draft)).notes[0]).toMatch(
          /^The .* contains control or invisible characters\. No code is shown\.$/,
        )
      }
  const container = listedContainer({ id: "c", providerName: "AWS", regionName: "EU_WEST_1\u0015" })
  for (const { write } of exports) expect(write(subjectOf(drafts.AWS, { container })).text).toBe("")
})
