import { createGathering, toChoices, toQuoted, type Gathering } from "./gathering.ts"
import type { Pasted } from "./pasted.ts"

const arnForm = /^arn:(aws[a-z-]{0,20}):([a-z0-9-]{1,40}):([a-z0-9-]{0,30}):(\d{12})?:(.{1,300})$/

interface Arn {
  service: string
  region: string
  account: string
  resource: string
}

/** Reads an AWS ARN (AWS: Amazon Resource Names); null when the text is none. */
function readArn(text: string): Arn | null {
  const [, , service = "", region = "", account = "", resource = ""] = arnForm.exec(text.slice(0, 500)) ?? []
  return resource === "" ? null : { service, region, account, resource }
}

/** Puts what an ARN tells of a VPC. An ARN of anything else tells at most its account and region. */
export function gatherArn(gathering: Gathering, text: string): void {
  const arn = readArn(text)
  if (arn === null) {
    gathering.note("not-understood", `${toQuoted(text)} begins as an AWS ARN and is none.`)
    return
  }
  gathering.cloud("AWS")
  const [kind = "", id = ""] = arn.resource.split(/[/:]/, 2)
  if (arn.service === "ec2" && kind === "vpc-peering-connection") {
    noteAwsPeeringId(gathering, id)
    gathering.note("good-to-know", "Its account and region may be Atlas's own, so they were left out.")
    return
  }
  gathering.put("awsAccountId", arn.account, "The account of the ARN")
  gathering.put("accepterRegionName", arn.region, "The region of the ARN")
  if (arn.service === "ec2" && kind === "vpc") gathering.put("vpcId", id, "The VPC of the ARN")
  else
    gathering.note(
      "not-understood",
      `This is the ARN of a ${toQuoted(`${arn.service} ${kind}`)} and not of a VPC; arn:…:vpc/vpc-… is.`,
      "vpcId",
    )
}

/** Says what a `pcx-` id is, which people take for the connection's own id. */
export function noteAwsPeeringId(gathering: Gathering, id: string): void {
  gathering.note(
    "not-understood",
    `${toQuoted(id)} is an AWS peering id. Atlas gives it after the connection is made (connectionId), so no field here takes it.`,
  )
}

/** Reads one or several ARNs, one a line; null when the text is anything else. */
export function readPastedArn(text: string): Pasted | null {
  const arns = text.split(/[\s,;"']+/, 1001).filter((word) => word !== "")
  if (arns.length === 0 || arns.length > 1000 || !arns.every((word) => word.startsWith("arn:"))) return null
  const read = [...new Set(arns)].map((arn) => {
    const gathering = createGathering("aws-arn")
    gatherArn(gathering, arn)
    return { title: toQuoted(arn), pasted: gathering.toPasted() }
  })
  const vpcs = read.filter(({ pasted }) => pasted.fields.request.vpcId !== undefined)
  if (vpcs.length > 1) return toChoices("aws-arn", vpcs, `There are ${vpcs.length} VPCs here; choose one.`)
  if (read.length === 1) return read[0]?.pasted ?? null
  const gathering = createGathering("aws-arn")
  for (const arn of new Set(arns)) gatherArn(gathering, arn)
  return gathering.toPasted()
}
