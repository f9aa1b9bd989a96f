import {
  type NotificationChannel,
  notificationKinds,
  type NotificationRoute,
  type Project,
  providerLabels,
} from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useEffect, useRef, useState } from "react"
import { useSaveRoute } from "#api/notifications.ts"
import { Button } from "#ui/Button.tsx"
import { CopyBlock } from "#ui/CopyBlock.tsx"
import { ConfirmDialog } from "#ui/overlay/ConfirmDialog.tsx"
import { Dialog } from "#ui/overlay/Dialog.tsx"
import { projectsQuery } from "#api/projects/projects.ts"
import { toFieldErrors } from "#api/request-error.ts"
import { channelNames, kindsOfChoices } from "#copy/notifications.ts"
import { CheckboxList } from "#shared/CheckboxList.tsx"
import { Failure } from "#shared/refusals/Failure.tsx"
import { useFieldErrors } from "#shared/refusals/use-field-errors.ts"
import { Form } from "#ui/fields/Form.tsx"
import { SegmentedControl } from "#ui/fields/SegmentedControl.tsx"
import { SelectField } from "#ui/fields/SelectField.tsx"
import { TextField } from "#ui/fields/TextField.tsx"
import {
  allClouds,
  findRouteMistakes,
  type RouteDraft,
  toNewRoute,
  toRouteChange,
  toRouteDraft,
} from "./route-draft.ts"
import { TargetField } from "./TargetField.tsx"

/** Adds a route, or changes one; then shows the signing secret once, if there is a new one. */
export function RouteDialog({
  route,
  canMail,
  onClose,
}: {
  /** Null for a new one. */
  route: NotificationRoute | null
  canMail: boolean
  onClose: () => void
}) {
  const save = useSaveRoute()
  const saved = save.data
  if (saved !== undefined && saved.secret !== null)
    return (
      <Dialog title={`Signing secret of ${saved.route.name}`} onClose={onClose}>
        <div className="stack">
          <div className="stack gap-10">
            <CopyBlock label="Secret" about={saved.route.name} text={saved.secret} />
            <output className="block">
              <strong>Copy it now. You won't see it again.</strong>
            </output>
          </div>
          <p>The receiver checks the signature of each message with it, by the rules of Standard Webhooks.</p>
          <div className="row">
            <Button kind="primary" onClick={onClose}>
              Done
            </Button>
          </div>
        </div>
      </Dialog>
    )
  return (
    <Dialog
      title={route === null ? "Add notification route" : `Edit ${route.name}`}
      onClose={() => !save.isPending && onClose()}
    >
      <RouteForm route={route} canMail={canMail} save={save} onClose={onClose} />
    </Dialog>
  )
}

const target = /^(channel|url|addresses)/

