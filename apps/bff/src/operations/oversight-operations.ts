import {
  AuditFilter,
  AuditPage,
  AuditQuery,
  AuditStory,
  AuditVerification,
  KeyHealthReport,
  SessionInfo,
  SessionList,
} from "@peering-desk/shared-schemas"
import type { Operation } from "./operation.ts"

/** What can be asked about people, keys and what was done. */
export const oversightOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/api/session",
    summary: "Who is signed in, what they may do where, and until when",
    status: 200,
    answer: SessionInfo,
  },
  {
    method: "get",
    path: "/api/sessions",
    query: ["everybody"],
    summary: "One's own signed-in browsers, or everybody's for an administrator",
    status: 200,
    answer: SessionList,
  },
  { method: "delete", path: "/api/sessions/{id}", summary: "End one of them", status: 204 },
  {
    method: "get",
    path: "/api/keys",
    summary: "What the last test of each Atlas credential told",
    status: 200,
    answer: KeyHealthReport,
  },
  {
    method: "post",
    path: "/api/keys/test",
    summary: "Test them now",
    status: 200,
    answer: KeyHealthReport,
  },
  {
    method: "get",
    path: "/api/audit",
    query: Object.keys(AuditQuery.shape),
    summary: "Rows of the audit trail, newest first",
    status: 200,
    answer: AuditPage,
  },
  {
    method: "get",
    path: "/api/audit/{sequence}",
    summary: "One row's whole story",
    status: 200,
    answer: AuditStory,
  },
  {
    method: "get",
    path: "/api/audit/verify",
    query: ["head"],
    summary: "Whether the trail is whole, and agrees with signed heads that were kept",
    status: 200,
    answer: AuditVerification,
  },
  {
    method: "get",
    path: "/api/audit/export",
    needs: ["format"],
    query: Object.keys(AuditFilter.shape),
    summary: "The rows as JSON Lines or CSV, which is recorded",
    status: 200,
    text: ["application/jsonl", "text/csv"],
  },
]
