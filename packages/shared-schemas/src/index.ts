import * as z from "zod/mini"

// zod otherwise probes for `new Function`, which a strict content security policy reports as a violation.
z.config({ jitless: true })

export * from "#routes/api-schemas.ts"
export { ApprovalAction, ApprovalNeed, Asker, connectionActions } from "#requests/approval-policy.ts"
export { RawAnswer } from "#atlas/atlas-answer.ts"
export { AtlasPeer, AwsPeer, AzurePeer, GcpPeer, readAtlasPeer } from "#atlas/atlas-peer.ts"
export * from "#atlas/find-container.ts"
export { getNetworkName, inferProviderName, readFailure, readStatus } from "#atlas/read-peer.ts"
export { actionKinds, findingKinds, notificationKinds, type FindingKind } from "#people/event-kinds.ts"
export { toAtlasRegionName, toAwsRegionId } from "#clouds/aws-region-id.ts"
export { awsRegions } from "#clouds/aws-regions.ts"
export { azureRegions } from "#clouds/azure-regions.ts"
export {
  type Cidr,
  formatCidr,
  isPrivateCidr,
  parseCidr,
  privateRanges,
  toCanonicalCidr,
} from "#values/cidr.ts"
export { type CsvColumn, formatCsvHeader, formatCsvRows } from "#values/csv.ts"
export { escapeInvisible, isPlainText } from "#values/escape-invisible.ts"
export * from "#values/filter-fields.ts"
export { awsFields } from "#fields/aws.ts"
export { azureFields } from "#fields/azure.ts"
export { explainNetworkBlocks, listCidrSpellings } from "#fields/cidr-rules.ts"
export {
  checkField,
  type FieldRow,
  type FieldRule,
  type FieldTable,
  type FormField,
  repairField,
} from "#fields/field.ts"
export { gcpFields } from "#fields/gcp.ts"
export { factsOfFields, namingFields, networkFields } from "#fields/network-fields.ts"
export { atlasRegionRules, listRegionSpellings } from "#fields/region-rules.ts"
export {
  atlasCidrField,
  containerField,
  findRequestField,
  knownBlockFields,
  listRequestNames,
  requestFields,
} from "#fields/request-fields.ts"
export { gcpRegions } from "#clouds/gcp-regions.ts"
export {
  idempotencyKeyHeader,
  personHeader,
  requestedByHeader,
  requestedByValue,
  simulatedTimeHeader,
} from "#values/headers.ts"
export { attentionGroups } from "#connections/attention-groups.ts"
export { AtlasId, IdempotencyKey } from "#values/ids.ts"
export { findMistake } from "#values/line-of-text.ts"
export { readObjectIdTime } from "#values/object-id-time.ts"
export { OpenCreate, OpenCreateState, OpenCreates } from "#requests/open-create.ts"
export {
  AwsPeeringRequest,
  AzurePeeringRequest,
  GcpPeeringRequest,
  PeeringRequest,
} from "#requests/peering-request.ts"
export * from "#routes/drawn-pages.ts"
export { AtlasRefusal, isPolicyCode, Problem, ProblemCode, problemMediaType } from "#connections/problem.ts"
export { ReadinessCheck } from "#connections/readiness.ts"
export { ProviderName } from "#clouds/provider.ts"
export { providerLabels, providerNames } from "#clouds/provider-names.ts"
export { readRegionName, readRegionPlace, regionsOfCloud } from "#clouds/region-names.ts"
export { readTerraformStateId } from "#values/terraform-state-id.ts"
export { nameKind } from "#clouds/wrong-kind.ts"
export type {
  PathParameters,
  Route,
  RouteAccess,
  RouteMethod,
  RouteMethodName,
  RouteTable,
  SchemaName,
} from "#routes/route.ts"
export { routes, type RouteName, type Routes } from "#routes/routes.ts"
export { apiUrls, approvalUrls, buildUrls, cloudUrls } from "#routes/urls.ts"
