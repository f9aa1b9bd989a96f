import { routes } from "@peering-desk/shared-schemas"
import { approvalPatterns } from "#shared/approvals/approval-paths.ts"
import { pagePatterns } from "#shared/page-paths.ts"

/** What a page needs before it can show its content. The build adds the files of its module. */
interface PageSource {
  path: string
  isOpen?: boolean
  /** The modules that load for it after the entry: the one that `routes.tsx` names. */
  modules: readonly string[]
  reads: readonly string[]
}

/** What the frame reads on every page of a signed-in person. */
const frame = [routes.session.path, routes.projects.path, routes.installation.path]

const more = "src/app/MoreRoutes.tsx"

/** Each page in the order of `routes.tsx` and `MoreRoutes.tsx`. The server has the browser start these reads with the HTML; see the test beside this. */
export const pages: readonly PageSource[] = [
  {
    path: pagePatterns.home,
    modules: [],
    reads: [...frame, routes.overview.path],
  },
  {
    path: pagePatterns.allConnections,
    modules: [],
    reads: [...frame, routes.inventory.path, routes.savedViews.path],
  },
  {
    path: pagePatterns.connections,
    modules: [],
    reads: [...frame, routes.peerings.path, routes.containers.path, routes.savedViews.path],
  },
  {
    path: pagePatterns.newConnectionAnywhere,
    modules: ["src/features/create-peering/ChooseProjectPage.tsx"],
    reads: frame,
  },
  {
    path: pagePatterns.newConnection,
    modules: ["src/features/create-peering/CreatePeeringPage.tsx"],
    reads: [
      ...frame,
      routes.containers.path,
      `${routes.addressSpace.path}?project=:projectId`,
      routes.networks.path,
    ],
  },
  ...[pagePatterns.connection, pagePatterns.connectionActivity, pagePatterns.connectionCode].map((path) => ({
    path,
    modules: ["src/features/connection/PeeringPage.tsx"],
    reads: [...frame, routes.peerings.path, routes.containers.path],
  })),
  {
    path: pagePatterns.containers,
    modules: ["src/features/containers/ContainersPage.tsx"],
    reads: [...frame, routes.containers.path, routes.peerings.path, routes.addressSpace.path],
  },
  {
    path: pagePatterns.settings,
    modules: ["src/features/settings/SettingsPage.tsx"],
    reads: [...frame, routes.privateIpMode.path, routes.customDns.path],
  },
  {
    path: pagePatterns.addressSpace,
    modules: ["src/features/address-space/AddressSpacePage.tsx"],
    reads: [...frame, routes.addressSpace.path],
  },
  {
    path: pagePatterns.addressCoverage,
    modules: ["src/features/address-space/CoveragePage.tsx"],
    reads: [...frame, routes.inventory.path],
  },
  {
    path: pagePatterns.addressBlocks,
    modules: ["src/features/address-space/BlocksPage.tsx"],
    reads: [...frame, routes.addressSpace.path],
  },
  {
    path: pagePatterns.audit,
    modules: ["src/features/audit/AuditPage.tsx"],
    reads: [...frame, `${routes.audit.path}?acts=true`],
  },
  {
    path: pagePatterns.auditRow,
    modules: ["src/features/audit/AuditEntryPage.tsx"],
    reads: [...frame, routes.auditStory.path],
  },
  {
    path: pagePatterns.keys,
    modules: ["src/features/keys/KeysPage.tsx"],
    reads: [...frame, routes.keys.path],
  },
  {
    path: pagePatterns.sessions,
    modules: ["src/features/session/SessionsPage.tsx"],
    reads: [...frame, routes.sessions.path],
  },
  {
    path: pagePatterns.tokens,
    modules: ["src/features/api-tokens/TokensPage.tsx"],
    reads: [...frame, routes.apiTokens.path],
  },
  {
    path: approvalPatterns.approvals,
    modules: [more, "src/features/approvals/ApprovalsPage.tsx"],
    reads: [...frame, routes.approvals.path],
  },
  {
    path: approvalPatterns.policy,
    modules: [more, "src/features/approvals/PolicyPage.tsx"],
    reads: [...frame, routes.approvalPolicy.path],
  },
  {
    path: approvalPatterns.approval,
    modules: [more, "src/features/approvals/ApprovalPage.tsx"],
    reads: [...frame, routes.approval.path],
  },
  {
    path: pagePatterns.notifications,
    modules: [more, "src/features/notifications/NotificationsPage.tsx"],
    reads: [...frame, routes.inbox.path],
  },
  {
    path: pagePatterns.cloudAccounts,
    modules: [more, "src/features/cloud-accounts/CloudAccountsPage.tsx"],
    reads: [...frame, routes.cloudAccounts.path],
  },
  { path: pagePatterns.handOff, isOpen: true, modules: ["src/app/HandOffShell.tsx"], reads: [] },
]

/** What somebody without a session gets instead. */
export const signIn = {
  modules: ["src/features/session/SignInPage.tsx"],
  reads: [routes.signInInfo.path],
} as const
