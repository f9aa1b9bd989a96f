import type { ApprovalPlan } from "@peering-desk/shared-schemas"
import type { ReactNode } from "react"
import { formatSentValue, nameSentField, stateFields } from "./sent-fields.ts"
import styles from "./approvals.module.css"

/** The values of a change without a new connection: before and after. Atlas gets unchanged ones too when the connection restarts. */
export function ChangeRows({
  plan,
  children,
}: {
  plan: Exclude<ApprovalPlan, { request: unknown }>
  /** The consequences. */
  children: ReactNode
}) {
  const before: Record<string, unknown> = ("target" in plan ? plan.target : plan.before) ?? {}
  const isDeletion = plan.kind === "delete" || plan.kind === "container-delete"
  const after: Record<string, unknown> = isDeletion ? {} : plan.body
  const names = Object.keys(isDeletion ? before : after).filter(
    (name) =>
      name !== "providerName" &&
      !stateFields.has(name) &&
      // It stays.
      !(name === "containerId" && plan.kind === "delete") &&
      formatSentValue(before[name] ?? after[name]) !== "–",
  )
  return (
    <div className="pad-y-16 pad-x-20">
      {plan.kind === "change" && names.includes("vpcId") && (
        <p>Atlas restarts the connection: traffic stops, and the VPC owner has to accept again.</p>
      )}
      {children}
      <table className={`wide left collapsed cells ${styles.changes}`}>
        <caption className="visually-hidden">{isDeletion ? "What is deleted" : "What changes"}</caption>
        <thead>
          <tr>
            <th scope="col">Value</th>
            <th scope="col">{isDeletion ? "Now" : "Before"}</th>
            {!isDeletion && <th scope="col">After</th>}
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <tr key={name} data-changed={(!isDeletion && before[name] !== after[name]) || undefined}>
              <th scope="row">{nameSentField(name)}</th>
              <td>
                <code>{formatSentValue(before[name])}</code>
              </td>
              {!isDeletion && (
                <td>
                  <code>{formatSentValue(after[name])}</code>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
