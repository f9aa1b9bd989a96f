import {
  newContainerMark,
  PeeringRequest,
  toAtlasRegionName,
  type PeeringDraft,
} from "@peering-desk/shared-schemas"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { formatAtlasCli } from "./atlas-cli.ts"
import { formatCurl } from "./curl.ts"
import { toExportSubject } from "./export-subject.ts"
import { exports } from "./exports.ts"
import { mergePasted } from "#paste/merge-pasted.ts"
import { readPasted } from "#paste/read-pasted.ts"
import { draftForNew, drafts, listedContainer, listedPeer } from "#test/drafts.ts"
import { readCalls } from "#test/shell.ts"
import { clouds, draftOf, hostile, projectId, subjectOf, validDraft } from "#test/subjects.ts"

/** Keys that a shell could break in two. */
const keys = { ATLAS_PUBLIC_KEY: "public", ATLAS_PRIVATE_KEY: "pri vate$" }

function bodyOf(words: readonly string[]): unknown {
  return JSON.parse(words[words.indexOf("--data") + 1] ?? "")
}

test.each([
  ["cloud.mongodbgov.com", "cloud.mongodbgov.com"],
  ["cloud.mongodb.com", "cloud.mongodb.com"],
  ["egress-proxy.internal", "cloud.mongodb.com"],
])("exported curl of a server that calls %s calls %s", (atlasHost, called) => {
  const { text } = formatCurl({ ...subjectOf(draftOf("AWS", "vpc-1")), atlasHost })
  expect(text).toContain(`https://${called}/api/atlas/v1.0/groups/`)
})

describe.each(clouds)("exported curl for %s", (providerName) => {
  test.each(hostile)("keeps %j as one value in a real shell", (text) => {
    const [words = [], ...others] = readCalls(formatCurl(subjectOf(draftOf(providerName, text))).text, keys)
    expect(others).toEqual([])
    expect(bodyOf(words)).toEqual({ providerName, ...draftOf(providerName, text).request })
    expect(words.slice(0, 4)).toEqual(["curl", "--user", "public:pri vate$", "--digest"])
    expect(words.slice(4, 6)).toEqual(["--header", "Accept: application/json"])
    expect(words.slice(6, 9)).toEqual(["--header", "Content-Type: application/json", "--request"])
    expect(words.slice(9, 12)).toEqual([
      "POST",
      `https://cloud.mongodb.com/api/atlas/v1.0/groups/${projectId}/peers`,
      "--data",
    ])
    expect(words).toHaveLength(13)
  })

  test("uses the newer path and media type for the dated version", () => {
    const [words = []] = readCalls(formatCurl(subjectOf(drafts[providerName]), "2023-01-01").text, keys)
    expect(words).toContain("Accept: application/vnd.atlas.2023-01-01+json")
    expect(words).toContain(`https://cloud.mongodb.com/api/atlas/v2/groups/${projectId}/peers`)
  })

  test("creates a new container first and passes its id to the peering", () => {
    const { text } = formatCurl(subjectOf(draftForNew(providerName)))
    const answering = (id: string) => readCalls(text, keys, { curl: `CONTAINER_ID='${id}'` })
    const [container = [], peering = []] = answering("507f1f77bcf86cd799439011")
    expect(container.some((word) => word.endsWith("/containers"))).toBe(true)
    expect(bodyOf(container)).toMatchObject({
      providerName,
      atlasCidrBlock: expect.stringMatching(/^10\./) as unknown,
    })
    const body = bodyOf(peering)
    expect(body).toMatchObject({ providerName, containerId: "507f1f77bcf86cd799439011" })
    expect(PeeringRequest.safeParse(body).success).toBe(true)
    const [, spaced = []] = answering("two words")
    expect(bodyOf(spaced)).toMatchObject({ containerId: "two words" })
  })
})

/** The part of a draft that a language has words for. */
function toCarried(language: string, draft: PeeringDraft): PeeringDraft {
  const { request, newContainer } = draft
  const { containerId, ...network } = request
  const isExisting = containerId !== newContainerMark
  // The Atlas CLI finds the container by the VPC's region, and names none that exists.
  if (language === "atlas-cli" && isExisting) return { ...draft, request: network }
  // The operator cannot limit a container of Google Cloud to regions.
  const { regions: _, ...anywhere } = newContainer ?? { atlasCidrBlock: "" }
  return language === "operator" && newContainer !== undefined ? { ...draft, newContainer: anywhere } : draft
}

/** Moves a new container to the region of its VPC: the Atlas CLI peers in no other one. */
function toNear(draft: PeeringDraft): PeeringDraft {
  const { request, newContainer } = draft
  const region = toAtlasRegionName(request["accepterRegionName"] ?? "")
  return draft.providerName === "AWS" && newContainer !== undefined
    ? { ...draft, newContainer: { ...newContainer, region } }
    : draft
}

