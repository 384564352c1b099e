export interface DockerStep {
  /** In capitals. */
  readonly name: string
  readonly flags: Readonly<Record<string, string>>
  readonly text: string
  readonly words: readonly string[]
  /** Where the step is written as JSON. */
  readonly list?: readonly string[]
}

/** The steps in order, without comments. @throws Error when a line is no step */
export function parseDockerfile(text: string): readonly DockerStep[]

/** What a `.dockerignore` keeps out, as a question about a path with forward slashes. */
export function parseDockerignore(text: string): (path: string) => boolean
