import { expect, test } from "vitest"
import { AwsPeeringRequest, awsRegions, toAtlasRegionName, toAwsRegionId } from "#index.ts"

test.each(Object.keys(awsRegions))(
  "%s goes to AWS's spelling and back, and is taken in a request",
  (region) => {
    expect(toAtlasRegionName(toAwsRegionId(region))).toBe(region)
    expect(AwsPeeringRequest.shape.accepterRegionName.safeParse(toAwsRegionId(region)).success).toBe(true)
  },
)
