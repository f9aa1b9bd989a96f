import type { HandOff } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { handOffLinksQuery, useMakeHandOff, useRevokeHandOff } from "#api/peerings/hand-off-links.ts"
import { useConnectionPage } from "#features/connection/connection-page.ts"
import { ReadFailure } from "#shared/refusals/ReadFailure.tsx"
import { CopyBlock } from "#ui/CopyBlock.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { useNow } from "#ui/time/now.ts"
import { Button } from "#ui/Button.tsx"
import { Form } from "#ui/fields/Form.tsx"
import { SelectField } from "#ui/fields/SelectField.tsx"
import { TextField } from "#ui/fields/TextField.tsx"
import { ChangeProblem } from "./ChangeProblem.tsx"
import styles from "./ShareLinks.module.css"
import { useFieldErrors } from "#shared/refusals/use-field-errors.ts"

/** Creates and lists links for the network's owner, who needs no account here. */
export function ShareLinks() {
  const { peering, deletion } = useConnectionPage()
  const { projectId, id } = peering
  const links = useQuery(handOffLinksQuery(projectId, id))
  return (
    <div className="stack gap-10">
      {deletion !== null ? (
        <p>Open links still show the last known details of this connection.</p>
      ) : (
        <>
          <p>
            The link shows this connection and its setup steps without sign-in. Anyone with the link can mark
            steps done or decline.
          </p>
          <NewLink links={links.data ?? []} />
        </>
      )}
      {links.isError && <ReadFailure read={links} projectId={projectId} />}
      {links.data !== undefined && links.data.length > 0 && (
        <section aria-label="Links">
          <h3 className={styles.title}>Links</h3>
          <ul>
            {links.data.map((link) => (
              <GivenLink key={link.id} link={link} />
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}

/** Hours a link can be open for; AWS waits for a week. */
const expiries = [
  ["24", "1 day"],
  ["72", "3 days"],
  ["168", "7 days"],
] as const

function NewLink({ links }: { links: readonly HandOff[] }) {
  const { projectId, id } = useConnectionPage().peering
  const [recipient, setRecipient] = useState("")
  const [hours, setHours] = useState<(typeof expiries)[number][0]>("72")
  const make = useMakeHandOff(projectId, id)
  const { errors, edit } = useFieldErrors(make.error)
  const isRevoked = links.some(
    ({ id: linkId, revokedAt }) => linkId === make.data?.handOff.id && revokedAt !== null,
  )
  return (
    <Form
      className="form"
      isBusy={make.isPending}
      onSubmit={() =>
        make.mutate({
          expiresInHours: Number(hours),
          ...(recipient.trim() !== "" && { for: recipient.trim() }),
        })
      }
    >
      <div className="fields">
        <TextField
          label="Recipient"
          hint="Optional label for your list"
          required={false}
          value={recipient}
          error={errors["for"]}
          onChange={edit(setRecipient, "for")}
        />
        <SelectField
          label="Expires in"
          isStrong
          options={expiries}
          value={hours}
          onChange={(value) => setHours(value ?? "72")}
        />
      </div>
      <Button type="submit" kind="primary" isBusy={make.isPending}>
        {make.isPending ? "Creating…" : "Create link"}
      </Button>
      {make.isError && <ChangeProblem error={make.error} projectId={projectId} shownFields={["for"]} />}
      <div aria-live="polite" className="wide">
        {make.data !== undefined && !isRevoked && (
          <>
            <CopyBlock label="Share link" about="for the network owner" text={make.data.url} />
            <p className="faint small">Copy it now. You won't see it again.</p>
          </>
        )}
      </div>
    </Form>
  )
}

function GivenLink({ link }: { link: HandOff }) {
  const { projectId, id } = useConnectionPage().peering
  const revoke = useRevokeHandOff(projectId, id)
  const hasExpired = Date.parse(link.expiresAt) <= useNow()
  const isOpen = link.revokedAt === null && !hasExpired
  const recipient = link.for ?? "No recipient given"
  return (
    <li className="row split line-above gap-4 gap-x-16 pad-y-8">
      <div className="narrow">
        <p>
          <strong>{recipient}</strong>
          {", created by "}
          {link.madeBy}, <Timestamp at={link.madeAt} />
        </p>
        <p className="faint small">
          <LinkState link={link} hasExpired={hasExpired} />
        </p>
      </div>
      {isOpen && (
        <Button
          size="small"
          isBusy={revoke.isPending}
          aria-label={`Revoke the link: ${recipient}`}
          onClick={() => revoke.mutate(link.id)}
        >
          Revoke
        </Button>
      )}
      {revoke.isError && <ChangeProblem error={revoke.error} projectId={projectId} shownFields={[]} />}
    </li>
  )
}

function LinkState({ link, hasExpired }: { link: HandOff; hasExpired: boolean }) {
  return (
    <>
      {link.revokedAt === null ? (
        <>
          {hasExpired ? "Expired" : "Expires"} <Timestamp at={link.expiresAt} />
        </>
      ) : (
        <>
          Revoked by {link.revokedBy ?? "an unknown user"}, <Timestamp at={link.revokedAt} />
        </>
      )}
      {" · "}
      {link.lastOpenedAt === null ? (
        "Not opened"
      ) : (
        <>
          Opened {toTimes(link.openedCount)}, last <Timestamp at={link.lastOpenedAt} />
        </>
      )}
      {link.declinedAt !== undefined && (
        <>
          {" · "}Declined <Timestamp at={link.declinedAt} />
          {link.declineReason !== undefined && `: “${link.declineReason}”`}
        </>
      )}
      {link.lastPressedAt !== null && (
        <>
          {" · "}Reported done {toTimes(link.pressedCount)}, last <Timestamp at={link.lastPressedAt} />
        </>
      )}
    </>
  )
}

function toTimes(count: number): string {
  return count === 1 ? "once" : `${count} times`
}
