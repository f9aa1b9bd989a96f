import type { Answer, Endpoint, ProjectCall } from "./endpoint.ts"
import { buildProjectEndpoints } from "./endpoint.ts"
import { parseEnabled } from "./request-body.ts"

const toAnswer = ({ project }: ProjectCall, status: number): Answer => ({
  status,
  body: { enabled: project.awsCustomDns },
})

function change(call: ProjectCall): Answer {
  call.project.awsCustomDns = parseEnabled(call.body)
  // Recorded; the specification says 200.
  return toAnswer(call, 202)
}

/** Creates the endpoints of custom DNS for clusters on AWS: a setting of the project that adds private strings. */
export function createAwsCustomDnsEndpoints(): Endpoint[] {
  return buildProjectEndpoints(
    { javaResource: "ApiAtlasAWSCustomDNSEnabledResource", limit: "aws-clusters-dns" },
    [
      ["GET", "awsCustomDNS", "getAWSCustomDNSEnabled", (call) => toAnswer(call, 200)],
      ["PATCH", "awsCustomDNS", "updateAWSCustomDNSEnabled", change],
    ],
  )
}
