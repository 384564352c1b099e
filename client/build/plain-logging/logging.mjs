/** The part of `lib0/logging` that Yjs and y-webrtc use. */
export const BOLD = Symbol('bold')
export const UNBOLD = Symbol('unbold')
export const GREY = Symbol('grey')
export const ORANGE = Symbol('orange')
export const RED = Symbol('red')
export const UNCOLOR = Symbol('uncolour')

const words = (parts) => parts.filter((part) => typeof part !== 'symbol')

const { log, warn: warnOf } = console

export const print = (...parts) => log(...words(parts))
export const warn = (...parts) => warnOf(...words(parts))

/** The original stays silent too, unless somebody sets `localStorage.log`. */
export const createModuleLogger = () => () => undefined
