import * as z from "zod/mini"
import { AtlasId } from "#values/ids.ts"
import { lineOfText } from "#values/line-of-text.ts"
import { NetworkFacts } from "#clouds/network-facts.ts"
import { NewContainer } from "#fields/new-container.ts"
import { textField } from "#fields/field-schema.ts"
import { containerField } from "#fields/request-fields.ts"
import { AwsPeeringRequest, AzurePeeringRequest, GcpPeeringRequest } from "./peering-request.ts"
import { SetLabel } from "./peering-notes.ts"
import { NetworkBlocks, newContainerMark } from "./preflight.ts"

/** Why somebody asks for a change, in their own words; spaces around them do not count. */
export const ChangeReason = z.strictObject({
  reason: lineOfText(200, "Enter a reason (stored in the audit log)"),
})
export type ChangeReason = z.infer<typeof ChangeReason>

const containerId = textField({
  ...containerField,
  rule: (text) => (text === newContainerMark ? null : containerField.rule(text)),
})

/** The request of each cloud, in which `containerId` may stand for the container that goes with it. */
const Request = z.discriminatedUnion(
  "providerName",
  [
    z.extend(AwsPeeringRequest, { containerId }),
    z.extend(GcpPeeringRequest, { containerId }),
    z.extend(AzurePeeringRequest, { containerId }),
  ],
  { error: "providerName is AWS, GCP or AZURE" },
)

/**
 * The body of `POST /api/projects/{projectId}/peerings`. `request` goes to Atlas as it is, after the container that it needs, if any: its
 * `containerId` is "new" exactly when `newContainer` is there. Errors use the plain field names, beside `reason`.
 */
export const CreatePeering = z
  .strictObject({
    request: Request,
    newContainer: z.optional(NewContainer),
    /** Of the draft that was judged, so that it is judged the same. */
    networkBlocks: z.optional(NetworkBlocks),
    peeredBlocks: z.optional(NetworkBlocks),
    facts: z.optional(NetworkFacts),
    reason: ChangeReason.shape.reason,
    /** Our own name for the connection, which Atlas does not get. */
    label: z.optional(SetLabel.shape.label),
    /** Id of a failed peering in the same cloud, which is deleted first. Nothing is deleted for a request that is refused before. */
    replaces: z.optional(AtlasId),
    /** Of the plan that the person saw; without it, the current plan is carried out. */
    planHash: z.optional(
      z.string().check(z.regex(/^[0-9a-f]{64}$/, "A plan hash has 64 hexadecimal digits")),
    ),
  })
  .check(({ value: { request, newContainer }, issues }) => {
    const complain = (input: unknown, message: string, path: string[]) =>
      issues.push({ code: "custom", input, message, path })
    const { containerId: id, providerName } = request
    if (id === newContainerMark && newContainer === undefined)
      complain(id, "Describe the new container, or choose an existing one", ["request", "containerId"])
    if (id !== newContainerMark && newContainer !== undefined)
      complain(id, `Leave it "${newContainerMark}" when a new container goes with it`, [
        "request",
        "containerId",
      ])
    if (newContainer !== undefined && newContainer.providerName !== providerName)
      complain(newContainer.providerName, "Must be the same cloud as the connection", [
        "newContainer",
        "providerName",
      ])
  })
export type CreatePeering = z.infer<typeof CreatePeering>