/** The form of a route: where to, and which events of which projects and clouds. */
function RouteForm({
  route,
  canMail,
  save,
  onClose,
}: {
  route: NotificationRoute | null
  canMail: boolean
  save: ReturnType<typeof useSaveRoute>
  onClose: () => void
}) {
  const { data: projects = [] } = useQuery(projectsQuery())
  const [draft, setDraft] = useState(() => toRouteDraft(route))
  const [isTried, setIsTried] = useState(false)
  const nameField = useRef<HTMLInputElement>(null)
  const [asksForSecret, setAskForSecret] = useState(false)
  const { errors: found, noteEdit } = useFieldErrors(save.error)
  const ofTarget = Object.keys(toFieldErrors(save.error)).filter((name) => target.test(name))
  const shown = ["name", "projects", "clouds", "events", ...ofTarget]
  const mistakes = { ...found, ...(isTried && findRouteMistakes(draft, route === null)) }
  const change = (part: Partial<RouteDraft>) => {
    setDraft((before) => ({ ...before, ...part }))
    // One field shows the mistakes of the kind of target and of each address.
    const isEdited = (name: string) =>
      name in part || (target.test(name) && Object.keys(part).some((one) => target.test(one)))
    noteEdit(...Object.keys(found).filter(isEdited))
  }

  useEffect(() => nameField.current?.focus(), [])

  function put(changed: Parameters<typeof save.mutate>[0]) {
    // A new secret is shown in place of the form.
    save.mutate(changed, { onSuccess: ({ secret }) => secret === null && onClose() })
  }

  function send() {
    setIsTried(true)
    if (Object.keys(findRouteMistakes(draft, route === null)).length > 0) return
    if (route === null) put({ id: null, body: toNewRoute(draft) })
    else put({ id: route.id, body: toRouteChange(draft, route) })
  }

  return (
    <>
      <Form className="form" isBusy={save.isPending} onSubmit={send}>
        <div className="fields">
          <TextField
            ref={nameField}
            label="Name"
            hint="Shown in this list"
            value={draft.name}
            error={mistakes["name"]}
            onChange={(event) => change({ name: event.target.value })}
          />
          {route === null && (
            <SelectField
              label="Send to"
              isStrong
              options={listChannels(canMail)}
              value={draft.channel}
              onChange={(channel) => change({ channel: (channel ?? "webhook") as NotificationChannel })}
            />
          )}
        </div>
        <div className="fields">
          <TargetField draft={draft} place={route?.place ?? null} mistakes={mistakes} onChange={change} />
        </div>
        <Scope projects={projects} draft={draft} mistakes={mistakes} onChange={change} />
        <Failure error={save.error} shownFields={shown} />
        <div className="row">
          <Button kind="primary" type="submit" isBusy={save.isPending}>
            {save.isPending ? "Saving…" : route === null ? "Add route" : "Save"}
          </Button>
          {route?.channel === "webhook" && (
            <Button isBusy={save.isPending} onClick={() => setAskForSecret(true)}>
              Make new secret…
            </Button>
          )}
          <Button kind="quiet" isBusy={save.isPending} onClick={() => onClose()}>
            Cancel
          </Button>
        </div>
      </Form>
      {route !== null && asksForSecret && (
        <ConfirmDialog
          title={`Make a new secret for ${route.name}?`}
          act="Make new secret"
          onClose={() => setAskForSecret(false)}
          onConfirm={() => {
            setAskForSecret(false)
            put({ id: route.id, body: { newSecret: true } })
          }}
        >
          <ul className="bullets">
            <li>The present secret stops at once. The receiver rejects messages until it has the new one.</li>
            <li>Unsaved edits of the route are lost.</li>
          </ul>
        </ConfirmDialog>
      )}
    </>
  )
}

/** The events that take the route, and of which projects and clouds. */
function Scope({
  projects,
  draft,
  mistakes,
  onChange,
}: {
  projects: readonly Project[]
  draft: RouteDraft
  mistakes: Readonly<Record<string, string>>
  onChange: (part: Partial<RouteDraft>) => void
}) {
  return (
    <>
      <SegmentedControl
        label="Which projects"
        options={[
          { value: "all", title: "All projects" },
          { value: "some", title: "Some projects" },
        ]}
        value={draft.isForAll ? "all" : "some"}
        onChange={(which) => onChange({ isForAll: which === "all" })}
      />
      <div className="fields">
        {!draft.isForAll && (
          <CheckboxList
            legend="Projects"
            options={projects.map(({ id, name }) => [id, name] as const)}
            chosen={draft.projects}
            error={mistakes["projects"]}
            onChange={(chosen) => onChange({ projects: chosen })}
          />
        )}
        <CheckboxList
          legend="Clouds"
          options={allClouds.map((cloud) => [cloud, providerLabels[cloud]] as const)}
          chosen={draft.clouds}
          error={mistakes["clouds"]}
          onChange={(clouds) => onChange({ clouds })}
        />
        <CheckboxList
          legend="Events"
          options={kindsOfChoices.map((kind) => [kind, notificationKinds[kind].title] as const)}
          chosen={draft.events}
          error={mistakes["events"]}
          onChange={(events) => onChange({ events })}
        />
      </div>
    </>
  )
}

function listChannels(canMail: boolean) {
  const all = Object.entries(channelNames) as [NotificationChannel, string][]
  return all.filter(([channel]) => canMail || channel !== "email")
}
