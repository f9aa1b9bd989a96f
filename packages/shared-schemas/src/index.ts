import * as z from "zod/mini"

// zod otherwise probes for `new Function`, which a strict content security policy reports as a violation.
z.config({ jitless: true })

export { AccessList, AccessListEntry, AddToAccessList } from "#changes/access-list.ts"
export { Activity, ActivityEntry } from "#atlas/activity.ts"
export { AddressList, AddressSpace, ProjectAddresses } from "#connections/address-space.ts"
export { ApiToken, ApiTokenList, ApiTokenState, CreateApiToken, CreatedApiToken } from "#people/api-token.ts"
export {
  Approval,
  ApprovalCheck,
  ApprovalDetail,
  ApprovalList,
  ApprovalPlan,
  ApprovalPolicyAnswer,
  ApprovalPolicyResult,
  ApprovalQuery,
  ApprovalShow,
  ApprovalState,
  type ApprovalTarget,
  ApproveApproval,
  DeclineApproval,
  ExampleAsker,
  HeldForApproval,
  ProjectChangeName,
  TestApprovalPolicy,
} from "#people/approval.ts"
export {
  ApprovalAction,
  ApprovalNeed,
  ApprovalPolicyLine,
  Asker,
  connectionActions,
} from "#requests/approval-policy.ts"
export { ListManagedKey, ManagedKey, ManagedKeyList } from "#requests/managed-key.ts"
export {
  type CloudPeering,
  type CloudRoute,
  type CloudRouteTable,
  type Fact,
  FactContradiction,
  type FactName,
  FactSource,
  FactsQuery,
  type Firewall,
  type FirewallRule,
  KnownFacts,
  longestLookUp,
  NetworkFacts,
  NetworkList,
  PasteFacts,
} from "#clouds/network-facts.ts"
export {
  BeginCloudAccount,
  CloudAccount,
  CloudAccountList,
  CloudAccountState,
  CloudRight,
  NameCloudRole,
} from "#clouds/cloud-account.ts"
export { RawAnswer } from "#atlas/atlas-answer.ts"
export { AtlasPeer, AwsPeer, AzurePeer, GcpPeer, readAtlasPeer } from "#atlas/atlas-peer.ts"
export { getNetworkName, inferProviderName, readFailure, readStatus } from "#atlas/read-peer.ts"
export {
  AuditAction,
  type AuditExportEnd,
  AuditExportFormat,
  type AuditFields,
  AuditFilter,
  AuditKey,
  AuditKeyList,
  AuditOutcome,
  AuditPage,
  AuditQuery,
  AuditRow,
  AuditEntryHistory,
  SignedCheckpoint,
} from "#people/audit.ts"
export { actionKinds, findingKinds, notificationKinds, type FindingKind } from "#people/event-kinds.ts"
export { AcknowledgeFlaws, AuditFlaw, AuditFlawKind, AuditVerification } from "#people/audit-verification.ts"
export { toAtlasRegionName, toAwsRegionId } from "#clouds/aws-region-id.ts"
export { awsRegions } from "#clouds/aws-regions.ts"
export { azureRegions } from "#clouds/azure-regions.ts"
export {
  AwsPeeringChange,
  BlastRadius,
  ChangePeering,
  DeletePeering,
  type EditableField,
  PeeringRemoval,
  RequestAgain,
  editableFields,
  everyFieldCodes,
} from "#changes/change-peering.ts"
export {
  type Cidr,
  formatCidr,
  isPrivateCidr,
  parseCidr,
  privateRanges,
  toCanonicalCidr,
} from "#values/cidr.ts"
export {
  Cluster,
  ClusterList,
  type ClusterRegion,
  type ConnectionStrings,
  readCluster,
} from "#atlas/cluster.ts"
export { CreateContainer } from "#changes/container-request.ts"
export {
  Container,
  ContainerList,
  readContainer,
  readContainerRegion,
  readVpcRegionId,
} from "#atlas/container.ts"
export { ChangeReason, CreatePeering } from "#requests/create-peering.ts"
export { type CsvColumn, formatCsvHeader, formatCsvRows } from "#values/csv.ts"
export { ChangeCustomDns, CustomDns } from "#changes/custom-dns.ts"
export { PolicyChecks, PolicyQuestion } from "#changes/policy-question.ts"
export { escapeInvisible, isPlainText } from "#values/escape-invisible.ts"
export * from "#values/filter-fields.ts"
export { PeeringGone, type StreamEvent, type StreamEventName, readStreamEvent } from "#connections/events.ts"
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
  HandOff,
  AnswerDecline,
  HandOffDecline,
  HandOffList,
  HandOffView,
  MadeHandOff,
  MakeHandOff,
  ProjectHandOff,
  ProjectHandOffList,
} from "#connections/hand-off.ts"
export {
  idempotencyKeyHeader,
  requestedByHeader,
  requestedByValue,
  simulatedTimeHeader,
} from "#values/headers.ts"
export { AtlasId, IdempotencyKey } from "#values/ids.ts"
export { Installation } from "#people/installation.ts"
export * from "#connections/inventory.ts"
export * from "#connections/overview.ts"
export {
  KeyHealthReport,
  KeyProblem,
  KeyReport,
  NewSecretTest,
  NewSecretTests,
  SecretReport,
} from "#people/key-health.ts"
export { NewAwsContainer, NewAzureContainer, NewContainer, NewGcpContainer } from "#fields/new-container.ts"
export {
  ChangedNotificationRoute,
  ChangeNotificationRoute,
  ChooseMail,
  CreateNotificationRoute,
  Delivery,
  DeliveryList,
  Inbox,
  InboxEntry,
  MailChoice,
  NotificationChannel,
  NotificationKind,
  NotificationRoute,
  NotificationRouteList,
} from "#people/notification.ts"
export { readObjectIdTime } from "#values/object-id-time.ts"
export { OpenCreate, OpenCreateState, OpenCreates } from "#requests/open-create.ts"
export { isUse, SetLabel, StepDone, StepId, TickStep } from "#requests/peering-notes.ts"
export {
  AwsPeeringRequest,
  AzurePeeringRequest,
  GcpPeeringRequest,
  PeeringRequest,
} from "#requests/peering-request.ts"
export * from "#routes/drawn-pages.ts"
export {
  Broken,
  Declined,
  DeclineAnswers,
  ObservedStatus,
  Override,
  Peering,
  PeeringList,
  SeenStops,
  Watch,
} from "#connections/peering.ts"
export {
  Check,
  CheckId,
  CheckStatus,
  PeeringDraft,
  Plan,
  PreflightAnswer,
  SuggestedFix,
  Verdict,
  newContainerMark,
} from "#requests/preflight.ts"
export { KeepPreset, Preset, PresetList } from "#requests/preset.ts"
export { ChangePrivateIpMode, PrivateIpMode } from "#changes/private-ip-mode.ts"
export { AtlasRefusal, isPolicyCode, Problem, ProblemCode, problemMediaType } from "#connections/problem.ts"
export { ReadinessCheck } from "#connections/readiness.ts"
export { AtlasApiVersion, KeyKind, KeyMayCreate, Project, ProjectList } from "#connections/project.ts"
export { ProviderName, providerLabels, providerNames } from "#clouds/provider.ts"
export { readRegionName, readRegionPlace, regionsOfCloud } from "#clouds/region-names.ts"
export { SaveView, SavedView, SavedViewList } from "#connections/saved-view.ts"
export { ProjectRole, SessionEntry, SessionInfo, SessionList, SignedOut } from "#people/session.ts"
export { SignInInfo } from "#people/sign-in-info.ts"
export { readTerraformStateId } from "#values/terraform-state-id.ts"
export { Observation, Timeline, TimelineAct, TimelineGap } from "#atlas/timeline.ts"
export { DeletedPeering, DeletedPeeringList } from "#connections/tombstone.ts"
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
