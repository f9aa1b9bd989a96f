import type { Approval, ApprovalPlan } from "@peering-desk/shared-schemas"
import { Copyable } from "#ui/Copyable.tsx"
import { DescriptionList, Fact } from "#ui/DescriptionList.tsx"
import { Section } from "#ui/Section.tsx"
import styles from "./approvals.module.css"

/** Everything that is sent once the request is approved. */
export function PlanSection({ approval: { plan, planHash } }: { approval: Approval }) {
  const bodies = listBodies(plan)
  return (
    <Section title="Plan">
      <div className={`stack gap-10 ${styles.fields}`}>
        <PlanFields plan={plan} />
        {bodies.length > 0 && (
          <details>
            <summary>{bodies.length === 1 ? "Request body" : "Request bodies"}</summary>
            {bodies.map((body) => {
              const text = JSON.stringify(body, null, 2)
              return (
                <pre key={text} className={`raw-text ${styles.json}`}>
                  {text}
                </pre>
              )
            })}
          </details>
        )}
        <DescriptionList>
          <Fact label="Plan hash">
            <Copyable label="Plan hash" value={planHash} shown={`${planHash.slice(0, 16)}…`} />
          </Fact>
        </DescriptionList>
      </div>
    </Section>
  )
}

function PlanFields({ plan }: { plan: ApprovalPlan }) {
  switch (plan.kind) {
    case "create":
      return (
        <>
          {plan.newContainer !== undefined && (
            <>
              <h3>First, a new container</h3>
              <Fields of={plan.newContainer} />
              <h3>Then the connection</h3>
            </>
          )}
          <Fields of={plan.request} />
        </>
      )
    case "change":
      return <Differences before={plan.target} after={plan.body} />
    case "delete":
      return (
        <>
          <p>
            Atlas removes this connection.
            {plan.target["isAvailable"] === true && " Applications that use it lose access."}
          </p>
          <Fields of={plan.target} />
        </>
      )
    case "request-again":
      return (
        <>
          <p>Atlas removes the failed connection, then gets this request.</p>
          {plan.newContainer !== undefined && <Fields of={plan.newContainer} />}
          <Fields of={plan.request} />
        </>
      )
    case "container-delete":
      return <Fields of={{ ...plan.body, ...plan.before }} />
    case "container-create":
      return <Fields of={plan.body} />
    case "access-list-add":
    case "private-ip-mode-change":
    case "custom-dns-change":
      return <Differences before={plan.before ?? {}} after={plan.body} />
  }
}

function Fields({ of }: { of: Record<string, unknown> }) {
  return (
    <DescriptionList>
      {Object.entries(of)
        .filter(([, value]) => isShown(value))
        .map(([name, value]) => (
          <Fact key={name} label={name}>
            <code>{toText(value)}</code>
          </Fact>
        ))}
    </DescriptionList>
  )
}

/** The fields of a change before and after. Atlas gets unchanged ones too when the connection restarts. */
function Differences({ before, after }: { before: Record<string, unknown>; after: Record<string, unknown> }) {
  const names = Object.keys(after).filter((name) => name !== "providerName")
  const restarts = names.includes("vpcId")
  return (
    <>
      {restarts && (
        <p>Atlas restarts the connection: traffic stops, and the VPC owner has to accept again.</p>
      )}
      <table className={`wide left ${styles.changes}`}>
        <caption className="visually-hidden">What changes</caption>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <tr key={name} data-changed={before[name] !== after[name] || undefined}>
              <th scope="row">{name}</th>
              <td>
                <code>{toText(before[name])}</code>
              </td>
              <td>
                <code>{toText(after[name])}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function isShown(value: unknown): boolean {
  return value !== null && typeof value !== "boolean"
}

function toText(value: unknown): string {
  if (Array.isArray(value)) return value.join(", ")
  if (typeof value === "boolean") return value ? "on" : "off"
  return typeof value === "string" && value !== "" ? value : "(empty)"
}

function listBodies(plan: ApprovalPlan): unknown[] {
  switch (plan.kind) {
    case "create":
    case "request-again":
      return [...(plan.newContainer === undefined ? [] : [plan.newContainer]), plan.request]
    case "change":
      return [plan.body]
    case "delete":
    case "container-delete":
      return []
    case "access-list-add":
      return [[plan.body]]
    case "container-create":
    case "private-ip-mode-change":
    case "custom-dns-change":
      return [plan.body]
  }
}
