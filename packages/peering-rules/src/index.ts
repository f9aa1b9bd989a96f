// The package's promise: what other workspaces may import. Inside the package, import from the room.

// addresses: CIDR ranges, overlap, free blocks and well-known blocks
export {
  type AddressBlock,
  type AddressPicture,
  type BlockKind,
  toAddressPicture,
} from "#addresses/address-blocks.ts"
export { type AddressConflict, findAddressConflicts } from "#addresses/address-conflicts.ts"
export { listOverlaps } from "#addresses/block-nesting.ts"
export { type CidrRange, readCidrRange, toOneSpelling } from "#addresses/cidr-range.ts"
export {
  countRegionRoom,
  isContainerSize,
  listContainerPrefixes,
  mostSmallRegions,
} from "#addresses/container-size.ts"
export { findFreeBlock, findFreeBlockBeside } from "#addresses/free-block.ts"
export { countFreeBlocks, listFreeRanges } from "#addresses/free-space.ts"
export { wellKnownBlocks } from "#addresses/well-known-blocks.ts"

// checks: what resource policies say, and codes of the checks that stop a create
export { checkDraftPolicies, checkPolicies } from "#checks/policy-checks.ts"
export { redCodes } from "#checks/red-codes.ts"
export { checkNewContainer } from "#checks/standalone-container.ts"

// diagnosis: the test script, and the verdict on what it prints
export { buildDiagnoses, type Diagnosis } from "#diagnosis/build-diagnosis.ts"
export { readDiagnosis } from "#diagnosis/read-diagnosis.ts"

// draft: the draft, the project it is for, and what makes two peerings the same
export { type ContainerDifference, toContainerDifferences } from "#draft/container-difference.ts"
export { findContainerInPlace } from "#draft/container-place.ts"
export { toDraftOf } from "#draft/draft-of.ts"
export { toKeyNoun, toKeyWords } from "#draft/key-noun.ts"
export { isSamePeering, toNetworkName } from "#draft/natural-key.ts"
export { toNewContainerBody } from "#draft/new-container-body.ts"
export { type PolicyFindings, type PolicyRuling, type ProjectSnapshot } from "#draft/project-snapshot.ts"
export { documentedQuota } from "#draft/quota.ts"
export { isUnusedContainer } from "#draft/unused-container.ts"

// explain: Atlas's refusals and failures in plain words
export { type FailureAct, explainFailure } from "#explain/explain-failure.ts"
export { mayRepeatRequest, repeatsRefusedValues } from "#explain/repeat-request.ts"
export { explainRefusal } from "#explain/explain.ts"
export { fillPause } from "#explain/pause.ts"
export { type About, type Act } from "#explain/explanation.ts"

// export: a peering as other code
export { type ExportSubject, toExportSubject } from "#export/export-subject.ts"
export { exports } from "#export/exports.ts"
export {
  buildCreateStackLink,
  buildReadingRoleTemplate,
  buildReadingRoleTerraform,
} from "#export/reading-role.ts"

// facts: what the owner's cloud says of its network
export { readAwsAnswers } from "#facts/aws-facts.ts"
export { buildLookUpScript, type LookUpSubject, toLookUpSubject } from "#facts/look-up/look-up-script.ts"
export { mergeFacts, rememberBefore } from "#facts/merge-facts.ts"
export { readLookUp } from "#facts/read-look-up.ts"
export { type Stop } from "#facts/stop.ts"
export { findCause, listStops } from "#facts/stops.ts"

// formats: words and blocks of text
export { groupBy } from "#formats/group-by.ts"
export { capitalize, toCount } from "#formats/phrases.ts"

// last-mile: the connection string to use, and from where Atlas is reached
export { chooseConnectionString, type StringChoice } from "#last-mile/choose-connection-string.ts"
export {
  type ClusterBehind,
  explainElsewhere,
  listClustersBehind,
  listRunning,
} from "#last-mile/clusters-behind.ts"
export { removeSecrets } from "#last-mile/connection-string-parts.ts"
export { explainConnectionString } from "#last-mile/explain-connection-string.ts"
export { listTestHosts } from "#last-mile/test-hosts.ts"
export { listReach, type ReachAnswer, reachLinks } from "#last-mile/reach.ts"

