import type { Undo } from './scope.ts'

/** Things that happen, by name; each listener added returns its end. */
export interface Events<Map extends Record<string, unknown[]>> {
  on<Name extends keyof Map>(name: Name, listener: (...args: Map[Name]) => void): Undo
  emit<Name extends keyof Map>(name: Name, ...args: Map[Name]): void
}

export function createEvents<Map extends Record<string, unknown[]>>(): Events<Map> {
  const listeners: { [Name in keyof Map]?: Set<(...args: Map[Name]) => void> } = {}
  return {
    on(name, listener) {
      const set = (listeners[name] ??= new Set())
      set.add(listener)
      return () => set.delete(listener)
    },
    emit(name, ...args) {
      for (const listener of [...(listeners[name] ?? [])]) listener(...args)
    },
  }
}
