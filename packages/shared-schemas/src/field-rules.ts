import * as z from "zod/mini"
import { formatCidr, isPrivateCidr, parseCidr, privateRanges, toCanonicalCidr } from "./cidr.ts"
import { nameKind } from "./wrong-kind.ts"

/** Values that MongoDB's documentation prints as examples and that no cloud can hold. */
const placeholders: ReadonlySet<string> = new Set([
  "abc123abc123",
  "vpc-abc123abc123",
  "g893dec2-d92e-478d-bc50-cf99d31bgeg9",
])

/** Gives the sentence that says what is wrong, or null when nothing is. */
type Rule = (text: string) => string | null

/** A text field whose error tells the person what was expected and what they gave instead. */
export function textField(missing: string, rule: Rule) {
  return z.string(missing).check((context) => {
    const message = explain(context.value, missing, rule)
    if (message !== null) context.issues.push({ code: "custom", message, input: context.value })
  })
}

function explain(text: string, missing: string, rule: Rule): string | null {
  if (text.trim() === "") return missing
  if (text !== text.trim()) return "Remove the spaces around it"
  if (placeholders.has(text)) return `${text} is the documentation's example value; put your own here`
  const problem = rule(text)
  const kind = problem === null ? null : nameKind(text)
  return kind === null ? problem : `This is ${kind}. ${problem}`
}

export const awsAccountIdRule: Rule = (text) => {
  if (/^\d{4}[- ]\d{4}[- ]\d{4}$/.test(text))
    return `Write the 12 digits without spaces or dashes: ${text.replace(/\D/g, "")}`
  if (/^\d+$/.test(text))
    return text.length === 12 ? null : `An AWS account ID has 12 digits; this has ${text.length}`
  return "An AWS account ID is 12 digits and nothing else"
}

export const vpcIdRule: Rule = (text) => {
  if (/^vpc-([0-9a-f]{8}|[0-9a-f]{17})$/.test(text)) return null
  const digits = /^vpc-([0-9a-f]+)$/.exec(text)?.[1]
  if (digits !== undefined)
    return `A VPC ID has 8 or 17 hexadecimal digits after vpc-; this has ${digits.length}`
  return "A VPC ID is vpc- and 8 or 17 hexadecimal digits (0-9, a-f), in lower case"
}

export const awsRegionRule: Rule = (text) => {
  if (/^[a-z]{2}(-[a-z]+)+-\d$/.test(text)) return null
  const asAws = text.toLowerCase().replaceAll("_", "-")
  return /^[a-z]{2}(-[a-z]+)+-\d$/.test(asAws)
    ? `Write it as AWS does: ${asAws}`
    : "An AWS region looks like us-east-1"
}

export const routeTableCidrRule: Rule = (text) => {
  const cidr = parseCidr(text)
  if (cidr === null) {
    return /^\d+(\.\d+){3}$/.test(text)
      ? `Add the prefix length: an address block looks like 10.15.0.0/16`
      : "An address block is four numbers from 0 to 255 and a prefix of 0 to 32: 10.15.0.0/16"
  }
  const canonical = formatCidr(toCanonicalCidr(cidr))
  if (canonical !== text) return `${text} has host bits set; the block is ${canonical}`
  return isPrivateCidr(cidr) ? null : `Atlas peers only with private addresses: ${privateRanges.join(", ")}`
}

export const gcpProjectIdRule: Rule = (text) => {
  if (/^[a-z][0-9a-z-]{4,28}[0-9a-z]$/.test(text)) return null
  if (/^\d+$/.test(text)) return "This is a project number; put the project ID, which begins with a letter"
  return "A project ID is 6 to 30 lower-case letters, digits or dashes; it begins with a letter and does not end with a dash"
}

export const gcpNetworkNameRule: Rule = (text) => {
  if (/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/.test(text)) return null
  const name = /networks\/([^/?#]+)$/.exec(text)?.[1]
  if (name !== undefined) return `Put only the network's name: ${name}`
  return "A network name is 1 to 63 lower-case letters, digits or dashes; it begins with a letter and does not end with a dash"
}

export function uuidRule(what: string): Rule {
  return (text) =>
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
      ? null
      : `${what} is a UUID: 32 hexadecimal digits in groups of 8-4-4-4-12`
}

export function azureNameRule(what: string, segment: string): Rule {
  return (text) => {
    if (/^[-\w.()]{1,90}$/.test(text)) return null
    const name = new RegExp(`/${segment}/([^/]+)`, "i").exec(text)?.[1]
    if (name !== undefined) return `Put only the name: ${name}`
    return `${what} has up to 90 letters, digits, dashes, underscores, dots or parentheses`
  }
}
