/** Ends what a call began. Calling it again does nothing. */
export type Undo = () => void

/** Owns the ends of several beginnings. */
export interface Scope {
  /** Takes an end into care and hands it back; runs it at once when the scope is already closed. */
  own(undo: Undo): Undo
  /** Runs every end once, last in first out; all run even if one throws, then the first error is thrown. */
  close: Undo
}

export function createScope(): Scope {
  const undos: Undo[] = []
  let closed = false
  return {
    own(undo) {
      if (closed) undo()
      else undos.push(undo)
      return undo
    },
    close() {
      if (closed) return
      closed = true
      const errors: unknown[] = []
      for (let undo = undos.pop(); undo !== undefined; undo = undos.pop()) {
        try {
          undo()
        } catch (error) {
          errors.push(error)
        }
      }
      if (errors.length > 0) throw errors[0]
    },
  }
}
