import { inject, onScopeDispose, provide, type InjectionKey } from 'vue'
import { assert } from '../../lib/assert.ts'
import { createCommands, type Command, type Commands } from './commands.ts'
import { listenForKeys } from './listen-for-keys.ts'

const COMMANDS: InjectionKey<Commands> = Symbol('commands')

/** To be called by the page of a jam; all below it add what they can do. */
export function provideCommands(): void {
  const commands = createCommands()
  provide(COMMANDS, commands)
  onScopeDispose(listenForKeys(document, commands))
}

/** @param source what this part of the page can do, for as long as it is there; asked anew each time */
export function useCommands(source: () => readonly Command[] = () => []): Commands {
  const commands = inject(COMMANDS)
  assert(commands !== undefined, 'commands must be provided by the page of the jam')
  onScopeDispose(commands.add(source))
  return commands
}