// lifecycle: statuses, expiry and failures
export {
  type Failure,
  failedWhileAvailable,
  nameFailure,
  toFailure,
  wasSeenAvailable,
} from "#lifecycle/failure.ts"
export { type WaitingOn, getStatusWaitingOn, getWaitingOn } from "#lifecycle/lifecycle.ts"
export { getStateSince, type StateGroup, toTurn } from "#lifecycle/attention.ts"
export { isBroken } from "#lifecycle/broken.ts"
export { isDeclined, toOpenDecline } from "#lifecycle/decline.ts"
export { type Expiry, computeExpiry, toExpiry } from "#lifecycle/expiry.ts"
export { toStatusSince } from "#lifecycle/status-since.ts"
export { toInventoryPeering } from "#lifecycle/to-inventory-peering.ts"

// lists: the one engine that searches, filters and sorts connections, for server and browser
export { makeDeletedRow } from "#lists/deleted-rows.ts"
export { createRowMaker, type InventoryRow, type RowSource, toInventoryRow } from "#lists/inventory-rows.ts"
export {
  countRow,
  filterRows,
  getRegion,
  isInView,
  type ListFilter,
  listFields,
  noneCounted,
  stateGroups,
  stateSlugs,
  usualFilter,
  type ViewContext,
  type ViewCounts,
  type ViewName,
  viewNames,
} from "#lists/list-filter.ts"
export { formatAccount, notGiven, toContainerPlace, toNetworkPath, toPeeringTitle } from "#lists/row-names.ts"
export {
  findNextOrder,
  type SortedRow,
  type SortKey,
  type SortName,
  sortNames,
  sortRows,
  toSorted,
} from "#lists/sort-rows.ts"
export { countFitting, takePage, walkPage } from "#lists/take-page.ts"

// overview: all projects in an answer that does not grow with their connections
export { buildOverview, type OverviewSource, toListRow, toOverviewSource } from "#overview/build-overview.ts"
export { summariseReads } from "#overview/reads.ts"
export { summarisePeerings } from "#overview/summarise-peerings.ts"
export { chooseShownCounts, mostWorkRows } from "#overview/worklist.ts"

// paste: reading pasted text into a draft
export { listNetworkFields } from "#paste/fields.ts"
export { mergePasted, type Replaced } from "#paste/merge-pasted.ts"
export { normaliseField } from "#paste/normalise-field.ts"
export { type OpenField, type Pasted, type PastedField, pastedSourceWords } from "#paste/pasted.ts"
export { addRoleFacts } from "#facts/read-role-facts.ts"
export { readPastedFacts } from "#facts/read-pasted-facts.ts"
export { readPasted } from "#paste/read-pasted.ts"

// path: the picture of the whole journey
export { findCovering, nameEntry, pickCovered } from "#path/access-entries.ts"
export type { Path, PathKnowledge, PathState, PathStop } from "#path/path-stop.ts"
export { buildPath } from "#path/path.ts"
export { toMiniPath } from "#path/mini-path.ts"
export { toSeenStops } from "#path/seen-stops.ts"
export { type PlannedAct, planPath } from "#path/plan.ts"

// runbook: steps in the owner's cloud and readers of what commands print
export { isCrossRegion } from "#runbook/aws.ts"
export { type AzureNetwork, toVnetScope } from "#runbook/azure-permission.ts"
export { toAzurePermissionSteps } from "#runbook/azure.ts"
export { toTickId } from "#runbook/done-steps.ts"
export { type Reading, readNameLookup, readPortTry } from "#runbook/read-outcome.ts"
export { readRoleAssignments } from "#runbook/read-role-assignments.ts"
export { type Instruction, type RunbookStep } from "#runbook/runbook-step.ts"
export { buildCheckCommand, toRunbook } from "#runbook/runbook.ts"

// verdict: whether Atlas will take a draft, and what to suggest
export {
  type ContainerSuggestion,
  isNewContainerPossible,
  type NewContainerSuggestion,
  suggestContainer,
  suggestNewContainer,
} from "#verdict/suggest-container.ts"
export { summariseVerdict, type VerdictSummary } from "#verdict/summarise-verdict.ts"
export { toVerdict } from "#verdict/verdict.ts"
