import type { FieldRow, PeeringDraft } from "@peering-desk/shared-schemas"
import type { ProjectSnapshot } from "@peering-desk/peering-rules"
import { expect, test } from "vitest"
import { awsFields } from "@peering-desk/shared-schemas/aws-fields"

const name = "sharedGatewayId"
const value = "gw-0a1b2c3d"

/** A field that Atlas doesn't have. */
const row: FieldRow = {
  label: "Gateway ID",
  hint: "gw- and 8 hex digits",
  title: "gateway ID",
  thing: "gateway",
  fact: "Gateway",
  missing: "Enter the gateway ID",
  rule: (text) =>
    /^gw-[0-9a-f]{8}$/.test(text) ? null : { message: "Use lower case", fix: text.toLowerCase() },
  inLink: /^arn:.{0,200}:gateway\/(gw-[0-9a-f]+)$/,
  names: { atlasCli: "--gatewayId" },
  edit: { hint: "gw-…", restarts: true },
  sample: (hex) => `gw-${hex(8)}`,
  help: { what: "The shared gateway.", path: "AWS console › Gateways", command: "aws gateways" },
}
Object.assign(awsFields, { [name]: row })

// The readers build their schemas and rules when they load, so they load after the row is there.
const { AwsPeer, AwsPeeringChange, CreatePeering } = await import("@peering-desk/shared-schemas")
const { exports, normaliseField, readPasted, toDraftOf, toExportSubject, toVerdict } =
  await import("@peering-desk/peering-rules")
const { emptyValues, toNetworkRows } = await import("#web/src/features/create-peering/draft/cloud-fields.ts")
const { resolveValues, toDraft } = await import("#web/src/features/create-peering/draft/form-values.ts")
const { fieldLabels } = await import("#web/src/features/create-peering/prefill/field-labels.ts")
const { buildSampleDraft } = await import("#web/src/features/create-peering/prefill/sample-values.ts")
const { listOwnFacts } = await import("#web/src/copy/network-facts.ts")
const { readLinkQuery, toLinkQuery } = await import("#web/src/shared/connection-link.ts")
const { toKeptFields } = await import("#bff/src/audit/audit-fields.ts")
const { toTarget } = await import("#bff/src/changes/target.ts")
const { createCreateKind } = await import("#bff/src/changes/create-kind.ts")
const { toInventoryCsv } = await import("#web/src/features/connection-list/rows/export-rows.ts")
const { toContentHash } = await import("#bff/src/base/content-hash.ts")

const projectId = "64b1f0a27c3d5e4f8a9b0c1d"
const request: Record<string, string> = {
  containerId: "507f1f77bcf86cd799439011",
  awsAccountId: "210987654321",
  accepterRegionName: "us-east-1",
  vpcId: "vpc-0a1b2c3d4e5f60718",
  routeTableCidrBlock: "10.32.0.0/16",
  [name]: value,
}
const draft: PeeringDraft = { providerName: "AWS", request }
const here: ProjectSnapshot["here"] = {
  project: { id: projectId, name: "payments" },
  containers: [
    {
      providerName: "AWS",
      id: "507f1f77bcf86cd799439011",
      atlasCidrBlock: "10.8.0.0/21",
      regionName: "US_EAST_1",
      provisioned: false,
      vpcId: null,
    },
  ],
  peers: [],
  privateIpMode: null,
  readAt: null,
  problem: null,
}
const peer = AwsPeer.parse({ providerName: "AWS", id: "1112222b3bf99403840e8934", ...request })

test("a field added to the AWS table is a row of the create form, with its help, label and validation", () => {
  expect(toNetworkRows("AWS")).toContainEqual({ name, label: row.label, hint: row.hint })
  expect(fieldLabels[name]).toBe(row.label)
  const values = { ...emptyValues("AWS"), ...request }
  expect(Reflect.get(emptyValues("AWS"), name)).toBe("")
  expect(toDraft(values).request[name]).toBe(value)
  expect(validate(values)).not.toHaveProperty(name)
  expect(validate({ ...values, [name]: "" } as typeof values)).toHaveProperty(`${name}.message`, row.missing)
})

test("a field added to the AWS table is in every export, and each export fills the form with it", () => {
  const subject = { projectId, draft, container: null, peerId: null }
  const readBack = exports.map(({ id, write }) => [id, readPasted(write(subject).text).fields.request])
  expect(readBack).toHaveLength(8)
  for (const [id, read] of readBack) expect({ id, ...Object(read) }).toMatchObject({ id, [name]: value })
  expect(toExportSubject({ projectId, id: peer.id, peer }, null).draft.request).toHaveProperty(name, value)
})

test("a field added to the AWS table is read out of an ARN and repaired by its rule's fix", () => {
  const typed = (text: string) => normaliseField(name as "vpcId", "AWS", text)
  expect(typed(`arn:aws:ec2:us-east-1:210987654321:gateway/${value}`)).toMatchObject({ value })
  expect(typed(value.toUpperCase())).toMatchObject({ value })
  const wrong = { ...draft, request: { ...request, [name]: "GW-0a1b2c3d" } }
  const verdict = toVerdict(wrong, { here, otherProjects: [], peersPerProject: 50, now: Date.now() })
  expect(verdict.checks).toContainEqual(expect.objectContaining({ field: name, says: "Use lower case" }))
  expect(JSON.stringify(verdict)).toContain(`${value} as the gateway ID`)
})

test("a field added to the AWS table is in the links of a draft and of a connection, and in sample values", () => {
  expect(readLinkQuery(toLinkQuery(draft))?.request).toHaveProperty(name, value)
  expect(toDraftOf(peer).request).toHaveProperty(name, value)
  expect(
    buildSampleDraft("AWS", { here, otherProjects: [], peersPerProject: 50, now: Date.now() })?.request,
  ).toHaveProperty(name, expect.stringMatching(/^gw-[0-9a-f]{8}$/))
})

test("a field added to the AWS table is kept by the audit log and changes the hash of a plan", () => {
  const toHash = (given: string) => {
    const body = CreatePeering.parse({
      request: { providerName: "AWS", ...request, [name]: given },
      reason: "x",
    })
    const plan = { ...body, replaces: null, bodyHash: "" }
    const before = { replaced: null, known: null, container: null }
    const kind = createCreateKind({} as Parameters<typeof createCreateKind>[0])
    expect(toKeptFields(kind.toAttempt({ subject: "", plan, before }).request)).toHaveProperty(name, given)
    expect(kind.toShown({ subject: "", plan, before })).toMatchObject({ request: { [name]: given } })
    return toContentHash(plan)
  }
  expect(toHash(value)).not.toBe(toHash("gw-ffffffff"))
  expect(toTarget({ ...peer }, "AWS")).toHaveProperty(name, value)
})

test("a field added to the AWS table can be edited and is on a connection's page, in the report and the CSV", () => {
  expect(AwsPeeringChange.parse({ [name]: value })).toEqual({ [name]: value })
  expect(listOwnFacts(peer)).toContainEqual({ label: "Gateway", value })
  expect(toInventoryCsv([])).toContain(`"${name}"`)
})

function validate(values: Parameters<typeof toDraft>[0]) {
  const options = { fields: {}, shouldUseNativeValidation: undefined }
  const { errors } = resolveValues(values, undefined, options) as { errors: object }
  return errors
}
