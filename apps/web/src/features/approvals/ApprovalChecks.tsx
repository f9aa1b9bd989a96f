import type { ApprovalCheck, Check } from "@peering-desk/shared-schemas"
import { formatSentValue, nameSentField } from "./sent-fields.ts"
import { Icon } from "#ui/marks/Icon.tsx"
import { Notice } from "#ui/Notice.tsx"
import { Section } from "#ui/Section.tsx"
import styles from "./approvals.module.css"

/** Shows whether a waiting request can still be sent: its requester, its connection, and Atlas's lists of now. */
export function ApprovalChecks({
  check: { requester, preflight, target },
  name,
}: {
  check: ApprovalCheck
  /** The requester's. */
  name: string
}) {
  const checks = (preflight?.verdict.checks ?? [])
    .filter(({ status }) => status !== "open")
    .toSorted((a, b) => order.indexOf(a.status) - order.indexOf(b.status))
  return (
    <Section title="What was checked">
      <div className="stack gap-10">
        {requester !== null && <RequesterNotice requester={requester} name={name} />}
        {target !== null && <TargetNotice target={target} />}
        <ul>
          {checks.map(({ id, field, says, errorCode, status, basedOn }) => (
            <li
              key={`${id} ${field} ${says}`}
              className={`beside top gap-12 line-below ${styles.act}`}
              data-tone={tones[status]}
            >
              <span className={`grid still centre-items toned height-20 ${styles.mark}`}>
                {status === "unchecked" ? (
                  <span className="block dashed-ring" />
                ) : (
                  <Icon name={tones[status]} />
                )}
              </span>
              <span className="grow wrap">
                {status === "unchecked" && !/not checked/i.test(says) && <strong>Not checked: </strong>}
                {says}
                {/[.!?]$/.test(says) ? "" : "."}{" "}
                {status === "red" && errorCode !== null && <code>{errorCode}</code>}
              </span>
              <span className={`faint small right ${styles.source}`}>{basedOn}</span>
            </li>
          ))}
        </ul>
      </div>
    </Section>
  )
}

const order: readonly Check["status"][] = ["red", "amber", "unchecked", "green", "note"]
const tones = {
  red: "failed",
  amber: "you",
  unchecked: "unknown",
  open: "unknown",
  green: "works",
  note: "info",
} as const

function RequesterNotice({
  requester,
  name,
}: {
  requester: NonNullable<ApprovalCheck["requester"]>
  name: string
}) {
  const { title, advice } = requesterWords[requester](name)
  return (
    <Notice tone="failed" title={title}>
      <p>{advice}</p>
    </Notice>
  )
}

const requesterWords: Record<
  NonNullable<ApprovalCheck["requester"]>,
  (name: string) => { title: string; advice: string }
> = {
  gone: (name) => ({
    title: `The identity provider no longer vouches for ${name}`,
    advice: "Decline the request. It can be approved again once they have signed in.",
  }),
  "no-role": (name) => ({
    title: `${name} may no longer change connections in this project`,
    advice: "Decline the request, or have somebody with the role request it.",
  }),
  "token-revoked": (name) => ({
    title: `The API token by which ${name} requested this was revoked`,
    advice: "Decline the request. Somebody else may have used the token.",
  }),
}

const closeIt = "Decline the request, or have the person who made it withdraw it."
const nameState = (field: string) => nameSentField(field).toLowerCase()

function TargetNotice({
  target: { isThere, differences },
}: {
  target: NonNullable<ApprovalCheck["target"]>
}) {
  if (!isThere)
    return (
      <Notice tone="failed" title="Atlas no longer lists this connection">
        <p>{closeIt}</p>
      </Notice>
    )
  const isClosing = differences.some(({ field, is }) => field === "isClosing" && is === true)
  if (differences.length === 0)
    return <Notice tone="works" title="The connection is as it was when this was requested" />
  return (
    <Notice tone="failed" title="The connection differs from what was requested">
      <ul className="bullets">
        {differences.map(({ field, was, is }) => (
          <li key={field}>
            {typeof is === "boolean" ? (
              `It was ${was === true ? "" : "not "}${nameState(field)}, and is ${is ? "" : "not "}${nameState(field)} now.`
            ) : (
              <>
                {nameSentField(field)}: <code>{formatSentValue(was)}</code> →{" "}
                <code>{formatSentValue(is)}</code>
              </>
            )}
          </li>
        ))}
      </ul>
      <p>{isClosing ? closeIt : "Decline it, or withdraw it and request it again."}</p>
    </Notice>
  )
}
