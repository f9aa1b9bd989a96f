import { readFileSync } from "node:fs"
import type { Expected } from "./expected.ts"

/** Short names of fields in the data files, with the values that most inputs give to them. */
const usual = {
  vpc: ["vpcId", "vpc-0a1b2c3d4e5f60718"],
  account: ["awsAccountId", "210987654321"],
  cidr: ["routeTableCidrBlock", "10.32.0.0/16"],
  region: ["accepterRegionName", "eu-west-1"],
  sub: ["azureSubscriptionId", "9f0c1c5e-2f35-4f0d-8b0a-1f2e3d4c5b6a"],
  tenant: ["azureDirectoryId", "35039750-6ebd-4ad5-bcfe-cb4e5fc2d915"],
  group: ["resourceGroupName", "net-rg"],
  vnet: ["vnetName", "vnet-hub"],
  project: ["gcpProjectId", "shop-prod-1"],
  network: ["networkName", "main"],
  container: ["containerId", "507f1f77bcf86cd799439011"],
  blocks: ["networkBlocks", ""],
  peered: ["peeredBlocks", ""],
} as const

/** Reads `vpc cidr=10.33.0.0/16` as values of fields. */
function toValues(words: string): Record<string, string> {
  return Object.fromEntries(
    words.split(" ").map((word) => {
      const [short = "", value] = word.split("=")
      const [field, own] = usual[short as keyof typeof usual]
      return [field, value ?? own]
    }),
  )
}

/**
 * Reads a data file of inputs: `=== title`, then what is expected (`fills`, `asks`, `choose`, `says`), then `---` and the pasted text.
 * Without an expectation the text fills in nothing.
 */
export function readInputs(file: URL): { name: string; text: string; wanted: Expected }[] {
  return readFileSync(file, "utf8")
    .split(/^=== /m)
    .slice(1)
    .map((one) => {
      const [, name = "", head = "", text = ""] = /^(.*)\n([^]*?)^---\n([^]*)$/m.exec(one) ?? []
      const find = (word: string) => new RegExp(`^${word} (.*)$`, "m").exec(head)?.[1]
      const [fills, asks, choose, says] = ["fills", "asks", "choose", "says"].map(find)
      const wanted: Expected = {
        ...(fills !== undefined && toValues(fills)),
        ...(asks !== undefined && { open: toValues(asks) }),
        ...(choose !== undefined && { choose }),
        ...(says !== undefined && { says }),
      }
      return { name, text, wanted }
    })
}
