import * as z from "zod/mini"

// zod otherwise probes for `new Function`, which a strict content security policy reports as a violation.
z.config({ jitless: true })

export { AccessList, AccessListEntry, AddToAccessList } from "./access-list.ts"
export { Activity, ActivityEntry } from "./activity.ts"
export { AddressList, AddressSpace, ProjectAddresses } from "./address-space.ts"
export { ApiToken, ApiTokenList, ApiTokenState, CreateApiToken, CreatedApiToken } from "./api-token.ts"
export {
  Approval,
  ApprovalCheck,
  ApprovalDetail,
  ApprovalList,
  ApprovalPlan,
  ApprovalPolicyAnswer,
  ApprovalPolicyResult,
  ApprovalState,
  type ApprovalTarget,
  ApproveApproval,
  DeclineApproval,
  HeldForApproval,
  TestApprovalPolicy,
} from "./approval.ts"
export { ApprovalAction, ApprovalNeed, ApprovalPolicyLine, Asker } from "./approval-policy.ts"
export { RawAnswer } from "./atlas-answer.ts"
export {
  AtlasPeer,
  AwsPeer,
  AzurePeer,
  GcpPeer,
  inferProviderName,
  readAtlasPeer,
  readFailure,
  getNetworkName,
  readStatus,
} from "./atlas-peer.ts"
export {
  AuditAction,
  type AuditExportEnd,
  AuditExportFormat,
  type AuditFields,
  AuditFilter,
  AuditFlawKind,
  AuditKey,
  AuditKeyList,
  AuditOutcome,
  AuditPage,
  AuditQuery,
  AuditRow,
  AuditStory,
  AuditVerification,
  SignedCheckpoint,
} from "./audit.ts"
export { toAtlasRegionName, toAwsRegionId } from "./aws-region-id.ts"
export { awsRegions } from "./aws-regions.ts"
export { azureRegions } from "./azure-regions.ts"
export {
  AwsPeeringChange,
  BlastRadius,
  ChangePeering,
  DeletePeering,
  PeeringRemoval,
  RequestAgain,
  everyFieldCodes,
} from "./change-peering.ts"
export { type Cidr, formatCidr, isPrivateCidr, parseCidr, privateRanges, toCanonicalCidr } from "./cidr.ts"
export { Cluster, ClusterList, type ClusterRegion, type ConnectionStrings, readCluster } from "./cluster.ts"
export { CreateContainer } from "./container-request.ts"
export { Container, ContainerList, readContainer, readContainerRegion, readVpcRegionId } from "./container.ts"
export { ChangeReason, CreatePeering } from "./create-peering.ts"
export { type CsvColumn, formatCsvHeader, formatCsvRows } from "./csv.ts"
export { ChangeCustomDns, CustomDns } from "./custom-dns.ts"
export { demoControlPath, type DemoControl, type OwnerAct } from "./demo-control.ts"
export { escapeInvisible } from "./escape-invisible.ts"
export { PeeringGone, type StreamEvent, type StreamEventName, readStreamEvent } from "./events.ts"
export { parseFieldFix } from "./field-fix.ts"
export { gcpRegions } from "./gcp-regions.ts"
export {
  HandOff,
  HandOffDecline,
  HandOffList,
  HandOffView,
  MadeHandOff,
  MakeHandOff,
  ProjectHandOff,
  ProjectHandOffList,
} from "./hand-off.ts"
export { idempotencyKeyHeader, requestedByHeader, requestedByValue, simulatedTimeHeader } from "./headers.ts"
export { AtlasId, IdempotencyKey } from "./ids.ts"
export { Installation } from "./installation.ts"
export { Inventory, InventoryPeering, InventoryProject, TimeInState } from "./inventory.ts"
export { KeyHealthReport, KeyProblem, KeyReport, SecretReport } from "./key-health.ts"
export { NewAwsContainer, NewAzureContainer, NewContainer, NewGcpContainer } from "./new-container.ts"
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
} from "./notification.ts"
export { readObjectIdTime } from "./object-id-time.ts"
export { OpenCreate, OpenCreateState, OpenCreates } from "./open-create.ts"
export { SetLabel, StepDone, StepId, TickStep } from "./peering-notes.ts"
export {
  AwsPeeringRequest,
  AzurePeeringRequest,
  GcpPeeringRequest,
  PeeringRequest,
} from "./peering-request.ts"
export { type PageStart, type PageStarts, pageStartsFile } from "./page-starts.ts"
export { Declined, ObservedStatus, Peering, PeeringList, Watch } from "./peering.ts"
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
} from "./preflight.ts"
export { KeepPreset, Preset, PresetList } from "./preset.ts"
export { ChangePrivateIpMode, PrivateIpMode } from "./private-ip-mode.ts"
export { AtlasRefusal, Problem, ProblemCode, problemMediaType } from "./problem.ts"
export { ReadinessCheck } from "./readiness.ts"
export { KeyMayCreate, Project, ProjectList } from "./project.ts"
export { ProviderName, providerLabels, providerNames } from "./provider.ts"
export { readRegionName, readRegionPlace, regionsOfCloud } from "./region-names.ts"
export { SaveView, SavedView, SavedViewList } from "./saved-view.ts"
export { ProjectRole, SessionEntry, SessionInfo, SessionList, SignedOut } from "./session.ts"
export { SignInInfo } from "./sign-in-info.ts"
export { readTerraformStateId } from "./terraform-state-id.ts"
export { Observation, Timeline, TimelineAct, TimelineGap } from "./timeline.ts"
export { DeletedPeering, DeletedPeeringList } from "./tombstone.ts"
export { nameKind } from "./wrong-kind.ts"
export type {
  PathParameters,
  Route,
  RouteAccess,
  RouteMethod,
  RouteMethodName,
  RouteTable,
  SchemaName,
} from "./route.ts"
export { routes, type RouteName, type Routes } from "./routes.ts"
export { apiUrls, approvalUrls, buildUrls } from "./urls.ts"
