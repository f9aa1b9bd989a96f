import type { HandOff, Peering } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { handOffLinksQuery, useMakeHandOff, useRevokeHandOff } from "#api/peerings/hand-off-links.ts"
import { CopyBlock } from "#ui/CopyBlock.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { useNow } from "#ui/time/now.ts"
import { Pill } from "#ui/marks/Pill.tsx"
import { TextField } from "#ui/fields/TextField.tsx"
import { toProblemWords } from "#copy/problems.ts"
import { ChangeButton } from "#features/connection/changes/ChangeButton.tsx"
import { ChangeProblem } from "#features/connection/changes/ChangeProblem.tsx"
import layout from "#ui/layout.module.css"
import { toFieldErrors, useSubmit } from "#features/connection/changes/use-submit.ts"

/** Makes and lists links for the network's owner, who needs no account here. */
export function HandOffLinks({ peering: { projectId, id }, isGone }: { peering: Peering; isGone: boolean }) {
  const links = useQuery(handOffLinksQuery(projectId, id))
  return (
    <div className={layout.stack}>
      {isGone ? (
        <p>Whoever has a link that is open still sees what was last known of this connection.</p>
      ) : (
        <>
          <p>
            Whoever has the link sees this one connection, whose turn it is and the steps for their cloud, and
            can say that they did it. They see nothing else and change nothing.
          </p>
          <MakeLink projectId={projectId} peeringId={id} />
        </>
      )}
      {links.isError && <p>The links could not be read: {toProblemWords(links.error).title}.</p>}
      {links.data?.length === 0 && <p className={layout.quiet}>No link was given out yet.</p>}
      <ul className={layout.stack} aria-label="Links given out">
        {links.data?.map((link) => (
          <GivenLink key={link.id} link={link} projectId={projectId} peeringId={id} />
        ))}
      </ul>
    </div>
  )
}

function MakeLink({ projectId, peeringId }: { projectId: string; peeringId: string }) {
  const [whom, setWhom] = useState("")
  const [hours, setHours] = useState("72")
  const make = useMakeHandOff(projectId, peeringId)
  const errors = toFieldErrors(make.error)
  const submit = useSubmit(make.isPending, () =>
    make.mutate({ expiresInHours: Number(hours), ...(whom.trim() !== "" && { for: whom.trim() }) }),
  )
  return (
    <form className={layout.form} noValidate onSubmit={submit} aria-busy={make.isPending}>
      <div className={layout.fields}>
        <TextField
          label="For whom"
          hint="To tell links apart; the page behind it does not show it"
          required={false}
          value={whom}
          error={errors["for"]}
          onChange={(event) => setWhom(event.target.value)}
        />
        <TextField
          label="Ends after, in hours"
          hint="1 to 168, a week"
          inputMode="numeric"
          value={hours}
          error={errors["expiresInHours"]}
          onChange={(event) => setHours(event.target.value)}
        />
      </div>
      <ChangeButton type="submit" busy={make.isPending}>
        {make.isPending ? "Making…" : "Make a link"}
      </ChangeButton>
      {make.isError && (
        <ChangeProblem error={make.error} projectId={projectId} shownFields={["for", "expiresInHours"]} />
      )}
      <div aria-live="polite">
        {make.data !== undefined && (
          <>
            <p>Copy it now: it is shown this once.</p>
            <CopyBlock label="The link" about="for the network's owner" text={make.data.url} />
          </>
        )}
      </div>
    </form>
  )
}

function GivenLink({ link, projectId, peeringId }: { link: HandOff; projectId: string; peeringId: string }) {
  const revoke = useRevokeHandOff(projectId, peeringId)
  const now = useNow()
  const hasEnded = Date.parse(link.expiresAt) <= now
  const isOpen = link.revokedAt === null && !hasEnded
  const whom = link.for ?? "nobody in particular"
  return (
    <li className={layout.entry}>
      <p>
        <Pill tone={isOpen ? "works" : "closing"}>
          {link.revokedAt !== null ? "Taken back" : hasEnded ? "Ended" : "Open"}
        </Pill>{" "}
        For {whom}, by {link.madeBy}, <Timestamp at={link.madeAt} />
      </p>
      <p className={layout.quiet}>
        {link.revokedAt !== null ? (
          <>
            Taken back by {link.revokedBy ?? "somebody"}, <Timestamp at={link.revokedAt} />.
          </>
        ) : (
          <>
            {hasEnded ? "Ended" : "Ends"} <Timestamp at={link.expiresAt} />.
          </>
        )}{" "}
        {link.lastOpenedAt === null ? (
          "Never opened."
        ) : (
          <>
            Opened {toTimes(link.openedCount)}, last <Timestamp at={link.lastOpenedAt} />.
          </>
        )}
        {link.lastPressedAt !== null && (
          <>
            {" "}
            "I did it" pressed {toTimes(link.pressedCount)}, last <Timestamp at={link.lastPressedAt} />.
          </>
        )}
      </p>
      {isOpen && (
        <div>
          <ChangeButton
            size="small"
            busy={revoke.isPending}
            aria-label={`Take it back: the link for ${whom}`}
            onClick={() => revoke.mutate(link.id)}
          >
            Take it back
          </ChangeButton>
        </div>
      )}
      {revoke.isError && <ChangeProblem error={revoke.error} projectId={projectId} shownFields={[]} />}
    </li>
  )
}

function toTimes(count: number): string {
  return count === 1 ? "once" : `${count} times`
}
