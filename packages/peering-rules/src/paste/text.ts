import { awsRegions, toAtlasRegionName } from "@peering-desk/shared-schemas"
import { gatherArn, noteAwsPeeringId } from "./arn.ts"
import { gatherResourceId } from "./azure.ts"
import { gatherNetworkLink } from "./gcp.ts"
import { createGathering, toChoices, type Gathering } from "./gathering.ts"
import type { Pasted } from "./pasted.ts"

/** Longer than any page of a console or any message somebody would copy from. */
const longest = 200_000

/** Reads identifiers out of running text: a page of the AWS console, a message of a colleague. Null when there are none. */
export function readPastedText(text: string): Pasted | null {
  const words = text
    .slice(0, longest)
    .split(/[\s,;|<>()[\]{}"'`]+/)
    .map(toBare)
  const vpcIds = toFound(words, /(?:^|[^\w-])(vpc-[0-9a-f]{8,17})(?![\w-])/i)
  const isConsole =
    words.some((word) => /console\.(?:aws\.amazon\.com|amazonaws\.cn)/.test(word.slice(0, 200))) ||
    /^[ \t]*(?:VPC ID|IPv4 CIDR|Owner ID)\b/im.test(text.slice(0, longest))
  const source = isConsole ? "aws-console" : "text"
  const gathering = createGathering(source)
  if (vpcIds.length > 1) {
    const choices = vpcIds.slice(0, 200).map((vpcId) => {
      const one = createGathering(source)
      one.put("vpcId", vpcId, "The text")
      return { title: vpcId, pasted: one.toPasted() }
    })
    return toChoices(source, choices, `There are ${vpcIds.length} VPCs in it; choose one.`)
  }
  gatherWords(gathering, words, vpcIds)
  const pasted = gathering.toPasted()
  return Object.keys(pasted.fields.request).length > 0 || pasted.notes.length > 0 ? pasted : null
}

/** Without the full stop or colon of the sentence around it. */
function toBare(word: string): string {
  return word.slice(0, 1000).replace(/[.:!?]{1,5}$/, "")
}

function toFound(words: readonly string[], pattern: RegExp): string[] {
  const found = words.flatMap((word) => pattern.exec(word)?.[1] ?? [])
  return [...new Set(found.map((one) => one.toLowerCase()))].slice(0, 1000)
}

function gatherWords(gathering: Gathering, words: readonly string[], vpcIds: readonly string[]): void {
  for (const word of words.filter((one) => one.startsWith("arn:")).slice(0, 50)) gatherArn(gathering, word)
  for (const vpcId of vpcIds) gathering.put("vpcId", vpcId, "The text")
  for (const id of toFound(words, /(?:^|[^\w-])(pcx-[0-9a-f]{8,17})(?![\w-])/i).slice(0, 5))
    noteAwsPeeringId(gathering, id)
  for (const word of words) if (/subscriptions\//i.test(word)) gatherResourceId(gathering, word)
  for (const word of words) if (word.includes("projects/")) gatherNetworkLink(gathering, word)
  if (gathering.providerName() === "GCP" || gathering.providerName() === "AZURE") return

  for (const account of toFound(words, /^(\d{12}|\d{4}-\d{4}-\d{4})$/))
    gathering.put("awsAccountId", account, "The text")
  for (const region of toRegions(words)) gathering.put("accepterRegionName", region, "The text")
  const blocks = toFound(words, /^(\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2})$/)
  const [block, ...further] = blocks
  // Without a VPC beside it a block may be anybody's.
  if (gathering.value("vpcId") === null) return
  gathering.put("routeTableCidrBlock", block, "The text")
  if (further.length > 0)
    gathering.note(
      "good-to-know",
      `It also names ${further.slice(0, 5).join(", ")}; the first block was taken.`,
      "routeTableCidrBlock",
    )
}

/** Regions that stand alone, or in the address of a console page, as AWS and as Atlas write them. */
function toRegions(words: readonly string[]): string[] {
  const named = words.flatMap((word) => word.split(/[/?&=#.:]/, 40))
  const regions = named.filter(
    (word) => word.length < 20 && word.length > 8 && Object.hasOwn(awsRegions, toAtlasRegionName(word)),
  )
  return [...new Set(regions.map((region) => region.toLowerCase().replaceAll("_", "-")))].slice(0, 5)
}
