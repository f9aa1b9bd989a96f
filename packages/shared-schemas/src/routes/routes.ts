import { approvalRoutes } from "./approval-routes.ts"
import { cloudRoutes } from "./cloud-routes.ts"
import { handOffRoutes } from "./hand-off-routes.ts"
import { notificationRoutes } from "./notification-routes.ts"
import { projectRoutes } from "./project-routes.ts"
import type { RouteTable } from "./route.ts"

/** The routes whose URLs the first page of the browser has. */
export const commonRoutes = {
  health: { path: "/healthz", get: { access: "anyone", summary: "Answers while the process runs" } },
  readiness: { path: "/readyz", get: { access: "anyone", summary: "Answers while the store can be used" } },
  metrics: {
    path: "/metrics",
    get: { access: "anyone", summary: "Prometheus metrics", text: ["text/plain"] },
  },
  signIn: { path: "/sign-in", get: { access: "anyone", summary: "Redirects to the identity provider" } },
  signInCallback: { path: "/sign-in/callback", get: { access: "anyone", summary: "Ends a sign-in" } },
  backChannelLogout: {
    path: "/sign-in/back-channel-logout",
    post: { access: "anyone", summary: "Ends the sessions that a logout token names" },
  },
  signInInfo: {
    path: "/api/sign-in-info",
    get: { access: "anyone", summary: "Who runs this installation, and its sign-in", answer: "SignInInfo" },
  },
  signOut: { path: "/sign-out", post: { access: "anyone", summary: "Ends the session" } },

  ...handOffRoutes,

  session: {
    path: "/api/session",
    get: {
      access: "signed-in",
      personOnly: true,
      summary: "User, roles, and end of the session",
      answer: "SessionInfo",
    },
  },
  sessions: {
    path: "/api/sessions",
    get: {
      access: "signed-in",
      personOnly: true,
      summary: "Your signed-in browsers; with everybody=true all",
      query: "WhoseQuery",
      answer: "SessionList",
    },
  },
  oneSession: {
    path: "/api/sessions/:sessionId",
    delete: { access: "signed-in", personOnly: true, summary: "End a session", status: 204 },
  },
  apiTokens: {
    path: "/api/tokens",
    get: {
      access: "signed-in",
      personOnly: true,
      summary: "Your API tokens; with everybody=true all, for global administrators",
      query: "WhoseQuery",
      answer: "ApiTokenList",
    },
    post: {
      access: "signed-in",
      personOnly: true,
      summary: "Create an API token; only this answer has its secret",
      status: 201,
      body: "CreateApiToken",
      answer: "CreatedApiToken",
    },
  },
  apiToken: {
    path: "/api/tokens/:tokenId",
    delete: { access: "signed-in", personOnly: true, summary: "Revoke an API token", status: 204 },
  },
  savedViews: {
    path: "/api/saved-views",
    get: {
      access: "signed-in",
      personOnly: true,
      summary: "Your saved views of the connection list",
      answer: "SavedViewList",
    },
    post: {
      access: "signed-in",
      personOnly: true,
      summary: "Save a view for yourself",
      body: "SaveView",
      answer: "SavedView",
    },
  },
  savedView: {
    path: "/api/saved-views/:viewId",
    delete: { access: "signed-in", personOnly: true, summary: "Delete one of your views", status: 204 },
  },
  installation: {
    path: "/api/installation",
    get: { access: "signed-in", summary: "The Atlas that this server calls", answer: "Installation" },
  },
  openApi: {
    path: "/api/openapi.json",
    get: { access: "signed-in", summary: "This document", answer: "OpenApiDocument" },
  },
  keys: {
    path: "/api/keys",
    get: { access: "global-administrator", summary: "Health of the Atlas keys", answer: "KeyHealthReport" },
  },
  testKeys: {
    path: "/api/keys/test",
    post: { access: "global-administrator", summary: "Test the Atlas keys now", answer: "KeyHealthReport" },
  },
  testNewSecrets: {
    path: "/api/keys/test-new-secrets",
    post: {
      access: "global-administrator",
      summary: "Test the secrets that replace those of service accounts",
      answer: "NewSecretTests",
    },
  },
  audit: {
    path: "/api/audit",
    get: { access: "auditor", summary: "Audit log, newest first", query: "AuditQuery", answer: "AuditPage" },
  },
  verifyAudit: {
    path: "/api/audit/verify",
    get: {
      access: "auditor",
      summary: "Verify the audit log",
      query: "AuditVerifyQuery",
      answer: "AuditVerification",
    },
  },
  exportAudit: {
    path: "/api/audit/export",
    get: {
      access: "auditor",
      summary: "Export entries as JSON Lines or CSV",
      query: "AuditExportQuery",
      text: ["application/jsonl", "text/csv"],
      recorded: true,
    },
  },
  auditKeys: {
    path: "/api/audit/keys",
    get: {
      access: "auditor",
      summary: "Public keys of the audit log",
      answer: "AuditKeyList",
    },
    post: {
      access: "global-administrator",
      personOnly: true,
      summary: "Rotate the signing key of the audit log",
      answer: "AuditKeyList",
    },
  },
  acknowledgeFlaws: {
    path: "/api/audit/flaws/acknowledge",
    post: {
      access: "global-administrator",
      personOnly: true,
      summary: "Acknowledge the flaws of the audit log with a reason",
      body: "AcknowledgeFlaws",
      answer: "AuditVerification",
    },
  },
  auditCheckpoint: {
    path: "/api/audit/checkpoint",
    get: {
      access: "signed-in",
      summary: "The signed end of the audit log, to keep elsewhere",
      answer: "SignedCheckpoint",
    },
  },
  auditStory: {
    path: "/api/audit/:sequence",
    get: {
      access: "auditor",
      summary: "An entry with its attempt and outcomes",
      answer: "AuditEntryHistory",
    },
  },
  projects: {
    path: "/api/projects",
    get: { access: "signed-in", summary: "The projects that you may see", answer: "ProjectList" },
  },
  addressSpace: {
    path: "/api/address-space",
    get: {
      access: "signed-in",
      summary: "Allocated addresses of all projects",
      query: "AddressSpaceQuery",
      answer: "AddressSpace",
    },
  },
  connections: {
    path: "/api/connections",
    get: {
      access: "signed-in",
      summary:
        "Search, filter and sort the connections of all projects, by the words of the list's address; an unknown one counts as left out",
      query: "ConnectionQuery",
      answer: "ConnectionPage",
    },
  },
  overview: {
    path: "/api/overview",
    get: { access: "signed-in", summary: "Counts, and what needs attention", answer: "Overview" },
  },
  activity: {
    path: "/api/activity",
    get: { access: "signed-in", summary: "Recent user actions and status changes", answer: "Activity" },
  },
  events: {
    path: "/api/events",
    get: {
      access: "signed-in",
      summary: "Changes as server-sent events",
      query: "EventQuery",
      text: ["text/event-stream"],
    },
  },

  ...notificationRoutes,
  ...projectRoutes,
} as const satisfies RouteTable

/**
 * Every route of the server, once: express mounts, URL builders, the OpenAPI document, metric labels and the role test are made from
 * it. The routes that need no session have separate routers.
 */
export const routes = { ...commonRoutes, ...approvalRoutes, ...cloudRoutes } as const satisfies RouteTable

export type Routes = typeof routes
export type RouteName = keyof Routes
