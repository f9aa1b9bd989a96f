import type { HclBlock } from "#formats/hcl.ts"
import { toAttributeName } from "./resources.ts"

const longest = 300_000
const mostBlocks = 100

/** A resource's constructor in Pulumi or CDKTF: `const peering = new mongodbatlas.NetworkPeering(`, `NewNetworkPeering(ctx,`. */
const constructor =
  /(?:(?<variable>[A-Za-z_]\w{0,60})(?: *:[ \w.]{1,60})?[ \t]*(?:, \w{1,10} *)?:?= *)?(?:new +)?(?:(?<package>[A-Za-z_][\w.]{0,80})\.)?(?:New)?Network(?<kind>Peering|Container)(?:Resource)?\(/g

/** An argument with texts, `vpcId: "vpc-1"`, `.vpcId("vpc-1")`, `VpcId: pulumi.String("vpc-1")`, or with anything else. */
const argument =
  /(?<![\w"'`])(?<name>[A-Za-z_]\w{2,40})["']?\s{0,20}(?::|=(?!=)|\()\s{0,20}(?:(?:pulumi|jsii|aws)\.String(?:Ptr)?\(\s{0,20})?(?:(?:\[|\w{0,20}\{|new\[\] *\{)\s{0,20}(?<list>["'`][^\]}]{0,2000})|(?<quote>["'`])(?<text>[^"'`\n]{0,200})\k<quote>|(?<expression>[A-Za-z_$][\w.$]{0,100}))/g

/** Finds MongoDB's resources in the code of Pulumi and CDKTF, as the blocks that Terraform's language has for them. Runs nothing. */
export function findResourcesInCode(text: string): HclBlock[] {
  const code = text.slice(0, longest).replace(/^[ \t]*(?:#|\/\/).*$/gm, "")
  // Google Cloud has a resource of the same name, for its own half.
  const calls = [...code.matchAll(constructor)].filter(
    ({ groups }) => !/gcp|google|compute/i.test(groups?.["package"] ?? ""),
  )
  return calls.slice(0, mostBlocks).map((found, at) => {
    const { kind = "", variable } = found.groups ?? {}
    const inner = takeArguments(code, found.index + found[0].length)
    const label = /^[^"'`]{0,40}["'`]([\w-]{1,80})["'`]/.exec(inner)?.[1]
    return {
      words: [`mongodbatlas_network_${kind.toLowerCase()}`, variable ?? label ?? `${at + 1}`],
      facts: readArguments(inner),
    }
  })
}

/** Takes the text up to the bracket that closes the call. */
function takeArguments(code: string, from: number): string {
  let depth = 1
  const marks = /["'`]|[()]/g
  marks.lastIndex = from
  for (let mark = marks.exec(code); mark !== null; mark = marks.exec(code)) {
    if (mark[0] === "(") depth += 1
    else if (mark[0] === ")") depth -= 1
    else {
      const end = code.indexOf(mark[0], mark.index + 1)
      const line = code.indexOf("\n", mark.index)
      // An apostrophe in a comment opens nothing.
      if (end >= 0 && (mark[0] === "`" || line < 0 || end < line)) marks.lastIndex = end + 1
    }
    if (depth === 0) return code.slice(from, mark.index)
  }
  return code.slice(from)
}

function readArguments(inner: string): HclBlock["facts"] {
  const facts = new Map<string, readonly unknown[]>()
  for (const { groups = {} } of inner.matchAll(argument)) {
    const { name = "", list, text, expression } = groups
    const attribute = toAttributeName(name)
    if (facts.has(attribute) || facts.has(`${attribute}.expression`)) continue
    if (list !== undefined)
      facts.set(
        attribute,
        [...list.matchAll(/["'`]([^"'`\n]{1,200})["'`]/g)].map((one) => one[1]),
      )
    else if (text !== undefined && !text.includes("${")) facts.set(attribute, [text])
    else facts.set(`${attribute}.expression`, [text ?? expression ?? ""])
  }
  return facts
}
