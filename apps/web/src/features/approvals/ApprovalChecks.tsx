import type { ApprovalCheck, Check } from "@peering-desk/shared-schemas"
import { formatCount } from "#copy/counts.ts"
import { Notice } from "#ui/Notice.tsx"
import { Section } from "#ui/Section.tsx"

/** Shows whether a waiting request can still be sent: its requester, its connection, and Atlas's lists of now. */
export function ApprovalChecks({
  check: { requester, preflight, target },
  name,
}: {
  check: ApprovalCheck
  /** The requester's. */
  name: string
}) {
  const checks = preflight?.verdict.checks ?? []
  const refused = checks.filter(({ status }) => status === "red")
  const warnings = checks.filter(({ status }) => status === "amber")
  const passed = checks.filter(({ status }) => status === "green" || status === "note")
  const unchecked = checks.filter(({ status }) => status === "unchecked")
  return (
    <Section title="Checked now">
      <div className="stack gap-10">
        {requester !== null && <RequesterNotice requester={requester} name={name} />}
        {target !== null && <TargetNotice target={target} />}
        {refused.length > 0 && (
          <Notice tone="failed" title={`Atlas would refuse it: ${formatCount(refused.length, "problem")}`}>
            <CheckTexts checks={refused} />
          </Notice>
        )}
        {warnings.length > 0 && (
          <Notice tone="you" title={formatCount(warnings.length, "warning")}>
            <CheckTexts checks={warnings} />
          </Notice>
        )}
        {unchecked.length > 0 && (
          <Notice title={`${unchecked.length} not checked`}>
            <CheckTexts checks={unchecked} />
          </Notice>
        )}
        {passed.length > 0 && (
          <details>
            <summary>{formatCount(passed.length, "check")} passed</summary>
            <CheckTexts checks={passed} />
          </details>
        )}
      </div>
    </Section>
  )
}

function RequesterNotice({
  requester,
  name,
}: {
  requester: NonNullable<ApprovalCheck["requester"]>
  name: string
}) {
  return requester === "gone" ? (
    <Notice tone="failed" title={`The identity provider no longer vouches for ${name}`}>
      <p>Decline the request. It can be approved again once they have signed in.</p>
    </Notice>
  ) : (
    <Notice tone="failed" title={`${name} may no longer change connections in this project`}>
      <p>Decline the request, or have somebody with the role request it.</p>
    </Notice>
  )
}

function TargetNotice({
  target: { isThere, differences },
}: {
  target: NonNullable<ApprovalCheck["target"]>
}) {
  if (!isThere) return <Notice tone="failed" title="Atlas no longer lists this connection" />
  if (differences.length === 0)
    return <Notice tone="works" title="The connection is as it was when this was requested" />
  return (
    <Notice tone="failed" title="The connection differs from what was requested">
      <ul className="bullets">
        {differences.map(({ field, was, is }) => (
          <li key={field}>
            {field === "isAvailable" ? (
              `It was ${was === true ? "" : "not "}available, and is ${is === true ? "" : "not "}available now.`
            ) : (
              <>
                {field}: <code>{String(was ?? "(empty)")}</code> → <code>{String(is ?? "(empty)")}</code>
              </>
            )}
          </li>
        ))}
      </ul>
      <p>Decline it, or withdraw it and request it again.</p>
    </Notice>
  )
}

function CheckTexts({ checks }: { checks: readonly Check[] }) {
  return (
    <ul className="bullets">
      {checks.map(({ id, field, says, errorCode, status }) => (
        <li key={`${id} ${field} ${says}`}>
          {says}
          {/[.!?]$/.test(says) ? "" : "."}{" "}
          {status === "red" && errorCode !== null && <code>{errorCode}</code>}
        </li>
      ))}
    </ul>
  )
}
