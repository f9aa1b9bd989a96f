/** The pages about approvals. Not in `page-paths.ts`, which loads with the first page. */
export const approvalPatterns = {
  approvals: "/approvals",
  policy: "/approvals/policy",
  approval: "/approvals/:approvalId",
} as const

/** The addresses of these pages, for links. */
export const approvalPaths = {
  approvals: () => approvalPatterns.approvals,
  policy: () => approvalPatterns.policy,
  approval: (id: string) => `${approvalPatterns.approvals}/${encodeURIComponent(id)}`,
}
