import type { Undo } from '../../lib/scope.ts'
import type { CommandId } from './command-ids.ts'
import { COMMAND_KEYS, type Chord } from './command-keys.ts'

/** Something that can be done on the page; how it is called stands in `command-words.ts`. */
export interface Command {
  readonly id: CommandId
  /** What it is done to, where there are several of its kind. */
  readonly of?: { readonly key: string; readonly name: string }
  /** Whether it can be done now; always when left out. */
  readonly isAvailable?: () => boolean
  /** @param atMs when it was asked for, in milliseconds of the page's own clock */
  readonly run: (atMs: number) => void
}

/** All that can be done on the page, by whoever can do it. */
export interface Commands {
  /** @param source asked anew each time */
  add(source: () => readonly Command[]): Undo
  all(): readonly Command[]
  /** Does it if it can be done now. */
  run(command: Command, atMs: number): void
  /** Does the one of that name, if there is one. */
  runNamed(id: CommandId, atMs: number): void
  /** Names of what was done last out of the palette, latest first. */
  recent(): readonly string[]
  remember(command: Command): void
}

const MOST_RECENT = 5

/** Tells a command from all others. */
export const nameOf = ({ id, of }: Command): string => (of === undefined ? id : `${id} ${of.key}`)

export const isAvailable = (command: Command): boolean => command.isAvailable?.() ?? true

export const keysOf = ({ id }: Pick<Command, 'id'>): readonly Chord[] => COMMAND_KEYS[id] ?? []

export function createCommands(): Commands {
  const sources = new Set<() => readonly Command[]>()
  let recent: readonly string[] = []

  const all = (): readonly Command[] => [...sources].flatMap((source) => source())
  const run = (command: Command, atMs: number): void => {
    if (isAvailable(command)) command.run(atMs)
  }
  return {
    add(source) {
      sources.add(source)
      return () => void sources.delete(source)
    },
    all,
    run,
    runNamed(id, atMs) {
      const command = all().find((each) => each.id === id)
      if (command !== undefined) run(command, atMs)
    },
    recent: () => recent,
    remember(command) {
      const name = nameOf(command)
      recent = [name, ...recent.filter((each) => each !== name)].slice(0, MOST_RECENT)
    },
  }
}
