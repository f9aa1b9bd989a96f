import * as z from "zod/mini"
import { ChangeReason } from "#requests/create-peering.ts"
import { NewContainer } from "#fields/new-container.ts"
import { ProviderName } from "#clouds/provider.ts"

/** The body of `POST /api/projects/{projectId}/containers`; answered with the container, 201. */
export const CreateContainer = z.strictObject({
  container: NewContainer,
  reason: ChangeReason.shape.reason,
})
export type CreateContainer = z.infer<typeof CreateContainer>

/** The query parameters of `DELETE …/containers/{containerId}`: Atlas has containers of several clouds under one id. */
export const ContainerQuery = z.strictObject({ providerName: ProviderName })
