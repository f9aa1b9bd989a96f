import { awsRegions, toAtlasRegionName } from "@peering-desk/shared-schemas"
import { toFacts } from "#formats/facts.ts"
import { awsPeeringNote, putLink } from "./links.ts"
import { PastedBuilder } from "./pasted-builder.ts"
import type { Pasted } from "./pasted.ts"
import { applyRules, choose } from "./things.ts"

/** Longer than any page of a console or any message that somebody copies from. */
const longest = 200_000

/** Reads identifiers out of running text: a page of the AWS console, a message. Null without any. */
export function readText(text: string): Pasted | null {
  const words = text
    .slice(0, longest)
    .split(/[\s,;|<>()[\]{}"'`]+/)
    // Without the full stop or colon of the sentence around it.
    .map((word) => word.slice(0, 1000).replace(/[.:!?]{1,5}$/, ""))
  const vpcIds = findAll(words, /(?:^|[^\w-])(vpc-[0-9a-f]{8,17})(?![\w-])/i)
  const isConsole =
    words.some((word) => /console\.(?:aws\.amazon\.com|amazonaws\.cn)/.test(word.slice(0, 200))) ||
    /^[ \t]*(?:VPC ID|IPv4 CIDR|Owner ID)\b/im.test(text.slice(0, longest))
  const source = isConsole ? "aws-console" : "text"
  if (vpcIds.length > 1) {
    const choices = vpcIds.map((vpcId) => {
      const one = new PastedBuilder()
      one.put("vpcId", vpcId, "The text")
      return { title: vpcId, pasted: one.build(source) }
    })
    return choose(source, choices, "VPCs found")
  }
  const builder = new PastedBuilder()
  putWords(builder, words, vpcIds)
  const pasted = builder.build(source)
  return Object.keys(pasted.fields.request).length > 0 || pasted.notes.length > 0 ? pasted : null
}

function findAll(words: readonly string[], pattern: RegExp): string[] {
  const found = words.flatMap((word) => pattern.exec(word)?.[1] ?? [])
  return [...new Set(found.map((one) => one.toLowerCase()))].slice(0, 1000)
}

function putWords(builder: PastedBuilder, words: readonly string[], vpcIds: readonly string[]): void {
  const put = (field: "vpcId" | "awsAccountId" | "accepterRegionName", texts: readonly string[]) => {
    for (const text of texts) builder.put(field, text, "The text")
  }
  for (const word of words.filter((one) => one.startsWith("arn:")).slice(0, 50))
    putLink(builder, "aws-arn", word)
  put("vpcId", vpcIds)
  for (const id of findAll(words, /(?:^|[^\w-])(pcx-[0-9a-f]{8,17})(?![\w-])/i).slice(0, 5))
    applyRules(builder, toFacts({ id }), [awsPeeringNote("id")])
  for (const word of words) if (/subscriptions\//i.test(word)) putLink(builder, "azure-resource-id", word)
  for (const word of words) if (word.includes("projects/")) putLink(builder, "gcp-self-link", word)
  if (builder.providerName === "GCP" || builder.providerName === "AZURE") return

  put("awsAccountId", findAll(words, /^(\d{12}|\d{4}-\d{4}-\d{4})$/))
  put("accepterRegionName", findRegions(words))
  // Without a VPC beside it a block may be anybody's.
  if (builder.get("vpcId") === null) return
  const [block, ...further] = findAll(words, /^(\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2})$/)
  builder.put("routeTableCidrBlock", block, "The text")
  if (further.length > 0)
    builder.note(`The text also has ${further.slice(0, 5).join(", ")}. The first CIDR is used.`)
}

/** Finds regions in the spelling of AWS or Atlas, alone or in the address of a console page. */
function findRegions(words: readonly string[]): string[] {
  const regions = words
    .flatMap((word) => word.split(/[/?&=#.:]/, 40))
    .filter(
      (part) => part.length > 8 && part.length < 20 && Object.hasOwn(awsRegions, toAtlasRegionName(part)),
    )
  return [...new Set(regions.map((region) => region.toLowerCase().replaceAll("_", "-")))].slice(0, 5)
}
