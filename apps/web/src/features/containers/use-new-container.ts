import { listContainerPrefixes } from "@peering-desk/peering-rules"
import {
  readRegionName,
  type Container,
  type ProjectAddresses,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useEffect, useMemo, useRef, useState } from "react"
import { useForm, useWatch, type FieldErrors, type Resolver, type UseFormReturn } from "react-hook-form"
import { useLocation } from "wouter"
import { isHeld } from "#api/answer.ts"
import { addressSpaceQuery } from "#api/projects/address-space.ts"
import { useCreateContainer } from "#api/projects/container-changes.ts"
import { useProject } from "#api/projects/projects.ts"
import { toFieldErrors } from "#api/request-error.ts"
import { findFreeCidr } from "#shared/free-block/free-cidr.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { serverErrorType } from "#forms/FormTextField.tsx"
import { showServerErrors } from "#forms/server-errors.ts"
import type { Created } from "./CreatedNotice.tsx"
import {
  checkValues,
  emptyValues,
  fieldNames,
  findErrors,
  findNote,
  toFormField,
  toNewContainer,
  type NewContainerValues,
  type Snapshot,
} from "./new-container.ts"

export type NewContainerFormState = UseFormReturn<NewContainerValues, Context>

interface Context {
  providerName: ProviderName
  snapshot: Snapshot
}

const resolver: Resolver<NewContainerValues, Context> = (values, context) => {
  const found = context === undefined ? {} : findErrors(context.providerName, values, context.snapshot)
  const errors = Object.fromEntries(
    Object.entries(found).map(([name, message]) => [name, { type: "custom", message }]),
  ) as FieldErrors<NewContainerValues>
  return Object.keys(errors).length === 0 ? { values, errors: {} } : { values: {}, errors }
}

/** Creates the form of a new container and sends it once. */
export function useNewContainer({
  projectId,
  providerName,
  containers,
  typed,
  onCreated,
}: {
  projectId: string
  providerName: ProviderName
  containers: readonly Container[]
  /** Values to begin with. */
  typed: Partial<NewContainerValues>
  onCreated: (created: Created) => void
}) {
  const { snapshot, projects } = useSnapshot(projectId, containers)
  const form: NewContainerFormState = useForm<NewContainerValues, Context>({
    resolver,
    context: { providerName, snapshot },
    defaultValues: { ...emptyValues, ...typed },
    // Fields come and go, so the form's order is not the page's.
    shouldFocusError: false,
    // FormTextField validates on blur and on change.
    reValidateMode: "onSubmit",
  })
  const values = useWatch({ control: form.control }) as NewContainerValues
  const regionCount = values.reach === "some" ? Math.max(values.regions.length, 1) : 0
  const sizes = listContainerPrefixes(providerName, regionCount)
  const suggested = useSuggestedCidr(form, projects, sizes[0] ?? 21)
  // The error of a region that has a container names the CIDR.
  useEffect(() => {
    const { error } = form.getFieldState("region")
    if (error !== undefined && error.type !== serverErrorType) void form.trigger("region")
  }, [form, values.atlasCidrBlock])
  const create = useCreateContainer(projectId)
  const [, navigate] = useLocation()
  // State changes too late to stop the second click of a double click.
  const busy = useRef(false)

  const submit = form.handleSubmit(async (valid) => {
    const asked = toNewContainer(providerName, valid)
    try {
      const got = await create.mutateAsync({ container: asked, reason: valid.reason.trim() })
      if (isHeld(got)) navigate(pagePaths.approval(got.approval.id))
      else onCreated({ asked, got })
    } catch (error) {
      const found = Object.entries(toFieldErrors(error)).map(([name, wrong]) => [toFormField(name), wrong])
      showServerErrors(form, fieldNames, Object.fromEntries(found))
    }
  }, focusFirst)

  function focusFirst(errors: FieldErrors<NewContainerValues>) {
    const first = fieldNames.find((name) => errors[name] !== undefined)
    if (first !== undefined) form.setFocus(first)
  }

  async function send() {
    if (busy.current) return
    busy.current = true
    await submit().finally(() => {
      busy.current = false
    })
  }

  return {
    form,
    values,
    /** The allowed prefix lengths, the usual one first. */
    sizes,
    /** The prefilled CIDR; empty without one. */
    suggested,
    /** A remark on the CIDR; null without one. */
    note: findNote(checkValues(providerName, values, snapshot)),
    isPending: create.isPending,
    /** The error of the last send and its request; null without one. */
    failed: create.isError ? { error: create.error, asked: create.variables.container } : null,
    /** Finds a function that moves the focus to the field of a request field; null when the form lacks it. */
    findField: (name: string) => {
      const field = fieldNames.find((one) => one === toFormField(name))
      return field === undefined ? null : () => form.setFocus(field)
    },
    send,
    /** Replaces a region in another spelling by Atlas's name. */
    normalizeRegion: () => {
      const written = form.getValues("region")
      const name = readRegionName(providerName, written)
      // An unchanged region keeps the server's error.
      if (name !== null && name !== written)
        form.setValue("region", name, { shouldValidate: form.formState.isSubmitted })
    },
  }
}

/** Returns the project and the others that the person may see. The containers come from their own, newer list. */
function useSnapshot(projectId: string, containers: readonly Container[]) {
  const { data: projects } = useQuery(addressSpaceQuery(projectId))
  const name = useProject(projectId)?.name ?? "this project"
  const snapshot = useMemo((): Snapshot => {
    const unread = { peers: [], privateIpMode: null, readAt: null, problem: null }
    const here = projects?.find(({ project }) => project.id === projectId)
    return {
      here: { project: { id: projectId, name }, ...unread, ...here, containers: [...containers] },
      otherProjects: projects?.filter(({ project }) => project.id !== projectId) ?? [],
    }
  }, [projects, projectId, name, containers])
  return { snapshot, projects }
}

/** Fills in a free CIDR, and another one when the size changes, until the person types one. */
function useSuggestedCidr(
  form: NewContainerFormState,
  projects: readonly ProjectAddresses[] | undefined,
  prefix: number,
): string {
  const [suggested, setSuggested] = useState("")
  const last = useRef("")
  useEffect(() => {
    const value = form.getValues("atlasCidrBlock")
    if (projects === undefined || (value !== "" && value !== last.current)) return
    const cidr = findFreeCidr(projects, prefix) ?? ""
    last.current = cidr
    setSuggested(cidr)
    form.setValue("atlasCidrBlock", cidr)
  }, [form, projects, prefix])
  return suggested
}
