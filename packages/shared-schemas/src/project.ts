import * as z from "zod/mini"

/** An Atlas project (its older name, group, is still in the API's paths). */
export const Project = z.object({ id: z.string(), name: z.string() })
export type Project = z.infer<typeof Project>

export const ProjectList = z.object({ projects: z.array(Project) })
export type ProjectList = z.infer<typeof ProjectList>
