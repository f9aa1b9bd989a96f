import { randomUUID } from "node:crypto"
import type { Reply } from "#resources/reply.ts"
import type { AwsError, AwsService } from "./errors.ts"
import { toXml, type XmlFields, type XmlValue } from "./xml.ts"

const versions: Record<AwsService, string> = { ec2: "2016-11-15", sts: "2011-06-15" }
const namespaces: Record<AwsService, string> = {
  ec2: `http://ec2.amazonaws.com/doc/${versions.ec2}/`,
  sts: `https://sts.amazonaws.com/doc/${versions.sts}/`,
}

/** Returns true for the version of the API that the stand-in speaks. */
export function isKnownVersion(service: AwsService, version: string | undefined): boolean {
  return version === versions[service]
}

/** Builds the answer of an action. */
export function toAwsReply(service: AwsService, action: string, result: XmlFields, now: number): Reply {
  const requestId = randomUUID()
  const value: XmlValue =
    service === "ec2"
      ? { requestId, ...result }
      : { [`${action}Result`]: result, ResponseMetadata: { RequestId: requestId } }
  const xml = toXml(`${action}Response`, namespaces[service], value)
  return { status: 200, headers: toHeaders(requestId, now), body: xml }
}

/** Builds an error: EC2 wraps it in a list, STS in an ErrorResponse. */
export function toAwsErrorReply(service: AwsService, error: AwsError, now: number): Reply {
  const requestId = randomUUID()
  const { code: Code, message: Message, status } = error
  const body =
    service === "ec2"
      ? toXml("Response", null, { Errors: { Error: { Code, Message } }, RequestID: requestId })
      : toXml("ErrorResponse", namespaces.sts, {
          Error: { Type: status < 500 ? "Sender" : "Receiver", Code, Message },
          RequestId: requestId,
        })
  return { status, headers: toHeaders(requestId, now), body }
}

/** The date is AWS's own: the SDK corrects its clock by it. */
function toHeaders(requestId: string, now: number): Record<string, string> {
  return {
    "Content-Type": "text/xml;charset=UTF-8",
    Date: new Date(now).toUTCString(),
    Server: "AmazonEC2",
    "x-amzn-requestid": requestId,
  }
}
