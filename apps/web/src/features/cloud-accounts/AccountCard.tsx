import type { CloudAccount } from "@peering-desk/shared-schemas"
import { memo, useId } from "react"
import { useCheckCloudAccount } from "#api/cloud-accounts.ts"
import { toAccountCounts, toAccountState, toRoleName } from "#copy/cloud-accounts.ts"
import { formatAccount } from "#copy/peerings.ts"
import { Failure } from "#shared/refusals/Failure.tsx"
import { Button } from "#ui/Button.tsx"
import { Copyable } from "#ui/Copyable.tsx"
import { CopyButton } from "#ui/CopyButton.tsx"
import { Icon } from "#ui/marks/Icon.tsx"
import { StateText } from "#ui/marks/StateText.tsx"
import { Menu } from "#ui/overlay/Menu.tsx"
import { TimeAgo, Timestamp } from "#ui/time/Timestamp.tsx"
import styles from "./cloud-accounts.module.css"
import { MissingRights } from "./MissingRights.tsx"

/** One account: whether its role works, what it reads, and what is to do. */
export const AccountCard = memo(function AccountCard({
  account,
  projectName,
  onConnect,
  onRemove,
}: {
  account: CloudAccount
  projectName: string
  onConnect: (id: string) => void
  onRemove: (account: CloudAccount) => void
}) {
  const titleId = useId()
  const check = useCheckCloudAccount()
  const { id, name, state, since } = account
  const { tone, words, isSince } = toAccountState(account)
  const isWell = tone === "works"
  return (
    <section className="card" aria-labelledby={titleId}>
      <div className={`grid level gap-8 gap-x-12 ${styles.head}`}>
        <span className={`middle round toned ${styles.mark}`} data-tone={tone}>
          <Icon name={tone} />
        </span>
        <div className="narrow wrap">
          <div className="baseline">
            <h2 id={titleId} className="text-15">
              {name}
            </h2>
            {account.account !== null && (
              <span className="inline gap-4">
                <span className="mono quiet">{formatAccount(account.account)}</span>
                <CopyButton value={account.account} label={`account of ${name}`} />
              </span>
            )}
          </div>
          <p className="quiet text-13">
            {projectName} · {toAccountCounts(account)}
          </p>
        </div>
        <div className={`row gap-8 end ${styles.acts}`}>
          <span className={styles.state}>
            {isWell ? (
              <LastRead account={account} />
            ) : (
              <StateText
                tone={tone}
                words={
                  <>
                    {words}
                    {isSince && " since "}
                    {isSince && <Timestamp at={since} />}
                  </>
                }
              />
            )}
          </span>
          {state === "waiting" ? (
            <Button onClick={() => onConnect(id)} aria-label={`Connect ${name}`}>
              Connect
            </Button>
          ) : (
            <Button
              isBusy={check.isPending}
              aria-label={`Check now: ${name}`}
              onClick={() => check.mutate(id)}
            >
              <Icon name="refresh" />
              {check.isPending ? "Checking…" : "Check now"}
            </Button>
          )}
          <Menu
            label={`More actions for ${name}`}
            items={[
              state !== "waiting" && {
                title: "Role and template",
                icon: "code",
                onSelect: () => onConnect(id),
              },
              { title: "Remove…", icon: "trash", isDanger: true, onSelect: () => onRemove(account) },
            ]}
          />
        </div>
      </div>
      {check.error !== null && (
        <div className={`line-above ${styles.part}`}>
          <Failure error={check.error} />
        </div>
      )}
      <output className="visually-hidden">{check.isSuccess && `${name} checked: ${words}`}</output>
      <Details account={account} onConnect={onConnect} />
    </section>
  )
})

function LastRead({ account: { readAt } }: { account: CloudAccount }) {
  return (
    <span className="quiet text-13">
      {readAt === null ? (
        "Not read yet"
      ) : (
        <>
          Last read <TimeAgo at={readAt} />
        </>
      )}
    </span>
  )
}

function Details({ account, onConnect }: { account: CloudAccount; onConnect: (id: string) => void }) {
  const { id, name, state, problem, roleArn, checkedAt, missing, isOpenToOthers, externalId } = account
  if (state === "waiting")
    return (
      <div className={`row line-above text-13 ${styles.part}`}>
        <span className="quiet">External ID</span>
        <Copyable value={externalId} label={`external ID of ${name}`} />
      </div>
    )
  return (
    <>
      {problem !== null && <Problem account={account} onConnect={onConnect} />}
      {state === "reading" && missing.length > 0 && (
        <MissingRights name={name} missing={missing} onUpdate={() => onConnect(id)} />
      )}
      {state === "reading" && isOpenToOthers === true && (
        <div className={`stack gap-4 line-above wrap text-13 ${styles.part}`}>
          <p className="strong">Anybody who knows the ARN can use this role.</p>
          <p className="quiet">
            AWS let Peering Desk assume it without the external ID. Add the condition{" "}
            <code>sts:ExternalId</code> to its trust policy, then press Check now.
          </p>
        </div>
      )}
      {roleArn !== null && (
        <div className={`grid level line-above text-13 gap-4 gap-x-12 ${styles.part} ${styles.role}`}>
          <span className="strong">Read</span>
          <span className="inline gap-4 narrow">
            <span className="mono wrap">{toRoleName(roleArn)}</span>
            <CopyButton value={roleArn} label={`ARN of the role of ${name}`} />
          </span>
          {state === "reading" && checkedAt !== null && <Checked account={account} checkedAt={checkedAt} />}
        </div>
      )}
    </>
  )
}

function Problem({
  account: { id, name, state, problem, readAt },
  onConnect,
}: {
  account: CloudAccount
  onConnect: (id: string) => void
}) {
  return (
    <div className={`stack gap-8 line-above wrap text-13 ${styles.part}`}>
      <p>{problem}</p>
      {readAt !== null && (
        <p className="quiet">
          Connections are shown with facts of <Timestamp at={readAt} />.
        </p>
      )}
      {state === "refused" && (
        <div>
          <Button size="small" onClick={() => onConnect(id)} aria-label={`Connect again: ${name}`}>
            Connect again
          </Button>
        </div>
      )}
    </div>
  )
}

function Checked({ account, checkedAt }: { account: CloudAccount; checkedAt: string }) {
  const { tone, words } = toAccountState(account)
  const checked = (
    <>
      Checked <Timestamp at={checkedAt} />
    </>
  )
  if (tone !== "works") return <span className="quiet">{checked}</span>
  return (
    <StateText
      tone={tone}
      words={
        <>
          {words} · {checked}
        </>
      }
    />
  )
}
