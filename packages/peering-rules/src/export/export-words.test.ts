import {
  Container,
  newContainerMark,
  toAtlasRegionName,
  type PeeringDraft,
} from "@peering-desk/shared-schemas"
import fc from "fast-check"
import { expect, test } from "vitest"
import { formatAtlasCli } from "./atlas-cli.ts"
import { formatCurl } from "./curl.ts"
import { readCalls, toWords } from "#test/shell.ts"
import { anyDraft, anyNewDraft, anyPlain, anyText, subjectOf } from "#test/subjects.ts"

const keys = { ATLAS_PUBLIC_KEY: "public", ATLAS_PRIVATE_KEY: "pri vate$" }

/** No command can be given a NUL. */
const withoutNul = (text: string) => text.replaceAll("\0", "")

const versions = fc.constantFrom(
  ["v1.0", "application/json", "api/atlas/v1.0"] as const,
  ["2023-01-01", "application/vnd.atlas.2023-01-01+json", "api/atlas/v2"] as const,
)

/** The words of curl's call, with the body as it is read from JSON. */
function toPost(mediaType: string, root: string, projectId: string, things: string, body: object) {
  const url = `https://cloud.mongodb.com/${root}/groups/${encodeURIComponent(projectId)}/${things}`
  return [
    ...toWords("curl --user", "public:pri vate$", "--digest"),
    ...toWords("--header", `Accept: ${mediaType}`, "--header", `Content-Type: ${mediaType}`),
    ...toWords("--request POST", url, "--data"),
    body,
  ]
}

const withBody = (words: readonly string[]) => [...words.slice(0, -1), JSON.parse(words.at(-1) ?? "")]

test("exported curl keeps any text in its body and path", () => {
  fc.assert(
    fc.property(anyDraft, anyText, versions, (draft, projectId, [version, mediaType, root]) => {
      const calls = readCalls(formatCurl(subjectOf(draft, { projectId }), version).text, keys)
      const body = { providerName: draft.providerName, ...draft.request }
      expect(calls.map(withBody)).toEqual([toPost(mediaType, root, projectId, "peers", body)])
    }),
    { numRuns: 100 },
  )
})

test("exported curl keeps any text of a new container in its first body and of the peering in its second", () => {
  fc.assert(
    fc.property(anyNewDraft, anyText, versions, (draft, projectId, [version, mediaType, root]) => {
      const { providerName, request, newContainer } = draft
      const CONTAINER_ID = "507f1f77bcf86cd799439011"
      const { text } = formatCurl(subjectOf(draft, { projectId }), version)
      const calls = readCalls(text, keys, { curl: `CONTAINER_ID=${CONTAINER_ID}` })
      const { region, ...side } = newContainer ?? {}
      const place =
        providerName === "AWS" ? { regionName: region } : providerName === "AZURE" ? { region } : {}
      expect(calls.map(withBody)).toEqual([
        toPost(mediaType, root, projectId, "containers", { providerName, ...side, ...place }),
        toPost(mediaType, root, projectId, "peers", { providerName, ...request, containerId: CONTAINER_ID }),
      ])
    }),
    { numRuns: 100 },
  )
})

const cliOptions: Readonly<Record<PeeringDraft["providerName"], readonly (readonly [string, string])[]>> = {
  AWS: [
    ["region", "accepterRegionName"],
    ["accountId", "awsAccountId"],
    ["routeTableCidrBlock", "routeTableCidrBlock"],
    ["vpcId", "vpcId"],
  ],
  GCP: [
    ["gcpProjectId", "gcpProjectId"],
    ["network", "networkName"],
  ],
  AZURE: [
    ["directoryId", "azureDirectoryId"],
    ["subscriptionId", "azureSubscriptionId"],
    ["resourceGroup", "resourceGroupName"],
    ["vnet", "vnetName"],
  ],
}

test("exported Atlas CLI commands keep any text as the value of its option", () => {
  fc.assert(
    fc.property(
      fc.oneof(anyDraft, anyNewDraft),
      anyText,
      anyPlain,
      anyPlain,
      (any, projectId, anyRegion, block) => {
        const { providerName, request } = any
        // In another region than the VPC's there is no command.
        const near = toAtlasRegionName(request["accepterRegionName"] ?? "")
        const region = providerName === "AWS" ? near : anyRegion
        const newContainer =
          providerName === "AWS" && any.newContainer ? { ...any.newContainer, region } : any.newContainer
        const draft = { ...any, ...(newContainer && { newContainer }) }
        const isNew = request["containerId"] === newContainerMark
        const container =
          isNew || providerName === "AWS"
            ? null
            : Container.parse({ id: "c", providerName, atlasCidrBlock: block, region, regionName: region })
        // Of a Existing container Azure's region has to be told, and on Google Cloud the block.
        const place = newContainer?.regions?.join(",") ?? newContainer?.region ?? region
        const side = [
          ...(providerName === "AZURE" || (providerName === "GCP" && isNew)
            ? [["region", place] as const]
            : []),
          ...(providerName === "GCP" || isNew
            ? [["atlasCidrBlock", newContainer?.atlasCidrBlock ?? block] as const]
            : []),
        ]
        const fields = cliOptions[providerName].map(
          ([option, name]) => [option, request[name] ?? ""] as const,
        )
        const options = [["projectId", projectId] as const, ...fields, ...side]
        const words = toWords(
          `atlas networking peering create ${providerName.toLowerCase()}`,
          ...options.map(([option, text]) => `--${option}=${text}`),
        )
        const calls = readCalls(formatAtlasCli(subjectOf(draft, { projectId, container })).text)
        expect(calls).toEqual([words.map(withoutNul)])
      },
    ),
    { numRuns: 150 },
  )
})
