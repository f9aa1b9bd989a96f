import { notificationKinds, type MailChoice, type NotificationKind } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { mailChoiceQuery, useChooseMail } from "#api/notifications.ts"
import { usePerson } from "#api/session.ts"
import { toAskWhom } from "#copy/access.ts"
import { addressWords, kindsOfChoices } from "#copy/notifications.ts"
import { CheckboxList } from "#shared/CheckboxList.tsx"
import { computeAppPermissions } from "#shared/permissions.ts"
import { Failure } from "#shared/refusals/Failure.tsx"
import { ReadBoundary } from "#shared/refusals/ReadFailure.tsx"
import { Form } from "#ui/fields/Form.tsx"
import { Button } from "#ui/Button.tsx"
import { Notice } from "#ui/Notice.tsx"
import { Skeleton } from "#ui/Skeleton.tsx"

/** Events that only administrators of all projects see. */
const ofAdministrators: readonly NotificationKind[] = ["key-expires", "route-switched-off"]

/** The person's choice of e-mail. */
export function MailView() {
  const read = useQuery(mailChoiceQuery())
  return (
    <ReadBoundary read={read}>
      {read.data === undefined ? (
        <p aria-busy="true">
          <Skeleton width="long" />
        </p>
      ) : (
        <MailForm choice={read.data} />
      )}
    </ReadBoundary>
  )
}

function MailForm({ choice: { events, address, addressProblem, canMail } }: { choice: MailChoice }) {
  const person = usePerson()
  const { administers } = computeAppPermissions(person)
  const choose = useChooseMail()
  const [chosen, setChosen] = useState<readonly string[]>(events)
  const offered = kindsOfChoices.filter((kind) => administers || !ofAdministrators.includes(kind))
  const picked = offered.filter((kind) => chosen.includes(kind))
  if (!canMail)
    return (
      <Notice title="This server can't send e-mail">
        {administers ? (
          <p>
            Set <code>SMTP_URL</code> and <code>SMTP_FROM</code> and start it again.
          </p>
        ) : (
          <p>To set up a mail server, ask {toAskWhom(person?.askWhom ?? null)}.</p>
        )}
      </Notice>
    )
  if (address === null) {
    const { title, advice } = addressWords[addressProblem ?? "missing"]
    return (
      <Notice tone="you" title={title}>
        <p>{advice}</p>
      </Notice>
    )
  }
  return (
    <Form className="form" isBusy={choose.isPending} onSubmit={() => choose.mutate(picked)}>
      <p className="quiet">
        Sent to {address}, for projects you can see. Several events of a minute come in one message.
      </p>
      <div className="fields">
        <CheckboxList
          legend="E-mail me about"
          options={offered.map((kind) => [kind, notificationKinds[kind].title] as const)}
          chosen={chosen}
          error={undefined}
          onChange={setChosen}
        />
      </div>
      <Failure error={choose.error} />
      <div className="row">
        <Button kind="primary" type="submit" isBusy={choose.isPending}>
          {choose.isPending ? "Saving…" : "Save"}
        </Button>
        <output className="quiet">{choose.isSuccess && "Saved"}</output>
      </div>
    </Form>
  )
}
