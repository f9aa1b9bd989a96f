import * as z from "zod/mini"
import { textField } from "./field-schema.ts"
import { atlasRegionRules } from "./region-rules.ts"
import { atlasCidrField } from "./request-fields.ts"

const atlasCidrBlock = textField(atlasCidrField)

/** The body of `POST /groups/{GROUP-ID}/containers` on AWS: /21 to /24, one container a region. */
export const NewAwsContainer = z.strictObject({
  providerName: z.literal("AWS"),
  atlasCidrBlock,
  /** `US_EAST_1` form. */
  regionName: textField(atlasRegionRules.AWS),
})

/** A container on Google Cloud: one container a project, /18 or larger; /21 to /24 when it is restricted to `regions`. */
export const NewGcpContainer = z.strictObject({
  providerName: z.literal("GCP"),
  atlasCidrBlock,
  /** Left out: every region. One that is named twice counts once. */
  regions: z.optional(
    z.array(textField(atlasRegionRules.GCP)).check(
      z.minLength(1),
      z.overwrite<string[]>((regions) => [...new Set(regions)]),
    ),
  ),
})

/** A container on Azure: /21 to /24, one container a region. */
export const NewAzureContainer = z.strictObject({
  providerName: z.literal("AZURE"),
  atlasCidrBlock,
  /** `US_EAST_2` form: Atlas's names, not Azure's own. */
  region: textField(atlasRegionRules.AZURE),
})

/** A container to be made (Atlas: Create One New Network Peering Container). */
export const NewContainer = z.discriminatedUnion(
  "providerName",
  [NewAwsContainer, NewGcpContainer, NewAzureContainer],
  { error: "providerName is AWS, GCP or AZURE" },
)
export type NewContainer = z.infer<typeof NewContainer>
