import { toAwsRegionId } from "#clouds/aws-region-id.ts"
import { awsRegions } from "#clouds/aws-regions.ts"
import { listCidrSpellings, privateCidrRule } from "./cidr-rules.ts"
import { expected, suggest, suggestFromLink, type FieldTable, type FormField, type Rule } from "./field.ts"
import { listRegionSpellings } from "./region-rules.ts"

const vpcs = "AWS console › VPC › Your VPCs"

/** An ARN is `arn:partition:service:region:account:resource` (AWS: Amazon Resource Names). */
const accountOfArn = /^arn:[^:]{0,50}:[^:]{0,50}:[^:]{0,50}:(\d{12}):/
const regionOfLink =
  /^(?:arn:[^:]{0,50}:[^:]{0,50}:|https:\/\/[^?\s]{0,200}\?(?:[^#\s]{0,200}&)?region=)([a-z0-9-]{1,30})/
const vpcOfArn = /^arn:.{0,200}:vpc\/(vpc-[0-9a-f]+)$/i

const accountRule: Rule = (text) => {
  if (/^\d{4}[- ]\d{4}[- ]\d{4}$/.test(text))
    return suggest("Use the 12 digits without spaces or dashes:", text.replace(/\D/g, ""))
  if (/^0{12}$/.test(text)) return "AWS has no account 000000000000. Enter the ID of the VPC's account"
  if (/^\d+$/.test(text))
    return text.length === 12 ? null : `An AWS account ID has 12 digits, not ${text.length}`
  return (
    suggestFromLink(accountOfArn, "account ID", text) ?? expected(text, "An AWS account ID has 12 digits")
  )
}

const vpcRule: Rule = (text) => {
  if (/^vpc-([0-9a-f]{8}|[0-9a-f]{17})$/.test(text)) return null
  const ofArn = suggestFromLink(vpcOfArn, "VPC ID", text)
  if (ofArn !== null) return ofArn
  const digits = /^vpc-([0-9a-f]+)$/i.exec(text)?.[1]
  if (digits !== undefined && digits.length !== 8 && digits.length !== 17)
    return `A VPC ID has 8 or 17 hexadecimal digits after vpc-, not ${digits.length}`
  if (digits !== undefined) return suggest("Use lower case:", text.toLowerCase())
  return expected(text, "A VPC ID is vpc- and 8 or 17 hexadecimal digits (0-9, a-f)")
}

const awsRegion = /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/

const regionRule: Rule = (text) => {
  if (awsRegion.test(text)) return null
  const byPlace = Object.keys(awsRegions).find(
    (name) => awsRegions[name]?.toLowerCase() === text.toLowerCase(),
  )
  const asAws = toAwsRegionId(byPlace ?? text)
  if (awsRegion.test(asAws)) return suggest("Use AWS's name:", asAws)
  const ofZone = asAws.replace(/[a-z]$/, "")
  if (awsRegion.test(ofZone)) return suggest(`${text} is an availability zone. Use its region:`, ofZone)
  return expected(text, "An AWS region looks like us-east-1")
}

/** The fields of an AWS request, in the order of the form. */
export const awsFields = {
  awsAccountId: {
    label: "Account ID",
    hint: "12 digits",
    title: "AWS account ID",
    thing: "account",
    fact: "Account",
    missing: "Enter the AWS account ID, 12 digits",
    rule: accountRule,
    inputMode: "numeric",
    inLink: accountOfArn,
    takenByAtlas: /^[0-9a-z]{12}$/,
    spellings: (text) => [text.replace(/[\s.-]/g, "")],
    labels: /^(?:aws |vpc )?(?:account|owner|(?:owner|aws) account)(?: ?id| number| no)?$/i,
    names: { atlasCli: "--accountId" },
    edit: { hint: "12 digits", restarts: true },
    sample: () => "482913570264",
    help: {
      what: "The account that owns the VPC: 12 digits, with or without dashes.",
      path: "AWS console › account menu, top right",
      command: "aws sts get-caller-identity --query Account --output text",
    },
  },
  accepterRegionName: {
    label: "Region",
    hint: "e.g. us-east-1",
    title: "VPC region",
    thing: "region",
    fact: null,
    missing: "Choose the region of your VPC",
    rule: regionRule,
    suggestions: Object.fromEntries(
      Object.entries(awsRegions).map(([name, place]) => [toAwsRegionId(name), place]),
    ),
    inLink: regionOfLink,
    errorCode: "INVALID_REGION",
    spellings: listRegionSpellings,
    labels: /^(?:aws |vpc )?region(?: name)?$/i,
    names: { atlasCli: "--region" },
    sample: () => "us-east-1",
    help: {
      what: "The region that the VPC is in.",
      path: "AWS console › region menu, top right, while the VPC is listed",
      command: "aws configure get region",
    },
  },
  vpcId: {
    label: "VPC ID",
    hint: "vpc- and 17 hex digits",
    title: "VPC ID",
    thing: "VPC",
    fact: "VPC",
    missing: "Enter the VPC ID, vpc-…",
    rule: vpcRule,
    inLink: vpcOfArn,
    takenByAtlas: /^vpc-[0-9a-z]{8,17}$/,
    labels: /^vpc(?: ?id)?$/i,
    names: { atlasCli: "--vpcId" },
    edit: { hint: "vpc-…", restarts: true },
    sample: (hex) => `vpc-0${hex(16)}`,
    help: {
      what: "The id of the VPC, not its name.",
      path: `${vpcs} › VPC ID`,
      command:
        "aws ec2 describe-vpcs --query 'Vpcs[].[VpcId,CidrBlock,Tags[?Key==`Name`]|[0].Value]' --output table",
    },
  },
  routeTableCidrBlock: {
    label: "VPC CIDR",
    hint: "/16 to /28",
    title: "VPC CIDR",
    thing: "CIDR",
    fact: "CIDR",
    missing: "Enter the VPC CIDR",
    rule: privateCidrRule,
    inLink: null,
    spellings: listCidrSpellings,
    labels:
      /^(?:vpc |ipv4 |vpc ipv4 |(?:vpc )?primary |route ?table )?(?:cidrs?|cidr (?:block|range)s?|block)$/i,
    names: { atlasCli: "--routeTableCidrBlock", cloudFormation: "RouteTableCIDRBlock" },
    edit: { hint: "CIDR of the VPC", restarts: false },
    sample: () => "10.250.0.0/16",
    help: {
      what: "The CIDR that Atlas routes to: the VPC's, or that of its subnets.",
      path: `${vpcs} › IPv4 CIDR`,
      command: "aws ec2 describe-vpcs --query 'Vpcs[].[VpcId,CidrBlock]' --output table",
    },
  },
} as const satisfies FieldTable

/** Fields of the form that only the checks use. */
export const awsKnownBlocks = {
  networkBlocks: {
    label: "All VPC CIDRs",
    hint: "Optional, used for checks only",
    help: {
      what: "Every other CIDR of the VPC. AWS peers no two VPCs with any overlap.",
      path: `${vpcs} › your VPC › CIDRs`,
      command: "aws ec2 describe-vpcs --query 'Vpcs[].CidrBlockAssociationSet[].[CidrBlock]' --output text",
    },
  },
} as const satisfies Record<string, FormField>
