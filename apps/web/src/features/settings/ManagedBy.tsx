import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { managedKeysQuery, useListManagedKey, useRemoveManagedKey } from "#api/peerings/managed.ts"
import { usePermissions } from "#shared/permissions.ts"
import { useFieldErrors } from "#shared/refusals/use-field-errors.ts"
import { Failure } from "#shared/refusals/Failure.tsx"
import { Form } from "#ui/fields/Form.tsx"
import { Button } from "#ui/Button.tsx"
import { TextField } from "#ui/fields/TextField.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { SettingsList } from "./SettingsList.tsx"
import styles from "./settings.module.css"

/** The keys of Terraform and other tools. What they changed last can't be edited here. Administrators list them. */
export function ManagedBy({ projectId }: { projectId: string }) {
  const read = useQuery(managedKeysQuery(projectId))
  const remove = useRemoveManagedKey(projectId)
  const { mayAdminister, askWhom } = usePermissions()
  return (
    <SettingsList
      title="Managed by"
      about="Keys and service accounts of other tools, such as Terraform. Connections that they changed last can't be edited or deleted here."
      read={read}
      failure={remove.error}
      empty={
        mayAdminister ? (
          "No keys yet. Changes by other tools are shown and lock nothing."
        ) : (
          <>No keys yet. Ask {askWhom} to list one.</>
        )
      }
      rowClass={styles.link}
      renderRow={({ name, key, by, at }, ask) => (
        <>
          <strong>{name}</strong>
          <span className={styles.values}>
            <code>{key}</code>
          </span>
          <span className={`quiet text-13 ${styles.fine}`}>
            {by}, <Timestamp at={at} />
          </span>
          {mayAdminister && (
            <Button size="small" onClick={ask}>
              Remove… <span className="visually-hidden">{name}</span>
            </Button>
          )}
        </>
      )}
      toQuestion={({ name }) => ({
        title: `Remove ${name}?`,
        act: "Remove key",
        consequences: "Connections that it changed last can be edited and deleted here again.",
      })}
      onRemove={({ key }, onDone) => remove.mutate(key, { onSuccess: onDone })}
      footer={mayAdminister && <AddKey projectId={projectId} />}
    />
  )
}

function AddKey({ projectId }: { projectId: string }) {
  const add = useListManagedKey(projectId)
  const [key, setKey] = useState("")
  const [name, setName] = useState("")
  const { errors, edit } = useFieldErrors(add.error)

  function submit() {
    add.mutate(
      { key: key.trim(), name: name.trim() },
      {
        onSuccess() {
          setKey("")
          setName("")
        },
      },
    )
  }

  return (
    <Form className="form above-12" onSubmit={submit} isBusy={add.isPending}>
      <div className="fields">
        <TextField
          label="Public key or client ID"
          hint="As Atlas shows it, never the secret"
          mono
          value={key}
          error={errors["key"]}
          onChange={edit(setKey, "key")}
        />
        <TextField
          label="Name"
          hint="Such as terraform-prod"
          value={name}
          error={errors["name"]}
          onChange={edit(setName, "name")}
        />
      </div>
      <Failure error={add.error} shownFields={["key", "name"]} />
      <div className="row">
        <Button type="submit" isBusy={add.isPending}>
          {add.isPending ? "Listing…" : "List key"}
        </Button>
      </div>
      <output className="visually-hidden">{add.isSuccess && "Key listed"}</output>
    </Form>
  )
}
