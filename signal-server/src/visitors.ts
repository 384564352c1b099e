/** One socket of a visitor. */
export interface Visit {
  /** Its peer has said a good hello. @returns false, changing nothing, when so many of this visitor's have joined */
  join(): boolean
  /** Its socket is gone. Calling it again does nothing. */
  leave(): void
}

/** How many sockets each visitor has open. */
export interface Visitors {
  /** @returns undefined when too many of this visitor's sockets have not joined yet */
  enter(visitor: string): Visit | undefined
  /** Of all visitors together. */
  readonly sockets: () => number
}

export interface VisitorLimits {
  /** Sockets that have not joined. */
  readonly waiting: number
  /** Sockets that have: a class behind one address fits. */
  readonly joined: number
}

interface Open {
  waiting: number
  joined: number
}

export function createVisitors({ waiting, joined }: VisitorLimits): Visitors {
  const open = new Map<string, Open>()
  let sockets = 0

  return {
    enter(visitor) {
      const mine = open.get(visitor) ?? { waiting: 0, joined: 0 }
      if (mine.waiting >= waiting) return undefined
      open.set(visitor, mine)
      mine.waiting += 1
      sockets += 1
      let place: keyof Open | undefined = 'waiting'
      return {
        join() {
          if (place !== 'waiting' || mine.joined >= joined) return false
          place = 'joined'
          mine.waiting -= 1
          mine.joined += 1
          return true
        },
        leave() {
          if (place === undefined) return
          mine[place] -= 1
          sockets -= 1
          place = undefined
          if (mine.waiting + mine.joined === 0) open.delete(visitor)
        },
      }
    },
    sockets: () => sockets,
  }
}
