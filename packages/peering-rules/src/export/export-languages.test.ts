import { parse as parseHcl } from "@cdktf/hcl2json"
import { newContainerMark, type PeeringDraft } from "@peering-desk/shared-schemas"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { parse as parseYaml, parseAllDocuments } from "yaml"
import type { ExportSubject } from "./export-subject.ts"
import { formatCloudFormation } from "./json.ts"
import { formatCrossplaneYaml, formatOperatorYaml } from "./kubernetes.ts"
import { formatTerraform } from "./terraform.ts"
import { draftForNew, drafts } from "#test/drafts.ts"
import {
  anyDraft,
  anyText,
  clouds,
  draftOf,
  hostile,
  projectId,
  subjectOf,
  toHclRead,
} from "#test/subjects.ts"
import { formatYaml } from "#formats/yaml.ts"

const peerId = "1112222b3bf99403840e8934"

type Block = Record<string, unknown>
type Resources = Record<string, Record<string, Block[]>>

async function readHcl(subject: ExportSubject): Promise<{ resource: Resources; import?: Block[] }> {
  return parseHcl("peering.tf", formatTerraform(subject).text) as never
}

function only<Value>(things: Record<string, Value[]> | undefined): Value | undefined {
  return Object.values(things ?? {})[0]?.[0]
}

const half = /\p{Cs}/gu
const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

async function expectHclValues(draft: PeeringDraft): Promise<void> {
  const { resource } = await readHcl(subjectOf(draft))
  const peering = only(resource["mongodbatlas_network_peering"]) ?? {}
  const fields = Object.entries(draft.request).filter(([, text]) => text.trim() !== "")
  const read = Object.entries(peering).map(([name, text]) => [name, String(text).normalize()])
  expect(Object.fromEntries(read)).toEqual({
    project_id: projectId,
    provider_name: draft.providerName,
    ...Object.fromEntries(
      fields.map(([name, text]) => [snake(name), toHclRead(text.replace(half, "\ufffd"))]),
    ),
  })
}

describe.each(clouds)("exported Terraform for %s", (providerName) => {
  test.each(hostile)("keeps %j as a literal", async (text) => {
    await expectHclValues(draftOf(providerName, text))
    expect.hasAssertions()
  })

  test("imports a connection by Atlas's ids and has no import block for a draft [D1]", async () => {
    const existing = await readHcl(subjectOf(drafts[providerName], { peerId }))
    expect(existing.import?.[0]?.["id"]).toBe(`${projectId}-${peerId}-${providerName}`)
    const name = Object.keys(existing.resource["mongodbatlas_network_peering"] ?? {})[0]
    expect(existing.import?.[0]?.["to"]).toBe(`\${mongodbatlas_network_peering.${name}}`)
    expect((await readHcl(subjectOf(drafts[providerName]))).import).toBeUndefined()
  })

  test("creates a new container that the peering refers to", async () => {
    const { resource } = await readHcl(subjectOf(draftForNew(providerName)))
    const [name] = Object.keys(resource["mongodbatlas_network_container"] ?? {})
    expect(only(resource["mongodbatlas_network_container"])).toMatchObject({ provider_name: providerName })
    expect(only(resource["mongodbatlas_network_peering"])?.["container_id"]).toBe(
      `\${mongodbatlas_network_container.${name}.container_id}`,
    )
  })
})

test("exported Terraform keeps any text in its own field", async () => {
  await fc.assert(
    fc.asyncProperty(anyDraft, async (draft) => {
      await expectHclValues(draft)
      expect.hasAssertions()
    }),
    { numRuns: 200 },
  )
})

test("exported Terraform accepts the request in AWS and peers back from Google Cloud", async () => {
  const aws = (await readHcl(subjectOf(drafts.AWS))).resource
  expect(only(aws["aws_vpc_peering_connection_accepter"])).toEqual({
    vpc_peering_connection_id: "${mongodbatlas_network_peering.peering_vpc_0a1b2c3d4e5f60718.connection_id}",
    auto_accept: true,
  })
  const gcp = (await readHcl(subjectOf(drafts.GCP))).resource
  expect(only(gcp["google_compute_network_peering"])?.["peer_network"]).toContain(".atlas_vpc_name}")
})

test("formatYaml keeps any text for readers of YAML 1.2 and 1.1", () => {
  fc.assert(
    fc.property(anyText, anyText, (one, other) => {
      const expected = { one: one.replace(half, "\ufffd"), list: [other.replace(half, "\ufffd")] }
      const text = formatYaml({ one, list: [other] })
      expect(parseYaml(text)).toEqual(expected)
      expect(parseYaml(text, { version: "1.1" })).toEqual(expected)
      expect(text.split(/[\n\u0085\u2028\u2029]/)).toHaveLength(4)
    }),
    { numRuns: 1000 },
  )
})