test.each(exports)(
  "readPasted restores the draft from the export $id, in existing and new containers of every cloud [D11]",
  ({ id, write, appliesTo }) => {
    fc.assert(
      fc.property(validDraft, (any) => {
        fc.pre(appliesTo(any.providerName))
        const draft = id === "atlas-cli" ? toNear(any) : any
        const pasted = readPasted(write(subjectOf(draft)).text)
        expect(mergePasted({ providerName: "AWS", request: {} }, pasted).draft).toEqual(toCarried(id, draft))
        expect([...pasted.choices, ...(pasted.open ?? [])]).toEqual([])
      }),
      { numRuns: 100 },
    )
  },
)

describe("exported Atlas CLI commands", () => {
  const aws = listedContainer({
    id: "507f1f77bcf86cd799439011",
    providerName: "AWS",
    regionName: "EU_WEST_1",
  })

  test("are left out where the Atlas CLI would take a container in another region than the chosen one", () => {
    const far = [
      subjectOf(drafts.AWS, { container: aws }),
      subjectOf(draftForNew("AWS", { region: "EU_WEST_1" })),
    ]
    for (const subject of far) {
      const { text, notes } = formatAtlasCli(subject)
      expect(text).toBe("")
      expect(notes).toEqual([
        "The Atlas CLI can't peer across regions: it would use a container in US_EAST_1, not the one in EU_WEST_1. Use curl or Terraform.",
      ])
    }
    const near = subjectOf(drafts.AWS, { container: { ...aws, regionName: "US_EAST_1" } })
    expect(formatAtlasCli(near).text).not.toBe("")
    expect(formatAtlasCli(near).notes.join()).not.toContain("across regions")
  })

  test("restore the draft with a new container when pasted", () => {
    for (const providerName of clouds) {
      const place = providerName === "AWS" ? { region: "US_EAST_1" } : {}
      // No export has the CIDRs of the network and of its peers.
      const { networkBlocks: _, peeredBlocks: _peered, ...draft } = draftForNew(providerName, place)
      const pasted = readPasted(formatAtlasCli(subjectOf(draft)).text)
      expect(mergePasted({ providerName: "AWS", request: {} }, pasted).draft).toEqual(draft)
    }
  })
})

describe("export of an existing connection", () => {
  const container = listedContainer({
    id: "507f1f77bcf86cd799439011",
    providerName: "AWS",
    regionName: "EU_WEST_1",
  })
  const peer = listedPeer("AWS", {
    id: "1112222b3bf99403840e8934",
    containerId: container.id,
    accepterRegionName: null,
    awsAccountId: "482913570264",
    connectionId: "pcx-0a1b2c3d4e5f60718",
    routeTableCidrBlock: "10.48.0.0/16",
    vpcId: "vpc-0a1b2c3d",
  })
  const peering = { projectId, id: peer.id, peer }

  test("adds the region that Atlas leaves out", () => {
    expect(toExportSubject(peering, container).draft.request["accepterRegionName"]).toBe("eu-west-1")
    expect(toExportSubject(peering, null).draft.request).not.toHaveProperty("accepterRegionName")
    const json = exports.find(({ id }) => id === "json")
    expect(json?.write(toExportSubject(peering, null)).notes).toEqual([
      "Empty fields left out: accepterRegionName.",
    ])
  })

  test("writes the region in AWS's spelling", () => {
    const other = { ...peering, peer: { ...peer, accepterRegionName: "US_EAST_1" } }
    expect(toExportSubject(other, container).draft.request["accepterRegionName"]).toBe("us-east-1")
  })

  test("never contains AWS's own peering id [D3]", () => {
    const wrong = { ...toExportSubject(peering, container), peerId: "pcx-0a1b2c3d4e5f60718" }
    for (const { write } of exports) {
      for (const subject of [toExportSubject(peering, container), wrong]) {
        const { text, notes } = write(subject)
        expect(text + notes.join()).not.toContain("pcx-")
      }
    }
  })
})

test("exports have different ids, and CloudFormation applies to AWS alone", () => {
  expect(new Set(exports.map(({ id }) => id)).size).toBe(exports.length)
  const forAzure = exports.filter(({ appliesTo }) => appliesTo("AZURE")).map(({ id }) => id)
  expect(forAzure).toEqual(["curl", "curl-v2", "atlas-cli", "terraform", "operator", "crossplane", "json"])
  expect(exports.filter(({ appliesTo }) => appliesTo("AWS"))).toHaveLength(exports.length)
})