function readYaml(text: string): unknown[] {
  return parseAllDocuments(text).map((document) => document.toJS() as unknown)
}

describe.each(clouds)("exported Kubernetes resources for %s", (providerName) => {
  test("give the operator's peering the connection's own id when it exists", () => {
    const [peering] = readYaml(formatOperatorYaml(subjectOf(drafts[providerName], { peerId })).text)
    expect(peering).toMatchObject({
      apiVersion: "atlas.mongodb.com/v1",
      kind: "AtlasNetworkPeering",
      spec: {
        externalProjectRef: { id: projectId },
        containerRef: { id: drafts[providerName].request.containerId },
        id: peerId,
        provider: providerName,
      },
    })
  })

  test("add a new container that the peering refers to", () => {
    for (const write of [formatOperatorYaml, formatCrossplaneYaml]) {
      const [container, peering, ...others] = readYaml(write(subjectOf(draftForNew(providerName))).text) as {
        kind: string
        metadata: { name: string }
      }[]
      expect(others).toEqual([])
      expect(container?.kind).toMatch(/Container$/)
      expect(peering?.kind).toMatch(/Peering$/)
      const name = container?.metadata.name
      const byName =
        write === formatOperatorYaml
          ? { containerRef: { name } }
          : { forProvider: { containerIdRef: { name } } }
      expect(peering).toMatchObject({ spec: byName })
    }
  })

  test("give Crossplane's peering the fields of the request", () => {
    const [peering] = readYaml(formatCrossplaneYaml(subjectOf(drafts[providerName])).text)
    expect(peering).toMatchObject({
      kind: "Peering",
      spec: { forProvider: { projectId, providerName, ...drafts[providerName].request } },
    })
  })
})

test("exported operator YAML spells Azure's vNetName as the operator does", () => {
  const [peering] = readYaml(formatOperatorYaml(subjectOf(drafts.AZURE)).text)
  expect(peering).toMatchObject({ spec: { azureConfiguration: { vNetName: "vnet-payments" } } })
})

test("exported CloudFormation uses the type's names and refers to a new container", () => {
  const existing = JSON.parse(formatCloudFormation(subjectOf(drafts.AWS)).text)
  expect(existing.Resources).toEqual({
    Peering: {
      Type: "MongoDB::Atlas::NetworkPeering",
      Properties: {
        Profile: "default",
        ProjectId: projectId,
        ContainerId: drafts.AWS.request.containerId,
        AccepterRegionName: "us-east-1",
        AwsAccountId: "482913570264",
        RouteTableCIDRBlock: "10.48.0.0/16",
        VpcId: "vpc-0a1b2c3d4e5f60718",
      },
    },
  })
  const made = JSON.parse(formatCloudFormation(subjectOf(draftForNew("AWS"))).text)
  expect(made.Resources.Peering.Properties.ContainerId).toEqual({ "Fn::GetAtt": ["Container", "Id"] })
  expect(made.Resources.Container.Properties).toMatchObject({ RegionName: "EU_WEST_1" })
})

test("exported CloudFormation retains an imported peering, which AWS requires", () => {
  const policies = ({ text }: { text: string }) =>
    Object.values(JSON.parse(text).Resources as Record<string, Block>).map((one) => one["DeletionPolicy"])
  expect(policies(formatCloudFormation(subjectOf(drafts.AWS, { peerId })))).toEqual(["Retain"])
  expect(policies(formatCloudFormation(subjectOf(drafts.AWS)))).toEqual([undefined])
  expect(policies(formatCloudFormation(subjectOf(draftForNew("AWS"))))).toEqual([undefined, undefined])
})

test("exported Terraform names Google Cloud's half after its container", async () => {
  const nameOf = async (containerId: string) => {
    const draft = { ...drafts.GCP, request: { ...drafts.GCP.request, containerId } }
    return only((await readHcl(subjectOf(draft))).resource["google_compute_network_peering"])?.["name"]
  }
  expect(await nameOf("507f1f77bcf86cd799439011")).toBe("atlas-99439011")
  expect(await nameOf("507f1f77bcf86cd799439012")).toBe("atlas-99439012")
  expect(await nameOf(newContainerMark)).toBe(
    "atlas-${substr(mongodbatlas_network_container.peering_payments_vpc.container_id, -8, 8)}",
  )
})
